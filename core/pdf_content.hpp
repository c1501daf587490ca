// What a PDF contains, as far as rules about submissions ask (ISO 32000-1): version, security, pages, bookmarks, links, fonts, forms,
// active content. Everything is bounded: lists hold the first of their kind, with totals beside them; texts are cut at 500 bytes (UTF-8).
// Pages count from 1; page 0 means "none" or "not known". Read by a worker process, never by the program itself (core/worker.hpp).
#pragma once

#include "core/filesystem.hpp"
#include "core/result.hpp"

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dossier {

struct PdfVersionFacts {
    std::string header;                // "1.4" of %PDF-1.4; as written
    std::int64_t header_at = 0;        // byte of %PDF-; 0 where it has to be
    std::string catalog;               // /Version, "1.7"; empty when there is none
    std::string highest() const;       // of the two, which is the one that counts (7.7.2)
    std::string catalog_first() const; // the catalog's where it names 1.4 or later, which is when that entry came
};

struct PdfSecurity {
    bool encrypted = false;
    bool needs_password = false; // not open with the empty one: nothing else of the file is known then
    std::string handler;         // /Filter: Standard; another one, or none where it is not open, means certificates or a policy server
    int revision = 0;            // /R
    // What the empty password permits (7.6.3.2, table 22); all true when not encrypted.
    bool print = true, print_well = true, change = true, assemble = true, copy = true, copy_for_access = true, annotate = true,
         fill_forms = true;
    bool restricted() const { return !(print && print_well && change && assemble && copy && copy_for_access && annotate && fill_forms); }
};

struct PdfInformation { // document information, else the same property of the XMP metadata
    std::string title, author, subject, keywords, creator, producer;
    std::string pdf_a; // "1b", "2u" ... as the XMP metadata claims; empty: no claim
};

enum class PdfTargetKind {
    none,       // no action and no destination: nothing happens
    page,       // in this document
    other_file, // a page or destination of another PDF (remote go-to)
    launch,     // opens a file with whatever the system has for it
    embedded,   // into a file that is attached, here or in the file it names
    web,        // a URI, mail included
    file_uri,   // a URI that names a file: relative to this one, or "file:"
    script,     // JavaScript
    other,      // any other action: next page, submit, show, play ...
    corrupt     // an action or destination that makes no sense
};

enum class PdfZoom {
    unknown,   // no destination in this file says it
    inherited, // the reader's own is kept (/XYZ with zoom null or 0)
    set        // a fixed zoom or one that fits the page, its width ...
};

struct PdfTarget {
    PdfTargetKind kind = PdfTargetKind::none;
    PdfZoom zoom = PdfZoom::unknown;
    std::string name;              // of a named destination
    std::string action;            // of kind other: /S without the slash ("Named", "SubmitForm"); of corrupt: why
    std::string file;              // other_file, launch, embedded, file_uri: as the file says it; web: the address
    bool absolute = false;         // `file` begins at a root, drive or server
    bool backslashes = false;      // `file` is not written as ISO 32000-1, 7.11.2 asks (slashes between the parts)
    std::int64_t page = 0;         // in this or the other file; 0: none, or only a name is known
    std::optional<bool> reachable; // page: whether the page, or what the name stands for, is there; others: not known from this file
    int actions = 0;               // that run one after the other
    int number = 1;                // of this one among them
};

struct PdfBookmark {
    std::string title;
    int level = 1;
    std::int64_t number = 0; // counts from 1, in reading order
    PdfTarget target;
};

struct PdfLink {
    std::int64_t page = 0; // that it is on
    PdfTarget target;
};

struct PdfTargetCounts {    // of all bookmarks or links, listed or not; each further action has an item of its own, and counts as the first
                            // does
    std::int64_t total = 0; // without further actions
    std::map<PdfTargetKind, std::int64_t> by_kind;
    std::int64_t unreachable = 0, zoom_set = 0, absolute = 0, several_actions = 0;
};

// One that leads to a page that is there, in this document, by one action and without a zoom of its own is plain: counted, not listed. Of
// the others so many that name another file are listed, and so many of each further kind and of each fault (PdfTargetCounts).
inline constexpr std::int64_t most_file_targets = 10'000, most_other_targets = 100;
template <class Item> struct PdfTargets {
    PdfTargetCounts counts;
    std::vector<Item> listed;
    std::int64_t not_listed = 0; // not plain, and beyond the limit
};

struct PdfFont {
    std::string name; // without the prefix of a subset; empty for most of kind Type3
    std::string kind; // Type1, TrueType, Type0, Type3, MMType1; of a Type0 font "CIDFontType0" or "CIDFontType2"
    bool embedded = false;
    bool subset = false;
    bool standard = false;       // one of the 14 that every viewer has (9.6.2.2), by its name
    std::int64_t first_page = 0; // 0: only in a form field's or annotation's appearance, or in a pattern
};

struct PdfPageSize {
    double width = 0, height = 0; // points, of the crop box, as turned
    std::int64_t pages = 0, first_page = 0;
};

struct PdfPages {
    std::int64_t total = 0;
    std::int64_t claimed = 0;              // /Count
    std::vector<PdfPageSize> sizes;        // by first page, at most 100 different ones; 0 x 0: no usable box
    std::int64_t with_text = 0;            // shows text, visible or not (a scan with recognised text has some)
    std::int64_t only_images = 0;          // shows images and no text
    std::int64_t without_both = 0;         // blank, or drawings alone
    std::vector<std::int64_t> image_pages; // the first 1,000 of only_images
    std::int64_t unreadable = 0;           // what they draw cannot be decoded, or not to its end: they are not shown, or in part
    std::int64_t first_unreadable = 0;
    std::string unreadable_why; // of the first: a part of a sentence
};

struct PdfCount {
    std::int64_t total = 0, first_page = 0;
};

struct PdfField {
    std::string name;  // full, parts joined by '.'
    std::string kind;  // Tx, Btn, Ch, Sig
    std::string value; // text, name of the state, chosen options joined by ", "
};

struct PdfForm {
    bool present = false, xfa = false;
    std::int64_t total = 0;
    std::vector<PdfField> fields; // the first 2,000
    std::int64_t signatures = 0;  // signature fields that are signed
    bool certified = false;
};

struct PdfView {
    std::string page_mode;   // UseNone, UseOutlines, UseThumbs, FullScreen, UseOC, UseAttachments; empty: not said
    std::string page_layout; // SinglePage, OneColumn ...; empty: not said
    std::optional<PdfTarget> open_action;
};

struct PdfActive { // what runs, plays or hides inside
    std::int64_t scripts = 0;
    std::string first_script;     // where: "document", "page 3", "bookmark", "field name"
    std::int64_t attachments = 0; // by name, as annotations, and with the document, pages, images, forms, annotations, structure elements
    std::vector<std::string> attachment_names;   // the first 100
    std::map<std::string, PdfCount> media;       // annotations and actions by name: Screen, Movie, Sound, RichMedia, 3D, Rendition
    std::map<std::string, PdfCount> annotations; // all, by subtype: Link, Widget, Popup, Text ...
};

struct PdfContent {
    PdfVersionFacts version;
    PdfSecurity security;
    PdfInformation information;
    bool damaged = false;              // something had to be repaired or guessed while reading; see warnings
    std::vector<std::string> warnings; // the most telling first
    bool linearized = false;
    PdfPages pages;
    int bookmark_levels = 0; // deepest; 0: no bookmarks
    PdfTargets<PdfBookmark> bookmarks;
    PdfTargets<PdfLink> links;
    std::vector<PdfFont> fonts; // by first page, then name; the first 500
    PdfView view;
    PdfForm form;
    PdfActive active;
    std::vector<std::uint64_t> destination_names;      // of all named destinations, hashed, sorted; the first 20,000
    std::int64_t destinations = 0;                     // all
    bool has_destination(std::string_view name) const; // a PdfTarget::name of this or another file
};

// Whether rules need to know more of it than that it is there.
bool is_plain(const PdfTarget& target);

// Reads all of it, in time linear in the file. Streams that pages draw with are decompressed, pictures and fonts are not. Errors: invalid,
// when it is no PDF or cannot be read even after repair (the message says at which byte reading stopped); io. `name` is for messages.
Result<PdfContent> read_pdf_content(std::unique_ptr<InputFile> file, const std::string& name);

std::string pdf_library_version(); // what reads them: "qpdf-11.3.0"

} // namespace dossier
