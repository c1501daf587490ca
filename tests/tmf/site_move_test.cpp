// A study file that corrects the country of a site: what was filed and decided for the site goes with it.
#include "tests/tmf/program.hpp"
#include "tmf/repository.hpp"

using namespace tmf_test;

namespace {

using Texts = std::vector<std::string>;

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

const std::string corrected = replace_all(program_study, "{id: \"701\", country: USA", "{id: \"701\", country: DE");

// Site 701 has the investigator's CV (accepted), the protocol's signature page waived, and a document that may unblind; site 0702 has a CV.
struct Moved : Program {
    Moved() {
        import("file,artifact,site,person,date,status,received,final,accepted,restricted\n"
               "files/a.txt,05.02.04,701,P1,2025-01-05,final,2025-02-01,2025-02-01,2025-02-02,no\n"
               "files/b.txt,05.02.04,0702,P2,2025-01-05,final,2025-02-01,2025-02-01,2025-02-02,no\n"
               "files/c.txt,06.01.04,701,,2025-03-05,final,2025-03-06,2025-03-06,2025-03-06,yes\n");
        require({"tmf", "waive", "S", "EDL-085-01", "--site", "701", "--reason", "signed on paper"});
        require({"tmf", "waive", "S", "EDL-133-01", "--reason", "canary"});
        scratch.write("STUDY.yaml", corrected);
    }
    // What is there of the site, as "slot state", without the country.
    Texts states_of_site() const {
        Texts states;
        const Json report = json({"tmf", "completeness", "S", "--site", "701"});
        for (const Json& row : report.find("rows")->items())
            states.push_back(replace_all(replace_all(row.find("slot")->text(), "/USA/", "//"), "/DEU/", "//") + " " +
                             row.find("state")->text());
        return states;
    }
    std::string as_bob(Texts arguments, int code = 0) {
        user = "bob";
        const auto result = run(std::move(arguments));
        user = "ann";
        INFO(result.err);
        CHECK(result.code == code);
        return result.out + result.err;
    }
};

} // namespace

TEST_CASE("site move: what an older program left behind is told by check, with the command that mends it") {
    Moved p;
    p.require({"study", "apply", "STUDY.yaml"});
    { // As it was before documents and decisions went along.
        const std::shared_ptr<FileSystem> disk = make_disk_file_system();
        const auto repository = tmf::Repository::open(disk, p.scratch / "repo", tmf::Repository::Access::write);
        REQUIRE(repository);
        tmf::Ledger& ledger = (*repository)->stored_ledger();
        std::vector<tmf::Change> changes;
        for (const std::int64_t number : {1, 3}) {
            const auto stored = ledger.document(number);
            REQUIRE((stored && *stored));
            tmf::Change& change = changes.emplace_back();
            change.action = "reindexed";
            change.study = "S";
            change.object = tmf::document_id(number);
            change.document = (*stored)->document;
            change.document->country = "USA";
        }
        const auto decisions = ledger.decisions("S");
        REQUIRE(decisions);
        tmf::Change& change = changes.emplace_back();
        change.action = "decision_moved";
        change.study = "S";
        change.object = "W-000001";
        change.decision = decisions->front();
        change.decision->decision.country = "USA";
        REQUIRE(ledger.commit({"ann", *parse_time("2025-10-01T12:00:00Z"), true}, changes));
    }
    p.require({"tmf", "completeness", "S", "--totals", "--recompute"});
    const std::string said = p.require({"tmf", "check"}); // nothing is damaged
    INFO(said);
    CHECK(has(said,
              "warning  site-elsewhere  ledger.sqlite: study S: D-000001, D-000003 are filed for site 701 in USA, and the site is in DEU: "
              "no expected document counts them\n"
              "       'dossier tmf reindex D-000001 --site 701 --reason TEXT' files it where the site is; many at once: a list with the "
              "columns document and site\n"));
    CHECK(has(said,
              "study S: W-000001 is about site 701 in USA, and the site is in DEU: it takes nothing out of the sums\n"
              "       end it and decide anew: 'dossier tmf unwaive S W-000001 --reason TEXT', then 'dossier tmf waive S EDL-085-01 --site "
              "701 --reason TEXT'\n"));
    CHECK(has(said, "sound: "));
    // D-000003 may unblind: whoever is blinded is not told of it.
    p.require({"user", "add", "bob", "--role", "auditor"});
    const std::string of_bob = p.as_bob({"tmf", "check"});
    INFO(of_bob);
    CHECK(has(of_bob, "study S: D-000001 is filed for site 701 in USA, and the site is in DEU: no expected document counts it\n"));
    CHECK_FALSE(has(of_bob, "D-000003"));
    // The commands that it names mend it.
    p.require({"tmf", "reindex", "D-000001", "--site", "701", "--reason", "the site is in Germany"});
    p.require({"tmf", "reindex", "D-000003", "--site", "701", "--reason", "the site is in Germany"});
    p.require({"tmf", "unwaive", "S", "W-000001", "--reason", "decided anew"});
    p.require({"tmf", "waive", "S", "EDL-085-01", "--site", "701", "--reason", "signed on paper"});
    CHECK_FALSE(has(p.require({"tmf", "check"}), "site-elsewhere"));
    const Texts states = p.states_of_site();
    CHECK(std::count(states.begin(), states.end(), "EDL-087-01//701/P1// satisfied") == 1);
    CHECK(std::count(states.begin(), states.end(), "EDL-085-01//701/P1// waived") == 1);
}

