// YAML with line numbers (yaml-cpp behind it). Scalars stay text: "0001" is never a number here.
#pragma once

#include "core/result.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace dossier {

class Yaml {
public:
    enum class Kind { null, scalar, list, map };
    Kind kind = Kind::null;
    std::string scalar;                            // of a scalar
    std::vector<Yaml> list;                        // of a list
    std::vector<std::pair<std::string, Yaml>> map; // of a map, in file order; keys are unique
    std::int64_t line = 0;                         // from 1; of a value in a map: the line of its key
    std::string path;                              // the file

    // In yaml.cpp, where the type is complete: clang 14 asks for it.
    Yaml();
    Yaml(const Yaml&);
    Yaml(Yaml&&) noexcept;
    Yaml& operator=(const Yaml&);
    Yaml& operator=(Yaml&&) noexcept;
    ~Yaml();

    bool is_null() const { return kind == Kind::null; }
    const Yaml* find(std::string_view key) const; // null pointer when absent or not a map
    std::string text(std::string_view key) const; // scalar under key, "" when absent
    Place place(const std::string& column = {}) const { return {path, "", line, column, -1}; }

    // Errors for keys of a map that are not known; each names the nearest known one. Empty when all are known.
    std::vector<Error> unknown_keys(const std::vector<std::string>& known) const;
};

// Anchors and aliases are refused (a billion laughs), duplicate keys are errors, depth at most 64, size at most 64 MiB.
Result<Yaml> parse_yaml(std::string_view bytes, const std::string& path);

} // namespace dossier
