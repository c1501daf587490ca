// What is known about one sequence, typed and built once: files, backbones, leaves, headings, envelope, studies. Rules' checks read these
// facts and nothing else: no parser, no disk. Paths are UTF-8, relative to the application folder ("0001/m2/22-intro/introduction.pdf") and
// exactly as stored, in a folder as in a ZIP. Immutable once built; may be read from several threads.
#pragma once

#include "core/digest.hpp"
#include "core/time.hpp"
#include "core/xml.hpp"
#include "core/zip.hpp"
#include "ectd/application.hpp"
#include "ectd/lifecycle.hpp"
#include "ectd/statements.hpp"
#include "templates/ectd_catalogue.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace dossier::ectd {

struct FileFact {
    std::string path;
    FileKind kind = FileKind::file; // folder: one that cannot be listed, `problem` says why; other folders are no file facts
    std::uint64_t size = 0;
    std::optional<Md5> md5;       // of files of the sequence and of those its leaves name; empty when it cannot be read
    std::optional<Sha256> sha256; // of files that are looked into
    std::string start;            // the first bytes, at most 1024; read with the MD5
    std::string problem;          // why it cannot be read; empty when it can
};
using FileFacts = std::map<std::string, FileFact>; // by path

enum class HrefState {
    none,              // no href, or an empty one
    present,           // the file is there under exactly this name
    other_case,        // only a file whose name differs in letter case is there
    missing,           // the sequence is there, the file is not
    unreadable,        // lies in a folder that cannot be listed
    no_sequence,       // points into a sequence that is not here
    other_application, // ../../nda456789/0001/... (FDA: a grouped or cross-referenced application)
    outside            // leaves the application in any other way, or is no relative path
};

struct LeafFact { // small: there are as many as leaves
    const Leaf* leaf = nullptr;
    const FileFact* found = nullptr; // present, other_case
    HrefState state = HrefState::none;
    const std::string& file() const; // as stored (present, other_case), as asked for (missing, unreadable, no_sequence); else ""
};

struct XmlFileFact { // a backbone or a study tagging file
    std::string path;
    bool present = false, well_formed = false;
    Error error;                      // present and not well formed, or refused: why, with line
    std::vector<XmlProblem> problems; // against the grammar `grammar`; one for each defect, at most 1000
    std::string grammar;              // "ich-ectd-3-2"; empty: no grammar is at hand for it
    XmlDoctype doctype;
    std::string dtd_version;
    std::string stylesheet;              // href of its xml-stylesheet instruction, as written; empty where there is none
    std::vector<std::string> references; // files that its DOCTYPE and stylesheet instruction name; relative ones only, as paths
};

// An agency's own XML schema, as somebody brought it.
struct SchemaText {
    std::string name, path, bytes; // name: as the agency calls it
};

struct SchemaFact {                   // of a regional file: what that schema says of it
    std::string schema;               // its name
    std::vector<XmlProblem> problems; // what it does not allow
    std::string not_judged;           // why it was not asked: one sentence; empty when it was
    bool stopped = false;             // ... because the process that asked it took too long or too much, or died
};

struct HeadingFact {
    std::string file; // the XML file, relative to the sequence folder
    std::string element, section;
    std::map<std::string, std::string> attributes; // its own, without ID and names with a prefix
    std::int64_t line = 0;
    bool has_leaf = false;   // below it, at any depth
    bool holds_leaf = false; // right below it
    int depth = 0;           // 1 = child of the root element
    const templates::Heading* heading = nullptr;
};

struct NodeExtensionFact {
    std::string file, element, title; // element: of the heading it stands under
    std::int64_t line = 0;
};

struct IdFact { // of an element that is no leaf
    std::string file, element, id;
    std::int64_t line = 0;
};

// An element's text or an attribute's value in the envelope of the regional file: "application-number",
// "application-number@application-type". One for each place.
struct FieldFact {
    std::string name, value; // value trimmed
    std::int64_t line = 0;
};

