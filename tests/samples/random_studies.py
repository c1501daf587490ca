#!/usr/bin/env python3
"""Random but valid studies, documents and decisions, counted twice: by the program (study apply, waive, import, completeness) and by the oracle.
Prints every slot, total and decision about which the two disagree; exit code 1 then.

usage: random_studies.py PROGRAM TEMPLATES FIRST_SEED COUNT [KEEP]      KEEP: a folder in which the studies stay, to look at one
"""
import csv
import datetime
import json
import os
import random
import subprocess
import sys
import tempfile

import yaml

import completeness_oracle as oracle

PRESENT = datetime.date(2028, 6, 1)  # the day of the import
FIRST, LAST = datetime.date(2023, 6, 1), datetime.date(2028, 5, 1)
LEAP = [datetime.date(2024, 2, 29), datetime.date(2028, 2, 29), datetime.date(2025, 2, 28), datetime.date(2024, 2, 28), datetime.date(2024, 3, 1)]
ROLES = ["principal_investigator", "sub_investigator", "coordinating_investigator", "site_staff", "pharmacist", "unblinded_pharmacist",
         "sponsor_staff", "monitor", "medical_monitor", "vendor_staff", "laboratory_head", "committee_member"]
AT_TRIAL, AT_COUNTRY = ["sponsor_staff", "monitor", "medical_monitor", "vendor_staff", "committee_member"], ["coordinating_investigator"]
OCCURRENCES = ["kick_off", "investigator_meeting", "additional_monitoring", "interim_analysis", "subject_unblinding", "sae", "pregnancy",
               "special_interest", "ip_transfer", "ip_relabel", "ip_recall", "ip_complaint", "ip_excursion", "ip_extension", "db_change", "db_unlock"]
PARTS = ("country", "site", "person", "event", "language")
LIST = ["file", "artifact", "title", "country", "site", "person", "event", "date", "expires", "document", "version", "status", "language",
        "pointer", "received", "final", "accepted", "rejected", "withdrawn"]


class Dice(random.Random):
    def yes(self, chance):
        return self.random() < chance

    def date(self, first=FIRST, last=LAST):
        if self.yes(0.1):
            return min(max(self.choice(LEAP), first), last)
        return first + datetime.timedelta(self.randrange(max(1, (last - first).days)))

    def some(self, items, least, most):
        return self.sample(items, min(len(items), self.randint(least, most)))


