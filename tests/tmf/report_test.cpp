// Reports through the program: what every kind shares, and the waivers.
#include "tests/support/skip.hpp"
#include "tests/tmf/report_support.hpp"
#include "tests/tmf/study_support.hpp"
#include "tmf/report_kinds.hpp"

using namespace tmf_test;

namespace {

using Texts = std::vector<std::string>;

// On 2025-10-01 P1's CV at site 701 is waived until 2025-10-20 and signature pages are not applicable there; the latter is taken back on
// 2025-11-03, which ends it with 2025-11-02.
struct Decided : Program {
    Decided() {
        require({"tmf", "waive", "S", "EDL-087-01", "--site", "701", "--key", "P1", "--reason", "seen, on paper", "--until", "2025-10-20"});
        require({"tmf", "waive", "S", "EDL-085-01", "--site", "701", "--not-applicable", "--reason", "signed elsewhere"});
        now = "2025-11-03T12:00:00Z";
        require({"tmf", "unwaive", "S", "EDL-085-01", "--site", "701", "--reason", "it is expected after all"});
    }
    Json waivers(const std::string& as_of) const { return json({"tmf", "report", "S", "waivers", "--as-of", as_of}); }
};

} // namespace

TEST_CASE("waivers: what was decided without a reason is pointed out") {
    const Decided trial;
    CHECK(trial.json({"tmf", "report", "S", "waivers"}).find("notes")->items().empty());
    const auto run = trial.run({"tmf", "waive", "S", "EDL-085-01", "--site", "0702", "--not-applicable"});
    CHECK(run.code == 0);
    CHECK(run.err.find("note: no reason was given") == 0);
    CHECK(trial.json({"tmf", "report", "S", "waivers"}).find("notes")->items().front().text() ==
          "no reason was given for W-000003: end it by its number ('dossier tmf unwaive S W-000003 --reason TEXT') and decide anew with "
          "--reason");
    trial.require({"tmf", "unwaive", "S", "W-000003", "--reason", "decided anew with a reason"});
}

TEST_CASE("decisions are in force from their day to their last day, and each names the slots it keeps out") {
    const Decided trial;
    using Texts = std::vector<std::string>;
    const Json before = trial.waivers("2025-09-30");
    CHECK(column(before, "decisions", "state") == Texts{"later", "later"});
    CHECK(column(before, "slots", "slot").empty());
    const Json both = trial.waivers("2025-10-20");
    CHECK(column(both, "decisions", "state") == Texts{"in_force", "in_force"});
    CHECK(column(both, "decisions", "by") == Texts{"ann", "ann"});
    CHECK(column(both, "decisions", "reason") == Texts{"seen, on paper", "signed elsewhere"});
    // One investigator at site 701: one CV, one signature page.
    CHECK(column(both, "slots", "slot") == Texts{"EDL-087-01/USA/701/P1//", "EDL-085-01/USA/701/P1//"});
    CHECK(column(both, "slots", "decision") == Texts{"W-000001", "W-000002"});
    CHECK(figure(both, "slots") == 2);
    CHECK(column(trial.waivers("2025-10-21"), "decisions", "state") == Texts{"ended", "in_force"});
    const Json after = trial.waivers("2025-11-03");
    CHECK(column(after, "decisions", "state") == Texts{"ended", "ended"});
    CHECK(column(after, "decisions", "until") == Texts{"2025-10-20", "2025-11-02"});
    CHECK(figure(after, "ended") == 2);
    // On 2025-10-01 nobody knew that the second would be taken back.
    const Json known = trial.json({"tmf", "report", "S", "waivers", "--as-of", "2025-11-03", "--known-at", "2025-10-01"});
    CHECK(column(known, "decisions", "state") == Texts{"ended", "in_force"});
}

TEST_CASE("a decision about what may unblind is not shown to the blinded") {
    const Program trial; // its product is blinded; EDL-133-01, treatment allocation, may unblind
    trial.require({"tmf", "waive", "S", "EDL-133-01", "--reason", "kit list at the vendor"});
    trial.require({"tmf", "waive", "S", "EDL-087-01", "--site", "701", "--reason", "on paper"});
    const auto waivers = [&trial](const char* audience) { return trial.json({"tmf", "report", "S", "waivers", "--audience", audience}); };
    using Texts = std::vector<std::string>;
    CHECK(column(waivers("unblinded"), "decisions", "rule") == Texts{"EDL-133-01", "EDL-087-01"});
    const Json blinded = waivers("blinded");
    CHECK(column(blinded, "decisions", "rule") == Texts{"EDL-087-01"});
    CHECK(figure(blinded, "in_force") == 1);
    trial.require({"milestone", "set", "S", "S11", "2025-09-30"}); // unblinded the day before
    CHECK(column(waivers("blinded"), "decisions", "rule") == Texts{"EDL-133-01", "EDL-087-01"});
}

