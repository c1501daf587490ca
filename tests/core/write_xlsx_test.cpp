// Workbooks that are written: openpyxl reads them, what is read back is what was there, what does not fit is told.
#include <catch2/catch.hpp>

#include "core/filesystem.hpp"
#include "core/table.hpp"
#include "core/text.hpp"
#include "core/xlsx_cut.hpp"
#include "tests/support/python.hpp"
#include "tests/support/run.hpp"

using namespace dossier;

namespace {

const std::vector<TableColumn> columns = {{"section", {}, true}, {"title", {}, false}, {"date", {}, false}, {"number", {}, false}};

Table table_of(const std::string& bytes) {
    auto table = parse_table(bytes, "plan.xlsx", columns);
    REQUIRE(table);
    return *table;
}

} // namespace

TEST_CASE("openpyxl reads what write_xlsx writes") {
    test::Scratch scratch;
    Sheet sheet{"Rows: [1/2]", {"section", "date", "number", "text"}, {}};
    sheet.rows.push_back({"0001", SheetCell::date("2025-03-07"), std::int64_t(5), "=1+1"});
    sheet.rows.push_back({"1.2", SheetCell::date("not a date"), 0.25, "_x0041_ \xE2\x82\xAC <&>"});
    REQUIRE(write_xlsx(scratch / "a.xlsx", {sheet, Sheet{"rows:  1/2 ", {"a"}, {}}, Sheet{}}));
    test::openpyxl(scratch, R"(
wb = o.load_workbook('a.xlsx')
ws = wb.worksheets[0]
open('out.txt', 'w').write(repr([[c.value for c in row] for row in ws.iter_rows()]) + '\n' +
    ' '.join(map(str, [ws['B2'].number_format, ws['A1'].font.b, ws['A2'].font.b, ws.freeze_panes, ws.auto_filter.ref, ws['D2'].data_type, ws['A2'].data_type, wb.properties.created])) + '\n' +
    repr(wb.sheetnames))
)");
    CHECK(scratch.read("out.txt") ==
          "[['section', 'date', 'number', 'text'], ['0001', datetime.datetime(2025, 3, 7, 0, 0), 5, '=1+1'], "
          "['1.2', 'not a date', 0.25, '_x005F_x0041_ \xE2\x82\xAC <&>']]\n" // openpyxl leaves the escape as it is stored
          "yyyy\\-mm\\-dd True False A2 A1:D3 s s 2000-01-01 00:00:00\n"
          "['Rows   1 2', 'rows   1 2 (2)', 'Sheet']");
}

TEST_CASE("what write_xlsx writes is read back, and the same content gives the same bytes") {
    test::Scratch scratch;
    Sheet sheet{"Plan", {"section", "title", "date", "number"}, {}};
    sheet.rows.push_back({"0001", "_x0041_ a\nb", SheetCell::date("2025-03-07"), std::int64_t(5)});
    sheet.rows.push_back({"1.10", "=1+1", SheetCell::date("1850-01-01"), 0.1});
    sheet.rows.push_back({"1.3", "M\xFCller", SheetCell(), 1e10}); // not UTF-8
    REQUIRE(write_xlsx(scratch / "a.xlsx", {sheet}));
    REQUIRE(write_xlsx(scratch / "b.xlsx", {sheet}));
    CHECK(scratch.read("a.xlsx") == scratch.read("b.xlsx"));
    REQUIRE(write_xlsx(scratch / "a.xlsx", {sheet})); // replaces
    CHECK(make_disk_file_system()->list(scratch.path())->size() == 2);
    const Table table = table_of(scratch.read("a.xlsx"));
    REQUIRE(table.rows.size() == 3);
    CHECK(table.rows[0].cell("section") == "0001");
    CHECK(table.rows[0].cell("title") == "_x0041_ a\nb");
    CHECK(table.rows[0].cell("date") == "2025-03-07");
    CHECK(table.rows[0].cell("number") == "5");
    CHECK(table.rows[1].cell("section") == "1.10");
    CHECK(table.rows[1].cell("title") == "=1+1");
    CHECK(table.rows[1].cell("date") == "1850-01-01");
    CHECK(table.rows[1].cell("number") == "0.1");
    CHECK(table.rows[2].cell("title") == "M\xEF\xBF\xBDller");
    CHECK(table.rows[2].cell("number") == "10000000000");
}

TEST_CASE("write_xlsx keeps what fits, says what it cut, and refuses what a sheet cannot hold") {
    test::Scratch scratch;
    std::string umlauts;
    for (int i = 0; i < 40'000; ++i) umlauts += "\xC3\xBC";
    REQUIRE(write_xlsx(scratch / "a.xlsx", {Sheet{"S", {"section", "title"}, {{umlauts.substr(0, 2 * 32'767), umlauts}}}}));
    TableLimits limits;
    limits.cell_bytes = 1 << 20;
    const auto table = parse_table(scratch.read("a.xlsx"), "a.xlsx", columns, "", limits);
    REQUIRE(table);
    CHECK(table->rows[0].cell("section") == umlauts.substr(0, 2 * 32'767));
    CHECK(ends_with(table->rows[0].cell("title"), "\xC3\xBC [cut: a cell holds at most 32767 characters]"));
    const auto cut = cut_cells({Sheet{"S", {"section", "title"}, {{"1", "short"}, {umlauts.substr(0, 2 * 32'767), umlauts}}}});
    REQUIRE(cut.size() == 1); // the heading is row 1
    CHECK(fill("{} {} {} {}", cut[0].sheet, cut[0].row, cut[0].column, cut[0].characters) == "S 3 title 40000");
    CHECK(is_cut_of(umlauts, table->rows[0].cell("title")));
    CHECK_FALSE(is_cut_of("a" + umlauts, table->rows[0].cell("title")));                 // begins otherwise
    CHECK_FALSE(is_cut_of(umlauts.substr(0, 2 * 32'767), table->rows[0].cell("title"))); // would not have been cut
    CHECK_FALSE(is_cut_of(umlauts, umlauts.substr(0, 2 * 32'000)));                      // somebody shortened it
    Sheet wide{"S", std::vector<std::string>(16'385, "x"), {}};
    CHECK(write_xlsx(scratch / "b.xlsx", {wide}).error().kind == ErrorKind::unsupported);
    Sheet long_one{"S", {"x"}, std::vector<std::vector<SheetCell>>(1'048'576)};
    CHECK(write_xlsx(scratch / "b.xlsx", {long_one}).error().kind == ErrorKind::unsupported);
    CHECK_FALSE(write_xlsx(scratch / "none/b.xlsx", {Sheet{"S", {"x"}, {}}}));
    CHECK(make_disk_file_system()->list(scratch.path())->size() == 1);
}
