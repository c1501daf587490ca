#include "ectd/study_subject.hpp"

#include <algorithm>

#include "core/path.hpp"
#include "core/text.hpp"
#include "ectd/missing_sequences.hpp"

namespace dossier::ectd {

namespace {

const Stf& newest(const StudyFact& study) { return *study.stfs.back(); }

} // namespace

std::string section_number(const SequenceFacts& facts, const Leaf& leaf) {
    const templates::Heading* heading = facts.catalogue->ctd.by_element(leaf.place->element);
    return heading ? heading->number : "";
}

bool is_in_sections(const SequenceFacts& facts, const Leaf& leaf, const Parameters& parameters) {
    const std::string number = section_number(facts, leaf);
    const auto& sections = parameters.texts("sections");
    return std::any_of(sections.begin(), sections.end(),
                       [&](const std::string& section) { return number == section || starts_with(number, section + "."); });
}

bool is_exempt(const SequenceFacts& facts, const Parameters& parameters) {
    return parameters.lists("exempt_application_types", facts.sequence->envelope.application_type);
}

bool has_tag(const StfContent& content, const std::vector<std::string>& tags) {
    return std::any_of(content.file_tags.begin(), content.file_tags.end(),
                       [&](const auto& tag) { return std::find(tags.begin(), tags.end(), tag.first) != tags.end(); });
}

std::string file_name(const Leaf& leaf) { return path::file_name(leaf.path); }

bool has_file(const StudyFact& study, const std::string& name) {
    return std::any_of(study.files.begin(), study.files.end(),
                       [&](const StudyFile& file) { return file.current && file.leaf && file_name(*file.leaf) == name; });
}

bool study_is_in_sections(const SequenceFacts& facts, const StudyFact& study, const Parameters& parameters) {
    return std::any_of(study.files.begin(), study.files.end(),
                       [&](const StudyFile& file) { return file.current && file.leaf && is_in_sections(facts, *file.leaf, parameters); });
}

bool study_has_tag(const StudyFact& study, const std::vector<std::string>& tags) {
    return std::any_of(study.files.begin(), study.files.end(),
                       [&](const StudyFile& file) { return (file.current || !file.leaf) && has_tag(*file.content, tags); });
}

void missing_file(const SequenceFacts& facts, const StudyFact& study, const std::string& missing, const std::string& because,
                  CheckOutput& out) {
    std::string unknown = facts.history_gap.empty() ? missing_sequences(facts) : facts.history_gap;
    if (study.is_ambiguous) unknown = "its study tagging file names an ID that several leaves have";
    if (!unknown.empty())
        out.not_run(fill("whether study {} has {} cannot be told: {}", study.id, missing, unknown));
    else
        out.finding(newest(study).path, "study " + study.id, {{"problem", fill("study {} has {} and no {}", study.id, because, missing)}});
}

} // namespace dossier::ectd
