// What readers of application.yaml share: keys that are known, kinds of values, every error kept with its line.
#pragma once

#include "core/result.hpp"
#include "core/yaml.hpp"

#include <string>
#include <vector>

namespace dossier::ectd {

class YamlCheck {
public:
    void complain(const Place& place, std::string message, std::string remedy = {}) {
        errors_.emplace_back(ErrorKind::invalid, std::move(message), place, std::move(remedy));
    }
    void known(const Yaml& node, const std::vector<std::string>& keys); // every other key is an error
    bool of_kind(const Yaml& node, const std::string& key, Yaml::Kind kind);
    const Yaml* section(const Yaml& parent, const std::string& key, Yaml::Kind kind);        // null: missing or of another kind, said
    std::string required(const Yaml& node, const std::string& key, const std::string& what); // trimmed; "" : missing, said
    static std::string text(const Yaml& node, const std::string& key);                       // trimmed; "" when absent

    std::vector<Error> errors_;
};

} // namespace dossier::ectd
