// --known-at gives, later, what the program answered then. The oracle is the program itself on that day: its answers are kept while a
// random history grows, and asked for again at the end.
#include "tests/tmf/program.hpp"

#include "core/time.hpp"
#include "tests/support/run.hpp"
#include "tmf/known_state.hpp"

#include <random>
#include <set>

using namespace tmf_test;

namespace {

class History {
public:
    explicit History(std::uint32_t seed) : random_(seed) { program.scratch.write("files/e.txt", "content of e\n"); }

    Program program;
    Date day = *parse_date("2025-10-01");

    void next_day() {
        day = day.plus_days(1 + static_cast<std::int64_t>(pick(40)));
        hour_ = 0;
    }
    void step() {
        program.now = fill("{}T{:02}:59:59.999999Z", day.text(), ++hour_); // the last moments of an hour, 23 at most
        switch (pick(8)) {
        case 0:
        case 1:
        case 2:
            return file();
        case 3:
            return review();
        case 4:
            return correct();
        case 5:
            return decide();
        case 6:
            return set_milestone();
        default:
            return apply();
        }
    }
    // What the program says at the end of the day; `ahead` is --as-of a day that has not come.
    std::vector<std::string> answers(const std::vector<std::string>& more) {
        std::vector<std::string> all;
        for (const char* audience : {"blinded", "unblinded"})
            for (const std::string& as_of : {std::string(), day.plus_days(60).text(), std::string("2025-10-15")}) {
                std::vector<std::string> arguments{"tmf", "completeness", "S", "--audience", audience};
                if (!as_of.empty()) arguments.insert(arguments.end(), {"--as-of", as_of});
                arguments.insert(arguments.end(), more.begin(), more.end());
                Json json = program.json(arguments);
                if (!more.empty()) CHECK(json.find("known_at")->text() == more.back());
                all.push_back(json.set("known_at", Json()).dump());
            }
        return all;
    }

private:
    std::size_t pick(std::size_t below) { return random_() % below; } // not uniform, and the same everywhere
    void may_fail(const std::vector<std::string>& arguments) {
        const test::Run result = program.run(arguments);
        INFO(join(arguments, " ") << ": " << result.err);
        const bool done_or_refused = result.code == 0 || result.code == 3 || result.code == 10; // 10: some rows were refused
        CHECK(done_or_refused);
    }
    std::string some_document() { return fill("D-{:06}", 1 + pick(static_cast<std::size_t>(documents_) + 1)); }

    void file() {
        static const char* const rows[] = {"001,,,,",      "032,,,,", "087,,701,P1,", "090,,701,P1,gcp",
                                           "086,,701,,A1", "133,,,,", "036,USA,,,"};
        const std::string filed = pick(2) == 0 ? "" : day.plus_days(-static_cast<std::int64_t>(pick(200))).text();
        std::string list = "artifact,country,site,person,event,file,date,status,document,received,final,expires,version\n";
        const std::size_t count = 1 + pick(2);
        for (std::size_t i = 0; i < count; ++i)
            list += fill("{},files/{}.txt,{},{},X{},{},{},{},{}\n", std::string_view(rows[pick(7)]),
                         std::string(1, static_cast<char>('a' + pick(5))), day.plus_days(-300).text(),
                         std::string_view(filed.empty() && pick(3) == 0 ? "draft" : "final"), pick(12), filed, filed,
                         day.plus_days(static_cast<std::int64_t>(pick(300))).text(), ++label_);
        program.scratch.write("LIST.csv", list);
        may_fail({"tmf", "import", "LIST.csv", "--study", "S", "--keep-going"});
        documents_ = static_cast<std::int64_t>(program.documents());
    }
    void review() {
        if (pick(3) > 0)
            may_fail({"tmf", "review", some_document(), "--accept"});
        else
            may_fail({"tmf", "review", some_document(), "--reject", "missing_page", "--comment", "page 3"});
    }
    void correct() { may_fail({"tmf", "reindex", some_document(), "--date", day.plus_days(-20).text(), "--reason", "wrong date"}); }
    void decide() {
        const std::string rule = pick(2) == 0 ? "EDL-001-01" : "EDL-133-01";
        std::vector<std::string> arguments{"tmf", pick(3) > 0 ? "waive" : "unwaive", "S", rule, "--reason", "agreed"};
        if (arguments[1] == "waive" && pick(2) == 0) arguments.emplace_back("--not-applicable");
        if (pick(3) == 0) {
            arguments[3] = "EDL-087-01";
            arguments.insert(arguments.end(), {"--site", "701"});
        }
        may_fail(arguments);
    }
    void set_milestone() {
        may_fail({"milestone", "set", "S", pick(2) == 0 ? "08" : "S11", day.plus_days(-static_cast<std::int64_t>(pick(30))).text()});
    }
    void apply() {
        ++amendment_;
        std::string yaml = replace_all(program_study, "{id: A1, approved: 2025-06-15}",
                                       fill("{{id: A1, approved: 2025-06-15}}, {{id: B{}, approved: {}}}", amendment_, day.text()));
        if (pick(2) == 0) yaml = replace_all(yaml, "imp_blinded: yes", "imp_blinded: yes, eu_ctr: yes");
        if (pick(2) == 0) yaml = replace_all(yaml, "grace_days: 30", "grace_days: 10");
        if (pick(2) == 0) yaml = replace_all(yaml, "\"701\", country: USA", "\"701\", country: DE"); // its papers go with it
        program.scratch.write("STUDY.yaml", yaml);
        program.require({"study", "apply", "STUDY.yaml"});
        program.require({"tmf", "check"}); // the roll-up and every row
    }

