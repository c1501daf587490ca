// Rules of order: for each a case that passes, one that fails and one that cannot be judged.
#include <map>

#include "templates/tmf_quality.hpp"
#include "tests/tmf/report_support.hpp"
#include "tests/tmf/study_support.hpp"
#include "tmf/ordering.hpp"

using namespace tmf_test;

namespace {

const templates::QualityCatalogue& quality() {
    static const auto loaded = *templates::read_quality_catalogue(templates::Source(), catalogue());
    return loaded;
}

// Approved 2025-01-15; site 701 opens 2025-03-01, first shipment 03-05, first consent 03-10, first monitoring visit 04-01; last visit of
// the country 2025-12-01; database locked 2026-02-01, unblinded 02-10. P1 joined before the site opened: duties begin with the opening.
const std::string trial = R"(study: {id: S, start: 2024-06-01}
countries: [{code: USA, approved: 2025-01-15}]
sites: [{id: "701", country: USA, activated: 2025-03-01}]
people: [{id: P1, role: principal_investigator, site: "701", from: 2025-01-15}]
milestones: [{code: S07, site: "701", date: 2025-03-10}, {code: "07", country: USA, date: 2025-12-01}, {code: "08", date: 2026-02-01}, {code: S11, date: 2026-02-10}]
visits: [{id: V1, site: "701", type: interim, date: 2025-04-01}]
shipments: [{id: SH1, site: "701", date: 2025-03-05}]
)";

StoredDocument paper(int unique_id, const std::string& country, const std::string& site, const std::string& date) {
    StoredDocument stored;
    stored.document.number = unique_id;
    stored.document.study = "S";
    stored.document.unique_id = unique_id;
    stored.document.country = country;
    stored.document.site = site;
    VersionRecord version;
    version.document = unique_id;
    version.number = 1;
    version.date = version.received = version.final = day(date);
    stored.versions.push_back(version);
    return stored;
}

// Documents with which every rule passes.
std::map<int, StoredDocument> good_papers() {
    std::map<int, StoredDocument> papers;
    const auto add = [&papers](StoredDocument stored) { papers[stored.document.unique_id] = std::move(stored); };
    add(paper(101, "USA", "701", "2025-02-20")); // signature sheet
    add(paper(66, "USA", "701", "2025-02-10"));  // committee's decision
    add(paper(85, "USA", "701", "2025-02-15"));  // protocol signature page
    add(paper(104, "USA", "701", "2025-02-25")); // training
    add(paper(100, "USA", "701", "2025-03-01")); // release of the site
    add(paper(53, "USA", "", "2025-01-15"));     // authority's decision
    add(paper(36, "USA", "", "2025-01-01"));     // insurance
    add(paper(209, "", "", "2026-01-10"));       // statistical analysis plan
    add(paper(213, "", "", "2025-02-01"));       // randomisation list
    add(paper(55, "", "", "2025-01-20"));        // registration
    papers[104].versions[0].person = "P9;P1";
    papers[36].versions[0].expires = day("2025-12-31");
    return papers;
}

std::vector<OrderingJudgement> judge(const std::map<int, StoredDocument>& papers, const std::string& as_of = "2026-06-30",
                                     const std::string& yaml = trial) {
    std::vector<const StoredDocument*> documents;
    for (const auto& [id, stored] : papers) documents.push_back(&stored);
    return judge_order(quality().ordering, catalogue(), study(yaml), documents, {*day(as_of), "", ""});
}

// The rules in this state, "ORD-01 ORD-03".
std::string in_state(const std::vector<OrderingJudgement>& judgements, OrderingJudgement::State state) {
    std::vector<std::string> ids;
    for (const auto& judgement : judgements)
        if (judgement.state == state) ids.push_back(judgement.rule->id);
    return join(ids, " ");
}
std::string failed(const std::vector<OrderingJudgement>& judgements) { return in_state(judgements, OrderingJudgement::State::failed); }
std::string open(const std::vector<OrderingJudgement>& judgements) { return in_state(judgements, OrderingJudgement::State::not_judged); }

