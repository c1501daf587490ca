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

// The length that a linearized file states of itself (ISO 32000-1, F.3.3: /L in the first object); 0 = it is not linearized. It is longer
// once it was revised, never shorter.
std::uint64_t stated_length(std::string_view head) {
    const std::size_t mark = head.find("/Linearized");
    if (mark == std::string_view::npos) return 0;
    const std::string_view dictionary = head.substr(mark, head.find(">>", mark) - mark);
    std::size_t at = dictionary.find("/L ");
    if (at == std::string_view::npos) return 0;
    std::uint64_t length = 0;
    for (at += 3; at < dictionary.size() && dictionary[at] >= '0' && dictionary[at] <= '9' && length < (std::uint64_t{1} << 50); ++at)
        length = length * 10 + static_cast<std::uint64_t>(dictionary[at] - '0');
    return length;
}

// Behind the last "%%EOF" an object begins: a revision whose own end is missing. Other remains (blanks, a mailer's line) do no harm.
bool begins_again(std::string_view tail) {
    const std::size_t end = tail.rfind("%%EOF");
    return end != std::string_view::npos && tail.find(" obj", end) != std::string_view::npos;
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
    if (tail.rfind("startxref") == std::string::npos || size < stated_length(head) || begins_again(tail))
        return Error(ErrorKind::invalid, fill("the PDF was cut off at byte {}: its end is missing", size), {path},
                     "copy or export the document again");
    return {};
}

} // namespace dossier
