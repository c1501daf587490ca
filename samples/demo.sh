#!/bin/sh
# The main job on the samples: PROGRAM is the built dossier, SAMPLES the folder of sample documents (made when it is not there), DEMO a folder that
# is emptied and filled. Nothing outside of DEMO is touched but SAMPLES. Called by `make demo`.
set -eu
[ $# -eq 3 ] || { echo "usage: samples/demo.sh PROGRAM SAMPLES DEMO" >&2; exit 2; }
here=$(cd "$(dirname "$0")" && pwd)
program=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
[ -e "$2/written" ] || "$(dirname "$program")/sample_writer" "$here" "$2"
samples=$(cd "$2" && pwd)
rm -rf "$3"
mkdir -p "$3"
demo=$(cd "$3" && pwd)

cp -r "$samples/ind" "$demo/ind"

echo
echo "What was made"
echo "  $(find "$samples" -name '*.pdf' | wc -l) sample documents of a made-up trial and its IND   $2"
echo "  the application folder of the IND                          $3/ind"
echo "What each sample is for: samples/README.md"
