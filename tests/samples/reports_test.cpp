// Reports over the sample trial, every number reasoned from samples/trial/study.yaml and documents.csv. What is due is counted for the
// blinded audience: safety notices and shipments, which may unblind, are not in the sums.
#include <catch2/catch.hpp>

#include "core/json.hpp"
#include "core/text.hpp"
#include "tests/support/run.hpp"

using namespace dossier;

namespace {

const std::string samples = test::build_folder() + "/samples";

class Trial {
public:
    Trial() {
        run({"init", scratch_ / "repository"});
        run({"study", "apply", samples + "/trial/study.yaml"});
        run({"tmf", "import", samples + "/trial/documents.csv", "--study", "MDL-201"});
    }
    Json report(const std::string& kind, const std::string& site, const std::string& as_of, std::vector<std::string> more = {}) const {
        std::vector<std::string> arguments{"tmf",     "report", "MDL-201",    kind,      "--site", site,
                                           "--as-of", as_of,    "--audience", "blinded", "--json"};
        arguments.insert(arguments.end(), more.begin(), more.end());
        const auto json = parse_json(run(arguments));
        REQUIRE(json);
        return *json;
    }
    // "satisfied of expected" of what is due at a site.
    std::string due(const std::string& site, const std::string& as_of) const {
        const Json card = report("site", site, as_of);
        const Json* total = card.find("figures")->find("due_now");
        return fill("{} of {}", total->find("satisfied")->integer(), total->find("expected")->integer());
    }
    std::string run(std::vector<std::string> arguments) const {
        arguments.insert(arguments.end(), {"--repo", scratch_ / "repository", "--as", "demo", "--now", "2026-06-30T12:00:00Z"});
        const auto result = test::dossier(arguments, {}, {"XDG_DATA_HOME=" + (scratch_ / "data")});
        INFO(result.err);
        REQUIRE(result.code == 0);
        return result.out;
    }

private:
    test::Scratch scratch_;
};

std::vector<std::string> column(const Json& report, const char* table, const char* key) {
    std::vector<std::string> texts;
    for (const Json& row : report.find("tables")->find(table)->items()) {
        const std::string text = row.find(key)->text();
        texts.push_back(text.empty() ? row.find(key)->dump(0) : text);
    }
    return texts;
}

using Texts = std::vector<std::string>;

} // namespace

TEST_CASE("site 101, open since 2025-03-10: before amendment 1, after it, and on 2026-06-30") {
    const Trial trial;
    // The day before the amendment. Due when the site opened: debarment statements of both investigators (2), consent form (1), the
    // committee's submission, approval, members, compliance (4), confidentiality, feasibility, qualification visit (3), acceptance of the
    // brochure, protocol signature, CV of the principal investigator (3), CV of the sub-investigator (1), good clinical practice
    // certificates of three people (3), licences of two physicians (2), form 1572 (1), financial disclosures (2), agreement, green light,
    // signature sheet, initiation visit (4), training of three people (3), log of deviations (1): 30. Not there: Dr. Rivera's financial
    // disclosure, rejected on 2025-03-12, and the log, first received on 2026-05-16: 28. The visit of 2025-05-06 wants a report and a
    // follow-up letter 30 days later, both there: 30 of 32.
    CHECK(trial.due("101", "2025-08-17") == "30 of 32");
    // Amendment 1 of 2025-08-18: submission, signature page and training 30 days later, the committee's approval 60 days later, all there
    // (4). Consent form 2.0 of 2025-09-01, there (1). The visit of 2025-09-09 (2).
    CHECK(trial.due("101", "2025-11-30") == "37 of 39");
    // The log of deviations is there now. Brochure 2.0, its acceptance there (1); the committee's yearly report, there (1); the visit of
    // 2026-01-13, both there (2); of the visit of 2026-05-12 the report waits for review and the letter is a draft: 0 of 2.
    CHECK(trial.due("101", "2026-06-30") == "42 of 45");
}

