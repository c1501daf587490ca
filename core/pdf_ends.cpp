#include <algorithm>

#include "core/pdf.hpp"
#include "core/text.hpp"

namespace dossier {

namespace {

Result<std::string> read_part(InputFile& file, std::uint64_t from, std::uint64_t size) {
    DOSSIER_CHECK(file.seek(from));
    std::string bytes(size, '\0');
    std::size_t have = 0;
    while (have < bytes.size()) {
        DOSSIER_TRY(const std::size_t got, file.read(bytes.data() + have, bytes.size() - have));
        if (got == 0) break;
        have += got;
    }
    bytes.resize(have);
    return bytes;
}

} // namespace

Result<void> check_pdf_ends(FileSystem& fs, const std::string& path) {
    DOSSIER_TRY(const auto file, fs.open(path));
    const std::uint64_t size = file->size();
    DOSSIER_TRY(const std::string head, read_part(*file, 0, std::min<std::uint64_t>(size, 1024)));
    if (head.find("%PDF-") == std::string::npos)
        return Error(ErrorKind::invalid, "it is named .pdf and is no PDF", {path}, "name the right file, or save it as a PDF");
    const std::uint64_t tail_size = std::min<std::uint64_t>(size, 2048);
    DOSSIER_TRY(const std::string tail, read_part(*file, size - tail_size, tail_size));
    if (tail.rfind("startxref") == std::string::npos)
        return Error(ErrorKind::invalid, fill("the PDF was cut off at byte {}: its end is missing", size), {path},
                     "copy or export the document again");
    return {};
}

} // namespace dossier
