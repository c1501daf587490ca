#include "core/pdf_content_parts.hpp"

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

std::uint64_t hash_of_name(std::string_view name) {
    std::uint64_t hash = 14695981039346656037u;
    for (const char c : name) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211u;
    return hash;
}

} // namespace dossier::pdf
