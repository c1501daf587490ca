// The bytes of documents: what is restricted goes into the store sealed and comes out opened, for those who hold the key.
#include "core/text.hpp"
#include "tmf/repository.hpp"

namespace dossier::tmf {

namespace {

constexpr std::size_t head_size = 512;

Error no_sealer() { return Error(ErrorKind::denied, "restricted documents are only kept sealed, and no key for that is at hand here"); }

Result<std::unique_ptr<InputFile>> in_memory(const std::string& bytes) {
    const auto memory = make_memory_file_system();
    DOSSIER_CHECK(write_new_file(*memory, "opened", bytes));
    return memory->open("opened");
}

Result<std::string> read_whole(InputFile& file) {
    std::string bytes(file.size(), '\0');
    std::size_t filled = 0;
    while (filled < bytes.size()) {
        DOSSIER_TRY(const std::size_t got, file.read(bytes.data() + filled, bytes.size() - filled));
        if (got == 0) break;
        filled += got;
    }
    bytes.resize(filled);
    return bytes;
}

Error damaged(const Sha256& object) {
    return Error(ErrorKind::invalid, fill("the object {} is damaged: its bytes have another SHA-256", object.hex()), {},
                 "restore it from a backup");
}

} // namespace

Result<StoredObject> Repository::store_sealed(FileSystem& from, const std::string& path) {
    if (!sealer_) return no_sealer();
    DOSSIER_TRY(const FileInfo info, from.info(path));
    if (info.kind != FileKind::file) return objects_->put(from, {path}, 1).front(); // it says what is wrong with it
    DOSSIER_TRY(const std::string bytes, read_file(from, path));
    DOSSIER_TRY(const std::string sealed, sealer_->seal(bytes));
    const auto memory = make_memory_file_system();
    DOSSIER_CHECK(write_new_file(*memory, "sealed", sealed));
    DOSSIER_TRY(StoredObject object, objects_->put(*memory, {"sealed"}, 1).front());
    object.stored_as = StoredAs{object.sha256, object.size};
    object.sha256 = sha256_of(bytes);
    object.size = bytes.size();
    object.head = bytes.substr(0, head_size);
    return object;
}

std::vector<Result<StoredObject>> Repository::store(FileSystem& from, const std::vector<Incoming>& files, int jobs) {
    std::vector<std::string> paths;
    for (const Incoming& file : files)
        if (!file.restricted) paths.push_back(file.path);
    auto plain = objects_->put(from, paths, jobs);
    std::vector<Result<StoredObject>> results;
    std::size_t next = 0;
    for (const Incoming& file : files) results.push_back(file.restricted ? store_sealed(from, file.path) : std::move(plain[next++]));
    return results;
}

Result<std::unique_ptr<InputFile>> Repository::open(const VersionRecord& version) {
    if (!version.sha256) return Error(ErrorKind::not_found, "a pointer has no file here");
    if (!version.stored_as) return objects_->open(*version.sha256);
    if (!sealer_) return no_sealer();
    DOSSIER_TRY(const auto file, objects_->open(version.stored_as->sha256));
    DOSSIER_TRY(const std::string sealed, read_whole(*file));
    if (sha256_of(sealed) != version.stored_as->sha256) return damaged(version.stored_as->sha256);
    DOSSIER_TRY(const std::string bytes, sealer_->open(sealed));
    if (sha256_of(bytes) != *version.sha256) return damaged(version.stored_as->sha256);
    return in_memory(bytes);
}

Result<std::string> Repository::read(const VersionRecord& version) {
    DOSSIER_TRY(const auto file, open(version));
    DOSSIER_TRY(std::string bytes, read_whole(*file));
    if (sha256_of(bytes) != *version.sha256) return damaged(*version.sha256);
    return bytes;
}

} // namespace dossier::tmf
