// Roles, from end to end through the program.
#include <catch2/catch.hpp>

#include "tests/tmf/program.hpp"

using namespace tmf_test;

namespace {

// ann made the repository; bob files and fay reviews at site 701 only, max may do everything, oscar audits.
struct Team : Program {
    Team() {
        import("file,artifact,title,country,site,person,date,status\n"
               "files/a.txt,02.01.02,Protocol,,,,2025-01-05,final\n"
               "files/b.txt,05.02.01,CV of Ann Lee,USA,701,P1,2025-02-01,final\n"
               "files/c.txt,05.02.01,CV of Bob Roe,USA,0702,P2,2025-05-01,final\n");
        add("bob", {"--role", "filer", "--study", "S", "--site", "701", "--name", "Bob Roe"});
        add("fay", {"--role", "reviewer", "--study", "S", "--site", "701"});
        add("max", {"--role", "manager"});
        add("oscar", {"--role", "auditor"});
    }
    void add(const std::string& name, std::vector<std::string> more) const {
        more.insert(more.begin(), {"user", "add", name});
        require(std::move(more));
    }
    test::Run as(const std::string& user_, std::vector<std::string> arguments) const {
        Program* self = const_cast<Team*>(this);
        const std::string before = user;
        self->user = user_;
        const test::Run result = run(std::move(arguments));
        self->user = before;
        return result;
    }
    std::string denied(const std::string& user_, std::vector<std::string> arguments) const {
        const test::Run result = as(user_, std::move(arguments));
        INFO(result.out + result.err);
        CHECK(result.code == 3);
        CHECK(result.out.empty());
        return result.err;
    }
    std::string allowed(const std::string& user_, std::vector<std::string> arguments) const {
        const test::Run result = as(user_, std::move(arguments));
        INFO(result.err);
        CHECK(result.code == 0);
        return result.out;
    }
};

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

std::vector<std::string> filing(const std::string& site, const std::string& person) {
    return {"tmf",      "file", "files/d.txt", "--study",    "S",        "--artifact", "05.02.01", "--site",    site,
            "--person", person, "--date",      "2025-06-01", "--status", "final",      "--title",  "Another CV"};
}

} // namespace

TEST_CASE("with the first role, who has none may do nothing, not even see what there is") {
    const Team team;
    for (const std::vector<std::string>& command :
         std::vector<std::vector<std::string>>{{"tmf", "list"},
                                               {"tmf", "show", "D-000001"},
                                               {"tmf", "get", "D-000001"},
                                               {"tmf", "completeness", "S"},
                                               {"tmf", "audit"},
                                               {"tmf", "audit", "--verify"},
                                               {"tmf", "check"},
                                               {"study", "show", "S"},
                                               {"study", "apply", "STUDY.yaml"},
                                               {"milestone", "set", "S", "03", "2025-03-01", "--site", "701"},
                                               {"user", "list"},
                                               {"user", "add", "eve", "--role", "manager"},
                                               filing("701", "P1")})
        CHECK(has(team.denied("eve", command), "eve is no user of this repository"));
}

TEST_CASE("a filer of one site files there, sees only that site, and does nothing else") {
    const Team team;
    CHECK(has(team.denied("bob", filing("0702", "P2")), "bob may not file documents in site 0702 of study S"));
    CHECK(has(team.allowed("bob", filing("701", "P1")), "filed D-000004@1"));
    const std::string list = team.allowed("bob", {"tmf", "list"});
    CHECK(has(list, "CV of Ann Lee"));
    CHECK_FALSE(has(list, "Protocol"));
    CHECK_FALSE(has(list, "Bob Roe"));
    CHECK(has(list, "2 documents"));
    // The same words as for a number that was never given.
    CHECK(team.denied("bob", {"tmf", "show", "D-000003"}) == replace_all(team.denied("bob", {"tmf", "show", "D-000009"}), "9", "3"));
    CHECK(has(team.denied("bob", {"tmf", "review", "D-000002", "--accept"}), "it takes the role manager or reviewer"));
    CHECK(has(team.denied("bob", {"tmf", "completeness", "S"}), "bob may not read reports in study S"));
    CHECK(has(team.allowed("bob", {"tmf", "completeness", "S", "--site", "701"}), "site 701"));
    CHECK(has(team.denied("bob", {"tmf", "completeness", "S", "--site", "0702"}), "bob may not read reports in site 0702"));
    CHECK(has(team.denied("bob", {"tmf", "audit", "S"}), "it takes the role manager or auditor"));
    CHECK(has(team.allowed("bob", {"tmf", "history", "D-000002"}), "document_filed"));
    CHECK(has(team.denied("bob", {"tmf", "history", "D-000001"}), "there is no document D-000001"));
}

