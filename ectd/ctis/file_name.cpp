#include "ectd/ctis/file_name.hpp"

#include <algorithm>
#include <map>

#include "core/path.hpp"
#include "core/text.hpp"
#include "ectd/names.hpp"

namespace dossier::ectd::ctis {

namespace {

// Fills the pattern; a placeholder without a value falls away with the underscore before it.
std::string filled(std::string_view pattern, const std::map<std::string, std::string>& values) {
    std::string name;
    for (const std::string& part : split(pattern, '_')) {
        const std::string text = fill_named(part, values);
        if (!text.empty()) name += (name.empty() ? "" : "_") + text;
    }
    return name;
}

std::string folder(const templates::CtisCatalogue& catalogue, const templates::CtisDocument& kind, const Document& document) {
    using templates::CtisPart;
    if (kind.part == CtisPart::modification) return catalogue.folder_modification;
    const bool of_state = kind.part == CtisPart::two || (kind.part == CtisPart::both && !document.country.empty());
    return of_state ? fill_named(catalogue.folder_two, {{"country", document.country}}) : catalogue.folder_one;
}

} // namespace

std::string standard_path(const templates::CtisCatalogue& catalogue, const Document& document, const std::string& application,
                          const std::string& source_name) {
    const templates::CtisDocument* kind = catalogue.document(document.code);
    const bool twin = kind && kind->published && document.publication == not_for_publication;
    std::map<std::string, std::string> values{{"code", document.code},
                                              {"title", legal_folder(document.title)},
                                              {"country", document.country},
                                              {"site", legal_folder(document.site)},
                                              {"language", document.language},
                                              {"number", application},
                                              {"version", legal_folder(document.version)},
                                              {"publication", twin ? catalogue.not_published_word : ""}};
    for (const char* const key : {"site", "version"}) // legal_folder makes a name of nothing
        if ((key[0] == 's' ? document.site : document.version).empty()) values[key].clear();
    const std::string extension = to_lower(path::extension(source_name));
    const std::size_t tail = extension.empty() ? 0 : extension.size() + 1;
    std::string name = filled(catalogue.file_pattern, values);
    if (const std::size_t most = catalogue.longest_name - std::min<std::size_t>(tail, catalogue.longest_name); name.size() > most) {
        std::string& title = values["title"];
        title.resize(title.size() - std::min(name.size() - most, title.size() - 1));
        while (title.size() > 1 && title.back() == '-') title.pop_back();
        name = filled(catalogue.file_pattern, values);
    }
    return path::join(kind ? folder(catalogue, *kind, document) : "", name + (extension.empty() ? "" : "." + extension));
}

bool is_plain_path(std::string_view path) {
    return std::all_of(path.begin(), path.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.' || c == '/';
    });
}

} // namespace dossier::ectd::ctis
