// Studies and their files, as the rules about study data ask for them. Internal to ectd/check_*.cpp.
#pragma once

#include "ectd/check.hpp"

#include <string>
#include <vector>

namespace dossier::ectd {

// The criteria are not for an application of every type.
bool is_exempt(const SequenceFacts& facts, const Parameters& parameters);

std::string section_number(const SequenceFacts& facts, const Leaf& leaf);                        // "" of a heading that is not known
bool is_in_sections(const SequenceFacts& facts, const Leaf& leaf, const Parameters& parameters); // `sections`: 4.2.3.4 means 4.2.3.4.1 too
bool study_is_in_sections(const SequenceFacts& facts, const StudyFact& study, const Parameters& parameters); // with a current file

bool has_tag(const StfContent& content, const std::vector<std::string>& tags);
bool study_has_tag(const StudyFact& study, const std::vector<std::string>& tags);
std::string file_name(const Leaf& leaf);
bool has_file(const StudyFact& study, const std::string& name);

// A finding of the study, or said as not run where what is not here may hold the file.
void missing_file(const SequenceFacts& facts, const StudyFact& study, const std::string& missing, const std::string& because,
                  CheckOutput& out);

} // namespace dossier::ectd
