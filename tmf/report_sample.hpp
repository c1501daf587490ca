// The sampling plan (tmf/sampling.hpp) as a report of the form that all reports have.
#pragma once

#include "tmf/report.hpp"
#include "tmf/sampling.hpp"

namespace dossier::tmf {

struct ReportFacts;

// The plan's day is that of the facts' question.
Report sample_report(const ReportFacts& facts, SamplePlan plan);

} // namespace dossier::tmf