    std::mt19937 random_;
    std::int64_t documents_ = 0;
    int hour_ = 0, label_ = 0, amendment_ = 0;
};

} // namespace

TEST_CASE("known-at: every past day is answered as it was answered then") {
    for (const std::uint32_t seed : {1u, 2u, 3u}) {
        History history(seed);
        std::vector<std::pair<std::string, std::vector<std::string>>> then;
        for (int days = 0; days < 7; ++days) {
            for (int steps = 0; steps < 4; ++steps) history.step();
            history.program.now = history.day.text() + "T23:59:59Z";
            then.emplace_back(history.day.text(), history.answers({}));
            history.next_day();
        }
        std::set<std::string> different;
        for (const auto& [day, answers] : then) different.insert(answers.back());
        CHECK(different.size() > 3); // a history in which nothing changes would prove nothing
        history.program.now = "2029-01-01T00:00:00Z";
        for (const auto& [text, answers] : then) {
            INFO("seed " << seed << ", day " << text);
            history.day = *parse_date(text);
            CHECK((history.answers({"--known-at", text}) == answers));
        }
    }
}

TEST_CASE("known-at: corrections made later are not seen, as-of alone sees them") {
    Program p; // 2025-10-01
    p.import("artifact,file,date,status\n001,files/a.txt,2025-02-01,final\n");
    p.now = "2025-11-01T00:00:00Z"; // the first moment of the next month
    p.require({"tmf", "review", "D-000001", "--accept"});
    const auto satisfied = [&p](std::vector<std::string> days) {
        std::vector<std::string> arguments{"tmf", "completeness", "S"};
        arguments.insert(arguments.end(), days.begin(), days.end());
        return p.json(arguments).find("due_now")->find("satisfied")->integer();
    };
    p.now = "2025-12-01T00:00:00Z";
    CHECK(satisfied({"--known-at", "2025-10-31"}) == 0);
    CHECK(satisfied({"--known-at", "2025-11-01"}) == 1);
    CHECK(satisfied({"--known-at", "2025-11-01", "--as-of", "2025-10-31"}) == 0); // known by then: accepted on the day after
    const Json json = p.json({"tmf", "completeness", "S", "--known-at", "2025-10-31"});
    CHECK(json.find("known_at")->text() == "2025-10-31");
    CHECK(json.find("as_of")->text() == "2025-10-31"); // the default
    const std::string text = p.require({"tmf", "completeness", "S", "--known-at", "2025-10-31"});
    CHECK(text.find("completeness on 2025-10-31, audience unblinded, from what was known on 2025-10-31") != std::string::npos);
    p.require({"tmf", "completeness", "S", "--known-at", "2025-10-31", "--format", "html"});
}

