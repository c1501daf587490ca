#include "templates/source.hpp"

#include <algorithm>

#include "core/path.hpp"
#include "core/text.hpp"
#include "templates/embedded.hpp"

namespace dossier::templates {

Result<std::string> Source::read(const std::string& name) const {
    if (files_ && files_->count(name) > 0) return files_->at(name).bytes;
    if (!folder_.empty()) return read_file(*make_disk_file_system(), path::join(folder_, name));
    for (const EmbeddedFile* file = embedded_files; file->name; ++file)
        if (name == file->name) return std::string(file->begin, file->end);
    return Error(ErrorKind::not_found, fill("the program holds no template {}", name));
}

std::vector<std::string> Source::list(const std::string& prefix) const {
    std::vector<std::string> names;
    if (folder_.empty()) {
        for (const EmbeddedFile* file = embedded_files; file->name; ++file)
            if (starts_with(file->name, prefix)) names.emplace_back(file->name);
    } else if (const auto tree = list_tree(*make_disk_file_system(), folder_)) {
        for (const TreeEntry& entry : *tree)
            if (entry.kind == FileKind::file && starts_with(entry.path, prefix)) names.push_back(entry.path);
    }
    std::sort(names.begin(), names.end());
    return names;
}

std::string Source::place_of(const std::string& name) const {
    if (files_ && files_->count(name) > 0) return files_->at(name).place;
    return path::join(folder_.empty() ? "templates" : folder_, name);
}

Source Source::with(std::map<std::string, File> files) const {
    Source source = *this;
    source.files_ = std::make_shared<const std::map<std::string, File>>(std::move(files));
    return source;
}

Result<Tsv> Source::read_tsv(const std::string& name, const std::vector<std::string>& columns) const {
    DOSSIER_TRY(const std::string bytes, read(name));
    return parse_tsv(bytes, place_of(name), columns);
}

} // namespace dossier::templates
