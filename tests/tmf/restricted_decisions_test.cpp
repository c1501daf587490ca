// What the blinded learn of decisions about documents that may unblind, of the whole repository, and by another's name.
#include <catch2/catch.hpp>

#include "tests/support/skip.hpp"
#include "tests/tmf/program.hpp"
#include "tests/tmf/report_support.hpp"

using namespace tmf_test;

namespace {

using Texts = std::vector<std::string>;

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

// ann holds the key. EDL-133-01, treatment allocation, may unblind; EDL-087-01, the investigator's CV, is of each site.
struct Waived : Program {
    Waived() {
        require({"tmf", "waive", "S", "EDL-133-01", "--reason", "canary: the active arm only"});
        require({"tmf", "waive", "S", "EDL-087-01", "--site", "701", "--reason", "on paper"});
    }
    test::Run by(const std::string& who, std::vector<std::string> arguments) {
        user = who;
        const test::Run result = run(std::move(arguments));
        user = "ann";
        return result;
    }
    // ann by name, on a machine without ann's key.
    test::Run without_key(std::vector<std::string> arguments) const {
        arguments.insert(arguments.end(), {"--repo", "repo", "--as", "ann", "--now", now});
        return test::dossier(std::move(arguments), scratch.path(), {"XDG_DATA_HOME=" + (scratch / "elsewhere")});
    }
};

} // namespace

TEST_CASE("the reason of a decision about what may unblind is sealed, and its audit entries are for the unblinded") {
    Waived p;
    for (const char* file : {"repo/ledger.sqlite", "repo/ledger.sqlite-wal"})
        if (test::run({"test", "-e", file}, p.scratch.path()).code == 0) CHECK_FALSE(has(p.scratch.read(file), "canary"));
    for (const Texts& form :
         {Texts{"tmf", "audit"}, Texts{"tmf", "audit", "S"}, Texts{"tmf", "audit", "--format", "csv"}, Texts{"tmf", "audit", "--json"}}) {
        CHECK(has(p.require(form), "canary: the active arm only"));
        const test::Run blind = p.by("bob", form);
        CHECK(blind.code == 0);
        CHECK_FALSE(has(blind.out, "W-000001"));
        CHECK_FALSE(has(blind.out, "EDL-133-01"));
        CHECK(has(blind.out, "W-000002"));
        CHECK_FALSE(has(p.without_key(form).out, "W-000001"));
    }
    CHECK(has(p.by("bob", {"tmf", "unwaive", "S", "EDL-133-01", "--reason", "x"}).err, "no decision about EDL-133-01 is in force"));
    p.require({"tmf", "unwaive", "S", "EDL-133-01", "--reason", "canary: found"});
    CHECK(has(p.require({"tmf", "audit"}), "canary: found"));
    CHECK_FALSE(has(p.by("bob", {"tmf", "audit"}).out, "canary"));
    CHECK_FALSE(has(p.scratch.read("repo/ledger.sqlite"), "canary"));
    CHECK(p.run({"tmf", "check"}).code == 0);
    CHECK(p.run({"tmf", "audit", "--verify"}).code == 0);
}

TEST_CASE("after unblinding a restricted decision counts for the blinded too, its reason stays with the unblinded") {
    Waived p;
    p.require({"milestone", "set", "S", "S11", "2025-09-30"});
    for (const Texts& form : {Texts{"tmf", "completeness", "S", "--format", "csv"}, Texts{"tmf", "report", "S", "waivers"},
                              Texts{"tmf", "report", "S", "waivers", "--known-at", "2025-10-01"}}) {
        const std::string shown = p.require(form), blind = p.by("bob", form).out;
        CHECK(has(shown, "canary: the active arm only"));
        CHECK(has(blind, "EDL-133-01"));
        CHECK(has(blind, "(sealed)"));
        CHECK_FALSE(has(blind, "canary"));
    }
}

TEST_CASE("the audience of reports goes by the key at hand, not by the name") {
    const Waived p;
    for (const Texts& form : {Texts{"tmf", "completeness", "S"}, Texts{"tmf", "completeness", "S", "--totals"},
                              Texts{"tmf", "report", "S", "waivers"}, Texts{"tmf", "sample", "S", "--seed", "x"}}) {
        CHECK(has(p.require(form), "unblinded"));
        const test::Run keyless = p.without_key(form);
        CHECK(keyless.code == 0);
        CHECK_FALSE(has(keyless.out, "unblinded"));
        CHECK(has(keyless.out, "blinded"));
        CHECK(has(keyless.err, "note: this is the answer for the blinded: ann's key for restricted documents is not at hand"));
        Texts wish = form;
        wish.insert(wish.end(), {"--audience", "unblinded"});
        CHECK(p.without_key(wish).code == 3);
        CHECK(has(p.without_key(wish).err, "ann's key for restricted documents is not at hand"));
        wish.back() = "blinded";
        CHECK(p.without_key(wish).err.empty());
    }
}

TEST_CASE("waivers of a site or country: what concerns it, and nothing of other places or of the trial's own documents") {
    Program p;
    p.require({"tmf", "waive", "S", "EDL-087-01", "--site", "701", "--reason", "of 701"});
    p.require({"tmf", "waive", "S", "EDL-087-01", "--site", "0702", "--reason", "of 0702"});
    p.require({"tmf", "waive", "S", "EDL-087-01", "--country", "DE", "--reason", "of all German sites"});
    p.require({"tmf", "waive", "S", "EDL-087-01", "--country", "USA", "--reason", "of all American sites"});
    p.require({"tmf", "waive", "S", "EDL-133-01", "--reason", "of the trial"}); // expected at trial level
    const auto reasons = [&p](const Texts& where) {
        Texts arguments{"tmf", "report", "S", "waivers"};
        arguments.insert(arguments.end(), where.begin(), where.end());
        return column(p.json(arguments), "decisions", "reason");
    };
    CHECK(reasons({"--site", "701"}) == Texts{"of 701", "of all American sites"});
    CHECK(reasons({"--country", "DE"}) == Texts{"of all German sites"});
    CHECK(reasons({"--country", "USA"}) == Texts{"of 701", "of 0702", "of all American sites"});
    CHECK(reasons({}).size() == 5);
}

