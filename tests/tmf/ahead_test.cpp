// What was dated ahead with --now has not happened yet: it is in nobody's way, and is replaced by what is done before its time.
#include "tests/tmf/report_support.hpp"
#include "tmf/query_rows.hpp"

using namespace tmf_test;

namespace {

using Texts = std::vector<std::string>;

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

const std::string far = "2999-01-01T00:00:00Z"; // no machine's clock is there

struct Ahead : Program { // one final protocol of the trial, D-000001, filed 2025-10-01
    explicit Ahead(const std::string& steps = "") {
        if (!steps.empty()) {
            scratch.write("STUDY.yaml", replace_all(program_study, "review: yes", "review: yes, review_steps: [" + steps + "]"));
            require({"study", "apply", "STUDY.yaml"});
        }
        require({"tmf", "file", "files/a.txt", "--study", "S", "--artifact", "02.01.02", "--date", "2025-01-05", "--status", "final"});
    }
    test::Run at(const std::string& time, std::vector<std::string> arguments) {
        const std::string before = now;
        now = time;
        test::Run result = run(std::move(arguments));
        now = before;
        INFO(result.out + result.err);
        return result;
    }
    test::Run accept(const std::string& time, const std::string& step = "approval") {
        return at(time, {"tmf", "review", "D-000001", "--step", step, "--accept"});
    }
    test::Run reject(const std::string& time, const std::string& step = "approval") {
        return at(time, {"tmf", "review", "D-000001", "--step", step, "--reject", "other", "--comment", "x"});
    }
    std::string cell(const char* key) const { // of the version
        const Json shown = json({"tmf", "show", "D-000001"});
        const Json* value = shown.find("versions")->items().front().find(key);
        return value ? value->text() : "none";
    }
    // "rejected 2025-10-05, approval 1/1": outcome and day, passed and rejected checks of the approval
    std::string quality(const std::string& day) const {
        const Json report = json({"tmf", "report", "S", "quality", "--as-of", day});
        std::string text = join(column(report, "versions", "outcome"), ",") + " " + join(column(report, "versions", "decided"), ",");
        const auto steps = column(report, "steps", "step");
        for (std::size_t i = 0; i < steps.size(); ++i)
            text += fill(", {} {}/{}", steps[i], column(report, "steps", "passed")[i], column(report, "steps", "rejected")[i]);
        return text;
    }
    std::string query(const std::string& day) const {
        const Json list = json({"tmf", "query", "list", "--study", "S", "--as-of", day});
        if (list.find("queries")->items().empty()) return "none";
        const Json& one = list.find("queries")->items().front();
        return fill("{} since {}, {} days", one.find("state")->text(), one.find("since")->text(), one.find("age_days")->integer());
    }
};

} // namespace

TEST_CASE("a rejection that is dated ahead does not keep a version from being rejected now") {
    Ahead p;
    REQUIRE(p.accept("2025-10-02T12:00:00Z").code == 0);
    REQUIRE(p.reject(far).code == 0);
    CHECK(p.cell("state") == "accepted");
    const test::Run now = p.reject("2025-10-05T12:00:00Z");
    CHECK(now.code == 0);
    CHECK(has(now.err, "note: R-000002 (approval rejected), dated 2999-01-01, is replaced: its time had not come\n"));
    CHECK(p.cell("state") == "rejected");
    CHECK(p.cell("rejected") == "2025-10-05");
    CHECK(p.quality("2025-10-04") == "accepted 2025-10-02, approval 1/0");
    CHECK(p.quality("2025-10-05") == "rejected 2025-10-05, approval 1/1");
    CHECK(p.quality("2999-02-01") == "rejected 2025-10-05, approval 1/1");
    CHECK(has(p.require({"tmf", "show", "D-000001"}), "  approval  rejected 2999-01-01 by ann (replaced): other: x\n"
                                                      "  approval  rejected 2025-10-05 by ann: other: x\n"));
    CHECK(has(p.require({"tmf", "history", "D-000001"}), "R-000002: approval rejected")); // stays in the trail
    p.require({"tmf", "check"});
}

