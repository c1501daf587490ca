#include "core/pdf_content.hpp"

#include <algorithm>

#include <qpdf/InputSource.hh>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFObjectHandle.hh>

#include "core/pdf_content_parts.hpp"
#include "core/pdf_reader.hpp"
#include "core/text.hpp"

namespace dossier {

std::string PdfVersionFacts::highest() const { return pdf::parse_version(catalog) > pdf::parse_version(header) ? catalog : header; }

std::string PdfVersionFacts::catalog_first() const {
    const bool is_since_14 = pdf::parse_version(catalog) >= pdf::parse_version("1.4");
    return is_since_14 ? catalog : header;
}

bool is_plain(const PdfTarget& target) {
    return target.kind == PdfTargetKind::page && target.reachable == true && target.zoom != PdfZoom::set && target.actions <= 1;
}

bool PdfContent::has_destination(std::string_view name) const {
    return std::binary_search(destination_names.begin(), destination_names.end(), pdf::hash_of_name(name));
}

std::string pdf_library_version() { return "qpdf-" + QPDF::QPDFVersion(); }

namespace {

using Handle = QPDFObjectHandle;

void read_security(QPDF& qpdf, PdfSecurity& security) {
    int permissions = 0;
    security.encrypted = qpdf.isEncrypted(security.revision, permissions);
    if (!security.encrypted) return;
    security.handler = pdf::name_value(pdf::value_of(qpdf.getTrailer().getKey("/Encrypt"), "/Filter"));
    security.print = qpdf.allowPrintLowRes();
    security.print_well = qpdf.allowPrintHighRes();
    security.change = qpdf.allowModifyOther();
    security.assemble = qpdf.allowModifyAssembly();
    security.copy = qpdf.allowExtractAll();
    security.copy_for_access = qpdf.allowAccessibility();
    security.annotate = qpdf.allowModifyAnnotation();
    security.fill_forms = qpdf.allowModifyForm();
}

pdf::PageList list_pages(QPDF& qpdf, PdfContent& content) {
    pdf::PageList list;
    const pdf::PageWalk walk = pdf::walk_pages(qpdf, [&list](Handle page) {
        list.pages.push_back(page);
        list.numbers.emplace(pdf::key_of(page), static_cast<std::int64_t>(list.pages.size()));
        return true;
    });
    content.pages.total = walk.pages;
    Handle claimed = pdf::value_of(qpdf.getRoot().getKey("/Pages"), "/Count");
    if (claimed.isInteger()) content.pages.claimed = claimed.getIntValue();
    content.warnings.insert(content.warnings.end(), walk.warnings.begin(), walk.warnings.end());
    if (walk.pages == 0 && walk.warnings.empty()) content.warnings.emplace_back("its page tree is empty");
    return list;
}

void read_document(QPDF& qpdf, PdfContent& content) {
    content.version.catalog = pdf::name_value(qpdf.getRoot().getKey("/Version"));
    read_security(qpdf, content.security);
    content.linearized = qpdf.isLinearized();
    pdf::read_information(qpdf, content.information);
    const pdf::PageList pages = list_pages(qpdf, content);
    const pdf::TargetReader targets(qpdf, pages);
    pdf::ActiveParts active(content.active);
    targets.list_names(content);
    pdf::read_document_level(qpdf, targets, active, content);
    pdf::read_structure(qpdf, active, content);
    pdf::read_bookmarks(qpdf, targets, active, content);
    pdf::read_pages(pages, targets, active, content);
    pdf::read_form(qpdf, active, content);
}

// What was found out about the document comes first, then what the library says: it begins with what it does, and says why after that.
void add_warnings(QPDF& qpdf, const std::string& truncated, PdfContent& content) {
    std::vector<std::string> warnings = pdf::warnings_of(qpdf);
    std::stable_partition(warnings.begin(), warnings.end(), [](const std::string& warning) { return !pdf::is_opening_of_repair(warning); });
    warnings.insert(warnings.begin(), content.warnings.begin(), content.warnings.end());
    if (!truncated.empty()) warnings.insert(warnings.begin(), truncated);
    std::stable_partition(warnings.begin(), warnings.end(), pdf::is_repair);
    for (std::string& warning : warnings) warning = pdf::bounded_text(warning);
    content.damaged = std::any_of(warnings.begin(), warnings.end(), pdf::is_repair);
    content.warnings = std::move(warnings);
}

Result<pdf::FileStart> read_start(InputSource& source) {
    std::string start(pdf::start_length, '\0');
    source.rewind();
    start.resize(source.read(start.data(), start.size()));
    source.rewind();
    return pdf::read_file_start(start);
}

} // namespace

Result<PdfContent> read_pdf_content(std::unique_ptr<InputFile> file, const std::string& name) {
    const std::uint64_t size = file->size();
    const std::shared_ptr<InputSource> source = pdf::make_source(std::move(file), name);
    PdfContent content;
    std::string truncated;
    DOSSIER_CHECK(pdf::guarded(name, [&]() -> Result<void> {
        DOSSIER_TRY(const pdf::FileStart start, read_start(*source));
        content.version.header = start.version;
        content.version.header_at = start.version_at;
        truncated = pdf::truncation(start, size);
        return {};
    }));
    const Result<pdf::Opened> tried = pdf::open_qpdf(source, name, pdf::Repair::allowed);
    DOSSIER_CHECK(pdf::check_was_read(*source));
    if (!tried) return tried.error();
    const pdf::Opened& opened = *tried;
    if (opened.needs_password) {
        content.security.encrypted = content.security.needs_password = true;
        if (opened.is_standard) content.security.handler = "Standard";
        return content;
    }
    DOSSIER_CHECK(pdf::guarded(name, [&]() -> Result<void> {
        read_document(*opened.qpdf, content);
        if (const auto was_read = pdf::check_was_read(*source); !was_read) return was_read.error();
        add_warnings(*opened.qpdf, truncated, content);
        if (content.pages.total == 0)
            return Error(ErrorKind::invalid, fill("no page of this PDF can be read: {}", content.warnings.front()), {name},
                         "get the file again from where it came from; this copy is damaged");
        return {};
    }));
    return content;
}

} // namespace dossier
