// Inside core/pdf*.cpp only: the steps of read_pdf_content, one .cpp file each. Every walk enters
// an object once and has an end, whatever the file says.
#pragma once

#include "core/pdf_content.hpp"

#include <compare>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

class QPDF;
class QPDFObjectHandle;

namespace dossier::pdf {

// ---- pdf_version.cpp ----
struct Version {
    int major = 0, minor = 0;
    auto operator<=>(const Version&) const = default;
};
Version parse_version(std::string_view text); // "1.7..."; 0.0 where there is none

constexpr std::size_t start_length = 1024; // bytes of a file that hold its header and, where it has one, its linearization dictionary
struct FileStart {
    std::string version;          // of the header, as written
    std::int64_t version_at = -1; // -1: no header
    std::int64_t claimed = -1;    // length that a linearized file says it has (annex F.3.2, /L); -1: says none
};
FileStart read_file_start(std::string_view start);

// Why a file that begins so and has `size` bytes lost its end; empty: it does not say that it did.
std::string truncation(const FileStart& start, std::uint64_t size);
bool is_opening_of_repair(const std::string& warning); // that it begins; others say what is wrong
// A table that names one object too many or too few is common, as is a key said twice; nothing had to be repaired to read the file.
bool is_repair(const std::string& warning);

// ---- pdf_content_values.cpp ----
std::uint64_t hash_of_name(std::string_view name);                       // FNV-1a
std::string bounded_text(std::string_view text);                         // valid UTF-8, at most 500 bytes
std::string text_value(QPDFObjectHandle object);                         // of a string object; "" for others
std::string name_value(QPDFObjectHandle object);                         // of a name, without the slash; "" for others
QPDFObjectHandle value_of(QPDFObjectHandle dictionary, const char* key); // null where it is no dictionary (or stream)
QPDFObjectHandle inherited_value(QPDFObjectHandle page, const char* key);
std::int64_t key_of(QPDFObjectHandle object); // which object of the file; 0: none of its own

class SeenObjects {
public:
    bool first_time(QPDFObjectHandle object); // true for what is no object of its own
private:
    std::unordered_set<std::int64_t> keys_;
};

// Each pair of a name tree (7.9.6), at most `most`; false from `use` ends the walk.
void walk_names(QPDFObjectHandle tree, std::int64_t most, const std::function<bool(const std::string&, QPDFObjectHandle)>& use);
// Each action of a chain (/Next), at most 100.
void walk_actions(QPDFObjectHandle first, const std::function<void(QPDFObjectHandle)>& use);

struct PageList {
    std::vector<QPDFObjectHandle> pages;
    std::unordered_map<std::int64_t, std::int64_t> numbers; // by key_of
    std::int64_t number_of(QPDFObjectHandle page) const;    // 0: not in the page tree
};

// ---- pdf_targets.cpp ----
class TargetReader {
public:
    TargetReader(QPDF& qpdf, const PageList& pages);
    std::vector<PdfTarget> of(QPDFObjectHandle holder) const; // a bookmark or link: /Dest, else /A; then its further actions, at most 10
    PdfTarget open(QPDFObjectHandle object) const;            // an action or a destination
    void list_names(PdfContent& content) const;

private:
    PdfTarget of_destination(QPDFObjectHandle destination) const;
    PdfTarget of_action(QPDFObjectHandle action) const;
    PdfTarget of_kind(const std::string& kind, QPDFObjectHandle action) const;
    void fill_uri(const std::string& address, PdfTarget& target) const;
    void fill_array(QPDFObjectHandle array, PdfTarget& target) const;
    void fill_remote(QPDFObjectHandle action, PdfTarget& target) const;

