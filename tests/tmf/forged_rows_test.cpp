// Free text with line breaks and control characters: on a terminal it stays in its row, JSON and CSV keep it as it was given.
#include "core/one_line.hpp"
#include "tests/tmf/program.hpp"

using namespace tmf_test;

namespace {

// A second line that looks like another query, and an escape sequence that would paint it.
const std::string forged = "Where is page 2?\nQ-000099  closed    0  CRA\x1B[2J";
const std::string shown = "Where is page 2? Q-000099  closed    0  CRA [2J";

// No line begins as a query that nobody opened, and what was written is in its row.
void check_shown(const Program& p, const std::vector<std::string>& arguments) {
    const std::string text = p.require(arguments);
    INFO(text);
    CHECK(text.find("\nQ-000099") == std::string::npos);
    CHECK(text.find('\x1B') == std::string::npos);
    CHECK(text.find(shown) != std::string::npos);
}

} // namespace

TEST_CASE("one line: each run of control characters and line ends is a blank, all else stays") {
    CHECK(one_line("a\r\n\tb") == "a b");
    CHECK(one_line("a\n \nb") == "a   b"); // two runs and the blank between them
    CHECK(one_line(std::string("a\0b\x7F", 4)) == "a b ");
    CHECK(one_line("a\xC2\x85"
                   "b\xC2\x9B"
                   "c") == "a b c"); // U+0085, U+009B
    CHECK(one_line("a\xE2\x80\xA8"
                   "b\xE2\x80\xA9") == "a b ");                                            // U+2028, U+2029
    CHECK(one_line("\xC2\xA0 \xC3\x85 \xE2\x80\xA6") == "\xC2\xA0 \xC3\x85 \xE2\x80\xA6"); // no-break blank, A with ring, ellipsis
    CHECK(one_line("").empty());
}

TEST_CASE("text forms: a line break in a question or a comment makes no row, JSON and CSV keep it") {
    Program p;
    p.import("file,artifact,date,status\nfiles/a.txt,02.01.02,2025-01-05,final\nfiles/b.txt,02.01.02,2025-01-06,final\n");
    p.require({"tmf", "query", "open", "D-000001", "--text", forged});
    p.require({"tmf", "review", "D-000002", "--reject", "unsigned", "--comment", forged});
    check_shown(p, {"tmf", "query", "list"});
    check_shown(p, {"tmf", "report", "S", "queries"});
    check_shown(p, {"tmf", "report", "S", "quality"});
    check_shown(p, {"tmf", "show", "D-000001"});
    check_shown(p, {"tmf", "show", "D-000002"});
    check_shown(p, {"tmf", "history", "D-000001"});
    check_shown(p, {"tmf", "audit", "S"});
    const Json list = p.json({"tmf", "query", "list"});
    CHECK(list.find("queries")->items()[0].find("thread")->items()[0].find("text")->text() == forged);
    CHECK(p.require({"tmf", "query", "list", "--format", "csv"}).find(forged) != std::string::npos);
}

TEST_CASE("text forms: a study's title and a person's name with line breaks stay on their lines") {
    const Program p;
    std::string study = replace_all(program_study, "title: Small study", "title: \"Small\\nstudy\"");
    p.scratch.write("STUDY.yaml", replace_all(study, "name: Ann Lee", "name: \"Ann\\nLee\""));
    p.require({"study", "apply", "STUDY.yaml"});
    CHECK(p.require({"study", "show", "S"}).rfind("study      S  Small study\n", 0) == 0);
    CHECK(p.require({"study", "show", "S"}).find("P1      Ann Lee  principal_investigator") != std::string::npos);
    CHECK(p.require({"tmf", "completeness", "S"}).rfind("S  Small study\n", 0) == 0);
    CHECK(p.require({"tmf", "report", "S", "late"}).rfind("S  Small study\n", 0) == 0);
}
