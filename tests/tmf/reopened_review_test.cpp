// A correction of the index after somebody checked it: the check speaks of what was checked, so it is open again, and so is an approval
// that the study makes wait for it (docs/quality.md).
#include "tests/tmf/report_support.hpp"

using namespace tmf_test;

namespace {

// The small study; one final protocol of the trial, D-000001.
struct Checked : Program {
    explicit Checked(const std::string& steps) {
        scratch.write("STUDY.yaml", replace_all(program_study, "review: yes", "review: yes, review_steps: [" + steps + "]"));
        require({"study", "apply", "STUDY.yaml"});
        require({"tmf", "file", "files/a.txt", "--study", "S", "--artifact", "02.01.02", "--date", "2025-01-05", "--status", "final",
                 "--version", "1.0"});
    }
    void pass(const std::string& step) { require({"tmf", "review", "D-000001", "--step", step, "--accept"}); }
    std::string correct(std::vector<std::string> what) {
        what.insert(what.begin(), {"tmf", "reindex", "D-000001", "--reason", "read again"});
        return require(what);
    }
    std::string state() const { // of the version filed first
        const Json shown = json({"tmf", "show", "D-000001"});
        return shown.find("versions")->items().front().find("state")->text();
    }
    std::vector<std::string> reviews() const {
        std::vector<std::string> all;
        const Json shown = json({"tmf", "show", "D-000001"});
        for (const Json& r : shown.find("reviews")->items())
            all.push_back(fill("@{} {} {}", r.find("version")->integer(), r.find("step")->text(), r.find("outcome")->text()));
        return all;
    }
};

} // namespace

TEST_CASE("a corrected index has to be checked again, in history, show, review and report") {
    Checked p("intake, index, content");
    p.pass("intake");
    p.pass("index");
    p.now = "2025-10-02T12:00:00Z";
    p.user = "bob";
    CHECK(p.correct({"--date", "2025-01-06"}) ==
          "D-000001@1  date 2025-01-05 -> 2025-01-06\n"
          "D-000001@1  index: to be checked again (was passed on 2025-10-01, checked by ann)\n1 corrected\n");
    CHECK(p.refused({"tmf", "review", "D-000001", "--step", "content", "--accept"})
              .find("has not passed index, which the study demands before content") != std::string::npos);
    CHECK(p.require({"tmf", "show", "D-000001"})
              .find("  index     passed 2025-10-01 by ann\n  index     reopened 2025-10-02 by bob: read again\n") != std::string::npos);
    CHECK(p.require({"tmf", "history", "D-000001"}).find("reindexed  D-000001@1\n        R-000003: index reopened\n") != std::string::npos);
    const Json report = p.json({"tmf", "report", "S", "quality"});
    CHECK(column(report, "steps", "step") == std::vector<std::string>{"intake", "index"});
    CHECK(column(report, "steps", "reopened") == std::vector<std::string>{"0", "1"});
    p.pass("index"); // that may be passed again
    p.pass("content");
    p.pass("approval");
    CHECK(p.reviews() == std::vector<std::string>{"@1 intake accepted", "@1 index accepted", "@1 index reopened", "@1 index accepted",
                                                  "@1 content accepted", "@1 approval accepted"});
    p.require({"tmf", "check"});
}

TEST_CASE("an approval that the study makes wait for the index check ends with it, and is given anew") {
    Checked p("index");
    p.pass("index");
    p.pass("approval");
    CHECK(p.state() == "accepted");
    p.now = "2025-11-01T12:00:00Z";
    p.user = "bob";
    const std::string said = p.correct({"--artifact", "02.01.01"});
    CHECK(said.find("D-000001@1  index: to be checked again (was passed on 2025-10-01, checked by ann)\n") != std::string::npos);
    CHECK(said.find("D-000001@1  accepted on 2025-10-01: no longer, the study demands the index check first\n") != std::string::npos);
    CHECK(p.state() == "final");
    // Nobody has accepted what it is filed as now: it counts as in review, not as satisfied.
    const auto counted = [&] {
        const Json report = p.json({"tmf", "completeness", "S"});
        for (const Json& row : report.find("rows")->items())
            if (row.find("artifact")->text() == "02.01.01") return row.find("state")->text();
        return std::string("nowhere");
    };
    CHECK(counted() == "in_review");
    CHECK(figure(p.json({"tmf", "report", "S", "quality"}), "waiting") == 1);
    CHECK(p.refused({"tmf", "review", "D-000001", "--accept"}).find("has not passed index") != std::string::npos);
    p.pass("index");
    p.pass("approval");
    CHECK(counted() == "satisfied");
    const Json report = p.json({"tmf", "report", "S", "quality"});
    CHECK(column(report, "versions", "decided") == std::vector<std::string>{"2025-11-01"});
    CHECK(column(report, "versions", "by") == std::vector<std::string>{"bob"}); // who accepted it as it stands, not who did before
    // On 2025-10-31 it was known as accepted under its old number.
    const Json then = p.json({"tmf", "report", "S", "quality", "--known-at", "2025-10-31"});
    CHECK(column(then, "versions", "artifact") == std::vector<std::string>{"02.01.02"});
    CHECK(column(then, "versions", "outcome") == std::vector<std::string>{"accepted"});
    p.require({"tmf", "check"});
}

