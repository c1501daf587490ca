#include <catch2/catch.hpp>

#include <algorithm>
#include <set>

#include "core/text.hpp"
#include "templates/ectd_catalogue.hpp"
#include "templates/ectd_checklist.hpp"
#include "tests/support/run.hpp"
#include "tests/support/skip.hpp"

using namespace dossier;
using namespace dossier::templates;

namespace {

std::vector<ChecklistRow> rows_of(const std::string& which) {
    const auto rows = read_checklist(Source(), which);
    if (!rows) FAIL(to_text(rows.error()));
    return *rows;
}

std::set<std::string> sections_of(const std::string& which, const std::string& cfr) {
    std::set<std::string> sections;
    for (const ChecklistRow& row : rows_of(which))
        if (row.cfr == cfr) sections.insert(row.section);
    return sections;
}

} // namespace

TEST_CASE("every section of a check list is a heading, every form that the backbone knows has its code") {
    const Result<EctdCatalogue> catalogue = read_ectd_catalogue(Source());
    REQUIRE(catalogue);
    for (const char* which : {"ind", "nda"}) {
        std::size_t placed = 0;
        for (const ChecklistRow& row : rows_of(which)) {
            INFO(which << " " << row.cfr << " " << row.item << " " << row.section);
            const Heading* heading = catalogue->ctd.by_number(row.section);
            if (!heading) heading = catalogue->us_module1.by_number(row.section);
            CHECK((row.section.empty() || heading));
            placed += heading != nullptr;
            // What goes under 1.1 is a form of the list form-type.
            if (row.section == "1.1") CHECK(catalogue->code("form-type", replace_all(row.form, "FDA ", "")));
        }
        CHECK(placed > 40);
    }
}

TEST_CASE("check lists: where things go") {
    CHECK(sections_of("ind", "312.23(a)(5)") == std::set<std::string>{"1.14.4.1"});
    CHECK(sections_of("ind", "312.23(a)(3)") == std::set<std::string>{"1.20", "2.2"});
    CHECK(sections_of("ind", "312.33").size() == 16); // the form and 1.13.1 to 1.13.15
    CHECK(sections_of("nda", "314.50(d)(3)") == std::set<std::string>{"2.7.1", "5.3.1", "5.3.2", "5.3.3", "5.3.4", "1.12.15"});
    CHECK(sections_of("nda", "314.50(e)").size() == 5);
    const std::vector<ChecklistRow> ind = rows_of("ind");
    const auto later = std::find_if(ind.begin(), ind.end(), [](const ChecklistRow& row) { return row.cfr == "312.38"; });
    REQUIRE(later != ind.end());
    CHECK_FALSE(later->original);
    CHECK(later->artifacts == std::vector<std::string>{"03.03.03"});
    CHECK(later->confidence == "secondary");
    CHECK(ind.front().form == "FDA 1571");
    CHECK(ind.front().original);
}

TEST_CASE("no clause, form or artifact of the collected facts is lost in the check lists") {
    for (const std::string which : {"ind", "nda"}) {
        const std::string facts = test::read_bytes(test::shared_or_skip("facts/tmf/" + which + ".tsv"));
        std::set<std::string> clauses, forms, artifacts;
        for (const ChecklistRow& row : rows_of(which)) {
            clauses.insert(row.cfr);
            forms.insert(row.form);
            artifacts.insert(row.artifacts.begin(), row.artifacts.end());
        }
        std::size_t line_number = 0;
        for (const std::string& line : split(facts, '\n')) {
            if (++line_number == 1 || line.empty()) continue;
            const std::vector<std::string> cells = split(line, '\t');
            INFO(line);
            REQUIRE(cells.size() >= 5);
            // Clauses are written a little differently where they are not of the CFR; [Reserved] asks for nothing.
            if (starts_with(cells[0], "31") && cells[1] != "[Reserved]") CHECK(clauses.count(replace_all(cells[0], "/", ", ")) == 1);
            for (const std::string& form : split(cells[3], ';'))
                if (form != "-") CHECK(forms.count(form.substr(0, form.find(" ("))) == 1);
            for (const std::string& artifact : split(cells[4], ';'))
                if (artifact.size() == 8 && artifact[2] == '.') CHECK(artifacts.count(artifact) == 1);
        }
    }
}

TEST_CASE("an unknown check list is an error that names the known ones, a broken one names its line") {
    const auto unknown = read_checklist(Source(), "cta");
    REQUIRE_FALSE(unknown);
    CHECK(unknown.error().kind == ErrorKind::not_found);
    CHECK(unknown.error().remedy == "check lists are there for ca-cta, ind, nda");
    CHECK_FALSE(read_checklist(Source(), "../ctd-headings"));

    const std::string columns = "cfr\titem\tsection\tform\tfile_tag\tper\tartifact\tcheck\toriginal\tconfidence\n";
    const std::string good = "1\tA\t1.2\t-\t-\t-\t02.01.01\t-\tyes\tsecondary\n";
    const std::vector<std::pair<std::string, std::string>> cases = {
        {good, "item"},
        {"1\t-\t1.2\t-\t-\t-\t-\t-\tyes\tsecondary", "item"},
        {"1\tB\t1.2\t-\t-\t-\t2.1.1\t-\tyes\tsecondary", "artifact"},
        {"1\tB\t1.2\t-\t-\t-\t02.01.0x\t-\tyes\tsecondary", "artifact"},
        {"1\tB\t1.2\t-\t-\t-\t-\t-\tmaybe\tsecondary", "original"},
        {"1\tB\t1.2\t-\t-\t-\t-\t-\tyes\tofficial", "confidence"},
        {"1\tB\t\t-\t-\t-\t-\t-\tyes\tsecondary", "section"},
        {"1\tB\t1.2\t-\t-\tstudy\t-\t-\tyes\tsecondary", "per"},
        {"1\tB\t1.2\t-\t-\tsite\t-\t-\tyes\tsecondary", "per"},
    };
    for (const auto& [row, column] : cases) {
        test::Scratch scratch;
        scratch.write("ectd/checklist-ind.tsv", columns + good + row + "\n");
        const auto read = read_checklist(Source(scratch.path()), "ind");
        INFO(row);
        REQUIRE_FALSE(read);
        CHECK(read.error().where.line == 3);
        CHECK(read.error().where.column == column);
    }
}
