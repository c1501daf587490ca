// Words that somebody has to read say something that is seen.
#include <catch2/catch.hpp>

#include "tests/tmf/program.hpp"

using namespace tmf_test;

namespace {

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

const std::vector<std::string> unseen = {"", " ", "\u00a0", "\u200b", "\ufeff\u2060", "\u00ad", "\u180e", "\u200e \u200f", "\x01\x1f"};

} // namespace

TEST_CASE("unseen text: a reason, a comment or a query of nothing that is seen is refused like an empty one") {
    const Program p;
    p.require({"tmf", "file", "files/a.txt", "--study", "S", "--artifact", "032", "--date", "2025-01-05", "--status", "final"});
    p.require({"tmf", "query", "open", "D-000001", "--text", "which version?"});
    p.require({"user", "add", "bob", "--role", "auditor"});
    for (const std::string& text : unseen) {
        INFO(text);
        CHECK(has(p.refused({"tmf", "waive", "S", "EDL-133-01", "--reason", text}, 2), "a waiver needs a reason"));
        CHECK(has(p.refused({"tmf", "reindex", "D-000001", "--title", "x", "--reason", text}, 2), "a correction needs a reason"));
        CHECK(has(p.refused({"tmf", "review", "D-000001", "--reject", "unsigned", "--comment", text}, 2), "a rejection needs words"));
        CHECK(has(p.refused({"tmf", "review", "D-000001", "--reject", "other", "--comment", text}, 2), "\"other\" says nothing by itself"));
        CHECK(has(p.refused({"tmf", "query", "open", "D-000001", "--text", text}, 2), "a query needs words"));
        CHECK(has(p.refused({"tmf", "query", "answer", "Q-000001", "--text", text}, 2), "an answer needs words"));
        CHECK(has(p.refused({"tmf", "query", "close", "Q-000001", "--reason", text}, 2), "this needs a reason"));
        CHECK(has(p.refused({"user", "revoke", "bob", "--role", "auditor", "--reason", text}, 2), "taking a role needs a reason"));
    }
    // What somebody sees is taken, whatever stands around it.
    p.require({"tmf", "waive", "S", "EDL-133-01", "--reason", "\u200bkept in paper"});
}

TEST_CASE("unseen text: a reason that may be left out is left out") {
    const Program p;
    const test::Run run = p.run({"tmf", "waive", "S", "EDL-133-01", "--not-applicable", "--reason", "\u200b"});
    CHECK(run.code == 0);
    CHECK(has(run.err, "no reason was given"));
    CHECK(has(p.require({"tmf", "report", "S", "waivers"}), "no reason was given for W-000001"));
}

TEST_CASE("unseen text: who certified a copy, and what, is said in words that are seen") {
    const Program p;
    const std::vector<std::string> file{"tmf",       "file",   "files/a.txt", "--study",  "S",     "--artifact",
                                        "032",       "--date", "2025-01-05",  "--status", "final", "--copy-certified-on",
                                        "2025-02-01"};
    for (const std::string& text : unseen) {
        INFO(text);
        auto by = file, statement = file;
        by.insert(by.end(), {"--copy-certified-by", text, "--copy-statement", "true copy"});
        statement.insert(statement.end(), {"--copy-certified-by", "Ann Lee", "--copy-statement", text});
        CHECK(has(p.refused(by), "does not say who certified it"));
        CHECK(has(p.refused(statement), "does not say what was certified"));
    }
    p.scratch.write("LIST.csv", "file,artifact,date,status,copy_certified_by,copy_certified_on,copy_statement\n"
                                "files/a.txt,032,2025-01-05,final,\u200b,2025-02-01,\u00ad\u2060\n");
    const std::string errors = p.refused({"tmf", "import", "LIST.csv", "--study", "S"});
    CHECK(has(errors, "does not say who certified it"));
    CHECK(has(errors, "does not say what was certified"));
    CHECK(p.documents() == 0);
}
