#include "ectd/official.hpp"

#include <algorithm>

#include "core/path.hpp"
#include "core/text.hpp"

namespace dossier::ectd {

namespace {

bool is_known_name(const SequenceFacts& facts, const std::string& name) {
    const auto& list = facts.catalogue->official_files;
    return std::any_of(list.begin(), list.end(), [&](const templates::OfficialFile& known) { return known.name == name; });
}

// The file that a backbone names where `name` belongs: of the same kind, in util, under a name that nothing official has.
bool stands_for(const SequenceFacts& facts, const FileFact& file, const std::string& name) {
    const std::string own = to_lower(path::file_name(file.path));
    if (path::extension(own) != path::extension(name) || is_known_name(facts, own)) return false;
    if (!starts_with(facts.seen_from_sequence(file.path), "util/")) return false;
    const XmlFileFact& xml = name.find("regional") == std::string::npos ? facts.index : facts.regional;
    return std::find(xml.references.begin(), xml.references.end(), file.path) != xml.references.end();
}

bool has_published_form(const SequenceFacts& facts, const FileFact& file, const std::string& name) {
    if (!file.md5) return false;
    const auto& list = facts.catalogue->official_files;
    return std::any_of(list.begin(), list.end(), [&](const templates::OfficialFile& known) {
        return known.name == name && !known.md5.empty() && known.md5 == file.md5->hex();
    });
}

} // namespace

std::vector<const FileFact*> official_files_called(const SequenceFacts& facts, const std::string& name) {
    std::vector<const FileFact*> files;
    for (const FileFact* file : facts.own_files)
        if (to_lower(path::file_name(file->path)) == name || has_published_form(facts, *file, name) || stands_for(facts, *file, name))
            files.push_back(file);
    return files;
}

bool is_official_file(const SequenceFacts& facts, const FileFact& file) {
    for (const XmlFileFact* xml : {&facts.index, &facts.regional})
        if (std::find(xml->references.begin(), xml->references.end(), file.path) != xml->references.end()) return true;
    const auto& list = facts.catalogue->official_files;
    return file.md5 && std::any_of(list.begin(), list.end(), [md5 = file.md5->hex()](const auto& known) { return known.md5 == md5; });
}

std::vector<std::string> shipped_versions(const SequenceFacts& facts, const XmlFileFact& xml) {
    std::vector<std::string> versions;
    const FileFact* dtd = facts.file(path::normalise(path::join(path::parent(xml.path), xml.doctype.system_id)));
    if (xml.doctype.system_id.empty() || !dtd || !dtd->md5) return versions;
    for (const templates::OfficialFile& known : facts.catalogue->official_files)
        if (known.name == path::file_name(dtd->path) && known.md5 == dtd->md5->hex()) versions.push_back(known.version);
    return versions;
}

bool is_uri_reference(std::string_view text) {
    constexpr std::string_view others = "-._~:/?#[]@!$&'()*+,;=%";
    auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    auto is_hex = [&](char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); };
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if (!letter && !is_digit(c) && others.find(c) == std::string_view::npos) return false;
        if (c == '%' && (i + 2 >= text.size() || !is_hex(text[i + 1]) || !is_hex(text[i + 2]))) return false;
    }
    return true;
}

} // namespace dossier::ectd
