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
    pdf::Version version;
    std::uint64_t file_size = 0;
};

Result<Header> read_header(FileSystem& fs, const std::string& path) {
    DOSSIER_TRY(auto file, fs.open(path));
    std::string start(1024, '\0');
    DOSSIER_TRY(const std::size_t got, file->read(start.data(), start.size()));
    start.resize(got);
    const std::size_t at = start.find("%PDF-");
    return Header{at == std::string::npos ? pdf::Version() : pdf::parse_version(start.substr(at + 5, 8)), file->size()};
}

// A table that names one object too many or too few is common, and nothing had to be repaired to read the file.
bool is_repair(const std::string& warning) { return warning.find("reported number of objects") == std::string::npos; }

// A linearized file says its own length (ISO 32000-1, annex F.3.2, /L): a shorter one lost its end.
void check_length(QPDF& qpdf, std::uint64_t size, PdfFacts& facts) {
    QPDFObjectHandle first;
    for (const auto& [id, entry] : qpdf.getXRefTable())
        if (entry.getType() == 1 && entry.getOffset() < 1100) {
            QPDFObjectHandle object = qpdf.getObject(id);
            if (object.isDictionary() && object.hasKey("/Linearized")) first = object;
        }
    if (!first.isInitialized() || !first.getKey("/L").isInteger()) return;
    const auto length = first.getKey("/L").getIntValue();
    if (length > static_cast<std::int64_t>(size))
        facts.warnings.push_back(fill("the file is truncated: it has {} of the {} bytes it says", size, static_cast<std::int64_t>(length)));
}

void read_facts(QPDF& qpdf, std::uint64_t size, PdfFacts& facts) {
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
    check_length(qpdf, size, facts);
    for (const std::string& warning : pdf::warnings_of(qpdf)) facts.warnings.push_back(warning);
    facts.warnings.insert(facts.warnings.end(), walk.warnings.begin(), walk.warnings.end());
    facts.damaged = std::any_of(facts.warnings.begin(), facts.warnings.end(), is_repair);
}

} // namespace

Result<PdfFacts> read_pdf_facts(FileSystem& fs, const std::string& path) {
    DOSSIER_TRY(const pdf::Opened opened, pdf::open_qpdf(fs, path, pdf::Repair::allowed));
    PdfFacts facts;
    DOSSIER_TRY(const Header header, read_header(fs, path));
    facts.version = fill("{}.{}", header.version.major, header.version.minor);
    if (opened.needs_password) {
        facts.encrypted = facts.needs_password = true;
        return facts;
    }
    const auto done = pdf::guarded(path, [&]() -> Result<void> {
        read_facts(*opened.qpdf, header.file_size, facts);
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
