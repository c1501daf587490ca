// What --now cannot do: bring a role back, unblind a study, or hide what came later from --known-at.
#include <catch2/catch.hpp>

#include "tests/tmf/program.hpp"

using namespace tmf_test;

namespace {

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

struct Clocks : Program {
    test::Run at(const std::string& time, const std::string& who, std::vector<std::string> arguments) {
        const std::string before = now;
        now = time;
        user = who;
        const test::Run result = run(std::move(arguments));
        now = before;
        user = "ann";
        return result;
    }
};

} // namespace

TEST_CASE("clock: a role whose last day was over does not come back with a clock set back") {
    Clocks p; // 2025-10-01
    p.require({"user", "add", "bob", "--role", "filer", "--until", "2025-10-31"});
    const std::vector<std::string> file{"tmf", "file", "files/a.txt", "--study", "S", "--artifact", "02.01.02", "--date", "2025-01-05"};
    CHECK(p.at("2025-10-31T12:00:00Z", "bob", file).code == 0);
    p.now = "2025-11-02T12:00:00Z";
    p.require({"tmf", "file", "files/b.txt", "--study", "S", "--artifact", "02.01.02", "--date", "2025-01-06"});
    for (const char* time : {"2025-10-31T13:00:00Z", "2025-10-02T12:00:00Z", "2025-11-02T12:00:00Z"}) {
        const test::Run late = p.at(time, "bob", {"tmf", "list"});
        CHECK(late.code == 3);
        CHECK(has(late.err, "no role of this user is in force"));
    }
}

TEST_CASE("clock: a version is not reviewed before it was filed") {
    Clocks p;
    p.now = "2025-11-02T12:00:00Z";
    p.require({"tmf", "file", "files/a.txt", "--study", "S", "--artifact", "02.01.02", "--date", "2025-01-05", "--status", "final"});
    const test::Run early = p.at("2025-11-01T12:00:00Z", "ann", {"tmf", "review", "D-000001", "--accept"});
    CHECK(early.code == 3);
    CHECK(has(early.err, "D-000001@1 was filed at 2025-11-02T12:00:00.000000Z, after the time of this review"));
    CHECK(p.at("2025-11-02T12:00:00Z", "ann", {"tmf", "review", "D-000001", "--accept"}).code == 0);
}

TEST_CASE("clock: a study is not unblinded before its day has come on the machine's own clock") {
    Clocks p;
    p.require({"tmf", "file", "files/a.txt", "--study", "S", "--artifact", "11.02.03", "--date", "2025-02-01", "--status", "final",
               "--title", "Master list"});
    p.scratch.write("STUDY.yaml", replace_all(program_study, "{code: \"02\", date: 2025-02-01}",
                                              "{code: \"02\", date: 2025-02-01}, {code: S11, date: 2998-01-15}"));
    p.require({"study", "apply", "STUDY.yaml"});
    p.require({"user", "add", "rev", "--role", "reviewer"});
    for (const std::vector<std::string>& report :
         {std::vector<std::string>{"tmf", "completeness", "S", "--json"}, {"tmf", "report", "S", "timeliness", "--json"}}) {
        const test::Run ahead = p.at("2999-02-01T00:00:00Z", "rev", report);
        CHECK(ahead.code == 0);
        CHECK_FALSE(has(ahead.out, "D-000001"));
    }
    CHECK(p.at("2999-02-01T00:00:00Z", "rev", {"tmf", "completeness", "S", "--totals"}).code == 0);
    CHECK(p.at("2999-02-01T00:00:00Z", "rev", {"tmf", "completeness", "S", "--totals", "--recompute"}).code == 0);
}

TEST_CASE("known-at: an entry that was given a date far ahead is known when the machine's clock dated a later one") {
    Clocks p; // everything so far was given 2025-10-01
    CHECK(p.at("2099-01-01T10:00:00Z", "ann",
               {"tmf", "file", "files/a.txt", "--study", "S", "--artifact", "02.01.02", "--date", "2025-01-03", "--status", "final"})
              .code == 0);
    const auto documents = [&](const std::string& day) {
        const test::Run report =
            p.at("2999-01-01T00:00:00Z", "ann", {"tmf", "report", "S", "timeliness", "--json", "--known-at", day, "--as-of", "2999-01-01"});
        INFO(report.err);
        CHECK(report.code == 0);
        const auto json = parse_json(report.out);
        REQUIRE(json);
        return json->find("figures")->find("documents")->integer();
    };
    CHECK(documents("2098-12-31") == 0); // nothing says otherwise: as it was given
    const test::Run by_machine = test::dossier({"tmf", "file", "files/b.txt", "--study", "S", "--artifact", "02.01.02", "--date",
                                                "2025-01-04", "--status", "final", "--title", "b", "--repo", "repo", "--as", "ann"},
                                               p.scratch.path(), {"XDG_DATA_HOME=" + p.scratch / "data"});
    CHECK(by_machine.code == 0);
    CHECK(documents("2098-12-31") == 2); // both: made before a day that the machine had reached
    CHECK(documents("2025-10-31") == 0);
}
