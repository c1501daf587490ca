#!/usr/bin/env python3
"""A second implementation of docs/expected_documents.md, written from the page alone and kept apart from the program: the oracle of the
completeness tests. Reads the rules of templates/tmf, a study file and a document list; prints what `dossier tmf completeness --json` must say.

usage: completeness_oracle.py TEMPLATES STUDY.yaml LIST.csv AS_OF blinded|unblinded
random_studies.py uses it as a module, with decisions and filters.
"""
import collections
import csv
import datetime
import json
import re
import sys

import yaml

FAR = datetime.date.max
GROUPS = {
    "investigator": {"principal_investigator", "sub_investigator"},
    "site_team": {"principal_investigator", "sub_investigator", "site_staff", "pharmacist", "unblinded_pharmacist"},
    "sponsor_team": {"sponsor_staff", "monitor", "medical_monitor"},
}
TAGS = {"study_final": "final", "site_final": "final", "site_ctsi": "ctsi", "person_gcp": "gcp", "person_licence": "licence"}
NO_EVENT = {"study", "study_any", "country", "site", "site_any", "person", "language"}
EXPEDITED = ("susar", "usm", "serious_breach")


def day(text):
    return datetime.date.fromisoformat(text) if text else None


def plus_years(date, years):
    try:
        return date.replace(year=date.year + years)
    except ValueError:  # 29 February
        return date.replace(year=date.year + years, day=28)


def earliest(*dates):
    return min((d for d in dates if d), default=None)


def table(path):
    with open(path, encoding="utf-8") as file:
        return list(csv.DictReader((line for line in file if not line.startswith("#")), delimiter="\t", quoting=csv.QUOTE_NONE))


class Texts(yaml.SafeLoader):
    """Scalars stay text: no dates, booleans or numbers."""


Texts.yaml_implicit_resolvers = {}


class Study:
    def __init__(self, path, switches, alpha3):
        with open(path, encoding="utf-8") as file:
            self.all = yaml.load(file, Texts)
        self.alpha3 = alpha3
        for entries in [self.all.get(k) or [] for k in self.all if isinstance(self.all[k], list)]:
            for entry in entries:
                self.settle(entry)
        self.study = self.all["study"]
        self.countries = {c["code"]: c for c in self.list("countries")}
        self.sites = {s["id"]: s for s in self.list("sites")}
        self.open_sites = {i: s for i, s in self.sites.items() if not s.get("rejected")}
        self.defaults = switches
        self.known = {}  # milestones that were worked out

    def settle(self, entry):  # codes of countries in one form, roles too
        for key in ("country", "code"):
            if key in entry:
                entry[key] = self.alpha3.get(entry[key], entry[key])
        if "countries" in entry:
            entry["countries"] = [self.alpha3.get(c, c) for c in entry["countries"]]
        if "role" in entry:
            entry["role"] = entry["role"].replace("-", "_")
        if "roles" in entry:
            entry["roles"] = [role.replace("-", "_") for role in entry["roles"]]

    def list(self, key):
        return self.all.get(key) or []

    def entry(self, code, country, site, planned):
        for m in self.list("milestones"):
            if m["code"] == code and m.get("site") == site and (site or m.get("country") == country):
                return day(m.get("date")) or (day(m.get("planned")) if planned else None)
        return None

    def milestone(self, code, level, country=None, site=None, planned=False):
        site, country = (site, None) if level == "site" else (None, country if level == "country" else None)
        key = (code, level, country, site, planned)
        if key not in self.known:
            self.known[key] = self.find_milestone(*key)
        return self.known[key]

    def find_milestone(self, code, level, country, site, planned):
        found = self.entry(code, country, site, planned)
        if found:
            return found
        if level == "site":
            facts = self.sites[site]
            if code == "04":
                return earliest(*(day(v["date"]) for v in self.list("visits") if v["site"] == site and v["type"] == "interim"))
            return {"03": day(facts.get("activated")), "09": day(facts.get("closed"))}.get(code)
        if level == "country":
            if code in ("01", "C03"):
                other = "C03" if code == "01" else "01"
                return self.entry(other, country, None, planned) or day(self.countries[country].get("approved"))
            if code == "C06":
                closed = [self.milestone("09", "site", site=s, planned=planned) for s, facts in self.open_sites.items()
                          if facts["country"] == country]
                return max(closed) if closed and all(closed) else None
            if code == "S13":
                return self.entry("S13", None, None, planned) or self.milestone("C06", "country", country, planned=planned)
            return None
        if code == "01":
            return earliest(*(self.milestone("01", "country", c, planned=planned) for c in self.countries))
        if code == "S13":
            ends = [self.milestone("S13", "country", c, planned=planned) for c in self.countries]
            return max(ends) if ends and all(ends) else None
        return None

    def is_open(self, when, country, site=None):
        opened, closed = ("03", "09") if site else ("01", "C06")
        level = "site" if site else "country"
        start, end = self.milestone(opened, level, country, site), self.milestone(closed, level, country, site)
        return bool(start) and start <= when and (not end or when <= end)

    def switch(self, name, country, site):
        for place in (self.sites.get(site), self.countries.get(country), self.all):
            if place and name in (place.get("switches") or {}):
                return place["switches"][name] == "yes"
        return self.defaults[name]

    def year_start(self, per, slot, entry=None):
        if per == "study_year":
            return day(self.study.get("dibd") or self.study.get("start"))
        if per == "country_year":
            return self.milestone("01", "country", slot["country"])
        if per == "vendor_year":
            return day(entry.get("from"))
        return self.milestone("T06", "site", site=slot["site"]) or self.milestone("03", "site", site=slot["site"])


