// The health of sites: what has no due date, when a site opened and closed, whoever stands in the study file twice, the commands of the
// card.
#include "tests/tmf/report_support.hpp"

using namespace tmf_test;

namespace {

using Texts = std::vector<std::string>;

// The study of the program with more of it, or other words in it.
void apply(const Program& p, const std::string& from, const std::string& to) {
    REQUIRE(program_study.find(from) != std::string::npos);
    p.scratch.write("STUDY.yaml", replace_all(program_study, from, to));
    p.require({"study", "apply", "STUDY.yaml"});
}

Json site(const Program& p, Texts more = {}) {
    more.insert(more.begin(), {"tmf", "report", "S", "site", "--site", "701"});
    return p.json(more);
}

} // namespace

TEST_CASE("site health: a document that waits without a due date stands last and hides no age") {
    Program p;
    const auto ages = column(site(p), "open", "late_days");
    REQUIRE(ages.size() > 1);
    // A log of subjects is due when the site closes (EDL-105-01, milestone 09), of which no date is known.
    p.import("file,artifact,site,date,status\nfiles/a.txt,05.04.01,701,2025-09-05,final\n");
    const Json report = site(p);
    const auto with = column(report, "open", "late_days"), states = column(report, "open", "state");
    REQUIRE(with.size() == ages.size() + 1);
    CHECK(with.back() == "null");
    CHECK(states.back() == "in_review");
    CHECK(Texts(with.begin(), with.end() - 1) == ages);
    // The site was activated on 2025-03-01, 214 days before 2025-10-01; nothing of it was due earlier.
    CHECK(with.front() == "214");
    CHECK(column(report, "sites", "oldest_days") == Texts{"214"});
    CHECK(figure(p.json({"tmf", "report", "S", "late", "--site", "701"}), "oldest_days") == 214);
    const std::string text = p.require({"tmf", "completeness", "S", "--site", "701"});
    CHECK(text.find("05.04.01") > text.find("05.02.04"));
}

TEST_CASE("site health: a site opens and closes with its milestones 03 and 09, as in completeness") {
    Program p;
    const auto told = [&p](const std::string& as_of) {
        const Json report = site(p, {"--as-of", as_of});
        return column(report, "sites", "status")[0] + ", activated " + column(report, "sites", "activated")[0];
    };
    const std::string site_text = "{id: \"701\", country: USA, activated: 2025-03-01}", milestone = "milestones: [";
    CHECK(told("2025-03-01") == "open since 2025-03-01, activated 2025-03-01");
    const auto with = [&](const std::string& dates) {
        const std::string facts = replace_all(program_study, site_text, "{id: \"701\", country: USA}");
        p.scratch.write("STUDY.yaml", replace_all(facts, milestone, milestone + dates));
        p.require({"study", "apply", "STUDY.yaml"});
    };
    with("{code: \"03\", site: \"701\", date: 2025-04-01}, {code: \"09\", site: \"701\", date: 2025-08-01}, ");
    CHECK(told("2025-03-31") == "to open on 2025-04-01, activated 2025-04-01");
    CHECK(told("2025-04-01") == "open since 2025-04-01, activated 2025-04-01");
    CHECK(told("2025-08-01") == "closed on 2025-08-01, activated 2025-04-01");
    // Planned dates open nothing.
    with("{code: \"03\", site: \"701\", planned: 2025-05-01}, ");
    CHECK(told("2025-04-30") == "to open on 2025-05-01, activated null");
    CHECK(told("2025-05-01") == "not open yet, activated null");
    // The milestone's own date wins over the site's.
    apply(p, milestone, milestone + "{code: \"03\", site: \"701\", date: 2025-03-11}, ");
    CHECK(told("2025-10-01") == "open since 2025-03-11, activated 2025-03-11");
}

