#include "ectd/content_source.hpp"

#include "core/path.hpp"
#include "core/text.hpp"

namespace dossier::ectd {

namespace {

class FileSource final : public ContentSource {
public:
    FileSource(std::shared_ptr<FileSystem> fs, std::string folder) : fs_(std::move(fs)), folder_(std::move(folder)) {}

    Result<Content> find(const std::string& source) override {
        if (starts_with(source, "tmf:"))
            return Error(ErrorKind::not_found, fill("{} is in a trial master file, and none was named", source), {},
                         "add --repo DIR (or DOSSIER_REPO) of the repository that holds it");
        const std::string file = path::join(folder_, replace_all(source, "\\", "/"));
        const auto info = fs_->info(file);
        if (!info) return missing(file);
        if (info->kind == FileKind::other) return Error(ErrorKind::invalid, fill("{} is a device or pipe, a file is wanted", source));
        const bool folder = info->kind == FileKind::folder || (info->kind == FileKind::link && is_folder(*fs_, file));
        if (info->kind == FileKind::link && !folder && !fs_->open(file))
            return Error(ErrorKind::not_found, fill("{} is a link, and what it points to cannot be opened", source), {},
                         "put the file itself there");
        if (folder) return Error(ErrorKind::invalid, fill("{} is a folder, a file is wanted", source), {}, "give each file in it a row");
        return Content{fs_, file, path::file_name(file)};
    }

private:
    Error missing(const std::string& file) const {
        std::vector<std::string> names;
        if (const auto entries = fs_->list(path::parent(file)))
            for (const FolderEntry& entry : *entries) names.push_back(entry.name);
        const std::string near = nearest(path::file_name(file), names);
        return Error(ErrorKind::not_found, fill("there is no file {}", file), {},
                     near.empty() ? "correct the source, or put the file there" : fill("is {} meant?", near));
    }

    std::shared_ptr<FileSystem> fs_;
    std::string folder_;
};

} // namespace

std::unique_ptr<ContentSource> make_file_source(std::shared_ptr<FileSystem> fs, std::string folder) {
    return std::make_unique<FileSource>(std::move(fs), std::move(folder));
}

} // namespace dossier::ectd
