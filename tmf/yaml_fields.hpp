// Reads the values of one map of a YAML file and collects every error on the way; for study.cpp only.
#pragma once

#include "core/yaml.hpp"
#include "tmf/study.hpp"

#include <functional>

namespace dossier::tmf {

class YamlFields {
public:
    // `what` names the entry in messages: "people, entry 3".
    YamlFields(const Yaml& map, std::string what, std::vector<Error>& errors);

    std::string text(const std::string& key, bool required = false);
    std::string id(const std::string& key = "id"); // required; letters, digits, '.', '_', '-'
    OptionalDate date(const std::string& key);
    Date needed_date(const std::string& key);
    bool flag(const std::string& key, bool fallback);
    int days(const std::string& key, int least);                                                           // least to 999; 0 when absent
    std::string word(const std::string& key, const std::vector<std::string>& known, bool required = true); // '-' counts as '_'
    std::vector<std::string> texts(const std::string& key);                                                // a list of texts, or one text
    void each(const std::string& key, const std::function<void(YamlFields&)>& read);                       // entries of a list of maps
    const Yaml* raw(const std::string& key);

    void fail(const std::string& key, std::string message, std::string remedy = {});
    void finish(); // errors for keys that nobody asked for
    const std::string& what() const { return what_; }
    const Yaml& map() const { return map_; }

private:
    const Yaml& map_;
    std::string what_;
    std::vector<Error>& errors_;
    std::vector<std::string> known_;
};

std::optional<bool> to_flag(std::string_view text); // yes, no, true, false, y, n, 1, 0 in any letter case
bool is_id(std::string_view text);

} // namespace dossier::tmf
