// The completeness report of a study in the repository, for every command that shows it.
#pragma once

#include "cli/tmf_session.hpp"
#include "tmf/completeness.hpp"

namespace dossier::cli {

struct CompletenessOptions {
    std::string study, country, site, milestone, audience; // empty: what the user may see
    ReportDays days;
};

// The options read against the study: places and milestones that are known, a day, today for what unblinds.
Result<tmf::CompletenessQuestion> completeness_question(const ReportSession& opened, const CompletenessOptions& options);

struct LoadedReport {
    std::unique_ptr<StudySession> session; // the report points into its catalogue
    tmf::CompletenessReport report;
};
Result<LoadedReport> make_completeness(Context& context, const CompletenessOptions& options);

// For a terminal: totals first, then what is open by place.
std::string completeness_text(const tmf::CompletenessReport& report, const tmf::Study& study, bool color);

} // namespace dossier::cli
