#include <catch2/catch.hpp>

#include "core/table.hpp"
#include "core/text.hpp"
#include "core/xml.hpp"
#include "core/zip.hpp"
#include "tests/support/python.hpp"
#include "tests/support/run.hpp"

using namespace dossier;

namespace {

const std::vector<TableColumn> columns = {{"section", {}, true}, {"title", {}, false}, {"date", {}, false}, {"number", {}, false}};

const std::string spreadsheet = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"";
const std::string document_type = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";

// The least that makes a workbook (ISO 29500-1, 12.2 and 18.2). `rows` is the inside of <sheetData>.
struct Made {
    std::string rows;
    std::string strings;                                            // inside of <sst>
    std::string styles = "<cellXfs><xf numFmtId=\"0\"/></cellXfs>"; // inside of <styleSheet>
    std::string properties;                                         // attributes of <workbookPr>
    std::string merged;                                             // behind <sheetData>

    std::string bytes() const {
        const std::string head = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
        const std::string rels = head + "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">";
        auto relationship = [](const std::string& id, const std::string& type, const std::string& target) {
            return fill("<Relationship Id=\"{}\" Type=\"{}\" Target=\"{}\"/>", id, document_type + type, target);
        };
        const std::vector<std::pair<std::string, std::string>> parts = {
            {"_rels/.rels", rels + relationship("r1", "officeDocument", "xl/workbook.xml") + "</Relationships>"},
            {"xl/_rels/workbook.xml.rels", rels + relationship("r1", "worksheet", "worksheets/sheet1.xml") +
                                               relationship("r2", "sharedStrings", "/xl/sharedStrings.xml") +
                                               relationship("r3", "styles", "styles.xml") + "</Relationships>"},
            {"xl/workbook.xml", head + "<workbook " + spreadsheet + " xmlns:r=\"" + document_type.substr(0, document_type.size() - 1) +
                                    "\"><workbookPr " + properties +
                                    "/><sheets><sheet name=\"Plan\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"},
            {"xl/worksheets/sheet1.xml",
             head + "<worksheet " + spreadsheet + "><sheetData>" + rows + "</sheetData>" + merged + "</worksheet>"},
            {"xl/sharedStrings.xml", head + "<sst " + spreadsheet + ">" + strings + "</sst>"},
            {"xl/styles.xml", head + "<styleSheet " + spreadsheet + ">" + styles + "</styleSheet>"}};
        test::Scratch scratch;
        auto writer = make_zip(scratch / "a.xlsx", true);
        for (const auto& [name, content] : parts) REQUIRE((*writer)->add_bytes(name, content));
        REQUIRE((*writer)->finish());
        return scratch.read("a.xlsx");
    }
};

const std::string header = "<row r=\"1\"><c r=\"A1\" t=\"str\"><v>section</v></c><c r=\"B1\" t=\"str\"><v>title</v></c>"
                           "<c r=\"C1\" t=\"str\"><v>date</v></c><c r=\"D1\" t=\"str\"><v>number</v></c></row>";

Table table_of(const std::string& bytes, const std::string& sheet = {}) {
    auto table = parse_table(bytes, "plan.xlsx", columns, sheet);
    if (!table) FAIL(to_text(table.error()));
    return *table;
}

std::string error_of(const std::string& bytes, const std::string& sheet = {}) {
    auto table = parse_table(bytes, "plan.xlsx", columns, sheet);
    REQUIRE_FALSE(table.has_value());
    return to_text(table.error());
}

std::string number_cell(const std::string& value, const std::string& format_code) {
    Made made;
    made.styles = "<numFmts><numFmt numFmtId=\"164\" formatCode=\"" + escape_xml(format_code) +
                  "\"/></numFmts><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"164\"/></cellXfs>";
    made.rows = header + "<row r=\"2\"><c r=\"A2\" s=\"1\"><v>" + value + "</v></c></row>";
    return table_of(made.bytes()).rows.at(0).cell("section");
}

} // namespace

