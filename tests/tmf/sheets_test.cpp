// Workbooks and tables that are mailed around say by themselves what they are.
#include "core/table.hpp"
#include "tests/tmf/program.hpp"

using namespace tmf_test;

namespace {

std::vector<std::string> first_cells(const Program& place, const std::string& file, const std::string& sheet, const std::string& column) {
    const auto disk = make_disk_file_system();
    const auto table = read_table(*disk, place.scratch / file,
                                  {{column, {}, true},
                                   {"date", {}, false},
                                   {"expected", {}, false},
                                   {"satisfied", {}, false},
                                   {"percent", {}, false},
                                   {"reason", {}, false},
                                   {"by", {}, false}},
                                  sheet);
    REQUIRE(table);
    std::vector<std::string> cells;
    for (const TableRow& row : table->rows) cells.push_back(row.cell(column));
    return cells;
}

} // namespace

TEST_CASE("a workbook of completeness says study, audience and filter, and lists what was left out as not applicable") {
    const Program place;
    place.require({"tmf", "waive", "S", "EDL-087-01", "--site", "701", "--not-applicable", "--reason", "a trial of one visit"});
    place.require({"tmf", "completeness", "S", "--site", "701", "--audience", "blinded", "--format", "xlsx", "--output", "c.xlsx"});
    const auto totals = first_cells(place, "c.xlsx", "Totals", "total");
    for (const char* said : {"study S", "audience blinded", "only site 701"}) {
        INFO(said);
        CHECK(std::count(totals.begin(), totals.end(), said) == 1);
    }
    const Json report = place.json({"tmf", "completeness", "S", "--site", "701", "--audience", "blinded"});
    std::vector<std::string> left;
    for (const Json& slot : report.find("not_applicable")->items()) left.push_back(slot.find("slot")->text());
    REQUIRE(left.size() == 1); // one rule at one site
    CHECK(first_cells(place, "c.xlsx", "Not applicable", "slot") == left);
}

TEST_CASE("the audit trail as a table says field by field what changed, not only the facts of the whole study") {
    const Program place;
    place.require({"milestone", "set", "S", "02", "2025-02-08"});
    const std::string csv = place.require({"tmf", "audit", "S", "--format", "csv"});
    CHECK(csv.find("\r\n") > csv.find("hash,changes"));
    const std::size_t entry = csv.find("milestone_set");
    REQUIRE(entry != std::string::npos);
    CHECK(csv.find("2025-02-01 -> 2025-02-08", entry) != std::string::npos);
}
