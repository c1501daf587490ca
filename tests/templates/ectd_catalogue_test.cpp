#include <catch2/catch.hpp>

#include <set>

#include "core/text.hpp"
#include "templates/ectd_catalogue.hpp"

using namespace dossier;
using namespace dossier::templates;

namespace {

const EctdCatalogue& catalogue() {
    static const Result<EctdCatalogue> read = read_ectd_catalogue(Source());
    if (!read) FAIL(to_text(read.error()));
    return *read;
}

const Heading& heading(const HeadingTree& tree, const std::string& number) {
    const Heading* found = tree.by_number(number);
    if (!found) FAIL("no heading " << number);
    return *found;
}

// The number that an element name begins with, read word by word: m3-2-s-4-1-specification -> 3.2.S.4.1.
std::string number_in(const std::string& element) {
    std::vector<std::string> number;
    const std::vector<std::string> words = split(element.substr(1), '-');
    for (std::size_t i = 0; i < words.size(); ++i) {
        const bool digits = words[i].size() <= 2 && words[i].find_first_not_of("0123456789") == std::string::npos;
        const bool part = i == 2 && words[i].size() == 1 && std::string("spar").find(words[i]) != std::string::npos;
        if (!digits && !part) break;
        number.push_back(part ? std::string(1, static_cast<char>(words[i][0] - 'a' + 'A')) : words[i]);
    }
    return join(number, ".");
}

} // namespace

TEST_CASE("the heading tables hold what the grammars declare: 159 of 165 ICH elements, 146 of 147 US module 1 elements") {
    // ICH: 165 elements less the root, leaf, title, link-text, xref and node-extension. US: 147 m1-* elements less m1-regional.
    CHECK(catalogue().ctd.all().size() == 165 - 6);
    CHECK(catalogue().us_module1.all().size() == 147 - 1);
    std::map<Holds, int> ich, us;
    for (const Heading& one : catalogue().ctd.all()) ++ich[one.holds];
    for (const Heading& one : catalogue().us_module1.all()) ++us[one.holds];
    CHECK(ich[Holds::leaves_extensions] == 125 - 1); // node-extension itself is the 125th element that accepts both
    CHECK(ich[Holds::leaves] == 35);
    CHECK(us[Holds::forms] == 1);
    // 1.3 1.3.1 1.3.5 1.4-1.13 (10) 1.14 1.14.1-1.14.4 1.15 1.15.1 1.15.2 1.15.2.1 1.16 1.16.2 1.17
    CHECK(us[Holds::nothing] == 3 + 10 + 5 + 4 + 2 + 1);
}

TEST_CASE("every number is the one its element name begins with") {
    for (const HeadingTree* tree : {&catalogue().ctd, &catalogue().us_module1})
        for (const Heading& one : tree->all()) {
            // The introduction of the quality overall summary has no number of its own.
            CHECK(one.number == (one.element == "m2-3-introduction" ? "2.3.I" : number_in(one.element)));
            CHECK(tree->by_element(one.element) == &one);
            CHECK(tree->by_number(to_lower(one.number)) == &one);
        }
    CHECK(heading(catalogue().us_module1, "1.14.6").element == "m1-14-6-product-labeling-for-2253-submissions");
    CHECK(heading(catalogue().us_module1, "1.9.6").element == "m1-9-6-other-correspondence-regarding-pediatric-exclusivity-or-study-plans");
    CHECK(heading(catalogue().ctd, "3.2.s.4.1").element == "m3-2-s-4-1-specification");
    CHECK(heading(catalogue().ctd, "5").element == "m5-clinical-study-reports");
    CHECK(catalogue().us_module1.by_number("1.9.5") == nullptr);
    CHECK(catalogue().ctd.by_number("2.1") == nullptr); // tables of contents have no element
    CHECK(catalogue().ctd.by_number("") == nullptr);
}