TEST_CASE("xlsx strings: shared, inline, rich runs joined, readings left out, codes resolved") {
    Made made;
    made.strings = "<si><t>section</t></si><si><r><rPr><b/></rPr><t>ti</t></r><r><t>tle</t></r></si>"
                   "<si><t>\xE6\x9D\xB1\xE4\xBA\xAC</t><rPh sb=\"0\" eb=\"2\"><t>READING</t></rPh><phoneticPr fontId=\"1\"/></si>"
                   "<si><t xml:space=\"preserve\"> a_x000D_b_x005F_x0041_ &amp; c </t></si>";
    made.rows =
        "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"s\"><v>1</v></c></row>"
        "<row r=\"2\"><c r=\"A2\" t=\"inlineStr\"><is><r><t>in</t></r><r><t>line</t></r></is></c><c r=\"B2\" t=\"s\"><v>2</v></c></row>"
        "<row r=\"3\"><c r=\"A3\" t=\"str\"><f>B1&amp;\"x\"</f><v>result</v></c><c r=\"B3\" t=\"s\"><v>3</v></c></row>";
    const Table table = table_of(made.bytes());
    REQUIRE(table.rows.size() == 2);
    CHECK(table.sheet == "Plan");
    CHECK(table.rows[0].number == 2);
    CHECK(table.rows[0].cell("section") == "inline");
    CHECK(table.rows[0].cell("title") == "\xE6\x9D\xB1\xE4\xBA\xAC");
    CHECK(table.rows[1].cell("section") == "result");
    CHECK(table.rows[1].cell("title") == "a\rb_x0041_ & c");
}

TEST_CASE("xlsx numbers read as people typed them") {
    CHECK(number_cell("1", "General") == "1");
    CHECK(number_cell("1.0", "General") == "1");
    CHECK(number_cell("1.1000000000000001", "General") == "1.1"); // as Excel stores 1.1
    CHECK(number_cell("0.1", "General") == "0.1");
    CHECK(number_cell("-5", "General") == "-5");
    CHECK(number_cell("999999999", "General") == "999999999");
    CHECK(number_cell("1.2345678901234567E+19", "General") == "12345678901234567168");
    CHECK(number_cell("1E-7", "General") == "1e-07");
    CHECK(number_cell("701", "#,##0.00") == "701");
    CHECK(number_cell("2", "0%") == "2");
    CHECK(number_cell("1", "0.00E+00") == "1");
    // A format of zeros shows more digits than the number has, and people see those.
    CHECK(number_cell("1", "0000") == "0001");
    CHECK(number_cell("-1", "0000") == "-0001");
    CHECK(number_cell("12345", "0000") == "12345");
    CHECK(number_cell("1.1000000000000001", "0.00") == "1.10");
    CHECK(number_cell("1.234", "0.00") == "1.234"); // never fewer than stored
}

TEST_CASE("xlsx dates are told from the number format") {
    // 45723 days after 1899-12-30 are 2025-03-07 (Excel's own DATE(2025,3,7)).
    for (const std::string code : {"yyyy\\-mm\\-dd", "dd.mm.yyyy", "d-mmm-yy", "[$-409]mmmm\\ d\\,\\ yyyy;@", "mmm-yy", "m/d/yyyy\\ h:mm",
                                   "YYYY-MM-DD", "[Red]dd/mm/yyyy"}) {
        INFO(code);
        CHECK(number_cell("45723", code) == "2025-03-07");
        CHECK(number_cell("45723.75", code) == "2025-03-07");
    }
    Made with_time;
    with_time.styles = "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"22\"/></cellXfs>"; // m/d/yyyy h:mm
    with_time.rows =
        header + "<row r=\"2\"><c r=\"A2\" s=\"1\"><v>45723.604166666664</v></c><c r=\"B2\" s=\"1\"><v>45723</v></c></row>"
                 "<row r=\"3\"><c r=\"A3\" t=\"d\"><v>2025-03-07T14:30:00</v></c><c r=\"B3\" t=\"d\"><v>2025-03-07T00:00:00</v></c></row>";
    const Table times = table_of(with_time.bytes());
    REQUIRE(times.rows.size() == 2);
    for (const TableRow& row : times.rows) CHECK(row.cell("section") == "2025-03-07");
    CHECK(times.rows[0].times == std::map<std::string, std::string>{{"section", "14:30"}}); // 870 of 1440 minutes are 0.6041666…
    CHECK(times.rows[1].times == std::map<std::string, std::string>{{"section", "14:30:00"}});
    CHECK(number_cell("0.75", "h:mm") == "18:00");
    CHECK(number_cell("0.7502430555555556", "hh:mm:ss AM/PM") == "18:00:21");
    for (const std::string code : {"\"day\" 0", "0\\d", "[h]:mm", "[Red]0", "_d0", "General\" days\"", "@"}) {
        INFO(code);
        CHECK(number_cell("45723", code) == "45723");
    }
    CHECK(number_cell("1", "yyyy-mm-dd") == "1900-01-01");
    CHECK(number_cell("59", "yyyy-mm-dd") == "1900-02-28");
    CHECK(number_cell("61", "yyyy-mm-dd") == "1900-03-01"); // 60 is the 29 February 1900 that never was
    CHECK(number_cell("2958465", "yyyy-mm-dd") == "9999-12-31");
    CHECK(number_cell("2958466", "yyyy-mm-dd") == "2958466");
    CHECK(number_cell("-1", "yyyy-mm-dd") == "-1");
    Made made;
    made.styles = "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs>";
    made.properties = "date1904=\"1\"";
    made.rows = header + "<row r=\"2\"><c r=\"A2\" s=\"1\"><v>44261</v></c><c r=\"B2\" s=\"1\"><v>0</v></c></row>";
    const Table table = table_of(made.bytes());
    CHECK(table.rows[0].cell("section") == "2025-03-07"); // 45723 - 1462
    CHECK(table.rows[0].cell("title") == "1904-01-01");
}

