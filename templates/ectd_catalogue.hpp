// The eCTD standards as data: headings of ICH 3.2.2 and of a region's module 1, code lists, study tagging values, checksums of official
// files.
#pragma once

#include "core/result.hpp"
#include "templates/source.hpp"

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
    // Folder below the parent heading's folder; "" = none of its own. May hold {substance-manufacturer} {product} {excipient} {indication}
    // {study}.
    std::string folder;
    bool per_sequence = false;         // new in every sequence, never deleted by absence (cover letter, forms)
    bool study = false;                // study files: the US wants a study tagging file here (facts/ectd.md, section 4)
    bool one_study_folder = false;     // a folder per study below this heading
    std::vector<std::size_t> children; // indices, in the order of the standard
};

// The headings of index.xml or of one module 1, in document order.
class HeadingTree {
public:
    const std::vector<Heading>& all() const { return headings_; }
    const Heading* by_element(std::string_view element) const;
    const Heading* by_number(std::string_view number) const;           // "1.2", "3.2.S.4.1"; letter case does not count
    std::vector<const Heading*> path_to(const Heading& heading) const; // module first, the heading last
    std::vector<std::string> numbers() const;

private:
    friend class EctdCatalogueReader;
    std::vector<Heading> headings_;
    std::map<std::string, std::size_t, std::less<>> by_element_, by_number_;
};

struct Code {
    std::string code; // fdaat1
    std::string word; // "nda": lower case, hyphens; what people write
    std::string display;
    std::string status;     // active | inactive | cross_reference_only
    std::string confidence; // official | secondary | unverified
};

struct StudyValue {   // ICH valid-values v6.0
    std::string kind; // file-tag | category | property
    std::string name; // of a category: species ...; of a property and file-tag: empty
    std::string value;
    std::string realm;  // ich | us | jp = info-type
    std::string folder; // of a data-set tag: "tabulations/sdtm" below m5/datasets/<study>/; else ""
};

struct OfficialFile {    // a published checksum
    std::string name;    // ich-ectd-3-2.dtd
    std::string version; // 3.2
    std::string md5;
    std::uint64_t size = 0;
    std::string region;     // ich | us | eu | ca | gc | tw
    std::string role;       // dtd | stylesheet | valid-values | module | other
    std::string util;       // "util/dtd" | "util/style" | ""
    std::string confidence; // official | secondary | unverified
    std::string note;
};

struct EctdCatalogue {
    HeadingTree ctd;        // 165 elements of ICH 3.2.2: here its headings; leaf, title ... are in the grammar table
    HeadingTree us_module1; // 147 m1-* headings of us-regional 3.3
    std::map<std::string, std::vector<Code>> code_lists; // application-type, submission-type, submission-sub-type, form-type ...
    std::vector<StudyValue> study_values;
    std::vector<OfficialFile> official_files;

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