class StudyMaker:
    def __init__(self, dice, templates):
        self.dice = dice
        self.switches = [r["name"] for r in oracle.table(templates + "/tmf/switches.tsv")]
        self.milestone_levels = {r["code"]: r["levels"].split(";") for r in oracle.table(templates + "/tmf/milestones.tsv")}
        self.optional = [r["rule"] for r in oracle.table(templates + "/tmf/expected-documents.tsv") if r["kind"] == "optional"]
        self.count = 0

    def id(self, stem):
        self.count += 1
        return f"{stem}{self.count}"

    def answers(self, chance):
        return {name: self.dice.choice(["yes", "no"]) for name in self.switches if self.dice.yes(chance)}

    def span(self, chance_of_end=0.4, needs_start=True):
        span = {}
        if needs_start or self.dice.yes(0.7):
            span["from"] = self.dice.date()
        if self.dice.yes(chance_of_end):
            span["to"] = self.dice.date(span.get("from", FIRST))
        return span

    def scope(self):
        scope = {}
        if self.dice.yes(0.3):
            scope["countries"] = self.dice.some(self.codes, 1, 2)
        if self.dice.yes(0.25):
            scope["sites"] = self.dice.some(self.sites, 1, 3)
        return scope

    def dated(self, stem, key, most):
        return [{"id": self.id(stem), key: self.dice.date()} for _ in range(self.dice.randint(0, most))]

    def make(self):
        dice = self.dice
        study = {"id": "S", "title": "A random study", "start": dice.date(FIRST, FIRST.replace(year=2025)), "review": dice.choice(["yes", "no"]),
                 "grace_days": str(dice.choice([0, 0, 15, 30, 90])), "promote": dice.some(self.optional, 0, 40)}
        if dice.yes(0.4):
            study["dibd"] = dice.date()
        whole = {"study": study, "switches": self.answers(0.35)}
        if dice.yes(0.6):
            whole["switches"]["imp_blinded"] = "yes"
        if dice.yes(0.5):  # else there are hardly any certificates of batches by country
            whole["switches"] |= {"imp": "yes", "eu_or_uk": "yes"}
        self.make_places(whole)
        self.make_parties(whole)
        self.make_events(whole)
        return whole

    def make_places(self, whole):
        dice = self.dice
        self.codes = [dice.choice(pair) for pair in dice.some([("US", "USA"), ("DE", "DEU"), ("CA", "CAN"), ("FR", "FRA"), ("JP", "JPN")], 1, 4)]
        whole["countries"] = []
        for code in self.codes:
            country = {"code": code, "languages": dice.some(["en", "de", "fr", "ja"], 0, 3), "switches": self.answers(0.1)}
            if dice.yes(0.8):
                country["approved"] = dice.date(FIRST, FIRST.replace(year=2025))
            whole["countries"].append(country)
        whole["sites"] = []
        for number in range(dice.randint(1, 7)):
            site = {"id": f"{dice.choice(['0', '', 'S-'])}{number + 1}01", "country": dice.choice(self.codes), "switches": self.answers(0.08)}
            if dice.yes(0.12):
                site["rejected"] = dice.date()
            elif dice.yes(0.85):
                site["activated"] = dice.date(FIRST, datetime.date(2027, 1, 1))
                if dice.yes(0.4):
                    site["closed"] = dice.date(site["activated"])
            whole["sites"].append(site)
        self.sites = [s["id"] for s in whole["sites"]]
        whole["milestones"] = []
        for code, levels in self.milestone_levels.items():
            places = [{}] if "trial" in levels else []
            places += [{"country": c} for c in self.codes] if "country" in levels else []
            places += [{"site": s} for s in self.sites] if "site" in levels else []
            chance = {"02": 0.9, "08": 0.5, "10": 0.5, "12": 0.5, "S13": 0.25, "S11": 0.4, "T06": 0.5}.get(code, 0.15)
            for place in places:
                for _ in range(dice.choice([1, 1, 2]) if code in ("05", "06", "11") else 1):
                    if dice.yes(chance):
                        late = code in ("08", "09", "10", "12", "S13", "C06")
                        entry = {"code": code, **place}
                        if dice.yes(0.7):
                            entry["date"] = dice.date(datetime.date(2026, 1, 1) if late and dice.yes(0.8) else FIRST)
                        if "date" not in entry or dice.yes(0.3):
                            entry["planned"] = dice.date(FIRST, datetime.date(2030, 1, 1))
                        whole["milestones"].append(entry)

    def make_parties(self, whole):
        dice = self.dice
        whole["people"] = []
        for number in range(dice.randint(3, 14)):
            for _ in range(dice.choice([1, 1, 2, 3])):
                role = dice.choice(ROLES)
                level = dice.random()
                person = {"id": f"P{number}", "name": f"Person {number}", "role": role.replace("_", "-") if dice.yes(0.3) else role, **self.span()}
                if role in AT_TRIAL and level < 0.9:
                    pass
                elif role in AT_COUNTRY and level < 0.9:
                    person["country"] = dice.choice(self.codes)
                else:
                    person["site"] = dice.choice(self.sites)
                for fact in ("physician", "ec_member"):
                    if dice.yes(0.4):
                        person[fact] = dice.choice(["yes", "no"])
                whole["people"].append(person)
        self.people = sorted({p["id"] for p in whole["people"]})
        whole["trainings"] = []
        for _ in range(dice.randint(0, 3)):
            training = {"id": self.id("T"), "date": dice.date()}
            if dice.yes(0.8):
                training["roles"] = dice.some(ROLES + ["investigator", "site_team", "sponsor-team", "sub-investigator"], 1, 4)
            whole["trainings"].append(training)
        whole["committees"] = [{"id": self.id("C"), "name": "Board", **self.span(needs_start=False), "meetings": self.dated("M", "date", 3)}
                               for _ in range(dice.randint(0, 2))]
        whole["vendors"] = []
        for _ in range(dice.randint(0, 3)):
            contracts = [{"id": self.id("K")} | ({"signed": dice.date()} if dice.yes(0.7) else {}) for _ in range(dice.randint(0, 2))]
            obligations = dice.choice(["yes", "no"])
            whole["vendors"].append({"id": self.id("V"), **self.span(needs_start=False), "obligations": obligations, "contracts": contracts})
        whole["laboratories"] = []
        for _ in range(dice.randint(0, 3)):
            certificates = [{"id": self.id("Z")} for _ in range(dice.randint(0, 2))]
            laboratory = {"id": self.id("L"), **self.span(needs_start=False), "certificates": certificates}
            if dice.yes(0.5):
                laboratory["site"] = dice.choice(self.sites)
            if dice.yes(0.4):
                laboratory["accredited"] = dice.choice(["yes", "no"])
            whole["laboratories"].append(laboratory)

    def make_events(self, whole):
        dice = self.dice
        whole["amendments"] = self.dated("A", "approved", 3)
        whole["safety_notices"] = [e | {"type": dice.choice(["susar", "usm", "serious_breach", "line_listing", "other"])}
                                   for e in self.dated("N", "date", 4)]
        for entry in whole["amendments"]:
            entry.update({"substantial": dice.choice(["yes", "no"])} if dice.yes(0.5) else {})
        for entry in whole["amendments"] + whole["safety_notices"]:
            entry.update(self.scope())
            entry.update({"ec": dice.choice(["yes", "no"])} if dice.yes(0.3) else {})
        whole["protocol_versions"], whole["ib_versions"] = self.dated("PV", "date", 2), self.dated("IB", "date", 2)
        whole["icf_versions"] = [e | self.scope() for e in self.dated("ICF", "approved", 2)]
        visit_types = ["qualification", "initiation", "interim", "interim", "close_out"]
        whole["visits"] = [e | {"site": dice.choice(self.sites), "type": dice.choice(visit_types)} for e in self.dated("VI", "date", 8)]
        whole["batches"] = [e | ({"countries": dice.some(self.codes, 1, 2)} if dice.yes(0.4) else {}) for e in self.dated("B", "released", 2)]
        whole["shipments"] = [e | {"site": dice.choice(self.sites)} for e in self.dated("SH", "date", 3)]
        whole["audits"] = self.dated("AU", "date", 2)
        kinds = ["irt", "edc", "epro", "safety", "other"]
        whole["systems"] = [{"id": self.id("SY"), "kind": dice.choice(kinds), "releases": self.dated("R", "date", 2)} for _ in range(dice.randint(0, 3))]
        whole["occurrences"] = [e | {"type": dice.choice(OCCURRENCES)} | ({"site": dice.choice(self.sites)} if dice.yes(0.6) else {})
                                for e in self.dated("O", "date", 10)]


