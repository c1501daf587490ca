// Several versions of one document corrected in one list: what the versions share is the document's, whichever row says it.
#include "tests/tmf/report_support.hpp"

using namespace tmf_test;

namespace {

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

// D-000001: a contract (05.02.12) of site 701, versions 1.0 and 2.0, each accepted; the study demands the index check before approval.
struct TwoVersions : Program {
    TwoVersions() {
        scratch.write("STUDY.yaml", replace_all(program_study, "review: yes", "review: yes, review_steps: [index]"));
        require({"study", "apply", "STUDY.yaml"});
        import("file,artifact,title,site,document,version,date,status\n"
               "files/a.txt,05.02.12,One,701,CTA,1.0,2025-01-05,final\nfiles/b.txt,05.02.12,Two,701,CTA,2.0,2025-02-05,final\n");
        for (const char* version : {"D-000001@1", "D-000001@2"})
            for (const char* step : {"index", "approval"}) require({"tmf", "review", version, "--step", step, "--accept"});
    }
    std::string correct(const std::string& list) const {
        scratch.write("FIX.csv", list);
        return require({"tmf", "reindex", "FIX.csv", "--reason", "read again"});
    }
    std::string correction_refused(const std::string& list) const {
        scratch.write("FIX.csv", list);
        return refused({"tmf", "reindex", "FIX.csv", "--reason", "read again"});
    }
    std::string place() const {
        const Json shown = json({"tmf", "show", "D-000001"});
        return shown.find("country")->text() + " " + shown.find("site")->text();
    }
    // "@1 index reopened": those of a reopened check
    std::vector<std::string> reopened() const {
        std::vector<std::string> all;
        const Json shown = json({"tmf", "show", "D-000001"});
        for (const Json& r : shown.find("reviews")->items())
            if (r.find("outcome")->text() == "reopened")
                all.push_back(fill("@{} {}", r.find("version")->integer(), r.find("step")->text()));
        return all;
    }
};

} // namespace

TEST_CASE("versions of a document in one list: each gets its own, and the document what either row says of it") {
    const TwoVersions p;
    // The first row is of the document as it was, the second moves it.
    const std::string said = p.correct("document,site,title\nD-000001@1,701,First\nD-000001@2,0702,Second\n");
    CHECK(has(said, "D-000001@1  title One -> First\nD-000001@2  site 701 -> 0702\n"));
    CHECK(has(said, "D-000001@2  title Two -> Second\n"));
    CHECK(has(said, "2 corrected\n"));
    CHECK(p.place() == "USA 0702");
    // And in the other order: the row behind it does not take that back.
    const std::string back = p.correct("document,site,title\nD-000001@2,701,B\nD-000001@1,0702,A\n");
    CHECK(has(back, "D-000001@2  site 0702 -> 701\n"));
    CHECK(has(back, "D-000001@1  title First -> A\n"));
    CHECK(p.place() == "USA 701");
    // Both say it: it is changed once. The artifact in one row, the place in the other: both are.
    const std::string both = p.correct("document,site,title,artifact\nD-000001@1,0702,a,\nD-000001@2,0702,b,05.02.13\n");
    CHECK(has(both, "D-000001@1  site 701 -> 0702\n"));
    CHECK_FALSE(has(both, "D-000001@2  site"));
    CHECK(has(both, "D-000001@2  unique_id 095 -> 096\n"));
    CHECK(p.place() == "USA 0702");
    CHECK(has(p.require({"tmf", "show", "D-000001"}), "05.02.13"));
    p.require({"tmf", "check"});
    CHECK(p.run({"tmf", "audit", "--verify"}).code == 0);
}

TEST_CASE("versions of a document in one list: rows that contradict each other are refused, and nothing is changed") {
    const TwoVersions p;
    const std::string before = p.require({"tmf", "audit", "--json"});
    CHECK(p.correction_refused("document,site,country,title\nD-000001@1,0702,,First\nD-000001@2,-,-,Second\n") ==
          "dossier: FIX.csv, row 3, column document: a row before, for a version of D-000001, changes site 701, USA to site 0702, USA, and "
          "this one to no country or site. Mend: versions of a document share it: say the same in each row, or in one of them only\n");
    CHECK(has(p.correction_refused("document,artifact\nD-000001@1,05.02.13\nD-000001@2,05.02.11\n"), "and this one to artifact 094"));
    CHECK(p.require({"tmf", "audit", "--json"}) == before);
}

TEST_CASE("versions of a document in one list: a check is open again once, however many rows concern it") {
    const TwoVersions p;
    // The place is every version's; the date of the second is its own besides.
    const std::string said = p.correct("document,site,date\nD-000001@1,0702,\nD-000001@2,,2025-02-06\n");
    CHECK(has(said, "D-000001@2  date 2025-02-05 -> 2025-02-06\n"));
    CHECK(p.reopened() == std::vector<std::string>{"@1 index", "@2 index"});
    CHECK(p.refused({"tmf", "review", "D-000001@2", "--accept"}).find("has not passed index") != std::string::npos);
    p.require({"tmf", "check"});
    CHECK(p.run({"tmf", "audit", "--verify"}).code == 0);
}
