// What is said of a decision about an expected document that another decision took out already.
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

TEST_CASE("tmf waive: a decision that may unblind is not told to the blinded") {
    Program p;
    p.require({"tmf", "waive", "S", "EDL-133-01", "--not-applicable", "--reason", "canary"});
    p.user = "bob";
    const auto blind = p.run({"tmf", "waive", "S", "EDL-133-01", "--reason", "x"});
    CHECK(blind.code == 0);
    CHECK(blind.err.empty());
    CHECK(has(blind.out, "EDL-133-01 applies to 1 expected documents today"));
}
