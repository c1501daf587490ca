// An IND over twelve sequences. What each sequence has to hold stands beside it; life.hpp says what is checked after each one.
#include <catch2/catch.hpp>

#include "tests/ectd/life.hpp"

using Lines = std::vector<std::string>;

namespace {

const char* const head = R"(application: {region: us, type: ind, number: "900321"}
applicant:
  id: "999999999"
  name: Made-up Biosciences
  contacts:
    - {type: regulatory, name: R. Person, phones: [{type: business, number: 555-0100}], emails: [r@example.org]}
    - {type: technical, name: T. Person, phones: [{type: business, number: 555-0101}], emails: [t@example.org]}
)";

const char* const studies = R"(studies:
  ABC-201: {title: A trial of madeupin in adults, categories: {type-of-control: placebo}}
  ABC-202: {title: A second trial of madeupin, categories: {type-of-control: placebo}}
  TX-1: {title: 28-day oral toxicity in rats, categories: {species: rat, route-of-admin: oral, duration: short}}
)";

std::string envelope(const std::string& id, const std::string& type, const std::string& sub_type) {
    return "submission_id: \"" + id + "\", submission_type: " + type + ", sub_type: " + sub_type + ", form: {type: 1571, source: form.pdf}";
}

using Cells = std::map<std::string, std::string>;

Cells in(const std::string& section, const std::string& title, const std::string& source) {
    return {{"section", section}, {"title", title}, {"source", source}};
}

Cells substance(Cells cells, const std::string& name, const std::string& manufacturer) {
    cells["substance"] = name;
    cells["manufacturer"] = manufacturer;
    return cells;
}

Cells study(Cells cells, const std::string& id, const std::string& tag, const std::string& site = {}) {
    cells["study"] = id;
    cells["file_tag"] = tag;
    cells["site"] = site;
    if (id != "TX-1") cells["indication"] = "Eczema";
    return cells;
}

void cover(test::Life& ind) {
    const std::string name = "cover-" + std::to_string(ind.built() + 1);
    ind.put_once(name, {{"section", "1.2"}, {"title", "Cover letter"}}, name);
}

void begin(test::Life& ind) {
    ind.put("plan", in("1.20", "General investigational plan", "plan.pdf"), "plan");
    ind.put("brochure", in("1.14.4.1", "Investigator's brochure", "ib-1.pdf"), "brochure 1");
    ind.put("overview", in("2.4", "Nonclinical overview", "nonclinical.pdf"), "overview");
    ind.put("summary", in("2.6.6", "Toxicology written summary", "tox-summary.pdf"), "summary");
    ind.put("a-spec", substance(in("3.2.S.4.1", "Specification", "a-spec.pdf"), "Madeupin", "Plant One"), "specification 1");
    ind.put("a-batch", substance(in("3.2.S.4.4", "Batch analyses", "a-batch.pdf"), "Madeupin", "Plant One"), "batches");
    ind.put("a-stability", substance(in("3.2.S.7.1", "Stability", "a-stability.pdf"), "Madeupin", "Plant One"), "stability");
    Cells product = in("3.2.P.1", "Description", "description.pdf");
    product.insert({{"product", "Madeupin tablets"}, {"dosage_form", "tablet"}, {"manufacturer", "Plant Two"}});
    ind.put("p-description", product, "description");
    ind.put("tox", study(in("4.2.3.2", "Toxicity report", "tox-report.pdf"), "TX-1", "pre-clinical-study-report"), "tox");
    ind.put("protocol", study(in("5.3.5.1", "Protocol, version 1", "protocol-v1.pdf"), "ABC-201", "protocol-or-amendment"), "protocol 1");
    ind.put("sites", study(in("5.3.5.1", "Investigators", "sites.pdf"), "ABC-201", "list-description-investigator-site"), "sites 1");
    ind.put_once("form-3674", {{"section", "1.1"}, {"title", "Form FDA 3674"}, {"form_type", "3674"}}, "certification");
    cover(ind);
    ind.build(envelope("0001", "original-application", "application"));
    CHECK(ind.operations().size() == 11); // all new; two tagging files and what comes once are not operations of the plan
}

void amend_protocol(test::Life& ind) { // 0002, 0003
    // a new version under another file name and another title: only a person knows what it replaces
    ind.put("protocol", {{"source", "protocol-v2.pdf"}, {"title", "Protocol, amended"}, {"replaces", ind.reference("Protocol, version 1")}},
            "protocol 2");
    cover(ind);
    ind.build(envelope("0001", "original-application", "amendment"));
    CHECK(ind.operations() == Lines{"replace 5.3.5.1 Protocol, amended"});
    // renamed: only the title; the document is not sent again
    ind.put("protocol", {{"title", "Protocol, version 2"}, {"replaces", ""}});
    cover(ind);
    ind.build(envelope("0001", "original-application", "amendment"));
    CHECK(ind.operations() == Lines{"replace 5.3.5.1 Protocol, version 2"});
    CHECK(test::run({"find", ind.sequence(), "-name", "protocol*"}).out.empty());
}

