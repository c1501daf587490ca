#!/bin/sh
# The main job on the samples: PROGRAM is the built dossier, SAMPLES the folder of sample documents (made when it is not there), DEMO a folder that
# is emptied and filled. Nothing outside of DEMO is touched but SAMPLES. Called by `make demo`; the clock stands at 2026-06-30, so that every run
# says the same, but for the signature: its key is made for the occasion and valid from now on.
set -eu
[ $# -eq 3 ] || { echo "usage: samples/demo.sh PROGRAM SAMPLES DEMO" >&2; exit 2; }
here=$(cd "$(dirname "$0")" && pwd)
program=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
[ -e "$2/written" ] || "$(dirname "$program")/sample_writer" "$here" "$2"
samples=$(cd "$2" && pwd)
rm -rf "$3"
mkdir -p "$3"
shown=$3
cd "$3"

DOSSIER_REPO=repository
XDG_DATA_HOME=$PWD/data # keys that the demo makes stay in the demo
export DOSSIER_REPO XDG_DATA_HOME

say() { printf '\n== %s\n' "$*"; }
# Prints a command as a person would type it, then runs it.
run() {
    echo "\$ dossier $*"
    "$program" "$@" --as demo --now 2026-06-30T12:00:00Z
}
run_now() {
    echo "\$ dossier $*"
    "$program" "$@" --as demo
}
# The same for a command whose answer may be "there are findings" (10) or "not everything could be checked" (4).
ask() {
    code=0
    run "$@" || code=$?
    case $code in 0 | 4 | 10) ;; *) exit $code ;; esac
}

say "A repository for trial master files, and the facts of the trial"
run init repository
run study apply "$samples/trial/study.yaml"

say "The trial's documents, as a list from the former system"
run tmf import "$samples/trial/documents.csv" --study MDL-201

say "What is there, what is missing, what has run out"
run tmf completeness MDL-201 --as-of 2026-06-30
run tmf completeness MDL-201 --as-of 2026-06-30 --format html --output completeness.html
run tmf report MDL-201 dashboard --as-of 2026-06-30 --format html --output dashboard.html
run tmf completeness MDL-201 --as-of 2026-06-30 --format xlsx --output completeness.xlsx
run tmf completeness MDL-201 --as-of 2026-06-30 --format json --output completeness.json

say "The application: sequence 0001, with documents of the trial"
cp -r "$samples/ind" ind
run ectd build ind --sequence 0001
ask ectd validate ind/0001 --output validation-0001.txt

say "Sequence 0002: what changes, and then the sequence"
run ectd plan ind --plan ind/plan-0002.csv --delta --sequence 0002
run ectd build ind --plan ind/plan-0002.csv --delta --sequence 0002
ask ectd validate ind --output validation.txt

say "The same trial in the EU: what each member state gets, and the dossier for the portal"
cp -r "$samples/cta" cta
run ectd plan cta --output cta-plan.txt
run ectd build cta
ask ectd validate cta/0001
run ectd sent cta 0001 --date 2026-02-02
run ectd build cta --plan cta/plan-0002.csv --delta

say "A signature on a document of the trial, and what it is worth"
openssl req -x509 -newkey rsa:2048 -nodes -keyout key.pem -out certificate.pem -days 2 -subj "/CN=Ann Example" -addext keyUsage=digitalSignature 2>openssl.log ||
    { cat openssl.log >&2; exit 1; }
run_now tmf sign D-000001 --key key.pem --cert certificate.pem --meaning Approval
rm key.pem openssl.log
run tmf get D-000001 --output signed.pdf
run_now verify signed.pdf --trust certificate.pem
run tmf audit --verify

say "What was made (in $shown)"
cat <<END
  dashboard.html      the trial at a glance: heat maps, trend, lists
  completeness.html   what is expected and what is there: open it in a browser; .xlsx and .json hold the same
  repository/         the trial master file: $(grep -c . "$samples/trial/documents.csv" | awk '{print $1 - 1}') documents and versions
  ind/0001, ind/0002  two sequences of the application; start with index.xml
  cta/0001, cta/0002  the application in the EU, and the response to a request for information; open their index.html
  validation.txt      what was checked in them and found
  signed.pdf          a document of the trial with its signature; open it in a PDF viewer
What each sample is for: samples/README.md
END
