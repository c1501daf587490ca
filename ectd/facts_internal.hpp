// The steps of read_facts, one .cpp file each. Internal to ectd/facts*.cpp.
#pragma once

#include "ectd/content_facts.hpp"
#include "ectd/facts.hpp"

#include <map>
#include <memory>
#include <set>
#include <string>

namespace dossier::ectd::content {
class Work;
}

namespace dossier::ectd::facts {

using Grammars = std::map<std::string, std::string>; // by name

// ---- facts_files.cpp ----
// Lists a sequence folder into `files` (without digests) and, where given, its folders.
Result<void> list_sequence(FileSystem& fs, const std::string& root, const std::string& sequence, FileFacts& files,
                           std::vector<std::string>* folders);
// MD5 and first bytes of `wanted`, by `jobs` threads; with `content` also the SHA-256 of files that are looked into. What cannot be read is
// said in the file's `problem`.
void hash_files(FileSystem& fs, const std::string& root, std::vector<FileFact*> wanted, int jobs, bool content = false);

// ---- facts_hrefs.cpp ----
// The path a reference asks for, seen from the folder it is written in, before anything is looked up: state none, present (= to be looked
// up), other_application or outside.
struct AskedFor {
    HrefState state = HrefState::none;
    std::string file;
};
AskedFor ask_for(const std::string& reference, const std::string& folder);
LeafFact ask_for(const Leaf& leaf);
// Looks the asked-for paths up among the listed files of the listed sequences.
class FileLookup {
public:
    FileLookup(const FileFacts& files, std::set<std::string> listed);
    void resolve(HrefState& state, std::string& file) const;

private:
    const FileFacts& files_;
    std::set<std::string> listed_;                  // sequence folders
    std::map<std::string, std::string> lower_case_; // lower-case path -> path
};

// ---- facts_content.cpp ----
class ContentStep {
public:
    ContentStep(FileSystem& fs, const FactsRequest& request); // starts processes: before anything is read
    ~ContentStep();
    // `files`: hashed. `all` and `listed` get what links lead to.
    Result<std::shared_ptr<const ContentFacts>> run(const std::vector<FileFact*>& files, FileFacts& all, std::set<std::string>& listed);

private:
    Result<void> list_linked_sequences(ContentFacts& facts, FileFacts& all, std::set<std::string>& listed);
    void look_further(const std::set<std::string>& paths, FileFacts& all, ContentFacts& facts);

    FileSystem& fs_;
    const FactsRequest& request_;
    std::unique_ptr<content::Work> work_;
};

// ---- facts_xml.cpp ----
XmlFileFact read_xml_fact(const std::string& path, bool present, const std::string& bytes, const std::string& grammar,
                          const Grammars& grammars);
void add_outline(const XmlDocument& document, const std::string& file, const templates::HeadingTree& headings, SequenceFacts& facts);

// ---- facts_study.cpp ----
void add_studies(SequenceFacts& facts);
void read_trial_summaries(FileSystem& fs, const std::string& root, SequenceFacts& facts);
std::string find_history_gap(const SequenceFacts& facts);

} // namespace dossier::ectd::facts
