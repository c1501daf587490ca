#include "core/office_content.hpp"

#include <algorithm>

#include "core/compound_file.hpp"
#include "core/text.hpp"
#include "core/zip.hpp"

namespace dossier {

namespace {

constexpr std::uint64_t most_bytes = 256u << 20;

Result<std::string> read_whole(InputFile& file) {
    if (file.size() > most_bytes)
        return Error(ErrorKind::unsupported,
                     fill("it has {} bytes; of archives and Office documents up to {} are looked into", file.size(), most_bytes));
    std::string bytes(static_cast<std::size_t>(file.size()), '\0');
    for (std::size_t at = 0; at < bytes.size();) {
        DOSSIER_TRY(const std::size_t got, file.read(bytes.data() + at, bytes.size() - at));
        if (got == 0) bytes.resize(at);
        at += got;
    }
    return bytes;
}

unsigned byte_at(const std::string& bytes, std::size_t at) { return at < bytes.size() ? static_cast<unsigned char>(bytes[at]) : 0u; }

// [MS-DOC] 2.5.2: fEncrypted of the FIB. [MS-XLS] 2.4.117: FilePass behind the first record.
bool is_encrypted(const CompoundFile& file) {
    if (file.find("EncryptedPackage")) return true;
    if (const CompoundEntry* word = file.find("WordDocument")) return (byte_at(file.start_of(*word), 11) & 1u) != 0;
    for (const char* const name : {"Workbook", "Book"}) {
        const CompoundEntry* book = file.find(name);
        if (!book) continue;
        const std::string start = file.start_of(*book);
        const std::size_t second = 4u + byte_at(start, 2) + 256u * byte_at(start, 3);
        return byte_at(start, second) == 0x2F && byte_at(start, second + 1) == 0;
    }
    return false;
}

OfficeContent compound_content(std::string_view bytes) {
    OfficeContent content;
    const auto file = CompoundFile::open(bytes);
    if (!file) {
        content.problem = file.error().message;
        return content;
    }
    content.needs_password = is_encrypted(*file);
    content.macros = file->find("_VBA_PROJECT") || file->find("_VBA_PROJECT_CUR");
    return content;
}

bool brings_macros(const std::string& entry) {
    const bool of_open_document = starts_with(entry, "Basic/") && !ends_with(entry, "-lc.xml") && !ends_with(entry, "-lb.xml");
    return ends_with(entry, "/vbaProject.bin") || (of_open_document && !ends_with(entry, "/"));
}

// Of every entry, so that each checksum is compared.
Result<void> read_entries(ZipReader& archive, OfficeContent& content) {
    for (const ZipEntry& entry : archive.entries()) {
        content.macros = content.macros || brings_macros(entry.name);
        if (entry.is_folder) continue;
        std::string start;
        const bool is_manifest = entry.name == "META-INF/manifest.xml";
        DOSSIER_CHECK(archive.read_pieces(entry.name, [&](std::string_view piece) -> Result<void> {
            if (is_manifest && start.size() < (1u << 20)) start += piece;
            return {};
        }));
        content.needs_password = content.needs_password || start.find("encryption-data") != std::string::npos;
    }
    return {};
}

OfficeContent archive_content(std::string bytes) {
    OfficeContent content;
    const auto archive = open_zip_bytes(std::move(bytes), "");
    const auto done = archive ? read_entries(**archive, content) : Result<void>(archive.error());
    if (done) return content;
    if (done.error().kind == ErrorKind::unsupported && done.error().message.find("password") != std::string::npos)
        content.needs_password = true;
    else
        content.problem = done.error().message;
    return content;
}

} // namespace

Result<OfficeContent> read_office_content(InputFile& file) {
    DOSSIER_CHECK(file.seek(0));
    DOSSIER_TRY(std::string bytes, read_whole(file));
    return starts_with(bytes, "\xD0\xCF\x11\xE0") ? compound_content(bytes) : archive_content(std::move(bytes));
}

} // namespace dossier
