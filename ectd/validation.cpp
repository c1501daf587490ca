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

void judge(ValidationReport& report) {
    report.counts.clear();
    for (const Finding& finding : report.findings) ++report.counts[finding.severity];
    report.verdict = verdict_of(report.findings, report.not_run.empty());
}

namespace {

constexpr std::size_t most_reasons = 20; // of one rule that could not be run

// Names and values come out of the package: no control character reaches a terminal.
std::string shown(const std::string& text) {
    std::string clean = replace_invalid_utf8(text);
    for (char& c : clean)
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = ' ';
    return clean;
}

std::string unmet_xml(const XmlFileFact& file, const SequenceFacts& facts) {
    const std::string name = facts.seen_from_sequence(file.path);
    if (const std::string reason = facts.unknown_presence(file.path); !file.present && !reason.empty()) return reason;
    if (!file.present) return name + " is missing";
    if (file.well_formed) return "";
    const bool is_beyond = file.error.kind == ErrorKind::unsupported; // said by no finding, so it is said here
    return name + " cannot be read" + (is_beyond ? ": " + file.error.message : "");
}

class SequenceSubject final : public RuleSubject {
public:
    explicit SequenceSubject(const SequenceFacts& facts) : facts_(facts) {}
    std::string target() const override { return facts_.sequence->folder; }
    std::string application() const override { return facts_.sequence->envelope.application_number; }
    std::string region() const override { return facts_.region; }
    Date as_of() const override { return facts_.as_of; }
    std::string history_gap() const override { return facts_.history_gap; }
    std::string seen_from_target(const std::string& path) const override { return facts_.seen_from_sequence(path); }
    void run(const Check& check, const Parameters& parameters, CheckOutput& out) const override { check.run(facts_, parameters, out); }

    // What is stated and bears on this sequence, believed or not.
    std::vector<std::string> notes() const override {
        std::vector<std::string> notes;
        const Statements& stated = *facts_.stated;
        if (!stated.problem.empty()) notes.push_back(fill("what {} states does not count: {}", stated.file, stated.problem));
        for (const auto& [number, reason] : stated.never_used) {
            if (number >= facts_.sequence->number) continue;
            const bool holds = facts_.never_used->count(number) > 0;
            notes.push_back(fill("sequence {} was never used, says {}: {}{}", number.text(), stated.file, reason.text,
                                 std::string_view(holds ? "" : " (not taken as true: it is here, or referred to)")));
        }
        return notes;
    }

    std::vector<std::string> md5sum_lines() const override {
        std::vector<std::string> lines;
        for (const FileFact* file : facts_.own_files)
            lines.push_back((file->md5 ? file->md5->hex() : std::string(32, '-')) + "  " + facts_.seen_from_sequence(file->path));
        return lines;
    }

    std::string unmet_need(const std::string& need) const override {
        if (need == "index") return unmet_xml(facts_.index, facts_);
        if (need == "regional" && !facts_.regional.present && facts_.region == "unknown") return "there is no regional file of module 1";
        if (need == "regional") return unmet_xml(facts_.regional, facts_);
        std::string reason;
        if (need != "stf") return reason;
        for (const StfFact& stf : facts_.stfs)
            if (reason.empty()) reason = unmet_xml(stf.xml, facts_);
        for (const LeafFact& leaf : facts_.leaves)
            if (reason.empty() && is_stf_leaf(*leaf.leaf) && leaf.state != HrefState::present)
                reason = fill("the study tagging file of leaf {} is not there", leaf.leaf->at.id);
        return reason;
    }

private:
    const SequenceFacts& facts_;
};

// Why the rule cannot be run at all; empty when it can. "history" lets it run and is said afterwards.
std::string unmet_need(const Rule& rule, const RuleSubject& subject) {
    for (const std::string& need : rule.needs)
        if (const std::string reason = subject.unmet_need(need); !reason.empty()) return reason;
    return "";
}

bool needs_history(const Rule& rule) { return std::find(rule.needs.begin(), rule.needs.end(), "history") != rule.needs.end(); }

class Run {
public:
    Run(const RuleSet& rules, const RuleSubject& subject) : rules_(rules), subject_(subject), as_of_(subject.as_of()) {}

