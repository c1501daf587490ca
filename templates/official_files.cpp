#include "templates/official_files.hpp"

#include "core/digest.hpp"
#include "core/path.hpp"
#include "core/text.hpp"
#include "core/zip.hpp"

namespace dossier::templates {

namespace {

constexpr std::uint64_t largest = 4u << 20;

const OfficialFile* recognise(FileSystem& fs, const std::string& path, std::uint64_t size, const std::vector<OfficialFile>& known) {
    if (size == 0 || size > largest) return nullptr;
    for (const OfficialFile& file : known) // those without a published checksum
        if (file.md5.empty() && to_lower(path::file_name(path)) == file.name) {
            const auto bytes = read_file(fs, path);
            return bytes && bytes->find(file.holds) != std::string::npos ? &file : nullptr;
        }
    const auto digests = digests_of_file(fs, path, Hasher::What::md5);
    if (!digests) return nullptr;
    for (const OfficialFile& file : known)
        if (!file.md5.empty() && file.md5 == digests->md5.hex()) return &file;
    return nullptr;
}

} // namespace

OfficialFiles::OfficialFiles(FileSystem& fs, const std::vector<std::string>& folders, const std::vector<OfficialFile>& known) {
    std::map<const OfficialFile*, std::string> paths;
    for (const std::string& folder : folders) {
        if (folder.empty() || !is_folder(fs, folder)) continue;
        const auto tree = list_tree(fs, folder);
        if (!tree) continue;
        for (const TreeEntry& entry : *tree)
            if (entry.kind == FileKind::file)
                if (const OfficialFile* file = recognise(fs, path::join(folder, entry.path), entry.size, known))
                    paths.emplace(file, path::join(folder, entry.path));
    }
    for (const OfficialFile& file : known)
        if (const auto found = paths.find(&file); found != paths.end()) found_.push_back({&file, found->second});
}

const OfficialFiles::Found* OfficialFiles::find(const std::string& name) const {
    for (const Found& found : found_)
        if (found.official->name == name) return &found;
    return nullptr;
}

Result<std::vector<const OfficialFile*>> add_official_files(FileSystem& fs, const std::string& from, const std::string& store,
                                                            const std::vector<OfficialFile>& known) {
    std::shared_ptr<FileSystem> archive;
    std::string root = from;
    if (!is_folder(fs, from)) {
        DOSSIER_TRY(auto reader, open_zip(from));
        archive = make_zip_file_system(std::move(reader));
        root.clear();
    }
    FileSystem& source = archive ? *archive : fs;
    DOSSIER_TRY(const auto tree, list_tree(source, root));
    std::vector<const OfficialFile*> taken;
    for (const TreeEntry& entry : tree) {
        if (entry.kind != FileKind::file) continue;
        const std::string file = path::join(root, entry.path);
        const OfficialFile* official = recognise(source, file, entry.size, known);
        if (!official) continue;
        DOSSIER_TRY(const std::string bytes, read_file(source, file));
        const std::string folder = path::join(store, official->region + "/" + md5_of(bytes).hex());
        DOSSIER_CHECK(fs.create_folders(folder));
        if (!exists(fs, path::join(folder, official->name)))
            DOSSIER_CHECK(write_file_durably(fs, path::join(folder, official->name), bytes));
        taken.push_back(official);
    }
    if (taken.empty())
        return Error(ErrorKind::invalid, "no file in there has the published checksum of an official file", {from},
                     "download the files from ICH, FDA or EMA again; a text editor or git may have changed their line ends");
    return taken;
}

} // namespace dossier::templates
