// Reading archives. libzip finds and inflates; what may be in an archive, and how much of it, is decided here.
#include "core/zip.hpp"

#include <algorithm>
#include <map>
#include <set>

#include <sys/stat.h>

#include <zip.h>

#include "core/path.hpp"
#include "core/text.hpp"
#include "core/zip_handles.hpp"
#include "core/zip_headers.hpp"
#include "core/zip_library.hpp"

namespace dossier {

namespace {

using zip_library::Archive;
using zip_library::Handles;
using zip_library::Known;

class ArchiveReader final : public ZipReader {
public:
    // in_part: a fault of one entry is kept apart, else it refuses the archive.
    ArchiveReader(std::shared_ptr<Handles> handles, const ZipLimits& limits, bool in_part)
        : handles_(std::move(handles)), limits_(limits), in_part_(in_part) {}

    Result<void> load() {
        DOSSIER_TRY(const auto bytes, handles_->open_bytes());
        DOSSIER_TRY(const std::vector<zip_library::Header> headers, zip_library::read_headers(*bytes, handles_->path(), limits_.entries));
        DOSSIER_TRY(Archive archive, handles_->borrow());
        if (zip_get_num_entries(archive.get(), 0) != static_cast<zip_int64_t>(headers.size())) return contradiction();
        std::uint64_t total = 0;
        for (zip_uint64_t index = 0; index < headers.size(); ++index) DOSSIER_CHECK(add(archive.get(), index, headers[index], total));
        DOSSIER_CHECK(check_files_and_folders());
        std::sort(entries_.begin(), entries_.end(), [](const ZipEntry& a, const ZipEntry& b) { return a.name < b.name; });
        handles_->give_back(std::move(archive));
        return {};
    }
    const std::vector<ZipEntry>& entries() const override { return entries_; }
    const std::vector<ZipFault>& faults() const override { return faults_; }
    Result<std::unique_ptr<InputFile>> open(const std::string& name) override {
        const auto found = known_.find(name);
        if (found == known_.end() || ends_with(name, "/"))
            return Error(ErrorKind::not_found, fill("the archive has no entry {}", name), {handles_->path()});
        if (found->second.fault) return *found->second.fault;
        return zip_library::open_entry(handles_, name, found->second);
    }
    Result<void> read_pieces(const std::string& name, const std::function<Result<void>(std::string_view)>& use) override {
        DOSSIER_TRY(const auto file, open(name));
        std::vector<char> buffer(256u << 10);
        for (;;) {
            DOSSIER_TRY(const std::size_t got, file->read(buffer.data(), buffer.size()));
            if (got == 0) return {};
            DOSSIER_CHECK(use(std::string_view(buffer.data(), got)));
        }
    }
    Result<std::string> read(const std::string& name, std::uint64_t limit) override {
        std::string bytes;
        const auto collect = [&](std::string_view piece) -> Result<void> {
            if (bytes.size() + piece.size() > limit)
                return Error(ErrorKind::invalid, fill("the entry {} is larger than the {} bytes that are read here", name, limit),
                             {handles_->path()});
            bytes += piece;
            return {};
        };
        DOSSIER_CHECK(read_pieces(name, collect));
        return bytes;
    }

private:
    Error refuse(std::string message, std::string remedy, ErrorKind kind = ErrorKind::invalid) const {
        return Error(kind, std::move(message), {handles_->path()}, std::move(remedy));
    }

    Error contradiction() const {
        return refuse("the ZIP archive is damaged or forged: it can be read in two ways", "copy the file again, or pack it again");
    }