    const PageList& pages_;
    std::unordered_map<std::string, QPDFObjectHandle> named_;
    bool has_base_ = false; // that URIs are relative to (12.6.4.7)
};

bool count_target(PdfTargetCounts& counts, const PdfTarget& target); // true when there is room to list it
template <class Item> void add_target(PdfTargets<Item>& to, Item item) {
    if (count_target(to.counts, item.target))
        to.listed.push_back(std::move(item));
    else if (!is_plain(item.target))
        ++to.not_listed;
}

// ---- pdf_content_active.cpp, pdf_content_structure.cpp, pdf_content_outline.cpp, pdf_content_pages.cpp ----
class ActiveParts { // counts what runs, plays or is attached
public:
    explicit ActiveParts(PdfActive& active) : active_(active) {}
    void actions(QPDFObjectHandle first, const std::string& where, std::int64_t page);
    void all_actions_of(QPDFObjectHandle holder, const std::string& where, std::int64_t page); // /A and /AA
    void annotation(const std::string& subtype, std::int64_t page);
    void attachment(QPDFObjectHandle specification, const std::string& name); // of a file; the name where it has none of its own
    void associated_files(QPDFObjectHandle holder);                           // /AF, of a dictionary or stream
    void script(const std::string& where);

private:
    PdfActive& active_;
    SeenObjects attached_;
};
void read_structure(QPDF& qpdf, ActiveParts& active, const PdfContent& content); // the files of structure elements
void read_bookmarks(QPDF& qpdf, const TargetReader& targets, ActiveParts& active, PdfContent& content);
void read_pages(const PageList& pages, const TargetReader& targets, ActiveParts& active, PdfContent& content);

// ---- pdf_content_streams.cpp ----
// Up to `limit` bytes of a stream, decoded; less when it cannot be decoded further, which is no fault here.
std::string decoded_start(QPDFObjectHandle stream, std::size_t limit);

// The streams that pages draw with (7.8.2), decoded to their ends to see whether that is possible.
class PageStreams {
public:
    explicit PageStreams(PdfContent& content) : content_(content) {}
    struct Start {
        std::string text;
        bool all = true; // nothing follows
    };
    // Up to `keep` bytes of what the page draws. A page whose streams cannot be decoded is counted.
    Start read(QPDFObjectHandle page, std::int64_t number, std::size_t keep);
    void check(QPDFObjectHandle form, std::int64_t number); // one that this page uses (8.10), a pattern or an appearance

private:
    std::string decode_once(QPDFObjectHandle stream, std::int64_t number, std::size_t keep, Start& start);
    void add_fault(std::string fault, std::int64_t number);

    PdfContent& content_;
    std::unordered_map<std::int64_t, std::string> faults_; // of streams that were decoded before; "" where there is none
    std::uint64_t decoded_ = 0;
    std::int64_t last_faulty_ = 0; // pages come in order
};

// ---- pdf_content_fonts.cpp, pdf_content_images.cpp, pdf_content_form.cpp, pdf_content_xmp.cpp ----
class FontCollector { // and what else lies on the way to them: streams to be checked, files that go with forms and images
public:
    FontCollector(PageStreams& streams, ActiveParts& active) : streams_(streams), active_(active) {}
    void resources(QPDFObjectHandle resources, std::int64_t page);
    void appearance(QPDFObjectHandle annotation, std::int64_t page);
    std::vector<PdfFont> sorted() const;

private:
    struct Work;
    void font(QPDFObjectHandle font, std::int64_t page, std::vector<Work>& open);
    void form(QPDFObjectHandle stream, std::int64_t page, std::vector<Work>& open);
    void graphics_state(QPDFObjectHandle state, std::int64_t page, std::vector<Work>& open);

    PageStreams& streams_;
    ActiveParts& active_;
    SeenObjects seen_;
    std::vector<PdfFont> fonts_;
    std::unordered_set<std::string> known_; // name, kind, embedded
};

enum class PageShows { text, only_images, neither };
class PageLook {
public:
    explicit PageLook(PageStreams& streams) : streams_(streams) {}
    PageShows at(QPDFObjectHandle page, QPDFObjectHandle resources, std::int64_t number);

private:
    struct Parts {
        bool fonts = false, images = false;
    };
    Parts parts_of(QPDFObjectHandle resources, int depth);
    Parts part_of_form(QPDFObjectHandle form, int depth);

    PageStreams& streams_;
    std::unordered_map<std::int64_t, Parts> known_; // of resources and forms that are objects
};

void read_form(QPDF& qpdf, ActiveParts& active, PdfContent& content);
void read_document_level(QPDF& qpdf, const TargetReader& targets, ActiveParts& active, PdfContent& content); // names, actions, view
void read_information(QPDF& qpdf, PdfInformation& information);

} // namespace dossier::pdf
