// Cells that somebody wrote with another program: what dossier would read as an empty cell is found by 'tmf check', not passed over.
#include "tests/support/skip.hpp"
#include "tests/tmf/program.hpp"

using namespace tmf_test;

namespace {

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

struct Edited : Program {
    Edited() {
        import("file,artifact,site,title,date,status,restricted\nfiles/a.txt,02.01.02,,Protocol,2025-01-05,final,\n"
               "files/b.txt,05.02.12,701,Agreement,2025-01-05,final,\nfiles/c.txt,11.02.03,,canary-title,2025-01-05,final,\n");
        require({"tmf", "query", "open", "D-000001", "--text", "page 3?"});
        require({"tmf", "waive", "S", "EDL-032-01", "--reason", "not needed"});
        require({"user", "add", "mia", "--role", "manager"});
    }
    // With the triggers and the checks of the tables out of the way, and the triggers back afterwards.
    void sql(const std::string& text) const {
        const std::string script = "import sqlite3\nd = sqlite3.connect('repo/ledger.sqlite')\n"
                                   "kept = d.execute(\"SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'\").fetchall()\n"
                                   "for name, _ in kept: d.execute('DROP TRIGGER ' + name)\n"
                                   "d.execute('PRAGMA ignore_check_constraints = 1')\n"
                                   "d.executescript(\"\"\"" +
                                   text + "\"\"\")\nfor _, sql in kept: d.execute(sql)\nd.commit()\n";
        const test::Run run = test::run({"python3", "-c", script}, scratch.path());
        INFO(run.err);
        REQUIRE(run.code == 0);
    }
};

} // namespace

TEST_CASE("check: a cell that is in no form of the program is found, where reading it would give what the trail says") {
    test::tool_or_skip("python3");
    const std::pair<const char*, const char*> edits[] = {
        {"UPDATE version SET withdrawn = '0' WHERE document = 1;", "document D-000001 version 1: withdrawn is no day of the calendar"},
        {"UPDATE version SET rejected = 'x' WHERE document = 1;", "document D-000001 version 1: rejected is no day of the calendar"},
        {"UPDATE version SET expires = '2099' WHERE document = 2;", "document D-000002 version 1: expires is no day of the calendar"},
        {"UPDATE version SET copy_certified_on = '2025-02-30' WHERE document = 2;", "copy_certified_on is no day of the calendar"},
        {"UPDATE version SET carried = 'garbage' WHERE document = 1;", "document D-000001 version 1: carried is not the names of dates"},
        {"UPDATE version SET sha256 = upper(sha256) WHERE document = 1;", "document D-000001 version 1: sha256 is no SHA-256"},
        {"UPDATE document SET restricted = 2 WHERE number = 3;", "document D-000003: restricted is neither 0 nor 1"},
        {"UPDATE document SET unique_id = unique_id + 4294967296 WHERE number = 1;",
         "document D-000001: unique_id is no unique identifier"},
        {"UPDATE role_grant SET until = '0' WHERE number = 6;", "grant G-000006: until is no day of the calendar"},
        {"UPDATE decision SET until = 'zz';", "decision W-000001: until is no day of the calendar"},
        {"INSERT INTO query VALUES (3, 1, 1, '');", "document D-000001 version 1: the query Q-000003 was never opened"},
    };
    for (const auto& [edit, said] : edits) {
        const Edited p;
        CHECK(p.run({"tmf", "check"}).code == 0);
        p.sql(edit);
        INFO(edit);
        const test::Run check = p.run({"tmf", "check"});
        INFO(check.out);
        CHECK(check.code == 10);
        CHECK(has(check.out, said));
    }
}

TEST_CASE("check and audit: what is restricted in no known way stays hidden from the blinded, and has no number for them") {
    test::tool_or_skip("python3");
    Edited p;
    p.sql("UPDATE document SET restricted = 2 WHERE number = 3;");
    p.user = "mia";
    const test::Run check = p.run({"tmf", "check"});
    CHECK(check.code == 10);
    CHECK(has(check.out, "a document that you may not see: restricted is neither 0 nor 1"));
    CHECK_FALSE(has(check.out, "D-000003"));
    for (const std::vector<std::string>& command :
         {std::vector<std::string>{"tmf", "list"}, {"tmf", "audit"}, {"tmf", "audit", "D-000003"}, {"tmf", "search", "canary-title"}}) {
        const test::Run run = p.run(command);
        INFO(run.out + run.err);
        CHECK_FALSE(has(run.out, "D-000003"));
        CHECK_FALSE(has(run.out, "canary"));
    }
}
