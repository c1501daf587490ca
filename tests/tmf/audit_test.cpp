// The audit trail under attack, and read by a program that is not ours.
#include "tests/support/skip.hpp"
#include "tests/tmf/program.hpp"
#include "tmf/audit.hpp"

using namespace tmf_test;

namespace {

// A repository with some history and a checkpoint of it in ../checkpoint.json.
struct Attacked : Program {
    Attacked() {
        import(
            "file,artifact,site,person,date,status\nfiles/a.txt,02.01.02,,,2025-01-05,final\nfiles/b.txt,05.02.04,701,P1,2025-01-05,final\n"
            "files/c.txt,05.02.12,701,,2025-01-05,final\n");
        require({"tmf", "review", "D-000001", "--accept"});
        require({"tmf", "reindex", "D-000003", "--site", "702", "--reason", "wrong site"});
        require({"tmf", "audit", "--write-checkpoint", "checkpoint.json"});
    }
    // Somebody with the rights of the folder and a SQLite shell.
    void sql(const std::string& text) const {
        const std::string script =
            "import sqlite3\nd = sqlite3.connect('repo/ledger.sqlite')\nd.executescript(\"\"\"\n"
            "DROP TRIGGER IF EXISTS audit_is_never_changed; DROP TRIGGER IF EXISTS audit_is_never_deleted;\n"
            "DROP TRIGGER IF EXISTS audit_has_no_gaps; DROP TRIGGER IF EXISTS version_is_never_deleted;\n"
            "DROP TRIGGER IF EXISTS document_is_never_deleted; DROP TRIGGER IF EXISTS bytes_of_a_version_never_change;\n" +
            text + "\n\"\"\")\nd.commit()\n";
        const test::Run run = test::run({"python3", "-c", script}, scratch.path());
        INFO(run.err);
        REQUIRE(run.code == 0);
    }
    std::string verdict(const std::vector<std::string>& more = {}) const {
        std::vector<std::string> arguments{"tmf", "audit", "--verify"};
        arguments.insert(arguments.end(), more.begin(), more.end());
        const test::Run result = run(arguments);
        CHECK(result.code == (result.out.find("the audit trail holds") != std::string::npos ? 0 : 10));
        return result.out;
    }
};

// What init writes after "repository_created": the first user, a grant for each role, the unblinding key and its envelope; and the four
// tables of the program that the study adopts before it is applied.
constexpr int founding = 8 + 4;

// "#4" is the fourth entry but for those.
std::string placed(std::string text) {
    for (int number = 9; number > 0; --number)
        text = replace_all(std::move(text), "#" + std::to_string(number), std::to_string(number + founding));
    return text;
}

} // namespace

TEST_CASE("audit: the bytes that are hashed are those of the described form") {
    tmf::AuditEntry entry;
    entry.sequence = 1;
    entry.time = "2025-06-30T12:00:00.000000Z";
    entry.clock = "system";
    entry.user = "Zo\xC3\xAB"; // four bytes
    entry.action = "waived";
    entry.new_value = "{}";
    CHECK(tmf::hashed_bytes(entry) == "1:1,27:2025-06-30T12:00:00.000000Z,6:system,4:Zo\xC3\xAB,6:waived,0:,0:,0:,2:{},0:,"
                                      "64:0000000000000000000000000000000000000000000000000000000000000000,");
    tmf::AuditEntry other = entry;
    other.user = "Zo\xC3\xABw";
    other.action = "aived"; // shifted, not equal
    CHECK(tmf::hash_of(entry) != tmf::hash_of(other));
}

TEST_CASE("audit: a trail that nobody touched holds, with and without a checkpoint") {
    test::tool_or_skip("python3");
    const Attacked p;
    CHECK(p.verdict().find(placed("the audit trail holds: #7 entries")) != std::string::npos);
    CHECK(p.verdict({"--checkpoint", "checkpoint.json"}).find("the audit trail holds") != std::string::npos);
    p.require({"tmf", "review", "D-000002", "--accept"}); // it may grow
    CHECK(p.verdict({"--checkpoint", "checkpoint.json"}).find(placed("the audit trail holds: #8 entries")) != std::string::npos);
    p.sql(""); // without its triggers it still holds
    CHECK(p.verdict().find("holds") != std::string::npos);
}