TEST_CASE("xlsx booleans, errors, formulas and gaps") {
    Made made;
    made.rows = header + "<row r=\"3\"><c r=\"A3\" t=\"b\"><v>1</v></c><c r=\"D3\"><f>1+1</f><v>2</v></c></row>"
                         "<row r=\"4\" hidden=\"1\"><c r=\"A4\" t=\"str\"><v>hidden</v></c><c r=\"B4\"/></row>"
                         "<row r=\"9\"><c t=\"b\"><v>0</v></c><c t=\"d\"><v>2025-03-07T00:00:00</v></c></row>"
                         "<row r=\"10\"><c r=\"B10\" t=\"str\"><f>\"\"</f><v></v></c></row>";
    const Table table = table_of(made.bytes());
    REQUIRE(table.rows.size() == 3);
    CHECK(table.rows[0].number == 3);
    CHECK(table.rows[0].cell("section") == "TRUE");
    CHECK(table.rows[0].cell("title").empty());
    CHECK(table.rows[0].cell("number") == "2");
    CHECK(table.rows[1].cell("section") == "hidden");
    CHECK(table.notes.back() == "hidden or filtered rows are read too: 4");
    CHECK(table.rows[2].number == 9);
    CHECK(table.rows[2].cell("section") == "FALSE");
    CHECK(table.rows[2].cell("title") == "2025-03-07");
    made.rows = header + "<row r=\"2\"><c r=\"A2\" t=\"str\"><v>1.2</v></c><c r=\"B2\"><f>A2</f><v/></c></row>";
    CHECK(error_of(made.bytes()) ==
          "plan.xlsx, sheet Plan, row 2, column B: this cell holds a formula without its result. Mend: open the file in a "
          "spreadsheet program, so that it calculates, and save it; or write the value that is meant");
}

// What looks empty or harmless to a program and is neither to the person who looks at the sheet.
TEST_CASE("xlsx formulas that failed or were never calculated, and merged cells, are faults of their cells") {
    Made made;
    made.rows = header + "<row r=\"2\"><c r=\"A2\" t=\"str\"><v>1.2</v></c><c r=\"B2\" t=\"e\"><f>A1/0</f><v>#DIV/0!</v></c></row>"
                         "<row r=\"3\"><c r=\"A3\" t=\"str\"><v>1.3</v></c><c r=\"C3\" t=\"str\"><f>TODAY()</f></c></row>";
    made.merged = "<mergeCells><mergeCell ref=\"A1:D1\"/><mergeCell ref=\"B4:B6\"/><mergeCell ref=\"C7:D7\"/><mergeCell ref=\"D8:F8\"/>"
                  "<mergeCell ref=\"G2:G9\"/></mergeCells>"; // of the header; two faults; one column of ours alone; none of ours
    const std::string all = error_of(made.bytes());
    INFO(all);
    CHECK(all.find("4 faults in the table") != std::string::npos);
    const std::string sheet = "plan.xlsx, sheet Plan, ";
    CHECK(all.find(sheet + "row 2, column B: the cell holds #DIV/0!, which is what a spreadsheet shows of a formula that failed") !=
          std::string::npos);
    CHECK(all.find(sheet + "row 3, column C: this cell holds a formula without its result") != std::string::npos);
    CHECK(all.find(sheet + "row 4, column B: the cells B4:B6 are merged: only the first one holds the value, the others are empty. "
                           "Mend: unmerge them, and write the value into every row that it is for") != std::string::npos);
    CHECK(all.find(sheet + "row 7, column C: the cells C7:D7 are merged") != std::string::npos);
    const auto csv = parse_table("section,title\n1.2,#N/A\n", "plan.csv", columns);
    REQUIRE_FALSE(csv);
    CHECK(to_text(csv.error()).find("plan.csv, row 2, column B: the cell holds #N/A") == 0);
}

