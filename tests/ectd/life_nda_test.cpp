// An NDA with two supplements that run beside each other, and a third that waits.
#include <catch2/catch.hpp>

#include "tests/ectd/life.hpp"

using Lines = std::vector<std::string>;

namespace {

const char* const head = R"(application: {region: us, type: nda, number: "900172"}
applicant:
  id: "999999999"
  name: Made-up Biosciences
  contacts:
    - {type: regulatory, name: R. Person, phones: [{type: business, number: 555-0100}], emails: [r@example.org]}
    - {type: technical, name: T. Person, phones: [{type: business, number: 555-0101}], emails: [t@example.org]}
)";

const char* const studies = R"(studies:
  ABC-301: {title: A trial of madeupin in adults, categories: {type-of-control: placebo}}
  ABC-302: {title: A trial of madeupin in children, categories: {type-of-control: no-treatment}}
)";

std::string envelope(const std::string& id, const std::string& type, const std::string& sub_type, const std::string& more = {}) {
    return "submission_id: \"" + id + "\", submission_type: " + type + ", sub_type: " + sub_type + more +
           ", form: {type: 356h, source: form.pdf}";
}

using Cells = std::map<std::string, std::string>;

Cells in(const std::string& section, const std::string& title, const std::string& source) {
    return {{"section", section}, {"title", title}, {"source", source}};
}

Cells product(Cells cells) {
    cells.insert({{"product", "Madeupin tablets"}, {"dosage_form", "tablet"}, {"manufacturer", "Plant Two"}});
    return cells;
}

Cells report(const std::string& study, const std::string& indication, const std::string& tag, Cells cells) {
    cells.insert({{"study", study}, {"indication", indication}, {"file_tag", tag}});
    return cells;
}

// The data sets that FDA rejects a study report without (1734, 1736).
void data(test::Life& nda, const std::string& study, const std::string& indication) {
    const std::string tag = "data-tabulation-dataset-sdtm";
    nda.put("ts " + study, report(study, indication, tag, in("5.3.5.1", "Trial summary", study + "/ts.xpt")), study);
    nda.put("dm " + study, report(study, indication, tag, in("5.3.5.1", "Demographics", study + "/dm.xpt")), study);
    nda.put("define " + study,
            report(study, indication, "data-tabulation-data-definition", in("5.3.5.1", "Definition of data", study + "/define.xml")),
            study);
}

void submit(test::Life& nda) {
    nda.put("label", in("1.14.1.3", "Draft labeling text", "label.pdf"), "label 1");
    nda.put("debarment", in("1.3.3", "Debarment certification", "debarment.pdf"), "debarment");
    nda.put("introduction", in("2.2", "Introduction", "introduction.pdf"), "introduction");
    Cells efficacy = in("2.7.3", "Summary of clinical efficacy, eczema", "efficacy-eczema.pdf");
    efficacy["indication"] = "Eczema";
    nda.put("efficacy", efficacy, "efficacy");
    nda.put("process", product(in("3.2.P.3.3", "Manufacturing process", "process.pdf")), "process 1");
    nda.put("specification", product(in("3.2.P.5.1", "Specification", "specification.pdf")), "specification 1");
    Cells excipient = product(in("3.2.P.4.1", "Specification of talc", "talc.pdf"));
    excipient["excipient"] = "Talc";
    nda.put("talc", excipient, "talc");
    nda.put("report", report("ABC-301", "Eczema", "study-report-body", in("5.3.5.1", "Report", "report-301.pdf")), "report 301");
    nda.put("synopsis", report("ABC-301", "Eczema", "synopsis", in("5.3.5.1", "Synopsis", "synopsis-301.pdf")), "synopsis 301");
    data(nda, "ABC-301", "Eczema");
    nda.put_once("cover-1", {{"section", "1.2"}, {"title", "Cover letter"}}, "cover 1");
    nda.put_once("form-3397", {{"section", "1.1"}, {"title", "Form FDA 3397"}, {"form_type", "3397"}}, "user fee");
    nda.build(envelope("0001", "original-application", "application"));
    CHECK(nda.operations().size() == 12);
    nda.put("safety-update", in("2.7.4", "Safety update after 120 days", "safety-update.pdf"), "safety update");
    nda.build(envelope("0001", "original-application", "amendment"));
    CHECK(nda.operations() == Lines{"new 2.7.4 Safety update after 120 days"});
}

} // namespace

TEST_CASE("the life of an NDA with supplements in parallel: the current view after each sequence is what the plan said") {
    test::Life nda(head, studies);
    submit(nda);
    // 0003 opens a manufacturing supplement that FDA may object to for 30 days, 0004 one for a second indication
    nda.put("process", {}, "process 2");
    nda.build(envelope("0003", "chemistry-manufacturing-controls-supplement", "application", ", supplement_effective_date_type: fdasedt2"));
    CHECK(nda.operations() == Lines{"replace 3.2.P.3.3 Manufacturing process"});
    Cells efficacy = in("2.7.3", "Summary of clinical efficacy, itch", "efficacy-itch.pdf");
    efficacy["indication"] = "Itch";
    nda.put("efficacy-itch", efficacy, "efficacy, itch");
    nda.put("report-itch", report("ABC-302", "Itch", "study-report-body", in("5.3.5.1", "Report", "report-302.pdf")), "report 302");
    data(nda, "ABC-302", "Itch");
    nda.put("label", {}, "label 2");
    nda.build_delta(envelope("0004", "efficacy-supplement", "application"),
                    {"efficacy-itch", "report-itch", "ts ABC-302", "dm ABC-302", "define ABC-302", "label"});
    CHECK(nda.operations() == Lines{"new 2.7.3 Summary of clinical efficacy, itch", "new 5.3.5.1 Definition of data",
                                    "new 5.3.5.1 Demographics", "new 5.3.5.1 Report", "new 5.3.5.1 Trial summary",
                                    "replace 1.14.1.3 Draft labeling text"});
    // 0005 answers a question about the first one, 0006 one about the second, 0007 withdraws a part of the first
    nda.put("process", {}, "process 3");
    nda.put("specification", {}, "specification 2");
    nda.build(envelope("0003", "chemistry-manufacturing-controls-supplement", "amendment", ", supplement_effective_date_type: fdasedt2"));
    CHECK(nda.operations() == Lines{"replace 3.2.P.3.3 Manufacturing process", "replace 3.2.P.5.1 Specification"});
    nda.put("report-itch", {}, "report 302, corrected");
    nda.put("label", {}, "label 3");
    nda.build_delta(envelope("0004", "efficacy-supplement", "amendment"), {"report-itch", "label"});
    CHECK(nda.operations() == Lines{"replace 1.14.1.3 Draft labeling text", "replace 5.3.5.1 Report"});
    nda.drop("talc");
    nda.build(envelope("0003", "chemistry-manufacturing-controls-supplement", "amendment", ", supplement_effective_date_type: fdasedt2"));
    CHECK(nda.operations() == Lines{"delete 3.2.P.4.1 Specification of talc"});
    CHECK(nda.built() == 7);
}
