#include "core/pdf.hpp"

#include <algorithm>

#include <qpdf/QPDF.hh>
#include <qpdf/QPDFObjectHandle.hh>

#include "core/pdf_content_parts.hpp"
#include "core/pdf_reader.hpp"
#include "core/text.hpp"

namespace dossier {

namespace {

struct Header {
    pdf::FileStart start;
    std::uint64_t file_size = 0;
};

Result<Header> read_header(FileSystem& fs, const std::string& path) {
    DOSSIER_TRY(auto file, fs.open(path));
    std::string start(pdf::start_length, '\0');
    DOSSIER_TRY(const std::size_t got, file->read(start.data(), start.size()));
    start.resize(got);
    return Header{pdf::read_file_start(start), file->size()};
}

void read_facts(QPDF& qpdf, const Header& header, PdfFacts& facts) {
    QPDFObjectHandle root = qpdf.getRoot();
    QPDFObjectHandle version = root.getKey("/Version");
    if (version.isName()) {
        const std::string named = version.getName().substr(1);
        if (pdf::parse_version(named) > pdf::parse_version(facts.version)) facts.version = named;
    }
    facts.encrypted = qpdf.isEncrypted();
    facts.linearized = qpdf.isLinearized();
    const pdf::PageWalk walk = pdf::walk_pages(qpdf, [](QPDFObjectHandle) { return true; });
    facts.pages = walk.pages;
    QPDFObjectHandle info = qpdf.getTrailer().getKey("/Info");
    if (info.isDictionary() && info.getKey("/Title").isString()) facts.title = std::string(trim(info.getKey("/Title").getUTF8Value()));
    if (const std::string truncated = pdf::truncation(header.start, header.file_size); !truncated.empty())
        facts.warnings.push_back(truncated);
    for (const std::string& warning : pdf::warnings_of(qpdf)) facts.warnings.push_back(warning);
    facts.warnings.insert(facts.warnings.end(), walk.warnings.begin(), walk.warnings.end());
    facts.damaged = std::any_of(facts.warnings.begin(), facts.warnings.end(), pdf::is_repair);
}

} // namespace

Result<PdfFacts> read_pdf_facts(FileSystem& fs, const std::string& path) {
    DOSSIER_TRY(const pdf::Opened opened, pdf::open_qpdf(fs, path, pdf::Repair::allowed));
    PdfFacts facts;
    DOSSIER_TRY(const Header header, read_header(fs, path));
    const pdf::Version version = pdf::parse_version(header.start.version);
    facts.version = fill("{}.{}", version.major, version.minor);
    if (opened.needs_password) {
        facts.encrypted = facts.needs_password = true;
        return facts;
    }
    const auto done = pdf::guarded(path, [&]() -> Result<void> {
        read_facts(*opened.qpdf, header, facts);
        if (facts.damaged && facts.pages == 0)
            return Error(ErrorKind::invalid, fill("no page of this PDF can be read: {}", facts.warnings.front()),
                         {path, "", 0, "", static_cast<std::int64_t>(header.file_size)},
                         "get the file again from where it came from; this copy is damaged");
        return {};
    });
    if (!done) return done.error();
    return facts;
}

Result<PdfFacts> read_pdf_facts(const std::string& path) { return read_pdf_facts(*make_disk_file_system(), path); }

} // namespace dossier