TEST_CASE("xlsx: headings that are merged over two rows or over columns without a name are told, and nothing that follows from it") {
    const auto cell = [](const char* at, const char* text) {
        return fill("<c r=\"{}\" t=\"str\"><v>{}</v></c>", std::string_view(at), std::string_view(text));
    };
    Made made;
    made.rows = "<row r=\"1\">" + cell("A1", "section") + cell("B1", "title") + cell("C1", "date") + "</row><row r=\"2\">" +
                cell("C2", "date") + cell("D2", "number") + "</row><row r=\"3\">" + cell("A3", "1.2") + cell("D3", "5") + "</row>";
    made.merged = "<mergeCells><mergeCell ref=\"A1:A2\"/><mergeCell ref=\"B1:B2\"/><mergeCell ref=\"C1:D1\"/></mergeCells>";
    CHECK(error_of(made.bytes()) == "plan.xlsx, sheet Plan, row 1: headings are merged (A1:A2, B1:B2, C1:D1): not every column is named in "
                                    "one row. Mend: unmerge them, name each column in one row, and take further rows of headings out");
    // One row of headings: D has no name of its own, and is used.
    made.rows = "<row r=\"1\">" + cell("A1", "section") + cell("B1", "title") + cell("C1", "date") + "</row><row r=\"3\">" +
                cell("A3", "1.2") + cell("D3", "5") + "</row>";
    made.merged = "<mergeCells><mergeCell ref=\"C1:D1\"/></mergeCells>";
    CHECK(error_of(made.bytes()).find("row 1: headings are merged (C1:D1)") != std::string::npos);
    // Nothing is below what is merged: it harms nothing.
    made.rows = "<row r=\"1\">" + cell("A1", "section") + cell("B1", "title") + "</row><row r=\"3\">" + cell("A3", "1.2") + "</row>";
    made.merged = "<mergeCells><mergeCell ref=\"A1:A2\"/><mergeCell ref=\"B1:C1\"/></mergeCells>";
    CHECK(table_of(made.bytes()).rows.size() == 1);
}

TEST_CASE("xlsx faults are told with sheet and row") {
    Made made;
    made.rows = "<row r=\"1\"><c r=\"A1\" t=\"str\"><v>sektion</v></c><c r=\"C1\" t=\"str\"><v>title</v></c></row>"
                "<row r=\"2\"><c r=\"B2\" t=\"str\"><v>lost</v></c></row>";
    const std::string all = error_of(made.bytes());
    CHECK(all.find("plan.xlsx, sheet Plan, row 1, column A: unknown column sektion. Mend: did you mean section?") != std::string::npos);
    CHECK(all.find("plan.xlsx, sheet Plan, row 1, column section: this column is needed and is not there") != std::string::npos);
    CHECK(all.find("plan.xlsx, sheet Plan, row 2, column B: the cell \"lost\" stands under no column name") != std::string::npos);
    for (const std::string rows :
         {"<row r=\"0\"/>", "<row r=\"5\"/><row r=\"5\"/>", "<row r=\"x\"/>", "<row r=\"1048577\"/>", "<row r=\"5\"><c r=\"XFE5\"/></row>",
          "<row r=\"5\"><c r=\"5\"/></row>", "<row r=\"5\"><c r=\"A5\" t=\"s\"><v>7</v></c></row>",
          "<row r=\"5\"><c r=\"B5\"><v>1</v></c><c r=\"A5\"><v>1</v></c></row>"}) {
        INFO(rows);
        made.rows = header + rows;
        CHECK(error_of(made.bytes()).find("plan.xlsx, sheet Plan") == 0);
    }
    made.rows = header + "<row r=\"2\">";
    CHECK(error_of(made.bytes()).find("not well-formed XML") != std::string::npos);
}

