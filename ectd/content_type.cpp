#include <algorithm>

#include "core/path.hpp"
#include "core/text.hpp"
#include "ectd/content_reader.hpp"

namespace dossier::ectd::content {

namespace {

struct Magic {
    std::string_view bytes;
    ContentType type;
};
using namespace std::string_view_literals;
constexpr Magic magics[] = {
    {"HEADER RECORD*******LIB"sv, ContentType::xpt},
    {"\x89PNG\r\n\x1A\n"sv, ContentType::png},
    {"\xFF\xD8\xFF"sv, ContentType::jpeg},
    {"GIF87a"sv, ContentType::gif},
    {"GIF89a"sv, ContentType::gif},
    {"II*\0"sv, ContentType::tiff},
    {"MM\0*"sv, ContentType::tiff},
    {"{\\rtf"sv, ContentType::rtf},
    {"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"sv, ContentType::office}, // the compound files of Word, Excel ... before 2007
    {"PK\5\6"sv, ContentType::zip},                              // an empty one
};

// The first entry of a document of Office or OpenDocument says that it is one.
ContentType archive_type(std::string_view start) {
    for (const std::string_view entry :
         {"[Content_Types].xml"sv, "_rels/.rels"sv, "mimetypeapplication/vnd.oasis"sv, "docProps/"sv, "word/"sv, "xl/"sv})
        if (start.find(entry) != std::string_view::npos) return ContentType::office;
    return ContentType::zip;
}

ContentType markup_type(std::string_view start) {
    const std::string lower = to_lower(start);
    if (lower.find("<svg") != std::string::npos) return ContentType::svg;
    if (lower.find("<!doctype html") != std::string::npos || lower.find("<html") != std::string::npos) return ContentType::html;
    return ContentType::xml;
}

bool is_text(std::string_view start) {
    return std::none_of(start.begin(), start.end(), [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return (byte < 0x20 && c != '\n' && c != '\r' && c != '\t' && c != '\f') || byte == 0x7F;
    });
}

} // namespace

bool is_markup(std::string_view start) {
    if (starts_with(start, "\xEF\xBB\xBF")) start.remove_prefix(3);
    if (starts_with(start, "\xFF\xFE<\0"sv) || starts_with(start, "\xFE\xFF\0<"sv) || starts_with(start, "<\0?\0"sv) ||
        starts_with(start, "\0<\0?"sv))
        return true;
    start = trim(start);
    if (start.size() < 2 || start[0] != '<') return false;
    const char second = start[1];
    return second == '?' || second == '!' || second == '_' || (second >= 'a' && second <= 'z') || (second >= 'A' && second <= 'Z');
}

ContentType type_of(std::string_view start, std::uint64_t size) {
    if (size == 0) return ContentType::empty;
    for (const Magic& magic : magics)
        if (starts_with(start, magic.bytes)) return magic.type;
    if (starts_with(start, "PK\3\4")) return archive_type(start);
    if (start.find("%PDF-") != std::string_view::npos) return ContentType::pdf; // anywhere in the first 1024 bytes, as readers find it
    if (is_markup(start)) return markup_type(start);
    return is_text(start) ? ContentType::text : ContentType::unknown;
}

namespace {

// 0001/index.xml, 0001/m1/us/us-regional.xml: files that are called so elsewhere are content.
bool is_backbone(const std::string& path) {
    const std::vector<std::string> parts = path::parts(path);
    if (parts.size() == 2) return parts[1] == "index.xml";
    return parts.size() == 4 && parts[1] == "m1" && parts[3] == parts[2] + "-regional.xml";
}

} // namespace

bool is_read(ContentType type, const std::string& path) {
    switch (type) {
    case ContentType::unknown:
    case ContentType::empty:
    case ContentType::html:
    case ContentType::rtf:
    case ContentType::text:
        return false;
    case ContentType::xml:
    case ContentType::svg:
        break;
    default:
        return true;
    }
    if (is_backbone(path)) return false;
    const std::string extension = to_lower(path::extension(path));
    return extension != "dtd" && extension != "mod" && extension != "ent" && extension != "xsd";
}

} // namespace dossier::ectd::content