    ValidationReport run() {
        start();
        for (const Rule& rule : rules_.rules) run_rule(rule);
        finish();
        return std::move(report_);
    }

private:
    void start() {
        report_.target = subject_.target();
        report_.application = shown(subject_.application());
        report_.region = subject_.region();
        report_.rules = rules_.id;
        report_.rules_version = rules_.version;
        report_.rules_digest = rules_.digest.hex();
        report_.as_of = as_of_;
        report_.coverage.rules = rules_.rules.size();
        report_.coverage.not_included = rules_.not_included.size();
        report_.coverage.criteria = rules_.criteria;
        for (const Rule& rule : rules_.rules) report_.coverage.numbered += rule.number.empty() ? 0 : 1;
        report_.authority = rules_.title.substr(0, rules_.title.find(','));
        std::string list;
        for (const std::string& line : subject_.md5sum_lines()) {
            list += line + "\n";
            report_.files.push_back(escape_unseen(line.substr(34))); // behind 32 digits and two blanks
        }
        if (!list.empty()) report_.package_sha256 = sha256_of(list).hex();
        const std::string as_of = as_of_.text();
        if (rules_.from && as_of_ < *rules_.from)
            report_.notes.push_back(
                fill("this edition ({}) is in force from {}; the one of {} is not at hand", rules_.version, rules_.from->text(), as_of));
        else if (rules_.mandatory && as_of_ < *rules_.mandatory)
            report_.notes.push_back(
                fill("on {} two editions are in force: {} and, until the day before {}, {}, which {}", as_of, rules_.version,
                     rules_.mandatory->text(), rules_.before,
                     rules_.before_set.empty() ? std::string("is not at hand") : fill("--rules {} asks", rules_.before_set)));
        if (rules_.until && as_of_ > *rules_.until)
            report_.notes.push_back(
                fill("this edition ({}) was in force until {}; the one of {} is not at hand", rules_.version, rules_.until->text(), as_of));
        if (!rules_.note.empty()) report_.notes.push_back(rules_.note);
        for (const std::string& note : subject_.notes()) report_.notes.push_back(shown(note));
        if (rules_.region.empty())
            report_.not_run.push_back(
                {"agency rules",
                 subject_.region() == "unknown"
                     ? std::string("the region cannot be told: only the region-independent house rules were run")
                     : fill("the agency's own rules for the region {} were not run: only the region-independent house rules were",
                            subject_.region())});
        else if (rules_.region != subject_.region())
            report_.notes.push_back(fill("the rules are for the region {}, the sequence is for {}", rules_.region, subject_.region()));
    }

    // A thousand files that nobody can look into are findings of their own; here the first stand for the others.
    void add_reasons(const Rule& rule, const std::set<std::string>& reasons) {
        std::size_t left = most_reasons;
        for (const std::string& reason : reasons) {
            if (left-- == 0) {
                report_.not_run.push_back({rule.id, fill("and {} more", reasons.size() - most_reasons)});
                return;
            }
            report_.not_run.push_back({rule.id, shown(reason)});
        }
    }

    void run_rule(const Rule& rule) {
        if (!rule.in_force(as_of_)) {
            report_.not_applicable.push_back({rule.id, fill("not in force on {}", as_of_.text())});
            return;
        }
        if (const std::string reason = unmet_need(rule, subject_); !reason.empty()) {
            report_.not_run.push_back({rule.id, reason});
            ++report_.coverage.not_run;
            return;
        }
        const Check* check = find_check(rule.check); // the reader has made sure that it is there
        CheckOutput out;
        subject_.run(*check, rule.parameters, out);
        if (needs_history(rule) && out.count > 0 && !subject_.history_gap().empty())
            out.not_run("the history is not whole: " + subject_.history_gap());
        for (const CheckFinding& finding : out.findings) add(rule, finding);
        add_reasons(rule, out.not_run_reasons);
        if (!out.findings.empty()) ++report_.coverage.with_findings;
        if (!out.not_run_reasons.empty()) ++report_.coverage.not_run;
        if (!out.findings.empty() || !out.not_run_reasons.empty()) return;
        if (out.count > 0)
            report_.passed.push_back(rule.id);
        else
            report_.not_applicable.push_back(
                {rule.id, out.why_not_applicable.empty() ? fill("no {} here", std::string_view(check->subject)) : out.why_not_applicable});
    }

    void add(const Rule& rule, const CheckFinding& from) {
        Finding finding;
        finding.rule = rule.id;
        finding.number = rule.number;
        finding.severity = from.sure || rule.severity_unsure.empty() ? rule.severity(as_of_) : rule.severity_unsure;
        finding.path = escape_unseen(subject_.seen_from_target(from.path)); // different paths never look the same
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
        report_.coverage.passed = report_.passed.size();
        report_.coverage.not_applicable = report_.not_applicable.size();
        mark_first();
        judge(report_);
    }

    void mark_first() {
        for (const std::string& number : rules_.gateway_order) {
            const auto fails = [&](const Finding& finding) { return finding.number == number; };
            if (std::none_of(report_.findings.begin(), report_.findings.end(), fails)) continue;
            report_.gateway_reports = number;
            report_.notes.push_back(
                fill("the gateway stops at the first of {} that fails: it would report {}; all that fail are shown here",
                     join(rules_.gateway_order, ", "), number));
            return;
        }
    }

    const RuleSet& rules_;
    const RuleSubject& subject_;
    Date as_of_;
    ValidationReport report_;
    std::set<std::tuple<std::string, std::string, std::string, std::string>> seen_;
};

} // namespace

ValidationReport run_rules(const RuleSet& rules, const RuleSubject& subject) { return Run(rules, subject).run(); }

ValidationReport run_rules(const RuleSet& rules, const SequenceFacts& facts) { return Run(rules, SequenceSubject(facts)).run(); }

} // namespace dossier::ectd