void report_safety(test::Life& ind) { // 0004 opens an activity, 0005 continues it; both say only what they bring
    ind.put("safety", study(in("5.3.5.1", "Safety report 1", "safety-1.pdf"), "ABC-201", "safety-report"), "safety 1");
    cover(ind);
    ind.build_delta(envelope("0004", "ind-safety-reports", "report"), {"safety"});
    CHECK(ind.operations() == Lines{"new 5.3.5.1 Safety report 1"});
    ind.put("safety-follow-up", study(in("5.3.5.1", "Safety report 1, follow-up", "safety-1b.pdf"), "ABC-201", "safety-report"),
            "safety 1b");
    cover(ind);
    ind.build_delta(envelope("0004", "ind-safety-reports", "amendment"), {"safety-follow-up"});
    CHECK(ind.operations() == Lines{"new 5.3.5.1 Safety report 1, follow-up"});
}

void change_quality(test::Life& ind) { // 0006, 0007
    // a second substance opens a node of its own; the first one's specification is replaced, its stability withdrawn
    ind.put("b-spec", substance(in("3.2.S.4.1", "Specification", "b-spec.pdf"), "Otherin", "Plant One"), "specification of b");
    ind.put("a-spec", {}, "specification 2");
    ind.drop("a-stability");
    cover(ind);
    ind.build(envelope("0001", "original-application", "amendment"));
    CHECK(ind.operations() == Lines{"delete 3.2.S.7.1 Stability", "new 3.2.S.4.1 Specification", "replace 3.2.S.4.1 Specification"});
    // what was withdrawn comes back, as a document of its own
    ind.put("a-stability", substance(in("3.2.S.7.1", "Stability", "a-stability.pdf"), "Madeupin", "Plant One"), "stability");
    ind.put("brochure", {{"source", "ib-2.pdf"}}, "brochure 2"); // another file name, the same title
    cover(ind);
    ind.build(envelope("0001", "original-application", "amendment"));
    CHECK(ind.operations() == Lines{"new 3.2.S.7.1 Stability", "replace 1.14.4.1 Investigator's brochure"});
}

void report_the_year(test::Life& ind) { // 0008
    ind.put("year-studies", in("1.13.8", "Individual study information", "year-studies.pdf"), "year, studies");
    ind.put("year-safety", in("1.13.3", "Summary of safety information", "year-safety.pdf"), "year, safety");
    ind.put("year-plan", in("1.13.9", "General investigational plan for the coming year", "year-plan.pdf"), "year, plan");
    cover(ind);
    ind.build(envelope("0008", "annual-report", "report"));
    CHECK(ind.operations() == Lines{"new 1.13.3 Summary of safety information", "new 1.13.8 Individual study information",
                                    "new 1.13.9 General investigational plan for the coming year"});
}

void add_study(test::Life& ind) { // 0009, 0010
    ind.put("protocol-2", study(in("5.3.5.1", "Protocol of ABC-202", "protocol-202.pdf"), "ABC-202", "protocol-or-amendment"),
            "protocol of 202");
    ind.put("crf-701", study(in("5.3.5.1", "Case report forms, site 701", "crf-701.pdf"), "ABC-202", "case-report-forms", "701"),
            "forms 701");
    ind.put("crf-702", study(in("5.3.5.1", "Case report forms, site 702", "crf-702.pdf"), "ABC-202", "case-report-forms", "702"),
            "forms 702");
    ind.put("dm", study(in("5.3.5.1", "Demographics", "dm.pdf"), "ABC-202", "data-listing-dataset"), "dm");
    cover(ind);
    ind.build(envelope("0001", "original-application", "amendment"));
    CHECK(ind.operations().size() == 4);
    // a literature reference stands under two sections, its file is sent once
    ind.put("paper", in("4.3", "Somebody 2024", "somebody.pdf"), "paper");
    ind.put("paper-again", in("5.4", "Somebody 2024", "somebody.pdf"), "paper");
    cover(ind);
    ind.build(envelope("0001", "original-application", "amendment"));
    CHECK(ind.operations() == Lines{"new 4.3 Somebody 2024", "new 5.4 Somebody 2024"});
    CHECK(test::run({"sh", "-c", "find " + ind.sequence() + " -name somebody.pdf | wc -l"}).out == "1\n");
}

void move_and_append(test::Life& ind) { // 0011, 0012
    // a manufacturer gets another name: an attribute never changes, so the documents move to a new node
    for (const char* const name : {"a-spec", "a-batch", "a-stability"}) ind.put(name, {{"manufacturer", "Plant Three"}});
    cover(ind);
    ind.build(envelope("0001", "original-application", "amendment"));
    CHECK(ind.operations() == Lines{"delete 3.2.S.4.1 Specification", "delete 3.2.S.4.4 Batch analyses", "delete 3.2.S.7.1 Stability",
                                    "new 3.2.S.4.1 Specification", "new 3.2.S.4.4 Batch analyses", "new 3.2.S.7.1 Stability"});
    Cells addendum = in("2.4", "Nonclinical overview, addendum", "addendum.pdf");
    addendum["operation"] = "append";
    addendum["replaces"] = ind.reference("Nonclinical overview");
    ind.say(addendum, "addendum");
    ind.put("protocol", {}, "protocol 3");
    cover(ind);
    ind.build_delta(envelope("0001", "original-application", "amendment"), {"protocol"});
    CHECK(ind.operations() == Lines{"append 2.4 Nonclinical overview, addendum", "replace 5.3.5.1 Protocol, version 2"});
}

} // namespace

TEST_CASE("the life of an IND over twelve sequences: the current view after each one is what the plan said") {
    test::Life ind(head, studies);
    begin(ind);
    amend_protocol(ind);
    report_safety(ind);
    change_quality(ind);
    report_the_year(ind);
    add_study(ind);
    move_and_append(ind);
    CHECK(ind.built() == 12);
}