def places(study, level):
    if level == "trial":
        return [{}]
    if level == "country":
        return [{"country": c} for c in study.countries]
    return [{"country": s["country"], "site": i} for i, s in study.open_sites.items()]


def at_place(study, entry):
    site = entry.get("site")
    return {"country": study.sites[site]["country"] if site else entry.get("country", ""), "site": site or ""}


def level_of(place):
    return "site" if place.get("site") else "country" if place.get("country") else "trial"


def end_at_site(study, entry):
    return study.milestone("09", "site", site=entry["site"]) if entry.get("site") else None


def people(study, rule, meant=None):
    """Entries in the role, those of one person and place made one: from the earliest, to the latest or open; who is left with the site, leaves."""
    roles = GROUPS.get(rule["role"], {rule["role"]})
    found = {}
    for person in study.list("people"):
        place = at_place(study, person)
        if person["role"] not in roles or level_of(place) != rule["level"] or (place["site"] and place["site"] not in study.open_sites):
            continue
        if meant is None or person["role"] in meant:
            found.setdefault((person["id"], place["country"], place["site"]), []).append(person)
    for (_, country, site), entries in found.items():
        merged = {"id": entries[0]["id"], "site": site, "from": min(e["from"] for e in entries),
                  "to": max(e["to"] for e in entries) if all(e.get("to") for e in entries) else None}
        for fact in ("physician", "ec_member"):
            merged[fact] = "yes" if any(e.get(fact) == "yes" for e in entries) else "no"
        yield merged, {"country": country, "site": site}


def wide_events(study, rule, key, date_key, entry_filter=lambda e: True):
    """Entries of a list, by the level of the rule: one for the trial, or for each country or site that is open on their date."""
    for entry in filter(entry_filter, study.list(key)):
        when = day(entry[date_key])
        base = {"event": entry["id"], "born": when, "entry": entry}
        if rule["level"] == "trial":
            yield base
        elif rule["level"] == "country":
            for country in entry.get("countries") or study.countries:
                if rule["per"] == "batch_country" or study.is_open(when, country):
                    yield {**base, "country": country}
        else:
            inside = [s for s, f in study.open_sites.items() if not entry.get("countries") or f["country"] in entry["countries"]]
            for site in entry.get("sites") or inside:
                if site in study.open_sites and study.is_open(when, study.sites[site]["country"], site):
                    yield {**base, "country": study.sites[site]["country"], "site": site}


