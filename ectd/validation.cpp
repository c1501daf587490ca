#include "ectd/validation.hpp"

#include <algorithm>
#include <set>
#include <tuple>

#include "core/encoding.hpp"
#include "core/text.hpp"
#include "ectd/check.hpp"

namespace dossier::ectd {

const char* to_text(Verdict verdict) {
    switch (verdict) {
    case Verdict::rejected:
        return "rejected";
    case Verdict::incomplete:
        return "incomplete";
    case Verdict::at_risk:
        return "at_risk";
    default:
        return "clean";
    }
}

Verdict verdict_of(const std::vector<Finding>& findings, bool all_run) {
    int worst = 0;
    for (const Finding& finding : findings) worst = std::max(worst, severity_rank(finding.severity));
    if (worst == 3) return Verdict::rejected;
    if (!all_run) return Verdict::incomplete;
    return worst > 0 ? Verdict::at_risk : Verdict::clean;
}

namespace {

// Names and values come out of the package: no control character reaches a terminal.
std::string shown(const std::string& text) {
    std::string clean = replace_invalid_utf8(text);
    for (char& c : clean)
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = ' ';
    return clean;
}

std::string unmet_xml(const XmlFileFact& file, const SequenceFacts& facts) {
    const std::string name = facts.seen_from_sequence(file.path);
    if (!file.present) return name + " is missing";
    return file.well_formed ? "" : name + " cannot be read";
}

// Why the rule cannot be run at all; empty when it can. "history" lets it run and is said afterwards.
std::string unmet_need(const Rule& rule, const SequenceFacts& facts) {
    for (const std::string& need : rule.needs) {
        std::string reason;
        if (need == "index") reason = unmet_xml(facts.index, facts);
        if (need == "regional") reason = unmet_xml(facts.regional, facts);
        if (need == "stf") {
            for (const StfFact& stf : facts.stfs)
                if (reason.empty()) reason = unmet_xml(stf.xml, facts);
            for (const LeafFact& leaf : facts.leaves)
                if (reason.empty() && is_stf_leaf(*leaf.leaf) && leaf.state != HrefState::present)
                    reason = fill("the study tagging file of leaf {} is not there", leaf.leaf->at.id);
        }
        if (!reason.empty()) return reason;
    }
    return "";
}

bool needs_history(const Rule& rule) { return std::find(rule.needs.begin(), rule.needs.end(), "history") != rule.needs.end(); }

class Run {
public:
    Run(const RuleSet& rules, const SequenceFacts& facts) : rules_(rules), facts_(facts) {}

    ValidationReport run() {
        start();
        for (const Rule& rule : rules_.rules) run_rule(rule);
        finish();
        return std::move(report_);
    }

private:
    void start() {
        report_.target = facts_.sequence->folder;
        report_.application = shown(facts_.sequence->envelope.application_number);
        report_.region = facts_.region;
        report_.rules = rules_.id;
        report_.rules_version = rules_.version;
        report_.rules_digest = rules_.digest.hex();
        report_.as_of = facts_.as_of;
        report_.coverage.rules = rules_.rules.size();
        report_.coverage.not_included = rules_.not_included.size();
        const std::string as_of = facts_.as_of.text();
        if (rules_.from && facts_.as_of < *rules_.from)
            report_.notes.push_back(
                fill("this edition ({}) is in force from {}; the one of {} is not at hand", rules_.version, rules_.from->text(), as_of));
        if (rules_.until && facts_.as_of > *rules_.until)
            report_.notes.push_back(
                fill("this edition ({}) was in force until {}; the one of {} is not at hand", rules_.version, rules_.until->text(), as_of));
        if (!rules_.note.empty()) report_.notes.push_back(rules_.note);
        if (rules_.region.empty())
            report_.not_run.push_back(
                {"agency rules",
                 facts_.region == "unknown"
                     ? std::string("the region cannot be told: only the region-independent house rules were run")
                     : fill("the agency's own rules for the region {} were not run: only the region-independent house rules were",
                            facts_.region)});
        else if (rules_.region != facts_.region)
            report_.notes.push_back(fill("the rules are for the region {}, the sequence is for {}", rules_.region, facts_.region));
    }

    void run_rule(const Rule& rule) {
        if (!rule.in_force(facts_.as_of)) {
            report_.not_applicable.push_back({rule.id, fill("not in force on {}", facts_.as_of.text())});
            return;
        }
        if (const std::string reason = unmet_need(rule, facts_); !reason.empty()) {
            report_.not_run.push_back({rule.id, reason});
            ++report_.coverage.not_run;
            return;
        }
        const Check* check = find_check(rule.check); // the reader has made sure that it is there
        CheckOutput out;
        check->run(facts_, rule.parameters, out);
        if (needs_history(rule) && out.count > 0 && !facts_.history_gap.empty())
            out.not_run("the history is not whole: " + facts_.history_gap);
        for (const CheckFinding& finding : out.findings) add(rule, finding);
        for (const std::string& reason : out.not_run_reasons) report_.not_run.push_back({rule.id, shown(reason)});
        if (!out.findings.empty()) ++report_.coverage.with_findings;
        if (!out.not_run_reasons.empty()) ++report_.coverage.not_run;
        if (!out.findings.empty() || !out.not_run_reasons.empty()) return;
        if (out.count > 0)
            report_.passed.push_back(rule.id);
        else
            report_.not_applicable.push_back({rule.id, fill("no {} here", std::string_view(check->subject))});
    }

    void add(const Rule& rule, const CheckFinding& from) {
        Finding finding;
        finding.rule = rule.id;
        finding.number = rule.number;
        finding.severity = from.sure || rule.severity_unsure.empty() ? rule.severity(facts_.as_of) : rule.severity_unsure;
        finding.path = shown(facts_.seen_from_sequence(from.path));
        finding.location = shown(from.location);
        Values values = rule.parameters.for_messages();
        for (const auto& [name, value] : from.values) values[name] = value;
        finding.message = shown(fill_named(rule.message, values));
        finding.remedy = shown(fill_named(rule.remedy, values));
        if (seen_.insert({finding.rule, finding.path, finding.location, finding.message}).second)
            report_.findings.push_back(std::move(finding));
    }

    void finish() {
        std::stable_sort(report_.findings.begin(), report_.findings.end(),
                         [](const Finding& a, const Finding& b) { return severity_rank(a.severity) > severity_rank(b.severity); });
        for (const Finding& finding : report_.findings) ++report_.counts[finding.severity];
        report_.coverage.passed = report_.passed.size();
        report_.coverage.not_applicable = report_.not_applicable.size();
        report_.verdict = verdict_of(report_.findings, report_.not_run.empty());
    }

    const RuleSet& rules_;
    const SequenceFacts& facts_;
    ValidationReport report_;
    std::set<std::tuple<std::string, std::string, std::string, std::string>> seen_;
};

} // namespace

ValidationReport run_rules(const RuleSet& rules, const SequenceFacts& facts) { return Run(rules, facts).run(); }

} // namespace dossier::ectd