TEST_CASE("an acceptance that is dated ahead gives way to one of now, and to a rejection of now") {
    Ahead p;
    REQUIRE(p.accept(far).code == 0);
    CHECK(p.cell("state") == "final");
    CHECK(p.quality("2025-10-10") == "waiting null");
    const test::Run now = p.accept("2025-10-05T12:00:00Z");
    CHECK(now.code == 0);
    CHECK(has(now.err, "note: R-000001 (approval accepted), dated 2999-01-01, is replaced"));
    CHECK(p.cell("accepted") == "2025-10-05");
    CHECK(p.quality("2025-10-10") == "accepted 2025-10-05, approval 1/0");
    CHECK(p.quality("2999-02-01") == "accepted 2025-10-05, approval 1/0");
    CHECK(has(p.accept("2025-10-06T12:00:00Z").err, "is accepted since 2025-10-05"));

    Ahead other;
    REQUIRE(other.accept(far).code == 0);
    REQUIRE(other.reject("2025-10-05T12:00:00Z").code == 0);
    CHECK(other.cell("accepted") == "none");
    CHECK(other.quality("2999-02-01") == "rejected 2025-10-05, approval 0/1");
}

TEST_CASE("a version is accepted now although its rejection is dated ahead, and stays so on that day") {
    Ahead p;
    REQUIRE(p.reject(far).code == 0);
    REQUIRE(p.accept("2025-10-05T12:00:00Z").code == 0);
    CHECK(p.cell("rejected") == "none");
    CHECK(p.quality("2999-02-01") == "accepted 2025-10-05, approval 1/0");

    Ahead confirmed; // accepted before: since that day
    REQUIRE(confirmed.accept("2025-10-02T12:00:00Z").code == 0);
    REQUIRE(confirmed.reject(far).code == 0);
    REQUIRE(confirmed.accept("2025-10-05T12:00:00Z").code == 0);
    CHECK(confirmed.cell("accepted") == "2025-10-02");
    CHECK(confirmed.quality("2025-10-03") == "accepted 2025-10-02, approval 1/0");
    CHECK(confirmed.quality("2999-02-01") == "accepted 2025-10-02, approval 2/0");
}

TEST_CASE("a time set back undoes nothing that has happened") {
    Ahead p;
    REQUIRE(p.reject("2025-10-05T12:00:00Z").code == 0);
    CHECK(has(p.accept("2025-10-03T12:00:00Z").err, "D-000001@1 was rejected on 2025-10-05"));
    Ahead other;
    REQUIRE(other.accept("2025-10-05T12:00:00Z").code == 0);
    const test::Run early = other.reject("2025-10-03T12:00:00Z");
    CHECK(early.code == 3);
    CHECK(early.err == "dossier: D-000001@1 was checked at 2025-10-05T12:00:00.000000Z (R-000001: approval accepted), after the time of "
                       "this review (2025-10-03T12:00:00.000000Z). Mend: leave out --now, or give a time after that check\n");
    CHECK(other.quality("2999-02-01") == "accepted 2025-10-05, approval 1/0");
}

TEST_CASE("steps that were passed or rejected ahead count from their time on, and are done anew before it") {
    Ahead p("intake");
    REQUIRE(p.accept(far, "intake").code == 0);
    CHECK(has(p.accept("2025-10-02T12:00:00Z").err, "has not passed intake"));
    REQUIRE(p.accept("2025-10-03T12:00:00Z", "intake").code == 0);
    REQUIRE(p.accept("2025-10-04T12:00:00Z").code == 0);
    CHECK(p.quality("2025-10-04") == "accepted 2025-10-04, intake 1/0, approval 1/0");
    CHECK(p.quality("2999-02-01") == "accepted 2025-10-04, intake 1/0, approval 1/0");

    Ahead rejected("intake");
    REQUIRE(rejected.reject(far, "intake").code == 0);
    REQUIRE(rejected.accept("2025-10-03T12:00:00Z", "intake").code == 0); // the same check: nothing is left of the rejection
    CHECK(rejected.cell("rejected") == "none");
    REQUIRE(rejected.accept("2025-10-04T12:00:00Z").code == 0);
    CHECK(rejected.quality("2999-02-01") == "accepted 2025-10-04, intake 1/0, approval 1/0");

    Ahead another("intake"); // of another check it says nothing
    REQUIRE(another.reject(far, "content").code == 0);
    REQUIRE(another.accept("2025-10-03T12:00:00Z", "intake").code == 0);
    CHECK(another.quality("2025-10-04") == "waiting null, intake 1/0");
    CHECK(another.quality("2999-02-01") == "rejected 2999-01-01, intake 1/0, content 0/1");
}