TEST_CASE("a report has every form, and its CSV is its first table") {
    const Decided trial;
    const std::string text = trial.require({"tmf", "report", "S", "waivers", "--as-of", "2025-10-20", "--audience", "blinded"});
    CHECK(text.find("S  Small study\nWaived and not applicable\nas of 2025-10-20, audience blinded") == 0);
    CHECK(text.find("seen, on paper") != std::string::npos);
    const std::string csv = trial.require({"tmf", "report", "S", "waivers", "--format", "csv"});
    CHECK(csv.find("\xEF\xBB\xBF"
                   "decision,state,kind,rule,name,country,site") == 0);
    const std::string html = trial.require({"tmf", "report", "S", "waivers", "--format", "html"});
    CHECK(html.find("<h1>Waived and not applicable") != std::string::npos);
    CHECK(html.find("seen, on paper") != std::string::npos);
    for (const char* outside : {"http://", "https://", " src=", "@import", "url("}) CHECK(html.find(outside) == std::string::npos);
    trial.require({"tmf", "report", "S", "waivers", "--format", "xlsx", "--output", "out.xlsx"});
    CHECK(trial.scratch.read("out.xlsx").substr(0, 2) == "PK");
    const Json json = trial.waivers("2025-10-20");
    CHECK(json.find("report")->text() == "waivers");
    CHECK(json.find("known_at")->is_null());
    CHECK(json.find("report_version")->integer() == 1);
    CHECK(json.find("edl")->text() == trial.json({"tmf", "completeness", "S"}).find("edl")->text());
}

TEST_CASE("a report that does not exist, and an option that a report would ignore, are refused with the remedy") {
    const Program trial;
    CHECK(
        trial.refused({"tmf", "report", "S", "waiver"}, 2).find("there is no report waiver. Mend: did you mean waivers? the kinds are ") !=
        std::string::npos);
    CHECK(trial.refused({"tmf", "report", "S", "waivers", "--within", "30"}, 2).find("the report waivers takes no --within") !=
          std::string::npos);
    for (const char* days : {"0", "-5"}) {
        CHECK(trial.refused({"tmf", "report", "S", "expiring", "--within", days}, 2).find("--within is a number of days, 1 or more") !=
              std::string::npos);
        CHECK(trial.refused({"tmf", "report", "S", "timeliness", "--target", days}, 2).find("--target is a number of days, 1 or more") !=
              std::string::npos);
        CHECK(trial.refused({"tmf", "report", "S", "waivers", "--within", days}, 2).find("takes no --within") != std::string::npos);
    }
    CHECK(trial.refused({"tmf", "report", "S", "waivers", "--fail-on", "bad"}, 2).find("--fail-on bad is no severity") !=
          std::string::npos);
    CHECK(trial.refused({"tmf", "report", "T", "waivers"}).find("the repository has no study T") != std::string::npos);
}

TEST_CASE("help lists the kinds of report, each with its line") {
    const std::string help = Program().require({"tmf", "report", "--help"});
    CHECK(help.find("waivers") != std::string::npos);
    CHECK(help.find("what is waived or not applicable") != std::string::npos);
}

