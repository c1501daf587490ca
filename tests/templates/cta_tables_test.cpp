// The tables of clinical trial applications, against numbers counted by hand in the published lists.
#include <catch2/catch.hpp>

#include <set>

#include "core/text.hpp"
#include "templates/ctis.hpp"
#include "templates/ectd_catalogue.hpp"
#include "tests/support/run.hpp"

using namespace dossier;
using namespace dossier::templates;

TEST_CASE("Annex I has the sections A to R, the portal a slot S beside them, and a modification those of Annex II") {
    const auto catalogue = read_ctis_catalogue(Source());
    REQUIRE(catalogue);
    std::set<std::string> sections;
    for (const CtisDocument& item : catalogue->documents) sections.insert(item.section);
    std::set<std::string> wanted{"II-B", "II-C", "II-D", "II-E"};
    for (char letter = 'A'; letter <= 'S'; ++letter) wanted.insert(std::string(1, letter));
    CHECK(sections == wanted);
    // Part I: B to J and Q; Part II: K to R (EU 536/2014, Articles 6 and 7)
    for (const CtisDocument& item : catalogue->documents) {
        if (item.section.size() > 1 || item.section == "A") continue;
        INFO(item.code);
        const bool one = item.section <= "J" || item.section == "Q", two = item.section >= "K";
        CHECK((item.part == CtisPart::one || item.part == CtisPart::both) == one);
        CHECK((item.part == CtisPart::two || item.part == CtisPart::both) == two);
    }
    CHECK(catalogue->member_states.size() == 27 + 3); // the Union; Iceland, Liechtenstein, Norway
    CHECK(catalogue->member_state("be")->languages == std::vector<std::string>{"nl", "fr", "de"});
    CHECK(catalogue->member_state("GBR") == nullptr);
    CHECK(catalogue->document("d1")->protocol);
    CHECK_FALSE(catalogue->document("C1")->upload);
    CHECK(catalogue->document("E1")->published == false);
    for (const CtisDocument& item : catalogue->documents) CHECK(item.confidence != "official");
}

TEST_CASE("the Canadian module 1 has the 46 headings and nine fields of the agency's stylesheet, each with its confidence") {
    const auto catalogue = read_ectd_catalogue(Source());
    REQUIRE(catalogue);
    CHECK(catalogue->ca_module1.all().size() == 46);
    CHECK(catalogue->ca_module1.by_number("1.4.1")->element == "m1-4-1-pseat-cta");
    CHECK(catalogue->ca_module1.by_number("1.0.1")->per_sequence);
    for (const Heading& heading : catalogue->ca_module1.all()) CHECK(heading.confidence == "secondary");
    CHECK(catalogue->ca_transaction.size() == 9);
    for (const TransactionField& field : catalogue->ca_transaction) CHECK(field.confidence == "unverified");
}

TEST_CASE("numbers of applications have the form of their region and type") {
    const auto forms = read_number_forms(Source());
    REQUIRE(forms);
    const auto fits = [&](const char* region, const char* type, const char* number) {
        return check_number_form(*forms, region, type, number).has_value();
    };
    CHECK(fits("us", "nda", "012345"));
    CHECK_FALSE(fits("us", "nda", "12345"));
    CHECK(fits("eu", "cta", "2026-512345-12-00"));
    CHECK_FALSE(fits("eu", "cta", "2026-412345-12-00"));
    CHECK_FALSE(fits("eu", "cta", "2026-512345-12-0"));
    CHECK(fits("ca", "cta", "c123456"));
    CHECK(fits("ca", "cta", "e1234567"));
    CHECK_FALSE(fits("ca", "cta", "E123456"));
    CHECK(fits("eu", "maa", "anything")); // no form is known
}

TEST_CASE("malformed tables of the EU's portal are refused with file, line and column") {
    const Source built_in;
    struct Case {
        const char *table, *from, *to, *column, *says;
    };
    const Case cases[] = {
        {"ectd/ctis-documents.tsv", "\tdsmb\t", "\tdsmp\t", "when", "is not in ctis-conditions.tsv"},
        {"ectd/ctis-documents.tsv", "B2\tB", "B1\tB", "code", "stands there twice"},
        {"ectd/ctis-documents.tsv", "\tsite\tany\tyes", "\tsites\tany\tyes", "per", "unknown word"},
        {"ectd/ctis-documents.tsv", "trial\ten\tyes", "trial\t-\tyes", "languages", "what is uploaded has languages"},
        {"ectd/ctis-submissions.tsv", "yes\t1 2\tno", "yes\tas-before\tno", "parts", "before the first dossier there is none"},
        {"ectd/ctis-member-states.tsv", "\tAustria\tde", "\tAustria\t-", "languages", "a member state has a language"},
        {"ectd/ctis-names.tsv", "folder-1", "folder-9", "key", "there is no key folder-9"},
    };
    for (const Case& item : cases) {
        const test::Scratch scratch;
        for (const std::string& name : built_in.list("ectd/ctis-")) {
            std::string text = *built_in.read(name);
            if (name == item.table) {
                REQUIRE(text.find(item.from) != std::string::npos);
                text.replace(text.find(item.from), std::string(item.from).size(), item.to);
            }
            scratch.write(name, text);
        }
        const auto read = read_ctis_catalogue(Source(scratch.path()));
        INFO(item.table << " " << item.to);
        REQUIRE_FALSE(read);
        CHECK(ends_with(read.error().where.path, item.table));
        CHECK(read.error().where.line > 0);
        CHECK(read.error().where.column == item.column);
        CHECK(read.error().message.find(item.says) != std::string::npos);
    }
}
