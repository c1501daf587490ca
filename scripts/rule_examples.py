#!/usr/bin/env python3
"""Makes templates/rules/examples.tsv: dossier rules list --json | scripts/rule_examples.py tests/rules > templates/rules/examples.tsv"""
import json
import pathlib
import sys

MOST = 4  # of each kind


def why(case):
    first = case.read_text(encoding="utf-8").split("\n", 1)[0]
    return json.loads(first[len("why: "):]) if first.startswith('why: "') else ""


def main():
    folder = pathlib.Path(sys.argv[1])
    print("# What passes and what fails, from the cases that every rule is tested with (scripts/rule_examples.py makes this file; a test compares).")
    print("rule\tverdict\texample")
    for rule in json.load(sys.stdin)["rules"]:
        cases = sorted((folder / rule["id"].replace(":", "-")).glob("*.yaml"))
        for verdict in ("fail", "pass"):
            examples = [text for text in (why(case) for case in cases if case.name.startswith(verdict + "-")) if text and text != "the base"]
            for example in examples[:MOST]:
                print("\t".join([rule["id"], verdict, example.replace("\t", " ").replace("\n", " ")]))


main()