TEST_CASE("a correction of the index opens checks again, also behind a rejection or a pass that is dated ahead") {
    Ahead p("index");
    REQUIRE(p.accept("2025-10-02T12:00:00Z", "index").code == 0);
    REQUIRE(p.accept("2025-10-02T12:00:00Z").code == 0);
    REQUIRE(p.reject(far).code == 0);
    const test::Run corrected =
        p.at("2025-10-03T12:00:00Z", {"tmf", "reindex", "D-000001", "--date", "2025-01-06", "--reason", "read again"});
    CHECK(has(corrected.out, "index: to be checked again (was passed on 2025-10-02, checked by ann)"));
    CHECK(has(corrected.out, "accepted on 2025-10-02: no longer"));

    Ahead passed("index");
    REQUIRE(passed.accept("2025-10-02T12:00:00Z", "index").code == 0);
    REQUIRE(passed.at(far, {"tmf", "reindex", "D-000001", "--date", "2025-01-06", "--reason", "read again"}).code == 0);
    CHECK(has(passed.accept("2025-10-04T12:00:00Z").err, "has not passed index")); // it was corrected at once
    REQUIRE(passed.accept("2025-10-05T12:00:00Z", "index").code == 0);
    CHECK(passed.accept("2025-10-06T12:00:00Z").code == 0);
}

TEST_CASE("a query that was closed ahead is answered and closed now, and reports are right on both days") {
    Ahead p;
    REQUIRE(p.at("2025-10-02T12:00:00Z", {"tmf", "query", "open", "D-000001", "--text", "Which version?"}).code == 0);
    REQUIRE(p.at(far, {"tmf", "query", "close", "Q-000001", "--reason", "x"}).code == 0);
    CHECK(p.query("2025-10-04") == "open since 2025-10-02, 2 days");
    const test::Run answer = p.at("2025-10-05T12:00:00Z", {"tmf", "query", "answer", "Q-000001", "--text", "Version 2"});
    CHECK(answer.code == 0);
    CHECK(answer.err == "note: Q-000001.2 (closed), dated 2999-01-01, is replaced: its time had not come\n");
    const test::Run close = p.at("2025-10-09T12:00:00Z", {"tmf", "query", "close", "Q-000001", "--reason", "clear"});
    CHECK(close.code == 0);
    CHECK(close.err.empty());
    CHECK(p.query("2025-10-06") == "answered since 2025-10-05, 4 days");
    CHECK(p.query("2025-10-10") == "closed since 2025-10-09, 7 days");
    CHECK(p.query("2999-02-01") == "closed since 2025-10-09, 7 days"); // not since the day that was replaced
    REQUIRE(p.at("2025-10-11T12:00:00Z", {"tmf", "query", "close", "Q-000001", "--reopen", "--reason", "page 2"}).code == 0);
    CHECK(p.query("2025-10-12") == "open since 2025-10-11, 10 days");
    p.require({"tmf", "check"});
}