def as_text(value):
    if isinstance(value, dict):
        return {key: as_text(inner) for key, inner in value.items() if inner not in ({}, [])}
    if isinstance(value, list):
        return [as_text(inner) for inner in value]
    return str(value)


class DocumentMaker:
    """Documents for many of the slots there will ever be, in every state, with people and events left out or added."""

    def __init__(self, dice, whole, people, slots, templates):
        models = oracle.table(templates + "/tmf/reference-model-3.3.1.tsv")
        never_filed = {r["artifact"] for r in models if r["isf_only"] == "yes"}  # of the investigator's file
        self.dice, self.people = dice, people
        self.slots = [s for s in slots if s["rule"]["artifact"] not in never_filed]
        self.review = whole["study"]["review"] == "yes"

    def make(self):
        rows = []
        for slot in self.slots:
            for _ in range(int(slot["rule"]["count"])):
                if self.dice.yes(0.55):
                    rows += self.versions(slot, len(rows))
        self.dice.shuffle(rows)
        return rows

    def versions(self, slot, number):
        dice = self.dice
        count = dice.choice([1, 1, 1, 2, 3])
        name = f"doc-{number}" if count > 1 or dice.yes(0.5) else ""
        labels = dice.choice([["1.0", "2.0", "10.0"], ["9", "10", "11.1"], ["", "", ""], ["first", "second", "third"], ["1.0", "", "2.0"]])
        shared = {"artifact": slot["rule"]["artifact"], "site": slot["site"], "country": "" if slot["site"] and dice.yes(0.5) else slot["country"],
                  "document": name, "person": self.joined(slot["person"], self.people, 0.15), "event": slot["event"], "language": slot["language"]}
        if dice.yes(0.12):
            shared["event"] = ""
        if not slot["event"] and dice.yes(0.05):
            shared["event"] = dice.choice(["final", "gcp", "Y1", "Y2"])
        if dice.yes(0.04):
            shared["person"] = dice.choice(self.people)
        rows = []
        when = max(FIRST, min((slot["due"] or dice.date()) - datetime.timedelta(dice.randint(-90, 900)), LAST))
        for index in range(count):
            rows.append(self.version(shared, when, labels[index], f"{number}-{index}"))
            when = min(when + datetime.timedelta(dice.randint(-40, 500)), LAST)
        return rows

    def joined(self, first, others, chance):
        return ";".join([first] + self.dice.sample(others, min(2, len(others)))) if first and self.dice.yes(chance) else first

    def version(self, shared, when, label, name):
        dice = self.dice
        row = {**dict.fromkeys(LIST, ""), **shared, "version": label, "title": f"Document {name}", "file": f"files/{name}.txt"}
        if dice.yes(0.93):
            row["date"] = dice.choice(LEAP) if dice.yes(0.05) else when
        if dice.yes(0.6):
            row["expires"] = when + datetime.timedelta(dice.randint(0, 900))
        later = lambda first, most: min(first + datetime.timedelta(dice.randint(0, most)), PRESENT)
        row["received"] = later(when, 60) if dice.yes(0.95) else ""
        received = row["received"] or PRESENT
        if dice.yes(0.88):
            row["status"] = dice.choice(["final", "final", ""])
            row["final"] = later(received, 30) if dice.yes(0.95) or not row["status"] else ""
            if row["final"] and dice.yes(0.85 if self.review else 0.3):
                row["accepted"] = later(row["final"], 40)
        else:
            row["status"] = dice.choice(["draft", ""])
        for end in ("rejected", "withdrawn"):
            if dice.yes(0.06):
                row[end] = later(received, 200)
        if dice.yes(0.1):
            row["pointer"] = f"Archive, shelf {name}"
            row["file"] = row["file"] if dice.yes(0.3) else ""
        return row