TEST_CASE("known-at: reviews and queries as they were known, also those that were dated back later") {
    Program p; // 2025-10-01
    p.import("artifact,file,date,status\n032,files/a.txt,2025-01-05,final\n001,files/b.txt,2025-02-01,final\n");
    p.require({"tmf", "query", "open", "D-000001", "--text", "which version?"});
    p.now = "2025-10-10T12:00:00Z";
    p.require({"tmf", "review", "D-000001", "--accept"});
    p.require({"tmf", "review", "D-000002", "--step", "content", "--reject", "unsigned", "--comment", "page 2"});
    p.require({"tmf", "query", "close", "Q-000001", "--reason", "version 2"});
    // On the 20th a list of the former system brings what had happened on the 5th.
    p.now = "2025-10-20T12:00:00Z";
    p.import("artifact,file,date,received,final,rejected\n088,files/c.txt,2025-01-05,2025-10-02,2025-10-02,2025-10-05\n", {}, 0);
    p.now = "2025-12-01T12:00:00Z";
    const auto quality = [&p](std::vector<std::string> days) {
        days.insert(days.begin(), {"tmf", "report", "S", "quality"});
        const Json json = p.json(days);
        std::vector<std::string> all;
        for (const Json& row : json.find("tables")->find("versions")->items())
            all.push_back(row.find("document")->text() + " " + row.find("outcome")->text());
        return all;
    };
    using Texts = std::vector<std::string>;
    CHECK(quality({"--known-at", "2025-10-09"}) == Texts{"D-000001@1 waiting", "D-000002@1 waiting"});
    CHECK(quality({"--as-of", "2025-10-09"}) == Texts{"D-000001@1 waiting", "D-000002@1 waiting", "D-000003@1 rejected"});
    CHECK(quality({"--known-at", "2025-10-10"}) == Texts{"D-000001@1 accepted", "D-000002@1 rejected"});
    CHECK(quality({"--known-at", "2025-10-10", "--as-of", "2025-10-09"}) == Texts{"D-000001@1 waiting", "D-000002@1 waiting"});
    const auto state_of_query = [&p](const std::string& day) {
        const Json json = p.json({"tmf", "report", "S", "queries", "--known-at", day});
        std::vector<std::string> all;
        for (const Json& row : json.find("tables")->find("queries")->items()) all.push_back(row.find("state")->text());
        return join(all, " ");
    };
    CHECK(state_of_query("2025-10-01") == "open");
    CHECK(state_of_query("2025-10-09") == "open");
    CHECK(state_of_query("2025-10-10") == "closed");
    const auto satisfied = [&p](const std::string& day) { // acceptance of D-1, nothing else
        return p.json({"tmf", "completeness", "S", "--known-at", day}).find("due_now")->find("satisfied")->integer();
    };
    CHECK(satisfied("2025-10-09") == 0);
    CHECK(satisfied("2025-10-10") == 1);
    CHECK(satisfied("2025-10-20") == 1);
}

TEST_CASE("known-at: a day before the study and a day to come are refused with what to do") {
    const Program p;
    CHECK(
        p.refused({"tmf", "completeness", "S", "--known-at", "2025-09-30"})
            .find("nothing was known of study S on 2025-09-30. Mend: the ledger has it since 2025-10-01; --as-of judges an earlier day by "
                  "what is recorded now") != std::string::npos);
    CHECK(p.refused({"tmf", "completeness", "S", "--known-at", "2025-10-02"}, 2).find("--known-at 2025-10-02 has not come yet") !=
          std::string::npos);
    CHECK(p.refused({"tmf", "completeness", "X", "--known-at", "2025-10-01"}).find("the repository has no study X") != std::string::npos);
}