TEST_CASE("nothing happens to a query before an act that has happened") {
    Ahead p;
    REQUIRE(p.at("2025-10-05T12:00:00Z", {"tmf", "query", "open", "D-000001", "--text", "Which version?"}).code == 0);
    const test::Run early = p.at("2025-10-02T12:00:00Z", {"tmf", "query", "close", "Q-000001", "--reason", "nothing to see"});
    CHECK(early.code == 3);
    CHECK(early.err == "dossier: Q-000001 was opened at 2025-10-05T12:00:00.000000Z, after the time of this act "
                       "(2025-10-02T12:00:00.000000Z). Mend: leave out --now, or give a time after that\n");
    REQUIRE(p.at("2025-10-07T12:00:00Z", {"tmf", "query", "answer", "Q-000001", "--text", "2.0"}).code == 0);
    CHECK(has(p.at("2025-10-06T12:00:00Z", {"tmf", "query", "close", "Q-000001", "--reason", "x"}).err, "was answered at 2025-10-07T12"));
    CHECK(p.at("2025-10-07T12:00:00Z", {"tmf", "query", "close", "Q-000001", "--reason", "x"}).code == 0);
    CHECK(p.query("2025-10-04") == "none");
    CHECK(p.query("2025-10-09") == "closed since 2025-10-07, 2 days");
}

TEST_CASE("a ledger that has an act before its question: there is no query before that day, and no words but the question's are asked") {
    using namespace dossier::tmf;
    StoredQuery query{{1, 1, 1, ""},
                      {{QueryAct::Kind::opened, 1, 1, "Which version?", "2026-11-27T12:00:00.000000Z", "ann"},
                       {QueryAct::Kind::closed, 1, 2, "nothing to see", "2026-01-01T00:00:00.000000Z", "mia"}}};
    StoredDocument about{{}, {{}}};
    about.versions.front().document = 1;
    about.versions.front().number = 1;
    CHECK(query_rows({query}, {about}, *parse_date("2026-06-01")).empty());
    const auto rows = query_rows({query}, {about}, *parse_date("2026-11-30"));
    REQUIRE(rows.size() == 1);
    CHECK(rows.front().query.acts.front().text == "Which version?");
    CHECK(rows.front().standing.state == QueryState::closed);
    CHECK(rows.front().standing.closed == parse_date("2026-11-27")); // not before it was asked
    CHECK(rows.front().standing.age == 0);
}

TEST_CASE("a command that writes says that --now lies ahead of the machine's clock, verification and check tell what was dated so") {
    Ahead p;
    const std::string note = "note: --now 2999-01-01T00:00:00Z lies ahead of this machine's clock (";
    CHECK_FALSE(has(p.require({"tmf", "audit", "--verify"}), "ahead of"));
    CHECK_FALSE(has(p.require({"tmf", "check"}), "ahead of"));
    const std::int64_t before = p.json({"tmf", "audit", "--verify"}).find("entries")->integer();
    const test::Run first = p.accept(far);
    REQUIRE(first.code == 0);
    CHECK(first.err.rfind(note, 0) == 0);
    CHECK(first.err.find(note, 1) == std::string::npos); // once
    CHECK(has(first.err, "): what is recorded counts only from then on, and 'dossier tmf audit --verify' tells it\n"));
    CHECK_FALSE(has(p.at(far, {"tmf", "show", "D-000001"}).err, "ahead of")); // it only reads
    const std::string one = fill("entry {} of ann is dated ahead of this machine's clock (", before + 1);
    CHECK(has(p.require({"tmf", "audit", "--verify"}), "note: " + one));
    p.user = "bob";
    p.require({"tmf", "query", "open", "D-000001", "--text", "x"}); // 2025-10-01
    REQUIRE(p.at(far, {"tmf", "query", "close", "Q-000001", "--reason", "x"}).code == 0);
    const std::string two = "2 entries of ann, bob are dated ahead of this machine's clock (";
    const std::string which = fill("): the first is entry {}, the last entry {}", before + 1, before + 3);
    const test::Run verified = p.run({"tmf", "audit", "--verify"});
    CHECK(verified.code == 0);
    CHECK(has(verified.out, two));
    CHECK(has(verified.out, which));
    CHECK(has(verified.out, "the audit trail holds"));
    const test::Run checked = p.run({"tmf", "check"});
    CHECK(checked.code == 0);
    CHECK(has(checked.out, "info  dated-ahead  ledger.sqlite: audit trail: " + two));
    CHECK(has(checked.out, which));
    CHECK(has(checked.out, "sound: "));
    const test::Run made = p.at(far, {"init", "other"});
    CHECK(has(made.err, note));
}