TEST_CASE("the next milestone is the study's, but who sees one site is not told of another") {
    const Team team;
    // After 2025-08-01 the first milestone is the opening of site 0702.
    const std::vector<std::string> report{"tmf", "completeness", "S", "--site", "701", "--as-of", "2025-08-01"};
    CHECK(has(team.allowed("max", report), "by 2025-09-01 (milestone 03, site 0702) "));
    const std::string seen = team.allowed("fay", report);
    CHECK(has(seen, "by 2025-09-01 (milestone 03) "));
    for (const char* form : {"text", "json", "html", "csv"}) {
        auto arguments = report;
        arguments.insert(arguments.end(), {"--format", form});
        CHECK_FALSE(has(team.allowed("fay", arguments), "0702"));
    }
}

TEST_CASE("moving a document takes the right where it was and where it goes") {
    const Team team;
    CHECK(has(team.denied("bob", {"tmf", "reindex", "D-000002", "--site", "0702", "--person", "P2", "--reason", "wrong site"}),
              "bob may not correct what documents were filed as in site 0702"));
    CHECK(has(team.denied("bob", {"tmf", "reindex", "D-000003", "--site", "701", "--person", "P1", "--reason", "wrong site"}),
              "there is no document D-000003"));
    CHECK(has(team.allowed("max", {"tmf", "reindex", "D-000003", "--site", "701", "--person", "P1", "--reason", "wrong site"}),
              "1 corrected"));
}

TEST_CASE("who filed a version does not accept it, and carries no acceptance in with it") {
    const Team team;
    team.allowed("bob", filing("701", "P1"));
    team.add("bob", {"--role", "reviewer", "--study", "S"});
    CHECK(has(team.denied("bob", {"tmf", "review", "D-000004", "--accept"}), "bob may not accept or reject documents that bob filed"));
    CHECK(has(team.allowed("fay", {"tmf", "review", "D-000004", "--accept"}), "accepted"));
    auto carried = filing("701", "P1");
    carried[2] = "files/c.txt"; // other bytes: the same ones would be recognised as filed
    carried.back() = "A third CV";
    carried.insert(carried.end(), {"--final", "2025-06-02", "--accepted", "2025-06-02"});
    CHECK(has(team.denied("bob", carried), "bob may not file documents with dates of review from a former system"));
    CHECK(has(team.allowed("max", carried), "filed D-000005@1"));
}

TEST_CASE("a list with rows that its filer may not file: each is refused with its row, the others are filed") {
    const Team team;
    team.scratch.write("MIXED.csv", "file,artifact,title,site,person,date,status,final,accepted\n"
                                    "files/d.txt,05.02.01,Of Bob Roe,0702,P2,2025-06-01,final,,\n"
                                    "files/d.txt,05.02.01,Of Ann Lee,701,P1,2025-06-02,final,,\n"
                                    "files/d.txt,05.02.01,Of Ann Lee,701,P1,2025-06-03,final,2025-06-03,2025-06-04\n");
    const test::Run whole = team.as("bob", {"tmf", "import", "MIXED.csv", "--study", "S"});
    CHECK(whole.code == 3);
    CHECK(has(whole.err, "MIXED.csv, row 2, column site: bob may not file documents in site 0702"));
    const test::Run run = team.as("bob", {"tmf", "import", "MIXED.csv", "--study", "S", "--keep-going", "--rejects", "rejects.csv"});
    INFO(run.out + run.err);
    CHECK(run.code == 10);
    CHECK(has(run.out, "1 filed, 2 refused"));
    const std::string rejects = team.scratch.read("rejects.csv");
    CHECK(has(rejects, "site: bob may not file documents"));
    CHECK(has(rejects, "accepted: bob may not file documents with dates of review from a former system"));
    CHECK(team.documents() == 4);
}

