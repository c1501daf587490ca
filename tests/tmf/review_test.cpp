// Reviews in steps, queries, certified copies: through the program, as people use them.
#include "tests/tmf/program.hpp"

using namespace tmf_test;

namespace {

// The small study that demands all three steps before approval; one final protocol, D-000001, filed by ann.
struct InSteps : Program {
    InSteps() {
        scratch.write("STUDY.yaml", replace_all(program_study, "review: yes", "review: yes, review_steps: [content, intake, index]"));
        require({"study", "apply", "STUDY.yaml"});
        require({"tmf", "file", "files/a.txt", "--study", "S", "--artifact", "02.01.02", "--date", "2025-01-05", "--status", "final"});
    }
    std::string step(const std::string& name) const { return require({"tmf", "review", "D-000001", "--step", name, "--accept"}); }
    std::string shown() const { return require({"tmf", "show", "D-000001"}); }
};

std::string text(const Json& json, const char* key) {
    const Json* value = json.find(key);
    return value ? value->text() : "(none)";
}

} // namespace

TEST_CASE("review steps: approval is refused until every demanded step is passed, and names those that are missing") {
    const InSteps p;
    CHECK(p.refused({"tmf", "review", "D-000001", "--accept"}) ==
          "dossier: D-000001@1 has not passed intake, index, content, which the study demands before approval. Mend: 'dossier tmf review "
          "D-000001@1 --step intake --accept' when that check is done\n");
    // Steps come in their own order, whatever order the study file lists them in.
    CHECK(p.refused({"tmf", "review", "D-000001", "--step", "content", "--accept"})
              .find("has not passed intake, index, which the study demands before content") != std::string::npos);
    CHECK(p.step("intake") == "D-000001@1 passed the step intake on 2025-10-01\n");
    CHECK(p.refused({"tmf", "review", "D-000001", "--step", "intake", "--accept"}) ==
          "dossier: D-000001@1 passed the step intake on 2025-10-01, checked by ann\n");
    CHECK(p.refused({"tmf", "review", "D-000001", "--accept"}).find("has not passed index, content, which") != std::string::npos);
    p.step("index");
    p.step("content");
    CHECK(p.shown().find("accepted") == std::string::npos); // no step is an approval
    CHECK(p.require({"tmf", "review", "D-000001", "--accept", "--comment", "complete"}) == "D-000001@1 accepted on 2025-10-01\n");
    const std::string shown = p.shown();
    for (const char* line : {"  intake    passed 2025-10-01 by ann\n", "  index     passed 2025-10-01 by ann\n",
                             "  content   passed 2025-10-01 by ann\n", "  approval  passed 2025-10-01 by ann: complete\n"})
        CHECK(shown.find(line) != std::string::npos);
    const std::string history = p.require({"tmf", "history", "D-000001"});
    CHECK(history.find("step_passed  D-000001@1\n        R-000001: intake accepted\n") != std::string::npos);
    CHECK(history.find("version_accepted  D-000001@1\n        R-000004: approval accepted\n") != std::string::npos);
    p.require({"tmf", "check"});
}

TEST_CASE("a rejection at any step rejects the version, a new version starts its steps anew") {
    const InSteps p;
    p.step("intake");
    CHECK(p.require({"tmf", "review", "D-000001", "--step", "index", "--reject", "wrong_place", "--comment", "it is of site 701"}) ==
          "D-000001@1 rejected on 2025-10-01 in the step index\n");
    CHECK(p.shown().find("version 1  rejected\n") != std::string::npos);
    CHECK(p.shown().find("  index     rejected 2025-10-01 by ann: wrong_place: it is of site 701\n") != std::string::npos);
    CHECK(p.refused({"tmf", "review", "D-000001", "--step", "index", "--accept"})
              .find("was rejected on 2025-10-01. Mend: file a new "
                    "version") != std::string::npos);
    p.require({"tmf", "file", "files/b.txt", "--study", "S", "--artifact", "02.01.02", "--date", "2025-01-05", "--status", "final",
               "--document", "D-000001"});
    CHECK(p.refused({"tmf", "review", "D-000001", "--accept"}).find("D-000001@2 has not passed intake, index, content") !=
          std::string::npos); // what version 1 passed says nothing about version 2
    const Json shown = p.json({"tmf", "show", "D-000001"});
    REQUIRE(shown.find("reviews")->items().size() == 2);
    const Json& last = shown.find("reviews")->items()[1];
    CHECK(text(last, "id") == "R-000002");
    CHECK(text(last, "step") == "index");
    CHECK(text(last, "outcome") == "rejected");
    CHECK(text(last, "code") == "wrong_place");
    CHECK(text(last, "by") == "ann");
    CHECK(last.find("version")->integer() == 1);
}

