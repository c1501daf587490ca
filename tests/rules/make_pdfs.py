#!/usr/bin/env python3
"""Makes the PDFs of the rules' cases: tests/rules/make_pdfs.py FOLDER (tests/rules/pdf_test.cpp compares FOLDER with tests/rules).

Each is one page written by hand below, and what one fault or fact needs; qpdf makes it linear, or encrypts it. No clock, no chance: the same bytes
every time.
"""
import pathlib
import subprocess
import sys
import tempfile
import zlib

PAGE = "3 0 R"  # every file here has its one page as this object
INHERIT = f"[{PAGE} /XYZ null null null]"
SPECIFICATION = "m3/32-body-data/32s-drug-sub/acmol-acme/32s4-contr-drug-sub/32s41-spec/specification.pdf"
COMPOSITION = "m3/32-body-data/32p-drug-prod/acmol-tablet/32p1-desc-comp/composition.pdf"
DRAWN = "BT /F1 12 Tf 72 770 Td ({}) Tj ET"
TYPE1 = "<< /Type /Font /Subtype /Type1 /BaseFont /{} >>"


def stream(content, entries=""):
    content = content if isinstance(content, bytes) else content.encode()
    return f"<< {entries}/Length {len(content)} >>\nstream\n".encode() + content + b"\nendstream"


