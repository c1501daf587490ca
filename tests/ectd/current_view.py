"""What an application contains, read without dossier: an oracle for tests/ectd.

  current_view.py view APP         one line for each leaf that is current after the last sequence
  current_view.py plan FILE.csv    the same lines, of a plan
  current_view.py reference APP TITLE [WORD]   the only current leaf of that title (with that word in its attributes): 0001#ID

A line: section, attributes, form type, study, file tags, site, title, MD5 of the bytes, separated by |; lines are sorted. What breaks a rule of
ICH 3.2.2 (appendix 6) is printed as a line that begins with PROBLEM.
"""
import csv
import hashlib
import os
import re
import sys
import xml.etree.ElementTree as ElementTree

XLINK = "{http://www.w3c.org/1999/xlink}"      # of index.xml and us-regional.xml
STF_XLINK = "{http://www.w3.org/1999/xlink}"   # of study tagging files
COLUMNS = {"substance": "substance", "manufacturer": "manufacturer", "product": "product-name", "dosage_form": "dosageform",
           "indication": "indication", "excipient": "excipient"}


HREFS = (XLINK + "href", STF_XLINK + "href")   # Canada's backbone has the second
REGIONAL = ("m1/us/us-regional.xml", "m1/ca/ca-regional.xml")


def local(tag):
    """{hcsc_ectd}leaf -> leaf"""
    return tag.split("}")[-1]


def md5(path):
    with open(path, "rb") as file:
        return hashlib.md5(file.read()).hexdigest()


def line(section, attributes, form, study, tags, site, title, digest):
    pairs = ",".join(f"{name}={value}" for name, value in sorted(attributes.items()))
    return "|".join([section, pairs, form, study, ",".join(sorted(tags)), site, title, digest])


def number(element):
    """m3-2-s-4-1-specification -> 3.2.S.4.1"""
    return re.match(r"m(\d+(?:-(?:\d+|[sapr])(?=-|$))*)", element).group(1).upper().replace("-", ".")


class Leaf:
    def __init__(self, element, file, place, attributes, form):
        self.id = element.get("ID")
        self.operation = element.get("operation")
        self.title = next((part.text for part in element if local(part.tag) == "title"), None)
        self.modified = element.get("modified-file") or ""
        self.checksum = (element.get("checksum") or "").lower()
        self.href = next((element.get(name) for name in HREFS if element.get(name)), "")
        self.file, self.place, self.attributes, self.form = file, place, attributes, form
        self.path = os.path.normpath(os.path.join(os.path.dirname(file), self.href)) if self.href else ""
        self.current = False
        self.study, self.tags, self.site = "", [], ""

    def section(self):
        return "1.1" if self.form else number(self.place[-1].split("[")[0])