TEST_CASE("docs/reports.md names every kind of report with its figures, tables and columns") {
    const Program trial;
    const std::string docs = test::read_bytes(test::source_folder() + "/docs/reports.md");
    for (const tmf::ReportKind& kind : tmf::report_kinds()) {
        INFO(kind.name);
        const std::size_t start = docs.find("### " + std::string(kind.name) + "\n");
        REQUIRE(start != std::string::npos);
        const std::string section = docs.substr(start, docs.find("\n### ", start + 1) - start);
        const auto named = [&section](const std::string& key) { return section.find("`" + key + "`") != std::string::npos; };
        const tmf::StudyState nothing;
        const tmf::Study study = tmf_test::study("study: {id: S, title: T, start: 2025-01-01}\n");
        const auto quality = templates::read_quality_catalogue(templates::Source(), catalogue());
        REQUIRE(quality);
        const tmf::Report report = kind.make({catalogue(), *quality, study, nothing, {}, {}});
        for (const tmf::ReportFigure& figure : report.figures) {
            INFO(figure.key);
            CHECK(named(figure.key));
        }
        for (const tmf::ReportTable& table : report.tables) {
            INFO(table.key);
            CHECK(named(table.key));
            for (const tmf::ReportColumn& column : table.columns) {
                INFO(column.key);
                CHECK(named(column.key));
            }
        }
    }
}

TEST_CASE("a percentage of nothing expected is 100.0 in a machine field and n/a to read, of completeness alone") {
    const Program trial; // nothing is due anywhere on the first day of the study
    trial.scratch.write("T.yaml", "study: {id: T, title: Nothing yet}\n");
    trial.require({"study", "apply", "T.yaml"});
    const Texts overview{"tmf", "report", "T", "overview", "--as-of", "2025-01-10"};
    const auto form = [&](const Texts& command, const char* name) {
        Texts arguments = command;
        arguments.insert(arguments.end(), {"--format", name});
        return trial.require(arguments);
    };
    const Json report = trial.json(overview);
    const Json& row = report.find("tables")->find("studies")->items().front();
    CHECK(row.find("due_expected")->integer() == 0);
    for (const char* field : {"due_percent", "next_percent"}) {
        INFO(field);
        CHECK(row.find(field)->number() == 100.0);
    }
    CHECK(report.find("figures")->find("due_now")->find("percent")->number() == 100.0);
    CHECK(form(overview, "csv").find(",0,0,100,") != std::string::npos); // due_expected, due_satisfied, due_percent
    CHECK(form(overview, "text").find("n/a") != std::string::npos);
    CHECK(form(overview, "text").find("100.0") == std::string::npos);
    CHECK(form(overview, "html").find(">n/a<") != std::string::npos);
    const Json dashboard = trial.json({"tmf", "report", "S", "dashboard", "--as-of", "2025-01-10", "--audience", "blinded"});
    for (const char* table : {"places", "trend"})
        for (const Json& sums : dashboard.find("tables")->find(table)->items()) {
            INFO(table);
            CHECK(sums.find("due_expected")->integer() == 0);
            CHECK(sums.find("due_percent")->number() == 100.0);
        }
    const Json site = trial.json({"tmf", "report", "S", "site", "--as-of", "2025-01-10", "--audience", "blinded"});
    const Json& card = site.find("tables")->find("sites")->items().front();
    CHECK(card.find("due_percent")->number() == 100.0);
    CHECK(card.find("first_pass_yield")->is_null()); // nobody reviewed anything: no measure, and no completeness
}

TEST_CASE("a country beside a site of another one is refused wherever both may be said, and is no answer without rows") {
    const Program p;
    for (const Texts& form :
         {Texts{"tmf", "report", "S", "late"}, Texts{"tmf", "report", "S", "dashboard"}, Texts{"tmf", "report", "S", "site"},
          Texts{"tmf", "report", "S", "waivers"}, Texts{"tmf", "report", "S", "late", "--known-at", "2025-10-01"},
          Texts{"tmf", "completeness", "S"}, Texts{"tmf", "completeness", "S", "--totals"}, Texts{"tmf", "sample", "S", "--seed", "x"},
          Texts{"tmf", "search", "protocol", "--study", "S"}, Texts{"tmf", "list"}, Texts{"tmf", "list", "--study", "S"},
          Texts{"tmf", "waive", "S", "EDL-087-01", "--reason", "x"}, Texts{"milestone", "set", "S", "09", "2025-09-01"},
          Texts{"user", "add", "eve", "--role", "filer", "--study", "S"}}) {
        INFO(join(form, " "));
        const auto at = [&form](const char* country) {
            Texts arguments = form;
            arguments.insert(arguments.end(), {"--country", country, "--site", "701"});
            return arguments;
        };
        CHECK(p.refused(at("DE")) == "dossier: site 701 is in USA, not in DEU. Mend: leave out --country, or name a site in DEU\n");
        CHECK(p.run(at("US")).code == 0);
    }
}