TEST_CASE("xlsx limits hold") {
    Made made;
    made.rows = header + "<row r=\"2\"><c r=\"A2\" t=\"str\"><v>" + std::string(500, 'x') + "</v></c></row>";
    TableLimits limits;
    limits.cell_bytes = 499;
    CHECK_FALSE(parse_table(made.bytes(), "a.xlsx", columns, "", limits));
    limits = {};
    limits.rows = 1;
    made.rows = header + "<row r=\"2\"><c r=\"A2\"><v>1</v></c></row><row r=\"3\"><c r=\"A3\"><v>1</v></c></row>";
    CHECK_FALSE(parse_table(made.bytes(), "a.xlsx", columns, "", limits));
    limits = {};
    limits.bytes = 4000; // the archive is smaller, the sheet in it is not
    made.rows = header + "<row r=\"2\"><c r=\"A2\" t=\"str\"><v>" + std::string(5000, 'x') + "</v></c></row>";
    REQUIRE(made.bytes().size() < 4000);
    CHECK_FALSE(parse_table(made.bytes(), "a.xlsx", columns, "", limits));
    made.strings = "<si><t>" + std::string(70'000, 'x') + "</t></si>";
    made.rows = header;
    CHECK(error_of(made.bytes()).find("a text of more than 65536 bytes") != std::string::npos);
}

TEST_CASE("archives that are no xlsx are named for what they are") {
    auto zip_of = [](const std::string& name, const std::string& content) {
        test::Scratch scratch;
        auto writer = make_zip(scratch / "a.zip");
        REQUIRE((*writer)->add_bytes(name, content));
        REQUIRE((*writer)->finish());
        return scratch.read("a.zip");
    };
    CHECK(error_of(zip_of("mimetype", "application/vnd.oasis.opendocument.spreadsheet")).find("OpenDocument") != std::string::npos);
    CHECK(error_of(zip_of("xl/workbook.bin", "")).find(".xlsb") != std::string::npos);
    CHECK(error_of(zip_of("word/document.xml", "<a/>")).find("no XLSX workbook") != std::string::npos);
    CHECK(error_of("PK\3\4 damaged").find("save it again as XLSX") != std::string::npos);
}

TEST_CASE("what openpyxl writes is read: dates, numbers, text, sheets, merged and hidden cells") {
    test::Scratch scratch;
    test::openpyxl(scratch, R"(
wb = o.Workbook()
cover = wb.active; cover.title = 'Cover'
cover['A1'] = 'Plan for NDA 900172'; cover['B3'] = 'title'
ws = wb.create_sheet('Plan')
ws['A2'] = 'made on'; ws['B2'] = d.date(2026, 1, 2)
ws.append([]); ws.append(['Section *', 'Document title'.replace('Document ', ''), 'DATE', 'Number'])
ws.append(['1.2', 'Cover letter', d.date(2025, 3, 7), 1])
ws.append(['0001', 'M\u00fcller \u2013 report', d.datetime(2025, 3, 7, 14, 30), 2.5])
ws.append([None, None, None, None])
ws.append(['1.3', True, '07.03.2025', 1e6])
ws.append(['1.4', 'hidden', None, 12345678901])
ws.row_dimensions[9].hidden = True
ws.column_dimensions['D'].hidden = True
wb.create_sheet('Last')
wb.save('a.xlsx')
wb.epoch = o.utils.datetime.CALENDAR_MAC_1904
wb.save('b.xlsx')
)");
    for (const std::string name : {"a.xlsx", "b.xlsx"}) {
        INFO(name);
        const Table table = table_of(scratch.read(name));
        CHECK(table.sheet == "Plan"); // the cover names one column only and not the required one
        REQUIRE(table.rows.size() == 4);
        CHECK(table.rows[0].number == 5);
        CHECK(table.rows[0].cell("section") == "1.2");
        CHECK(table.rows[0].cell("date") == "2025-03-07");
        CHECK(table.rows[0].cell("number") == "1");
        CHECK(table.rows[1].cell("section") == "0001");
        CHECK(table.rows[1].cell("title") == "M\xC3\xBCller \xE2\x80\x93 report");
        CHECK(table.rows[1].cell("date") == "2025-03-07");
        CHECK(table.rows[1].cell("number") == "2.5");
        CHECK(table.rows[2].number == 8);
        CHECK(table.rows[2].cell("title") == "TRUE");
        CHECK(table.rows[2].cell("date") == "07.03.2025");
        CHECK(table.rows[2].cell("number") == "1000000");
        CHECK(table.rows[3].cell("number") == "12345678901");
        CHECK(table.notes.at(0) == "the sheet Plan is read; not read: Cover, Last");
    }
    CHECK(error_of(scratch.read("a.xlsx"), "Plann") ==
          "plan.xlsx: the workbook has no sheet Plann. Mend: its sheets are Cover, Plan, Last");
    CHECK(table_of(scratch.read("a.xlsx"), "plan").rows.size() == 4);
    CHECK(error_of(scratch.read("a.xlsx"), "Last").find("plan.xlsx, sheet Last: none of the first 10 rows") == 0);
}