TEST_CASE("codes belong to steps, approval takes every code, an unknown one names the nearest") {
    const InSteps p;
    const auto reject = [&](const std::string& step, const std::string& code) {
        return p.refused({"tmf", "review", "D-000001", "--step", step, "--reject", code, "--comment", "x"}, 2);
    };
    CHECK(reject("intake", "unsigned") == "dossier: unsigned is not looked for in the step intake. Mend: the codes of this step are "
                                          "illegible, damaged_file, missing_page, several_documents, duplicate, personal_data, "
                                          "not_certified, other\n");
    CHECK(reject("content", "unsignd") == "dossier: there is no code unsignd for a rejection. Mend: did you mean unsigned?\n");
    CHECK(p.refused({"tmf", "review", "D-000001", "--step", "content", "--reject", "unsigned"}, 2).find("a rejection needs words") !=
          std::string::npos);
    CHECK(p.run({"tmf", "review", "D-000001", "--step", "second", "--accept"}).code == 2);
    p.require({"tmf", "review", "D-000001", "--reject", "unsigned", "--comment", "page 3"});
}

TEST_CASE("study file: steps and critical artifacts are closed lists") {
    const Program p;
    const auto refused = [&](const std::string& keys) {
        p.scratch.write("STUDY.yaml", replace_all(program_study, "review: yes", "review: yes, " + keys));
        return p.refused({"study", "apply", "STUDY.yaml"});
    };
    CHECK(refused("review_steps: [intak]").find("review_steps: there is no step \"intak\". Mend: the steps are intake, index, content") !=
          std::string::npos);
    CHECK(refused("review_steps: [approval]").find("approval is what the steps come before") != std::string::npos);
    CHECK(refused("critical: [02.01.99]").find("critical: ") != std::string::npos);
    p.scratch.write("STUDY.yaml", replace_all(program_study, "review: yes", "review: yes, critical: []"));
    CHECK(p.require({"study", "apply", "STUDY.yaml"}).find("study: critical []") != std::string::npos);
    CHECK(p.require({"study", "apply", "STUDY.yaml"}) == "study S: nothing changed\n"); // an empty list survives the ledger
}

TEST_CASE("a query: asked, answered, closed, reopened, every act stays, ages follow the day asked for") {
    Program p;
    p.require({"tmf", "file", "files/a.txt", "--study", "S", "--artifact", "02.01.02", "--date", "2025-01-05"});
    CHECK(p.require({"tmf", "query", "open", "D-000001", "--text", "Which version?", "--to", "site 701"}) ==
          "Q-000001 opened about D-000001@1\n");
    p.now = "2025-10-05T12:00:00Z";
    p.require({"tmf", "query", "answer", "Q-000001", "--text", "Version 2"});
    p.now = "2025-10-09T12:00:00Z";
    p.require({"tmf", "query", "answer", "q-1", "--text", "Version 2.1, sorry"});
    p.require({"tmf", "query", "close", "Q-000001", "--reason", "clear"});
    p.now = "2025-10-20T12:00:00Z";
    CHECK(p.refused({"tmf", "query", "answer", "Q-000001", "--text", "x"}) ==
          "dossier: Q-000001 was closed on 2025-10-09 by ann. Mend: 'dossier tmf query close Q-000001 --reopen --reason ...' opens it "
          "again\n");
    p.require({"tmf", "query", "close", "Q-000001", "--reopen", "--reason", "page 2 says 2.0"});
    CHECK(p.refused({"tmf", "query", "close", "Q-000001", "--reopen", "--reason", "x"}).find("is not closed, so it cannot be reopened") !=
          std::string::npos);
    CHECK(p.refused({"tmf", "query", "close", "Q-000009", "--reason", "x"}).find("there is no query Q-000009") != std::string::npos);
    CHECK(p.refused({"tmf", "query", "close", "D-000001", "--reason", "x"}).find("\"D-000001\" is not a query. Mend: write Q-000012") !=
          std::string::npos);

    const auto on = [&](const std::string& day) {
        const Json list = p.json({"tmf", "query", "list", "--study", "S", "--as-of", day});
        if (list.find("queries")->items().empty()) return std::string("none");
        const Json& query = list.find("queries")->items().front();
        return fill("{} since {}, {} days, {} acts", text(query, "state"), text(query, "since"), query.find("age_days")->integer(),
                    query.find("thread")->items().size());
    };
    CHECK(on("2025-09-30") == "none");
    CHECK(on("2025-10-04") == "open since 2025-10-01, 3 days, 1 acts");
    CHECK(on("2025-10-07") == "answered since 2025-10-05, 6 days, 2 acts");
    CHECK(on("2025-10-15") == "closed since 2025-10-09, 8 days, 4 acts"); // its age stopped when it was closed
    CHECK(on("2025-10-31") == "open since 2025-10-20, 30 days, 5 acts");  // and runs on from the first question when reopened
    CHECK(p.require({"tmf", "query", "list", "--open", "--as-of", "2025-10-15"}) == "0 queries on 2025-10-15, 0 not closed\n");
    const std::string csv = p.require({"tmf", "query", "list", "--format", "csv"});
    CHECK(csv.find("\r\nQ-000001,open,19,2025-10-01,2025-10-20,,site 701,S,D-000001@1,") != std::string::npos);
    p.require({"tmf", "query", "list", "--format", "xlsx", "--output", "queries.xlsx"});

    const std::string history = p.require({"tmf", "history", "D-000001"});
    for (const char* action : {"query_opened", "query_answered", "query_closed", "query_reopened"})
        CHECK(history.find(std::string(action) + "  D-000001@1\n") != std::string::npos);
    CHECK(history.find("why: Version 2.1, sorry") != std::string::npos);
    p.require({"tmf", "check"});
    p.require({"tmf", "audit", "--verify"});
}

