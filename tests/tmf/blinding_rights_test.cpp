// Who may say that a study is unblinded, or that a document that may unblind does not; and what a manager of one place is told of others.
#include <catch2/catch.hpp>

#include "tests/tmf/program.hpp"

using namespace tmf_test;

namespace {

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

struct Blinded : Program {
    Blinded() {
        require({"user", "add", "max", "--role", "manager"});
        require({"user", "add", "fil", "--role", "filer"});
        require({"user", "add", "mia", "--role", "manager", "--study", "S", "--site", "701"});
    }
    test::Run as(const std::string& who, std::vector<std::string> arguments) {
        user = who;
        const test::Run result = run(std::move(arguments));
        user = "ann";
        return result;
    }
    std::string denied(const std::string& who, std::vector<std::string> arguments) {
        const test::Run result = as(who, std::move(arguments));
        INFO(result.out + result.err);
        CHECK(result.code == 3);
        CHECK(result.out.empty());
        return result.err;
    }
    void study(const std::string& from, const std::string& to) const {
        const std::string text = replace_all(program_study, from, to);
        REQUIRE(text != program_study);
        scratch.write("STUDY.yaml", text);
    }
};

} // namespace

TEST_CASE("unblinding: S11 and imp_blinded take an unblinded role, in the command and in the study file") {
    Blinded p;
    const char* const who_may = "it takes the role unblinded";
    CHECK(has(p.denied("max", {"milestone", "set", "S", "S11", "2025-09-30"}), who_may));
    p.study("{code: \"02\", date: 2025-02-01}", "{code: \"02\", date: 2025-02-01}, {code: S11, date: 2025-09-30}");
    CHECK(has(p.denied("max", {"study", "apply", "STUDY.yaml"}), who_may));
    p.study("switches: {imp_blinded: yes}", "switches: {imp_blinded: no}");
    CHECK(has(p.denied("max", {"study", "apply", "STUDY.yaml"}), who_may));
    p.study("activated: 2025-03-01}", "activated: 2025-03-01, switches: {imp_blinded: no}}");
    CHECK(has(p.denied("max", {"study", "apply", "STUDY.yaml"}), who_may));
    // Not the plan of it, and nothing else of the study.
    CHECK(p.as("max", {"milestone", "set", "S", "S11", "2026-09-30", "--planned"}).code == 0);
    CHECK(p.as("max", {"milestone", "set", "S", "03", "2025-09-01", "--site", "701"}).code == 0);
    // The first user has all roles; what she set a blinded manager does not take back.
    p.require({"milestone", "set", "S", "S11", "2025-09-30"});
    CHECK(has(p.denied("max", {"milestone", "set", "S", "S11", "none"}), who_may));
}

TEST_CASE("restricted no: a filer who is blinded does not open what the model marks, his row is refused alone") {
    Blinded p;
    p.scratch.write("LIST.csv", "file,artifact,title,date,status,restricted\nfiles/a.txt,01.01.02,Plan,2025-01-01,final,no\n"
                                "files/b.txt,11.02.03,canary,2025-01-01,final,no\nfiles/c.txt,11.02.04,Sealed,2025-01-01,final,\n");
    const std::string refused = p.denied("fil", {"tmf", "import", "LIST.csv", "--study", "S"});
    CHECK(has(refused,
              "LIST.csv, row 3, column restricted: documents of 11.02.03 are for unblinded people, and fil is in no unblinded role "
              "here. Mend: leave restricted empty, which seals the document; only an unblinded role may file it open to all"));
    CHECK_FALSE(has(refused, "row 2"));
    const test::Run kept = p.as("fil", {"tmf", "import", "LIST.csv", "--study", "S", "--keep-going", "--rejects", "rejects.csv"});
    CHECK(kept.code == 10);
    CHECK(has(kept.out, "2 filed, 1 refused"));
    CHECK(has(p.scratch.read("rejects.csv"), "restricted: documents of 11.02.03 are for unblinded people"));
    CHECK(has(p.denied("fil", {"tmf", "file", "files/b.txt", "--study", "S", "--artifact", "11.02.03", "--date", "2025-01-01",
                               "--restricted", "no"}),
              "only an unblinded role may file it open"));
}