def yearly(study, rule):
    per = rule["per"]
    entries = study.list("vendors") if per == "vendor_year" else [None]
    for place in places(study, rule["level"]):
        for entry in entries:
            start = study.year_start(per, place, entry)
            end = study.milestone("S13", "country", place.get("country")) if per == "country_year" else study.milestone("S13", "study")
            if per == "ec_year":
                end = earliest(end, study.milestone("09", "site", site=place["site"]))
            if per == "vendor_year":
                end = earliest(end, day(entry.get("to")))
            for k in range(1, 60) if start else ():
                born = plus_years(start, k)
                if not end or born <= end:
                    yield {**place, "event": (entry["id"] + "-" if entry else "") + f"Y{k}", "born": born, "entry": entry}


def instances(study, rule):
    per = rule["per"]
    lists = {"amendment": ("amendments", "approved"), "notice": ("safety_notices", "date"), "protocol_version": ("protocol_versions", "date"),
             "ib_version": ("ib_versions", "date"), "batch": ("batches", "released"), "icf_version": ("icf_versions", "approved"),
             "shipment": ("shipments", "date"), "audit": ("audits", "date")}
    stem = per.removesuffix("_country").removesuffix("_site")
    if per in ("study", "study_any", "country", "site", "site_any", "study_final", "site_final", "site_ctsi"):
        yield from ({**p, "event": TAGS.get(per, "")} for p in places(study, rule["level"]))
    elif per == "language":
        for code, country in study.countries.items():
            yield from ({"country": code, "language": language} for language in country.get("languages") or [""])
    elif per in ("person", "person_gcp", "person_licence"):
        for person, place in people(study, rule):
            yield {**place, "person": person["id"], "event": TAGS.get(per, ""), "born": day(person["from"]), "entry": person,
                   "to": earliest(day(person.get("to")), end_at_site(study, person))}
    elif per == "person_training":
        for training in study.list("trainings"):
            everybody = not training.get("roles")
            meant = None if everybody else set().union(*(GROUPS.get(r, {r}) for r in training["roles"]))
            for person, place in people(study, rule, meant):
                yield {**place, "person": person["id"], "event": training["id"], "entry": person,
                       "to": earliest(day(person.get("to")), end_at_site(study, person)),
                       "born": max(day(training["date"]), day(person["from"]))}
    elif per in ("committee", "vendor"):
        for entry in study.list(per + "s"):
            yield {"event": entry["id"], "born": day(entry.get("from")), "to": day(entry.get("to")), "entry": entry}
    elif per == "vendor_contract":
        for vendor in study.list("vendors"):
            for contract in vendor.get("contracts", []):
                born = day(contract.get("signed")) or day(vendor.get("from"))
                yield {"event": contract["id"], "born": born, "to": day(vendor.get("to")), "entry": vendor}
    elif per in ("laboratory", "laboratory_certificate"):
        for lab in study.list("laboratories"):
            if (rule["level"] == "site") == bool(lab.get("site")) and (not lab.get("site") or lab["site"] in study.open_sites):
                for entry in [lab] if per == "laboratory" else lab.get("certificates", []):
                    yield {**at_place(study, lab), "event": entry["id"], "born": day(lab.get("from")), "entry": lab,
                           "to": earliest(day(lab.get("to")), end_at_site(study, lab))}
    elif per == "monitoring_visit":
        for visit in study.list("visits"):
            if visit["type"] == "interim" and visit["site"] in study.open_sites:
                yield {**at_place(study, visit), "event": visit["id"], "born": day(visit["date"])}
    elif per == "committee_meeting":
        for committee in study.list("committees"):
            yield from ({"event": m["id"], "born": day(m["date"])} for m in committee.get("meetings", []))
    elif per == "system_release":
        for system in study.list("systems"):
            yield from ({"event": r["id"], "born": day(r["date"]), "entry": system} for r in system.get("releases", []))
    elif per == "occurrence":
        for entry in study.list("occurrences"):
            if rule["level"] == "trial" or entry.get("site") in study.open_sites:
                place = at_place(study, entry) if rule["level"] == "site" else {}
                yield {**place, "event": entry["id"], "born": day(entry["date"]), "entry": entry}
    elif per.endswith("_year"):
        yield from yearly(study, rule)
    elif per == "shipment":
        yield from ({**at_place(study, e), "event": e["id"], "born": day(e["date"])} for e in study.list("shipments")
                    if e["site"] in study.open_sites)
    elif per == "rejected_site":
        yield from ({"country": s["country"], "event": i, "born": day(s["rejected"])} for i, s in study.sites.items() if s.get("rejected"))
    else:
        yield from wide_events(study, rule, *lists[stem])