TEST_CASE("without the index step among those demanded the approval stands, the recorded check is open again all the same") {
    Checked p("content");
    p.pass("content");
    p.pass("approval");
    p.pass("index"); // the check of a sample, after approval
    p.correct({"--date", "2025-01-07"});
    CHECK(p.state() == "accepted");
    CHECK(p.reviews().back() == "@1 index reopened");
    p.pass("index");
}

TEST_CASE(
    "only what decides what a document counts for re-opens the check: not a title, not the same value again, not what was never checked") {
    Checked p("index");
    CHECK(p.correct({"--date", "2025-01-08"}).find("again") == std::string::npos); // nobody had checked
    p.pass("index");
    CHECK(p.correct({"--title", "Protocol, signed"}).find("again") == std::string::npos);
    CHECK(p.correct({"--date", "2025-01-08"}) == "0 corrected\n");
    CHECK(p.reviews() == std::vector<std::string>{"@1 index accepted"});
    const auto reopens = [&](const std::vector<std::string>& what) {
        INFO(join(what, " "));
        CHECK(p.correct(what).find("index: to be checked again") != std::string::npos);
        p.pass("index");
    };
    reopens({"--version", "1.1"});
    reopens({"--language", "de"});
    reopens({"--expires", "2026-01-01"});
    reopens({"--artifact", "05.02.04", "--site", "701"});
    reopens({"--person", "P1"});
    reopens({"--site", "0702", "--person", "P2"});
    reopens({"--restricted", "yes"});
    p.require({"tmf", "check"});
}

TEST_CASE("artifact and place belong to the document: their correction re-opens the check of every version that stands") {
    Checked p("index");
    p.pass("index");
    p.require({"tmf", "file", "files/b.txt", "--study", "S", "--artifact", "02.01.02", "--date", "2025-02-05", "--status", "final",
               "--version", "2.0", "--document", "D-000001"});
    p.require({"tmf", "review", "D-000001@2", "--step", "index", "--accept"});
    p.require({"tmf", "review", "D-000001@1", "--accept"});
    // The date is version 2's own.
    p.correct({"--date", "2025-02-06"});
    CHECK(p.reviews().back() == "@2 index reopened");
    CHECK(p.state() == "accepted");
    p.require({"tmf", "review", "D-000001@2", "--step", "index", "--accept"});
    // The artifact is everybody's.
    const std::string said = p.correct({"--artifact", "02.01.01"});
    for (const char* version : {"D-000001@1", "D-000001@2"})
        CHECK(said.find(std::string(version) + "  index: to be checked again") != std::string::npos);
    const auto all = p.reviews();
    REQUIRE(all.size() >= 2);
    CHECK(std::vector<std::string>(all.end() - 2, all.end()) == std::vector<std::string>{"@2 index reopened", "@1 index reopened"});
    CHECK(p.state() == "final");
    CHECK(p.require({"tmf", "history", "D-000001"}).find("step_reopened  D-000001@1\n        R-000007: index reopened\n") !=
          std::string::npos);
    p.require({"tmf", "check"});
}

TEST_CASE("a dry run says what would have to be checked again, and re-opens nothing") {
    Checked p("index");
    p.pass("index");
    CHECK(p.correct({"--date", "2025-01-09", "--dry-run"}).find("index: to be checked again") != std::string::npos);
    CHECK(p.reviews() == std::vector<std::string>{"@1 index accepted"});
    p.pass("approval");
    // A rejected version waits for nothing.
    p.require({"tmf", "review", "D-000001", "--reject", "other", "--comment", "no"});
    p.correct({"--date", "2025-01-10"});
    CHECK(p.reviews().back() == "@1 approval rejected");
}
