// The eCTD standards as data: headings of ICH 3.2.2 and of a region's module 1, code lists, study tagging values, checksums of official
// files.
#pragma once

#include "core/result.hpp"
#include "templates/application_numbers.hpp"
#include "templates/file_names.hpp"
#include "templates/node_extensions.hpp"
#include "templates/source.hpp"
#include "templates/token_attributes.hpp"
#include "templates/us_submissions.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace dossier::templates {

enum class Holds {
    nothing,           // a container: child headings only
    leaves,            // leaves (before its child headings, where it has any)
    leaves_extensions, // leaves and node extensions; the lowest level
    forms              // form elements only (1.1 of the US module 1)
};

struct HeadingAttribute {
    std::string name; // of the XML attribute: substance, manufacturer, product-name, dosageform, excipient, indication,
                      // promotional-material-type ...
    bool required = false;
};

struct Heading {
    std::string element; // m3-2-s-4-1-specification
    std::string number;  // 3.2.S.4.1, as people write it; of a module root: 3
    std::string title;
    std::string parent;     // element; empty for the children of the root element
    char cardinality = '?'; // in its parent: '?' or '*'
    Holds holds = Holds::nothing;
    std::vector<HeadingAttribute> attributes; // without ID and xml:lang
    bool has_id = true;                       // takes ID
    bool has_lang = true;                     // takes xml:lang
    // Of index.xml: the folder below the parent heading's folder, "" = none of its own. Of a module 1: the whole folder below m1/us, one
    // flat folder for each heading. May hold {substance-manufacturer} {product} {excipient} {indication} {manufacturer} {substance}. Read
    // it through HeadingTree::folder_of and fill_folder.
    std::string folder;
    bool per_sequence = false;           // new in every sequence, never deleted by absence (cover letter, forms)
    bool study = false;                  // study files: the US wants a study tagging file here (facts/ectd.md, section 4)
    bool one_study_folder = false;       // a folder per study below this heading
    std::string confidence = "official"; // of the row; only the Canadian table has any other
    std::vector<std::size_t> children;   // indices, in the order of the standard
};

// The headings of index.xml or of one module 1, in document order.
class HeadingTree {
public:
    const std::vector<Heading>& all() const { return headings_; }
    const Heading* by_element(std::string_view element) const;
    const Heading* by_number(std::string_view number) const;           // "1.2", "3.2.S.4.1"; letter case does not count
    std::vector<const Heading*> path_to(const Heading& heading) const; // module first, the heading last
    std::vector<std::string> numbers() const;
    const std::vector<std::size_t>& top() const { return top_; } // the children of the root element (of m1-regional, in the US), as indices

    // Folder of the heading's files below the sequence folder, placeholders still in it, {study} last where there is one folder for each
    // study: "m3/32-body-data/32s-drug-sub/{substance-manufacturer}/32s4-contr-drug-sub/32s41-spec", "m1/us/1-2-cover-letters".
    std::string folder_of(const Heading& heading) const;

private:
    friend class EctdCatalogueReader;
    std::string below_; // of a module 1: "m1/us"; there the folders of parents do not count
    std::vector<Heading> headings_;
    std::vector<std::size_t> top_;
    std::map<std::string, std::size_t, std::less<>> by_element_, by_number_;
};

// Fills the placeholders of a folder. The values are legal folder names already ("substance-manufacturer" -> "acmol-acme"). A placeholder
// without a value (or with an empty one) falls away, with the hyphen before it or, where it is a whole part of the path, with that part.
std::string fill_folder(std::string_view folder, const std::map<std::string, std::string>& values);

struct Code {
    std::string code; // fdaat1
    std::string word; // "nda": lower case, hyphens; what people write
    std::string display;
    std::string status;     // active | inactive | cross_reference_only | agency_only
    std::string confidence; // official | secondary | unverified
};

struct StudyValue {   // ICH valid-values v6.0
    std::string kind; // file-tag | category | property
    std::string name; // of a category: species ...; of a property and file-tag: empty
    std::string value;
    std::string realm;  // ich | us | jp = info-type
    std::string folder; // of a data-set tag: "tabulations/sdtm" below m5/datasets/<study>/; else ""
};

struct OfficialFile {       // a checksum by which an official file is known; one row for each accepted form (line endings)
    std::string name;       // ich-ectd-3-2.dtd
    std::string version;    // 3.2
    std::string md5;        // "" = not known: the file is known by its name and by what it holds
    std::uint64_t size = 0; // 0 = not known
    std::string region;     // ich | us | eu | ca | gc | tw
    std::string role;       // dtd | stylesheet | valid-values | module | code-list | other
    std::string util;       // where a sequence carries it: "util/dtd" | "util/style" | "" (not at all)
    std::string confidence; // official | secondary | unverified
    std::string holds;      // a text that a file without a known checksum must hold; else ""
    std::string note;
};

struct TransactionField { // of the Canadian regional file, in the order in which they are written
    std::string element;
    std::string from; // what of application.yaml: applicant.name, application.number, sequence, sequence.description ...
    bool required = false;
    std::string list; // code list of its value; "" = free
    std::string confidence, note;
};

struct EctdCatalogue {
    HeadingTree ctd;        // ICH 3.2.2 has 165 elements: here its 159 headings; the root, leaf, title ... are in the grammar table
    HeadingTree us_module1; // us-regional 3.3 has 147 m1-* elements: here the 146 headings below m1-regional
    HeadingTree eu_module1; // eu-regional 3.1, for reading: element, number, title, attributes; nothing of what a build needs
    HeadingTree ca_module1; // ca-regional 2.2: the 46 headings that take documents
    TokenAttributes token_attributes;
    std::vector<TransactionField> ca_transaction;
    std::vector<NumberForm> number_forms;                // of applications
    std::vector<NodeExtension> node_extensions;          // that an agency takes
    std::map<std::string, std::vector<Code>> code_lists; // application-type, submission-type, submission-sub-type, form-type ...
    std::vector<SubmissionUse> us_submissions;
    std::vector<StudyValue> study_values;
    std::vector<OfficialFile> official_files;
    std::map<std::string, std::vector<FileName>> file_names; // by region: eu

    // The headings of a region's module 1 (us, eu, ca); of another one an empty tree, in which no element is known.
    const HeadingTree& module1(std::string_view region) const;
    const Code* code(const std::string& list, std::string_view word_or_code) const; // null when unknown
    std::vector<std::string> words(const std::string& list) const;
    const StudyValue* file_tag(std::string_view value) const;
};

// A malformed table is an error with file and line.
Result<EctdCatalogue> read_ectd_catalogue(const Source& source);

// The grammar of a backbone as a DTD text, generated from the tables: "ich-ectd-3-2", "us-regional-v3-3", "ich-stf-v2-2". It accepts and
// refuses what the official DTD does.
Result<std::string> make_grammar(const Source& source, const EctdCatalogue& catalogue, const std::string& which);

} // namespace dossier::templates