TEST_CASE("a manager of one site is told nothing of other sites' documents and decisions by apply and unwaive") {
    Blinded p;
    p.require({"tmf", "file", "files/a.txt", "--study", "S", "--artifact", "05.02.04", "--site", "0702", "--person", "P2", "--date",
               "2025-06-01", "--status", "final"});
    p.require({"tmf", "waive", "S", "EDL-066-03", "--site", "0702", "--reason", "private"});
    const auto told = [&](const std::vector<std::string>& command) {
        const test::Run run = p.as("mia", command);
        INFO(run.out + run.err);
        CHECK(run.code == 3);
        CHECK_FALSE(has(run.out + run.err, "D-000001"));
        CHECK_FALSE(has(run.out + run.err, "W-00000"));
        return run.out + run.err;
    };
    p.study("  - {id: P2, name: Bob Roe, role: principal_investigator, site: \"0702\", from: 2025-05-01}\n", "");
    const std::string removing = told({"study", "apply", "STUDY.yaml"});
    p.scratch.write("STUDY.yaml", program_study + "safety_notices: []\n");
    CHECK(removing == told({"study", "apply", "STUDY.yaml"})); // whatever the file says
    CHECK(removing == told({"study", "apply", "STUDY.yaml", "--dry-run"}));
    CHECK(has(removing, "mia may not change the facts of studies in study S"));
    // A decision of another site, and one that does not exist.
    const auto unwaive = [&](const std::string& id) { return p.as("mia", {"tmf", "unwaive", "S", id, "--reason", "x"}).err; };
    CHECK(replace_all(unwaive("W-000001"), "W-000001", "W") == replace_all(unwaive("W-000007"), "W-000007", "W"));
    CHECK(has(unwaive("W-000001"), "no decision W-000001 is in force in study S"));
    CHECK(p.run({"tmf", "unwaive", "S", "W-000001", "--reason", "x"}).code == 0);
}

TEST_CASE("a result is never written into a repository") {
    Blinded p;
    p.require({"tmf", "file", "files/a.txt", "--study", "S", "--artifact", "02.01.02", "--date", "2025-06-01", "--status", "final"});
    p.scratch.write("LIST.csv", "file,artifact\nfiles/none.txt,05.02.12\n");
    REQUIRE(test::run({"ln", "-s", "repo/objects", p.scratch / "link"}).code == 0);
    const std::string before = p.require({"tmf", "audit", "--json"});
    const std::vector<std::vector<std::string>> commands{
        {"tmf", "list", "--format", "csv", "--output", "repo/ledger.sqlite"},
        {"tmf", "list", "--format", "xlsx", "--output", "repo/objects/list.xlsx"},
        {"tmf", "list", "--format", "csv", "--output", "link/list.csv"},
        {"tmf", "get", "D-000001", "--output", "repo"},
        {"tmf", "audit", "--verify", "--write-checkpoint", "repo/dossier.yaml"},
        {"tmf", "import", "LIST.csv", "--study", "S", "--keep-going", "--rejects", "repo/rejects.csv"},
    };
    for (const auto& command : commands) {
        const test::Run run = p.run(command);
        INFO(run.out + run.err);
        CHECK(run.code == 3);
        CHECK(has(run.err, "where only its own commands write. Mend: name a file outside of it"));
    }
    CHECK(p.require({"tmf", "audit", "--json"}) == before);
    CHECK(p.require({"tmf", "check"}) != "");
    CHECK(p.run({"tmf", "list", "--format", "csv", "--output", "list.csv"}).code == 0);
    CHECK(p.run({"tmf", "completeness", "S", "--as-of", ""}).code == 2);
    CHECK(has(p.run({"tmf", "completeness", "S", "--as-of", ""}).err, "--as-of needs a day, and got none"));
}
