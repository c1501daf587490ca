// Runs a rule set over the facts of a sequence. A rule ends as passed, with findings, not applicable (why) or not run (why); a rule may
// have findings in one part and not be run in another. Not run never looks like passed.
#pragma once

#include "core/finding.hpp"
#include "ectd/check.hpp"
#include "ectd/facts.hpp"
#include "ectd/rules.hpp"

#include <map>
#include <string>
#include <vector>

namespace dossier::ectd {

enum class Verdict { clean, at_risk, incomplete, rejected }; // in order of gravity
const char* to_text(Verdict verdict);

struct Coverage {
    std::size_t rules = 0, passed = 0, with_findings = 0, not_applicable = 0, not_run = 0; // with_findings and not_run may overlap
    std::size_t not_included = 0; // criteria that are known and that the set has no rule for
    std::size_t numbered = 0;     // of `rules`: those with an authority's number
    std::size_t criteria = 0;     // in the authority's list; 0 = not known
};

struct WaivedFinding {
    Finding finding;
    std::string reason, who;
    std::optional<Date> until;
};

// What a report says against an earlier one. Lines move when a file is edited: they do not count.
struct Comparison {
    std::string earlier;          // as of
    std::vector<bool> is_new;     // for each finding
    std::vector<Finding> gone;    // of the earlier report: the rule was run, and finds them no more
    std::vector<Finding> not_run; // of the earlier report: the rule was not run this time, or not on everything
    bool other_rules = false;     // the earlier one was made with another set or edition
};

struct ValidationReport {
    std::string target;      // the sequence folder: "0001"
    std::string application; // its number, from the envelope; empty when not found
    std::string region;
    std::string gateway_reports;                    // number of the criterion that the authority's gateway would stop at; empty: none
    std::string rules, rules_version, rules_digest; // id, edition of the agency's list, SHA-256
    std::string authority;                          // whose list: "EU"
    std::string package_sha256;                     // of the list that md5sum prints for the files of the target, sorted by path
    Date as_of;
    Verdict verdict = Verdict::clean;
    std::map<std::string, std::size_t> counts; // findings by severity
    std::vector<Finding> findings;             // the gravest first, then in the order of the rules and of the documents; paths are
                                               // relative to the sequence folder
    std::vector<RuleOutcome> not_run, not_applicable;
    std::vector<std::string> passed;   // rule ids
    std::vector<WaivedFinding> waived; // findings that count no more
    std::vector<std::string> notes;
    std::vector<std::string> files; // of the target, sorted
    Coverage coverage;
    std::optional<Comparison> comparison;
};

// Counts and verdict anew, after findings were taken away.
void judge(ValidationReport& report);

// What a rule set is run over: a sequence, or anything else that checks know.
class RuleSubject {
public:
    virtual ~RuleSubject() = default;
    virtual std::string target() const = 0; // the folder: "0001"
    virtual std::string application() const = 0;
    virtual std::string region() const = 0;
    virtual Date as_of() const = 0;
    virtual std::string unmet_need(const std::string& need) const = 0; // why it cannot be met; empty when it is
    virtual std::string history_gap() const = 0;
    virtual std::string seen_from_target(const std::string& path) const = 0;
    virtual std::vector<std::string> md5sum_lines() const {
        return {};
    }                                                             // "MD5  path" of each file, sorted by path; path seen from the target
    virtual std::vector<std::string> notes() const { return {}; } // of what no rule asks
    virtual void run(const Check& check, const Parameters& parameters, CheckOutput& out) const = 0;
};

ValidationReport run_rules(const RuleSet& rules, const RuleSubject& subject);
ValidationReport run_rules(const RuleSet& rules, const SequenceFacts& facts);

// rejected: a finding that rejects (severity_rank 3); incomplete: a rule was not run; at_risk: any other finding but info.
Verdict verdict_of(const std::vector<Finding>& findings, bool all_run);

} // namespace dossier::ectd