TEST_CASE("folders of headings follow the ICH folder names") {
    // Expected values: the ICH folder template (eCTD specification 3.2.2, appendix 4), written out by hand.
    const std::map<std::string, std::string> expected = {
        {"1", "m1"},
        {"2.2", "m2/22-intro"},
        {"2.3.S", "m2/23-qos"},
        {"2.6.7", "m2/26-nonclin-sum"},
        {"2.7.3", "m2/27-clin-sum"},
        {"3.2.S.1.1", "m3/32-body-data/32s-drug-sub/{substance-manufacturer}/32s1-gen-info"},
        {"3.2.S.4.1", "m3/32-body-data/32s-drug-sub/{substance-manufacturer}/32s4-contr-drug-sub/32s41-spec"},
        {"3.2.S.7.3", "m3/32-body-data/32s-drug-sub/{substance-manufacturer}/32s7-stab"},
        {"3.2.P.1", "m3/32-body-data/32p-drug-prod/{product}/32p1-desc-comp"},
        {"3.2.P.3.5", "m3/32-body-data/32p-drug-prod/{product}/32p3-manuf"},
        {"3.2.P.4.1", "m3/32-body-data/32p-drug-prod/{product}/32p4-contr-excip/{excipient}"},
        {"3.2.P.5.5", "m3/32-body-data/32p-drug-prod/{product}/32p5-contr-drug-prod/32p55-charac-imp"},
        {"3.2.A.3", "m3/32-body-data/32a-app/32a3-excip-{excipient}"},
        {"3.2.R", "m3/32-body-data/32r-reg-info"},
        {"3.3", "m3/33-lit-ref"},
        {"4.2.1.1", "m4/42-stud-rep/421-pharmacol/4211-prim-pd/{study}"},
        {"4.2.3.5.4", "m4/42-stud-rep/423-tox/4235-repro-dev-tox/42354-juv/{study}"},
        {"4.2.3.7.7", "m4/42-stud-rep/423-tox/4237-other-tox-stud/42377-other/{study}"},
        {"5.2", "m5/52-tab-list"},
        {"5.3.1.4", "m5/53-clin-stud-rep/531-rep-biopharm-stud/5314-bioanalyt-analyt-met/{study}"},
        {"5.3.3.1", "m5/53-clin-stud-rep/533-rep-human-pk-stud/5331-healthy-subj-pk-init-tol-stud-rep/{study}"},
        {"5.3.5.1", "m5/53-clin-stud-rep/535-rep-effic-safety-stud/{indication}/5351-stud-rep-contr/{study}"},
        {"5.3.6", "m5/53-clin-stud-rep/536-postmark-exp"},
        {"5.3.7", "m5/53-clin-stud-rep/537-crf-ipl/{study}"},
        {"5.4", "m5/54-lit-ref"},
    };
    for (const auto& [number, folder] : expected) CHECK(catalogue().ctd.folder_of(heading(catalogue().ctd, number)) == folder);
    const HeadingTree& us = catalogue().us_module1;
    CHECK(us.folder_of(heading(us, "1.2")) == "m1/us/1-2-cover-letters");
    CHECK(us.folder_of(heading(us, "1.14.4.1")) == "m1/us/1-14-4-1-investigational-brochure");
    std::set<std::string> folders;
    for (const Heading& one : us.all()) {
        CHECK(one.folder.size() <= 40);
        CHECK(starts_with(one.folder, replace_all(one.number, ".", "-") + "-"));
        CHECK(folders.insert(one.folder).second);
    }
}

TEST_CASE("placeholders of a folder are filled, or fall away") {
    const std::string folder = "32a-app/{product}/32a3-excip-{excipient}/{study}";
    CHECK(fill_folder(folder, {{"product", "tablet-5mg"}, {"excipient", "lactose"}, {"study", "s1"}}) ==
          "32a-app/tablet-5mg/32a3-excip-lactose/s1");
    CHECK(fill_folder(folder, {{"study", ""}}) == "32a-app/32a3-excip");
    CHECK(fill_folder("m2/23-qos", {}) == "m2/23-qos");
    CHECK(fill_folder("", {}) == "");
}

TEST_CASE("what is special about headings: per sequence, studies, attributes, repetition") {
    std::set<std::string> per_sequence, study, one_folder, repeated;
    for (const HeadingTree* tree : {&catalogue().ctd, &catalogue().us_module1})
        for (const Heading& one : tree->all()) {
            if (one.per_sequence) per_sequence.insert(one.number);
            if (one.study) study.insert(one.number);
            if (one.one_study_folder) one_folder.insert(one.number);
            if (one.cardinality == '*' && tree == &catalogue().ctd) repeated.insert(one.number);
        }
    CHECK(per_sequence == std::set<std::string>{"1", "1.1", "1.2"});
    // Lowest-level headings: 4.2.1 has 4, 4.2.2 has 7, 4.2.3 has 1+1+2+3+4+1+7; 5.3.1 has 4, 5.3.2 3, 5.3.3 5, 5.3.4 2, 5.3.5 4.
    CHECK(study.size() == 4 + 7 + 19 + 4 + 3 + 5 + 2 + 4);
    CHECK(study.count("4.2.3.4.1") == 1);
    CHECK(study.count("5.3.5.4") == 1);
    CHECK(study.count("5.3.6") == 0);
    CHECK(study.count("5.3.7") == 0);
    std::set<std::string> with_crf = study;
    with_crf.insert("5.3.7");
    CHECK(one_folder == with_crf);
    CHECK(repeated == std::set<std::string>{"2.3.S", "2.3.P", "2.7.3", "3.2.S", "3.2.P", "3.2.P.4", "3.2.A.1", "3.2.A.2", "5.3.5"});

    const Heading& substance = heading(catalogue().ctd, "3.2.S");
    REQUIRE(substance.attributes.size() == 2);
    CHECK(substance.attributes[0].name == "substance");
    CHECK(substance.attributes[0].required);
    CHECK(substance.attributes[1].name == "manufacturer");
    CHECK(substance.attributes[1].required);
    const Heading& material = heading(catalogue().us_module1, "1.15.2.1");
    REQUIRE(material.attributes.size() == 3);
    CHECK(material.attributes[1].name == "material-id");
    CHECK(material.attributes[1].required);
    CHECK_FALSE(material.attributes[2].required);
    CHECK_FALSE(heading(catalogue().us_module1, "1.13.12").has_id);
    CHECK_FALSE(heading(catalogue().us_module1, "1.1").has_lang);
    CHECK(heading(catalogue().us_module1, "1.13.13").has_id);
}

