// The steps of read_facts, one .cpp file each. Internal to ectd/facts*.cpp.
#pragma once

#include "core/xml_stream.hpp"
#include "core/xml_validator.hpp"
#include "ectd/content_facts.hpp"
#include "ectd/facts.hpp"
#include "ectd/normalised_start.hpp"

#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace dossier::ectd::content {
class Work;
}

namespace dossier::ectd::facts {

using Grammars = std::map<std::string, XmlGrammar>; // by name
inline constexpr const char* stf_grammar = "ich-stf-v2-2";

// ---- facts_files.cpp ----
// Lists a sequence folder into `files` (without digests) and, where given, its folders. A folder that cannot be listed is among `files`.
void list_sequence(FileSystem& fs, const std::string& root, const std::string& sequence, FileFacts& files,
                   std::vector<std::string>* folders);
// The folder above a path that could not be listed; null: none is known of.
const FileFact* unreadable_folder_of(const FileFacts& files, const std::string& path);
void gather_own_files(const FileFacts& files, SequenceFacts& facts); // what was listed for this sequence

// ---- facts_hrefs.cpp ----
// The path a reference asks for, seen from the folder it is written in, before anything is looked up: state none, present (= to be looked
// up), other_application or outside.
struct AskedFor {
    HrefState state = HrefState::none;
    std::string file;
};
AskedFor ask_for(const std::string& reference, const std::string& folder);
LeafFact ask_for(const Leaf& leaf); // asks for Leaf::path
// Looks the asked-for paths up among the listed files of the listed sequences.
class FileLookup {
public:
    FileLookup(const FileFacts& files, std::set<std::string> listed);
    void resolve(HrefState& state, std::string& file) const;
    void resolve(LeafFact& leaf) const;

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
    std::shared_ptr<const ContentFacts> run(const std::vector<FileFact*>& files, FileFacts& all, std::set<std::string>& listed);
    // `file`: of the sequence at `folder`
    SchemaFact judge(const std::string& folder, const std::string& file, const SchemaText& schema);
    void finish(); // after the last of these

private:
    void list_linked_sequences(ContentFacts& facts, FileFacts& all, std::set<std::string>& listed);
    void look_further(const std::set<std::string>& paths, FileFacts& all, ContentFacts& facts);

    FileSystem& fs_;
    const FactsRequest& request_;
    std::unique_ptr<content::Work> work_;
    std::shared_ptr<ContentFacts> facts_ = std::make_shared<ContentFacts>();
};

// ---- facts_xml.cpp ----
// Headings, node extensions, identifiers and envelope fields of a backbone, into `facts`.
class OutlineReader {
public:
    // file: relative to the sequence folder
    OutlineReader(std::string file, const templates::HeadingTree& headings, const templates::TokenAttributes& tokens, SequenceFacts& facts);
    void start(const XmlStart& element);
    void text(std::string_view piece);
    void end();

private:
    enum class Kind { other, heading, extension, field, leaf, inside_leaf };
    struct Open {
        Kind kind = Kind::other;
        std::string heading;  // the element that what stands below is under
        int depth = 0;        // of its children; 1 = child of the root element
        std::size_t fact = 0; // its place among the headings, extensions or fields
        std::int64_t line = 0;
        bool has_leaf = false, has_children = false, has_title = false;
        bool titles = false; // its text is the title of the extension that it stands in
        std::string text;
    };
    void open(const XmlStart& element, const std::string& name, Open& opened); // name: without prefix

    const std::string file_;
    const templates::HeadingTree& headings_;
    NormalisedStart normalised_;
    SequenceFacts& facts_;
    std::vector<Open> open_;
};

// `path`: relative to the application folder `root`; an empty grammar: none is at hand. What cannot be read is the fact's `error`.
XmlFileFact read_xml_fact(FileSystem& fs, const std::string& root, const std::string& path, const std::string& grammar,
                          const Grammars& grammars, OutlineReader* outline = nullptr, const XmlLimits& limits = {});

// ---- facts_envelope.cpp ----
void add_envelopes(const XmlElement& regional, SequenceFacts& facts); // a regional file without its leaves
// The sequences around this one.
Result<void> add_neighbours(FileSystem& fs, const std::string& root, const templates::EctdCatalogue& catalogue, SequenceFacts& facts);

// ---- facts_later.cpp ----
Result<void> add_later_endings(FileSystem& fs, const std::string& root, const templates::EctdCatalogue& catalogue, SequenceFacts& facts);

// ---- facts_form.cpp ----
void read_forms(SequenceFacts& facts);

// ---- facts_study.cpp ----
void find_misnamed_stfs(FileSystem& fs, const std::string& root, SequenceFacts& facts);
void add_studies(SequenceFacts& facts);
// The trial summaries that count in this sequence, in whatever sequence they lie.
std::vector<const Leaf*> trial_summaries_of(const SequenceFacts& facts);
void read_trial_summaries(SequenceFacts& facts);
std::string find_history_gap(const SequenceFacts& facts);

} // namespace dossier::ectd::facts
