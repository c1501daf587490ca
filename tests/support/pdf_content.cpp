#include "tests/support/pdf_content.hpp"

#include <stdexcept>

namespace test {

using namespace dossier;

Result<PdfContent> try_content_of(const std::string& bytes) {
    const auto memory = make_memory_file_system();
    DOSSIER_CHECK(write_new_file(*memory, "/a.pdf", bytes));
    DOSSIER_TRY(auto file, memory->open("/a.pdf"));
    return read_pdf_content(std::move(file), "a.pdf");
}

PdfContent content_of(const std::string& bytes) {
    auto content = try_content_of(bytes);
    if (!content) throw std::runtime_error(to_text(content.error()));
    return std::move(*content);
}

} // namespace test
