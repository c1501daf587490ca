#include "core/pdf_signatures.hpp"

#include <algorithm>
#include <map>
#include <set>

#include <qpdf/InputSource.hh>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFObjectHandle.hh>

#include "core/pdf_fields.hpp"
#include "core/pdf_form_text.hpp"
#include "core/pdf_reader.hpp"
#include "core/pdf_revisions.hpp"
#include "core/pdf_signature_scan.hpp"
#include "core/text.hpp"

namespace dossier {

namespace {

std::string name_text(QPDFObjectHandle value) { return value.isName() ? value.getName().substr(1) : ""; }
std::string string_text(QPDFObjectHandle value) { return value.isString() ? value.getUTF8Value() : ""; }

// "D:20261123073000Z", "D:20261123083000+01'00'" (ISO 32000-1, 7.9.4), whole seconds; anything less exact is no time.
std::optional<UtcTime> parse_pdf_date(const std::string& text) {
    if (text.size() < 17 || text.substr(0, 2) != "D:") return std::nullopt;
    const auto part = [&text](std::size_t at, std::size_t length) { return text.substr(at, length); };
    std::string zone = part(16, text.size());
    if (zone[0] == 'Z')
        zone = "Z";
    else if (zone.size() >= 6 && zone[3] == '\'')
        zone = zone.substr(0, 3) + ":" + zone.substr(4, 2);
    return parse_time(part(2, 4) + "-" + part(6, 2) + "-" + part(8, 2) + "T" + part(10, 2) + ":" + part(12, 2) + ":" + part(14, 2) + zone);
}

// Where a document's bytes end for a reader that sees this revision.
struct View {
    std::shared_ptr<QPDF> qpdf;
    std::uint64_t end = 0;
};

using Found = std::map<QPDFObjGen, PdfSignature>;

std::map<QPDFObjGen, int> page_numbers(QPDF& qpdf) {
    std::map<QPDFObjGen, int> numbers;
    int number = 0;
    pdf::walk_pages(qpdf, [&](QPDFObjectHandle page) {
        numbers.emplace(page.getObjGen(), ++number);
        return true;
    });
    return numbers;
}

std::string appearance_text(QPDFObjectHandle widget) {
    QPDFObjectHandle appearances = widget.getKey("/AP");
    if (!appearances.isDictionary()) return {};
    return pdf::text_of_form(appearances.getKey("/N"));
}

// What /V refers to, also when nothing readable is there (a plain look would not tell it from an unsigned field).
QPDFObjectHandle signature_value(QPDFObjectHandle field) {
    const auto entries = field.getDictAsMap();
    const auto found = entries.find("/V");
    return found == entries.end() ? QPDFObjectHandle::newNull() : found->second;
}

PdfSignature describe(QPDFObjectHandle value, const std::string& name) {
    PdfSignature signature;
    signature.field = name;
    signature.object = value.getObjectID();
    if (!value.isDictionary()) return signature;
    signature.type = value.hasKey("/Type") ? name_text(value.getKey("/Type")) : "Sig";
    signature.sub_filter = name_text(value.getKey("/SubFilter"));
    signature.name = string_text(value.getKey("/Name"));
    signature.reason = string_text(value.getKey("/Reason"));
    signature.date = string_text(value.getKey("/M"));
    signature.time = parse_pdf_date(signature.date);
    signature.permission = pdf::permission_of(value);
    return signature;
}

// The widgets of a field: itself, or its kids.
std::vector<QPDFObjectHandle> widgets_of(QPDFObjectHandle field) {
    std::vector<QPDFObjectHandle> widgets = {field};
    QPDFObjectHandle kids = field.getKey("/Kids");
    for (int i = 0; kids.isArray() && i < std::min(kids.getArrayNItems(), 100); ++i)
        if (kids.getArrayItem(i).isDictionary()) widgets.push_back(kids.getArrayItem(i));
    return widgets;
}

void collect(QPDF& qpdf, Found& found) {
    std::map<QPDFObjGen, int> pages;
    pdf::walk_fields(qpdf, [&](QPDFObjectHandle field, const std::string& name, const std::string& type) {
        QPDFObjectHandle value = signature_value(field);
        if (type != "/Sig" || value.isDirectNull() || found.count(value.getObjGen()) != 0) return;
        PdfSignature signature = describe(value, name);
        if (!value.isDictionary()) signature.flaws.push_back("its dictionary cannot be read");
        if (!value.isIndirect()) signature.flaws.push_back("its dictionary is not an object of its own");
        if (pages.empty()) pages = page_numbers(qpdf);
        for (QPDFObjectHandle widget : widgets_of(field)) {
            if (signature.appearance.empty()) signature.appearance = appearance_text(widget);
            const auto page = pages.find(widget.getKey("/P").getObjGen());
            if (signature.page == 0 && page != pages.end() && widget.getKey("/P").isIndirect()) signature.page = page->second;
        }
        found.emplace(value.getObjGen(), std::move(signature));
    });
}

// The revision that a signature signs must end where its bytes end, and a reader of that revision must see this very signature.
void check_revision(FileSystem& fs, const std::string& path, const std::vector<PdfRevision>& revisions, const QPDFObjGen& id,
                    const QPDFXRefEntry& entry, PdfSignature& signature) {
    const auto flaw = [&signature](std::string text) { signature.flaws.push_back(std::move(text)); };
    const auto revision = std::find_if(revisions.begin(), revisions.end(), [&](const PdfRevision& candidate) {
        return candidate.end >= signature.signed_end &&
               candidate.end - signature.signed_end <= 2; // the line end after %%EOF may be left out
    });
    const auto opened = pdf::open_qpdf(fs, path, pdf::Repair::refused, signature.signed_end);
    if (!opened || !opened->qpdf) return flaw(fill("its signed bytes, up to byte {}, are no readable PDF", signature.signed_end));
    if (revision != revisions.end() && revision->start > signature.gap_start)
        return flaw("it does not lie in the revision whose end it signs");
    const auto table = opened->qpdf->getXRefTable();
    const auto there = table.find(id);
    const bool same_place = there != table.end() && there->second.getType() == 1 && there->second.getOffset() == entry.getOffset();
    Found inside;
    if (same_place) collect(*opened->qpdf, inside);
    if (inside.count(id) == 0) flaw("a reader of the signed bytes alone does not find this signature in them");
}

void examine(FileSystem& fs, const std::string& path, const View& view, const std::vector<PdfRevision>& revisions, Found& found) {
    const auto source = pdf::open_source(fs, path);
    const auto table = view.qpdf->getXRefTable();
    for (auto& [id, signature] : found) {
        if (!signature.flaws.empty() || signature.signed_end != 0) continue;
        const auto entry = table.find(id);
        if (!source || entry == table.end() || entry->second.getType() != 1) {
            signature.flaws.push_back("its dictionary is not an object of its own");
            continue;
        }
        pdf::scan_signature(*source, view.end, static_cast<std::uint64_t>(entry->second.getOffset()), signature);
        if (signature.flaws.empty()) check_revision(fs, path, revisions, id, entry->second, signature);
    }
}

Result<View> open_view(FileSystem& fs, const std::string& path, std::uint64_t end) {
    DOSSIER_TRY(const pdf::Opened opened, pdf::open_qpdf(fs, path, pdf::Repair::refused, end));
    if (opened.needs_password)
        return Error(ErrorKind::unsupported, "the PDF is protected with a password", {path}, "remove its security settings");
    return View{opened.qpdf, end};
}

PdfSignatures to_list(Found& found) {
    PdfSignatures result;
    for (auto& [id, signature] : found) result.signatures.push_back(std::move(signature));
    std::stable_sort(result.signatures.begin(), result.signatures.end(),
                     [](const PdfSignature& a, const PdfSignature& b) { return a.signed_end < b.signed_end; });
    return result;
}

// Signature dictionaries that no form field leads to: damage, or somebody hid a signature. Looked for only where there is no other.
void collect_hidden(QPDF& qpdf, Found& found) {
    for (const auto& [id, entry] : qpdf.getXRefTable()) {
        QPDFObjectHandle object = entry.getType() == 1 ? qpdf.getObject(id) : QPDFObjectHandle::newNull();
        if (!object.isDictionary() || !object.hasKey("/ByteRange") || !object.getKey("/Contents").isString()) continue;
        PdfSignature signature = describe(object, fill("object {}", id.getObj()));
        signature.flaws.push_back("no form field leads to it: the document was damaged, or the signature was hidden");
        found.emplace(id, std::move(signature));
    }
}

// The file as a repairing reader sees it. Whatever is signed there is not worth anything any more; but it is named.
Result<PdfSignatures> read_repaired(FileSystem& fs, const std::string& path, const std::string& damage) {
    DOSSIER_TRY(const pdf::Opened opened, pdf::open_qpdf(fs, path, pdf::Repair::allowed));
    Found found;
    if (opened.qpdf) collect(*opened.qpdf, found);
    if (opened.qpdf && found.empty()) collect_hidden(*opened.qpdf, found);
    for (auto& [id, signature] : found) signature.flaws.push_back(damage);
    return to_list(found);
}

Result<PdfSignatures> read_view_unguarded(FileSystem& fs, const std::string& path, std::uint64_t end) {
    DOSSIER_TRY(const View newest, open_view(fs, path, end));
    DOSSIER_TRY(const auto revisions, read_pdf_revisions(fs, path, end));
    Found found;
    collect(*newest.qpdf, found);
    examine(fs, path, newest, revisions, found);
    for (std::size_t i = revisions.size() - 1; i-- > 0;) { // what later revisions took out of the form
        const auto older = open_view(fs, path, revisions[i].end);
        if (!older) continue;
        Found more;
        collect(*older->qpdf, more);
        for (auto it = more.begin(); it != more.end();) it = found.count(it->first) != 0 ? more.erase(it) : std::next(it);
        examine(fs, path, *older, revisions, more);
        for (auto& [id, signature] : more) {
            signature.removed = true;
            found.emplace(id, std::move(signature));
        }
    }
    if (found.empty()) collect_hidden(*newest.qpdf, found);
    return to_list(found);
}

Result<PdfSignatures> read_view(FileSystem& fs, const std::string& path, std::uint64_t end) {
    PdfSignatures result;
    const auto done = pdf::guarded(path, [&]() -> Result<void> {
        DOSSIER_TRY(result, read_view_unguarded(fs, path, end));
        return {};
    });
    if (!done) return done.error();
    return result;
}

std::size_t line_end(const std::string& bytes, std::size_t at) {
    if (at < bytes.size() && bytes[at] == '\r') ++at;
    if (at < bytes.size() && bytes[at] == '\n') ++at;
    return at;
}

// Ends of revisions that could be read alone, newest first: after each "%%EOF" and its line end in the last 64 MB.
std::vector<std::uint64_t> possible_ends(InputSource& source, std::uint64_t size) {
    constexpr std::uint64_t most = 64u << 20;
    const std::uint64_t from = size > most ? size - most : 0;
    std::string bytes(static_cast<std::size_t>(size - from), '\0');
    source.seek(static_cast<qpdf_offset_t>(from), SEEK_SET);
    bytes.resize(source.read(bytes.data(), bytes.size()));
    std::vector<std::uint64_t> ends;
    for (std::size_t at = bytes.size(); ends.size() < 20 && (at = bytes.rfind("%%EOF", at)) != std::string::npos && at > 0; --at)
        ends.push_back(from + line_end(bytes, at + 5));
    return ends;
}

// The newest revision; where that cannot be read, the newest one that can and is signed; else what a repair finds, unless bytes are
// missing.
Result<PdfSignatures> read_newest(FileSystem& fs, const std::string& path, InputSource& source, std::uint64_t size) {
    auto newest = read_view(fs, path, size);
    if (newest || newest.error().kind != ErrorKind::invalid || size == 0) return newest;
    for (const std::uint64_t end : possible_ends(source, size))
        if (auto older = read_view(fs, path, end); older && !older->signatures.empty()) {
            older->unreadable = newest.error().message;
            return older;
        }
    if (newest.error().message.find("truncated") != std::string::npos) return newest;
    auto repaired = read_repaired(fs, path, newest.error().message);
    return repaired && !repaired->signatures.empty() ? std::move(repaired) : std::move(newest);
}

} // namespace

Result<PdfSignatures> read_pdf_signatures(FileSystem& fs, const std::string& path) {
    DOSSIER_TRY(const auto source, pdf::open_source(fs, path));
    PdfSignatures result;
    const auto done = pdf::guarded(path, [&]() -> Result<void> {
        source->seek(0, SEEK_END);
        const auto size = static_cast<std::uint64_t>(source->tell());
        DOSSIER_TRY(result, read_newest(fs, path, *source, size));
        result.size = size;
        return {};
    });
    if (!done) return done.error();
    return result;
}

Result<void> read_signed_bytes(FileSystem& fs, const std::string& path, const PdfSignature& signature,
                               const std::function<void(std::string_view)>& use) {
    std::uint64_t at = 0;
    return read_pieces(fs, path, [&](std::string_view piece) -> Result<void> {
        const std::uint64_t start = at;
        at += piece.size();
        const auto cut = [&](std::uint64_t from, std::uint64_t to) { // the part of [from, to) that lies in this piece
            from = std::max(from, start);
            to = std::min(to, at);
            if (from < to) use(piece.substr(static_cast<std::size_t>(from - start), static_cast<std::size_t>(to - from)));
        };
        cut(0, signature.gap_start);
        cut(signature.gap_end, signature.signed_end);
        return {};
    });
}

} // namespace dossier
