// Decisions about expected documents: in force and ended, by whom, why, and the slots each keeps out of the sums.
#include <map>

#include "core/fold.hpp"
#include "core/text.hpp"
#include "tmf/milestone_dates.hpp"
#include "tmf/report_kinds.hpp"

namespace dossier::tmf {

namespace {

// Whether the decision may be about slots in the question's country and site: those of its rule's level that it covers. (A rule that the
// study's list has no more has no slots; its decisions go by their place alone.)
bool may_concern(const Decision& decision, const templates::Rule* rule, const CompletenessQuestion& question, const Study& study) {
    const auto country_of = [&study](const std::string& site, const std::string& country) {
        const Site* const known = study.site(site);
        return known ? known->country : country;
    };
    const std::string asked = country_of(question.site, question.country), decided = country_of(decision.site, decision.country);
    if (rule && rule->level == templates::Level::trial && !asked.empty()) return false;
    if (rule && rule->level == templates::Level::country && !question.site.empty()) return false;
    return (question.site.empty() || decision.site.empty() || decision.site == question.site) &&
           (asked.empty() || decided.empty() || decided == asked);
}

std::string state_of(const Decision& decision, Date as_of) {
    if (decision.date > as_of) return "later";
    return decision.until && *decision.until < as_of ? "ended" : "in_force";
}

std::string text_of(Decision::Kind kind) { return kind == Decision::Kind::waived ? "waived" : "not_applicable"; }

ReportTable slots_table(const ReportFacts& facts, std::map<int, std::int64_t>& slots) {
    ReportTable table{"slots",
                      "Slots kept out",
                      {{"decision", "Decision"},
                       {"kind", "Kind"},
                       {"slot", "Slot"},
                       {"reason", "Reason"},
                       {"rule", "Rule"},
                       {"basis", "Basis"},
                       {"confidence", "Confidence"}},
                      {},
                      "What the decisions in force keep out of the sums on that day."};
    const auto add = [&](int decision, const std::string& slot, const std::string& reason) {
        ++slots[decision];
        const DecisionRecord& record = facts.records.decisions[static_cast<std::size_t>(decision)];
        const std::string id = slot.substr(0, slot.find('/')); // the slot's first part
        const templates::Rule* rule = facts.catalogue.rule(id);
        table.rows.push_back({decision_id(record.number), text_of(record.decision.kind), slot, reason, id, rule ? rule->basis : "",
                              rule ? rule->confidence : ""});
    };
    const CompletenessReport completeness = completeness_of(facts);
    for (const CompletenessRow& row : completeness.rows)
        if (row.state == SlotState::waived) add(row.decision, row.slot, row.reason);
    for (const NotApplicable& left : completeness.not_applicable) add(left.decision, left.slot, left.reason);
    return table;
}

} // namespace

Report waivers_report(const ReportFacts& facts) {
    Report report = start_report("waivers", "Waived and not applicable", facts);
    std::map<int, std::int64_t> slots; // by the decision's place in the records
    ReportTable kept_out = slots_table(facts, slots);
    ReportTable table{"decisions",
                      "Decisions",
                      {{"decision", "Decision"},
                       {"state", "State"},
                       {"kind", "Kind"},
                       {"rule", "Rule"},
                       {"name", "Document"},
                       {"country", "Country"},
                       {"site", "Site"},
                       {"person", "Person"},
                       {"event", "Event"},
                       {"language", "Language"},
                       {"date", "From", ColumnKind::date},
                       {"until", "Until", ColumnKind::date},
                       {"by", "By"},
                       {"reason", "Reason"},
                       {"slots", "Slots", ColumnKind::number}},
                      {},
                      ""};
    const MilestoneDates dates(facts.study);
    const Blinding blinding(facts.catalogue, facts.study, dates, {facts.question.as_of, facts.question.today});
    std::map<std::string, std::int64_t> states;
    std::vector<std::string> without_reason;
    for (std::size_t i = 0; i < facts.records.decisions.size(); ++i) {
        const DecisionRecord& record = facts.records.decisions[i];
        const Decision& d = record.decision;
        const templates::Rule* rule = facts.catalogue.rule(d.rule);
        if (!may_concern(d, rule, facts.question, facts.study)) continue;
        // The record says it itself: the study may have its rule no longer.
        const bool may_unblind = record.restricted || (rule && rule->restricted);
        const bool hidden = may_unblind && facts.question.audience == Audience::blinded &&
                            blinding.hides_at(facts.study.country(d.country), facts.study.site(d.site));
        if (hidden) continue;
        const std::string state = state_of(d, facts.question.as_of);
        ++states[state];
        if (state == "in_force" && seen_text(d.reason).empty()) without_reason.push_back(decision_id(record.number));
        table.rows.push_back({decision_id(record.number), state, text_of(d.kind), d.rule, rule ? rule->name : "", d.country, d.site,
                              d.person, d.event, d.language, d.date, day_cell(d.until), d.by, d.reason, slots[static_cast<int>(i)]});
    }
    report.figures = {
        {"in_force", "Decisions in force", number_cell(states["in_force"]), "", "rows of decisions with state in_force"},
        {"ended", "Ended before that day", number_cell(states["ended"]), "", "rows of decisions with state ended"},
        {"later", "Made after that day", number_cell(states["later"]), "", "rows of decisions with state later"},
        {"slots", "Slots kept out", number_cell(static_cast<std::int64_t>(kept_out.rows.size())), "", "rows of slots"},
    };
    if (!without_reason.empty())
        report.notes.push_back(
            fill("no reason was given for {}: end it by its number ('dossier tmf unwaive {} {} --reason TEXT') and decide "
                 "anew with --reason",
                 join(without_reason, ", "), facts.study.id, without_reason.front()));
    report.tables = {std::move(table), std::move(kept_out)};
    return report;
}

} // namespace dossier::tmf
