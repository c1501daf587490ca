#include "core/pdf_signature_scan.hpp"

#include <algorithm>

#include <qpdf/InputSource.hh>
#include <qpdf/QPDFTokenizer.hh>

#include "core/text.hpp"

namespace dossier::pdf {

namespace {

using Token = QPDFTokenizer::Token;

struct Raw {
    int ranges = 0, contents = 0;   // how often the keys stand at the top level
    std::vector<std::string> range; // tokens inside the brackets
    bool range_is_integers = true;
    bool is_hexadecimal = false;
    std::string value, text; // of /Contents: decoded, as written
    std::uint64_t start = 0, end = 0;
};

// Walks the dictionary, whose "<<" has been read, and keeps what stands at its top level. False when it does not end.
bool read_raw(const std::shared_ptr<InputSource>& source, QPDFTokenizer& tokenizer, Raw& raw) {
    std::string key;
    bool expects_value = false;
    for (int depth = 1; depth > 0;) {
        const Token token = tokenizer.readToken(source, "signature", true);
        const auto type = token.getType();
        if (type == QPDFTokenizer::tt_eof || type == QPDFTokenizer::tt_bad) return false;
        const bool opens = type == QPDFTokenizer::tt_dict_open || type == QPDFTokenizer::tt_array_open;
        if (depth == 1 && !expects_value && (opens || type == QPDFTokenizer::tt_string)) return false; // a value without a key
        if (opens) {
            ++depth;
        } else if (type == QPDFTokenizer::tt_dict_close || type == QPDFTokenizer::tt_array_close) {
            if (--depth == 1) expects_value = false;
        } else if (depth == 1 && type == QPDFTokenizer::tt_name && !expects_value) {
            key = token.getValue();
            raw.ranges += key == "/ByteRange";
            raw.contents += key == "/Contents";
            expects_value = true;
        } else if (depth == 1 && expects_value) { // of "12 0 R" the first token counts, the others fall through
            expects_value = false;
            if (key == "/Contents" && type == QPDFTokenizer::tt_string) {
                raw.start = static_cast<std::uint64_t>(source->getLastOffset());
                raw.end = static_cast<std::uint64_t>(source->tell());
                raw.value = token.getValue();
                raw.text = token.getRawValue();
            }
        } else if (depth == 2 && key == "/ByteRange") {
            raw.range.push_back(token.getRawValue());
            raw.range_is_integers = raw.range_is_integers && type == QPDFTokenizer::tt_integer;
        }
    }
    return true;
}

bool to_offset(const std::string& text, std::uint64_t& value) {
    if (text.empty() || text.size() > 18 || !std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; }))
        return false;
    value = std::stoull(text);
    return true;
}

bool is_hexadecimal(const std::string& text) {
    if (text.size() < 2 || text.front() != '<' || text.back() != '>' || text.size() % 2 != 0) return false;
    return std::all_of(text.begin() + 1, text.end() - 1,
                       [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); });
}

void judge(const Raw& raw, std::uint64_t file_size, PdfSignature& signature) {
    const auto flaw = [&signature](std::string text) { signature.flaws.push_back(std::move(text)); };
    if (raw.ranges != 1 || raw.contents != 1)
        return flaw(fill("its dictionary has /ByteRange {} times and /Contents {} times, once each is wanted", raw.ranges, raw.contents));
    if (!is_hexadecimal(raw.text)) return flaw("its /Contents is not one hexadecimal string");
    std::uint64_t range[4] = {};
    bool readable = raw.range.size() == 4 && raw.range_is_integers;
    for (std::size_t i = 0; readable && i < 4; ++i) readable = to_offset(raw.range[i], range[i]);
    if (!readable) return flaw("its /ByteRange is not four offsets");
    signature.gap_start = raw.start;
    signature.gap_end = raw.end;
    signature.contents = raw.value;
    signature.signed_end = range[2] + range[3];
    if (range[0] != 0) flaw(fill("its signed bytes start at byte {}, not at the start of the file", range[0]));
    if (range[1] != raw.start || range[2] != raw.end)
        flaw(fill("its signed bytes leave out bytes {} to {}, its /Contents stands at {} to {}", range[1], range[2], raw.start, raw.end));
    if (signature.signed_end > file_size)
        flaw(fill("its signed bytes end at byte {}, the file at byte {}: the file was cut", signature.signed_end, file_size));
}

} // namespace

void scan_signature(const std::shared_ptr<InputSource>& source, std::uint64_t file_size, std::uint64_t offset, PdfSignature& signature) {
    source->seek(static_cast<qpdf_offset_t>(offset), SEEK_SET);
    QPDFTokenizer tokenizer;
    tokenizer.allowEOF();
    const std::string number = tokenizer.readToken(source, "signature", true).getRawValue();
    tokenizer.readToken(source, "signature", true); // the generation
    const bool is_object = tokenizer.readToken(source, "signature", true).getRawValue() == "obj" &&
                           number == std::to_string(signature.object) &&
                           tokenizer.readToken(source, "signature", true).getType() == QPDFTokenizer::tt_dict_open;
    Raw raw;
    if (is_object && read_raw(source, tokenizer, raw))
        judge(raw, file_size, signature);
    else
        signature.flaws.push_back(fill("its dictionary cannot be read at byte {}", offset));
}

} // namespace dossier::pdf
