#include "tests/signing/forge.hpp"

#include <stdexcept>

#include "core/pdf_increment.hpp"
#include "tests/signing/signed.hpp"

namespace test {

using namespace dossier;

Gap gap_of(const std::string& pdf, std::size_t index) {
    std::size_t at = 0;
    for (std::size_t i = 0; i <= index; ++i) at = pdf.find("/Contents <", at + 1);
    return {at + 10, pdf.find('>', at) + 1};
}

std::string forge(const std::string& pdf, const Forgery& forgery) {
    const Scratch scratch;
    scratch.write("in.pdf", pdf);
    const auto disk = make_disk_file_system();
    auto increment = PdfIncrement::open(*disk, scratch / "in.pdf");
    if (!increment) throw std::runtime_error(to_text(increment.error()));
    PdfSignatureEntry entry;
    entry.name = forgery.name;
    entry.reason = forgery.reason;
    entry.time = *parse_time(sign_time);
    entry.sub_filter = forgery.sub_filter;
    entry.contents_size = 6000;
    if (!forgery.shown.empty())
        entry.drawing = *draw_paragraphs(forgery.shown, 230, read_bytes(source_folder() + "/templates/fonts/dejavu-sans-subset.ttf"));
    if (!increment->add_signature(entry)) throw std::runtime_error("no signature field");
    if (!increment->write(scratch / "out.pdf", [](const Sha256&) { return Result<std::string>(""); }))
        throw std::runtime_error("not written");
    std::string made = scratch.read("out.pdf");
    if (!forgery.replaced.empty()) {
        std::string by = forgery.by;
        by.resize(forgery.replaced.size(), ' ');
        made.replace(made.rfind(forgery.replaced), by.size(), by);
    }
    const std::size_t from = made.rfind("/Contents <") + 10, to = made.find('>', from) + 1;
    scratch.write("content", made.substr(0, from) + made.substr(to));
    std::vector<std::string> command = {
        "openssl", "cms", "-sign", "-binary", "-outform", "DER", "-in", scratch / "content", "-out", scratch / "cms.der"};
    command.insert(command.end(), forgery.cms.begin(), forgery.cms.end());
    const Run result = run(command, pki());
    if (result.code != 0) throw std::runtime_error(result.err);
    const std::string der = scratch.read("cms.der");
    if (der.size() > 6000) throw std::runtime_error("the CMS is too large for the place");
    static const char* const digits = "0123456789abcdef";
    for (std::size_t i = 0; i < der.size(); ++i) {
        made[from + 1 + 2 * i] = digits[static_cast<unsigned char>(der[i]) >> 4];
        made[from + 2 + 2 * i] = digits[static_cast<unsigned char>(der[i]) & 15];
    }
    return made;
}

std::string tamper(const std::string& pdf, const std::vector<std::pair<int, std::string>>& objects) {
    return append_revision(pdf, objects, "/Size 300000 /Root 1 0 R /Info 4 0 R /ID [<00112233445566778899aabbccddeeff> <00>]");
}

} // namespace test