TEST_CASE("site health: a person with several entries at a site has one row, and each of its documents counts once") {
    Program p;
    const std::string open_entry = "role: principal_investigator, site: \"701\", from: 2025-01-15}";
    const auto due = column(site(p), "people", "due_expected");
    REQUIRE(due.size() == 1);
    apply(p, open_entry,
          "role: principal_investigator, site: \"701\", from: 2025-01-15, to: 2025-06-30}\n"
          "  - {id: P1, name: Ann Lee, role: principal_investigator, site: \"701\", from: 2025-08-01}");
    const Json back = site(p);
    CHECK(column(back, "sites", "investigator") == Texts{"Ann Lee"});
    CHECK(column(back, "people", "person") == Texts{"Ann Lee (P1)"});
    CHECK(column(back, "people", "role") == Texts{"principal investigator"});
    CHECK(column(back, "people", "from") == Texts{"2025-01-15"});
    CHECK(column(back, "people", "to") == Texts{"null"});
    CHECK(column(back, "people", "due_expected") == due);
    CHECK(column(back, "people", "periods")[0].find("principal investigator 2025-01-15 to 2025-06-30") != std::string::npos);
    CHECK(column(back, "people", "periods")[0].find("principal investigator from 2025-08-01") != std::string::npos);
    // The rows of completeness that name somebody are what the row counts.
    std::int64_t slots = 0;
    const Json completeness = p.json({"tmf", "completeness", "S", "--site", "701"});
    for (const Json& row : completeness.find("rows")->items())
        if (row.find("person")->text() == "P1" && row.find("state")->text() != "not_due") ++slots;
    CHECK(column(back, "people", "due_expected") == Texts{std::to_string(slots)});
    // Before the second entry began the person had left.
    CHECK(column(site(p, {"--as-of", "2025-07-15"}), "people", "to") == Texts{"2025-06-30"});
    // Another role at the same site is no other person.
    apply(p, open_entry, open_entry + "\n  - {id: P1, name: Ann Lee, role: site_staff, site: \"701\", from: 2025-02-01, to: 2025-03-31}");
    CHECK(column(site(p), "people", "role") == Texts{"principal investigator, site staff"});
}

TEST_CASE("site card: its commands ask about its own day, knowledge and audience, and its foot says what counts") {
    Program p;
    p.now = "2025-11-01T12:00:00Z";
    const auto card = [&p](Texts more) {
        more.insert(more.begin(), {"tmf", "report", "S", "site", "--site", "701", "--format", "html"});
        return p.require(more);
    };
    const auto has = [](const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; };
    const std::string then = card({"--as-of", "2025-09-30", "--known-at", "2025-10-15", "--audience", "blinded", "--within", "45"});
    const std::string question = " --site 701 --as-of 2025-09-30 --known-at 2025-10-15 --audience blinded";
    CHECK(has(then, "<code>dossier tmf report S site" + question + " --within 45 --format xlsx</code>"));
    CHECK(has(then, "<code>dossier tmf report S site" + question + " --within 45</code>")); // of the open ones
    CHECK(has(card({"--audience", "unblinded"}), "S site --site 701 --as-of 2025-11-01 --audience unblinded --within 90 --format xlsx<"));
    CHECK(has(then, "Satisfied: final, accepted, current, unexpired and not rejected."));
    apply(p, "review: yes, ", "");
    CHECK(has(card({}), "Satisfied: final, current, unexpired and not rejected."));
}

TEST_CASE("report expiring: its spans end where the days asked for end, and what lies beyond is not counted as nothing") {
    Program p;
    // A curriculum vitae counts for two years (EDL-087-01): this one until 2025-11-10, 40 days after 2025-10-01.
    p.import("file,artifact,site,person,date,status,received,final,accepted\n"
             "files/a.txt,05.02.04,701,P1,2023-11-10,final,2025-03-01,2025-03-01,2025-03-01\n");
    const auto spans = [&p](const std::string& within) {
        const Json report = p.json({"tmf", "report", "S", "expiring", "--within", within});
        std::string text;
        for (const char* key : {"within_30", "within_60", "within_90", "later"}) text += report.find("figures")->find(key)->dump(0) + " ";
        return text;
    };
    CHECK(spans("30") == "0 null null null ");
    CHECK(spans("45") == "0 1 null null ");
    CHECK(spans("90") == "0 1 0 null ");
    CHECK(spans("91") == "0 1 0 0 ");
    const std::string text = p.require({"tmf", "report", "S", "expiring", "--within", "45"});
    INFO(text);
    CHECK(text.find("In 31 to 45 days") != std::string::npos);
    CHECK(text.find("n/a    (none, beyond --within 45)") != std::string::npos);
    CHECK(p.require({"tmf", "report", "S", "expiring", "--within", "10"}).find("Within 10 days") != std::string::npos);
}
