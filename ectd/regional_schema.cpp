#include "ectd/regional_schema.hpp"

#include <algorithm>

#include "core/text.hpp"
#include "core/xml.hpp"

namespace dossier::ectd {

Result<std::optional<SchemaText>> find_schema(FileSystem& fs, const templates::OfficialFiles& official, const Region& region) {
    const auto* found = region.schema().empty() ? nullptr : official.find(region.schema());
    if (!found) return std::optional<SchemaText>();
    DOSSIER_TRY(std::string bytes, read_file(fs, found->path));
    return std::optional<SchemaText>({region.schema(), found->path, std::move(bytes)});
}

SchemaVerdict verdict_of(const Region& region, const std::optional<SchemaFact>& fact) {
    SchemaVerdict verdict;
    verdict.schema = region.schema();
    if (verdict.schema.empty()) return verdict;
    const std::string file = region.regional_file();
    if (!fact) {
        verdict.not_checked = fill("{} was not checked: the official {} is not at hand", file, verdict.schema);
        verdict.remedy = "download it from the agency, then: dossier standards add FOLDER";
        return verdict;
    }
    if (!fact->not_judged.empty()) {
        verdict.not_checked = fill("{} was not checked by {}: {}", file, verdict.schema, fact->not_judged);
        verdict.remedy = fact->stopped ? "write the file again from where it was made" : "tell us, with the schema's version";
        return verdict;
    }
    for (const XmlProblem& problem : fact->problems)
        verdict.findings.push_back(
            {regional_schema_rule, "", "error", file, fill("line {}", problem.line),
             fill("it does not follow {}: {}", verdict.schema, problem.message),
             "where the value is right, the tables of this region are not: correct them by the schema (docs/cta.md)"});
    return verdict;
}

Result<SchemaVerdict> judge_by_schema(FileSystem& fs, const templates::OfficialFiles& official, const Region& region,
                                      std::string_view written) {
    DOSSIER_TRY(const auto schema, find_schema(fs, official, region));
    if (!schema) return verdict_of(region, std::nullopt);
    SchemaFact fact;
    fact.schema = schema->name;
    auto problems = validate_xml_schema(written, region.regional_file(), schema->bytes, schema->path);
    if (problems)
        fact.problems = std::move(*problems);
    else
        fact.not_judged = to_text(problems.error());
    return verdict_of(region, fact);
}

void add_to(ValidationReport& report, const SchemaVerdict& verdict) {
    if (verdict.schema.empty()) return;
    ++report.coverage.rules;
    if (!verdict.not_checked.empty()) {
        report.not_run.push_back({regional_schema_rule, verdict.not_checked + "; " + verdict.remedy});
        ++report.coverage.not_run;
    } else if (verdict.findings.empty()) {
        report.passed.push_back(regional_schema_rule);
        ++report.coverage.passed;
    } else {
        ++report.coverage.with_findings;
    }
    for (const Finding& finding : verdict.findings) {
        ++report.counts[finding.severity];
        report.findings.push_back(finding);
    }
    std::stable_sort(report.findings.begin(), report.findings.end(),
                     [](const Finding& a, const Finding& b) { return severity_rank(a.severity) > severity_rank(b.severity); });
    report.verdict = verdict_of(report.findings, report.not_run.empty());
}

} // namespace dossier::ectd