std::string reason(const std::vector<OrderingJudgement>& judgements, const std::string& rule) {
    for (const auto& judgement : judgements)
        if (judgement.rule->id == rule) return judgement.reason;
    return "no such rule";
}

} // namespace

TEST_CASE("ordering: with every document in time all rules pass, each at its one place") {
    const auto judgements = judge(good_papers());
    CHECK(judgements.size() == 13); // one country, one site, one person: one judgement a rule
    CHECK(in_state(judgements, OrderingJudgement::State::passed).size() == 13 * 7 - 1);
    CHECK(reason(judgements, "ORD-01") ==
          "D-000101@1 (05.02.18 Site Signature Sheet) of 2025-02-20, milestone 04 (First Monitoring Visit) on 2025-04-01");
}

TEST_CASE("ordering: one document too late by a day fails its rules and no other, on the very day it passes") {
    struct Late {
        int unique_id;
        const char *on_the_day, *too_late, *fails;
    };
    // The limits are the dates that stand above the trial.
    const Late cases[] = {
        {101, "2025-04-01", "2025-04-02", "ORD-01"},       // first visit 04-01
        {66, "2025-03-01", "2025-03-02", "ORD-02"},        // the site opens 03-01
        {66, "2025-03-01", "2025-03-11", "ORD-02 ORD-03"}, // and the first consent is of 03-10
        {85, "2025-03-01", "2025-03-02", "ORD-04"},
        {104, "2025-03-01", "2025-03-02", "ORD-05"}, // P1 begins when the site opens
        {100, "2025-03-05", "2025-03-06", "ORD-06"},
        {53, "2025-03-01", "2025-03-02", "ORD-08"},
        {53, "2025-03-01", "2025-03-11", "ORD-07 ORD-08"},
        {36, "2025-03-10", "2025-03-11", "ORD-09"}, // not insured on the day of the first consent
        {213, "2026-02-10", "2026-02-11", "ORD-12"},
        {55, "2025-03-10", "2025-03-11", "ORD-13"},
    };
    for (const Late& late : cases) {
        INFO(late.unique_id << " " << late.too_late);
        auto papers = good_papers();
        papers[late.unique_id].versions[0].date = day(late.on_the_day);
        CHECK(failed(judge(papers)) == "");
        papers[late.unique_id].versions[0].date = day(late.too_late);
        CHECK(failed(judge(papers)) == late.fails);
    }
    // The analysis plan is judged by the day it was final: lock 2026-02-01, unblinding 2026-02-10.
    auto papers = good_papers();
    for (const auto& [final, fails] : std::map<std::string, std::string>{
             {"2026-02-01", ""}, {"2026-02-02", "ORD-10"}, {"2026-02-10", "ORD-10"}, {"2026-02-11", "ORD-10 ORD-11"}}) {
        papers[209].versions[0].final = day(final);
        INFO(final);
        CHECK(failed(judge(papers)) == fails);
    }
    papers[101].versions[0].date = day("2025-04-27");
    CHECK(reason(judge(papers), "ORD-01") == "D-000101@1 (05.02.18 Site Signature Sheet) of 2025-04-27 is 26 days later than milestone 04 "
                                             "(First Monitoring Visit) on 2025-04-01");
}

TEST_CASE("ordering: without a document its rules are not judged, and say what is missing, the others stand") {
    const std::map<int, std::string> rules = {{101, "ORD-01"}, {66, "ORD-02 ORD-03"}, {85, "ORD-04"}, {104, "ORD-05"},
                                              {100, "ORD-06"}, {53, "ORD-07 ORD-08"}, {36, "ORD-09"}, {209, "ORD-10 ORD-11"},
                                              {213, "ORD-12"}, {55, "ORD-13"}};
    for (const auto& [unique_id, not_judged] : rules) {
        INFO(unique_id);
        auto papers = good_papers();
        papers.erase(unique_id);
        CHECK(open(judge(papers)) == not_judged);
        CHECK(failed(judge(papers)) == "");
        // A draft, a rejected and a withdrawn one are no evidence either.
        for (int fault = 0; fault < 3; ++fault) {
            papers = good_papers();
            VersionRecord& version = papers[unique_id].versions[0];
            if (fault == 0) version.final.reset();
            if (fault == 1) version.rejected = day("2026-03-01");
            if (fault == 2) version.withdrawn = day("2026-03-01");
            CHECK(open(judge(papers)) == not_judged);
        }
    }
    auto papers = good_papers();
    papers.erase(101);
    CHECK(reason(judge(papers), "ORD-01") == "no final document 05.02.18 Site Signature Sheet is filed");
    papers = good_papers();
    papers[101].versions[0].date.reset();
    CHECK(reason(judge(papers), "ORD-01") == "D-000101@1 05.02.18 Site Signature Sheet bears no date");
    papers = good_papers();
    papers[104].versions[0].person = "P9"; // somebody else's training
    CHECK(open(judge(papers)) == "ORD-05");
}

