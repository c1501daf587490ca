// Rule sets as data: templates/rules/*.yaml. A rule binds an authority's number, or a name of ours, to a named check with parameters, a
// severity over time and texts. What a rule may say and what it may not:
//  - under an authority's number only what is official (number and meaning); a rejecting severity there only where the severity is
//  official;
//  - everything else is a house rule: "dossier:<name>", severity error | warning | info.
#pragma once

#include "core/digest.hpp"
#include "core/result.hpp"
#include "core/time.hpp"
#include "templates/source.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dossier::ectd {

enum class ParameterKind { text, number, texts, table }; // table: name -> texts

struct Parameter {
    ParameterKind kind = ParameterKind::text;
    std::string text;
    std::int64_t number = 0;
    std::vector<std::string> texts;
    std::map<std::string, std::vector<std::string>> table;
};

class Parameters {
public:
    void set(const std::string& name, Parameter parameter) { map_[name] = std::move(parameter); }
    bool has(const std::string& name) const { return map_.count(name) > 0; }
    const std::string& text(const std::string& name) const { return of(name).text; } // "" and 0 and empty for an absent one
    std::int64_t number(const std::string& name) const { return of(name).number; }
    const std::vector<std::string>& texts(const std::string& name) const { return of(name).texts; }
    const std::map<std::string, std::vector<std::string>>& table(const std::string& name) const { return of(name).table; }
    bool lists(const std::string& name, std::string_view word) const; // is `word` one of texts(name)?
    std::map<std::string, std::string> for_messages() const;          // by name, as text; without tables
    std::map<std::string, std::map<std::string, std::vector<std::string>>> tables() const;

private:
    const Parameter& of(const std::string& name) const;
    std::map<std::string, Parameter> map_;
};

struct SeverityStep {
    std::optional<Date> from; // empty: always
    std::string severity;
};

struct Rule {
    std::string set;    // that defines it
    std::string id;     // fda-3.2.2:1323, dossier:leaf-checksum
    std::string number; // the authority's; empty for a house rule
    std::string title;
    std::vector<SeverityStep> severities; // ascending
    std::string severity_unsure;          // where what a finding rests on is not certain, as a list that is not official; empty = the same
    std::string severity_confidence;      // official | secondary | unverified | house
    std::string confidence;               // of number and meaning: official | secondary | unverified
    std::string twin;                     // the official rule of another set that asks the same, e.g. US-eCTD4-503
    std::vector<std::string> needs;       // index | regional | stf | history
    std::string check;
    Parameters parameters;
    std::string message, remedy; // with {name}
    std::string note;            // what else there is to know of it
    std::optional<Date> from, until;

    const std::string& severity(Date as_of) const;
    bool in_force(Date as_of) const { return (!from || *from <= as_of) && (!until || as_of <= *until); }
};

struct NotIncluded { // a criterion that is known and that the set has no rule for
    std::string id, reason;
};

struct RuleSet {
    std::string id, title, region; // region: empty = any
    bool of_dossiers = false;      // about dossiers for the EU clinical trials portal; else about eCTD sequences
    std::string document, version; // what it was made from
    std::optional<Date> from, until;
    std::optional<Date> mandatory; // from this day on; between `from` and it, the edition before may be used as well
    std::string before;            // that edition
    std::string before_set;        // the set of that edition; empty: it is not at hand
    std::size_t criteria = 0;      // in the authority's list; 0 = not known
    std::string note;
    std::vector<std::string> gateway_order; // numbers: of these the authority's gateway reports the first that fails, and stops
    std::vector<Rule> rules;                // with those of the sets it includes, which come first
    std::vector<NotIncluded> not_included;
    Sha256 digest; // of the file, and of the included files behind it

    const Rule* find(std::string_view id_or_number) const; // null when unknown
};

// Names of the sets that are there: "dossier", "fda-3.2.2".
std::vector<std::string> rule_set_names(const templates::Source& source);

// Reads templates/rules/<name>.yaml and what it includes. Errors name file and line: an unknown key, check, parameter or {name} of a
// message, a missing text, a rule that says more than it may (above). All errors of a file are reported together.
Result<RuleSet> read_rule_set(const templates::Source& source, const std::string& name);

struct RuleExample { // in words
    std::string rule;
    bool passes = false;
    std::string text;
};
// templates/rules/examples.tsv: what the cases of the tests show.
Result<std::vector<RuleExample>> read_rule_examples(const templates::Source& source);

} // namespace dossier::ectd
