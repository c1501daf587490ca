#include "ectd/yaml_check.hpp"

#include "core/text.hpp"

namespace dossier::ectd {

void YamlCheck::known(const Yaml& node, const std::vector<std::string>& keys) {
    for (Error& error : node.unknown_keys(keys)) errors_.push_back(std::move(error));
}

bool YamlCheck::of_kind(const Yaml& node, const std::string& key, Yaml::Kind kind) {
    if (node.kind == kind) return true;
    complain(node.place(), fill("{} must be {}", key, std::string_view(kind == Yaml::Kind::map ? "a group of keys" : "a list")));
    return false;
}

const Yaml* YamlCheck::section(const Yaml& parent, const std::string& key, Yaml::Kind kind) {
    const Yaml* node = parent.find(key);
    if (!node || node->is_null()) {
        complain(parent.place(), fill("{} is missing", key));
        return nullptr;
    }
    return of_kind(*node, key, kind) ? node : nullptr;
}

std::string YamlCheck::required(const Yaml& node, const std::string& key, const std::string& what) {
    std::string found = text(node, key);
    if (found.empty()) complain(node.place(), fill("{}: {} is missing", what, key));
    return found;
}

std::string YamlCheck::text(const Yaml& node, const std::string& key) { return std::string(trim(node.text(key))); }

} // namespace dossier::ectd
