// The overview: for whoever sees a part only, and on a day when a study was not known; the target of timeliness that a study sets.
#include "tests/tmf/report_support.hpp"

using namespace tmf_test;

namespace {

using Texts = std::vector<std::string>;

const std::string second_study = "study: {id: T, title: Another}\ncountries: [{code: USA, approved: 2025-01-01}]\n"
                                 "sites: [{id: '1', country: USA, activated: 2025-02-01}]\n"
                                 "people: [{id: P9, name: Eve Day, role: principal_investigator, site: '1', from: 2025-01-15}]\n";

// Study S is known since 2025-10-01, T since 2025-11-15.
struct Two : Program {
    Two() {
        now = "2025-11-15T12:00:00Z";
        scratch.write("T.yaml", second_study);
        require({"study", "apply", "T.yaml"});
        now = "2025-12-01T12:00:00Z";
    }
    Json overview(const std::string& who, std::vector<std::string> more = {}) {
        const std::string before = user;
        user = who;
        more.insert(more.begin(), {"tmf", "report", "overview", "--audience", "blinded"});
        const Json report = json(more);
        user = before;
        return report;
    }
};

std::string note_of(const Json& report) {
    std::string text;
    for (const Json& note : report.find("notes")->items()) text += note.text() + "\n";
    return text;
}

} // namespace

TEST_CASE("overview on a day when one study was not known names it and counts the other") {
    Two p;
    const Json then = p.overview("ann", {"--known-at", "2025-11-14"});
    CHECK(column(then, "studies", "study") == Texts{"S", "T"});
    CHECK(column(then, "studies", "known") == Texts{"yes", "no"});
    CHECK(column(then, "studies", "due_expected")[1] == "null");
    CHECK(figure(then, "studies") == 1);
    CHECK(note_of(then) == "Study T: not known on 2025-11-14.\n");
    // What S had then is what its own overview says.
    const Json alone = p.json({"tmf", "report", "S", "overview", "--known-at", "2025-11-14", "--audience", "blinded"});
    CHECK(share(then, "due_now") == share(alone, "due_now"));
    CHECK(column(p.overview("ann", {"--known-at", "2025-11-15"}), "studies", "known") == Texts{"yes", "yes"});
    // Before either: both are named, nothing is counted.
    const Json before = p.overview("ann", {"--known-at", "2025-09-30"});
    CHECK(column(before, "studies", "known") == Texts{"no", "no"});
    CHECK(figure(before, "studies") == 0);
    CHECK(before.find("as_of")->text() == "2025-09-30");
    CHECK(column(then, "studies", "edl")[0] == "EDL@1");
    // Asked for alone, it is refused, and the error says since when it is known.
    CHECK(p.refused({"tmf", "report", "T", "overview", "--known-at", "2025-11-14"}).find("the ledger has it since 2025-11-15") !=
          std::string::npos);
    CHECK(p.require({"tmf", "report", "overview", "--known-at", "2025-11-14"}).find("not known on 2025-11-14") != std::string::npos);
}

