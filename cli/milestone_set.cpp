#include "cli/tmf_session.hpp"
#include "core/fold.hpp"
#include "core/text.hpp"
#include "tmf/study_apply.hpp"

namespace dossier::cli {

Result<int> show_outcome(Context& context, const tmf::ApplyOutcome& outcome, bool dry_run); // study_apply.cpp

Command make_milestone_set() {
    struct Options_ {
        std::string study, code, date, country, site, entry, reason;
        bool planned = false, another = false;
    };
    auto options = std::make_shared<Options_>();
    Command command;
    command.name = "milestone set";
    command.right = "milestone.set";
    command.forms = {"text", "json"};
    command.summary = "Record when a milestone was reached (or is planned)";
    command.example = "dossier milestone set CDISCPILOT01 03 2025-09-01 --site 702";
    command.declare = [options](Options& list) {
        list.text("STUDY", options->study, "The study's id", true);
        list.text("CODE", options->code, "01 to 12, S.., C.. or T..", true);
        list.text("DATE", options->date, "YYYY-MM-DD; none takes back what this command recorded (what the study file gives stays)", true);
        list.text("--country", options->country, "Of a country");
        list.text("--site", options->site, "Of a site");
        list.flag("--planned", options->planned, "The date is expected, it has not happened");
        list.flag("--another", options->another, "05, 06, 11: it happened once more, beside the entries that are there");
        list.text("--entry", options->entry, "05, 06, 11: of several entries, the one of this date is meant");
        list.text("--reason", options->reason, "Why; it stays in the audit trail");
    };
    command.run = [options](Context& context) -> Result<int> {
        DOSSIER_TRY(const auto session, open_study(context, options->study, tmf::Repository::Access::write));
        tmf::MilestoneSetting setting;
        setting.study = session->study.id;
        setting.code = options->code.size() == 1 ? "0" + options->code : options->code;
        setting.planned = options->planned;
        setting.another = options->another;
        setting.reason = std::string(seen_text(options->reason));
        DOSSIER_TRY(setting.entry, date_option("--entry", options->entry));
        if (!session->catalogue.milestone(setting.code))
            return Error(ErrorKind::invalid, fill("there is no milestone {}", options->code), {},
                         "the codes are 01 to 12, S01 to S17, C01 to C06, T01 to T15");
        if (to_lower(options->date) != "none") {
            DOSSIER_TRY(setting.date, date_option("DATE", options->date));
        }
        if (!options->country.empty()) {
            DOSSIER_TRY(setting.country, tmf::find_country(session->catalogue, session->study, options->country));
        }
        if (!options->site.empty()) {
            DOSSIER_TRY(const tmf::Site* const site, tmf::find_site(session->study, options->site));
            DOSSIER_CHECK(tmf::check_country_of(*site, setting.country));
            setting.site = site->id;
            setting.country = site->country;
        }
        DOSSIER_CHECK(session->require(setting.country, setting.site)); // before what is said of the dates that stand there
        DOSSIER_TRY(const auto outcome, tmf::set_milestone(*session->repository, session->catalogue, setting, author_of(context)));
        return show_outcome(context, outcome, false);
    };
    return command;
}

} // namespace dossier::cli
