#include <catch2/catch.hpp>

#include <map>

#include "core/json.hpp"
#include "tests/support/python.hpp"

// Completeness of the sample trial, through the program as a user runs it.

namespace {

const std::string samples = test::build_folder() + "/samples";

// A repository with the sample trial in it.
class Trial {
public:
    Trial() {
        run({"init", scratch_ / "repository"});
        run({"study", "apply", samples + "/trial/study.yaml"});
        run({"tmf", "import", samples + "/trial/documents.csv", "--study", "MDL-201"});
    }
    dossier::Json completeness(const std::string& as_of, const std::string& audience) {
        const auto run_ = run({"tmf", "completeness", "MDL-201", "--as-of", as_of, "--audience", audience, "--json"});
        auto json = dossier::parse_json(run_.out);
        REQUIRE(json);
        return *json;
    }
    test::Run run(std::vector<std::string> arguments) {
        for (const char* one : {"--repo", "", "--as", "demo", "--now", "2026-06-30T12:00:00Z"}) arguments.push_back(one);
        arguments[arguments.size() - 5] = scratch_ / "repository";
        const auto result = test::dossier(arguments, {}, {"XDG_DATA_HOME=" + (scratch_ / "data")});
        INFO(result.err);
        REQUIRE(result.code == 0);
        return result;
    }

private:
    test::Scratch scratch_;
};

struct Slot {
    std::string state, due;
    std::int64_t expected = 0, satisfied = 0;
    bool operator==(const Slot&) const = default;
};

std::map<std::string, Slot> slots_of(const dossier::Json& report) {
    std::map<std::string, Slot> slots;
    for (const auto& row : report.find("rows")->items())
        slots[row.find("slot")->text()] = {row.find("state")->text(), row.find("due")->text(), row.find("expected")->integer(),
                                           row.find("satisfied")->integer()};
    return slots;
}

std::string total_of(const dossier::Json& report, const char* name) {
    const auto* total = report.find(name);
    return std::to_string(total->find("satisfied")->integer()) + " of " + std::to_string(total->find("expected")->integer()) + " = " +
           std::to_string(total->find("percent")->number());
}

} // namespace

TEST_CASE("completeness of the sample trial is what a second program counts, slot by slot") {
    const std::string python = test::python_with("yaml");
    const std::string source = test::source_folder();
    Trial trial;
    for (const char* as_of : {"2025-01-15", "2025-09-10", "2026-01-08", "2026-06-04", "2026-06-30"})
        for (const char* audience : {"blinded", "unblinded"}) {
            INFO(as_of << " " << audience);
            const auto report = trial.completeness(as_of, audience);
            const auto oracle = test::run({python, source + "/tests/samples/completeness_oracle.py", source + "/templates",
                                           source + "/samples/trial/study.yaml", source + "/samples/trial/documents.csv", as_of, audience});
            INFO(oracle.err);
            const auto expected = dossier::parse_json(oracle.out);
            REQUIRE(expected);
            const auto counted = slots_of(report), wanted = slots_of(*expected);
            for (const auto& [slot, want] : wanted) {
                INFO(slot << " should be " << want.state << ", due " << want.due);
                REQUIRE(counted.count(slot) == 1);
                CHECK(counted.at(slot) == want);
            }
            CHECK(counted.size() == wanted.size());
            for (const char* total : {"due_now", "by_next_milestone", "whole_trial"})
                CHECK(total_of(report, total) == total_of(*expected, total));
        }
}