TEST_CASE("known-at: every record of the trail is read back whole") {
    tmf::VersionRecord version;
    version.document = 12;
    version.number = 3;
    version.label = "2.0";
    version.title = "Überschrift; \"x\"";
    version.person = "P1;P2";
    version.event = "A1";
    version.language = "de";
    version.date = parse_date("2025-01-01");
    version.expires = parse_date("2025-01-02");
    version.received = parse_date("2025-01-03");
    version.final = parse_date("2025-01-04");
    version.accepted = parse_date("2025-01-05");
    version.rejected = parse_date("2025-01-06");
    version.withdrawn = parse_date("2025-01-07");
    version.carried = {true, false, true, false, true};
    version.pointer = "shelf 4";
    version.sha256 = sha256_of("x");
    version.size = 1;
    version.media_type = "text/plain";
    version.file_name = "x.txt";
    version.filed_at = "2025-01-08T00:00:00.000000Z";
    version.filed_by = "ann";
    version.review_comment = "good";
    const auto read = tmf::version_record_from(to_json(version));
    REQUIRE(read);
    CHECK(to_json(*read).dump() == to_json(version).dump());
    CHECK((read->carried.received && !read->carried.final && read->carried.accepted && !read->carried.rejected && read->carried.withdrawn));

    const tmf::DocumentRecord document{7, "S", 87, "Form 1572", "USA", "701", true, "outside", ""};
    CHECK(to_json(*tmf::document_record_from(to_json(document))).dump() == to_json(document).dump());
    tmf::DecisionRecord decision;
    decision.number = 4;
    decision.study = "S";
    decision.decision = {tmf::Decision::Kind::not_applicable,
                         "EDL-001-01",
                         "USA",
                         "701",
                         "P1",
                         "A1",
                         "en",
                         *parse_date("2025-01-01"),
                         parse_date("2025-02-01"),
                         "ann",
                         "because"};
    CHECK(to_json(*tmf::decision_record_from(to_json(decision))).dump() == to_json(decision).dump());
    const tmf::StudyRecord study{"S", "3.3.1", R"({"study":{"id":"S","grace_days":"3"},"sites":[]})"};
    CHECK(tmf::study_record_from(to_json(study))->facts == study.facts);
    CHECK_FALSE(tmf::document_record_from(Json::object({{"id", "D-000001"}, {"unique_id", "x"}})));
    CHECK_FALSE(tmf::version_record_from(Json::object()));
    CHECK_FALSE(tmf::decision_record_from(Json::object({{"id", "W-000001"}})));
    CHECK_FALSE(tmf::study_record_from(Json::object()));
}

TEST_CASE("known-at: what was asked and found about restricted documents is open to who reads them, and not there for others") {
    Program p;
    p.scratch.write("STUDY.yaml", tmf_test::program_study);
    p.require({"tmf", "file", "files/a.txt", "--study", "S", "--artifact", "06.03.01", "--date", "2025-02-01", "--status", "final"});
    p.require({"tmf", "query", "open", "D-000001", "--text", "canary: is 17 on active?"});
    p.require({"tmf", "review", "D-000001", "--reject", "other", "--comment", "canary: arm A listed"});
    const auto elsewhere = [&p](std::vector<std::string> arguments) { // ann by name, on a machine without ann's key
        arguments.insert(arguments.end(), {"--repo", "repo", "--as", "ann", "--now", p.now});
        return test::dossier(std::move(arguments), p.scratch.path(), {"XDG_DATA_HOME=" + (p.scratch / "elsewhere")});
    };
    for (const char* kind : {"queries", "quality"}) {
        const std::vector<std::string> now{"tmf", "report", "S", kind, "--audience", "unblinded", "--format", "csv"};
        std::vector<std::string> then = now;
        then.insert(then.end(), {"--known-at", p.now.substr(0, 10)});
        std::string open = p.require(then);
        INFO(open);
        const std::string known =
            "," + p.now.substr(0, 10) + "," + p.now.substr(0, 10) + ",unblinded,"; // as of, known at: the one difference
        REQUIRE(open.find(known) != std::string::npos);
        CHECK(replace_all(open, known, "," + p.now.substr(0, 10) + ",,unblinded,") == p.require(now));
        CHECK(open.find("canary") != std::string::npos);
        CHECK(open.find("sealed:") == std::string::npos);
        then[5] = "blinded";
        const test::Run blind = elsewhere(then);
        INFO(blind.out + blind.err);
        CHECK(blind.code == 0);
        CHECK(blind.out.find("canary") == std::string::npos);
        CHECK(blind.out.find("sealed:") == std::string::npos);
    }
}
