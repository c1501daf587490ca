"""Which leaves are current after a sequence, read without dossier and from the backbones alone: an oracle for tests/ectd and tests/browser.

  current_leaves.py APP LAST    one line for each leaf, of any region: 0001/index.xml#ID|title|path below APP; sorted

Without the leaf of index.xml that names the regional file, and without study tagging files. A leaf ends when a later sequence replaces or
deletes it (ICH eCTD specification 3.2.2, appendix 6); a target that is not there or has ended before ends nothing.
"""
import os
import re
import sys
import xml.etree.ElementTree as ElementTree


def local(name):
    return name.rsplit("}", 1)[-1]


def attribute(element, name):
    return next((value for key, value in element.attrib.items() if local(key) == name), "")


def leaves(element, above=""):
    for child in element:
        if local(child.tag) == "leaf":
            yield child, above
        else:
            yield from leaves(child, above + "/" + local(child.tag))


def backbones(app, number):
    yield number + "/index.xml"
    for country in sorted(os.listdir(os.path.join(app, number, "m1"))):
        file = "%s/m1/%s/%s-regional.xml" % (number, country, country)
        if os.path.isfile(os.path.join(app, file)):
            yield file


def current(app, last):
    alive = {}
    for number in sorted(n for n in os.listdir(app) if re.fullmatch(r"\d{4}", n) and n <= last):
        new, ended = {}, set()
        for file in backbones(app, number):
            for leaf, above in leaves(ElementTree.parse(os.path.join(app, file)).getroot()):
                operation, here = leaf.get("operation"), os.path.dirname(file)
                if operation in ("replace", "delete") and leaf.get("modified-file"):
                    name, _, identity = leaf.get("modified-file").partition("#")
                    ended.add(os.path.normpath(os.path.join(here, name)) + "#" + identity)
                path = os.path.normpath(os.path.join(here, attribute(leaf, "href"))) if attribute(leaf, "href") else ""
                regional = file.endswith("/index.xml") and above.startswith("/m1-administrative")
                if operation != "delete" and not regional and not os.path.basename(path).startswith("stf-"):
                    title = next(child.text or "" for child in leaf if local(child.tag) == "title")
                    new[file + "#" + leaf.get("ID")] = (" ".join(title.split()), path)
        alive = {leaf: said for leaf, said in alive.items() if leaf not in ended}
        alive.update(new)
    return alive


if __name__ == "__main__":
    for leaf, (title, path) in sorted(current(sys.argv[1], sys.argv[2]).items()):
        print("|".join([leaf, title, path]))