def holds(study, condition, slot):
    entry = slot.get("entry") or {}
    for term in filter(None, condition.split(",")):
        name = term.lstrip("!")
        opened = study.milestone("03", "site", site=slot["site"]) if slot["site"] else None
        substantial = entry.get("substantial", "yes") == "yes"
        expedited = entry.get("type") in EXPEDITED
        facts = {
            "person_on_ec": entry.get("ec_member") == "yes", "person_physician": entry.get("physician") == "yes",
            "person_joined_later": bool(opened and slot["born"] and slot["born"] > opened),
            "amendment_substantial": substantial, "amendment_to_ec": entry.get("ec", "yes" if substantial else "no") == "yes",
            "notice_susar": entry.get("type") == "susar", "notice_expedited": expedited,
            "notice_to_ec": entry.get("ec", "yes" if expedited else "no") == "yes",
            "vendor_takes_obligations": entry.get("obligations") == "yes", "lab_accredited": entry.get("accredited", "yes") == "yes",
            "has_vendors": bool(study.list("vendors")),
        }
        if name.startswith("system_"):
            value = entry.get("kind") == name[7:]
        elif name.startswith("occ_"):
            value = entry.get("type") == name[4:]
        else:
            value = facts[name] if name in facts else study.switch(name, slot["country"], slot["site"])
        if value == term.startswith("!"):
            return False
    return True


def is_in_force(study, rule):
    return rule["kind"] != "optional" or rule["rule"] in study.study.get("promote", [])


def slots_on(study, rules, today, audience, present):
    """`present` is the day on which is asked: an unblinding that is still ahead of it shows nothing yet."""
    unblinded_on = study.milestone("S11", "study")
    is_unblinded = unblinded_on and unblinded_on <= min(today, present)
    for rule in rules:
        if not is_in_force(study, rule):
            continue
        for found in instances(study, rule):
            slot = {"country": "", "site": "", "person": "", "event": "", "language": "", "born": None, "to": None, "rule": rule, **found}
            if not holds(study, rule["condition"], slot):
                continue
            blind = study.switch("imp_blinded", slot["country"], slot["site"])
            if rule["restricted"] == "yes" and audience == "blinded" and blind and not is_unblinded:
                continue
            code, _, level = rule["due_anchor"].partition("@")
            due = None if code == "none" else study.milestone(code, level, slot["country"], slot["site"], True) if level else slot["born"]
            if due:
                due += datetime.timedelta(int(rule["due_offset_days"]))
                due = max(due, slot["born"]) if slot["born"] else due
            if slot["born"] and slot["born"] > today:
                continue
            closed = study.milestone("09", "site", site=slot["site"]) if slot["site"] else None
            if rule["kind"] == "event" and closed and closed < slot["born"]:
                continue  # a closed site gets no new event slots
            if slot["to"] and (slot["to"] < due if due else slot["to"] <= today):
                continue
            slot["due"] = due
            slot["id"] = "/".join([rule["rule"]] + [slot[k] for k in ("country", "site", "person", "event", "language")])
            yield slot


def in_order(versions):
    """By label where all are numbers, else by date where all have one, else as they were filed."""
    labels = [v["version"] for v in versions]
    if all(re.fullmatch(r"[0-9]+([.][0-9]+)*", label) for label in labels):
        return sorted(versions, key=lambda v: [int(part) for part in v["version"].split(".")])
    if all(v["date"] for v in versions):
        return sorted(versions, key=lambda v: v["date"])
    return versions