TEST_CASE("site move: documents and decisions go with their site, said before and after, each in the audit trail") {
    Moved p;
    p.now = "2025-10-02T12:00:00Z"; // the day after it was filed
    const Texts before = p.states_of_site();
    CHECK(std::count(before.begin(), before.end(), "EDL-087-01//701/P1// satisfied") == 1);
    CHECK(std::count(before.begin(), before.end(), "EDL-085-01//701/P1// waived") == 1);
    const std::string told = "  sites 701: country USA -> DEU\n"
                             "  people P1 principal_investigator 701: country USA -> DEU\n"
                             "  documents of site 701: 2 go from USA to DEU with it\n"
                             "  decisions of site 701: W-000001 goes from USA to DEU with it\n";
    CHECK(p.require({"study", "apply", "STUDY.yaml", "--dry-run"}) == told + "study S: 4 changes (not written: --dry-run)\n");
    CHECK(p.states_of_site() == before);
    CHECK(p.require({"study", "apply", "STUDY.yaml", "--reason", "the letter head says so"}) == told + "study S: 4 changes\n");
    // The rules of a site look at the site: nothing that was there is missing, nothing else has come.
    CHECK(p.states_of_site() == before);
    CHECK(p.json({"tmf", "list", "--country", "DE"}).find("documents")->items().size() == 2);
    CHECK(p.json({"tmf", "list", "--country", "USA"}).find("documents")->items().size() == 1); // of 0702
    const std::string trail = p.require({"tmf", "audit", "D-000001"});
    CHECK(has(trail, "country USA -> DEU"));
    CHECK(has(trail, "site 701 is in DEU: the letter head says so"));
    CHECK(has(p.require({"tmf", "audit", "S"}), "decision_moved"));
    p.require({"tmf", "unwaive", "S", "EDL-085-01", "--site", "701", "--reason", "it is due after all"});
    // The roll-up and the ledger's rows are what they should be.
    CHECK(p.json({"tmf", "completeness", "S", "--totals"}).find("source")->text() == "rollup");
    CHECK(p.json({"tmf", "completeness", "S", "--totals"}).find("by_site")->dump() ==
          p.json({"tmf", "completeness", "S"}).find("by_site")->dump());
    p.require({"tmf", "check", "--read-data"});
    p.require({"tmf", "audit", "--verify"});
    // What was known the day before stays what it was.
    const Json then = p.json({"tmf", "completeness", "S", "--known-at", "2025-10-01"});
    CHECK(has(then.dump(-1), "\"slot\":\"EDL-087-01/USA/701/P1//\""));
    CHECK(then.find("whole_trial")->find("satisfied")->integer() ==
          p.json({"tmf", "completeness", "S"}).find("whole_trial")->find("satisfied")->integer());
    CHECK(p.require({"study", "apply", "STUDY.yaml"}) == "study S: nothing changed\n");
}

TEST_CASE("site move: what may unblind goes along, and who is blinded learns neither that nor how many") {
    Moved p;
    const std::string told = p.as_bob({"study", "apply", "STUDY.yaml"});
    CHECK(has(told, "documents of site 701: 1 goes from USA to DEU with it"));
    CHECK_FALSE(has(told, "D-000003"));
    CHECK_FALSE(has(p.as_bob({"tmf", "audit"}), "D-000003"));
    const Json shown = p.json({"tmf", "show", "D-000003"});
    CHECK(has(shown.dump(-1), "DEU"));
    CHECK(has(shown.dump(-1), "c.txt")); // its words are still those it was filed with
    CHECK(p.require({"tmf", "get", "D-000003"}) == "content of c\n");
    CHECK(has(p.require({"tmf", "audit", "D-000003"}), "site 701 is in DEU"));
    p.require({"tmf", "check", "--read-data"});
}

TEST_CASE("site move: a country that goes with it may be left out, and a recorded milestone stays with the site") {
    const Moved p;
    p.scratch.write("STUDY.yaml", program_study);
    p.require({"study", "apply", "STUDY.yaml"});
    p.require({"milestone", "set", "S", "T06", "2025-02-20", "--site", "701"});
    p.require({"tmf", "reindex", "D-000002", "--site", "701", "--person", "P1", "--reason", "wrong site"});
    const std::string rest = replace_all(replace_all(corrected, "{code: USA, approved: 2025-02-15}, ", ""),
                                         "  - {id: \"0702\", country: USA, activated: 2025-09-01}\n", "");
    p.scratch.write("STUDY.yaml",
                    replace_all(rest, "  - {id: P2, name: Bob Roe, role: principal_investigator, site: \"0702\", from: 2025-05-01}\n", ""));
    p.require({"study", "apply", "STUDY.yaml"});
    const Json shown = p.json({"study", "show", "S"});
    CHECK(has(shown.find("milestones")->dump(-1), R"("code":"T06","country":"DEU","site":"701","date":"2025-02-20")"));
    CHECK(p.require({"study", "apply", "STUDY.yaml"}) == "study S: nothing changed\n");
    p.require({"tmf", "check"});
}

TEST_CASE("site move: a role that was given for the site stays where it was given, and that is said") {
    const Moved p;
    p.require({"user", "add", "eve", "--role", "auditor", "--study", "S", "--site", "701"});
    p.require({"user", "add", "fay", "--role", "auditor", "--study", "S"}); // covers every country
    const auto run = p.run({"study", "apply", "STUDY.yaml", "--dry-run"});
    CHECK(has(run.err, "note: eve has the role auditor for site 701 in USA, which does not go with it; give it again: 'dossier user add "
                       "eve --role auditor --study S --site 701'"));
    CHECK_FALSE(has(run.err, "fay"));
}
