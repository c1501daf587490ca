// Times that a user gave with --now: marked where dates are read, told by the verification, and without power over what was known.
#include <catch2/catch.hpp>

#include "tests/tmf/program.hpp"
#include "tests/tmf/report_support.hpp"

using namespace tmf_test;

namespace {

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

// By the clock of the machine.
test::Run witnessed(const Program& p, std::vector<std::string> arguments) {
    arguments.insert(arguments.end(), {"--repo", "repo", "--as", p.user});
    return test::dossier(std::move(arguments), p.scratch.path(), {"XDG_DATA_HOME=" + p.scratch / "data"});
}

} // namespace

TEST_CASE("what was filed or reviewed at a time given by --now says so in show and in the report of timeliness") {
    const Program p;
    p.require({"tmf", "file", "files/a.txt", "--study", "S", "--artifact", "032", "--date", "2025-01-05", "--status", "final"});
    REQUIRE(witnessed(p, {"tmf", "file", "files/b.txt", "--study", "S", "--artifact", "001", "--date", "2025-02-01"}).code == 0);
    CHECK(has(p.require({"tmf", "show", "D-000001"}), "clock     time given by --now: document_filed\n"));
    CHECK_FALSE(has(p.require({"tmf", "show", "D-000002"}), "--now"));
    REQUIRE(witnessed(p, {"tmf", "review", "D-000001", "--reject", "other", "--comment", "x"}).code == 0);
    CHECK(has(p.require({"tmf", "show", "D-000001"}), "time given by --now: document_filed\n"));
    p.require({"tmf", "reindex", "D-000002", "--date", "2025-01-31", "--reason", "misread"});
    const Json given = *p.json({"tmf", "show", "D-000002"}).find("given_times");
    REQUIRE(given.members().size() == 1);
    CHECK(given.members()[0].first == "D-000002@1");

    const Program other;
    other.require({"tmf", "file", "files/a.txt", "--study", "S", "--artifact", "032", "--date", "2025-01-05", "--status", "final"});
    REQUIRE(witnessed(other, {"tmf", "file", "files/b.txt", "--study", "S", "--artifact", "001", "--date", "2025-02-01"}).code == 0);
    const test::Run report = witnessed(other, {"tmf", "report", "S", "timeliness", "--json"});
    REQUIRE(report.code == 0);
    const auto timeliness = parse_json(report.out);
    REQUIRE(timeliness);
    CHECK(column(*timeliness, "documents", "time_given") == std::vector<std::string>{"yes", "no"});
    CHECK(figure(*timeliness, "time_given") == 1);
}

TEST_CASE("entries dated before an earlier one are told by the verification, which holds with them") {
    Program p; // 2025-10-01T12:00:00Z
    CHECK_FALSE(has(p.require({"tmf", "audit", "--verify"}), "note:"));
    const std::size_t before = p.json({"tmf", "audit"}).find("entries")->items().size();
    p.now = "2025-03-01T08:00:00Z";
    p.require({"tmf", "file", "files/a.txt", "--study", "S", "--artifact", "032", "--date", "2025-01-05", "--status", "final"});
    p.now = "2025-11-01T12:00:00Z";
    p.require({"tmf", "file", "files/b.txt", "--study", "S", "--artifact", "001", "--date", "2025-01-05", "--status", "final"});
    const std::string note = fill(
        "entry {} of ann is dated 2025-03-01T08:00:00.000000Z (time given by --now), before entry {} (2025-10-01T", before + 1, before);
    CHECK(has(p.require({"tmf", "audit", "--verify"}), "note: " + note));
    const Json report = p.json({"tmf", "audit", "--verify"});
    CHECK(report.find("verdict")->text() == "holds");
    REQUIRE(report.find("notes")->items().size() == 1);
    CHECK(has(report.find("notes")->items()[0].text(), note));
}

TEST_CASE("known-at: what was dated back afterwards was not known then") {
    Program p; // 2025-10-01
    p.now = "2025-11-01T12:00:00Z";
    p.require({"tmf", "file", "files/a.txt", "--study", "S", "--artifact", "032", "--date", "2025-01-05", "--status", "final"});
    const auto documents = [&p](const char* day) {
        return column(p.json({"tmf", "report", "S", "timeliness", "--known-at", day}), "documents", "document");
    };
    using Texts = std::vector<std::string>;
    p.now = "2025-10-15T12:00:00Z"; // after the entry of November
    p.require({"tmf", "file", "files/b.txt", "--study", "S", "--artifact", "001", "--date", "2025-01-05", "--status", "final"});
    p.now = "2025-12-01T12:00:00Z";
    CHECK(documents("2025-10-20") == Texts{});
    CHECK(documents("2025-10-31") == Texts{});
    CHECK(documents("2025-11-01") == Texts{"D-000001@1", "D-000002@1"});
}