TEST_CASE("roles are taken at once, stay on record, and the last manager stays") {
    Team team;
    CHECK(has(team.denied("bob", {"user", "revoke", "fay", "--reason", "x"}), "bob may not give and take roles"));
    team.now = "2025-10-02T12:00:00Z";
    team.allowed("max", {"user", "revoke", "bob", "--reason", "left"});
    CHECK(has(team.denied("bob", filing("701", "P1")), "no role of this user is in force"));
    CHECK(has(team.allowed("oscar", {"user", "list", "--as-of", "2025-10-01"}), "bob"));
    CHECK(has(team.allowed("oscar", {"user", "list", "--as-of", "2025-10-02"}), "ended 2025-10-02"));
    CHECK_FALSE(has(team.allowed("oscar", {"user", "list", "--as-of", "2025-10-03"}), "bob"));
    CHECK_FALSE(has(team.allowed("oscar", {"user", "list", "--as-of", "2025-09-30"}), "bob"));
    // A clock set back does not bring a role back.
    team.now = "2025-10-01T12:00:00Z";
    CHECK(has(team.denied("bob", filing("701", "P1")), "no role of this user is in force"));
    team.now = "2025-10-03T12:00:00Z";
    team.allowed("max", {"user", "revoke", "ann", "--role", "manager", "--reason", "left"}); // her key stays: nobody else has one
    CHECK(has(team.denied("max", {"user", "revoke", "max", "--reason", "me too"}),
              "nobody could give roles in the whole repository any more"));
    CHECK(has(team.allowed("oscar", {"tmf", "audit"}), "role_taken"));
    CHECK(team.as("oscar", {"tmf", "check"}).code == 0);
    CHECK(team.as("oscar", {"tmf", "audit", "--verify"}).code == 0);
}

TEST_CASE("user list in its forms, a manager of one study gives roles there only") {
    const Team team;
    team.add("mia", {"--role", "manager", "--study", "S"});
    CHECK(has(team.denied("mia", {"user", "add", "eve", "--role", "filer"}), "mia may not give and take roles in the whole repository"));
    CHECK(has(team.allowed("mia", {"user", "add", "eve", "--role", "filer", "--study", "S", "--country", "US"}),
              "eve is filer of country USA of study S"));
    const Json list = team.json({"user", "list"});
    CHECK(list.find("enforced")->boolean());
    CHECK(list.find("grants")->items().size() == 5 + 6); // ann's five, bob, fay, max, oscar, mia, eve
    const std::string csv = team.require({"user", "list", "--format", "csv"});
    CHECK(has(csv, "G-000006,bob,Bob Roe,filer,S,USA,701,2025-10-01T12:00:00.000000Z,,ann,,,"));
    CHECK(has(team.refused({"user", "add", "eve", "--role", "filler"}), "did you mean filer?"));
    CHECK(has(team.refused({"user", "add", "bob", "--role", "filer", "--study", "S", "--site", "701"}),
              "bob is filer of site 701 of study S already"));
    CHECK(has(team.refused({"user", "add", "eve", "--role", "filer", "--site", "701"}, 2), "a site belongs to a study"));
    CHECK(has(team.refused({"user", "add", " ", "--role", "filer"}), "this cannot be the name of a user"));
}

TEST_CASE("a repository made by one person works as before, and says so") {
    const Program p;
    const Json list = p.json({"user", "list"});
    CHECK_FALSE(list.find("enforced")->boolean());
    CHECK(list.find("grants")->items().size() == 5);
    CHECK(p.require({"user", "list"}).find("roles do not hold yet") != std::string::npos);
    Program q;
    q.user = "somebody else";
    q.require({"tmf", "file", "files/a.txt", "--study", "S", "--artifact", "02.01.02", "--date", "2025-01-05"});
}