class Program:
    def __init__(self, path, folder):
        self.path, self.folder = path, folder

    def run(self, now, *arguments):
        command = [self.path, *arguments, "--repo", "repository", "--as", "tester", "--now", f"{now}T12:00:00Z"]
        done = subprocess.run(command, cwd=self.folder, capture_output=True, text=True)
        if done.returncode != 0:
            raise RuntimeError(f"{' '.join(command)}\nended with {done.returncode}: {done.stderr}")
        return done.stdout


def decide(dice, program, slots):
    """Waives and ends some, day after day; gives what should be in force when."""
    decisions = []
    now = datetime.date(2024, 1, 5)
    for _ in range(dice.choice([0, 2, 6, 12])):
        slot = dice.choice(slots)
        decision = {"rule": slot["rule"]["rule"], "kind": dice.choice(["waived", "not_applicable"]), "date": str(now), "until": ""}
        decision |= {part: slot[part] if dice.yes(0.5) else "" for part in PARTS}
        named = [text for part in PARTS if decision[part] for text in (f"--{part}", decision[part])]
        arguments = ["tmf", "waive", "S", decision["rule"], *named, "--reason", "so it is"]
        if decision["kind"] == "not_applicable":
            arguments.append("--not-applicable")
        elif dice.yes(0.4):
            decision["until"] = str(now + datetime.timedelta(dice.randint(0, 700)))
            arguments += ["--until", decision["until"]]
        program.run(now, *arguments)
        decisions.append(decision)
        now += datetime.timedelta(dice.randint(0, 200))
        if dice.yes(0.25) and not (decision["until"] and decision["until"] < str(now)):
            program.run(now, "tmf", "unwaive", "S", decision["rule"], *named, "--reason", "not so")
            for old in decisions:
                same = all(old[k] == decision[k] for k in ("rule", *PARTS))
                if same and not (old["until"] and old["until"] < str(now)):
                    old["until"] = str(now - datetime.timedelta(1))
    return decisions


def differences(report, wanted):
    found = []
    for name in ("due_now", "by_next_milestone", "whole_trial"):
        got = {key: report[name][key] for key in wanted[name] if key in report[name]}
        if got != wanted[name]:
            found.append(f"{name}: {got}, should be {wanted[name]}")
    rows = {row["slot"]: {key: row[key] if row[key] is not None else "" for key in wanted_keys(wanted)} for row in report["rows"]}
    should = {row["slot"]: row for row in wanted["rows"]}
    for slot in sorted(rows.keys() | should.keys()):
        if rows.get(slot) != should.get(slot):
            found.append(f"{slot}: {rows.get(slot)}, should be {should.get(slot)}")
    if [row["slot"] for row in report["rows"]] != [row["slot"] for row in wanted["rows"]] and not found:
        found.append("the rows are not sorted by their slots")
    gone = [entry["slot"] for entry in report.get("not_applicable", [])]
    if gone != wanted["not_applicable"]:
        found.append(f"not applicable: {gone}, should be {wanted['not_applicable']}")
    return found


