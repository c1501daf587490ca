// The sampling plan as a report: what is to be checked, and for each version why.
#include <map>

#include "core/text.hpp"
#include "tmf/report_kinds.hpp"
#include "tmf/report_sample.hpp"

namespace dossier::tmf {

namespace {

ReportTable versions_table(const Sample& sample, const ReportFacts& facts) {
    ReportTable table{"versions",
                      "To be checked",
                      {{"document", "Document"},
                       {"artifact", "Artifact"},
                       {"name", "Name"},
                       {"country", "Country"},
                       {"site", "Site"},
                       {"title", "Title"},
                       {"why", "Why"},
                       {"reason", "Reason"},
                       {"draw", "Drawn"},
                       {"outcome", "Outcome"},
                       {"decided", "Decided", ColumnKind::date}},
                      {},
                      "outcome waiting: still to be checked."};
    for (const SampledVersion& member : sample.versions) {
        if (!member.is_chosen()) continue;
        const DocumentRecord& document = member.stored->document;
        table.rows.push_back({version_id(document.number, member.version().number), artifact_number(facts.catalogue, document.unique_id),
                              artifact_name(facts.catalogue, document.unique_id), document.country, document.site, member.version().title,
                              std::string(to_text(member.why)), member.reason, draw_text(member.draw),
                              std::string(to_text(member.outcome.kind)), day_cell(member.outcome.decided)});
    }
    return table;
}

ReportTable artifacts_table(const Sample& sample, const ReportFacts& facts) {
    ReportTable table{"artifacts",
                      "By artifact",
                      {{"artifact", "Artifact"},
                       {"name", "Name"},
                       {"critical", "Critical"},
                       {"percent", "Percentage", ColumnKind::number},
                       {"versions", "Versions", ColumnKind::number},
                       {"chosen", "To be checked", ColumnKind::number},
                       {"first_pass", "Decided, first pass", ColumnKind::number},
                       {"passed", "Passed", ColumnKind::number}},
                      {},
                      "first_pass and passed are counted over the versions to be checked."};
    for (const SampledArtifact& artifact : sample.artifacts)
        table.rows.push_back({artifact_number(facts.catalogue, artifact.unique_id), artifact_name(facts.catalogue, artifact.unique_id),
                              std::string(artifact.critical ? "yes" : "no"), artifact.percent, artifact.versions, artifact.chosen,
                              artifact.first_pass, artifact.passed});
    return table;
}

} // namespace

Report sample_report(const ReportFacts& facts, SamplePlan plan) {
    plan.as_of = facts.question.as_of;
    const Sample sample = draw_sample(documents_in_scope(facts), facts.study, facts.quality, plan);
    std::map<SampledVersion::Why, std::int64_t> why;
    std::int64_t waiting = 0;
    for (const SampledVersion& member : sample.versions) {
        ++why[member.why];
        waiting += member.is_chosen() && member.outcome.kind == ReviewOutcome::Kind::waiting ? 1 : 0;
    }
    using Why = SampledVersion::Why;
    const std::int64_t chosen = why[Why::critical] + why[Why::drawn] + why[Why::tightened];
    Report report = start_report("sample", "Sampling plan", facts);
    report.settings = {{"percent", plan.percent}, {"target", plan.target}, {"seed", plan.seed}};
    report.figures = {
        {"population", "Final versions", number_cell(chosen + why[Why::not_drawn]), "versions", "sum of versions of artifacts"},
        {"chosen", "To be checked", number_cell(chosen), "versions", "rows of versions"},
        {"critical", "of critical artifacts", number_cell(why[Why::critical]), "versions", "rows of versions with why critical"},
        {"drawn", "drawn", number_cell(why[Why::drawn]), "versions", "rows of versions with why drawn"},
        {"tightened", "drawn after tightening", number_cell(why[Why::tightened]), "versions", "rows of versions with why tightened"},
        {"waiting", "still to be checked", number_cell(waiting), "versions", "rows of versions with outcome waiting"},
    };
    report.tables = {versions_table(sample, facts), artifacts_table(sample, facts)};
    report.notes = {fill("Drawn: the first 8 digits of the SHA-256 of \"{}:D-000012@1\" (seed and version) as a share of 2^32, in percent.",
                         plan.seed)};
    return report;
}

} // namespace dossier::tmf
