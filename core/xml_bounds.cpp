// What is looked at before libxml2 sees the bytes.
#include <algorithm>
#include <cstring>

#include "core/text.hpp"
#include "core/xml_library.hpp"

namespace dossier::xml_library {

namespace {

constexpr std::string_view comment = "<!--", cdata = "<![CDATA[", instruction = "<?";

// As libxml2 tells it, from a byte order mark or from "<?" in pairs.
XmlWidth width_of(std::string_view head) {
    if (starts_with(head, "\xFF\xFE") || starts_with(head, std::string_view("<\0?\0", 4))) return XmlWidth::pairs_low_first;
    if (starts_with(head, "\xFE\xFF") || starts_with(head, std::string_view("\0<\0?", 4))) return XmlWidth::pairs_high_first;
    return XmlWidth::bytes;
}

bool is_read(const std::string& encoding, XmlWidth width) {
    if (encoding == "utf-8" || encoding == "utf8" || encoding == "utf-16") return true; // libxml2 refuses UTF-16 where it is not
    if (width != XmlWidth::bytes) return false;
    for (const std::string_view known : {"us-ascii", "ascii", "iso-8859-", "latin1", "windows-125", "cp125"})
        if (starts_with(encoding, known)) return true;
    return false;
}

} // namespace

Error TagBounds::too_many(const std::string& path) const {
    return Error(ErrorKind::unsupported, fill("an element has more than {} attributes, and this program reads no more", most_attributes_),
                 {path, "", line_, "", -1});
}

Result<void> TagBounds::scan(std::string_view piece, const std::string& path) {
    if (width_ != XmlWidth::bytes) return scan_pairs(piece, path);
    for (std::size_t at = 0; at < piece.size(); ++at) {
        if (where_ == Where::text || quote_ != 0) { // nothing happens before the next tag, or before the value ends
            const std::size_t next = std::min(piece.find(quote_ != 0 ? quote_ : '<', at), piece.size());
            line_ += std::count(piece.begin() + static_cast<std::ptrdiff_t>(at), piece.begin() + static_cast<std::ptrdiff_t>(next), '\n');
            at = next;
        } else if (where_ == Where::tag) { // nor before a value begins, or the tag ends
            for (; at < piece.size() && piece[at] != '"' && piece[at] != '\'' && piece[at] != '>'; ++at)
                if (piece[at] == '\n') ++line_;
        }
        if (at == piece.size()) return {};
        const char c = piece[at];
        if (c == '\n') ++line_;
        if (!step(c)) return too_many(path);
    }
    return {};
}

Result<void> TagBounds::scan_pairs(std::string_view piece, const std::string& path) {
    for (const char c : piece) {
        const auto byte = static_cast<unsigned char>(c);
        if (!has_half_) {
            half_ = byte;
            has_half_ = true;
            continue;
        }
        has_half_ = false;
        const unsigned char low = width_ == XmlWidth::pairs_low_first ? half_ : byte,
                            high = width_ == XmlWidth::pairs_low_first ? byte : half_;
        const char plain = high == 0 && low < 0x80 ? static_cast<char>(low) : 'x'; // what is not ASCII is no markup
        if (plain == '\n') ++line_;
        if (where_ == Where::text && plain != '<') continue;
        if (!step(plain)) return too_many(path);
    }
    return {};
}

bool TagBounds::step(char c) {
    switch (where_) {
    case Where::text:
        begin_ = c;
        where_ = Where::markup;
        return true;
    case Where::markup:
        begin_ += c;
        begin_markup();
        return true;
    case Where::until:
        // Both "-->" and "]]>" begin with a character that may repeat: "--->" ends a comment.
        if (c == until_[matched_])
            ++matched_;
        else if (!(matched_ + 1 == until_.size() && matched_ > 1 && c == until_[0]))
            matched_ = c == until_[0] ? 1 : 0;
        if (matched_ == until_.size()) where_ = Where::text;
        return true;
    case Where::tag:
        if (quote_ != 0) {
            if (c == quote_) quote_ = 0;
        } else if (c == '"' || c == '\'') {
            quote_ = c;
            ++quotes_;
        } else if (c == '>') {
            where_ = Where::text;
        }
        return quotes_ <= most_attributes_;
    }
    return true;
}

void TagBounds::begin_markup() {
    auto enter = [this](std::string_view end) {
        where_ = Where::until;
        until_ = end;
        matched_ = 0;
    };
    if (begin_[1] == '!' || begin_[1] == '?') {
        if (begin_ == comment) return enter("-->");
        if (begin_ == cdata) return enter("]]>");
        if (begin_ == instruction) return enter("?>");
        if (starts_with(comment, begin_) || starts_with(cdata, begin_)) return; // it may still become one
    }
    where_ = Where::tag;
    quote_ = 0;
    quotes_ = 0;
    const std::string seen = begin_.substr(1);
    for (const char c : seen)
        if (where_ == Where::tag) (void)step(c);
}

Result<XmlWidth> check_encoding(std::string_view head, const std::string& path) {
    if (head.empty()) return Error(ErrorKind::invalid, "the file is empty, XML is wanted", {path});
    const XmlWidth width = width_of(head);
    std::string text;
    for (const char c : head)
        if (c != 0 || width == XmlWidth::bytes) text += c;
    for (const std::string_view mark : {"\xEF\xBB\xBF", "\xFF\xFE", "\xFE\xFF"})
        if (starts_with(text, mark)) text.erase(0, mark.size());
    const std::string_view plain = trim(text);
    if (!starts_with(plain, "<")) return Error(ErrorKind::invalid, "this is not XML: it does not begin with '<'", {path, "", 1, "", -1});
    if (!starts_with(plain, "<?xml")) return width;
    const std::size_t end = plain.find("?>");
    if (end == std::string_view::npos)
        return Error(ErrorKind::invalid, "the XML declaration (<?xml ... ?>) does not end", {path, "", 1, "", -1});
    const std::string_view declaration = plain.substr(0, end);
    const std::size_t at = declaration.find("encoding");
    const std::size_t open = at == std::string_view::npos ? at : declaration.find_first_of("\"'", at);
    if (open == std::string_view::npos) return width;
    const std::string_view rest = declaration.substr(open + 1);
    const std::string name = to_lower(rest.substr(0, rest.find(declaration[open])));
    if (is_read(name, width)) return width;
    return Error(ErrorKind::unsupported, fill("the encoding {} is not read", name.substr(0, 40)), {path, "", 1, "", -1},
                 "save the file as UTF-8");
}

} // namespace dossier::xml_library
