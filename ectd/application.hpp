// An eCTD 3.2.2 application as it lies on disk: sequences, backbones, leaves, study tagging files. The sequences are the truth about
// history; nothing else is asked. Reading never guesses: what is missing or broken is said in `problems`.
#pragma once

#include "core/digest.hpp"
#include "core/filesystem.hpp"
#include "core/result.hpp"
#include "core/xml.hpp"
#include "ectd/sequence_number.hpp"
#include "templates/ectd_catalogue.hpp"

#include <compare>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace dossier::ectd {

// A leaf's identity over the whole life of an application (ICH 3.2.2, appendix 6: a target is sequence, file and ID).
struct LeafId {
    SequenceNumber sequence;
    std::string file; // XML file, relative to the sequence folder: index.xml, m1/us/us-regional.xml
    std::string id;
    auto operator<=>(const LeafId&) const = default;
    std::string text() const { return sequence.text() + "/" + file + "#" + id; }
};

// A heading or a node extension above a leaf.
struct SectionStep {
    std::string element;                           // as in the XML file, without a prefix; node-extension
    std::map<std::string, std::string> attributes; // its own, those that make it a node of its own
    std::string extension;                         // title of a node extension
};

// Where leaves sit: one for all leaves directly under one heading or node extension of a backbone.
struct LeafPlace {
    // The heading path with attribute values and node-extension titles, one text to compare (rule 3 of lifecycle).
    std::string section;
    std::string heading_section;                   // `section` without the node extensions
    std::string element;                           // of the lowest heading (or "form", "m1-administrative-…" for the regional leaf)
    std::string form_type;                         // of the form element
    std::map<std::string, std::string> attributes; // of all headings above: substance, manufacturer, indication …
    std::vector<std::string> extensions;           // node-extension titles, outermost first
    std::vector<SectionStep> steps;                // from the root's child down
};

struct Leaf {
    LeafId at;
    std::string operation; // as written; new | replace | append | delete when valid
    std::string title;
    std::string modified_file; // as written; "" when absent
    bool has_id = false, has_href = false, has_modified_file = false, has_checksum = false;
    std::int64_t line = 0;
    std::shared_ptr<const LeafPlace> place; // never null
    // The href resolved against the application folder: 0001/m2/22-intro/introduction.pdf; "" without one or when it leaves it.
    std::string path;

    std::string href() const { return other_href ? *other_href : path.substr(href_at); } // as written; "" when absent
    // Most are the end of `path`, and a backbone may have hundreds of thousands: those are not kept twice.
    void set_href(const std::string& written, std::string resolved);
    std::size_t href_at = 0;                       // where it begins in `path`
    std::shared_ptr<const std::string> other_href; // one that is not

    std::string checksum() const;                                                              // as written; "" when absent
    std::string checksum_type() const { return written_type ? *written_type : std::string(); } // likewise
    void set_checksum_type(const std::string& written);
    std::shared_ptr<const std::string> written_type; // null when absent; shared by the leaves that say md5, as nearly all do
    // Most are an MD5 in lower case, and there are as many as leaves: of those the bytes are kept.
    void set_checksum(const std::string& written);
    std::optional<Md5> md5;
    std::shared_ptr<const std::string> other_checksum; // one that is not

    std::string language() const { return xml_lang ? *xml_lang : std::string(); } // "" when absent, as it nearly always is
    std::shared_ptr<const std::string> xml_lang;
};

struct StfValue {                   // a category of a study, a property of a document
    std::string name, value, realm; // realm: the info-type
};

struct StfContent { // one doc-content
    LeafId leaf;    // what its href points to; empty id when the href has no '#'
    std::string href, title;
    std::vector<std::pair<std::string, std::string>> file_tags; // name, info-type
    std::vector<StfValue> properties;
    std::int64_t line = 0;
};

struct Stf {
    std::string path; // relative to the application folder
    LeafId leaf;      // its own leaf in index.xml
    std::string study_id, title;
    std::vector<StfValue> categories;
    std::vector<StfContent> contents;
    std::vector<std::pair<std::string, std::string>> category_values() const; // name, value
};

// The envelope of a regional file. What the fields hold is each region's word for it:
//                    United States            European Union             Canada
// application_number application-number       identifier (UUID)          dossier-identifier
// application_type   application-type         procedure type             dossier-type
// submission_id      submission-id            -                          -
// submission_type    submission-type          submission type            regulatory-activity-type
// submission_sub_type sequence's sub-type     submission-unit type       -
// company_name       company-name             applicant                  applicant
// Several applications (US) or countries (EU): of the one that holds the files, else of the first. Empty where not found.
struct EnvelopeField {
    std::string name, value; // element, "element@attribute"
};
struct EnvelopePart { // everything that one application or country is told
    std::string name; // application number, country; "" where there is one part only
    std::vector<EnvelopeField> fields;
};
struct Envelope {
    std::string application_number, application_type;
    std::string submission_id, submission_type, sequence_number, submission_sub_type;
    std::string applicant_id, company_name, description;
    std::string form_type;
    std::vector<std::string> related_sequences; // EU, Canada, United States before module 1 v3: as written; each once
    std::vector<EnvelopePart> parts;
};

struct Backbone {
    std::string file; // relative to the sequence folder
    bool present = false;
    std::string version;          // that its root declares (dtd-version, schema-version); empty where it declares none or was not read
    std::optional<Error> problem; // present and not readable as XML: why, with line; also in the sequence's problems
    std::string dtd_version;
    XmlElement head; // of a regional file: everything but its leaves, the envelope
    bool is_read() const { return present && !problem; }
};

struct Sequence {
    SequenceNumber number;
    std::string folder; // relative to the application folder: "0001"
    Backbone index, regional;
    std::vector<Leaf> leaves; // of index.xml, then of the regional file, in document order
    std::vector<Stf> stfs;
    Envelope envelope;
    std::vector<Error> problems; // what could not be read
};

struct Application {
    std::string folder;
    std::string region;              // us | eu | ca | unknown, from the regional file of the newest sequence
    std::vector<Sequence> sequences; // ascending
    const Sequence* find(SequenceNumber number) const;
    const Leaf* find(const LeafId& id) const;
};

// Reads every sequence of four digits below `folder` (at most up to and including `last`, when given). Errors only when the folder itself
// cannot be read.
Result<Application> read_application(FileSystem& fs, const std::string& folder, const templates::EctdCatalogue& catalogue,
                                     std::optional<SequenceNumber> last = std::nullopt);
Sequence read_sequence(FileSystem& fs, const std::string& application_folder, SequenceNumber number,
                       const templates::EctdCatalogue& catalogue);

std::string regional_file_of(std::string_view region); // where it belongs in a sequence: us -> m1/us/us-regional.xml

// A leaf of index.xml whose file is a study tagging file by its name (stf-*.xml) and that brings one: not a delete.
bool is_stf_leaf(const Leaf& leaf);

// Resolves "../0001/index.xml#ID" as written in `from_file` of `from`. Empty when it has no such form or leaves the application.
std::optional<LeafId> resolve_target(const std::string& reference, SequenceNumber from, const std::string& from_file);

} // namespace dossier::ectd
