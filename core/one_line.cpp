#include "core/one_line.hpp"

#include "core/text.hpp"

namespace dossier {

namespace {

// Bytes at the front that are one such character; 0: it is another one.
std::size_t control_length(std::string_view text) {
    const auto byte = static_cast<unsigned char>(text.front());
    if (byte < 0x20 || byte == 0x7F) return 1;
    if (byte == 0xC2 && text.size() > 1 && static_cast<unsigned char>(text[1]) < 0xA0) return 2; // U+0080 to U+009F
    return starts_with(text, "\xE2\x80\xA8") || starts_with(text, "\xE2\x80\xA9") ? 3 : 0;
}

} // namespace

std::string one_line(std::string_view text) {
    std::string line;
    line.reserve(text.size());
    for (bool after_control = false; !text.empty();) {
        const std::size_t length = control_length(text);
        if (length == 0)
            line += text.front();
        else if (!after_control)
            line += ' ';
        after_control = length > 0;
        text.remove_prefix(after_control ? length : 1);
    }
    return line;
}

} // namespace dossier
