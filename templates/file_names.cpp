#include "templates/file_names.hpp"

#include <algorithm>

#include "core/path.hpp"
#include "core/text.hpp"
#include "templates/row_reader.hpp"

namespace dossier::templates {

namespace {

bool is_letters(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

bool is_country(std::string_view text) {
    return (text.size() == 2 && is_letters(text)) || text == "common" || text == "ema" || text == "edqm";
}

} // namespace

bool FileName::is_like(std::string_view name, std::string_view pattern) {
    if (pattern == "<cc>") return is_country(name);
    if (pattern == "<ll>") return name.size() == 2 && is_letters(name);
    const std::size_t open = pattern.find("<x>");
    return open == std::string_view::npos ? name == pattern : name.size() > open && starts_with(name, pattern.substr(0, open));
}

std::size_t FileName::common_parts(const std::vector<std::string>& folder) const {
    std::size_t count = 0;
    while (count < folder.size() && count < folders.size() && is_like(folder[count], folders[count])) ++count;
    return count == folders.size() && below != Below::none ? folder.size() : count;
}

bool FileName::is_folder(const std::vector<std::string>& folder) const {
    if (common_parts(folder) != folder.size() || folder.size() < folders.size()) return false;
    return below != Below::required || folder.size() > folders.size();
}

bool FileName::is_name(std::string_view file_name) const {
    const std::string extension = path::extension(file_name);
    if (name == "*") return true; // what formats are accepted is a question of its own
    if (std::find(extensions.begin(), extensions.end(), extension) == extensions.end()) return false;
    std::string_view stem = file_name.substr(0, file_name.size() - extension.size() - 1);
    std::string_view wanted = name;
    if (starts_with(wanted, "<cc>")) {
        const std::size_t hyphen = std::min(stem.find('-'), stem.size());
        if (!is_country(stem.substr(0, hyphen))) return false;
        stem.remove_prefix(hyphen);
        wanted.remove_prefix(4);
    }
    return stem == wanted || (starts_with(stem, wanted) && stem[wanted.size()] == '-' && stem.size() > wanted.size() + 1);
}

Result<std::vector<FileName>> read_file_names(const Source& source, const std::string& region) {
    DOSSIER_TRY(const Tsv table,
                source.read_tsv("ectd/" + region + "-file-names.tsv", {"section", "folder", "name", "extensions", "below"}));
    std::vector<FileName> names;
    for (const TsvRow& cells : table.rows) {
        RowReader row(table, cells);
        FileName name;
        name.section = row.text("section");
        name.folders = path::parts(row.text("folder"));
        name.name = row.text("name");
        name.extensions = row.list("extensions");
        const std::string below = row.one_of("below", {"none", "optional", "required"});
        name.below = below == "none" ? FileName::Below::none : below == "optional" ? FileName::Below::optional : FileName::Below::required;
        if (row.error()) return *row.error();
        names.push_back(std::move(name));
    }
    return names;
}

} // namespace dossier::templates