TEST_CASE("audit: every way to tamper with the trail is found") {
    test::tool_or_skip("python3");
    const std::pair<const char*, const char*> attacks[] = {
        {"UPDATE audit SET user = 'bob' WHERE sequence = #4;", "entry #4 was changed"},
        {"UPDATE audit SET time = '2020' || substr(time, 5) WHERE sequence = #4;", "entry #4 was changed"},
        {"UPDATE audit SET reason = 'none' WHERE sequence = #7;", "entry #7 was changed"},
        {"UPDATE audit SET new_value = replace(new_value, 'P1', 'P2') WHERE sequence = #4;", "entry #4 was changed"},
        {"UPDATE audit SET clock = 'system' WHERE sequence = #4;", "entry #4 was changed"},
        {"UPDATE audit SET hash = replace(hash, substr(hash, 1, 1), 'x') WHERE sequence = #4;", "entry #4 was changed"},
        {"UPDATE audit SET hash = upper(hash) WHERE sequence = #7;", "entry #7 was changed"},
        {"DELETE FROM audit WHERE sequence = #4;", "entries #4 to #4 are missing"},
        {"DELETE FROM audit WHERE sequence = #4; UPDATE audit SET sequence = sequence - 1 WHERE sequence > #4;",
         "entry #4 does not follow"},
        {"UPDATE audit SET sequence = 99 WHERE sequence = #4; UPDATE audit SET sequence = #4 WHERE sequence = #5; UPDATE audit SET "
         "sequence = "
         "#5 WHERE sequence = 99;",
         "entry #4 does not follow"},
        {"INSERT INTO audit SELECT #8, time, clock, user, action, study, object, old_value, new_value, reason, previous, hash FROM audit "
         "WHERE sequence = #7;",
         "entry #8 does not follow"},
    };
    for (const auto& [attack, finding] : attacks) {
        const Attacked p;
        p.sql(placed(attack));
        INFO(attack);
        const std::string out = p.verdict();
        CHECK(out.find(placed(finding)) != std::string::npos);
        CHECK(out.find("THE AUDIT TRAIL IS BROKEN") != std::string::npos);
        CHECK(p.run({"tmf", "check"}).code == 10);
    }
}

TEST_CASE("audit: a document without a version did not come in through dossier, and is found") {
    test::tool_or_skip("python3");
    const Attacked p;
    p.sql("INSERT INTO document SELECT 99, study, unique_id, sub_artifact, country, site, restricted, '', '' FROM document WHERE number = "
          "1;");
    const test::Run check = p.run({"tmf", "check"});
    CHECK(check.code == 10);
    CHECK_THAT(check.out, Catch::Contains("document D-000099 has no version"));
}

TEST_CASE("audit: what was cut off, or replaced by an old copy, shows against a checkpoint kept elsewhere") {
    test::tool_or_skip("python3");
    {
        const Attacked p;
        p.sql(placed("DELETE FROM audit WHERE sequence = #7;"));
        CHECK(p.verdict().find("holds") != std::string::npos); // the chain alone cannot know, and says so
        CHECK(p.verdict().find("only against a checkpoint") != std::string::npos);
        CHECK(p.verdict({"--checkpoint", "checkpoint.json"}).find(placed("saw entry #7, the trail ends at #6")) != std::string::npos);
        CHECK(p.run({"tmf", "check"}).out.find("it is not as its last audit entry left it") != std::string::npos);
    }
    const Attacked p;
    REQUIRE(test::run({"cp", "-r", "repo", "old"}, p.scratch.path()).code == 0);
    p.require({"tmf", "review", "D-000002", "--accept"});
    p.require({"tmf", "audit", "--write-checkpoint", "newer.json"});
    REQUIRE(test::run({"sh", "-c", "rm -rf repo; mv old repo"}, p.scratch.path()).code == 0);
    CHECK(p.verdict({"--checkpoint", "newer.json"}).find(placed("saw entry #8, the trail ends at #7")) != std::string::npos);
    p.require({"tmf", "review", "D-000002", "--reject", "other", "--comment", "another story"});
    CHECK(p.verdict({"--checkpoint", "newer.json"}).find(placed("entry #8 is not the one that the checkpoint")) != std::string::npos);
    p.require({"init", "elsewhere"});
    const test::Run other =
        test::dossier({"tmf", "audit", "--verify", "--checkpoint", "newer.json", "--repo", "elsewhere"}, p.scratch.path());
    CHECK(other.code == 3); // nothing was compared, so nothing is said of the trail
    CHECK(other.out.empty());
    CHECK_THAT(other.err, Catch::StartsWith("dossier: newer.json: the checkpoint is of another repository (") &&
                              Catch::Contains("; nothing was checked. Mend: give a checkpoint of this one;"));
}

