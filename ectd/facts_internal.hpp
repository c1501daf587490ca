// The steps of read_facts, one .cpp file each. Internal to ectd/facts*.cpp.
#pragma once

#include "ectd/facts.hpp"

#include <map>
#include <set>
#include <string>

namespace dossier::ectd::facts {

using Grammars = std::map<std::string, std::string>; // by name

// ---- facts_files.cpp ----
// Lists a sequence folder into `files` (without digests) and, where given, its folders.
Result<void> list_sequence(FileSystem& fs, const std::string& root, const std::string& sequence, FileFacts& files,
                           std::vector<std::string>* folders);
// MD5 and first bytes of `wanted`, by `jobs` threads. What cannot be read is said in the file's `problem`.
void hash_files(FileSystem& fs, const std::string& root, std::vector<FileFact*> wanted, int jobs);

// ---- facts_hrefs.cpp ----
// The path an href asks for, before anything is looked up: state none, present (= to be looked up), other_application or outside.
LeafFact ask_for(const Leaf& leaf);
// Looks the asked-for paths up among the listed files of the listed sequences.
class FileLookup {
public:
    FileLookup(const FileFacts& files, std::set<std::string> listed);
    void resolve(LeafFact& leaf) const;

private:
    const FileFacts& files_;
    std::set<std::string> listed_;                  // sequence folders
    std::map<std::string, std::string> lower_case_; // lower-case path -> path
};

// ---- facts_xml.cpp ----
XmlFileFact read_xml_fact(const std::string& path, bool present, const std::string& bytes, const std::string& grammar,
                          const Grammars& grammars);
void add_outline(const XmlDocument& document, const std::string& file, const templates::HeadingTree& headings, SequenceFacts& facts);

// ---- facts_envelope.cpp ----
void add_envelopes(const XmlDocument& document, SequenceFacts& facts);
// The sequences around this one, and what stands beside the last.
Result<void> add_neighbours(FileSystem& fs, const std::string& root, const templates::EctdCatalogue& catalogue, SequenceFacts& facts);

// ---- facts_study.cpp ----
void add_studies(SequenceFacts& facts);
void read_trial_summaries(FileSystem& fs, const std::string& root, SequenceFacts& facts);
std::string find_history_gap(const SequenceFacts& facts);

} // namespace dossier::ectd::facts