// One envelope of a region that has one for each country. Names are paths below it: "submission@type", "submission/number".
struct EnvelopeFact {
    std::string country;
    std::int64_t line = 0;
    std::vector<FieldFact> fields;
    std::vector<const FieldFact*> fields_of(std::string_view name) const;
    std::string field(std::string_view name) const; // the first one's value; "" when there is none
};

// What the next sequence above or below says of itself.
struct NeighbourFact {
    SequenceNumber number;
    std::string index_version, regional_version; // dtd-version
    std::string identifier;                      // of the application, as its envelope has it
};

// A leaf of a later-numbered sequence that replaces or deletes what a leaf of this one replaces or deletes.
struct LaterEnding {
    LeafId target, by;
    bool deletes = false;
};

struct StfFact {
    const Leaf* leaf = nullptr; // of index.xml
    XmlFileFact xml;
    const Stf* stf = nullptr; // null when it is not there or not well formed
};

struct StudyFile {
    const Stf* stf = nullptr;
    const StfContent* content = nullptr;
    const Leaf* leaf = nullptr; // null: the reference resolves to no leaf that is here
    bool current = false;       // not replaced or deleted up to this sequence
};

struct TrialSummaryRow {
    std::string study_id, code, value, null_flavor; // STUDYID, TSPARMCD, TSVAL, TSVALNF
};

struct TrialSummaryFact { // a ts.xpt
    bool present = false;
    std::string problem; // present and not readable as a trial summary: why
    std::vector<TrialSummaryRow> rows;
};

struct StudyFact { // a study as known up to this sequence: study tagging files add up
    std::string id;
    std::vector<const Stf*> stfs;
    std::vector<StudyFile> files;
    bool in_sequence = false;  // a tagging file of it is in this sequence
    bool is_ambiguous = false; // a tagging file names an ID that several leaves have: which of them is meant cannot be told
};

// An XML file of module 1 that is no backbone: a form as data, such as the Regulatory Transaction of Health Canada's enrolment process
// (REP).
struct XmlFormFact {
    std::string path;                          // relative to the application folder
    std::string root;                          // local name of its root element; empty where not even that could be read
    std::string problem;                       // why it cannot be read to its end; empty when it can
    std::map<std::string, std::string> values; // trimmed text of elements without children, by local name: the first of each, at most 500
};

// The ZIP that a sequence came in.
struct ArchiveFact {
    std::vector<ZipFault> faults;    // entries that no folder could hold; they are not read
    std::vector<std::string> beside; // files and folders in it beside the sequences or the application's folder
};

struct ContentFacts; // ectd/content_facts.hpp
struct ContentOptions;

struct SequenceFacts {
    const Application* application = nullptr;
    const Lifecycle* lifecycle = nullptr; // of all sequences that were read; look at `sequence` and earlier only
    const templates::EctdCatalogue* catalogue = nullptr;
    const Sequence* sequence = nullptr;
    const FileFacts* files = nullptr;                                // of every sequence that had to be looked at
    const ContentFacts* content = nullptr;                           // null: nobody looked into the files; rules that need it are not run
    const Statements* stated = nullptr;                              // what no file of a sequence says
    const std::map<SequenceNumber, Statement>* never_used = nullptr; // numbers, with the reason: stated, and contradicted by nothing here
    Date as_of;
    std::string region;     // us, eu, ca ... unknown
    std::string top_folder; // name of the folder that holds the sequences; empty: there is none, or it does not count

    std::vector<const FileFact*> own_files; // below the sequence folder, sorted by path
    std::vector<std::string> empty_folders;
    std::vector<std::string> folders;                // every folder below the sequence folder
    std::vector<const FileFact*> unreadable_folders; // those that cannot be listed, the sequence folder itself among them