def wanted_keys(wanted):
    return wanted["rows"][0].keys() if wanted["rows"] else ("slot",)


def filters(dice, whole, slots):
    """Once everything, once the rows of a place or a milestone."""
    yield [], lambda slot: True
    slot = dice.choice(slots)
    if slot["site"] and dice.yes(0.5):
        yield ["--site", slot["site"]], lambda s: s["site"] == slot["site"]
    elif slot["country"]:
        yield ["--country", slot["country"]], lambda s: s["country"] == slot["country"]
    milestone = oracle.milestone_of(slot["rule"])
    yield ["--milestone", milestone], lambda s: oracle.milestone_of(s["rule"]) == milestone


def days_to_ask(dice, whole, slots, rows):
    """Days on which something begins or ends, and their neighbours; one day at random."""
    grace = datetime.timedelta(int(whole["study"]["grace_days"]))
    days = {s["due"] for s in slots if s["due"]} | {s["due"] + grace for s in slots if s["due"]} | {s["born"] for s in slots if s["born"]}
    days |= {d for entry in whole["milestones"] + whole["sites"] + whole["people"] for d in entry.values() if isinstance(d, datetime.date)}
    for row in rows:
        days |= {d for d in row.values() if isinstance(d, datetime.date)}
        days |= {oracle.plus_years(row["date"], n) for n in (1, 2, 3) if row["date"]}
    near = [d + datetime.timedelta(dice.choice([-1, 0, 0, 1])) for d in dice.some(sorted(days), 3, 3)]
    return near + [dice.date(FIRST, datetime.date(2030, 1, 1))]


def compare(program_path, templates, seed, folder):
    dice = Dice(seed)
    maker = StudyMaker(dice, templates)
    whole = maker.make()
    study_file, list_file = os.path.join(folder, "STUDY.yaml"), os.path.join(folder, "LIST.csv")
    with open(study_file, "w", encoding="utf-8") as file:
        yaml.safe_dump(as_text(whole), file, allow_unicode=True, sort_keys=False)
    with open(list_file, "w", encoding="utf-8") as file:
        file.write(",".join(LIST) + "\n")
    empty = oracle.Oracle(templates, study_file, list_file)
    slots = sorted(oracle.slots_on(empty.study, empty.rules, datetime.date(2029, 1, 1), "unblinded", PRESENT), key=lambda s: s["id"])
    rows = DocumentMaker(dice, whole, maker.people, slots, templates).make()
    os.mkdir(os.path.join(folder, "files"))
    with open(list_file, "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, LIST)
        writer.writeheader()
        writer.writerows(rows)
    for row in rows:
        if row["file"]:
            with open(os.path.join(folder, row["file"]), "w", encoding="utf-8") as file:
                file.write(row["file"])
    program = Program(program_path, folder)
    program.run("2024-01-01", "init", "repository")
    program.run("2024-01-01", "study", "apply", "STUDY.yaml")
    decisions = decide(dice, program, slots)
    if rows:
        program.run(PRESENT, "tmf", "import", "LIST.csv", "--study", "S")
    second = oracle.Oracle(templates, study_file, list_file, decisions, PRESENT)
    found, asked = [], 0
    for as_of in days_to_ask(dice, whole, slots, rows):
        for options, wanted in filters(dice, whole, slots):
            for audience in ("blinded", "unblinded"):
                question = ["tmf", "completeness", "S", "--as-of", str(as_of), "--audience", audience, *options]
                answer = json.loads(program.run(PRESENT, *question, "--json"))
                should = second.ask(str(as_of), audience, str(PRESENT), wanted)
                asked += len(should["rows"])
                found += [f"seed {seed}, {as_of}, {audience} {' '.join(options)}: {text}" for text in differences(answer, should)]
    return found, asked


def main(program, templates, first, count, keep=None):
    found, asked = [], 0
    for seed in range(int(first), int(first) + int(count)):
        with tempfile.TemporaryDirectory() as folder:
            if keep:
                folder = os.path.join(keep, str(seed))
                os.makedirs(folder)
            differ, rows = compare(os.path.abspath(program), templates, seed, folder)
        found += differ
        asked += rows
    print("\n".join(found[:200]))
    print(f"{count} studies, {asked} slots compared, {len(found)} differences")
    return 1 if found or not asked else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
