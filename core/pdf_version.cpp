// What the first bytes of a PDF say: its version, and the length of a linearized file.
#include "core/pdf_content_parts.hpp"
#include "core/text.hpp"

namespace dossier::pdf {

Version parse_version(std::string_view text) {
    Version version;
    std::size_t at = 0;
    for (; at < text.size() && text[at] >= '0' && text[at] <= '9' && version.major < 100; ++at)
        version.major = version.major * 10 + (text[at] - '0');
    if (at >= text.size() || text[at] != '.') return {};
    for (++at; at < text.size() && text[at] >= '0' && text[at] <= '9' && version.minor < 100; ++at)
        version.minor = version.minor * 10 + (text[at] - '0');
    return version;
}

namespace {

// The number behind `key` in the text of a dictionary; -1 when there is none.
std::int64_t number_behind(std::string_view text, std::string_view key) {
    for (std::size_t at = text.find(key); at != std::string_view::npos; at = text.find(key, at + 1)) {
        std::size_t digit = at + key.size();
        while (digit < text.size() && (text[digit] == ' ' || text[digit] == '\r' || text[digit] == '\n')) ++digit;
        std::int64_t value = -1;
        for (; digit < text.size() && text[digit] >= '0' && text[digit] <= '9' && value < (1ll << 56); ++digit)
            value = (value < 0 ? 0 : value) * 10 + (text[digit] - '0');
        if (value >= 0) return value;
    }
    return -1;
}

} // namespace

FileStart read_file_start(std::string_view start) {
    FileStart found;
    const std::size_t at = start.find("%PDF-");
    if (at == std::string_view::npos) return found;
    found.version_at = static_cast<std::int64_t>(at);
    for (std::size_t i = at + 5; i < start.size() && found.version.size() < 8 && start[i] > ' ' && start[i] < 0x7f; ++i)
        found.version += start[i];
    const std::size_t dictionary = start.find("/Linearized");
    if (dictionary == std::string_view::npos) return found;
    const std::size_t begin = start.rfind("<<", dictionary), end = start.find(">>", dictionary);
    if (begin != std::string_view::npos && end != std::string_view::npos)
        found.claimed = number_behind(start.substr(begin, end - begin), "/L");
    return found;
}

std::string truncation(const FileStart& start, std::uint64_t size) {
    if (start.claimed <= static_cast<std::int64_t>(size)) return "";
    return fill("the file is truncated: it has {} of the {} bytes it says", size, start.claimed);
}

bool is_opening_of_repair(const std::string& warning) {
    return warning.find("file is damaged") != std::string::npos || warning.find("Attempting to reconstruct") != std::string::npos;
}

bool is_repair(const std::string& warning) {
    return warning.find("reported number of objects") == std::string::npos &&
           warning.find("dictionary has duplicated key") == std::string::npos;
}

} // namespace dossier::pdf