TEST_CASE("certified copies: kept with the version, shown, in lists and the trail, half of the facts is an error of that row") {
    const Program p;
    const std::string header = "file,artifact,status,copy_certified_by,copy_certified_on,copy_statement,copy_source\n";
    const auto refused = [&](const std::string& cells) { return p.import_refused(header + "files/a.txt,02.01.02,final," + cells + "\n"); };
    CHECK(refused("Ann Lee,2025-09-01,,") ==
          "dossier: LIST.csv, row 2, column copy_statement: the row speaks of a certified copy and does not say what was certified. Mend: "
          "fill copy_statement, or clear all columns copy_...\n");
    CHECK(refused(",,,binder 4").find("3 errors; nothing was filed") != std::string::npos);
    CHECK(refused("Ann Lee,2025-10-02,exact copy,").find("copy_certified_on 2025-10-02 is in the future (today is 2025-10-01)") !=
          std::string::npos);
    p.import(header + "files/a.txt,02.01.02,final,Ann Lee,2025-09-01,exact copy of the signed original,binder 4\n");
    const std::string shown = p.require({"tmf", "show", "D-000001"});
    CHECK(shown.find("  copy      certified by Ann Lee on 2025-09-01: exact copy of the signed original\n") != std::string::npos);
    CHECK(shown.find("  original  binder 4\n") != std::string::npos);
    const std::string csv = p.require({"tmf", "list", "--format", "csv"});
    CHECK(csv.find(",copy_certified_by,copy_certified_on,copy_statement,copy_source") != std::string::npos);
    CHECK(csv.find(",Ann Lee,2025-09-01,exact copy of the signed original,binder 4") != std::string::npos);
    CHECK(p.require({"tmf", "audit", "S", "--json"}).find(R"(\"copy_certified_by\":\"Ann Lee\",\"copy_certified_on\":\"2025-09-01\")") !=
          std::string::npos);
    // The same bytes again with another certification: nothing is filed, and that is said.
    p.scratch.write("LIST.csv", header + "files/a.txt,02.01.02,final,Bob Roe,2025-09-02,exact copy,\n");
    CHECK(p.run({"tmf", "import", "LIST.csv", "--study", "S"}).err.find("what is said of its certification was left as it was") !=
          std::string::npos);
    p.require({"tmf", "reindex", "D-000001", "--copy-certified-by", "Bob Roe", "--reason", "it was Bob"});
    CHECK(p.require({"tmf", "show", "D-000001"}).find("certified by Bob Roe on 2025-09-01") != std::string::npos);
    p.require({"tmf", "file", "files/b.txt", "--study", "S", "--artifact", "01.01.01", "--copy-certified-by", "Ann Lee",
               "--copy-certified-on", "2025-09-30", "--copy-statement", "true copy"});
    p.require({"tmf", "check"});
}
