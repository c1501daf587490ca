// tmf completeness --totals, and tmf check over roll-ups, through the program.
#include "tests/tmf/program.hpp"

using namespace tmf_test;

namespace {

struct Totals : Program {
    Json totals(const std::string& audience) const { return json({"tmf", "completeness", "S", "--totals", "--audience", audience}); }
    static std::string source(const Json& report) { return report.find("source")->text(); }

    // The totals are those of the report with rows, whatever they were read from; and the check counts both audiences anew.
    void require_kept() const {
        for (const char* audience : {"blinded", "unblinded"}) {
            const Json brief = totals(audience), full = json({"tmf", "completeness", "S", "--audience", audience});
            CHECK(source(brief) == "rollup");
            CHECK(source(full) == "computed");
            CHECK(brief.find("rows") == nullptr);
            for (const char* part :
                 {"due_now", "by_next_milestone", "whole_trial", "by_site", "by_place", "counted", "as_of", "model", "edl", "review"})
                CHECK(brief.find(part)->dump() == full.find(part)->dump());
        }
        CHECK(json({"tmf", "check"}).find("rollups")->integer() == 2);
    }

    void sql(const std::string& text) const { // somebody with a SQLite shell
        const auto done = test::run(
            {"python3", "-c", "import sqlite3, sys\nd = sqlite3.connect('repo/ledger.sqlite')\nd.execute(sys.argv[1])\nd.commit()\n", text},
            scratch.path());
        INFO(done.err);
        REQUIRE(done.code == 0);
    }
};

} // namespace

TEST_CASE("totals come from the roll-up after every command that changes what is counted") {
    const Totals place;
    place.require_kept(); // 'study apply' made it
    place.import(
        "file,artifact,site,person,date,status\nfiles/a.txt,02.01.02,,,2025-01-05,final\nfiles/b.txt,05.02.04,701,P1,2025-01-05,final\n");
    place.require_kept();
    const auto satisfied = [&place] { return place.totals("unblinded").find("whole_trial")->find("satisfied")->integer(); };
    CHECK(satisfied() == 0); // the study reviews: nothing counts before it is accepted
    place.require({"tmf", "review", "D-000002", "--accept"});
    CHECK(satisfied() == 1);
    place.require_kept();
    place.require({"tmf", "reindex", "D-000002", "--site", "0702", "--person", "P2", "--reason", "wrong site"});
    place.require_kept();
    place.require({"tmf", "waive", "S", "EDL-087-01", "--site", "701", "--reason", "not needed"});
    place.require_kept();
    place.require({"tmf", "unwaive", "S", "EDL-087-01", "--site", "701", "--reason", "needed"});
    place.require_kept();
    place.require({"milestone", "set", "S", "09", "2025-09-30", "--site", "701"});
    place.require_kept();
}

TEST_CASE("totals of another day are counted, those of a new present day are stored for the next time") {
    Totals place;
    CHECK(Totals::source(place.json({"tmf", "completeness", "S", "--totals", "--as-of", "2025-09-01"})) == "computed");
    CHECK(Totals::source(place.json({"tmf", "completeness", "S", "--totals", "--site", "701"})) == "computed");
    place.now = "2025-10-02T12:00:00Z";
    CHECK(Totals::source(place.totals("blinded")) == "computed");
    CHECK(Totals::source(place.totals("blinded")) == "rollup");
    CHECK(Totals::source(place.totals("unblinded")) == "rollup");
    CHECK(place.require({"tmf", "completeness", "S", "--totals"}).find("read from the roll-up") != std::string::npos);
    CHECK(place.refused({"tmf", "completeness", "S", "--recompute"}, 2).find("--recompute belongs to --totals") != std::string::npos);
}

TEST_CASE("a roll-up that was tampered with is found, and can be counted anew") {
    const Totals place;
    place.sql("UPDATE rollup SET satisfied = satisfied + 1 WHERE audience = 'blinded' AND site = '701'");
    const auto report = place.json({"tmf", "check"}, 10);
    REQUIRE(report.find("findings")->items().size() == 1);
    CHECK(report.find("findings")->items()[0].find("rule")->text() == "rollup-differs");
    CHECK(report.find("findings")->items()[0].find("message")->text() ==
          "study S, blinded audience: the roll-up of 2025-10-01 is not what counting gives");
    CHECK(Totals::source(place.json({"tmf", "completeness", "S", "--totals", "--recompute"})) == "computed");
    place.require_kept();
}

TEST_CASE("what is changed past the program makes the roll-up stale") {
    const Totals place;
    place.import("file,artifact,site,person,date,status\nfiles/b.txt,05.02.04,701,P1,2025-01-05,final\n");
    place.sql("UPDATE version SET accepted = '2025-09-01'");
    CHECK(Totals::source(place.totals("unblinded")) == "computed");
}