    XmlFileFact index, regional;
    std::optional<SchemaFact> schema; // of the regional file; empty: the region has none, or it is not at hand
    std::string index_md5;            // what index-md5.txt holds, at most 1024 bytes
    bool has_index_md5 = false;
    std::vector<StfFact> stfs;
    std::vector<Stf>
        misnamed_stfs; // files of leaves that are study tagging files by what they hold, and are not called stf-...; no study's
    std::vector<LeafFact> leaves;
    std::vector<const LeafFact*> leaves_by_file; // those whose file is there, by its address; read it through leaves_of
    std::vector<HeadingFact> headings;
    std::vector<NodeExtensionFact> extensions;
    std::vector<IdFact> ids;
    std::vector<FieldFact> fields;
    std::vector<EnvelopeFact> envelopes;
    std::optional<NeighbourFact> previous, next; // by number, among the sequences that are here
    // Of sequences that are here and not part of its history, where this one is judged alone: together with them, the later one is told.
    std::vector<LaterEnding> later_endings;
    std::optional<ArchiveFact> archive; // its part of it; what belongs to no sequence is told of the first one
    std::vector<XmlFormFact> forms;     // of Canada only: elsewhere forms are PDFs
    std::vector<StudyFact> studies;
    std::map<std::string, TrialSummaryFact> trial_summaries; // by path; of current leaves whose file is called ts.xpt
    std::string history_gap;                                 // why the history cannot be whole; empty when nothing says so

    const FileFact* file(const std::string& path) const;
    // Why nobody can say whether a file is there: "the folder m2/22-intro cannot be read". Empty: its folder was listed.
    std::string unknown_presence(const std::string& path) const;
    std::vector<const LeafFact*> leaves_of(const FileFact& file) const; // that name it, in document order
    const Sequence* earlier(SequenceNumber number) const;               // this one or a lower-numbered one that is here; else null
    bool is_current(const LeafHistory& history) const;                  // as of this sequence
    std::string seen_from_sequence(const std::string& path) const;      // "0001/m2/a.pdf" -> "m2/a.pdf"; of another one: "../0000/m2/a.pdf"
    std::vector<const FieldFact*> fields_of(std::string_view name) const;
    std::string field(std::string_view name) const; // the first one's value; "" when there is none
};

// What facts of all sequences of an application share. Must outlive them.
struct ApplicationFacts {
    Application application;
    Lifecycle lifecycle;
    FileFacts files;
    Statements stated;
    std::map<SequenceNumber, Statement> never_used;
    std::shared_ptr<const ContentFacts> content;
    std::vector<SequenceFacts> sequences; // those asked for, ascending
};

// True where a reference that stands at a leaf has the form that FDA gives to references between applications: ../../nda456789/0001/...
bool leads_to_other_application(const std::string& reference, const Leaf& from);

// What the href of every leaf leads to, in the order of the sequences' leaves. Lists the sequence folders, opens no file.
struct LeafFiles {
    FileFacts files;              // of all sequences
    std::vector<LeafFact> leaves; // point into `files`
};
Result<LeafFiles> find_leaf_files(FileSystem& fs, const Application& application);

struct FactsRequest {
    std::string application_folder;
    std::optional<SequenceNumber> only; // this sequence with its history; empty: every sequence
    Date as_of;
    int jobs = 2;
    const ContentOptions* content = nullptr; // null: nobody looks into the files. Else to be called while the process has one thread
    std::size_t md5_lanes = 0;               // 0: as many as the processor has
    const ArchiveFact* archive = nullptr;    // the files lie in one
    bool moves = false;                      // the sequence will be put into another folder: what this one is called does not count
    std::optional<Statements> stated = {};   // empty: those of application.yaml in the application folder
    // The schema of a region's regional file, asked for when there is such a file; empty, as the function itself: there is none. Worker
    // processes read it, so `content` is needed too.
    std::function<Result<std::optional<SchemaText>>(const std::string& region)> schema_of = {};
};

// Reads and hashes. Errors only when the application folder itself cannot be read: what is wrong with files is a fact.
Result<std::unique_ptr<ApplicationFacts>> read_facts(FileSystem& fs, const templates::Source& source,
                                                     const templates::EctdCatalogue& catalogue, const FactsRequest& request);

} // namespace dossier::ectd
