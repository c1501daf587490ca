// Internal to core/xml*.cpp: libxml2 set up once, its errors collected.
#pragma once

#include "core/result.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace dossier::xml_library {

// Initialises libxml2 and denies every load from outside, for the whole process.
void start();

// While alive, a load of this thread from an address that ends in `ending` gets `text`; every other one is denied.
class Served {
public:
    Served(std::string ending, std::string text);
    ~Served();
    Served(const Served&) = delete;
    Served& operator=(const Served&) = delete;
};

struct Message {
    std::int64_t line;
    std::string text;
    bool fatal;
    std::string element; // with prefix, where libxml2 says which
};

// While alive, libxml2's messages of this thread go here instead of stderr.
class Messages {
public:
    explicit Messages(std::size_t most = 200);
    ~Messages();
    Messages(const Messages&) = delete;
    Messages& operator=(const Messages&) = delete;
    const std::vector<Message>& all() const { return list_; }
    Error to_error(const std::string& path) const; // of the first message

private:
    static void collect(void* self, void* error);
    std::vector<Message> list_;
    std::size_t most_;
};

// What libxml2 says of a document that it does not read. A comment, an instruction, a CDATA section or a value over 10 MB is a limit of
// libxml2 (unsupported), everything else is damage (invalid).
Error parse_error(std::string_view text, Place where);

enum class XmlWidth { bytes, pairs_low_first, pairs_high_first }; // of a character: ASCII-like encodings, UTF-16

// UTF-8, UTF-16, ASCII, ISO 8859 and the Windows code pages only: the others can hide a '<' from TagBounds. `head`: the first bytes, at
// least up to the end of the XML declaration.
Result<XmlWidth> check_encoding(std::string_view head, const std::string& path);

// Counts the attributes of each tag before libxml2 sees them, for its check for twins is quadratic. Takes the document in pieces.
class TagBounds {
public:
    explicit TagBounds(std::size_t most_attributes, XmlWidth width = XmlWidth::bytes) : most_attributes_(most_attributes), width_(width) {}
    Result<void> scan(std::string_view piece, const std::string& path);

private:
    enum class Where { text, markup, tag, until };
    Result<void> scan_pairs(std::string_view piece, const std::string& path);
    void begin_markup();
    bool step(char c); // false: too many attributes
    Error too_many(const std::string& path) const;

    std::size_t most_attributes_;
    XmlWidth width_;
    bool has_half_ = false; // of a pair that two pieces share
    unsigned char half_ = 0;
    Where where_ = Where::text;
    std::string begin_;       // the first bytes of markup, until it is known what it is
    std::string_view until_;  // what ends a comment, a CDATA section or an instruction
    std::size_t matched_ = 0; // how much of it was seen
    char quote_ = 0;          // of an open attribute value; 0 outside tags
    std::size_t quotes_ = 0;
    std::int64_t line_ = 1;
};

// Before libxml2 sees the bytes: the size, the encoding, the number of attributes of each tag (unsupported); whether it is XML at all
// (invalid).
Result<void> check_bounds(std::string_view bytes, const std::string& path, std::uint64_t most_bytes, std::size_t most_attributes);

} // namespace dossier::xml_library
