// The identifier of a study in the three places that have it: its tagging file, its trial summary and its define.xml.
#include "ectd/check.hpp"

#include <algorithm>

#include "core/path.hpp"
#include "core/text.hpp"
#include "ectd/content_facts.hpp"

namespace dossier::ectd {

namespace {

// What people take for the same identifier: without letter case and anything but letters and digits.
std::string bare(std::string_view identifier) {
    std::string text = to_lower(identifier);
    text.erase(std::remove_if(text.begin(), text.end(), [](char c) { return std::string_view(" -_./").find(c) != std::string_view::npos; }),
               text.end());
    return text;
}

struct Named { // "StudyName", and what it says
    const char* name;
    std::string value;
};

// What is wrong with a file that gives the study these names; empty: one of them is the study's identifier, or it gives none.
std::string disagreement(const std::string& study, std::vector<Named> names) {
    names.erase(std::remove_if(names.begin(), names.end(), [](const Named& one) { return one.value.empty(); }), names.end());
    std::vector<std::string> said;
    for (const Named& one : names) {
        if (one.value == study) return "";
        const std::string item = fill("{} \"{}\"", std::string_view(one.name), one.value);
        if (bare(one.value) == bare(study)) return fill("{} differs from it in letter case, blanks or punctuation only", item);
        said.push_back(item);
    }
    return said.empty() ? "" : fill("the file says {}", join(said, ", "));
}

// A trial summary whose rows are of several studies counts by any of them.
std::vector<Named> names_in(const TrialSummaryFact& summary) {
    std::vector<Named> names;
    for (const TrialSummaryRow& row : summary.rows) {
        const Named one = row.code == "SPREFID" ? Named{"SPREFID", row.value} : Named{"STUDYID", row.study_id};
        const bool known = std::any_of(names.begin(), names.end(), [&](const Named& other) { return other.value == one.value; });
        if (!known && names.size() < 20) names.push_back(one);
    }
    return names;
}

bool is_in_sections(const SequenceFacts& facts, const StudyFact& study, const std::vector<std::string>& sections) {
    return std::any_of(study.files.begin(), study.files.end(), [&](const StudyFile& file) {
        const templates::Heading* heading =
            file.current && file.leaf ? facts.catalogue->ctd.by_element(file.leaf->place->element) : nullptr;
        return heading && std::any_of(sections.begin(), sections.end(), [&](const std::string& section) {
                   return heading->number == section || starts_with(heading->number, section + ".");
               });
    });
}

// Empty: the file has no identifier of a study, or is none of the two.
std::vector<Named> names_of(const SequenceFacts& facts, const std::string& file, bool with_summary, CheckOutput& out) {
    const auto gap = [&](const std::string& reason) { out.not_run(fill("{}: {}", facts.seen_from_sequence(file), reason)); };
    const bool is_own = starts_with(file, facts.sequence->folder + "/");
    if (with_summary && path::file_name(file) == "ts.xpt") {
        const auto found = facts.trial_summaries.find(file);
        if (found == facts.trial_summaries.end()) return {};
        const TrialSummaryFact& summary = found->second;
        if (!summary.problem.empty() || (is_own && !summary.present)) gap(summary.present ? summary.problem : "it is not there");
        return names_in(summary);
    }
    const ContentFact* content = facts.content ? facts.content->find(file) : nullptr;
    if (path::file_name(file) == "define.xml") {
        if (content && content->unknown != Unknown::nothing) gap(content->reason);
        if (content && content->xml && !content->xml->well_formed) gap(content->xml->problem);
        if (!content && is_own) gap("it is not there");
    }
    if (!content || !content->xml || content->xml->root != "ODM") return {};
    return {{"StudyName", content->xml->study_name}, {"ProtocolName", content->xml->protocol_name}, {"Study OID", content->xml->study_oid}};
}

// Files that a tagging file of this sequence names. `summary_elsewhere`: sections of studies whose trial summary another rule looks at.
void check_identifiers(const SequenceFacts& facts, const Parameters& parameters, CheckOutput& out) {
    if (!facts.content) return out.not_run("nobody looked into the files");
    for (const StudyFact& study : facts.studies) {
        const bool with_summary = !is_in_sections(facts, study, parameters.texts("summary_elsewhere"));
        for (const StudyFile& file : study.files) {
            if (!file.current || !file.leaf || file.stf->leaf.sequence != facts.sequence->number) continue;
            const std::vector<Named> names = names_of(facts, file.leaf->path, with_summary, out);
            if (std::all_of(names.begin(), names.end(), [](const Named& one) { return one.value.empty(); })) continue;
            out.examined();
            if (const std::string problem = disagreement(study.id, names); !problem.empty())
                out.finding(file.leaf->path, "study " + study.id, {{"study", study.id}, {"problem", problem}});
        }
    }
}

} // namespace

std::vector<Check> identifier_checks() {
    return {
        {"study.identifiers",
         "define.xml or trial summary with the name of its study",
         {{"summary_elsewhere", ParameterKind::texts, false}},
         {"study", "problem"},
         check_identifiers},
    };
}

} // namespace dossier::ectd