TEST_CASE("overview shows each user the studies, countries and sites that he may see, and says so") {
    Two p;
    const auto add = [&p](const std::string& name, std::vector<std::string> more) {
        more.insert(more.begin(), {"user", "add", name});
        p.require(more);
    };
    add("max", {"--role", "manager"});
    add("whole", {"--role", "auditor", "--study", "T"});
    add("site", {"--role", "auditor", "--study", "S", "--site", "701"});
    add("country", {"--role", "auditor", "--study", "S", "--country", "USA"});
    add("country", {"--role", "auditor", "--study", "S", "--site", "0702"}); // inside the country: no line of its own
    add("country", {"--role", "auditor", "--study", "T", "--site", "1"});

    CHECK(column(p.overview("max"), "studies", "study") == Texts{"S", "T"});
    CHECK(note_of(p.overview("max")).empty());
    const Json whole = p.overview("whole");
    CHECK(column(whole, "studies", "study") == Texts{"T"});
    CHECK(column(whole, "studies", "scope") == Texts{""});
    CHECK(note_of(whole) == "Limited to what whole may see: study T.\n");

    const Json site = p.overview("site");
    CHECK(column(site, "studies", "study") == Texts{"S"});
    CHECK(column(site, "studies", "scope") == Texts{"site 701"});
    CHECK(column(site, "studies", "countries") == Texts{"1"});
    CHECK(column(site, "studies", "sites") == Texts{"1"});
    CHECK(note_of(site) == "Limited to what site may see: site 701 of study S.\n");
    // The line is what completeness of the site says.
    const Json completeness = p.json({"tmf", "completeness", "S", "--site", "701", "--audience", "blinded"});
    CHECK(column(site, "studies", "due_expected")[0] == std::to_string(completeness.find("due_now")->find("expected")->integer()));
    CHECK(column(site, "studies", "whole_expected")[0] == std::to_string(completeness.find("whole_trial")->find("expected")->integer()));

    // Of the one study asked for it is no overview of all, also where he sees a part of it.
    for (const auto& [name, scopes] : std::vector<std::pair<std::string, Texts>>{{"site", {"site 701"}}, {"max", {""}}}) {
        p.user = name;
        const Json one = p.json({"tmf", "report", "S", "overview", "--audience", "blinded"});
        CHECK(one.find("title")->text() == "Overview");
        CHECK(one.find("study")->text() == "S");
        CHECK(one.find("model")->text() == "3.3.1");
        CHECK(column(one, "studies", "scope") == scopes);
    }
    p.user = "ann";
    CHECK(site.find("title")->text() == "Overview of all studies");
    CHECK(site.find("study")->text().empty());

    p.user = "site"; // study T is none of his: it is not there for him
    CHECK(p.refused({"tmf", "report", "T", "overview"}).find("the repository has no study T") != std::string::npos);
    p.user = "ann";

    const Json country = p.overview("country");
    CHECK(column(country, "studies", "study") == Texts{"S", "T"});
    CHECK(column(country, "studies", "scope") == Texts{"country USA", "site 1"});
    CHECK(column(country, "studies", "sites") == Texts{"2", "1"});
    CHECK(figure(country, "studies") == 2);
    CHECK(note_of(country) == "Limited to what country may see: country USA of study S; site 1 of study T.\n");
}

TEST_CASE("the target of timeliness is the option's, else the study's, else 30 days, and the report says which") {
    Program p;
    const auto settings = [&p](std::vector<std::string> more = {}) {
        more.insert(more.begin(), {"tmf", "report", "S", "timeliness"});
        const Json report = p.json(more);
        const Json& s = *report.find("settings");
        return fill("{}: {}", s.find("target_days")->integer(), s.find("target_from")->text());
    };
    CHECK(settings() == "30: the default: neither the option --target nor the study says one");
    p.scratch.write("STUDY.yaml", replace_all(program_study, "grace_days: 30", "grace_days: 30, timeliness_target: 14"));
    const std::string told = p.require({"study", "apply", "STUDY.yaml"});
    CHECK(told.find("timeliness_target 14") != std::string::npos);
    CHECK(settings() == "14: the study's timeliness_target");
    CHECK(settings({"--target", "5"}) == "5: the option --target");
    CHECK(p.require({"tmf", "audit", "S", "--json"}).find("timeliness_target") != std::string::npos);
    // Numbers are numbers.
    const Json study = p.json({"study", "show", "S"});
    CHECK(study.dump(-1).find("\"grace_days\":30") != std::string::npos);
    CHECK(study.dump(-1).find("\"timeliness_target\":14") != std::string::npos);
    CHECK(p.require({"study", "apply", "STUDY.yaml"}).find("timeliness") == std::string::npos); // nothing changes
    for (const char* bad : {"0", "1000", "ten", "-3"}) {
        p.scratch.write("STUDY.yaml", replace_all(program_study, "grace_days: 30", fill("timeliness_target: {}", std::string_view(bad))));
        CHECK(p.run({"study", "apply", "STUDY.yaml"})
                  .err.find(fill("timeliness_target \"{}\" is not a number of days from 1 to 999", std::string_view(bad))) !=
              std::string::npos);
    }
}
