// Checks: named functions over the facts of a sequence, with parameters, free of regions and severities. Rules (data) give them both.
#pragma once

#include "ectd/facts.hpp"
#include "ectd/rules.hpp"

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace dossier::ectd {

using Values = std::map<std::string, std::string>; // for the {names} of messages

struct CheckFinding {
    std::string path, location; // path: relative to the application folder
    Values values;
    bool sure = true; // false: rests on what is not certain, as a list that is not official
};

class CheckOutput {
public:
    void finding(std::string path, std::string location, Values values = {}, bool sure = true) {
        findings.push_back({std::move(path), std::move(location), std::move(values), sure});
    }
    void not_run(std::string reason) { not_run_reasons.insert(std::move(reason)); } // for a part; a finding may stand beside it
    void examined() { ++count; }                                                    // one more place was looked at
    void not_applicable(std::string why) { why_not_applicable = std::move(why); }   // in other words than "no <subject> here"

    std::vector<CheckFinding> findings;
    std::set<std::string> not_run_reasons;
    std::string why_not_applicable;
    std::size_t count = 0; // 0 and no finding: the rule does not apply
};

using CheckFunction = void (*)(const SequenceFacts&, const Parameters&, CheckOutput&);
namespace ctis {
struct DossierFacts;
}
using DossierCheckFunction = void (*)(const ctis::DossierFacts&, const Parameters&, CheckOutput&);

struct ParameterSpec {
    const char* name;
    ParameterKind kind;
    bool required;
};

struct Check {
    const char* name;                   // leaf.checksum
    const char* subject;                // what it looks at: "no <subject> here" is the reason when it does not apply
    std::vector<ParameterSpec> accepts; // other parameters are refused
    std::vector<const char*> values;    // that its findings fill in
    CheckFunction run;                  // over a sequence; null for a check of dossiers
    DossierCheckFunction run_on_dossier = nullptr;
};

const Check* find_check(std::string_view name); // null when unknown
std::vector<std::string> check_names();

// ---- the checks, by what they look at; one .cpp file each ----
std::vector<Check> package_checks();
std::vector<Check> official_checks();
std::vector<Check> xml_checks();
std::vector<Check> leaf_checks();
std::vector<Check> file_checks();
std::vector<Check> content_checks();
std::vector<Check> name_checks();
std::vector<Check> lifecycle_checks();
std::vector<Check> drift_checks();
std::vector<Check> heading_checks();
std::vector<Check> stf_checks();
std::vector<Check> study_checks();
std::vector<Check> trial_summary_checks();
std::vector<Check> identifier_checks();
std::vector<Check> envelope_checks();
std::vector<Check> activity_checks();
std::vector<Check> form_checks();
std::vector<Check> submission_checks();
std::vector<Check> country_checks();
std::vector<Check> pdf_checks();
std::vector<Check> pdf_content_checks();
std::vector<Check> pdf_link_checks();
std::vector<Check> pdf_history_checks();
std::vector<Check> transaction_checks();
std::vector<Check> document_checks();
std::vector<Check> statement_checks();
namespace ctis {
std::vector<Check> file_checks();
std::vector<Check> contents_checks();
} // namespace ctis

// ---- places, as people look for them ----
// A finding about a leaf in its XML file: path 0001/index.xml, location "line 12, leaf intro".
std::string xml_path(const Leaf& leaf);
std::string in_file(const Leaf& leaf);
// A finding about the file of a leaf: path of the file, location "index.xml line 12, leaf intro".
std::string leaf_place(const Leaf& leaf);
std::string line_place(std::int64_t line, const std::string& what); // "line 12, what"; without a line: "what"

} // namespace dossier::ectd
