// How folders and files of a region's sequences are called (templates/ectd/<region>-file-names.tsv).
#pragma once

#include "core/result.hpp"
#include "templates/source.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dossier::templates {

struct FileName {
    std::string section;
    std::vector<std::string> folders;    // from the sequence folder down; <x> <cc> <ll> stand for names
    std::string name;                    // the stem; "*" = any
    std::vector<std::string> extensions; // lower case
    enum class Below { none, optional, required } below = Below::none;

    // Does a folder of this name stand for `pattern` ("32a3-excip-<x>")?
    static bool is_like(std::string_view name, std::string_view pattern);
    // How many of the first parts of `folder` follow this row; all of them, when it may be such a folder.
    std::size_t common_parts(const std::vector<std::string>& folder) const;
    bool is_folder(const std::vector<std::string>& folder) const; // may hold the files
    bool is_name(std::string_view file_name) const;               // the stem alone, or with "-" and more; one of the extensions
};

// A malformed table is an error with file, line and column.
Result<std::vector<FileName>> read_file_names(const Source& source, const std::string& region);

} // namespace dossier::templates
