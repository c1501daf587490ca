// A document that is made restricted after a check had spoken against it: allowed, and told to whoever sees both.
#include <catch2/catch.hpp>

#include "tests/tmf/program.hpp"

using namespace tmf_test;

namespace {

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

struct Late : Program { // ann holds the key; bob has the folder and no key
    std::string file(const std::string& name) {
        return require({"tmf", "file", fill("files/{}.txt", name), "--study", "S", "--artifact", "032", "--date", "2025-01-05", "--status",
                        "final", "--title", name});
    }
    void restrict(const std::string& document, const std::string& time) {
        now = time;
        user = "bob";
        require({"tmf", "reindex", document, "--restricted", "yes", "--reason", "x"});
        user = "ann";
    }
    std::vector<std::string> notes() const {
        std::vector<std::string> found;
        const Json report = json({"tmf", "check"});
        CHECK(report.find("verdict")->text() == "sound");
        for (const Json& finding : report.find("findings")->items())
            if (finding.find("rule")->text() == "restricted-later") {
                CHECK(finding.find("severity")->text() == "info");
                found.push_back(finding.find("path")->text() + ": " + finding.find("message")->text());
            }
        return found;
    }
};

} // namespace

TEST_CASE("restricted later: what was rejected or asked about before is told to who sees it, and is no damage") {
    Late p; // 2025-10-01
    for (const char* name : {"a", "b", "c", "d"}) p.file(name);
    p.now = "2025-10-02T12:00:00Z";
    p.require({"tmf", "review", "D-000001", "--reject", "unsigned", "--comment", "bad"});
    p.require({"tmf", "query", "open", "D-000001", "--text", "why?"});
    p.require({"tmf", "query", "open", "D-000002", "--text", "why?"});
    p.require({"tmf", "query", "answer", "Q-000002", "--text", "because"});
    p.require({"tmf", "query", "open", "D-000003", "--text", "why?"});
    p.require({"tmf", "query", "close", "Q-000003", "--reason", "clear"});
    CHECK(p.notes().empty());
    for (const char* id : {"D-000001", "D-000002", "D-000003", "D-000004"}) p.restrict(id, "2025-10-03T12:00:00Z");
    // Afterwards: no business of this note.
    p.now = "2025-10-04T12:00:00Z";
    p.require({"tmf", "review", "D-000004", "--reject", "unsigned", "--comment", "bad"});
    p.require({"tmf", "query", "close", "Q-000001", "--reason", "clear"});
    const std::vector<std::string> expected = {
        "D-000001: made restricted on 2025-10-03 (time given by --now) by bob, when D-000001@1 had been rejected on 2025-10-02 and "
        "Q-000001 "
        "was not closed; reports for the blinded leave it out until the study is unblinded",
        "D-000002: made restricted on 2025-10-03 (time given by --now) by bob, when Q-000002 was not closed; reports for the blinded leave "
        "it out until the study is unblinded"};
    CHECK(p.notes() == expected);
    const std::string text = p.require({"tmf", "check"});
    CHECK(has(text, "info  restricted-later  D-000001: made restricted on 2025-10-03"));
    CHECK(has(text, "sound: 4 documents"));
    CHECK_FALSE(has(text, "leftovers"));
    p.user = "bob";
    CHECK(p.notes().empty());
    CHECK_FALSE(has(p.require({"tmf", "check"}), "restricted"));
}

TEST_CASE("restricted later: what was restricted from the beginning has no note") {
    Late p;
    p.require({"tmf", "file", "files/a.txt", "--study", "S", "--artifact", "032", "--date", "2025-01-05", "--status", "final",
               "--restricted", "yes"});
    p.require({"tmf", "review", "D-000001", "--reject", "unsigned", "--comment", "bad"});
    p.require({"tmf", "reindex", "D-000001", "--date", "2025-01-06", "--reason", "misread"});
    CHECK(p.notes().empty());
}