def plain(text, catalog="", page="", more=(), info="", version="1.7", font=TYPE1.format("Helvetica"), drawn=None, resources=""):
    """catalog, page, resources: further entries. more: objects from 6 on."""
    drawn = drawn or DRAWN.format(text)
    resources = "" if font is None else f"/Resources << /Font << /F1 5 0 R >> {resources}>> "
    objects = [
        f"<< /Type /Catalog /Pages 2 0 R {catalog} >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] {resources}/Contents 4 0 R {page} >>",
        drawn if isinstance(drawn, bytes) else stream(drawn),
        font or "null",
        *more,
    ]
    if info:
        objects.append(f"<< {info} >>")
    data, places = bytearray(f"%PDF-{version}\n".encode()), []
    for number, item in enumerate(objects, 1):
        places.append(len(data))
        data += f"{number} 0 obj\n".encode() + (item if isinstance(item, bytes) else item.encode()) + b"\nendobj\n"
    table = len(data)
    data += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    data += "".join(f"{place:010d} 00000 n \n" for place in places).encode()
    document = f"/Info {len(objects)} 0 R " if info else ""
    return bytes(data + f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R {document}>>\nstartxref\n{table}\n%%EOF\n".encode())


def qpdf(data, *options):
    with tempfile.TemporaryDirectory() as folder:
        before, after = pathlib.Path(folder, "in.pdf"), pathlib.Path(folder, "out.pdf")
        before.write_bytes(data)
        subprocess.run(["qpdf", *options, "--linearize", before, after], check=True)
        return after.read_bytes()


def linear(data):
    return qpdf(data, "--compress-streams=n", "--deterministic-id")


def encrypted(data, user, *permissions):
    return qpdf(data, "--encrypt", user, "owner", "128", "--use-aes=y", *permissions, "--", "--static-id", "--static-aes-iv")


def filtered(data):
    """A page drawn by these bytes of Flate, kept as they are."""
    return qpdf(plain("", drawn=stream(data, "/Filter /FlateDecode ")), "--stream-data=preserve", "--deterministic-id")


def text_page(text, **more):
    return linear(plain(text, **more))


def action(kind, entries):
    return f"/A << /S /{kind} {entries} >>"


def other(file, page=0):
    return action("GoToR", f"/F ({file}) /D [{page} /XYZ null null null]")


def link(name, target, *more):
    """Named after its file; `target`: entries of the annotation."""
    annotation = f"<< /Type /Annot /Subtype /Link /Rect [72 700 200 720] /Border [0 0 0] {target} >>"
    return text_page(name + ".pdf", page="/Annots [6 0 R]", more=(annotation, *more))


def bookmark(target, shown=True, *more):
    mode = "/PageMode /UseOutlines" if shown else ""
    outline = ("<< /Type /Outlines /First 7 0 R /Last 7 0 R /Count 1 >>", f"<< /Title (Results) /Parent 6 0 R {target} >>")
    return text_page("bookmarks", catalog=f"/Outlines 6 0 R {mode}", more=(*outline, *more))


def form(fields, *permissions):
    """An FDA form: fields with values, restricted as FDA gives them out; opens with the empty password."""
    kids = [f"<< /Type /Annot /Subtype /Widget /Rect [72 {700 - 30 * i} 300 {720 - 30 * i}] /P {PAGE} /Parent 6 0 R /FT /{kind} /T ({name}[0]) /V {value} >>"
            for i, (name, kind, value) in enumerate(fields)]
    places = " ".join(f"{7 + i} 0 R" for i in range(len(kids)))
    data = plain("FORM FDA", catalog="/AcroForm << /Fields [6 0 R] >>", page=f"/Annots [{places}]",
                 more=(f"<< /T (form1[0]) /Kids [{places}] >>", *kids))
    return encrypted(data, "", *(permissions or ("--modify=form",)))


def form_356h(number="900001", kind="NDA", sequence="0001", submission=""):
    return form([("ApplicationNumber", "Tx", f"({number})"), ("ApplicationType", "Ch", f"({kind})"), ("SequenceNumber", "Tx", f"({sequence})"),
                 ("SubmissionType", "Ch", f"({submission})"), ("CrossReferenceApplicationNumber1", "Tx", "(123456)")])


def attached(info, names="/Names << /EmbeddedFiles << /Names [(data.xml) 6 0 R] >> >>", file="data.xml", more=(), **others):
    """6: the specification of the file; `more`: objects from 8 on."""
    files = (f"<< /Type /Filespec /F ({file}) /EF << /F 7 0 R >> >>", stream("<a/>", "/Type /EmbeddedFile "))
    return text_page("form", catalog=names, more=(*files, *more), info=info, **others)


def application_form(info, version, attachment=""):
    """An electronic application form of the EU; its version stands in a field."""
    field = f"<< /FT /Tx /T (formVersion) /V ({version}) >>"
    if not attachment:
        return text_page("form", catalog="/AcroForm << /Fields [6 0 R] >>", more=(field,), info=info)
    names = f"/Names << /EmbeddedFiles << /Names [({attachment}) 6 0 R] >> >> /AcroForm << /Fields [8 0 R] >>"
    return attached(info, names, attachment, (field,))


# What a link or bookmark may lead to, seen from m2/22-intro of a sequence.
TARGETS = {
    "no-file": other("absent.pdf"),
    "no-page": action("GoTo", f"/D [8 0 R /XYZ null null null]"),
    "no-page-other": other("../23-qos/acmol-acme.pdf", 7),
    "other": other("../23-qos/acmol-acme.pdf"),
    "introduction": other("../22-intro/introduction.pdf"),
    "pain": other("../27-clin-sum/pain.pdf"),
    "case": other("../23-qos/Acmol-Acme.pdf"),
    "first": other("../../../0001/m2/23-qos/acmol-acme.pdf"),
    "first-composition": other(f"../../../0001/{COMPOSITION}"),
    "no-first": other("../../../0001/m2/22-intro/absent.pdf"),
    "actions": action("GoTo", f"/D {INHERIT} /Next << /S /GoTo /D {INHERIT} >>"),
    "web": action("URI", "/URI (https://example.org/)"),
    "inactive": "",
    "absolute": other("/C/documents/report.pdf"),
    "zoom": f"/Dest [{PAGE} /Fit]",
    "script": action("JavaScript", "/JS (app.beep\\(\\))"),
}


def fixtures():
    portal, designer = "/Creator (PDF generator) /Author (European Medicines Agency)", "/Creator (Adobe LiveCycle Designer 6.5)"
    earlier = "../../../../../../0000/m2/22-intro/"  # from m1/eu/14-expert/141-quality, as the EU's cases have it
    yield "damaged", b"%PDF-1.7\nnothing of a PDF follows\n"
    whole = text_page("repaired")
    at = whole.rindex(b"startxref\n") + 10
    yield "repaired", whole[:at] + b"9" * (whole.index(b"\n", at) - at) + whole[whole.index(b"\n", at):]  # leads nowhere
    packed = zlib.compress(DRAWN.encode())
    yield "content-damaged", filtered(b"XX" + packed[2:])  # no header of its format: viewers show a blank page
    yield "content-no-end", filtered(packed[:-8])  # viewers show what comes before
    yield "not-linearized", plain("plain")
    yield "version-1-3", text_page("old", version="1.3")
    yield "version-2-0", text_page("new", version="2.0")
    yield "version-catalog-1-3", text_page("the catalog says less", catalog="/Version /1.3")
    yield "version-catalog-1-7", text_page("the catalog says less", version="2.0", catalog="/Version /1.7")
    yield "layout", text_page("two columns", catalog="/PageLayout /TwoColumnLeft")
    yield "empty-pane", text_page("no bookmarks", catalog="/PageMode /UseOutlines")
    yield "no-keywords", text_page("SPC", info="/Title (SPC) /Author (Acme) /Subject (Acmol)")
    yield "portal", application_form(portal, "2.1.0")
    yield "portal-attached", application_form(portal, "2.1.0", "data.xml")
    yield "portal-attached-pdf", application_form(portal, "2.1.0", "data.pdf")
    yield "portal-no-version", text_page("form", info=portal)
    yield "interactive", application_form(designer, "v1.26.0.0")
    yield "interactive-attached", application_form(designer, "v1.26.0.0", "data.xml")
    yield "interactive-no-version", attached(designer)
    yield "other-version-attached", application_form(designer, "3.0", "data.xml")
    yield "no-print", encrypted(plain("secret"), "", "--print=none")
    for name, value in ("empty", ""), ("signed", "/ByteRange [0 1 2 3] /Contents <30>"):
        field = f"<< /FT /Sig /T (signature) /V << /Type /Sig {value} >> >>"
        yield f"no-print-{name}", encrypted(plain("secret", catalog="/AcroForm << /Fields [6 0 R] >>", more=(field,)), "", "--print=none")
    yield "no-change", encrypted(plain("secret"), "", "--modify=form")
    yield "password", encrypted(plain("secret"), "user")
    handler = b"trailer\n<< /Encrypt << /Filter /Adobe.PubSec /SubFilter /adbe.pkcs7.s5 /V 4 /Length 128 >> /ID [<00> <00>] "
    yield "certificate", plain("secret").replace(b"trailer\n<< ", handler)
    yield "bookmarks", bookmark(f"/Dest {INHERIT}")
    yield "bookmarks-hidden", bookmark(f"/Dest {INHERIT}", shown=False)
    yield "link-page", link("link-page", f"/Dest {INHERIT}")
    yield "link-no-page", link("link-no-page", action("GoTo", "/D [7 0 R /XYZ null null null]"), "null")
    yield "link-no-file", link("link-no-file", other("absent.pdf"))
    yield "link-earlier", link("link-earlier", other(earlier + "introduction.pdf"))
    yield "link-no-earlier", link("link-no-earlier", other(earlier + "absent.pdf"))
    yield "link-no-page-earlier", link("link-no-page-earlier", other(earlier + "introduction.pdf", 7))
    yield "absolute", link("absolute", other("/C/documents/report.pdf"))
    yield "launch", link("launch", action("Launch", f"/F (../../../../../{SPECIFICATION})"))
    yield "link-file-uri", link("link-file-uri", action("URI", "/URI (file:///C:/documents/report.pdf)"))
    yield "link-relative-uri", link("link-relative-uri", action("URI", f"/URI (../../../../../{SPECIFICATION}#page=1)"))
    yield "link-relative-uri-absent", link("link-relative-uri-absent", action("URI", "/URI (absent.pdf)"))
    yield "link-attached", link("link-attached", action("GoToE", "/D (top) /T << /R /C /N (report.pdf) >>"))
    yield "link-further-absolute", link("link-further-absolute", action("GoTo", f"/D {INHERIT} /Next << /S /GoToR /F (/C/report.pdf) /D [0 /XYZ null null null] >>"))
    yield "zoom", link("zoom", f"/Dest [{PAGE} /Fit]")


def fda_fixtures():
    for name in ("no-file", "no-page", "no-page-other", "other", "introduction", "pain", "case", "first", "first-composition", "no-first", "actions", "web", "inactive", "absolute", "zoom", "script"):
        yield f"bookmark-{name}", bookmark(TARGETS[name], True, "null")
        if name not in ("no-file", "no-page", "absolute", "zoom"):  # those are above
            yield f"link-{name}", link(f"link-{name}", TARGETS[name])
    for name in ("one", "two", "three"):
        yield f"plain-{name}", text_page(f"plain {name}")
    yield "font-missing", text_page("font", font=TYPE1.format("Garamond"))
    yield "font-arial", text_page("font", font=TYPE1.format("Arial,Bold"))
    embedded = "<< /Type /FontDescriptor /FontName /ABCDEF+Garamond /Flags 32 /FontFile3 7 0 R >>"
    yield "font-embedded", text_page("font", font=TYPE1.format("ABCDEF+Garamond /FontDescriptor 6 0 R"),
                                     more=(embedded, stream("not looked into", "/Subtype /Type1C ")))
    note = "<< /Type /Annot /Subtype /Text /Rect [72 700 92 720] /Contents (To be checked) >>"
    yield "comment", text_page("comment", page="/Annots [6 0 R]", more=(note,))
    image = stream("x", "/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 ")
    yield "image", linear(plain("", page="/Resources << /XObject << /I 6 0 R >> >>", more=(image,), font=None, drawn="q 500 0 0 700 40 70 cm /I Do Q"))
    inline = "q 500 0 0 700 40 70 cm BI /W 1 /H 1 /BPC 8 /CS /G ID x EI Q"
    yield "image-inline", text_page("", drawn=inline)
    yield "image-inline-text", text_page("", drawn=inline + " BT /F1 12 Tf 72 720 Td (Letter) Tj ET")
    yield "script", text_page("script", catalog="/OpenAction << /S /JavaScript /JS (app.beep\\(\\)) >>")
    yield "attached", attached("")
    yield "associated", attached("", "/AF [6 0 R]")
    drawn = "/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /AF [6 0 R] "
    yield "associated-image", attached("", "", resources="/XObject << /I 8 0 R >> ", more=(stream("x", drawn),))
    tree = "/StructTreeRoot << /Type /StructTreeRoot /K 8 0 R >> /MarkInfo << /Marked true >>"
    yield "associated-structure", attached("", tree, more=("<< /Type /StructElem /S /Document /K 9 0 R >>",
                                                           "<< /Type /StructElem /S /Table /P 8 0 R /AF [6 0 R] /K [8 0 R] >>"), version="2.0")
    yield "open-fit", text_page("opens fitted", catalog=f"/OpenAction [{PAGE} /Fit]")
    yield "thumbnails", text_page("no bookmarks", catalog="/PageMode /UseThumbs")
    yield "form-number", form_356h(number="900002")
    yield "form-type", form_356h(kind="ANDA")
    yield "form-sequence", form_356h(sequence="0003")
    yield "form-number-long", form_356h(number="NDA 0900001/S-002")
    yield "form-type-words", form_356h(kind="New Drug Application")
    yield "form-submission", form_356h(submission="Annual Report")
    yield "form-submission-original", form_356h(submission="Original Application")
    yield "form-empty", form_356h("", "", "")
    yield "form-flat", text_page("FORM FDA 356h")


def ca_fixtures():
    brochure = "../../../../0000/m1/ca/1-3-4-investigators-brochure/brochure"  # from m1/ca/1-7-1-study-protocol
    yield "link-brochure-earlier", link("link-brochure-earlier", other(brochure + ".pdf"))
    yield "link-brochure-no-page", link("link-brochure-no-page", other(brochure + ".pdf", 8))
    yield "link-brochure-no-file", link("link-brochure-no-file", other(brochure + "-2.pdf"))


def ca_pages():
    for number in ("0000", "0001", "0002"):
        yield f"ca/{number}/m1/ca/1-0-1-cover-letter/cover", "Cover letter"
    for number in ("0000", "0001"):
        yield f"ca/{number}/m1/ca/1-7-1-study-protocol/protocol", "Protocol"
        yield f"ca/{number}/{SPECIFICATION[:-4]}", "Specification"
    yield "ca/0000/m1/ca/1-2-1-application-forms/hc3011", "HC/SC 3011"
    yield "ca/0000/m1/ca/1-3-4-investigators-brochure/brochure", "Brochure"
    yield "ca/0000/m1/ca/1-4-1-pseat-cta/pseat", "Assessment template"
    yield "ca/0000/m1/ca/1-7-2-informed-consent-forms/consent", "Informed consent"
    yield "ca/0000/m2/23-qos/acmol-acme", "Quality overall summary"
    yield "ca/0001/m3/32-body-data/32r-reg-info/lifecycle", "Life cycle"
    yield "ca/0002/m1/ca/1-0-4-health-canada-solicited/answer", "Answer"
    yield "ca-nds/0000/m1/ca/1-0-1-cover-letter/cover", "Cover letter"
    yield "ca-nds/0000/m1/ca/1-3-1-product-monograph/monograph", "Product monograph"
    yield "ca-nds/0000/m2/22-intro/introduction", "Introduction"


def base_pages():
    """The bases' own documents: path, words on the page."""
    yield "eu/0000/m2/22-intro/introduction", "Introduction"
    yield "eu/0000/m1/eu/12-form/ema/ema-form-eaf", "Application form"
    yield "eu/0000/m5/53-clin-stud-rep/535-rep-effic-safety-stud/pain/5351-stud-rep-contr/acm-301/report", "Study report"
    yield "eu/0000/m5/53-clin-stud-rep/535-rep-effic-safety-stud/pain/5351-stud-rep-contr/acm-301/synopsis", "Synopsis"
    yield "eu/0001/m1/eu/responses/common/common-responses-maa-d121", "Answers"
    for number in ("0000", "0001"):
        yield f"eu/{number}/m1/eu/10-cover/ema/ema-cover", "Cover letter"
        yield f"eu/{number}/m1/eu/10-cover/ema/ema-tracking", "Tracking table"
        yield f"eu/{number}/m1/eu/13-pi/131-spclabelpl/ema/en/ema-spc", "SPC"
        yield f"eu/{number}/m1/eu/14-expert/141-quality/quality", "Expert"
        yield f"eu/{number}/m3/32-body-data/32a-app/32a1-fac-equip/acme/facilities", "Facilities"
        yield f"eu/{number}/{SPECIFICATION[:-4]}", "Specification"
        yield f"eu-mrp/{number}/m1/eu/12-form/de/de-form-eaf", "Application form"
        yield f"eu-mrp/{number}/m1/eu/10-cover/de/de-cover", "Cover letter DE"
        yield f"eu-mrp/{number}/m1/eu/10-cover/fr/fr-cover", "Cover letter FR"
        yield f"eu-mrp/{number}/m1/eu/10-cover/common/common-tracking", "Tracking table"
    yield "eu-mrp/0000/m1/eu/additional-data/fr/fr-additionaldata", "Additional data"
    yield "eu-cep/0000/m1/eu/10-cover/edqm/edqm-cover", "Cover letter"
    study = "m5/53-clin-stud-rep/535-rep-effic-safety-stud/pain/5351-stud-rep-contr/s1"
    for number in ("0001", "0002"):
        yield f"us/{number}/m1/us/1-2-cover-letters/cover", "Cover letter"
        yield f"us/{number}/m1/us/1-18-proprietary-names/name", "Proprietary name"
        yield f"us/{number}/m2/22-intro/introduction", "Introduction"
    yield "us/0001/m2/23-qos/acmol-acme", "Quality summary of Acmol"
    yield "us/0001/m2/27-clin-sum/pain", "Efficacy in pain"
    yield f"us/0001/{SPECIFICATION[:-4]}", "Specification"
    yield f"us/0001/{COMPOSITION[:-4]}", "Composition"
    yield "us/0001/m4/42-stud-rep/421-pharmacol/4211-prim-pd/t1/report", "Report T1"
    yield f"us/0001/{study}/report", "Report S1"
    yield f"us/0001/{study}/crf-701", "Case report forms of site 701"
    yield f"us/0002/{SPECIFICATION[:-17]}addendum", "Addendum"
    yield "eu-cep/0000/m3/32-body-data/32s-drug-sub/acmol-acme/32s1-gen-info/nomenclature", "Nomenclature"


def write(folder, name, data):
    path = pathlib.Path(folder, name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def main():
    folder = sys.argv[1]
    for name, data in fixtures():
        write(folder, f"pdf/{name}.pdf", data)
    for name, data in (*fda_fixtures(), *ca_fixtures()):
        write(folder, f"pdf/{name}.pdf", data)
    for number in ("0001", "0002"):
        write(folder, f"base/us/{number}/m1/us/1-1-forms/356h.pdf", form_356h(sequence=number))
    for path, words in (*base_pages(), *ca_pages()):
        number = next(part for part in path.split("/") if part.isdigit())
        info = "/Title (SPC) /Author (Acme) /Subject (Acmol) /Keywords (acmolum)" if path.endswith("-spc") else ""
        write(folder, f"base/{path}.pdf", text_page(f"{words} {number}", info=info))


main()
