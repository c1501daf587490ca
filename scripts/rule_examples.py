#!/usr/bin/env python3
"""Makes templates/rules/examples.tsv: dossier rules list --json | scripts/rule_examples.py tests/rules > templates/rules/examples.tsv"""
import json
import pathlib
import sys

MOST = 4  # of each kind
UNCHANGED = ("the base", "the base as it is", "nothing is changed")  # a case that says no more is told by what its base is
BASES = {"us": "a US sequence in which nothing is wrong", "eu": "a sequence of a centralised procedure in which nothing is wrong",
         "eu-mrp": "a sequence of a mutual recognition procedure in which nothing is wrong",
         "eu-cep": "a sequence for a certificate of suitability in which nothing is wrong",
         "ca": "a Canadian sequence of a clinical trial application in which nothing is wrong",
         "ca-nds": "a Canadian sequence of a new drug submission in which nothing is wrong",
         "ctis": "a dossier for the EU portal in which nothing is wrong"}


def why(case):
    lines = case.read_text(encoding="utf-8").split("\n")
    text = json.loads(lines[0][len("why: "):]) if lines[0].startswith('why: "') else ""
    base = next((line[len("base: "):].strip() for line in lines if line.startswith("base: ")), "us")
    return BASES[base] if text in UNCHANGED else text


def main():
    folder = pathlib.Path(sys.argv[1])
    print("# What passes and what fails, from the cases that every rule is tested with (scripts/rule_examples.py makes this file; a test compares).")
    print("rule\tverdict\texample")
    for rule in json.load(sys.stdin)["rules"]:
        cases = sorted((folder / rule["id"].replace(":", "-")).glob("*.yaml"))
        for verdict in ("fail", "pass"):
            examples = list(dict.fromkeys(filter(None, (why(case) for case in cases if case.name.startswith(verdict + "-")))))
            telling = [text for text in examples if text not in BASES.values()]
            for example in (telling or examples)[:MOST]:
                print("\t".join([rule["id"], verdict, example.replace("\t", " ").replace("\n", " ")]))


main()