TEST_CASE("audit: of a document that is not there it says so, as show does") {
    const Program p;
    const std::string shown = p.refused({"tmf", "show", "D-000099"});
    CHECK(p.refused({"tmf", "audit", "D-000099"}) == shown);
    CHECK(shown.find("there is no document D-000099") != std::string::npos);
}

TEST_CASE("audit: a checkpoint is replaced only by one that goes on from it, and no other file ever") {
    test::tool_or_skip("python3");
    const Attacked p;
    const auto write = [&p](const std::string& name) { return p.run({"tmf", "audit", "--write-checkpoint", name}); };
    p.require({"tmf", "review", "D-000002", "--accept"});
    CHECK(write("checkpoint.json").code == 0); // the trail has grown
    CHECK(p.verdict({"--checkpoint", "checkpoint.json"}).find(placed("the audit trail holds: #8 entries")) != std::string::npos);

    p.scratch.write("note.yaml", "precious\n");
    CHECK(p.refused({"tmf", "audit", "--write-checkpoint", "note.yaml"}).find("is there already and is no checkpoint of an audit trail") !=
          std::string::npos);
    CHECK(p.scratch.read("note.yaml") == "precious\n");
    p.require({"init", "elsewhere"});
    REQUIRE(test::dossier({"tmf", "audit", "--write-checkpoint", "other.json", "--repo", "elsewhere"}, p.scratch.path(),
                          {"XDG_DATA_HOME=" + p.scratch / "data"})
                .code == 0);
    const std::string other = p.scratch.read("other.json");
    CHECK(p.refused({"tmf", "audit", "--write-checkpoint", "other.json"}).find("is no checkpoint of this repository") != std::string::npos);
    CHECK(p.scratch.read("other.json") == other);

    const std::string witness = p.scratch.read("checkpoint.json");
    p.sql(placed("DELETE FROM audit WHERE sequence = #8;"));
    const test::Run cut = write("checkpoint.json");
    CHECK(cut.code == 10);
    CHECK(cut.out.find(placed("saw entry #8, the trail ends at #7")) != std::string::npos);
    CHECK(cut.out.find("checkpoint.json was left as it is") != std::string::npos);
    CHECK(p.scratch.read("checkpoint.json") == witness);
}

TEST_CASE("audit: a trail whose beginning is gone, or all of it, does not hold") {
    test::tool_or_skip("python3");
    const Attacked p;
    p.sql("DELETE FROM audit;");
    CHECK(p.verdict().find("the trail is empty: every trail begins with repository_created") != std::string::npos);
    CHECK(p.run({"tmf", "check"}).code == 10);
    p.require({"tmf", "review", "D-000002", "--accept"}); // becomes entry 1
    CHECK(p.verdict().find("entry 1 is not repository_created, with which every trail begins") != std::string::npos);
    CHECK(p.run({"tmf", "audit", "--write-checkpoint", "fresh.json"}).code == 10);
    CHECK(test::run({"test", "-e", p.scratch / "fresh.json"}).code == 1);
}

