#include "ectd/transport.hpp"

#include "core/archive.hpp"
#include "core/path.hpp"
#include "core/text.hpp"

namespace dossier::ectd {

Result<std::vector<TransportFile>> take_stock(FileSystem& fs, const std::string& folder) {
    std::vector<TransportFile> stock;
    DOSSIER_TRY(const auto entries, list_tree(fs, folder));
    for (const TreeEntry& entry : entries) {
        if (entry.kind != FileKind::file && entry.kind != FileKind::folder)
            return Error(ErrorKind::invalid, "it is a link or a device; a sequence holds files and folders",
                         {path::join(folder, entry.path)}, "put the file itself there");
        TransportFile file{entry.path, entry.kind == FileKind::folder, {}};
        if (!file.is_folder) {
            DOSSIER_TRY(file.digests, digests_of_file(fs, path::join(folder, entry.path)));
        }
        stock.push_back(std::move(file));
    }
    return stock;
}

Result<std::string> transport_root(const std::vector<templates::NumberForm>& forms, const std::string& region,
                                   const std::string& application, SequenceNumber sequence) {
    if (region != "ca") return sequence.text();
    if (const auto fits = templates::check_number_form(forms, "ca", "cta", application); !fits)
        return Error(ErrorKind::invalid,
                     fill("the archive's top folder is called by the dossier identifier, and ca-regional.xml says {}",
                          application.empty() ? std::string("none") : "\"" + application + "\""),
                     {}, "correct dossier-identifier there: " + fits.error().remedy);
    return path::join(application, sequence.text());
}

namespace {

// "c123456/0001" -> c123456, c123456/0001
std::vector<std::string> folders_of(const std::string& root) {
    std::vector<std::string> folders;
    for (const std::string& part : path::parts(root)) folders.push_back(folders.empty() ? part : path::join(folders.back(), part));
    return folders;
}

// Compares an archive, as it passes, with the stock.
class Comparison {
public:
    Comparison(const std::string& root, const std::vector<TransportFile>& stock, std::string archive)
        : root_(root), roots_(folders_of(root)), stock_(stock), archive_(std::move(archive)) {}

    Result<void> run(FileSystem& fs) {
        DOSSIER_CHECK(read_tar_gz(
            fs, archive_, [this](const ArchiveItem& item) { return next(item); },
            [this](std::string_view bytes) {
                hasher_.update(bytes);
                return Result<void>();
            }));
        DOSSIER_CHECK(finish_file());
        if (at_ == stock_.size() && roots_seen_ == roots_.size()) return {};
        return Error(ErrorKind::io, fill("the archive ends after {} of {} entries", at_, stock_.size()), {archive_}, "run again");
    }

private:
    Result<void> next(const ArchiveItem& item) {
        DOSSIER_CHECK(finish_file());
        if (roots_seen_ < roots_.size())
            return item.is_folder && item.name == roots_[roots_seen_++] ? Result<void>() : Result<void>(unexpected(item.name));
        if (at_ == stock_.size() || item.name != path::join(root_, stock_[at_].path) || item.is_folder != stock_[at_].is_folder)
            return unexpected(item.name);
        ++at_;
        in_file_ = !item.is_folder;
        hasher_ = Hasher(Hasher::What::sha256);
        return {};
    }

    Result<void> finish_file() {
        if (!in_file_) return {};
        in_file_ = false;
        const TransportFile& file = stock_[at_ - 1];
        if (hasher_.finish().sha256 == file.digests.sha256) return {};
        return Error(ErrorKind::conflict, "it changed since it was validated; nothing was packed", {path::join(root_, file.path)},
                     "let nothing write there, and run again");
    }

    Error unexpected(const std::string& name) const {
        return {ErrorKind::io, fill("the archive holds {} where it should not", name), {archive_}, "run again"};
    }

    const std::string root_;
    const std::vector<std::string> roots_;
    const std::vector<TransportFile>& stock_;
    std::string archive_;
    std::size_t at_ = 0; // entries of the stock that were seen
    std::size_t roots_seen_ = 0;
    bool in_file_ = false;
    Hasher hasher_{Hasher::What::sha256};
};

bool is_below(const std::string& folder, const std::string& path) { return starts_with(path + "/", folder + "/"); }

} // namespace

Result<FileDigests> write_transport(FileSystem& fs, const std::string& folder, const std::string& root,
                                    const std::vector<TransportFile>& stock, const std::string& target) {
    if (exists(fs, target)) return Error(ErrorKind::conflict, "it is there already; nothing was packed", {target}, "name another file");
    if (is_below(folder, target))
        return Error(ErrorKind::conflict, "the archive would lie in the sequence itself", {target}, "name a file outside of it");
    const std::string part = path::join(path::parent(target), "." + path::file_name(target) + ".part");
    if (exists(fs, part)) DOSSIER_CHECK(fs.remove(part)); // of a run that was killed
    std::vector<ArchivedFile> files;                      // the folders above the files first
    for (const std::string& above : folders_of(root)) files.push_back({{above, true, 0}, folder});
    for (const TransportFile& file : stock)
        files.push_back({{path::join(root, file.path), file.is_folder, file.digests.size}, path::join(folder, file.path)});
    DOSSIER_TRY(const FileDigests written, write_tar_gz(fs, part, files));
    auto placed = Comparison(root, stock, part).run(fs);
    if (placed) placed = fs.rename(part, target);
    if (!placed) {
        (void)fs.remove(part).has_value();
        return std::move(placed).error();
    }
    DOSSIER_CHECK(fs.sync_folder(path::parent(target)));
    return written;
}

} // namespace dossier::ectd
