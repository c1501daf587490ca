// A list that `tmf list` made, opened and saved by a spreadsheet, given to `tmf reindex`: nobody corrected anything.
#include "tests/tmf/program.hpp"
#include "tmf/resaved_cells.hpp"

using namespace tmf_test;

namespace {

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

// Sites 101 and 0101, persons 7 and 007, visits 1 and 01; the check of the index is demanded.
constexpr const char* study_of_numbers = R"(study: {id: S, title: Numbers, start: 2025-01-10, review: yes, review_steps: [index]}
countries: [{code: USA, approved: 2025-01-15}]
sites: [{id: "101", country: USA, activated: 2025-02-01}, {id: "0101", country: USA, activated: 2025-02-01}]
people:
  - {id: "7", name: Ann Lee, role: principal_investigator, site: "101", from: 2025-01-15}
  - {id: "007", name: Bob Roe, role: principal_investigator, site: "0101", from: 2025-01-15}
visits: [{id: "1", site: "101", type: interim, date: 2025-03-01}, {id: "01", site: "0101", type: interim, date: 2025-03-01}]
)";

struct Resaved : Program {
    Resaved() {
        scratch.write("STUDY.yaml", study_of_numbers);
        require({"init", "numbers"});
        require({"study", "apply", "STUDY.yaml"});
    }
    test::Run run(std::vector<std::string> arguments) const {
        arguments.insert(arguments.end(), {"--repo", "numbers", "--as", user, "--now", now});
        return test::dossier(std::move(arguments), scratch.path(), {"XDG_DATA_HOME=" + scratch / "data"});
    }
    std::string require(const std::vector<std::string>& arguments) const {
        const test::Run result = run(arguments);
        INFO(result.out + result.err);
        REQUIRE(result.code == 0);
        return result.out;
    }
    void file(const std::string& more) const {
        std::vector<std::string> arguments{"tmf", "file", "files/a.txt", "--study", "S", "--date", "2025-01-20", "--status", "final"};
        for (const std::string& word : split(more, ' ')) arguments.push_back(word);
        require(arguments);
    }
    // The list of what is filed with one text in it as the spreadsheet leaves it.
    test::Run again(const std::string& before, const std::string& after) const {
        const std::string list = require({"tmf", "list", "--format", "csv"});
        REQUIRE(has(list, before));
        scratch.write("LIST.csv", replace_all(list, before, after));
        return run({"tmf", "reindex", "LIST.csv", "--reason", "read again"});
    }
};

} // namespace

TEST_CASE("resaved list: 1.0 that became 1 is no correction and ends no approval, said for one document it is one") {
    const Resaved p;
    p.file("--artifact 05.02.04 --site 101 --person 7 --version 1.0");
    p.require({"tmf", "review", "D-000001", "--step", "index", "--accept"});
    p.require({"tmf", "review", "D-000001", "--accept"});
    const test::Run same = p.again(",1.0,", ",1,");
    CHECK(same.out == "0 corrected\n");
    CHECK_FALSE(has(same.err, "was left"));
    CHECK(has(p.require({"tmf", "list"}), "accepted"));
    CHECK(has(p.require({"tmf", "reindex", "D-000001", "--version", "1", "--reason", "x"}), "D-000001@1  label 1.0 -> 1\n"));
}

TEST_CASE("resaved list: a label that lost a zero or became a day is left, with a note") {
    const Resaved p;
    p.file("--artifact 05.02.04 --site 101 --person 7 --version 1.10");
    const test::Run less = p.again(",1.10,", ",1.1,");
    CHECK(less.out == "0 corrected\n");
    CHECK(has(less.err, "note: D-000001@1: version 1.1 was left: 1.10 is filed, and a spreadsheet may show it so; if 1.1 is meant: dossier "
                        "tmf reindex D-000001@1 --version TEXT --reason ...\n"));
    for (const char* day : {"2025-10-01", "2025-01-10", "01. Okt", "1-Oct", "10-Jan", "01.10.2025", "10/1/2025"}) {
        INFO(day);
        const test::Run left = p.again(",1.10,", "," + std::string(day) + ",");
        CHECK(left.out == "0 corrected\n");
        CHECK(has(left.err, fill("version {} was left: 1.10 is filed", std::string_view(day))));
    }
    // What no spreadsheet makes of it is a correction.
    CHECK(has(p.again(",1.10,", ",1.11,").out, "D-000001@1  label 1.10 -> 1.11\n"));
    CHECK(has(p.again(",1.11,", ",2025-10-01,").out, "D-000001@1  label 1.11 -> 2025-10-01\n"));
    CHECK(p.again(",2025-10-01,", ",10/1/2025,").out == "0 corrected\n"); // the same day
}