class Reader:
    def __init__(self, app):
        self.app, self.leaves, self.problems = app, {}, []

    def problem(self, text):
        self.problems.append("PROBLEM " + text)

    def add_leaves(self, element, file, place, attributes, form, found):
        for child in element:
            tag = local(child.tag)
            if tag == "leaf":
                found.append(Leaf(child, file, place, attributes, form))
            elif tag == "node-extension":
                self.add_leaves(child, file, place + ["extension " + child.findtext("title")], attributes, form, found)
            elif tag == "form":
                self.add_leaves(child, file, place + ["form " + child.get("form-type")], attributes, child.get("form-type"), found)
            elif tag not in ("title",):
                own = {name: value for name, value in child.attrib.items() if name != "ID" and not name.startswith("{")}
                step = tag + (str(sorted(own.items())) if own else "")
                self.add_leaves(child, file, place + [step], {**attributes, **own}, form, found)

    def read_sequence(self, name):
        found = []
        index = os.path.join(name, "index.xml")
        (regional,) = [path for path in (os.path.join(name, file) for file in REGIONAL) if os.path.isfile(os.path.join(self.app, path))]
        self.add_leaves(ElementTree.parse(os.path.join(self.app, index)).getroot(), index, [], {}, "", found)
        root = ElementTree.parse(os.path.join(self.app, regional)).getroot()
        for part in root:
            if local(part.tag) in ("m1-regional", "m1-administrative-and-product-information"):
                self.add_leaves(part, regional, [], {}, "", found)
        admin = []
        if root.find("admin") is not None:
            self.add_leaves(root.find("admin"), regional, ["admin"], {}, "", admin)
        self.check_package(name, index, found + admin)
        for leaf in found:
            self.apply(name, leaf)
        for leaf in found:
            if os.path.basename(leaf.path).startswith("stf-"):
                self.read_stf(leaf)

    def check_package(self, name, index, leaves):
        with open(os.path.join(self.app, name, "index-md5.txt")) as file:
            if file.read().strip().lower() != md5(os.path.join(self.app, index)):
                self.problem(f"{name}: index-md5.txt is not the MD5 of index.xml")
        named = set()
        for leaf in leaves:
            if leaf.operation == "delete":
                if leaf.href or leaf.checksum:
                    self.problem(f"{leaf.file}#{leaf.id}: a delete with a file")
                continue
            named.add(leaf.path)
            if not os.path.isfile(os.path.join(self.app, leaf.path)):
                self.problem(f"{leaf.file}#{leaf.id}: there is no {leaf.path}")
            elif md5(os.path.join(self.app, leaf.path)) != leaf.checksum:
                self.problem(f"{leaf.file}#{leaf.id}: the checksum is not that of {leaf.path}")
            if (leaf.operation == "new") == bool(leaf.modified):
                self.problem(f"{leaf.file}#{leaf.id}: {leaf.operation} with modified-file {leaf.modified!r}")
        for folder, _, files in os.walk(os.path.join(self.app, name)):
            for file in files:
                path = os.path.relpath(os.path.join(folder, file), self.app)
                if re.match(r"\d{4}/m[1-5]/", path) and path not in named:
                    self.problem(f"{path} is in no backbone")
        ids = [(leaf.file, leaf.id) for leaf in leaves]
        for twin in {at for at in ids if ids.count(at) > 1}:
            self.problem(f"the ID {twin} stands twice")

    def apply(self, name, leaf):
        at = (leaf.file, leaf.id)
        if leaf.operation != "delete":
            leaf.current = True
        if leaf.operation != "new":
            file, _, target_id = leaf.modified.partition("#")
            target = self.leaves.get((os.path.normpath(os.path.join(os.path.dirname(leaf.file), file)), target_id))
            if target is None or target.file.split("/")[0] >= name:
                self.problem(f"{at}: {leaf.modified} is no leaf of an earlier sequence")
            elif not target.current:
                self.problem(f"{at}: {leaf.modified} is not current any more")
            elif target.place != leaf.place:
                self.problem(f"{at}: {leaf.modified} is under {target.place}, not {leaf.place}")
            elif leaf.operation in ("replace", "delete"):
                target.current = False
        self.leaves[at] = leaf

    def read_stf(self, leaf):
        root = ElementTree.parse(os.path.join(self.app, leaf.path)).getroot()
        for content in root.iter("doc-content"):
            file, _, wanted = content.get(STF_XLINK + "href").partition("#")
            target = self.leaves.get((os.path.normpath(os.path.join(os.path.dirname(leaf.path), file)), wanted))
            if target is None:
                self.problem(f"{leaf.path} names {wanted}, which is not there")
                continue
            if target.place != leaf.place:
                self.problem(f"{leaf.path} names {wanted} of another section")
            target.study = root.findtext("study-identifier/study-id")
            target.tags = [tag.get("name") for tag in content.findall("file-tag")]
            target.site = content.findtext("property") or ""

    def read(self):
        for name in sorted(os.listdir(self.app)):
            if re.fullmatch(r"\d{4}", name):
                self.read_sequence(name)
        return self

    def lines(self):
        lines = []
        for leaf in self.leaves.values():
            regional = leaf.file.endswith("index.xml") and leaf.place[0].startswith("m1-")
            stf = os.path.basename(leaf.path).startswith("stf-")
            if leaf.current and not regional and not stf:
                lines.append(line(leaf.section(), leaf.attributes, leaf.form, leaf.study, leaf.tags, leaf.site, leaf.title,
                                  md5(os.path.join(self.app, leaf.path))))
        return lines + self.problems


def plan_lines(plan):
    with open(plan, newline="", encoding="utf-8-sig") as file:
        for row in csv.DictReader(file):
            attributes = {xml: row[column] for column, xml in COLUMNS.items() if row.get(column)}
            tags = [tag for tag in row.get("file_tag", "").split(";") if tag]
            yield line(row["section"], attributes, row.get("form_type", ""), row.get("study", ""), tags, row.get("site", ""), row["title"],
                       md5(os.path.join(os.path.dirname(os.path.abspath(plan)), row["source"])))


def reference(app, title, where=""):
    (leaf,) = [leaf for leaf in Reader(app).read().leaves.values()
               if leaf.current and leaf.title == title and where in " ".join(leaf.attributes.values())]
    return leaf.file.split("/")[0] + "#" + leaf.id


if __name__ == "__main__":
    commands = {"view": lambda app: Reader(app).read().lines(), "plan": plan_lines, "reference": lambda *what: [reference(*what)]}
    print("\n".join(sorted(commands[sys.argv[1]](*sys.argv[2:]))))
