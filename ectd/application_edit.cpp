#include "ectd/application_edit.hpp"

#include <algorithm>

#include "core/json.hpp"
#include "core/text.hpp"
#include "core/yaml.hpp"

namespace dossier::ectd {

namespace {

bool is_same(const Yaml& a, const Yaml& b) {
    const auto same_entry = [](const auto& x, const auto& y) { return x.first == y.first && is_same(x.second, y.second); };
    return a.kind == b.kind && a.scalar == b.scalar && std::equal(a.list.begin(), a.list.end(), b.list.begin(), b.list.end(), is_same) &&
           std::equal(a.map.begin(), a.map.end(), b.map.begin(), b.map.end(), same_entry);
}

Yaml* child(Yaml* node, const std::string& key) {
    if (!node) return nullptr;
    for (auto& [name, value] : node->map)
        if (name == key) return &value;
    return nullptr;
}

Yaml* group_of(Yaml& root, const std::vector<std::string>& keys) {
    Yaml* node = &root;
    for (const std::string& key : keys) node = child(node, key);
    return node && node->kind == Yaml::Kind::map ? node : nullptr;
}

// Where in the text the line with this number (from 1) starts; its end when there is none.
std::size_t start_of_line(std::string_view text, std::int64_t line) {
    std::size_t at = 0;
    for (; line > 1; --line) {
        at = text.find('\n', at);
        if (at == std::string_view::npos) return text.size();
        ++at;
    }
    return at;
}

// Behind the colon of the key, which may stand in quotes; npos when it is not in this line.
std::size_t behind_key(std::string_view text, std::size_t from, const std::string& key) {
    const std::size_t end = std::min(text.find('\n', from), text.size());
    for (std::size_t at = text.find(key, from); at < end; at = text.find(key, at + 1)) {
        std::size_t next = at + key.size();
        if (next < end && (text[next] == '"' || text[next] == '\'')) ++next;
        next = std::min(text.find_first_not_of(" \t", next), end);
        if (next < end && text[next] == ':') return next + 1;
    }
    return std::string_view::npos;
}

// Into { } behind the brace, else as a line of its own before the first line of the entry; npos where neither is there.
std::size_t place_for_entry(std::string_view text, std::size_t behind_colon, bool& in_braces) {
    const std::size_t next = text.find_first_not_of(" \t", behind_colon);
    in_braces = next != std::string_view::npos && text[next] == '{';
    if (in_braces) return next + 1;
    if (next == std::string_view::npos || std::string_view("#\r\n").find(text[next]) == std::string_view::npos)
        return std::string_view::npos;
    std::size_t line = text.find('\n', next);
    while (line != std::string_view::npos) {
        ++line;
        const std::size_t first = text.find_first_not_of(" ", line);
        if (first == std::string_view::npos) return first;
        if (std::string_view("#\r\n").find(text[first]) == std::string_view::npos) return line;
        line = text.find('\n', line);
    }
    return line;
}

} // namespace

std::string quoted(const std::string& text) { return Json(text).dump(-1); } // every JSON text is one in YAML

bool has_group(std::string_view yaml, const std::string& path, const std::vector<std::string>& keys) {
    auto root = parse_yaml(yaml, path);
    return root && group_of(*root, keys);
}

Result<std::string> with_addition(std::string_view yaml, const std::string& path, const std::vector<std::string>& keys,
                                  const std::string& key, const std::string& value, const std::string& what) {
    DOSSIER_TRY(Yaml before, parse_yaml(yaml, path));
    const Yaml* group = group_of(before, keys);
    const Error refusal(ErrorKind::unsupported, fill("{} is written in a way that is not edited by program", what),
                        {path, "", group ? group->line : 0, "", -1}, fill("add {}: {} to it by hand", key, value));
    if (!group) return refusal;
    const std::size_t colon = behind_key(yaml, start_of_line(yaml, group->line), keys.back());
    if (colon == std::string_view::npos) return refusal;
    bool in_braces = false;
    const std::size_t at = place_for_entry(yaml, colon, in_braces);
    if (at == std::string_view::npos) return refusal;
    std::string changed(yaml);
    if (in_braces) {
        changed.insert(at, group->map.empty() ? key + ": " + value : key + ": " + value + ", ");
    } else {
        const std::size_t first = yaml.find_first_not_of(' ', at);
        const bool carriage = at > 1 && yaml[at - 2] == '\r';
        changed.insert(at, std::string(yaml.substr(at, first - at)) + key + ": " + value + (carriage ? "\r\n" : "\n"));
    }
    auto after = parse_yaml(changed, path);
    Yaml* grown = after ? group_of(*after, keys) : nullptr;
    if (!grown || grown->map.empty()) return refusal;
    grown->map.erase(grown->map.begin()); // what was added
    if (grown->map.empty()) grown->kind = group->kind;
    if (!is_same(before, *after)) return refusal;
    return changed;
}

} // namespace dossier::ectd