TEST_CASE("ordering: what has not happened by the day asked for is not judged") {
    // On 2025-02-28 the site is not open: every later side lies ahead.
    const auto early = judge(good_papers(), "2025-02-28");
    CHECK(early.size() == 13);
    CHECK(failed(early) == "");
    CHECK(in_state(early, OrderingJudgement::State::passed) == "");
    CHECK(reason(early, "ORD-02") == "milestone 03 (Site Live / Ready / Open for Enrollment) is not recorded by 2025-02-28; no final "
                                     "document 05.03.01 Trial Initiation Monitoring Report is filed");
    CHECK(reason(early, "ORD-06") == "no final document 05.02.17 IP Site Release Documentation is filed; no shipment to the site is "
                                     "recorded by 2025-02-28; no final document 06.01.04 IP Shipment Documentation is filed");
    // On 2025-03-10 it is open, supplied and has its first participant; no visit, lock or unblinding yet.
    CHECK(open(judge(good_papers(), "2025-03-10")) == "ORD-01 ORD-10 ORD-11 ORD-12");
}

TEST_CASE("ordering: a shipment document on file proves a shipment, at its site and as what the artifact is") {
    auto papers = good_papers();
    const auto shipped = [&papers](const std::string& country, const std::string& site, const std::string& date, const std::string& part) {
        papers[121] = paper(121, country, site, date);
        papers[121].document.sub_artifact = part;
        return failed(judge(papers));
    };
    // Released 2025-03-01; the study records its first shipment on 03-05.
    CHECK(shipped("USA", "701", "2025-03-01", "") == "");
    CHECK(shipped("USA", "701", "2025-02-28", "") == "ORD-06");
    CHECK(reason(judge(papers), "ORD-06") == "D-000100@1 (05.02.17 IP Site Release Documentation) of 2025-03-01 is 1 day later than "
                                             "D-000121@1 (06.01.04 IP Shipment Documentation) of 2025-02-28");
    CHECK(shipped("USA", "701", "2025-02-28", "IP Shipment Documentation") == "ORD-06");
    // Asked for before the site was released, or sent to the country's depot: no shipment to the site.
    CHECK(shipped("USA", "701", "2025-02-28", "Shipment Request Form") == "");
    CHECK(shipped("USA", "", "2025-02-28", "") == "");
    CHECK(shipped("", "", "2025-02-28", "") == "");
    // The earlier of both: a document of a later shipment takes nothing back.
    papers[100].versions[0].date = day("2025-03-06");
    CHECK(shipped("USA", "701", "2025-04-01", "") == "ORD-06");
    // Without a recorded shipment the document alone is judged.
    const std::string unrecorded = replace_all(trial, "shipments: [{id: SH1, site: \"701\", date: 2025-03-05}]\n", "");
    papers.erase(121);
    CHECK(open(judge(papers, "2026-06-30", unrecorded)) == "ORD-06");
    papers[121] = paper(121, "USA", "701", "2025-03-05");
    CHECK(failed(judge(papers, "2026-06-30", unrecorded)) == "ORD-06");
    papers[100].versions[0].date = day("2025-03-05");
    CHECK(failed(judge(papers, "2026-06-30", unrecorded)) == "");
    CHECK(open(judge(papers, "2026-06-30", unrecorded)) == "");
}