    Result<void> add(::zip* archive, zip_uint64_t index, const zip_library::Header& header, std::uint64_t& total) {
        zip_stat_t status;
        zip_stat_init(&status);
        constexpr zip_uint64_t needed =
            ZIP_STAT_NAME | ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE | ZIP_STAT_COMP_METHOD | ZIP_STAT_ENCRYPTION_METHOD;
        if (zip_stat_index(archive, index, 0, &status) != 0 || (status.valid & needed) != needed)
            return zip_library::to_error(zip_get_error(archive), "read the archive", handles_->path());
        const char* raw_name = zip_get_name(archive, index, ZIP_FL_ENC_RAW);
        if (!raw_name || header.name != raw_name || header.size != status.size || header.stored_size != status.comp_size)
            return contradiction();
        const std::string name = status.name; // as UTF-8; libzip makes pictures of control characters, hence the look at the raw name
        if (std::any_of(header.name.begin(), header.name.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }))
            return keep_apart(name, "has a control character in its name",
                              refuse("an entry has a control character in its name", another_pack));
        if (const std::string fault = zip_library::fault_of_name(name); !fault.empty())
            return keep_apart(name, fault, refuse(fill("the entry \"{}\" {}", zip_library::printable_name(name), fault), another_pack));
        Known known{index, status.size, status.comp_method == ZIP_CM_STORE, {}};
        auto sound = check_entry(archive, index, status, header, name);
        if (!sound && (!in_part_ || ends_with(name, "/"))) return keep_apart(name, sound.error().message, sound.error());
        if (!sound) known.fault = std::make_shared<const Error>(sound.error());
        if (sound) total += status.size;
        if (total > limits_.total_bytes || (sound && total < status.size))
            return refuse(fill("its entries hold more than {} bytes together", limits_.total_bytes), "");
        return add_known(name, std::move(known));
    }
    Result<void> check_entry(::zip* archive, zip_uint64_t index, const zip_stat_t& status, const zip_library::Header& header,
                             const std::string& name) const {
        if (!header.fault.empty()) return refuse(header.fault, "copy the file again, or pack it again");
        DOSSIER_CHECK(check_kind(archive, index, name));
        return check_storage(status, name);
    }
    Result<void> add_known(const std::string& name, Known known) {
        const auto [other, is_new] = by_lower_case_.emplace(in_part_ ? name : to_lower(name), name);
        if (!is_new) {
            Error twins = refuse(fill("the entries {} and {} have one name (on systems that ignore case)", other->second, name),
                                 "rename one of them");
            if (!in_part_) return twins;
            known_[name].fault = std::make_shared<const Error>(std::move(twins));
            return {};
        }
        entries_.push_back({name, known.size, ends_with(name, "/")});
        known_[name] = std::move(known);
        return {};
    }
    // Of an entry that no folder could hold.
    Result<void> keep_apart(const std::string& name, const std::string& problem, Error refusal) {
        if (!in_part_) return refusal;
        faults_.push_back({zip_library::printable_name(name), problem});
        return {};
    }
    Result<void> check_kind(::zip* archive, zip_uint64_t index, const std::string& name) const {
        zip_uint8_t system = 0;
        zip_uint32_t attributes = 0;
        if (zip_file_get_external_attributes(archive, index, 0, &system, &attributes) != 0)
            return zip_library::to_error(zip_get_error(archive), "read the archive", handles_->path());
        const mode_t type = static_cast<mode_t>(attributes >> 16) & S_IFMT; // 0 where the archive was made without Unix modes
        if (type == 0 || type == S_IFREG || type == S_IFDIR) return {};
        return refuse(fill("the entry {} is a link or a device", name), "pack the file itself");
    }
    Result<void> check_storage(const zip_stat_t& status, const std::string& name) const {
        if (status.encryption_method != ZIP_EM_NONE)
            return refuse(fill("the entry {} is protected by a password", name), "pack the archive without a password",
                          ErrorKind::unsupported);
        if (status.comp_method != ZIP_CM_STORE && status.comp_method != ZIP_CM_DEFLATE)
            return refuse(
                fill("the entry {} is compressed with method {}; store and deflate are read", name, static_cast<int>(status.comp_method)),
                "pack the archive again with an ordinary ZIP program", ErrorKind::unsupported);
        if (ends_with(name, "/") && status.size > 0)
            return refuse(fill("the folder {} holds bytes of its own", name), "pack the archive again");
        if (status.size > (10u << 20) && status.size / limits_.ratio > status.comp_size)
            return refuse(fill("the entry {} grows more than {} times when it is unpacked", name, limits_.ratio),
                          "pack that file stored, not compressed");
        return {};
    }
    // A name that is a file here and a folder there; without regard to case, as above.
    Result<void> check_files_and_folders() {
        std::set<std::string> seen, apart;
        for (const ZipEntry& entry : entries_) {
            const std::string name = in_part_ ? entry.name : to_lower(entry.name);
            for (std::string folder = path::parent(name); !folder.empty(); folder = path::parent(folder)) {
                if (!seen.insert(folder).second) break;
                const auto file = by_lower_case_.find(folder);
                if (file == by_lower_case_.end()) continue;
                const std::string problem = fill("is a file, and {} lies below it", entry.name);
                DOSSIER_CHECK(keep_apart(file->second, problem, refuse(file->second + " " + problem, "pack the archive again")));
                apart.insert(file->second);
            }
        }
        std::erase_if(entries_, [&](const ZipEntry& entry) { return apart.count(entry.name) > 0; });
        return {};
    }

    static constexpr const char* another_pack = "pack the archive again without it";

    std::shared_ptr<Handles> handles_;
    ZipLimits limits_;
    bool in_part_;
    std::vector<ZipEntry> entries_;
    std::vector<ZipFault> faults_;
    std::map<std::string, Known> known_;
    std::map<std::string, std::string> by_lower_case_; // in part: by name
};

Result<std::unique_ptr<ZipReader>> load(std::shared_ptr<Handles> handles, const ZipLimits& limits, bool in_part) {
    auto reader = std::make_unique<ArchiveReader>(std::move(handles), limits, in_part);
    DOSSIER_CHECK(reader->load());
    return std::unique_ptr<ZipReader>(std::move(reader));
}

} // namespace

Result<std::unique_ptr<ZipReader>> open_zip(const std::string& path, const ZipLimits& limits) {
    return load(std::make_shared<Handles>(path, nullptr), limits, false);
}

Result<std::unique_ptr<ZipReader>> open_zip_in_part(const std::string& path, const ZipLimits& limits) {
    return load(std::make_shared<Handles>(path, nullptr), limits, true);
}

Result<std::unique_ptr<ZipReader>> open_zip_bytes(std::string bytes, const std::string& name, const ZipLimits& limits) {
    return load(std::make_shared<Handles>(name, std::make_shared<const std::string>(std::move(bytes))), limits, false);
}

} // namespace dossier
