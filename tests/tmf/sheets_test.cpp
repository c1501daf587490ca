// Workbooks and tables that are mailed around say by themselves what they are.
#include "core/table.hpp"
#include "core/table_csv.hpp"
#include "tests/tmf/program.hpp"
#include "tmf/report_kinds.hpp"

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
                                   {"country", {}, false},
                                   {"site", {}, false},
                                   {"milestone", {}, false},
                                   {"due_expected", {}, false},
                                   {"due_satisfied", {}, false},
                                   {"next_expected", {}, false},
                                   {"next_satisfied", {}, false},
                                   {"reason", {}, false},
                                   {"by", {}, false}},
                                  sheet);
    REQUIRE(table);
    std::vector<std::string> cells;
    for (const TableRow& row : table->rows) cells.push_back(row.cell(column));
    return cells;
}

// Rows of a CSV by their columns.
std::vector<std::map<std::string, std::string>> csv_rows(const std::string& csv) {
    std::vector<std::map<std::string, std::string>> rows;
    std::vector<std::string> header;
    REQUIRE(csv.substr(0, 3) == "\xEF\xBB\xBF");
    const auto read =
        table_csv::read_rows(csv.substr(3), ',', "report.csv", [&](std::int64_t, std::vector<std::string> cells) -> Result<bool> {
            if (header.empty()) {
                header = std::move(cells);
                return true;
            }
            REQUIRE(cells.size() == header.size());
            auto& row = rows.emplace_back();
            for (std::size_t i = 0; i < header.size(); ++i) CHECK(row.emplace(header[i], cells[i]).second); // no column twice
            return true;
        });
    REQUIRE(read);
    return rows;
}

using Texts = std::vector<std::string>;

Texts with(Texts arguments, const Texts& more) {
    arguments.insert(arguments.end(), more.begin(), more.end());
    return arguments;
}

} // namespace

TEST_CASE("every row of a report's CSV says of which study, day, knowledge and audience it speaks, also where the list is empty") {
    const Program place;
    place.require({"tmf", "file", "files/a.txt", "--study", "S", "--artifact", "02.01.02", "--date", "2025-01-05", "--status", "final"});
    std::vector<Texts> commands = {{"tmf", "completeness", "S"},
                                   {"tmf", "completeness", "S", "--totals"},
                                   {"tmf", "sample", "S", "--percent", "20", "--seed", "spring"}};
    for (const tmf::ReportKind& kind : tmf::report_kinds()) commands.push_back({"tmf", "report", "S", std::string(kind.name)});
    commands.push_back({"tmf", "report", "overview"});
    for (const Texts& command : commands) {
        INFO(join(command, " "));
        const auto rows = csv_rows(place.require(
            with(command, {"--as-of", "2025-09-20", "--known-at", "2025-10-01", "--audience", "blinded", "--format", "csv"})));
        REQUIRE_FALSE(rows.empty());
        for (const auto& row : rows) {
            CHECK(row.at("study") == "S");
            CHECK(row.at("as_of") == "2025-09-20");
            CHECK(row.at("known_at") == "2025-10-01");
            CHECK(row.at("audience") == "blinded");
            CHECK(row.at("model") == "3.3.1");
            CHECK(row.at("edl") == "EDL@1");
            CHECK(starts_with(row.at("tool"), "dossier "));
            CHECK_FALSE(row.at("report").empty());
        }
    }
}

TEST_CASE("a report's CSV names filter and settings, and an empty list is one row that says nothing but what it is about") {
    const Program place;
    const auto late = csv_rows(place.require({"tmf", "report", "S", "late", "--site", "701", "--format", "csv"}));
    REQUIRE_FALSE(late.empty());
    CHECK(late.front().at("only") == "site 701");
    CHECK(late.front().at("known_at").empty()); // what is recorded now
    CHECK(late.front().at("grace_days") == "30");
    CHECK(late.front().at("slot").substr(0, 4) == "EDL-");
    const auto queries = csv_rows(place.require({"tmf", "report", "S", "queries", "--format", "csv"}));
    REQUIRE(queries.size() == 1);
    for (const char* column : {"query", "state", "document", "question"}) CHECK(queries.front().at(column).empty());
    CHECK(queries.front().at("study") == "S");
    CHECK(queries.front().at("as_of") == "2025-10-01");
}

