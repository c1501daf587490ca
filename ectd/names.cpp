#include "ectd/names.hpp"

#include <algorithm>

#include "core/fold.hpp"
#include "core/path.hpp"
#include "core/text.hpp"

namespace dossier::ectd {

namespace {

constexpr std::size_t longest = 64;

bool is_letter(char c, bool allow_underscore) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || (allow_underscore && c == '_');
}

std::string slug(std::string_view text, bool keep_underscore = false) {
    std::string out;
    for (const char c : fold_umlauts(text)) {
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (keep_underscore && c == '_'))
            out += c;
        else if (c != '\'' && !out.empty() && out.back() != '-')
            out += '-';
    }
    while (!out.empty() && out.back() == '-') out.pop_back();
    return out;
}

std::string shortened(std::string text, std::size_t most) {
    if (text.size() > most) text.resize(most);
    while (!text.empty() && text.back() == '-') text.pop_back();
    return text.empty() ? "file" : text;
}

} // namespace

bool has_legal_letter(std::string_view name) { return !slug(name).empty(); }

std::string legal_folder(std::string_view name) { return shortened(slug(name), longest); }

std::string legal_folder_of(const std::vector<std::string>& names) {
    std::string text;
    for (const std::string& name : names)
        if (const std::string part = slug(name); !part.empty()) text += (text.empty() ? "" : "-") + part;
    return text.empty() ? text : shortened(text, longest);
}

std::string legal_name(std::string_view name, bool keep_underscore) {
    const std::string extension = slug(path::extension(name));
    const std::string stem =
        slug(name.substr(0, name.size() - (extension.empty() ? 0 : path::extension(name).size() + 1)), keep_underscore);
    if (extension.empty()) return shortened(stem, longest);
    return shortened(stem, longest - 1 - std::min<std::size_t>(extension.size(), 8)) + "." + extension.substr(0, 8);
}

bool is_legal_folder(std::string_view name) {
    return !name.empty() && name.size() <= longest && std::all_of(name.begin(), name.end(), [](char c) { return is_letter(c, false); });
}

bool is_legal_name(std::string_view name, bool allow_underscore) {
    const std::size_t dot = name.find('.');
    if (dot == std::string_view::npos || dot == 0 || dot + 1 == name.size() || name.size() > longest) return false;
    const auto legal = [allow_underscore](char c) { return is_letter(c, allow_underscore); };
    return std::all_of(name.begin(), name.begin() + static_cast<std::ptrdiff_t>(dot), legal) &&
           std::all_of(name.begin() + static_cast<std::ptrdiff_t>(dot) + 1, name.end(), legal);
}

std::int64_t count_characters(std::string_view text) {
    return std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; });
}

std::string foreign_characters(const std::string& name, const std::string& allowed) {
    std::vector<std::string> found;
    for (std::size_t i = 0; i < name.size();) {
        std::size_t length = 1;
        while (i + length < name.size() && (static_cast<unsigned char>(name[i + length]) & 0xC0) == 0x80) ++length;
        const std::string character = name[i] == ' ' ? "a space" : name.substr(i, length);
        if (allowed.find(name.substr(i, length)) == std::string::npos && std::find(found.begin(), found.end(), character) == found.end())
            found.push_back(character);
        i += length;
    }
    return join(found, " ");
}

} // namespace dossier::ectd
