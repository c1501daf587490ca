#!/usr/bin/env python3
"""Makes docs/rules.md: dossier rules list --json --now 2026-03-01T00:00:00Z | scripts/rules_page.py > docs/rules.md"""
import json
import sys

HEAD = """# The rules of `dossier ectd validate`

Made by `scripts/rules_page.py` from `dossier rules list --json` (a test compares). The rules themselves are in `templates/rules/`; CONTRIBUTING.md says how to add one.
As of 2026-03-01; `dossier rules explain ID` shows one rule with its message, its remedy and how its severity changed.

## Keys of a rule
| key | what it says |
|---|---|
| `id` | `<set>:<number>` for an agency's number, `dossier:<name>` for a house rule; never used again for something else |
| `number` | the agency's number, only where number **and** meaning are official; without it the rule is a house rule |
| `title` | the defect, in a few words |
| `severity` | one word, or steps by date: `[{severity: low}, {from: 2022-03-01, severity: high}]`. FDA high, medium, low. House rules: error (the sequence cannot be used as it is), warning (somebody will object), info. high and error reject |
| `severity_confidence` | official, secondary, unverified; only of a number. Where it is not official the severity must not reject |
| `severity_unsure` | the severity of a finding that rests on what is not certain (code lists and checksums that are not official) |
| `confidence` | of what is checked: official, secondary (independent sources agree), unverified |
| `twin` | the rule of FDA's official list for eCTD v4.0 that asks the same |
| `needs` | `index`, `regional`, `stf`: without a readable one the rule is *not run*. `history`: it runs, and says so when the history is not whole. In a set about dossiers: `manifest` |
| `check`, `parameters` | the function and its parameters; an unknown one is refused |
| `message`, `remedy` | with `{names}` of the check's values and of the parameters |
| `note` | what else there is to know: shown by `rules explain` |
| `from`, `until` | the days on which the rule is in force |

A set may include another one, with exceptions: `includes: {set: dossier, without: [dossier:file-unreferenced]}`. `not_included` lists criteria that are known of and have no rule, each with the
reason: `dossier rules explain` tells it, and reports count them. `from` and `until` are the window of the edition; `mandatory` and `before` say from when on nothing else may be used, and which edition may be used until
then; `criteria` is how many criteria the authority's list has; `gateway_order` names the numbers of which the authority's gateway reports only the first that fails. `about: ctis-dossiers` says that a set is for dossiers of the EU clinical trials portal (docs/cta.md); without it, it is for eCTD sequences.
"""


def main():
    rules = json.load(sys.stdin)["rules"]
    print(HEAD, end="")
    for name in dict.fromkeys(rule["set"] for rule in rules):
        print(f"\n## {name}\n")
        print("| Rule | Number | Severity | What is wrong | Check | Confidence | Twin |\n|---|---|---|---|---|---|---|")
        for rule in (rule for rule in rules if rule["set"] == name):
            severity = rule["severity"]
            if rule["number"] and rule["severity_confidence"] != "official":
                severity += f" ({rule['severity_confidence']})"
            cells = [f"`{rule['id']}`", rule["number"], severity, rule["title"], f"`{rule['check']}`", rule["confidence"], rule["twin"]]
            print("| " + " | ".join(cells) + " |")


main()
