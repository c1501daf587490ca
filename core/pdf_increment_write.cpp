// The second half of PdfIncrement: bodies, cross-reference section, one pass over the source.
#include "core/pdf_increment.hpp"

#include <algorithm>

#include <qpdf/QPDF.hh>
#include <qpdf/QPDFObjectHandle.hh>

#include "core/path.hpp"
#include "core/pdf_increment_state.hpp"
#include "core/pdf_reader.hpp"
#include "core/text.hpp"

namespace dossier {

namespace {

using Offsets = std::map<int, std::uint64_t>; // by object number, from the start of the file

struct Tail {
    std::string bytes;             // what is appended
    std::size_t contents_at = 0;   // of the '<', in bytes
    std::size_t contents_size = 0; // with both brackets
};

std::string number(std::uint64_t value) { return std::to_string(value); }

// Every entry of the trailer goes on (ISO 32000-1, 7.5.6) but those that speak of one section only.
std::string trailer_entries(PdfIncrement::State& state, const std::string& body) {
    QPDFObjectHandle trailer = state.qpdf->getTrailer();
    std::string entries;
    for (const std::string& key : trailer.getKeys()) {
        static const char* const own[] = {"/Prev",  "/XRefStm", "/Size",        "/ID",     "/Type", "/W",
                                          "/Index", "/Filter",  "/DecodeParms", "/Length", "/DL"};
        if (std::any_of(std::begin(own), std::end(own), [&key](const char* name) { return key == name; })) continue;
        entries += QPDFObjectHandle::newName(key).unparse() + " " + trailer.getKey(key).unparse() + " ";
    }
    std::string first; // the permanent part; made where there is none
    QPDFObjectHandle id = trailer.getKey("/ID");
    if (id.isArray() && id.getArrayNItems() == 2 && id.getArrayItem(0).isString()) first = id.getArrayItem(0).getStringValue();
    const Md5 digest = md5_of(first + number(state.source_size) + body);
    const std::string changed(reinterpret_cast<const char*>(digest.bytes.data()), digest.bytes.size());
    if (first.empty()) first = changed;
    return entries + "/ID [" + QPDFObjectHandle::newString(first).unparseBinary() + " " +
           QPDFObjectHandle::newString(changed).unparseBinary() + "] /Prev " + number(state.last.startxref);
}

// Runs of consecutive numbers: first number and the entries from it on.
std::vector<std::pair<Offsets::const_iterator, int>> runs_of(const Offsets& offsets) {
    std::vector<std::pair<Offsets::const_iterator, int>> runs;
    int expected = -1;
    for (auto it = offsets.begin(); it != offsets.end(); ++it) {
        if (it->first != expected) runs.emplace_back(it, 0);
        ++runs.back().second;
        expected = it->first + 1;
    }
    return runs;
}

Result<std::string> table_section(PdfIncrement::State& state, const Offsets& offsets, const std::string& body) {
    std::string section = "xref\n";
    for (const auto& [first, count] : runs_of(offsets)) {
        section += fill("{} {}\n", first->first, count);
        auto entry = first;
        for (int i = 0; i < count; ++i, ++entry) {
            if (entry->second > 9'999'999'999ull)
                return Error(ErrorKind::unsupported, "the PDF is larger than a cross-reference table can address (10 GB)", {state.path});
            section += fill("{:010d} {:05d} n \n", entry->second, state.objects.at(entry->first).generation);
        }
    }
    return section + "trailer\n<< /Size " + std::to_string(state.next_number) + " " + trailer_entries(state, body) + " >>\n";
}

std::string stream_section(PdfIncrement::State& state, Offsets offsets, std::uint64_t at, const std::string& body) {
    const int own_number = state.next_number++;
    offsets[own_number] = at; // the highest offset of all
    int width = 4;
    while (width < 8 && at >> (8 * width) != 0) ++width;
    std::string index, data;
    for (const auto& [first, count] : runs_of(offsets)) {
        index += fill("{} {} ", first->first, count);
        auto entry = first;
        for (int i = 0; i < count; ++i, ++entry) {
            data += '\1';
            for (int shift = width - 1; shift >= 0; --shift) data += static_cast<char>(entry->second >> (8 * shift) & 255);
            const int generation = entry->first == own_number ? 0 : state.objects.at(entry->first).generation;
            data += static_cast<char>(generation >> 8 & 255);
            data += static_cast<char>(generation & 255);
        }
    }
    index.pop_back();
    const std::string entries = trailer_entries(state, body);
    return fill("{} 0 obj\n<< /Type /XRef /Size {} /W [1 {} 2] /Index [{}] {} /Length {} >>\nstream\n", own_number, state.next_number,
                width, index, entries, data.size()) +
           data + "\nendstream\nendobj\n";
}

Result<Tail> make_tail(PdfIncrement::State& state) {
    Tail tail;
    if (!state.source_ends_line) tail.bytes = "\n";
    Offsets offsets;
    std::size_t range_at = 0;
    for (const auto& [id, object] : state.objects) {
        offsets[id] = state.source_size + tail.bytes.size();
        tail.bytes += fill("{} {} obj\n", id, object.generation);
        if (id == state.signature) {
            range_at = tail.bytes.size() + state.range_at;
            tail.contents_at = tail.bytes.size() + state.contents_at;
            tail.contents_size = 2 * state.contents_size + 2;
        }
        tail.bytes += object.text + "\nendobj\n";
    }
    const std::uint64_t at = state.source_size + tail.bytes.size();
    if (state.last.style == PdfRevision::Style::stream) {
        const std::string section = stream_section(state, offsets, at, tail.bytes);
        tail.bytes += section;
    } else {
        DOSSIER_TRY(const std::string section, table_section(state, offsets, tail.bytes));
        tail.bytes += section;
    }
    tail.bytes += "startxref\n" + number(at) + "\n%%EOF\n";
    if (state.signature != 0) {
        const std::uint64_t gap = state.source_size + tail.contents_at, after = gap + tail.contents_size;
        const std::string range = fill("[0 {} {} {}", gap, after, state.source_size + tail.bytes.size() - after);
        tail.bytes.replace(range_at, range.size(), range);
    }
    return tail;
}

Result<void> copy_source(PdfIncrement::State& state, OutputFile& out, Hasher& hasher) {
    std::uint64_t copied = 0;
    DOSSIER_CHECK(read_pieces(*state.fs, state.path, [&](std::string_view piece) -> Result<void> {
        copied += piece.size();
        hasher.update(piece);
        return out.write(piece);
    }));
    if (copied != state.source_size)
        return Error(ErrorKind::conflict, "the file changed while it was being signed", {state.path}, "run again when nobody writes to it");
    return {};
}

Result<void> write_all(PdfIncrement::State& state, Tail& tail, OutputFile& out,
                       const std::function<Result<std::string>(const Sha256&)>& contents) {
    Hasher hasher(Hasher::What::sha256);
    DOSSIER_CHECK(copy_source(state, out, hasher));
    if (state.signature != 0) {
        const std::string_view bytes = tail.bytes;
        hasher.update(bytes.substr(0, tail.contents_at));
        hasher.update(bytes.substr(tail.contents_at + tail.contents_size));
        DOSSIER_TRY(const std::string value, contents(hasher.finish().sha256));
        if (value.size() > state.contents_size) return Error(ErrorKind::internal, "the signature is larger than the place kept for it");
        static const char* const digits = "0123456789abcdef";
        for (std::size_t i = 0; i < value.size(); ++i) {
            tail.bytes[tail.contents_at + 1 + 2 * i] = digits[static_cast<unsigned char>(value[i]) >> 4];
            tail.bytes[tail.contents_at + 2 + 2 * i] = digits[static_cast<unsigned char>(value[i]) & 15];
        }
    }
    DOSSIER_CHECK(out.write(tail.bytes));
    DOSSIER_CHECK(out.sync());
    return out.close();
}

} // namespace

Result<void> PdfIncrement::write(const std::string& target, const std::function<Result<std::string>(const Sha256&)>& contents) {
    State& state = *state_;
    Tail tail;
    const auto built = pdf::guarded(state.path, [&]() -> Result<void> {
        DOSSIER_TRY(tail, make_tail(state));
        return {};
    });
    if (!built) return built.error();
    const std::string temporary = target + ".part";
    (void)state.fs->remove(temporary).has_value(); // left by an interrupted run
    DOSSIER_TRY(auto out, state.fs->create(temporary));
    auto done = write_all(state, tail, *out, contents);
    if (done) done = state.fs->rename(temporary, target);
    if (!done) {
        (void)state.fs->remove(temporary).has_value();
        return done;
    }
    return state.fs->sync_folder(path::parent(target));
}

} // namespace dossier