TEST_CASE("who is unblinded at a site does not read what was decided for the whole trial") {
    Waived p;
    p.scratch.write("bob.pem", p.by("bob", {"user", "key"}).out);
    p.require({"user", "add", "bob", "--role", "unblinded", "--study", "S", "--site", "701", "--cert", "bob.pem"});
    p.require({"user", "add", "bob", "--role", "auditor"});
    CHECK_FALSE(has(p.by("bob", {"tmf", "audit"}).out, "W-000001"));
    CHECK_FALSE(has(p.by("bob", {"tmf", "report", "S", "waivers"}).out, "canary"));
}

TEST_CASE("who is named by a restricted document only does not vanish from the study, whoever applies it") {
    Waived p;
    p.scratch.write("STUDY.yaml",
                    replace_all(program_study, "milestones:", "  - {id: P9, name: Eve Foe, role: monitor, from: 2025-01-01}\nmilestones:"));
    p.require({"study", "apply", "STUDY.yaml"});
    p.require(
        {"tmf", "file", "files/a.txt", "--study", "S", "--artifact", "133", "--date", "2025-02-01", "--status", "final", "--person", "P9"});
    p.scratch.write("STUDY.yaml", program_study);
    CHECK(has(p.refused({"study", "apply", "STUDY.yaml"}), "person P9 is gone, but D-000001 name it"));
    const test::Run blind = p.by("bob", {"study", "apply", "STUDY.yaml"});
    CHECK(blind.code == 3);
    CHECK(has(blind.err, "person P9 is gone, but the record still needs it"));
    CHECK_FALSE(has(blind.err, "D-000001"));
}

TEST_CASE("a check is of the whole, and what it counts is for those who may see the whole") {
    Waived p;
    p.require({"tmf", "file", "files/a.txt", "--study", "S", "--artifact", "133", "--date", "2025-02-01", "--status", "final"});
    CHECK(has(p.require({"tmf", "check", "--read-data"}), "sound: 1 documents, 1 versions, 1 objects"));
    for (const auto& blind : {p.by("bob", {"tmf", "check", "--read-data"}), p.without_key({"tmf", "check", "--read-data"})}) {
        CHECK(blind.code == 0);
        CHECK(has(blind.out, "sound: all of the repository was checked; how much there is, is for those who may see all of it"));
        CHECK_FALSE(has(blind.out + blind.err, "1 "));
    }
    const auto report = parse_json(p.by("bob", {"tmf", "check", "--json"}).out);
    REQUIRE(report);
    CHECK(report->find("verdict")->text() == "sound");
    for (const char* count : {"documents", "versions", "objects", "rollups"}) CHECK(report->find(count)->is_null());
}

TEST_CASE("a damaged restricted document is reported to everybody, and named to those who may see it") {
    test::tool_or_skip("python3");
    Waived p;
    p.require({"tmf", "file", "files/a.txt", "--study", "S", "--artifact", "133", "--date", "2025-02-01", "--status", "final"});
    p.require({"tmf", "file", "files/b.txt", "--study", "S", "--artifact", "02.01.02", "--date", "2025-02-01", "--status", "final"});
    p.require({"tmf", "query", "open", "D-000001", "--text", "why?"});
    const auto sql = [&p](const std::string& text) {
        const test::Run run = test::run(
            {"python3", "-c",
             "import sqlite3\nd = sqlite3.connect('repo/ledger.sqlite')\nd.executescript(\"\"\"" + text + "\"\"\")\nd.commit()\n"},
            p.scratch.path());
        INFO(run.err);
        REQUIRE(run.code == 0);
    };
    sql("UPDATE version SET date = '2025-02-02'; UPDATE document SET country = 'USA';"
        "DROP TRIGGER query_is_never_changed; UPDATE query SET addressee = 'x';");
    REQUIRE(test::run({"sh", "-c", "find repo/objects -type f -exec chmod u+w {} + -exec sh -c 'echo x >> $0' {} ';'"}, p.scratch.path())
                .code == 0);
    const auto both = [](const test::Run& run) { return run.out + run.err; };
    for (int round = 1; round <= 2; ++round) {
        for (const Texts& form : {Texts{"tmf", "check", "--read-data"}, Texts{"tmf", "check", "--read-data", "--json"}}) {
            const std::string seeing = both(p.run(form)), blind = both(p.by("bob", form)), keyless = both(p.without_key(form));
            INFO(seeing << blind);
            CHECK(has(seeing, "D-000001"));
            for (const std::string& text : {blind, keyless}) {
                CHECK_FALSE(has(text, "D-000001"));
                CHECK_FALSE(has(text, "Q-000001"));
                CHECK(has(text, "you may not see"));
                CHECK(has(text, "D-000002@1"));
            }
        }
        if (round == 1)
            sql("DROP TRIGGER version_is_never_deleted; DROP TRIGGER document_is_never_deleted; PRAGMA foreign_keys = OFF;"
                "DELETE FROM version WHERE document = 1;");
    }
    CHECK(has(p.by("bob", {"tmf", "check"}).out, "a document that you may not see has no version"));
}
