// The completeness report of a study in the repository, for every command that shows it.
#pragma once

#include "cli/tmf_session.hpp"
#include "tmf/completeness.hpp"

namespace dossier::cli {

struct CompletenessOptions {
    std::string study, country, site, milestone, audience; // empty: what the user may see
    ReportDays days;
    bool totals = false;    // no rows
    bool recompute = false; // totals: count anew, whatever is stored
};

// The options read against the study: places and milestones that are known, a day, today for what unblinds.
Result<tmf::CompletenessQuestion> completeness_question(const Context& context, const ReportSession& opened,
                                                        const CompletenessOptions& options);

struct LoadedReport {
    std::unique_ptr<StudySession> session; // the report points into its catalogue
    tmf::CompletenessReport report;
};
Result<LoadedReport> make_completeness(Context& context, const CompletenessOptions& options);

// The totals alone: from the roll-up where it is about the day asked for, else counted, and stored for the next time where it may be.
Result<tmf::CompletenessReport> make_totals(Context& context, const CompletenessOptions& options);
std::string totals_text(const tmf::CompletenessReport& report);

// For a terminal: totals first, then what is open by place.
std::string completeness_text(const tmf::CompletenessReport& report, const tmf::Study& study, bool color);

} // namespace dossier::cli
