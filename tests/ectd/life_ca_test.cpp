// A clinical trial application to Health Canada over eight sequences: an application, an answer, a notification, an amendment, documents
// that are replaced, withdrawn and restored, an appendix.
#include <catch2/catch.hpp>

#include "tests/ectd/canada_schema.hpp"
#include "tests/ectd/life.hpp"

using Lines = std::vector<std::string>;

namespace {

const char* const head =
    R"(application: {region: ca, type: cta, number: c123456, product_name: Madeupin, dossier_type: pharmaceutical, activity_lead: Made-up Directorate}
applicant: {name: Made-up Biosciences}
)";

using Cells = std::map<std::string, std::string>;

Cells in(const std::string& section, const std::string& title, const std::string& source) {
    return {{"section", section}, {"title", title}, {"source", source}};
}

Cells substance(Cells cells, const std::string& manufacturer) {
    cells.insert({{"substance", "Madeupin"}, {"manufacturer", manufacturer}});
    return cells;
}

std::string transaction(const std::string& type, const std::string& activity, const std::string& description) {
    return "submission_type: " + type + ", submission_id: \"" + activity + "\", description: " + description;
}

void cover(test::Life& cta, bool with_form = false) {
    const std::string number = std::to_string(cta.built() + 1);
    cta.put_once("cover-" + number, {{"section", "1.0.1"}, {"title", "Cover letter"}}, "letter " + number);
    if (with_form) cta.put_once("form-" + number, {{"section", "1.2.1"}, {"title", "Form HC-SC 3011"}}, "application form " + number);
}

void apply(test::Life& cta) { // 0000
    cta.put("brochure", in("1.3.4", "Investigator's brochure", "ib-1.pdf"), "brochure 1");
    cta.put("pseat", in("1.4.1", "PSEAT-CTA", "pseat.pdf"), "assessment 1");
    cta.put("protocol", in("1.7.1", "Protocol, version 1", "protocol-v1.pdf"), "protocol 1");
    cta.put("consent", in("1.7.2", "Informed consent form", "icf.pdf"), "consent 1");
    cta.put("refusal", in("1.7.3", "Refusal of a research ethics board", "refusal.pdf"), "refusal");
    cta.put("summary", in("2.5", "Clinical overview", "overview.pdf"), "summary");
    cta.put("spec", substance(in("3.2.S.4.1", "Specification", "spec.pdf"), "Plant One"), "specification 1");
    cover(cta, true);
    cta.build(transaction("cta", "0000", "Clinical trial application"));
    CHECK(cta.operations().size() == 7); // all new
}

void answer(test::Life& cta) { // 0001 continues the first activity, and says only what it brings
    cta.put("consent", {}, "consent 2");
    cta.put("note", in("1.0.7", "Note to the reviewer", "note.pdf"), "where the consent form changed");
    cover(cta);
    cta.build_delta(transaction("cta", "0000", "Response to a clarification request"), {"consent", "note"});
    CHECK(cta.operations() == Lines{"new 1.0.7 Note to the reviewer", "replace 1.7.2 Informed consent form"});
}

void notify(test::Life& cta) { // 0002 opens an activity of its own: another manufacturer is a node of its own
    cta.put("spec-two", substance(in("3.2.S.4.1", "Specification", "spec-two.pdf"), "Plant Two"), "specification of two");
    cover(cta);
    cta.build(transaction("cta-n", "0002", "Notification of a second manufacturer"));
    CHECK(cta.operations() == Lines{"new 3.2.S.4.1 Specification"});
}

void amend(test::Life& cta) { // 0003, 0004
    cta.put("protocol", {{"source", "protocol-v2.pdf"}, {"title", "Protocol, amended"}, {"replaces", cta.reference("Protocol, version 1")}},
            "protocol 2");
    cta.put("pseat", {}, "assessment 2");
    cta.drop("refusal"); // the board thought better of it
    cover(cta, true);
    cta.build(transaction("cta-a", "0003", "Amended protocol"));
    CHECK(cta.operations() ==
          Lines{"delete 1.7.3 Refusal of a research ethics board", "replace 1.4.1 PSEAT-CTA", "replace 1.7.1 Protocol, amended"});
    // only its title: the file is not sent again
    cta.put("protocol", {{"title", "Protocol, version 2"}, {"replaces", ""}});
    cover(cta);
    cta.build(transaction("cta-a", "0003", "Corrected title"));
    CHECK(cta.operations() == Lines{"replace 1.7.1 Protocol, version 2"});
    CHECK(test::run({"find", cta.sequence(), "-name", "protocol*"}).out.empty());
}

void restore(test::Life& cta) { // 0005, 0006, 0007
    cta.put("refusal", in("1.7.3", "Refusal of a research ethics board", "refusal.pdf"), "refusal");
    cta.put("brochure", {{"source", "ib-2.pdf"}}, "brochure 2");
    cover(cta);
    cta.build(transaction("cta-n", "0005", "New edition of the brochure"));
    CHECK(cta.operations() == Lines{"new 1.7.3 Refusal of a research ethics board", "replace 1.3.4 Investigator's brochure"});
    Cells annex = substance(in("3.2.S.4.1", "Annex to the specification", "annex.pdf"), "Plant Two");
    annex.insert({{"operation", "append"}, {"replaces", cta.reference("Specification", "Plant Two")}});
    cta.say(annex, "annex");
    cover(cta);
    cta.build_delta(transaction("cta-n", "0005", "Annex"), {});
    CHECK(cta.operations() == Lines{"append 3.2.S.4.1 Annex to the specification"});
    cta.drop("note");
    cta.drop("summary");
    cta.put("spec", {}, "specification 2");
    cover(cta);
    cta.build(transaction("cta-n", "0007", "Quality"));
    CHECK(cta.operations() ==
          Lines{"delete 1.0.7 Note to the reviewer", "delete 2.5 Clinical overview", "replace 3.2.S.4.1 Specification"});
}

} // namespace

TEST_CASE("a clinical trial application in Canada over eight sequences: the current view is the plan's, read independently") {
    // The folder is called app, no file of the enrolment process is sent, the PDFs are made by hand, and one annex is appended.
    test::Life cta(head, "",
                   {0,
                    "m1/ca/ca-regional.xml",
                    {"dossier:ca-top-folder", "dossier:ca-rep-missing", "dossier:ca-pdf-linearized", "dossier:ca-append"},
                    {{"ca-regional-2-2.xsd", test::canada_schema}, {"ca-regional-2-2.xsl", test::canada_stylesheet}}});
    apply(cta);
    answer(cta);
    notify(cta);
    amend(cta);
    restore(cta);
    CHECK(cta.built() == 7);
    CHECK(test::run({"find", cta.app(), "-name", "stf-*"}).out.empty()); // none are written for Canada
}