TEST_CASE("the tree of headings: path, children in order, top") {
    const HeadingTree& tree = catalogue().ctd;
    std::vector<std::string> numbers;
    for (const Heading* part : tree.path_to(heading(tree, "3.2.S.4.1"))) numbers.push_back(part->number);
    CHECK(numbers == std::vector<std::string>{"3", "3.2", "3.2.S", "3.2.S.4", "3.2.S.4.1"});
    std::vector<std::string> children;
    for (const std::size_t child : heading(tree, "2.3").children) children.push_back(tree.all()[child].number);
    CHECK(children == std::vector<std::string>{"2.3.I", "2.3.S", "2.3.P", "2.3.A", "2.3.R"});
    std::vector<std::string> top;
    for (const std::size_t one : tree.top()) top.push_back(tree.all()[one].number);
    CHECK(top == std::vector<std::string>{"1", "2", "3", "4", "5"});
    CHECK(catalogue().us_module1.top().size() == 20);
    CHECK(tree.numbers().front() == "1");
    CHECK(tree.numbers().back() == "5.4");
}

TEST_CASE("titles are in words, not numbers") {
    CHECK(heading(catalogue().ctd, "3.2.S.4").title == "Control of Drug Substance");
    CHECK(heading(catalogue().us_module1, "1.20").title == "General Investigational Plan for Initial IND");
    for (const HeadingTree* tree : {&catalogue().ctd, &catalogue().us_module1})
        for (const Heading& one : tree->all()) {
            INFO(one.title);
            CHECK(one.title.find(one.number + " ") == std::string::npos);
            for (const char* lower : {"Ind ", "Nda", "Bla ", "Rems", "Eua", "Dsur", " Pk ", " Pd "})
                CHECK((one.title + " ").find(lower) == std::string::npos);
        }
}

TEST_CASE("codes are found by word and by code") {
    const EctdCatalogue& data = catalogue();
    REQUIRE(data.code("application-type", "nda"));
    CHECK(data.code("application-type", "nda")->code == "fdaat1");
    CHECK(data.code("application-type", "fdaat4")->word == "ind");
    CHECK(data.code("application-type", "ide")->status == "cross_reference_only");
    CHECK(data.code("submission-type", "original-application")->code == "fdast1");
    CHECK(data.code("submission-type", "ind-safety-reports")->code == "fdast9");
    CHECK(data.code("submission-sub-type", "application")->code == "fdasst3");
    CHECK(data.code("submission-sub-type", "amendment")->confidence == "secondary");
    CHECK(data.code("form-type", "356h")->code == "fdaft2");
    CHECK(data.code("form-type", "1571")->confidence == "unverified");
    CHECK(data.code("applicant-contact-type", "regulatory")->code == "fdaact1");
    CHECK(data.code("telephone-number-type", "business")->code == "fdatnt1");
    CHECK(data.code("application-type", "NDA") == nullptr);
    CHECK(data.code("no-such-list", "nda") == nullptr);
    CHECK(data.words("telephone-number-type") == std::vector<std::string>{"business", "fax", "mobile"});
    CHECK(data.words("no-such-list").empty());
    CHECK(data.code_lists.size() == 7 + 3); // of the US, of Canada
}

TEST_CASE("study values and folders of data sets") {
    const EctdCatalogue& data = catalogue();
    REQUIRE(data.file_tag("analysis-dataset-adam"));
    CHECK(data.file_tag("analysis-dataset-adam")->folder == "analysis/adam/datasets");
    CHECK(data.file_tag("analysis-dataset-adam")->realm == "us");
    CHECK(data.file_tag("data-tabulation-dataset-send")->folder == "tabulations/send");
    CHECK(data.file_tag("study-report-body")->folder.empty());
    CHECK(data.file_tag("PK-PD-relationship"));
    CHECK(data.file_tag("data-tabulation-dataset") == nullptr); // of an old version
    CHECK(data.file_tag("placebo") == nullptr);                 // a category's value
}
