"""Reads a repository as docs/repository_format.md describes it, with Python's standard library only. Independent of dossier's code.

usage: read_repository.py DIR [EXPORT.json]    EXPORT.json: dossier tmf audit --json
Prints one line for each problem and a last line with counts; exit code 1 when there was a problem.
"""
import hashlib
import json
import os
import re
import sqlite3
import sys

FIELDS = ["sequence", "time", "clock", "user", "action", "study", "object", "old_value", "new_value", "reason", "previous"]
problems = []


def hashed(entry):
    parts = []
    for field in FIELDS:
        data = str(entry[field]).encode("utf-8")
        parts.append(str(len(data)).encode() + b":" + data + b",")
    return b"".join(parts)


def check_chain(entries, where):
    previous = "0" * 64
    for number, entry in enumerate(entries, 1):
        if entry["sequence"] != number:
            problems.append(f"{where}: entry {entry['sequence']} stands at place {number}")
        if entry["previous"] != previous:
            problems.append(f"{where}: entry {number} does not follow")
        if hashlib.sha256(hashed(entry)).hexdigest() != entry["hash"]:
            problems.append(f"{where}: entry {number} has another hash")
        previous = entry["hash"]
    return previous


def read_objects(folder):
    sizes = {}
    for name in sorted(os.listdir(folder)):
        if name == "incoming":
            continue
        for rest in sorted(os.listdir(os.path.join(folder, name))):
            path = os.path.join(folder, name, rest)
            with open(path, "rb") as file:
                data = file.read()
            if hashlib.sha256(data).hexdigest() != name + rest:
                problems.append(f"object {name}/{rest} is damaged")
            if os.stat(path).st_mode & 0o222:
                problems.append(f"object {name}/{rest} can be written")
            sizes[name + rest] = len(data)
    return sizes


def main():
    root = sys.argv[1]
    with open(os.path.join(root, "dossier.yaml"), encoding="utf-8") as file:
        marker = file.read()
    if not re.search(r"^format: 2$", marker, re.M) or not re.search(r"^id: [0-9a-f]{32}$", marker, re.M):
        problems.append("dossier.yaml is not as described")
    sizes = read_objects(os.path.join(root, "objects"))
    db = sqlite3.connect(f"file:{os.path.join(root, 'ledger.sqlite')}?mode=ro", uri=True)
    db.row_factory = sqlite3.Row
    if db.execute("PRAGMA user_version").fetchone()[0] != 4 or db.execute("PRAGMA application_id").fetchone()[0] != 1146045267:
        problems.append("ledger.sqlite is not as described")
    for row in db.execute("SELECT * FROM standard"):
        if hashlib.sha256(row["content"]).hexdigest() != row["sha256"] or len(row["content"]) != row["size"]:
            problems.append(f"{row['kind']} {row['name']} is damaged")
    versions = db.execute("SELECT * FROM version").fetchall()
    for version in versions:
        if version["sha256"] and sizes.get(version["sha256"]) != version["size"]:
            problems.append(f"version {version['document']}@{version['number']} has no such object")
    entries = [dict(row) for row in db.execute("SELECT * FROM audit ORDER BY sequence")]
    head = check_chain(entries, "ledger")
    if len(sys.argv) > 2:
        with open(sys.argv[2], encoding="utf-8") as file:
            export = json.load(file)["entries"]
        for entry in export:
            entry["old_value"], entry["new_value"] = entry.pop("old"), entry.pop("new")
        if check_chain(export, "export") != head:
            problems.append("the export is not the ledger's trail")
    # What the trail says last about each version is what its row says.
    said = {}
    for entry in entries:
        if entry["new_value"]:
            record = json.loads(entry["new_value"]).get("version")
            if record:
                said[(record["document"], record["number"])] = record
    for version in versions:
        record = said.get((f"D-{version['document']:06}", version["number"]), {})
        for column in ("title", "person", "event", "date", "received", "final", "accepted", "rejected", "sha256"):
            if record.get(column, "") != version[column]:
                problems.append(f"version {version['document']}@{version['number']}: {column} is not what the trail says")
    for problem in problems:
        print(problem)
    print(f"{len(versions)} versions, {len(sizes)} objects, {len(entries)} entries, head {head}")
    return 1 if problems else 0


sys.exit(main())