TEST_CASE("site 102: a sub-investigator joins, documents run out, and a decision takes a slot out") {
    const Trial trial;
    // Dr. Price joins on 2025-10-01: before, the site has one investigator and no other staff. As at site 101 with 22 instead of 30 due on
    // opening: one debarment statement, no CV of a sub-investigator, one certificate, one licence, one disclosure, one training. Only the
    // log of deviations is not there: 21. The visit of 2025-06-03: 2 of 2.
    CHECK(trial.due("102", "2025-08-17") == "23 of 24");
    // Dr. Price: CV, certificate, licence, disclosure, training are there, a debarment statement is not: 5 of 6. Amendment 1: 4 of 4.
    // Consent form 2.0: 1 of 1. The report of the visit of 2025-11-18 is not due before 2025-12-18.
    CHECK(trial.due("102", "2025-11-30") == "33 of 35");
    // Run out: Dr. Okafor's CV (two years from 2024-02-12) and debarment statement (one year from 2025-03-13), the committee's approval
    // (2026-03-16); the log of deviations is there: 19 of 22. Dr. Price 5 of 6, amendment 4 of 4, consent form 1 of 1, brochure 2.0 1 of 1,
    // three visits 6 of 6, the committee's yearly report 0 of 1.
    CHECK(trial.due("102", "2026-06-30") == "36 of 41");
    const Json late = trial.report("late", "102", "2026-06-30");
    CHECK(column(late, "late", "slot") == Texts{"EDL-011-02/USA/102/P111//", "EDL-066-03/USA/102///", "EDL-087-01/USA/102/P111//",
                                                "EDL-011-02/USA/102/P112//", "EDL-073-01/USA/102//Y1/"});
    CHECK(column(late, "late", "state") == Texts{"expired", "expired", "expired", "overdue", "overdue"});
    // from 2025-04-02, from 2025-10-01 and from 2026-03-17 to 2026-06-30
    CHECK(column(late, "late", "age_days") == Texts{"454", "454", "454", "272", "105"});

    trial.run({"tmf", "waive", "MDL-201", "EDL-011-02", "--site", "102", "--key", "P112", "--reason", "never in the US"});
    CHECK(trial.due("102", "2026-06-30") == "36 of 40");
    CHECK(trial.due("102", "2025-11-30") == "33 of 35"); // it was not decided then
    const Json waivers = trial.report("waivers", "102", "2026-06-30");
    CHECK(column(waivers, "slots", "slot") == Texts{"EDL-011-02/USA/102/P112//"});
    CHECK(column(waivers, "decisions", "slots") == Texts{"1"});
}

