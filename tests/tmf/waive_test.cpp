// What is said of a decision about an expected document that another decision took out already.
#include "core/filesystem.hpp"
#include "tests/tmf/program.hpp"

using namespace tmf_test;

namespace {

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

} // namespace

TEST_CASE("tmf waive: what is not applicable already is said, and nothing is counted as taken out") {
    Program p;
    p.require({"tmf", "waive", "S", "EDL-087-01", "--site", "701", "--not-applicable", "--reason", "x"}); // the CV of P1
    const auto waive = [&p](std::vector<std::string> more) {
        more.insert(more.begin(), {"tmf", "waive", "S", "EDL-087-01"});
        return p.run(std::move(more));
    };
    const auto same = waive({"--site", "701", "--reason", "x"});
    CHECK(same.code == 0);
    CHECK(same.err == "note: the expected document is not applicable already (W-000001): this decision takes nothing out\n");
    CHECK(same.out == "W-000002: EDL-087-01 applies to 0 expected documents today\n");
    // Of P1 and P2 the second is left.
    const auto both = waive({"--reason", "x"});
    CHECK(both.err == "note: 1 of the 2 expected documents is not applicable already (W-000001): this decision takes nothing out there\n");
    CHECK(both.out == "W-000003: EDL-087-01 applies to 1 expected documents today\n");
    const auto again = waive({"--not-applicable", "--reason", "x"});
    CHECK(again.err == both.err);
    // All of them now, by two decisions.
    const Json json = p.json({"tmf", "waive", "S", "EDL-087-01", "--reason", "x"});
    CHECK(json.find("slots")->integer() == 0);
    CHECK(json.find("not_applicable")->dump(-1) == R"(["W-000001","W-000004"])");
    CHECK(waive({"--reason", "x"}).err ==
          "note: the 2 expected documents are not applicable already (W-000001, W-000004): this decision takes nothing out\n");
    CHECK(waive({"--site", "701", "--key", "P1", "--points-to", "the vault", "--date", "2025-01-05"}).err ==
          "note: the expected document is not applicable already (W-000001, W-000004): this pointer fills nothing\n");
    // A waiver that is there already is no such thing, and what matches nothing is said as before.
    for (const char* id : {"W-000001", "W-000004"}) p.require({"tmf", "unwaive", "S", id, "--reason", "x"});
    CHECK(waive({"--site", "701", "--reason", "x"}).err.empty());
    CHECK(waive({"--site", "701", "--person", "P2", "--reason", "x"}).err ==
          "note: no expected document of the study matches this today\n");
}