TEST_CASE("ordering: where the opening of a site is not recorded, its initiation visit is what the committee decides before") {
    const std::string not_open = replace_all(trial, ", activated: 2025-03-01", "");
    auto papers = good_papers(); // the committee decided on 2025-02-10
    papers[102] = paper(102, "USA", "701", "2025-02-10");
    const auto verdict = [&](const std::string& yaml) {
        for (const auto& judgement : judge(papers, "2026-06-30", yaml))
            if (judgement.rule->id == "ORD-02") return std::string(to_text(judgement.state));
        return std::string("no such rule");
    };
    CHECK(verdict(not_open) == "passed");
    papers[102].versions[0].date = day("2025-02-09");
    CHECK(verdict(not_open) == "failed");
    CHECK(verdict(trial) == "passed"); // opened after the decision: the initiation visit before it is no fault
    papers[102].document.sub_artifact = "Trial Initiation Visit Confirmation Letter"; // written before the visit
    CHECK(verdict(not_open) == "not_judged");
    papers[102].document.sub_artifact.clear();
    papers[102].document.site.clear(); // of no site
    CHECK(verdict(not_open) == "not_judged");
}

TEST_CASE("ordering: the earliest document counts, a country's document stands in for a site's") {
    auto papers = good_papers();
    VersionRecord later = papers[66].versions[0];
    later.number = 2;
    later.date = day("2025-09-01");
    papers[66].versions.push_back(later);
    CHECK(failed(judge(papers)) == "");
    papers[66].document.site.clear(); // a central committee
    CHECK(failed(judge(papers)) == "");
    CHECK(open(judge(papers)) == "");
    papers[66].document.country = "";
    papers[66].document.site = "";
    CHECK(open(judge(papers)) == "");
}

TEST_CASE("ordering: insurance has to cover every day, from one document or several") {
    auto papers = good_papers();
    const auto uncovered = [&](const std::string& as_of = "2026-06-30") {
        for (const auto& judgement : judge(papers, as_of))
            if (judgement.rule->id == "ORD-09")
                return judgement.uncovered ? judgement.uncovered->text() : std::string(to_text(judgement.state));
        return std::string("no such rule");
    };
    VersionRecord& first = papers[36].versions[0];
    first.expires = day("2025-11-30"); // the last visit is on 2025-12-01
    CHECK(uncovered() == "2025-12-01");
    CHECK(uncovered("2025-11-30") == "passed"); // the last visit lies ahead: judged up to the day asked for
    first.expires = day("2025-12-01");
    CHECK(uncovered() == "passed");
    first.expires = day("2025-06-30");
    VersionRecord second = first;
    second.number = 2;
    second.date = day("2025-07-02");
    second.expires.reset(); // no end
    papers[36].versions.push_back(second);
    CHECK(uncovered() == "2025-07-01"); // the day between them
    papers[36].versions[1].date = day("2025-07-01");
    CHECK(uncovered() == "passed");
}

TEST_CASE("ordering: the last visit that ends the insurance is the country's, else the trial's") {
    const auto insured_until = [](const std::string& expires, const std::string& yaml) {
        auto papers = good_papers();
        papers[36].versions[0].expires = day(expires);
        for (const auto& judgement : judge(papers, "2026-06-30", yaml))
            if (judgement.rule->id == "ORD-09")
                return judgement.uncovered ? judgement.uncovered->text() : std::string(to_text(judgement.state));
        return std::string("no such rule");
    };
    const std::string own = "{code: \"07\", country: USA, date: 2025-12-01}";
    const std::string of_trial = replace_all(trial, own, "{code: \"07\", date: 2025-11-15}");
    CHECK(insured_until("2025-11-15", of_trial) == "passed");
    CHECK(insured_until("2025-11-14", of_trial) == "2025-11-15");
    // Both are recorded: the country's own counts, the trial's is another country's.
    const std::string both = replace_all(trial, own, own + ", {code: \"07\", date: 2026-03-01}");
    CHECK(insured_until("2025-12-01", both) == "passed");
    CHECK(insured_until("2025-11-30", both) == "2025-12-01");
    // Neither has happened: a plan ends nothing.
    const std::string planned = replace_all(trial, own, "{code: \"07\", planned: 2025-12-01}");
    CHECK(insured_until("2025-12-01", planned) == "2025-12-02");
}