TEST_CASE("check: rows and objects that are not as the trail says are found, each by its kind") {
    test::tool_or_skip("python3");
    const std::pair<const char*, const char*> attacks[] = {
        {"UPDATE document SET site = '701' WHERE number = 3;", "row-altered"},
        {"UPDATE version SET accepted = '2025-01-01' WHERE document = 2;", "row-altered"},
        {"UPDATE study SET facts = replace(facts, '2025-03-01', '2025-03-02');", "row-altered"},
        {"DELETE FROM version WHERE document = 2;", "row-missing"},
        {"DELETE FROM version WHERE document = 2; DELETE FROM document WHERE number = 2;", "row-missing"},
        {"INSERT INTO document VALUES (9, 'S', 32, '', '', '', 0, '', ''); INSERT INTO version SELECT 9, 1, label, title, person, event, "
         "language, "
         "date, expires, "
         "received, final, accepted, rejected, withdrawn, carried, pointer, sha256, size, media_type, file_name, filed_at, filed_by, "
         "review_comment, copy_certified_by, copy_certified_on, copy_statement, copy_source, sealed FROM version "
         "WHERE document = 1;",
         "row-without-entry"},
        {"INSERT INTO decision VALUES (1, 'S', 'waived', 'EDL-032-01', '', '', '', '', '', '2025-01-01', '', 'bob', '');",
         "row-without-entry"},
        {"INSERT INTO review VALUES (99, 1, 1, 'approval', 'accepted', '', '', '2025-10-01T12:00:00.000000Z', 'bob');",
         "row-without-entry"},
        {"INSERT INTO query VALUES (99, 1, 1, ''); INSERT INTO query_act VALUES (99, 1, 'opened', 'x', '2025-10-01T12:00:00.000000Z', "
         "'bob');",
         "row-without-entry"},
    };
    for (const auto& [attack, rule] : attacks) {
        const Attacked p;
        p.sql(attack);
        INFO(attack);
        const Json report = p.json({"tmf", "check"}, 10);
        CHECK(report.find("verdict")->text() == "damaged");
        bool found = false;
        for (const Json& finding : report.find("findings")->items()) found = found || finding.find("rule")->text() == rule;
        CHECK(found);
    }
    const Attacked p;
    REQUIRE(test::run({"sh", "-c", "rm -f $(find repo/objects -type f | sort | head -1)"}, p.scratch.path()).code == 0);
    CHECK(p.require({"tmf", "check"}, 10).find("object-missing") != std::string::npos);
}

TEST_CASE("a program that knows only the described format reads the repository and checks the exported trail") {
    test::tool_or_skip("python3");
    const Attacked p;
    p.require({"tmf", "waive", "S", "EDL-194-01", "--points-to", "EDC vault"});
    p.require({"tmf", "audit", "--json", "--output", "audit.json"});
    const std::string script = test::source_folder() + "/tests/tmf/read_repository.py";
    const test::Run run = test::run({"python3", script, "repo", "audit.json"}, p.scratch.path());
    INFO(run.out + run.err);
    CHECK(run.code == 0);
    CHECK(run.out.find(placed("4 versions, 3 objects, #8 entries, head ")) == 0);
    CHECK(p.verdict().find(run.out.substr(run.out.find("head ") + 5, 64)) != std::string::npos);
    // It can say no: one changed byte in the export.
    p.scratch.write("audit.json", replace_all(p.scratch.read("audit.json"), "wrong site", "wrong side"));
    CHECK(test::run({"python3", script, "repo", "audit.json"}, p.scratch.path()).code == 1);
}

TEST_CASE("check and audit say when what keeps the rows from being changed is gone, or is something else") {
    test::tool_or_skip("python3");
    const Attacked p;
    CHECK(p.json({"tmf", "check"}).find("findings")->items().empty());
    p.sql("DROP TRIGGER review_is_never_changed; CREATE TRIGGER review_is_never_changed BEFORE UPDATE ON review BEGIN SELECT 1; END;"
          "CREATE TRIGGER helper AFTER INSERT ON version BEGIN SELECT 1; END;");
    const std::string check = p.run({"tmf", "check"}).out;
    INFO(check);
    CHECK(check.find("warning  guard-missing  ledger.sqlite: the trigger audit_is_never_changed is gone") != std::string::npos);
    CHECK(check.find("the trigger review_is_never_changed is not the one of this format") != std::string::npos);
    CHECK(check.find("the trigger helper is none of this format") != std::string::npos);
    CHECK(check.find("query_is_never_changed") == std::string::npos); // is there
    const std::string verdict = p.verdict();
    CHECK(verdict.find("the trigger audit_is_never_deleted is gone") != std::string::npos);
    CHECK(verdict.find("the audit trail holds") != std::string::npos); // that nobody used it shows in the chain
}