TEST_CASE("tmf waive: a dry run names the expected documents that it would apply to, and records nothing") {
    Program p;
    p.require({"tmf", "waive", "S", "EDL-087-01", "--site", "701", "--not-applicable", "--reason", "x"});
    const std::string before = p.require({"tmf", "audit", "--json"});
    const auto dry = [&p](std::vector<std::string> more) {
        more.insert(more.begin(), {"tmf", "waive", "S"});
        more.emplace_back("--dry-run");
        return p.run(std::move(more));
    };
    const auto sites = dry({"EDL-066-03", "--reason", "x"}); // of each site; no reviewer of its own
    CHECK(sites.code == 0);
    CHECK(sites.err.empty());
    CHECK(sites.out == "  EDL-066-03/USA/0702///\n  EDL-066-03/USA/701///\n"
                       "EDL-066-03 would apply to 2 expected documents today (not written: --dry-run)\n");
    const auto left = dry({"EDL-087-01", "--not-applicable", "--reason", "x"}); // what is not applicable already is none of them
    CHECK(left.out == "  EDL-087-01/USA/0702/P2//\nEDL-087-01 would apply to 1 expected documents today (not written: --dry-run)\n");
    CHECK(has(left.err, "1 of the 2 expected documents is not applicable already (W-000001)"));
    CHECK(has(dry({"EDL-194-01", "--points-to", "EDC vault"}).out, "  EDL-194-01/////\nEDL-194-01 would apply to 1 expected documents"));
    // What the command itself would refuse.
    CHECK(dry({"EDL-066-03"}).code == 2);
    CHECK(dry({"EDL-133-01", "--site", "701", "--reason", "x"}).code == 2);
    CHECK(dry({"EDL-087-01", "--points-to", "EDC vault"}).code == 2);
    const Json json = p.json({"tmf", "waive", "S", "EDL-066-03", "--country", "USA", "--reason", "x", "--dry-run"});
    CHECK(json.find("dry_run")->boolean());
    CHECK(json.find("id")->text().empty());
    CHECK(json.find("applies_to")->dump(-1) == R"(["EDL-066-03/USA/0702///","EDL-066-03/USA/701///"])");
    CHECK(p.require({"tmf", "audit", "--json"}) == before);
    CHECK(p.documents() == 0);
    CHECK(p.require({"tmf", "waive", "S", "EDL-066-03", "--reason", "x"}) ==
          "W-000002: EDL-066-03 applies to 2 expected documents today\n");
    { // It waits for nobody who writes meanwhile.
        const auto held = make_disk_file_system()->lock(p.scratch / "repo/lock", 0);
        REQUIRE(held);
        CHECK(dry({"EDL-133-01", "--reason", "x"}).code == 0);
    }
    // Whoever may not decide there is told nothing of what it would apply to.
    p.require({"user", "add", "mia", "--role", "manager", "--study", "S", "--site", "701"});
    p.user = "mia";
    const auto refused = dry({"EDL-087-01", "--site", "0702", "--reason", "x"});
    CHECK(refused.code == 3);
    CHECK(refused.out.empty());
    CHECK(has(refused.err, "mia may not waive expected documents in site 0702 of study S"));
    CHECK(dry({"EDL-066-03", "--site", "701", "--reason", "x"}).code == 0);
}

TEST_CASE("tmf unwaive: that no reason was given is said, and one that is given is kept") {
    const Program p;
    const std::vector<std::string> waive{"tmf", "waive", "S", "EDL-066-03", "--reason", "x"};
    p.require(waive);
    const auto without = p.run({"tmf", "unwaive", "S", "EDL-066-03", "--reason", " "});
    CHECK(without.code == 0);
    CHECK(without.err == "note: no reason was given; whoever reads the audit trail will miss one (--reason)\n");
    p.require(waive);
    const auto with = p.run({"tmf", "unwaive", "S", "EDL-066-03", "--reason", "found again"});
    CHECK(with.err.empty());
    CHECK(has(p.require({"tmf", "audit"}), "found again"));
}

TEST_CASE("tmf waive: a decision that may unblind is not told to the blinded") {
    Program p;
    p.require({"tmf", "waive", "S", "EDL-133-01", "--not-applicable", "--reason", "canary"});
    p.user = "bob";
    const auto blind = p.run({"tmf", "waive", "S", "EDL-133-01", "--reason", "x"});
    CHECK(blind.code == 0);
    CHECK(blind.err.empty());
    CHECK(has(blind.out, "EDL-133-01 applies to 1 expected documents today"));
}

TEST_CASE("tmf unwaive: no decision ends before the day on which it was made") {
    Program p; // 2025-10-01
    p.require({"tmf", "waive", "S", "EDL-066-03", "--reason", "x"});
    p.now = "2025-09-30T12:00:00Z";
    CHECK(p.refused({"tmf", "unwaive", "S", "EDL-066-03", "--reason", "y"}) ==
          "dossier: W-000001 was made on 2025-10-01, after the day on which it would end (2025-09-30). Mend: leave out --now, or give a "
          "time on or after that day\n");
    CHECK(p.refused({"tmf", "unwaive", "S", "W-000001", "--reason", "y"}).find("was made on 2025-10-01") != std::string::npos);
    p.require({"tmf", "waive", "S", "EDL-066-03", "--reason", "earlier"}); // of these two only that one is in force by then
    CHECK(p.require({"tmf", "unwaive", "S", "EDL-066-03", "--reason", "y"}) == "ended W-000002\n");
    p.now = "2025-10-01T13:00:00Z";
    CHECK(p.require({"tmf", "unwaive", "S", "EDL-066-03", "--reason", "y"}) == "ended W-000001\n");
}