TEST_CASE("resaved list: zeros lost from site, person and event name no other one") {
    const Resaved p;
    p.file("--artifact 05.02.04 --site 0101 --person 007");
    p.file("--artifact 05.04.03 --site 0101 --event 01");
    const test::Run site = p.again(",0101,", ",101,");
    CHECK(site.out == "0 corrected\n");
    CHECK(has(site.err, "note: D-000001@1: site 101 was left: 0101 is filed"));
    CHECK(has(p.again(",007,", ",7,").err, "note: D-000001@1: person 7 was left: 007 is filed"));
    CHECK(has(p.again(",01,", ",1,").err, "note: D-000002@1: event 1 was left: 01 is filed"));
    CHECK(has(p.require({"tmf", "list"}), "USA 0101"));
    CHECK_FALSE(has(p.require({"tmf", "list"}), "USA 101"));
    CHECK(has(p.require({"tmf", "reindex", "D-000001", "--site", "101", "--person", "7", "--reason", "moved"}), "site 0101 -> 101"));
}

TEST_CASE("resaved list: days, yes and no, titles, sizes and digests come back as they were or are refused") {
    const Resaved p;
    p.file("--artifact 05.02.04 --site 101 --person 7 --title 007 --version 1.0");
    p.file("--artifact 05.02.12 --site 101 --title -");
    for (const char* day : {"45677", "20.01.2025", "1/20/2025", "20. Jan 2025"}) CHECK(p.again("2025-01-20", day).out == "0 corrected\n");
    CHECK(has(p.again("2025-01-20", "20.01.25").err, "the year has only 2 digits"));
    CHECK(p.again(",no,", ",FALSE,").out == "0 corrected\n");
    CHECK(p.again(",no,", ",FALSCH,").code == 3);
    const test::Run title = p.again(",007,", ",7,");
    CHECK(title.out == "0 corrected\n");
    CHECK(has(title.err, "title 7 was left: 007 is filed"));
    // Not read at all: bytes, size, times. Numbers of versions stay whole.
    const std::string list = p.require({"tmf", "list", "--format", "csv"});
    const auto at = list.find("text/plain,");
    REQUIRE(at != std::string::npos);
    const std::string size_and_digest = list.substr(at, list.find(",2025-10-01T", at) - at);
    CHECK(p.again(size_and_digest, "text/plain,1.3E+01,4.2E+63").out == "0 corrected\n");
    CHECK(p.again(",2025-10-01T12:00:00", ",01.10.2025 12:00").out == "0 corrected\n");
}

TEST_CASE("resaved list: a title that is longer than a cell of an XLSX is cut with a note, and the unedited list changes nothing") {
    const Program p;
    const std::string title = std::string(40'000, 'x');
    p.import("file,artifact,date,title\nfiles/a.txt,02.01.02,2025-01-05," + title + "\n");
    const test::Run list = p.run({"tmf", "list", "--format", "xlsx", "--output", "LIST.xlsx"});
    CHECK(list.code == 0);
    CHECK(list.err == "note: sheet Documents, row 2, column title: cut, a cell of an XLSX holds 32767 characters and this text has 40000; "
                      "--format csv has all of it\n");
    const test::Run again = p.run({"tmf", "reindex", "LIST.xlsx", "--reason", "read again"});
    CHECK(again.out == "0 corrected\n");
    CHECK(has(again.err, "note: D-000001@1: title was left: the list holds the beginning of the text that is filed"));
    CHECK(has(p.require({"tmf", "list", "--format", "csv"}), "," + title + ","));
    CHECK(p.run({"tmf", "list", "--format", "csv", "--output", "LIST.csv"}).err.empty());
}

TEST_CASE("resaved list: what a spreadsheet may make of a text") {
    CHECK(tmf::is_resaved("0101", "101"));
    CHECK(tmf::is_resaved("1.50", "1.5"));
    CHECK(tmf::is_resaved("123456789012345678", "1.23457E+17"));
    CHECK(tmf::is_resaved("1-2", "2025-02-01"));
    CHECK(tmf::is_resaved("1.2.24", "2024-02-01"));
    CHECK(tmf::is_resaved("2025-02-01", "2/1/2025"));
    CHECK_FALSE(tmf::is_resaved("1.0", "1.0"));
    CHECK_FALSE(tmf::is_resaved("1.2", "2.1"));
    CHECK_FALSE(tmf::is_resaved("1.2", "2025-03-01"));
    CHECK_FALSE(tmf::is_resaved("", "0"));
    CHECK_FALSE(tmf::is_resaved("A-01", "A-1"));
    CHECK_FALSE(tmf::is_resaved("1.2", "1.20.1"));
}