def read_documents(path, unique_ids, review, countries, imported):
    with open(path, encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    documents = collections.OrderedDict()
    for number, row in enumerate(rows):
        row["key"] = row["document"] or f"row {number}"
        row["unique_id"] = unique_ids[row["artifact"]]
        row["country"] = countries.get(row["country"], row["country"])
        row["received"] = row["received"] or str(imported)  # what the list leaves open is settled on the day of the import
        if row["status"] == "final":
            row["final"] = row["final"] or str(imported)
        row["good_from"] = None
        if row["final"] and (row["accepted"] or not (review or row["pointer"])):
            row["good_from"] = max(day(row["final"]), day(row["accepted"]) or day(row["final"]) if review or row["pointer"] else day(row["final"]))
        documents.setdefault(row["key"], []).append(row)
    for versions in documents.values():
        ordered = in_order(versions)
        for index, row in enumerate(ordered):
            later = (r["good_from"] for r in ordered[index + 1:] if r["good_from"] and not was_gone_before(r, r["good_from"]))
            row["superseded"] = earliest(*later)
    return rows


def was_gone_before(document, today):
    return any(day(document[k]) and day(document[k]) < today for k in ("rejected", "withdrawn"))


def is_gone(document, today):
    return any(day(document[k]) and day(document[k]) <= today for k in ("rejected", "withdrawn"))


def matches(study, document, slot, eventful):
    rule = slot["rule"]
    if document["unique_id"] != int(rule["unique_id"]) or level_of(document) != rule["level"]:
        return False
    if document["site"] != slot["site"] or document["country"] != slot["country"]:
        return False
    if slot["person"] and slot["person"] not in document["person"].split(";"):
        return False
    if slot["language"] and document["language"] != slot["language"]:
        return False
    events = [e for e in document["event"].split(";") if e]
    if not slot["event"]:
        return not events or rule["per"].endswith("_any") or (document["unique_id"], rule["level"]) not in eventful
    if slot["event"] in events:
        return True
    if rule["per"] not in ("study_year", "country_year", "ec_year") or events:
        return False
    start = study.year_start(rule["per"], slot)
    if not document["date"]:
        return False
    nearest = min(range(1, 60), key=lambda k: (abs((plus_years(start, k) - day(document["date"])).days), k))
    return slot["event"] == f"Y{nearest}"


def valid_until(document, validity):
    if validity in ("none", "until_superseded"):
        return FAR
    if validity == "document.expires":
        return day(document["expires"]) or FAR
    return plus_years(day(document["date"]), int(validity[1])) if document["date"] else datetime.date.min


def judge(study, slot, documents, today, eventful, grace):
    rule, validity = slot["rule"], slot["rule"]["validity"]
    ends = [slot["to"], study.milestone("S13", "study")]
    ends += [study.milestone("09", "site", site=slot["site"])] if slot["site"] else []
    ends += [study.milestone("C06", "country", slot["country"])] if slot["country"] else []
    clock = earliest(today, *ends)
    good, pending, lapsed = set(), False, False
    for document in documents:
        if not matches(study, document, slot, eventful):
            continue
        if is_gone(document, today) or day(document["received"]) > today:
            continue
        superseded = document["superseded"] and document["superseded"] <= today
        counts = document["good_from"] and document["good_from"] <= today
        if superseded and (validity != "none" or not counts):
            continue
        if not counts:
            pending = True
        elif clock <= valid_until(document, validity):
            good.add(document["key"])
        else:
            lapsed = True
    slot["expected"] = int(rule["count"])
    slot["satisfied"] = min(slot["expected"], len(good))
    due = slot["due"]
    slot["state"] = ("satisfied" if slot["satisfied"] == slot["expected"] else "in_review" if pending else
                     "not_due" if not due or due > today else "expired" if lapsed else
                     "missing" if today <= due + datetime.timedelta(grace) else "overdue")


def next_milestone(study, today):
    dates = [study.milestone(f"{c:02}", "study", planned=True) for c in range(1, 13)]
    dates += [study.milestone(f"{c:02}", "country", k, planned=True) for c in range(1, 13) for k in study.countries]
    dates += [study.milestone(f"{c:02}", "site", site=s, planned=True) for c in range(1, 13) for s in study.open_sites]
    dates += [day(m.get("date")) or day(m.get("planned")) for m in study.list("milestones")  # 05, 06 and 11 stand there several times
              if m["code"] in ("05", "06", "11") and (not m.get("site") or m["site"] in study.open_sites)]
    return earliest(*(d for d in dates if d and d > today)) or today


def milestone_of(rule):
    """What a row is counted under."""
    anchor = rule["due_anchor"].partition("@")[0]
    fixed = {"S13": "10", "visit.date": "04", "ec_year.end": "06", "person.from": "03", "none": "11"}
    if anchor in fixed:
        return fixed[anchor]
    return anchor[-2:] if "@" in rule["due_anchor"] else "11" if anchor.endswith("_year.end") else "05"


def decision_on(slot, decisions, today):
    """The decisions in force for a slot: not_applicable wins over waived."""
    found = None
    for decision in decisions:
        until = day(decision.get("until"))
        if day(decision["date"]) > today or (until and until < today) or decision["rule"] != slot["rule"]["rule"]:
            continue
        if all(decision.get(k, "") in ("", slot[k]) for k in ("country", "site", "person", "event", "language")):
            found = decision["kind"] if found != "not_applicable" else found
    return found


def total(slots):
    expected, satisfied = sum(s["expected"] for s in slots), sum(s["satisfied"] for s in slots)
    percent = (2000 * satisfied + expected) // (2 * expected) / 10 if expected else 100.0
    return {"expected": expected, "satisfied": satisfied, "percent": percent}


class Oracle:
    def __init__(self, templates, study_path, list_path, decisions=(), imported=FAR):
        self.rules = table(templates + "/tmf/expected-documents.tsv")
        alpha3 = {r["alpha2"]: r["alpha3"] for r in table(templates + "/tmf/countries.tsv")}
        self.study = Study(study_path, {r["name"]: r["default"] == "yes" for r in table(templates + "/tmf/switches.tsv")}, alpha3)
        unique_ids = {r["artifact"]: int(r["unique_id"]) for r in self.rules}
        self.documents = collections.defaultdict(list)
        for document in read_documents(list_path, unique_ids, self.study.study.get("review") == "yes", alpha3, imported):
            if document["site"]:
                document["country"] = self.study.sites[document["site"]]["country"]
            self.documents[document["unique_id"]].append(document)
        self.eventful = {(int(r["unique_id"]), r["level"]) for r in self.rules if is_in_force(self.study, r) and r["per"] not in NO_EVENT}
        self.decisions = decisions

    def ask(self, as_of, audience, present="9999-12-31", wanted=lambda slot: True):
        today = day(as_of)
        slots = sorted(slots_on(self.study, self.rules, today, audience, day(present)), key=lambda s: s["id"].encode())
        slots = [s for s in slots if wanted(s)]
        grace = int(self.study.study.get("grace_days", "0"))
        gone = []
        for slot in slots:
            decision = decision_on(slot, self.decisions, today)
            judge(self.study, slot, self.documents[int(slot["rule"]["unique_id"])], today, self.eventful, grace)
            if decision == "not_applicable":
                gone.append(slot["id"])
            elif decision:
                slot["state"] = "waived"
        rows = [s for s in slots if s["id"] not in set(gone)]
        counted = [s for s in rows if s["state"] != "waived"]
        horizon = next_milestone(self.study, today)
        return {
            "due_now": total([s for s in counted if s["due"] and s["due"] <= today]),
            "by_next_milestone": {"date": str(horizon), **total([s for s in counted if s["due"] and s["due"] <= horizon])},
            "whole_trial": total(counted),
            "not_applicable": gone,
            "rows": [{"slot": s["id"], "due": str(s["due"] or ""), "state": s["state"], "expected": s["expected"],
                      "satisfied": s["satisfied"], "milestone": milestone_of(s["rule"])} for s in rows],
        }


def main(templates, study_path, list_path, as_of, audience):
    return Oracle(templates, study_path, list_path).ask(as_of, audience)


if __name__ == "__main__":
    json.dump(main(*sys.argv[1:]), sys.stdout)
