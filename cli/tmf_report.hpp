// What the parts of `tmf report` share: its options, and a study opened for a report.
#pragma once

#include "cli/tmf_completeness.hpp"
#include "tmf/report_kinds.hpp"

#include <cstdint>
#include <limits>
#include <string>

namespace dossier::cli {

constexpr std::int64_t no_days = std::numeric_limits<std::int64_t>::min(); // an option that was not given; 0 is a wrong number

struct ReportCommandOptions {
    CompletenessOptions question;
    std::string kind, fail_on = "rejecting";
    std::int64_t within = no_days, target = no_days;
};

// What a report of one study is made of.
struct OpenedStudy {
    ReportSession session;
    templates::QualityCatalogue quality;
    tmf::CompletenessQuestion question;
    tmf::StudyState state;
    tmf::ReportFacts facts(const ReportCommandOptions& options) const;
};
// Without the question, which is another for each part of a study that the user may see.
Result<OpenedStudy> open_facts(Context& context, const ReportCommandOptions& options);

// One line for each study, or each part of one, that the user may see; `study` empty: for all of the repository.
Result<tmf::Report> overview_of(Context& context, const tmf::ReportKind& kind, const ReportCommandOptions& options);

} // namespace dossier::cli