TEST_CASE("lists of a day that are no report of a study say the day, too") {
    const Program place;
    // Without rows: one that has the day only. Nobody has a role before the repository was made.
    for (const Texts& command : {Texts{"tmf", "query", "list"}, Texts{"user", "list"}}) {
        const auto rows = csv_rows(place.require(with(command, {"--as-of", "2025-01-02", "--format", "csv"})));
        REQUIRE(rows.size() == 1);
        for (const auto& [column, cell] : rows.front()) CHECK(cell == (column == "as_of" ? "2025-01-02" : ""));
    }
    place.require({"tmf", "file", "files/a.txt", "--study", "S", "--artifact", "02.01.02", "--date", "2025-01-05", "--status", "final"});
    place.require({"tmf", "query", "open", "D-000001", "--text", "signed?"});
    for (const Texts& command : {Texts{"tmf", "query", "list"}, Texts{"user", "list"}}) {
        const auto rows = csv_rows(place.require(with(command, {"--as-of", "2025-10-20", "--format", "csv"})));
        REQUIRE_FALSE(rows.empty());
        CHECK(rows.front().at("as_of") == "2025-10-20");
    }
}

TEST_CASE("the CSV of completeness lists what is not applicable with who, when and why, and no sum changes") {
    const Program place;
    const Texts command{"tmf", "completeness", "S", "--site", "701", "--audience", "blinded"};
    const auto sums = [&] {
        std::pair<std::int64_t, std::int64_t> sum;
        for (const auto& row : csv_rows(place.require(with(command, {"--format", "csv"})))) {
            if (row.at("state") == "waived") continue;
            sum.first += row.at("expected").empty() ? 0 : std::stoll(row.at("expected"));
            sum.second += row.at("satisfied").empty() ? 0 : std::stoll(row.at("satisfied"));
        }
        return sum;
    };
    const auto before = sums();
    place.require({"tmf", "waive", "S", "EDL-087-01", "--site", "701", "--not-applicable", "--reason", "a trial of one visit"});
    const auto after = sums();
    CHECK(after.first == before.first - 1); // the investigator's CV was one expected document
    const Json whole = *place.json(command).find("whole_trial");
    CHECK(after.first == whole.find("expected")->integer());
    CHECK(after.second == whole.find("satisfied")->integer());
    std::vector<std::map<std::string, std::string>> left;
    for (const auto& row : csv_rows(place.require(with(command, {"--format", "csv"}))))
        if (row.at("state") == "not_applicable") left.push_back(row);
    REQUIRE(left.size() == 1);
    const auto& row = left.front();
    CHECK(row.at("slot") == "EDL-087-01/USA/701/P1//");
    CHECK(row.at("rule") == "EDL-087-01");
    CHECK(row.at("artifact") == "05.02.04");
    CHECK(row.at("country") == "USA");
    CHECK(row.at("site") == "701");
    CHECK(row.at("person") == "P1");
    CHECK(row.at("expected").empty());
    CHECK(row.at("satisfied").empty());
    CHECK(row.at("reason") == "a trial of one visit");
    CHECK(row.at("decided_by") == "ann");
    CHECK(row.at("decided_on") == "2025-10-01");
    CHECK(place.require(command).find("not applicable: 1\n") != std::string::npos);
    const std::string page = place.require(with(command, {"--format", "html"}));
    CHECK(page.find(R"("not_applicable":[["EDL-087-01/USA/701/P1//","a trial of one visit","ann","2025-10-01"]])") != std::string::npos);
}

TEST_CASE("who waived an expected document, and when, stands in its row of CSV, workbook and JSON, and in no other row") {
    Program place;
    const Texts command{"tmf", "completeness", "S", "--site", "701", "--audience", "blinded"};
    place.require({"tmf", "waive", "S", "EDL-087-01", "--site", "0702", "--reason", "of another site"});
    place.user = "bob";
    place.now = "2025-10-02T12:00:00Z";
    place.require({"tmf", "waive", "S", "EDL-087-01", "--site", "701", "--reason", "on paper"});
    place.user = "ann"; // the first that applies counts
    place.now = "2025-10-03T12:00:00Z";
    place.require({"tmf", "waive", "S", "EDL-087-01", "--reason", "on paper everywhere"});
    std::size_t waived = 0;
    for (const auto& row : csv_rows(place.require(with(command, {"--format", "csv"})))) {
        const bool is_waived = row.at("state") == "waived";
        waived += is_waived ? 1 : 0;
        CHECK(row.at("reason") == (is_waived ? "on paper" : ""));
        CHECK(row.at("decided_by") == (is_waived ? "bob" : ""));
        CHECK(row.at("decided_on") == (is_waived ? "2025-10-02" : ""));
    }
    CHECK(waived == 1);
    const Json report = place.json(command);
    for (const Json& row : report.find("rows")->items()) {
        const bool is_waived = row.find("state")->text() == "waived";
        for (const char* key : {"decided_by", "decided_on"}) REQUIRE((row.find(key) != nullptr) == is_waived);
        if (!is_waived) continue;
        CHECK(row.find("decided_by")->text() == "bob");
        CHECK(row.find("decided_on")->text() == "2025-10-02");
    }
    place.require(with(command, {"--format", "xlsx", "--output", "book.xlsx"}));
    const auto disk = make_disk_file_system();
    const auto rows = csv_rows(place.require(with(command, {"--format", "csv"})));
    std::vector<TableColumn> columns; // more than the workbook has; none of these is required
    for (const auto& [column, cell] : rows.front()) columns.push_back({column, {}, false});
    const auto table = read_table(*disk, place.scratch / "book.xlsx", columns, "Expected documents");
    REQUIRE(table);
    std::size_t in_workbook = 0;
    for (const TableRow& row : table->rows) {
        const bool is_waived = row.cell("state") == "waived";
        in_workbook += is_waived ? 1 : 0;
        CHECK(row.cell("decided_by") == (is_waived ? "bob" : ""));
        CHECK(row.cell("decided_on") == (is_waived ? "2025-10-02" : ""));
    }
    CHECK(in_workbook == 1);
}

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
    const Json& slot = report.find("not_applicable")->items().front();
    for (const auto& [key, same] : std::map<std::string, std::string>{{"decided_by", "by"}, {"decided_on", "date"}})
        CHECK(slot.find(key)->text() == slot.find(same)->text());
    CHECK(slot.find("decided_by")->text() == "ann");
    CHECK(first_cells(place, "c.xlsx", "Not applicable", "slot") == left);
}

TEST_CASE("totals by place as CSV: the columns are called as in JSON and hold the same numbers") {
    const Program place;
    const Texts command{"tmf", "completeness", "S", "--totals"};
    const auto rows = csv_rows(place.require(with(command, {"--format", "csv"})));
    const Json report = place.json(command);
    const auto& places = report.find("by_place")->items();
    REQUIRE(rows.size() == places.size());
    REQUIRE_FALSE(rows.empty());
    for (std::size_t i = 0; i < rows.size(); ++i) {
        for (const std::string key : {"expected", "satisfied", "due_expected", "due_satisfied", "next_expected", "next_satisfied"})
            CHECK(rows[i].at(key) == fill("{}", places[i].find(key)->integer()));
        for (const std::string key : {"level", "country", "site", "milestone"}) CHECK(rows[i].at(key) == places[i].find(key)->text());
    }
    place.require(with(command, {"--format", "xlsx", "--output", "t.xlsx"}));
    CHECK(first_cells(place, "t.xlsx", "By place", "level").size() == rows.size());
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

TEST_CASE("the help of reports says of the audience what that of completeness says") {
    const Program place;
    for (const char* command : {"report", "completeness"}) {
        std::string help; // on one line
        for (const std::string& line : split(place.require({"tmf", command, "--help"}), '\n')) help += std::string(trim(line)) + " ";
        CHECK(help.find("blinded: documents that may unblind are neither shown nor counted (default for all but the unblinded)") !=
              std::string::npos);
    }
}

TEST_CASE("the sheet Findings of a report's workbook has the keys that its JSON has") {
    const Program place;
    // Site 701 opened on 2025-03-01, ten days before the committee decided.
    place.import("file,artifact,site,date,status\nfiles/a.txt,04.01.02,701,2025-03-11,final\n");
    const Texts command{"tmf", "report", "S", "ordering", "--site", "701"};
    const Json report = place.json(command);
    REQUIRE(report.find("findings")->items().size() == 1);
    place.require(with(command, {"--format", "xlsx", "--output", "ordering.xlsx"}));
    const auto disk = make_disk_file_system();
    const Texts keys{"rule", "number", "severity", "path", "location", "message", "remedy"};
    std::vector<TableColumn> columns;
    for (const std::string& key : keys) {
        CHECK(report.find("findings")->items()[0].find(key));
        columns.push_back({key, {}, true}); // has to be there
    }
    const auto table = read_table(*disk, place.scratch / "ordering.xlsx", columns, "Findings");
    REQUIRE(table);
    CHECK(table->header == keys);
    REQUIRE(table->rows.size() == 1);
    CHECK(table->rows[0].cell("rule") == "ORD-02");
    CHECK(table->rows[0].cell("severity") == "warning");
    CHECK(table->rows[0].cell("number").empty());
}
