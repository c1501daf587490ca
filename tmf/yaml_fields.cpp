#include "tmf/yaml_fields.hpp"

#include <algorithm>

#include "core/text.hpp"

namespace dossier::tmf {

std::optional<bool> to_flag(std::string_view text) {
    const std::string word = to_lower(trim(text));
    if (word == "yes" || word == "true" || word == "y" || word == "1") return true;
    if (word == "no" || word == "false" || word == "n" || word == "0") return false;
    return std::nullopt;
}

bool is_id(std::string_view text) {
    return !text.empty() && text.size() <= 64 && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-';
    });
}

YamlFields::YamlFields(const Yaml& map, std::string what, std::vector<Error>& errors)
    : map_(map), what_(std::move(what)), errors_(errors) {}

const Yaml* YamlFields::raw(const std::string& key) {
    known_.push_back(key);
    const Yaml* value = map_.find(key);
    return value && !value->is_null() ? value : nullptr;
}

void YamlFields::fail(const std::string& key, std::string message, std::string remedy) {
    const Yaml* value = map_.find(key);
    Place place = value && value->line > 0 ? value->place() : map_.place();
    errors_.emplace_back(ErrorKind::invalid, fill("{}: {}", what_, message), place, std::move(remedy));
}

std::string YamlFields::text(const std::string& key, bool required) {
    const Yaml* value = raw(key);
    if (!value) {
        if (required) fail(key, fill("{} is missing", key), fill("write '{}: ...' into this entry", key));
        return {};
    }
    if (value->kind != Yaml::Kind::scalar) {
        fail(key, fill("{} holds a list or a map, a text is wanted", key),
             fill("write one text: '{}: ...', in quotes where it has brackets", key));
        return {};
    }
    const std::string result(trim(value->scalar));
    if (required && result.empty()) fail(key, fill("{} is empty", key), fill("write '{}: ...' into this entry", key));
    return result;
}

std::string YamlFields::id(const std::string& key) {
    const std::string value = text(key, true);
    if (!value.empty() && !is_id(value))
        fail(key, fill("{} \"{}\" is not an identifier", key, value), "use letters A-Z a-z, digits, '.', '_' and '-', at most 64");
    return value;
}

OptionalDate YamlFields::date(const std::string& key) {
    const std::string value = text(key);
    if (value.empty()) return std::nullopt;
    const auto parsed = parse_date(value);
    if (!parsed) fail(key, fill("{} \"{}\" is not a date", key, value), "write YYYY-MM-DD, for example 2025-06-30");
    return parsed;
}

Date YamlFields::needed_date(const std::string& key) {
    const std::size_t before = errors_.size();
    const auto value = date(key);
    if (!value && errors_.size() == before) fail(key, fill("{} is missing", key), "write YYYY-MM-DD, for example 2025-06-30");
    return value.value_or(Date());
}

bool YamlFields::flag(const std::string& key, bool fallback) {
    const std::string value = text(key);
    if (value.empty()) return fallback;
    const auto parsed = to_flag(value);
    if (!parsed) fail(key, fill("{} \"{}\" is neither yes nor no", key, value), "write yes or no");
    return parsed.value_or(fallback);
}

int YamlFields::days(const std::string& key, int least) {
    const std::string value = text(key);
    if (value.empty()) return 0;
    const bool number = value.size() <= 3 && value.find_first_not_of("0123456789") == std::string::npos;
    if (number && std::stoi(value) >= least) return std::stoi(value);
    fail(key, fill("{} \"{}\" is not a number of days from {} to 999", key, value, least), fill("write a whole number: '{}: 30'", key));
    return 0;
}

std::string YamlFields::word(const std::string& key, const std::vector<std::string>& known, bool required) {
    const std::size_t before = errors_.size();
    const std::string value = replace_all(text(key), "-", "_");
    if (value.empty() && required && errors_.size() == before)
        fail(key, fill("{} is missing", key), fill("write '{}: ...', one of {}", key, join(known, ", ")));
    if (value.empty() || std::find(known.begin(), known.end(), value) != known.end()) return value;
    const std::string near = nearest(value, known);
    fail(key, fill("{} \"{}\" is not known", key, value),
         near.empty() ? fill("it may be {}", join(known, ", ")) : fill("did you mean {}?", near));
    return {};
}

std::vector<std::string> YamlFields::texts(const std::string& key) {
    const Yaml* value = raw(key);
    if (!value) return {};
    if (value->kind == Yaml::Kind::scalar) return {std::string(trim(value->scalar))};
    std::vector<std::string> result;
    if (value->kind == Yaml::Kind::map) fail(key, fill("{} holds a map, a list of texts is wanted", key), fill("write '{}: [a, b]'", key));
    for (const Yaml& item : value->list) {
        if (item.kind == Yaml::Kind::scalar)
            result.emplace_back(trim(item.scalar));
        else
            fail(key, fill("{} holds something that is no text", key), fill("write '{}: [a, b]'", key));
    }
    return result;
}

void YamlFields::each(const std::string& key, const std::function<void(YamlFields&)>& read) {
    const Yaml* value = raw(key);
    if (!value) return;
    if (value->kind != Yaml::Kind::list) {
        fail(key, fill("{} is no list", key), "start each entry with '- '");
        return;
    }
    std::size_t number = 0;
    for (const Yaml& item : value->list) {
        ++number;
        const std::string label = item.kind == Yaml::Kind::map ? item.text("id").empty() ? item.text("code") : item.text("id") : "";
        const std::string name = label.empty() ? fill("{}, entry {}", key, number) : fill("{}, {}", key, label);
        if (item.kind != Yaml::Kind::map) {
            errors_.emplace_back(ErrorKind::invalid, fill("{} is no map of keys and values", name), item.place(), "write {id: ..., ...}");
            continue;
        }
        YamlFields fields(item, name, errors_);
        read(fields);
        fields.finish();
    }
}

void YamlFields::finish() {
    for (Error& error : map_.unknown_keys(known_)) {
        error.message = fill("{}: {}", what_, error.message);
        errors_.push_back(std::move(error));
    }
}

} // namespace dossier::tmf