TEST_CASE("site 202: the principal investigator changes") {
    const Trial trial;
    // Opened on 2025-06-23 with Dr. Gagnon. Canada asks for no debarment statement, form 1572 or disclosure, but for the site information
    // form: 20 due on opening, the log of deviations not there yet: 19.
    CHECK(trial.due("202", "2025-08-17") == "19 of 20");
    // The log is there: 20 of 20. Amendment 1: no approval by the committee: 3 of 4. Consent form 1 of 1, visit of 2025-10-07 2 of 2.
    CHECK(trial.due("202", "2025-11-30") == "26 of 27");
    // Dr. Gagnon left on 2026-01-31; what he owed stays. The renewed approval is not accepted: 19 of 20. Dr. Lavoie, from 2026-02-02: CV,
    // certificate, training there; brochure, signature page, licence not: 3 of 6. Amendment 3 of 4, consent form 1 of 1, visits 2 of 4
    // (nothing of 2026-03-17), brochure 2.0 0 of 1, the temperature excursion 1 of 1, the yearly report not accepted: 0 of 1.
    CHECK(trial.due("202", "2026-06-30") == "29 of 38");
    const Json late = trial.report("late", "202", "2026-06-30");
    CHECK(column(late, "late", "slot").size() == 9);
    // Days since: approval 2025-06-23 (372), amendment's approval 2025-10-17 (256); Dr. Lavoie's three 2026-02-02 (148), brochure
    // 2026-03-04 (118); visit 2026-04-16 (75, twice); yearly report 2026-06-05 (25).
    CHECK(column(late, "late", "age_days") == Texts{"372", "256", "148", "148", "148", "118", "75", "75", "25"});
    CHECK(column(late, "buckets", "all") == Texts{"1", "0", "2", "4", "2"});
    const Json card = trial.report("site", "202", "2026-06-30");
    CHECK(column(card, "sites", "investigator") == Texts{"Dr. Marie Lavoie"});
    CHECK(column(card, "people", "person") == Texts{"Dr. Luc Gagnon (P211)", "Dr. Marie Lavoie (P212)"});
    CHECK(column(card, "people", "due_satisfied") == Texts{"6", "3"});
    CHECK(column(card, "people", "due_expected") == Texts{"6", "6"});
    CHECK(column(card, "visits", "visit") == Texts{"V202-2", "V202-1"});
    CHECK(column(card, "visits", "satisfied") == Texts{"0", "2"});
    CHECK(column(card, "visits", "expected") == Texts{"2", "2"});
    CHECK(column(card, "open", "slot").size() == 9);
}

TEST_CASE("timeliness of four documents, and what runs out") {
    const Trial trial;
    // Site 303: confidentiality 2026-04-13 to 04-20, feasibility 04-27 to 04-28, visit report 06-16 to 06-24, CV 05-18 to 05-19: 7, 1, 8
    // and 1 days, final on the same days. Sorted 1 1 7 8: the second is the median, the fourth the 90th percentile.
    const Json json = trial.report("timeliness", "303", "2026-06-30", {"--target", "5"});
    const Json* figures = json.find("figures");
    CHECK(figures->find("documents")->integer() == 4);
    CHECK(figures->find("received_median")->integer() == 1);
    CHECK(figures->find("received_p90")->integer() == 8);
    CHECK(figures->find("received_in_target")->find("satisfied")->integer() == 2);
    CHECK(figures->find("received_in_target")->find("percent")->number() == 50.0);
    CHECK(figures->find("final_median")->integer() == 1);
    CHECK(figures->find("carried_over")->integer() == 4);
    // On 2026-06-20 the visit report, dated 06-16, was not received.
    CHECK(trial.report("timeliness", "303", "2026-06-20").find("figures")->find("documents")->integer() == 3);

    // Site 101, 180 days from 2026-06-30 are until 2026-12-27: Dr. Marsh's CV of 2024-11-20 and Dr. Rivera's of 2024-11-22, two years each.
    const Json soon = trial.report("expiring", "101", "2026-06-30", {"--within", "180"});
    CHECK(column(soon, "expiring", "last_day") == Texts{"2026-11-20", "2026-11-22"});
    CHECK(column(soon, "expiring", "days_left") == Texts{"143", "145"});
    CHECK(column(soon, "expiring", "person") == Texts{"Dr. Ellen Marsh (P101)", "Dr. Tomás Rivera (P102)"});
    CHECK(column(soon, "expiring", "replaced") == Texts{"no", "no"});
    // On 2026-02-20 the approval that ends on 02-23 has its successor of 02-16, accepted on 02-24 only: in review, and good until the 23rd.
    // The debarment statements of 2025-02-16 and 02-18 ended before.
    const Json renewal = trial.report("expiring", "101", "2026-02-20", {"--within", "30"});
    CHECK(column(renewal, "expiring", "slot") == Texts{"EDL-066-03/USA/101///"});
    CHECK(column(renewal, "expiring", "days_left") == Texts{"3"});
    CHECK(column(renewal, "expiring", "replaced") == Texts{"in_review"});
}
