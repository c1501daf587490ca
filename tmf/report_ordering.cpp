// Rules of order as findings: every rule at every place with its verdict; what failed is a finding, what could not be judged says why.
#include <algorithm>

#include "core/text.hpp"
#include "tmf/ordering.hpp"
#include "tmf/report_kinds.hpp"

namespace dossier::tmf {

namespace {

using State = OrderingJudgement::State;

Finding finding_of(const OrderingJudgement& judgement, const PersonNames& names) {
    const templates::OrderingRule& rule = *judgement.rule;
    Finding finding;
    finding.rule = rule.id;
    // Our own proposals, never rejecting: a person decides whether it is a fault.
    finding.severity = rule.confidence == "low" ? "info" : "warning";
    finding.path = judgement.earlier.document;
    finding.location = place_name(judgement.country, judgement.site);
    if (!judgement.person.empty()) finding.location += ", " + names.of(judgement.person);
    finding.message = fill("{}: {} (confidence of the rule: {})", rule.text, judgement.reason, rule.confidence);
    finding.remedy = rule.remedy;
    return finding;
}

ReportTable judgements_table(const std::vector<OrderingJudgement>& judgements) {
    ReportTable table{"judgements",
                      "Rules of order",
                      {{"rule", "Rule"},
                       {"state", "Verdict"},
                       {"country", "Country"},
                       {"site", "Site"},
                       {"person", "Person"},
                       {"text", "Rule in words"},
                       {"earlier", "First", ColumnKind::date},
                       {"earlier_document", "Document"},
                       {"later", "Then", ColumnKind::date},
                       {"later_document", "Document"},
                       {"uncovered", "Not covered", ColumnKind::date},
                       {"reason", "Reason"},
                       {"confidence", "Confidence"}},
                      {},
                      "not_judged: a side is missing; that is neither passed nor failed."};
    for (const OrderingJudgement& j : judgements)
        table.rows.push_back({j.rule->id, std::string(to_text(j.state)), j.country, j.site, j.person, j.rule->text,
                              day_cell(j.earlier.date), j.earlier.document, day_cell(j.later.date), j.later.document, day_cell(j.uncovered),
                              j.reason, j.rule->confidence});
    return table;
}

std::int64_t count(const std::vector<OrderingJudgement>& judgements, State state, const std::string& rule = {}) {
    return std::count_if(judgements.begin(), judgements.end(), [&](const OrderingJudgement& judgement) {
        return judgement.state == state && (rule.empty() || judgement.rule->id == rule);
    });
}

ReportTable rules_table(const std::vector<OrderingJudgement>& judgements, const ReportFacts& facts) {
    ReportTable table{"rules",
                      "By rule",
                      {{"rule", "Rule"},
                       {"text", "In words"},
                       {"confidence", "Confidence"},
                       {"passed", "Passed", ColumnKind::number},
                       {"failed", "Failed", ColumnKind::number},
                       {"not_judged", "Not judged", ColumnKind::number}},
                      {},
                      "Rules are proposals of ours; confidence says how sure it is that a breach is a fault."};
    for (const templates::OrderingRule& rule : facts.quality.ordering)
        table.rows.push_back({rule.id, rule.text, rule.confidence, count(judgements, State::passed, rule.id),
                              count(judgements, State::failed, rule.id), count(judgements, State::not_judged, rule.id)});
    return table;
}

} // namespace

std::vector<OrderingJudgement> order_of(const ReportFacts& facts) {
    const OrderingQuestion question{facts.question.as_of, facts.question.country, facts.question.site};
    // A site's rules may be judged by a document of its country or the trial, so the question's place must not hide those.
    ReportFacts whole = facts;
    whole.question.country.clear();
    whole.question.site.clear();
    return judge_order(facts.quality.ordering, facts.catalogue, facts.study, documents_in_scope(whole), question);
}

Report ordering_report(const ReportFacts& facts) {
    const std::vector<OrderingJudgement> judgements = order_of(facts);
    Report report = start_report("ordering", "What has to come before what", facts);
    const PersonNames names(facts.study);
    const std::int64_t not_judged = count(judgements, State::not_judged);
    report.figures = {
        {"passed", "Passed", number_cell(count(judgements, State::passed)), "", "rows of judgements with state passed"},
        {"failed", "Failed", number_cell(count(judgements, State::failed)), "", "rows of judgements with state failed"},
        {"not_judged", "Not judged", number_cell(not_judged), "", "rows of judgements with state not_judged"},
    };
    for (const OrderingJudgement& judgement : judgements)
        if (judgement.state == State::failed) report.findings.push_back(finding_of(judgement, names));
    if (not_judged > 0)
        report.notes.push_back(fill("{} of {} could not be judged because a document or a date is missing: that is not passed", not_judged,
                                    judgements.size()));
    report.tables = {judgements_table(judgements), rules_table(judgements, facts)};
    return report;
}

} // namespace dossier::tmf
