#include "ectd/ctis/history.hpp"

#include <algorithm>

#include "core/link_free.hpp"
#include "core/path.hpp"
#include "core/text.hpp"

namespace dossier::ectd::ctis {

Result<OpenDossier> open_dossier(const std::shared_ptr<FileSystem>& fs, const std::string& application_folder, SequenceNumber number,
                                 ZipFor purpose) {
    const std::string folder = path::join(application_folder, number.text()), archive = folder + ".zip";
    if (is_folder(*fs, folder)) return OpenDossier{fs == make_disk_file_system() ? without_links(*fs, application_folder) : fs, folder, {}};
    if (!exists(*fs, archive)) return Error(ErrorKind::not_found, fill("there is no dossier {}", number.text()), {application_folder});
    DOSSIER_TRY(auto reader, purpose == ZipFor::judging ? open_zip_in_part(archive) : open_zip(archive));
    std::vector<ZipFault> faults = reader->faults();
    return OpenDossier{make_zip_file_system(std::move(reader)), number.text(), std::move(faults)};
}

Result<std::vector<SequenceNumber>> list_dossiers(FileSystem& fs, const std::string& application_folder) {
    DOSSIER_TRY(const auto entries, fs.list(application_folder));
    std::vector<SequenceNumber> numbers;
    for (const FolderEntry& entry : entries) {
        const bool archive = ends_with(entry.name, ".zip");
        const auto number = SequenceNumber::parse(archive ? entry.name.substr(0, entry.name.size() - 4) : entry.name);
        if (!number || is_folder(fs, path::join(application_folder, entry.name)) == archive) continue;
        if (std::find(numbers.begin(), numbers.end(), *number) == numbers.end()) numbers.push_back(*number);
    }
    return numbers;
}

namespace {

// A dossier without a manifest is one only beside others; a folder of four digits alone may be an eCTD sequence.
bool has_manifest(const std::shared_ptr<FileSystem>& fs, const std::string& application_folder, SequenceNumber number) {
    const auto opened = open_dossier(fs, application_folder, number, ZipFor::judging);
    return opened && exists(*opened->fs, path::join(opened->root, manifest_name)) &&
           !exists(*opened->fs, path::join(opened->root, "index.xml"));
}

Result<std::optional<DossierPlace>> find_in(const std::shared_ptr<FileSystem>& fs, const std::string& folder) {
    DOSSIER_TRY(const auto numbers, list_dossiers(*fs, folder));
    for (const SequenceNumber number : numbers)
        if (has_manifest(fs, folder, number)) return std::optional<DossierPlace>({fs, folder, numbers, false, {}});
    return std::optional<DossierPlace>();
}

} // namespace

Result<std::optional<DossierPlace>> find_dossiers(const std::shared_ptr<FileSystem>& fs, const std::string& path) {
    const std::string name = path::file_name(path);
    const bool archive = !is_folder(*fs, path);
    if (archive && !exists(*fs, path)) return std::optional<DossierPlace>();
    if (const auto number = SequenceNumber::parse(archive && ends_with(name, ".zip") ? name.substr(0, name.size() - 4) : name))
        if (has_manifest(fs, path::parent(path), *number))
            return std::optional<DossierPlace>({fs, path::parent(path), {*number}, true, {}});
    if (!archive) return find_in(fs, path);
    auto reader = open_zip_in_part(path);
    if (!reader) return std::optional<DossierPlace>(); // whoever reads it as an eCTD says what is wrong with it
    std::vector<ZipFault> faults = (*reader)->faults();
    const std::shared_ptr<FileSystem> inside = make_zip_file_system(std::move(*reader));
    DOSSIER_TRY(const auto entries, inside->list(""));
    const bool wrapped = entries.size() == 1 && !SequenceNumber::parse(entries.front().name) && entries.front().kind == FileKind::folder;
    DOSSIER_TRY(auto found, find_in(inside, wrapped ? entries.front().name : ""));
    if (found) {
        found->one = found->numbers.size() == 1;
        found->faults = std::move(faults);
    }
    return found;
}

Result<std::optional<Contents>> contents_before(const std::shared_ptr<FileSystem>& fs, const std::string& application_folder,
                                                SequenceNumber number) {
    DOSSIER_TRY(const auto numbers, list_dossiers(*fs, application_folder));
    std::optional<SequenceNumber> last;
    for (const SequenceNumber candidate : numbers)
        if (candidate < number && (!last || *last < candidate)) last = candidate;
    if (!last) return std::optional<Contents>();
    DOSSIER_TRY(const OpenDossier opened, open_dossier(fs, application_folder, *last));
    const std::string manifest = path::join(opened.root, manifest_name);
    if (!exists(*opened.fs, manifest))
        return Error(ErrorKind::not_found,
                     fill("dossier {} has no {}, so what was sent before is not known", last->text(), std::string_view(manifest_name)),
                     {path::join(application_folder, last->text())}, "put the complete dossier there");
    DOSSIER_TRY(const std::string bytes, read_file(*opened.fs, manifest));
    DOSSIER_TRY(Contents contents, parse_manifest(bytes, path::join(path::join(application_folder, last->text()), manifest_name)));
    return std::optional<Contents>(std::move(contents));
}

} // namespace dossier::ectd::ctis
