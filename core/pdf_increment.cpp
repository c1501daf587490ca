#include "core/pdf_increment.hpp"

#include <algorithm>

#include <qpdf/Buffer.hh>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFObjectHandle.hh>

#include "core/pdf_fields.hpp"
#include "core/pdf_increment_state.hpp"
#include "core/pdf_reader.hpp"
#include "core/text.hpp"

namespace dossier {

namespace {

constexpr std::size_t range_width = 64; // three offsets of up to 19 digits and their spaces

Error refused(ErrorKind kind, const std::string& path, std::string message, std::string remedy) {
    return Error(kind, std::move(message), {path}, std::move(remedy));
}

Result<void> check_can_append(PdfIncrement::State& state, const std::vector<PdfRevision>& revisions) {
    const std::string& path = state.path;
    if (state.qpdf->isEncrypted())
        return refused(ErrorKind::unsupported, path, "the PDF is encrypted; nothing can be appended to it",
                       "remove its security settings (authorities refuse them as well) and sign that file");
    for (const PdfRevision& revision : revisions)
        if (revision.style == PdfRevision::Style::hybrid)
            return refused(ErrorKind::unsupported, path, "the PDF has hybrid cross-references (/XRefStm); nothing can be appended to it",
                           "save it anew as PDF 1.7 and sign that file");
    QPDFObjectHandle root = state.qpdf->getRoot(), form = root.getKey("/AcroForm");
    if (!root.isIndirect())
        return refused(ErrorKind::invalid, path, "the PDF is damaged: its catalog is no object of its own", "save it anew");
    if (form.isDictionary() && form.hasKey("/XFA"))
        return refused(ErrorKind::unsupported, path, "the PDF is an XFA form; a signature appended to it would not be seen",
                       "print it to a plain PDF, or sign it in the program that fills XFA forms");
    if (pdf::modification_permission(*state.qpdf) == 1)
        return refused(ErrorKind::denied, path, "the PDF is certified and its author allows no changes (DocMDP P=1), not even signatures",
                       "ask its author for a version that may be signed");
    for (const std::string& warning : pdf::warnings_of(*state.qpdf))
        if (warning.find("reported number of objects") == std::string::npos)
            return refused(ErrorKind::invalid, path, fill("the PDF is damaged: {}", warning),
                           "open it in a PDF program, save it anew and sign that file");
    return {};
}

Result<void> read_frame(PdfIncrement::State& state) {
    DOSSIER_TRY(auto file, state.fs->open(state.path));
    state.source_size = file->size();
    char start[5] = {}, last = 0;
    DOSSIER_TRY(const std::size_t got, file->read(start, sizeof start));
    if (std::string_view(start, got) != "%PDF-")
        return refused(ErrorKind::unsupported, state.path, "other bytes stand before the PDF's %PDF- header; nothing can be appended to it",
                       "open it in a PDF program, save it anew and sign that file");
    DOSSIER_CHECK(file->seek(state.source_size - 1));
    DOSSIER_TRY(const std::size_t one, file->read(&last, 1));
    state.source_ends_line = one == 1 && (last == '\n' || last == '\r');
    return {};
}

Result<void> load(PdfIncrement::State& state) {
    DOSSIER_TRY(const pdf::Opened opened, pdf::open_qpdf(*state.fs, state.path, pdf::Repair::refused));
    if (opened.needs_password)
        return refused(ErrorKind::unsupported, state.path, "the PDF is protected with a password; nothing can be appended to it",
                       "remove its security settings (authorities refuse them as well) and sign that file");
    state.qpdf = opened.qpdf;
    DOSSIER_CHECK(read_frame(state));
    DOSSIER_TRY(const auto revisions, read_pdf_revisions(*state.fs, state.path));
    state.last = revisions.back();
    DOSSIER_CHECK(check_can_append(state, revisions));
    QPDFObjectHandle size = state.qpdf->getTrailer().getKey("/Size");
    const auto table = state.qpdf->getXRefTable();
    const int highest = table.empty() ? 0 : table.rbegin()->first.getObj();
    state.next_number = std::max(highest + 1, size.isInteger() ? size.getIntValueAsInt() : 0);
    return {};
}

std::string reference(int number) { return std::to_string(number) + " 0 R"; }

std::string import_text(PdfIncrement::State& state, QPDFObjectHandle object, std::map<std::pair<int, int>, int>& numbers) {
    if (object.isIndirect()) return reference(state.import(object, numbers));
    std::string text;
    if (object.isArray()) {
        for (int i = 0; i < object.getArrayNItems(); ++i) text += import_text(state, object.getArrayItem(i), numbers) + " ";
        return "[ " + text + "]";
    }
    if (object.isDictionary()) {
        for (const std::string& key : object.getKeys())
            text += QPDFObjectHandle::newName(key).unparse() + " " + import_text(state, object.getKey(key), numbers) + " ";
        return "<< " + text + ">>";
    }
    return object.unparse();
}

} // namespace

int PdfIncrement::State::reserve() {
    const int number = next_number++;
    qpdf->replaceObject(number, 0, QPDFObjectHandle::parse("<< /Reserved true >>"));
    return number;
}

void PdfIncrement::State::take(QPDFObjectHandle object) {
    objects[object.getObjectID()] = {object.getGeneration(), object.unparseResolved()};
}

int PdfIncrement::State::import(QPDFObjectHandle foreign, std::map<std::pair<int, int>, int>& numbers) {
    const std::pair<int, int> id{foreign.getObjectID(), foreign.getGeneration()};
    if (const auto known = numbers.find(id); known != numbers.end()) return known->second;
    const int number = numbers[id] = reserve();
    if (!foreign.isStream()) {
        QPDFObjectHandle direct = foreign.isDictionary() || foreign.isArray() ? foreign.unsafeShallowCopy() : QPDFObjectHandle::newNull();
        objects[number].text = import_text(*this, direct, numbers);
        return number;
    }
    QPDFObjectHandle dictionary = foreign.getDict().unsafeShallowCopy();
    const auto data = foreign.getRawStreamData();
    dictionary.replaceKey("/Length", QPDFObjectHandle::newInteger(static_cast<long long>(data->getSize())));
    std::string text = import_text(*this, dictionary, numbers) + "\nstream\n";
    text.append(reinterpret_cast<const char*>(data->getBuffer()), data->getSize());
    objects[number].text = text + "\nendstream";
    return number;
}

PdfIncrement::PdfIncrement(std::unique_ptr<State> state) : state_(std::move(state)) {}
PdfIncrement::~PdfIncrement() = default;
PdfIncrement::PdfIncrement(PdfIncrement&&) noexcept = default;
PdfIncrement& PdfIncrement::operator=(PdfIncrement&&) noexcept = default;

Result<PdfIncrement> PdfIncrement::open(FileSystem& fs, const std::string& path) {
    auto state = std::make_unique<State>();
    state->fs = &fs;
    state->path = path;
    const auto done = pdf::guarded(path, [&] { return load(*state); });
    if (!done) return done.error();
    return PdfIncrement(std::move(state));
}

Result<std::string> PdfIncrement::add_signature(const PdfSignatureEntry& entry) {
    if (state_->signature != 0) return Error(ErrorKind::internal, "an increment holds one signature");
    std::string field;
    const auto done = pdf::guarded(state_->path, [&]() -> Result<void> {
        State& state = *state_;
        state.signature = state.reserve();
        std::string date = replace_all(replace_all(entry.time.text(), "-", ""), ":", "");
        date.erase(date.find('T'), 1);
        std::string text = "<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /" + entry.sub_filter + " /M (D:" + date + ")";
        text += " /Name " + QPDFObjectHandle::newUnicodeString(entry.name).unparse();
        text += " /Reason " + QPDFObjectHandle::newUnicodeString(entry.reason).unparse() + " /ByteRange ";
        state.range_at = text.size();
        text += "[0" + std::string(range_width, ' ') + "] /Contents ";
        state.contents_at = text.size();
        state.contents_size = entry.contents_size;
        text += "<" + std::string(2 * entry.contents_size, '0') + "> >>";
        state.objects[state.signature].text = text;
        DOSSIER_TRY(field, pdf::add_signature_field(state, entry.drawing));
        return {};
    });
    if (!done) return done.error();
    return field;
}

} // namespace dossier