TEST_CASE("slots of three sample sites on 2026-06-30, reasoned out by hand") {
    Trial trial;
    const auto slots = slots_of(trial.completeness("2026-06-30", "unblinded"));
    const auto state = [&](const std::string& slot) { return slots.count(slot) ? slots.at(slot).state : "no slot"; };
    const auto due = [&](const std::string& slot) { return slots.count(slot) ? slots.at(slot).due : "no slot"; };

    // Site 102 opened on 2025-04-02. Dr. Okafor's curriculum vitae is of 2024-02-12: valid for two years, until 2026-02-12.
    CHECK(state("EDL-087-01/USA/102/P111//") == "expired");
    CHECK(due("EDL-087-01/USA/102/P111//") == "2025-04-02");
    // His certificate in good clinical practice counts for three years.
    CHECK(state("EDL-090-01/USA/102/P111/gcp/") == "satisfied");
    // The committee's approval ended on 2026-03-16 and there is no renewal; the report for its first year (since 2025-03-17) was due on
    // 2026-03-17, and 30 days of grace are over.
    CHECK(state("EDL-066-03/USA/102///") == "expired");
    CHECK(state("EDL-073-01/USA/102//Y1/") == "overdue");
    CHECK(due("EDL-073-01/USA/102//Y1/") == "2026-03-17");
    // Dr. Price joined on 2025-10-01: due on joining. Her training record is there, a debarment statement is not.
    CHECK(state("EDL-104-01/USA/102/P112//") == "satisfied");
    CHECK(state("EDL-011-02/USA/102/P112//") == "overdue");
    CHECK(due("EDL-011-02/USA/102/P112//") == "2025-10-01");

    // Site 202: the principal investigator changed. Dr. Gagnon still owes (and has) what was due while he was there.
    CHECK(state("EDL-085-01/CAN/202/P211//") == "satisfied");
    CHECK(state("EDL-085-01/CAN/202/P212//") == "overdue"); // Dr. Lavoie, from 2026-02-02: no signature page
    CHECK(state("EDL-087-01/CAN/202/P212//") == "satisfied");
    // The approval of 2025 ended on 2026-06-04; the renewal is received and final, not accepted.
    CHECK(state("EDL-066-03/CAN/202///") == "in_review");
    // The report of the visit of 2026-03-17 was due 30 days later.
    CHECK(state("EDL-107-01/CAN/202//V202-2/") == "overdue");
    CHECK(due("EDL-107-01/CAN/202//V202-2/") == "2026-04-16");
    CHECK(state("EDL-107-01/CAN/202//V202-1/") == "satisfied");
    // The consent form: version 2.0 answers the event of 2025-09-01 and is the version in force.
    CHECK(state("EDL-040-04/CAN/202//ICF2/") == "satisfied");
    CHECK(state("EDL-040-03/CAN/202///") == "satisfied");

    // Site 303 has not opened; it is planned for 2026-08-17, so nothing is due yet, and what is there counts already.
    CHECK(state("EDL-087-01/DEU/303/P321//") == "satisfied");
    CHECK(state("EDL-080-01/DEU/303///") == "satisfied");
    CHECK(state("EDL-082-01/DEU/303///") == "in_review"); // the visit report waits for its check
    CHECK(state("EDL-095-01/DEU/303///") == "not_due");
    CHECK(due("EDL-095-01/DEU/303///") == "2026-08-17");
    CHECK(state("EDL-086-01/DEU/303//A1/") == "no slot"); // amendment 1 came before the site was open

    // The trial: both versions of the protocol; the list of procedures is a pointer; the rejected financial disclosure of site 101.
    CHECK(state("EDL-032-01/////") == "satisfied");
    CHECK(state("EDL-032-02////PV2/") == "satisfied");
    CHECK(state("EDL-004-01/////") == "satisfied");
    CHECK(state("EDL-093-01/USA/101/P102//") == "overdue");
    // One training record for four people.
    for (const char* person : {"S01", "S02", "S03", "S04"}) CHECK(state(std::string("EDL-253-02///") + person + "/TR-A1/") == "satisfied");
}

TEST_CASE("restricted slots of the sample trial are hidden from the blinded") {
    Trial trial;
    const auto blinded = slots_of(trial.completeness("2026-06-30", "blinded"));
    const auto unblinded = slots_of(trial.completeness("2026-06-30", "unblinded"));
    CHECK(blinded.count("EDL-213-01/////") == 0); // master randomisation list
    CHECK(unblinded.count("EDL-213-01/////") == 1);
    CHECK(blinded.count("EDL-133-01/////") == 0); // treatment allocation
    CHECK(blinded.count("EDL-211-01/////") == 1); // randomisation plan
    CHECK(unblinded.at("EDL-213-01/////").state == "satisfied");
}
