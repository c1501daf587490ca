#include "core/filesystem.hpp"

#include "core/path.hpp"
#include "core/text.hpp"

namespace dossier {

Result<void> FileSystem::exchange(const std::string& first, const std::string&) {
    return Error(ErrorKind::unsupported, "two names cannot be swapped at once here", {first});
}

std::string FileSystem::identity(const std::string&) { return {}; }

Result<std::string> FileSystem::real_path(const std::string& path) {
    const std::string clean = path::normalise(path);
    if (!clean.empty()) DOSSIER_CHECK(info(clean));
    return clean;
}

bool exists(FileSystem& fs, const std::string& path) { return fs.info(path).has_value(); }

bool is_folder(FileSystem& fs, const std::string& path) {
    const auto info = fs.info(path);
    if (info && info->kind == FileKind::link) return fs.list(path).has_value();
    return info && info->kind == FileKind::folder;
}

Result<void> read_pieces(FileSystem& fs, const std::string& path, const std::function<Result<void>(std::string_view)>& use) {
    DOSSIER_TRY(auto file, fs.open(path));
    constexpr std::size_t size = 256u << 10;
    const auto buffer = std::make_unique_for_overwrite<char[]>(size); // filling it with zeros first costs more than reading a small file
    for (;;) {
        DOSSIER_TRY(const std::size_t got, file->read(buffer.get(), size));
        if (got == 0) return {};
        DOSSIER_CHECK(use(std::string_view(buffer.get(), got)));
    }
}

Result<std::string> read_file(FileSystem& fs, const std::string& path, std::uint64_t limit) {
    std::string bytes;
    DOSSIER_CHECK(read_pieces(fs, path, [&](std::string_view piece) -> Result<void> {
        if (bytes.size() + piece.size() > limit)
            return Error(ErrorKind::invalid, fill("larger than the {} bytes that are read here", limit), {path});
        bytes += piece;
        return {};
    }));
    return bytes;
}

Result<void> write_new_file(FileSystem& fs, const std::string& path, std::string_view bytes) {
    DOSSIER_TRY(auto file, fs.create(path));
    auto written = file->write(bytes);
    if (written) written = file->close();
    if (!written) (void)fs.remove(path).has_value();
    return written;
}

Result<void> write_file_durably(FileSystem& fs, const std::string& path, std::string_view bytes) {
    const std::string temporary = path + ".part";
    (void)fs.remove(temporary).has_value();          // left by an interrupted run
    const auto about_target = [&path](Error error) { // whoever asked for the file knows nothing of the other name
        error.where.path = path;
        return error;
    };
    auto file = fs.create(temporary);
    if (!file && file.error().kind == ErrorKind::not_found)
        return Error(ErrorKind::not_found, fill("there is no folder {}", path::parent(path)), {path},
                     "make it first, or name another place");
    if (!file) return about_target(std::move(file).error());
    auto done = (*file)->write(bytes);
    if (done) done = (*file)->sync();
    if (done) done = (*file)->close();
    if (done) done = fs.rename(temporary, path);
    if (!done) {
        (void)fs.remove(temporary).has_value();
        return about_target(std::move(done).error());
    }
    return fs.sync_folder(path::parent(path));
}

namespace {

class TreeWalk {
public:
    TreeWalk(FileSystem& fs, const std::string& root, std::vector<TreeGap>* gaps) : fs_(fs), root_(root), gaps_(gaps) {}

    Result<void> add(const std::string& below, int depth, std::vector<TreeEntry>& out) {
        if (depth > 100) return gap(below, Error(ErrorKind::invalid, "folders nested deeper than 100", {path::join(root_, below)}));
        const auto entries = fs_.list(path::join(root_, below));
        if (!entries) return gap(below, entries.error());
        for (const FolderEntry& entry : *entries) {
            TreeEntry item{path::join(below, entry.name), entry.kind, 0};
            if (entry.kind == FileKind::file) {
                const auto info = fs_.info(path::join(root_, item.path));
                if (!info && !gaps_) return info.error();
                item.size = info ? info->size : 0;
            }
            out.push_back(item);
            if (entry.kind == FileKind::folder) DOSSIER_CHECK(add(item.path, depth + 1, out));
        }
        return {};
    }

private:
    Result<void> gap(const std::string& path, Error error) {
        if (!gaps_) return error;
        gaps_->push_back({path, std::move(error)});
        return {};
    }

    FileSystem& fs_;
    const std::string& root_;
    std::vector<TreeGap>* gaps_; // null: the first one ends the walk
};

} // namespace

Result<std::vector<TreeEntry>> list_tree(FileSystem& fs, const std::string& folder) {
    std::vector<TreeEntry> entries;
    DOSSIER_CHECK(TreeWalk(fs, folder, nullptr).add("", 0, entries));
    return entries;
}

std::vector<TreeEntry> list_readable_tree(FileSystem& fs, const std::string& folder, std::vector<TreeGap>& gaps) {
    std::vector<TreeEntry> entries;
    (void)TreeWalk(fs, folder, &gaps).add("", 0, entries).has_value(); // what fails is a gap
    return entries;
}

} // namespace dossier