TEST_CASE("ordering: who left before the site opened never began there and is not judged") {
    const auto judged = [](const std::string& to, const std::string& as_of, const std::string& opened, bool trained) {
        std::string yaml = replace_all(trial, "from: 2025-01-15}", "from: 2025-01-15, to: " + to + "}");
        yaml = replace_all(yaml, "activated: 2025-03-01", opened);
        auto papers = good_papers();
        papers[104].versions[0].date = day("2025-03-03");
        if (!trained) papers.erase(104);
        for (const auto& judgement : judge(papers, as_of, yaml))
            if (judgement.rule->id == "ORD-05") return std::string(to_text(judgement.state));
        return std::string("not there");
    };
    const std::string open = "activated: 2025-03-01", closed = "activated: 2025-01-05, closed: 2025-01-10", never = "name: x";
    CHECK(judged("2025-02-28", "2026-06-30", open, true) == "not there");
    CHECK(judged("2025-02-28", "2026-06-30", open, false) == "not there");
    CHECK(judged("2025-03-01", "2026-06-30", open, true) == "failed"); // there on the day it opened
    CHECK(judged("2025-03-01", "2026-06-30", open, false) == "not_judged");
    CHECK(judged("2025-02-28", "2025-02-27", open, true) == "not_judged"); // still there: it may open yet
    CHECK(judged("2025-02-28", "2025-02-28", open, true) == "not there");
    CHECK(judged("2025-02-28", "2026-06-30", never, true) == "not there");
    CHECK(judged("2026-12-31", "2026-06-30", closed, true) == "not there"); // joined a site that had closed
}

TEST_CASE("report ordering: findings name both sides, the rule, its confidence and what to do, and every figure is its rows") {
    const Program p;
    // Site 701 opened on 2025-03-01; the committee's decision is of 2025-03-11: 10 days late.
    p.import("file,artifact,site,country,date,status,final\nfiles/a.txt,04.01.02,701,USA,2025-03-11,final,2025-03-12\n"
             "files/b.txt,05.02.02,701,USA,2025-02-20,final,2025-03-12\n");
    const Json report = p.json({"tmf", "report", "S", "ordering", "--site", "701"});
    REQUIRE(report.find("findings")->items().size() == 1);
    const Json& finding = report.find("findings")->items()[0];
    CHECK(finding.find("rule")->text() == "ORD-02");
    CHECK(finding.find("severity")->text() == "warning");
    CHECK(finding.find("path")->text() == "D-000001@1");
    CHECK(finding.find("location")->text() == "USA 701");
    CHECK(finding.find("message")->text() ==
          "The ethics committee decided before the site opened or, where it has not opened yet, was initiated: D-000001@1 (04.01.02 IRB or "
          "IEC Decision) of 2025-03-11 is 10 days later "
          "than milestone 03 (Site Live / Ready / Open for Enrollment) on 2025-03-01 (confidence of the rule: medium)");
    CHECK(finding.find("remedy")->text().find("file the earlier decision or correct the date") == 0);
    // Rules of a site: ORD-01 to ORD-04 and ORD-06, and ORD-05 for P1. Only 02 and 04 have both sides.
    const auto states = column(report, "judgements", "state");
    CHECK(states.size() == 6);
    CHECK(figure(report, "passed") == 1);
    CHECK(figure(report, "failed") == 1);
    CHECK(figure(report, "not_judged") == 4);
    for (const char* state : {"passed", "failed", "not_judged"})
        CHECK(figure(report, state) == std::count(states.begin(), states.end(), state));
    CHECK(report.find("notes")->dump(-1).find("4 of 6 could not be judged") != std::string::npos);
    p.require({"tmf", "report", "S", "ordering", "--fail-on", "warning"}, 10);
    p.require({"tmf", "report", "S", "ordering"}); // a proposal of ours never fails a run by itself
}
