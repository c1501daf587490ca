#include "templates/own_model_columns.hpp"

#include <algorithm>

#include "core/text.hpp"

namespace dossier::templates {

std::vector<TableColumn> workbook_columns() {
    return {
        {"unique_id", {"Unique ID Number", "Unique ID", "Unique ID #", "Unique identifier", "ID"}, true},
        {"artifact", {"Artifact #", "Artifact number", "TMF artifact #", "Artifact no", "Record group #"}, true},
        {"name", {"Artifact name", "TMF artifact name", "Record group", "Record group name"}, true},
        {"zone", {"Zone #", "Zone number"}, false},
        {"zone_name", {"Zone"}, false},
        {"section", {"Section #", "Section number"}, false},
        {"section_name", {"Section"}, false},
        {"core",
         {"Core or Recommended for inclusion", "Core or Recommended", "Core / Recommended", "Core or Recommended for inclusion in TMF"},
         false},
        {"definition", {"Definition / Purpose", "Definition/Purpose", "Definition"}, false},
        {"alternate_names", {"Alternate names", "Artifact alternate names", "Alternate name", "Alternative names"}, false},
        {"sub_artifacts", {"Sub-artifacts", "Recommended sub-artifacts", "Sub-artifact name", "Record types", "Subartifacts"}, false},
        {"sponsor", {"Sponsor document", "Sponsor"}, false},
        {"investigator", {"Investigator document", "Investigator"}, false},
        {"iis", {"Investigator initiated study artifacts", "IIS"}, false},
        {"process", {"Process number", "Process #"}, false},
        {"dating", {"Dating convention", "Artifact dating convention", "Date convention"}, false},
        {"trial", {"Trial level document", "Trial level", "Study level document"}, false},
        {"country", {"Country/Region level document", "Country / Region level document", "Country level document", "Country level"}, false},
        {"site", {"Site level document", "Site level"}, false},
        {"ich_e6r2", {"ICH code", "ICH E6 code", "ICH"}, false},
        {"restricted", {}, false},
        {"expiring", {}, false},
        {"isf_only", {}, false}};
}

bool is_flag(const std::string& column) {
    static const std::vector<std::string> flags = {"core", "sponsor",    "investigator", "trial",   "country",
                                                   "site", "restricted", "expiring",     "isf_only"};
    return std::find(flags.begin(), flags.end(), column) != flags.end();
}

std::string to_yes_no(const std::string& text) {
    const std::string word = to_lower(trim(text));
    if (word == "x" || word == "y" || word == "yes" || word == "core" || word == "\xE2\x9C\x93" || word == "1" || word == "true")
        return "yes";
    if (word.empty() || word == "n" || word == "no" || word == "-" || word == "recommended" || word == "0" || word == "false" ||
        word == "n/a")
        return "no";
    return {};
}

Result<void> add_mapping(const Yaml& mapping, WorkbookWish& wish, std::vector<TableColumn>& columns) {
    auto problems = mapping.unknown_keys({"model", "title", "base", "sheet", "columns"});
    std::vector<std::string> names;
    for (const TableColumn& column : columns) names.push_back(column.name);
    if (const Yaml* map = mapping.find("columns"))
        for (const auto& [heading, name] : map->map) {
            const auto found = std::find(names.begin(), names.end(), name.scalar);
            if (found != names.end()) {
                columns[static_cast<std::size_t>(found - names.begin())].synonyms.push_back(heading);
                continue;
            }
            const std::string near = nearest(name.scalar, names);
            problems.emplace_back(ErrorKind::invalid, fill("columns: {} is no name of ours", name.scalar), name.place(),
                                  near.empty() ? "the names are " + join(names, ", ") : fill("did you mean {}?", near));
        }
    if (problems.size() == 1) return problems.front();
    if (!problems.empty()) {
        Error all(ErrorKind::invalid, fill("the mapping has {} errors", problems.size()), {mapping.path});
        all.details = std::move(problems);
        return all;
    }
    const auto take = [&mapping](const char* key, std::string& into) {
        if (into.empty()) into = mapping.text(key);
    };
    take("model", wish.model);
    take("title", wish.title);
    take("sheet", wish.sheet);
    if (!mapping.text("base").empty()) wish.base = mapping.text("base");
    return {};
}

} // namespace dossier::templates
