// Whether a page shows text, or images alone. Decided by what the page may use; only where that leaves it open, the beginning of what it
// draws is read.
#include <cctype>

#include <qpdf/QPDFObjectHandle.hh>

#include "core/pdf_content_parts.hpp"

namespace dossier::pdf {

using Handle = QPDFObjectHandle;

namespace {

constexpr std::size_t most_content = 64u << 10; // bytes that are looked at; a scanned page is drawn in a few hundred
constexpr int most_depth = 30;

struct Drawn {
    bool text = false, inline_image = false;
    std::vector<std::string> objects; // names of XObjects
};

bool is_space(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == '\0'; }
bool is_delimiter(char c) { return c == '(' || c == '<' || c == '[' || c == '/' || c == '%' || c == ')' || c == '>' || c == ']'; }

std::size_t behind_string(const std::string& text, std::size_t at) { // `at`: of the opening parenthesis
    for (int depth = 0; at < text.size(); ++at) {
        if (text[at] == '\\')
            ++at;
        else if (text[at] == '(')
            ++depth;
        else if (text[at] == ')' && --depth == 0)
            return at + 1;
    }
    return at;
}

// Behind an image that is written into the content (8.9.7); `at`: behind its BI. Its data may be any bytes.
std::size_t behind_inline_image(const std::string& text, std::size_t at) {
    for (at = text.find("ID", at); at != std::string::npos; at = text.find("EI", at + 1)) {
        const bool ends = text[at] == 'E' && is_space(text[at - 1]) && (at + 2 >= text.size() || is_space(text[at + 2]));
        if (ends) return at + 2;
    }
    return text.size();
}

// Operators that show text, draw objects or bring an image of their own (7.8.2, 8.9.7, 9.4.3).
Drawn scan(const std::string& content) {
    Drawn drawn;
    std::string name;
    for (std::size_t at = 0; at < content.size() && !drawn.text;) {
        const char c = content[at];
        if (c == '(') {
            at = behind_string(content, at);
        } else if (c == '%') {
            while (at < content.size() && content[at] != '\n' && content[at] != '\r') ++at;
        } else if (is_space(c) || (is_delimiter(c) && c != '/')) {
            ++at;
        } else {
            const std::size_t start = at++;
            while (at < content.size() && !is_space(content[at]) && !is_delimiter(content[at])) ++at;
            const std::string word = content.substr(start, at - start);
            if (c == '/') name = word;
            if (word == "Tj" || word == "TJ" || word == "'" || word == "\"") drawn.text = true;
            if (word == "Do") drawn.objects.push_back(name);
            if (word != "BI") continue;
            drawn.inline_image = true;
            at = behind_inline_image(content, at);
        }
    }
    return drawn;
}

} // namespace

PageLook::Parts PageLook::part_of_form(Handle form, int depth) {
    if (!form.isStream()) return {};
    Handle kind = form.getDict().getKey("/Subtype");
    if (kind.isNameAndEquals("/Image")) return {false, true};
    return kind.isNameAndEquals("/Form") ? parts_of(form.getDict().getKey("/Resources"), depth + 1) : Parts();
}

PageLook::Parts PageLook::parts_of(Handle resources, int depth) {
    if (!resources.isDictionary() || depth > most_depth) return {};
    const std::int64_t key = key_of(resources);
    if (const auto known = known_.find(key); key != 0 && known != known_.end()) return known->second;
    if (key != 0) known_[key] = {}; // what comes back to itself adds nothing
    Parts parts;
    if (Handle fonts = resources.getKey("/Font"); fonts.isDictionary()) parts.fonts = !fonts.getKeys().empty();
    if (Handle objects = resources.getKey("/XObject"); objects.isDictionary())
        for (const auto& item : objects.ditems()) {
            const std::int64_t object = key_of(item.second);
            const auto known = known_.find(object);
            const Parts part = object != 0 && known != known_.end() ? known->second : part_of_form(item.second, depth);
            if (object != 0) known_[object] = part;
            parts.fonts = parts.fonts || part.fonts;
            parts.images = parts.images || part.images;
        }
    if (key != 0) known_[key] = parts;
    return parts;
}

PageShows PageLook::at(Handle page, Handle resources, std::int64_t number) {
    const Parts parts = parts_of(resources, 0);
    const bool is_scan = parts.images && !parts.fonts; // whatever it draws
    const PageStreams::Start start = streams_.read(page, number, is_scan ? 0 : most_content);
    if (is_scan) return PageShows::only_images;
    const Drawn drawn = scan(start.text);
    if (drawn.text) return PageShows::text;
    if (!parts.fonts) return drawn.inline_image ? PageShows::only_images : PageShows::neither;
    if (!parts.images && !drawn.inline_image) return PageShows::text; // drawn by a form, or further on
    if (!start.all) return PageShows::text;                           // nobody draws a scan in so many words
    for (const std::string& name : drawn.objects) {
        Handle object = value_of(value_of(resources, "/XObject"), name.c_str());
        if (part_of_form(object, 0).fonts) return PageShows::text;
    }
    return drawn.objects.empty() && !drawn.inline_image ? PageShows::neither : PageShows::only_images;
}

} // namespace dossier::pdf
