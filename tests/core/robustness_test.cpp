// Inputs with random damage: every one ends as a value or as an Error that says something. Loops end in ctest's time limit, memory errors
// in the asan preset.
#include <catch2/catch.hpp>

#include "core/json.hpp"
#include "core/table.hpp"
#include "core/text.hpp"
#include "core/xml_stream.hpp"
#include "core/yaml.hpp"
#include "core/zip.hpp"
#include "tests/support/damage.hpp"
#include "tests/support/run.hpp"

using namespace dossier;
using test::Damage;

namespace {

const std::vector<TableColumn> columns = {{"section", {}, true}, {"title", {"name"}, false}, {"date", {}, false}};

Sheet sheet_of(std::size_t rows) {
    Sheet sheet{"Plan", {"section", "title", "date"}, {}};
    for (std::size_t i = 0; i < rows; ++i)
        sheet.rows.push_back({fill("1.{}", i), "a \"quoted\"; title, with\nlines \xC3\xBC", SheetCell::date("2025-03-07")});
    return sheet;
}

template <class T> void check_outcome(const Result<T>& result) {
    if (result) return;
    CHECK_FALSE(result.error().message.empty());
    CHECK(to_text(result.error()).size() < 200'000);
}

void check_table(const Result<Table>& result) {
    check_outcome(result);
    if (!result) return;
    const TableLimits limits;
    for (const TableRow& row : result->rows)
        for (const auto& [column, text] : row.cells) {
            CHECK((column == "section" || column == "title" || column == "date"));
            CHECK((!text.empty() && text.size() <= limits.cell_bytes && is_valid_utf8(text)));
        }
}

} // namespace

TEST_CASE("500 damaged csv files are read or refused") {
    const std::string seed = to_csv(sheet_of(20));
    Damage damage(1);
    int accepted = 0;
    for (int i = 0; i < 500; ++i) {
        const auto table =
            parse_table(damage.apply(seed, {"\"", ",", ";", "\t", "\r", "\n", "\xFF\xFE", std::string(1, '\0'), "\xFC", "sep=", "section"}),
                        "a.csv", columns);
        check_table(table);
        accepted += table ? 1 : 0;
    }
    CHECK(accepted > 50); // else the damage is too heavy to reach the reader's inside
    CHECK(accepted < 500);
}

TEST_CASE("500 xlsx files with damaged bytes are read or refused") {
    test::Scratch scratch;
    REQUIRE(write_xlsx(scratch / "a.xlsx", {sheet_of(20)}));
    const std::string seed = scratch.read("a.xlsx");
    Damage damage(2);
    for (int i = 0; i < 500; ++i)
        check_table(parse_table(damage.apply(seed, {"PK\1\2", "PK\3\4", "PK\5\6", "PK\6\7", std::string(4, '\xFF'), std::string(8, '\0')}),
                                "a.xlsx", columns));
}

TEST_CASE("500 xlsx files with damaged parts are read or refused") {
    test::Scratch scratch;
    REQUIRE(write_xlsx(scratch / "a.xlsx", {sheet_of(20)}));
    auto reader = open_zip(scratch / "a.xlsx");
    REQUIRE(reader);
    Damage damage(3);
    const std::vector<std::string> words = {"<",
                                            ">",
                                            "\"",
                                            "<c r=\"XFD1\" t=\"s\"><v>9</v></c>",
                                            "<row r=\"7\">",
                                            "</row>",
                                            "<v>",
                                            "<is><t>",
                                            "<r>",
                                            "</",
                                            "&lt;",
                                            "&x;",
                                            "t=\"s\"",
                                            "t=\"b\"",
                                            "s=\"1\"",
                                            "1e308",
                                            "-",
                                            "<!DOCTYPE a [",
                                            "<![CDATA[",
                                            "_x0000_",
                                            "<f>",
                                            "99999999999999999999"};
    int accepted = 0;
    for (int i = 0; i < 500; ++i) {
        const std::string target = scratch / "b.xlsx";
        (void)make_disk_file_system()->remove(target).has_value();
        const std::size_t victim = damage.below((*reader)->entries().size() + 3); // the sheet is hit most often
        auto writer = make_zip(target);
        REQUIRE(writer);
        for (std::size_t k = 0; k < (*reader)->entries().size(); ++k) {
            const std::string& name = (*reader)->entries()[k].name;
            const bool hit = k == victim || (victim >= (*reader)->entries().size() && ends_with(name, "sheet1.xml"));
            const std::string content = (*reader)->read(name).value();
            REQUIRE((*writer)->add_bytes(name, hit ? damage.apply(content, words) : content));
        }
        REQUIRE((*writer)->finish());
        const auto table = read_table(*make_disk_file_system(), target, columns);
        check_table(table);
        accepted += table ? 1 : 0;
    }
    CHECK(accepted > 50);
    CHECK(accepted < 500);
}

TEST_CASE("1000 damaged yaml, json and xml texts are read or refused") {
    struct Quiet final : XmlHandler {
        Result<void> start(const XmlStart&) override { return {}; }
        Result<void> end(const std::string&, std::int64_t) override { return {}; }
    } quiet;
    const std::string yaml =
        "study: {id: X, sites: [{id: \"701\", country: USA}, {id: \"702\"}]}\nlist:\n  - a\n  - b: |\n      text\n      more\n    c: 'd'\n";
    const std::string json = R"({"a": [1, 2.5, -3e5, true, null, "text \u20ac"], "b": {"c": {"d": []}}})";
    const std::string xml = "<?xml version=\"1.0\"?><!DOCTYPE a SYSTEM \"a.dtd\"><a b=\"c\"><!-- d --><e>f &amp; g</e><![CDATA[h]]></a>";
    Damage damage(4);
    for (int i = 0; i < 1000; ++i) {
        check_outcome(parse_yaml(
            damage.apply(yaml, {"- ", ": ", "? ", "[", "{", "&a ", "*a", "!t ", "|", ">", "---", "...", "#", "'", "\t", "\n"}), "a.yaml"));
        check_outcome(parse_json(damage.apply(json, {"[", "{", "}", "]", "\"", ",", ":", "\\u", "e9", "-"}), "a.json"));
        check_outcome(read_xml(
            damage.apply(xml, {"<", ">", "&", "<!", "<![CDATA[", "]]>", "<?", "--", "<!ENTITY a 'b'>", "&a;", "\"", "="}), "a.xml", quiet));
    }
}
