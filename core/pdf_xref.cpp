#include "core/pdf_xref.hpp"

#include <algorithm>
#include <cctype>
#include <cstring>
#include <stdexcept>

#include <qpdf/InputSource.hh>
#include <qpdf/Pipeline.hh>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFObjectHandle.hh>
#include <qpdf/QPDFTokenizer.hh>

#include "core/text.hpp"

namespace dossier::pdf {

namespace {

constexpr std::int64_t most_objects = 8'388'607; // ISO 32000-1, annex C

bool is_white(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == '\0'; }

// Reads words of plain text; a table has too many entries for the general tokenizer.
class Words {
public:
    explicit Words(InputSource& source) : source_(source) {}
    char peek() {
        if (at_ == buffer_.size()) {
            start_ += at_;
            buffer_.resize(16384);
            buffer_.resize(source_.read(buffer_.data(), buffer_.size()));
            at_ = 0;
        }
        return at_ < buffer_.size() ? buffer_[at_] : '\0';
    }
    bool at_end() { return peek() == '\0' && at_ == buffer_.size(); }
    std::string next() {
        while (!at_end() && is_white(peek())) ++at_;
        std::string word;
        while (!at_end() && !is_white(peek()) && peek() != '<' && word.size() < 32) word += buffer_[at_++];
        return word;
    }
    void seek(std::uint64_t offset) {
        source_.seek(static_cast<qpdf_offset_t>(offset), SEEK_SET);
        buffer_.clear();
        at_ = 0;
        start_ = offset;
    }
    std::uint64_t position() const { return start_ + at_; }

private:
    InputSource& source_;
    std::string buffer_;
    std::size_t at_ = 0;
    std::uint64_t start_ = 0;
};

bool to_number(const std::string& word, std::int64_t& number) {
    if (word.empty() || word.size() > 18 || !std::all_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; }))
        return false;
    number = std::stoll(word);
    return true;
}

Error broken(const std::string& path, std::uint64_t offset, std::string_view what) {
    return Error(ErrorKind::invalid, fill("the cross-reference section at byte {} cannot be read: {}", offset, what),
                 {path, "", 0, "", static_cast<std::int64_t>(offset)});
}

std::int64_t integer_of(QPDFObjectHandle dictionary, const char* key) {
    QPDFObjectHandle value = dictionary.getKey(key);
    return value.isInteger() ? value.getIntValue() : -1;
}

void take_trailer(QPDFObjectHandle trailer, XrefSection& section) {
    section.previous = integer_of(trailer, "/Prev");
    section.hybrid = integer_of(trailer, "/XRefStm");
    section.encrypted = trailer.hasKey("/Encrypt");
}

QPDFObjectHandle parse_dictionary(const std::shared_ptr<InputSource>& source, QPDF& context, std::uint64_t offset) {
    source->seek(static_cast<qpdf_offset_t>(offset), SEEK_SET);
    QPDFTokenizer tokenizer;
    bool empty = false;
    return QPDFObjectHandle::parse(source, "cross-reference section", tokenizer, empty, nullptr, &context);
}

Result<XrefSection> read_table(const std::shared_ptr<InputSource>& source, QPDF& context, Words& words, XrefSection section,
                               const std::string& path) {
    for (;;) {
        const std::string first_word = words.next();
        if (first_word == "trailer") break;
        std::int64_t first = 0, count = 0;
        if (!to_number(first_word, first) || !to_number(words.next(), count) || first > most_objects || count > most_objects)
            return broken(path, section.offset, fill("a subsection was expected at byte {}", words.position()));
        for (std::int64_t i = 0; i < count; ++i) {
            std::int64_t offset = 0, generation = 0;
            const bool numbers = to_number(words.next(), offset) && to_number(words.next(), generation);
            const std::string kind = words.next();
            if (!numbers || (kind != "n" && kind != "f"))
                return broken(path, section.offset, fill("an entry was expected at byte {}", words.position()));
            const auto number = static_cast<int>(first + i);
            if (kind == "n") section.objects.push_back(number);
            if (kind == "f" && number != 0) section.freed.push_back(number);
        }
    }
    QPDFObjectHandle trailer = parse_dictionary(source, context, words.position());
    if (!trailer.isDictionary()) return broken(path, section.offset, "there is no trailer dictionary");
    section.end = static_cast<std::uint64_t>(source->tell());
    take_trailer(trailer, section);
    return section;
}

// Collects decoded bytes up to a limit: a few bytes can inflate to gigabytes.
class BoundedSink final : public Pipeline {
public:
    BoundedSink() : Pipeline("cross-reference stream", nullptr) {}
    void write(unsigned char const* data, size_t length) override {
        constexpr std::size_t most = std::size_t{most_objects} * 20;
        if (bytes.size() + length > most) throw std::runtime_error("a cross-reference stream larger than 160 MB");
        bytes.append(reinterpret_cast<const char*>(data), length);
    }
    void finish() override {}
    std::string bytes;
};

std::string read_raw(InputSource& source, std::uint64_t offset, std::size_t length) {
    std::string bytes(length, '\0');
    source.seek(static_cast<qpdf_offset_t>(offset), SEEK_SET);
    bytes.resize(source.read(bytes.data(), length));
    return bytes;
}

std::uint64_t field(const std::string& bytes, std::size_t at, int width) {
    std::uint64_t value = 0;
    for (int i = 0; i < width; ++i) value = value << 8 | static_cast<unsigned char>(bytes[at + static_cast<std::size_t>(i)]);
    return value;
}

bool read_widths(QPDFObjectHandle dictionary, int (&widths)[3]) {
    QPDFObjectHandle list = dictionary.getKey("/W");
    if (!list.isArray() || list.getArrayNItems() != 3) return false;
    for (int i = 0; i < 3; ++i) {
        if (!list.getArrayItem(i).isInteger()) return false;
        const auto width = list.getArrayItem(i).getIntValue();
        if (width < 0 || width > 8) return false;
        widths[i] = static_cast<int>(width);
    }
    return widths[1] > 0;
}

bool read_entries(QPDFObjectHandle dictionary, const std::string& bytes, XrefSection& section) {
    int widths[3] = {};
    if (!read_widths(dictionary, widths)) return false;
    std::vector<std::int64_t> index;
    QPDFObjectHandle list = dictionary.getKey("/Index");
    if (list.isArray())
        for (int i = 0; i < list.getArrayNItems(); ++i) {
            if (!list.getArrayItem(i).isInteger()) return false;
            index.push_back(list.getArrayItem(i).getIntValue());
        }
    else
        index = {0, integer_of(dictionary, "/Size")};
    if (index.size() % 2 != 0) return false;
    std::size_t at = 0;
    const auto entry = static_cast<std::size_t>(widths[0] + widths[1] + widths[2]);
    for (std::size_t pair = 0; pair < index.size(); pair += 2) {
        if (index[pair] < 0 || index[pair] > most_objects || index[pair + 1] < 0 || index[pair + 1] > most_objects) return false;
        for (std::int64_t i = 0; i < index[pair + 1]; ++i, at += entry) {
            if (at + entry > bytes.size()) return false;
            const std::uint64_t kind = widths[0] == 0 ? 1 : field(bytes, at, widths[0]);
            const auto number = static_cast<int>(index[pair] + i);
            if (kind == 0 && number != 0) section.freed.push_back(number);
            if (kind == 1 || kind == 2) section.objects.push_back(number);
        }
    }
    return true;
}

Result<XrefSection> read_stream(const std::shared_ptr<InputSource>& source, QPDF& context, Words& words, XrefSection section,
                                const std::string& path) {
    std::int64_t number = 0, generation = 0;
    const bool is_object = to_number(words.next(), number) && to_number(words.next(), generation) && words.next() == "obj";
    if (!is_object) return broken(path, section.offset, "neither \"xref\" nor an object starts there");
    QPDFObjectHandle dictionary = parse_dictionary(source, context, words.position());
    const bool is_xref =
        dictionary.isDictionary() && dictionary.getKey("/Type").isName() && dictionary.getKey("/Type").getName() == "/XRef";
    const std::int64_t length = is_xref ? integer_of(dictionary, "/Length") : -1;
    if (length < 0 || length > (std::int64_t{1} << 30))
        return broken(path, section.offset, "the object there is no cross-reference stream");
    words.seek(static_cast<std::uint64_t>(source->tell()));
    if (words.next() != "stream") return broken(path, section.offset, "the stream does not begin");
    std::uint64_t data = words.position();
    if (read_raw(*source, data, 1) == "\r") ++data;
    if (read_raw(*source, data, 1) == "\n") ++data;
    const std::string raw = read_raw(*source, data, static_cast<std::size_t>(length));
    if (raw.size() != static_cast<std::size_t>(length)) return broken(path, section.offset, "the stream is cut off");

    QPDFObjectHandle stream = QPDFObjectHandle::newStream(&context, raw);
    stream.replaceStreamData(raw, dictionary.getKey("/Filter"), dictionary.getKey("/DecodeParms"));
    BoundedSink sink;
    bool filtered = false;
    if (!stream.pipeStreamData(&sink, &filtered, 0, qpdf_dl_generalized, true) || !read_entries(dictionary, sink.bytes, section))
        return broken(path, section.offset, "its entries do not fit /W, /Index and /Size");
    words.seek(data + raw.size());
    if (words.next() != "endstream" || words.next() != "endobj")
        return broken(path, section.offset, "the stream does not end at its /Length");
    section.end = words.position();
    section.is_stream = true;
    take_trailer(dictionary, section);
    return section;
}

} // namespace

Result<XrefSection> read_xref_section(const std::shared_ptr<InputSource>& source, QPDF& context, std::uint64_t offset,
                                      const std::string& path) {
    Words words(*source);
    words.seek(offset);
    XrefSection section;
    section.offset = offset;
    const bool is_table = words.next() == "xref";
    if (!is_table) words.seek(offset);
    auto read = is_table ? read_table(source, context, words, section, path) : read_stream(source, context, words, section, path);
    if (!read) return read;
    for (auto* list : {&read->objects, &read->freed}) {
        std::sort(list->begin(), list->end());
        list->erase(std::unique(list->begin(), list->end()), list->end());
    }
    return read;
}

Result<std::uint64_t> read_startxref(InputSource& source, std::uint64_t size, const std::string& path) {
    const std::uint64_t from = size > 1024 ? size - 1024 : 0;
    const std::string end = read_raw(source, from, static_cast<std::size_t>(size - from));
    const std::size_t at = end.rfind("startxref");
    if (at == std::string::npos)
        return Error(ErrorKind::invalid, fill("the PDF ends at byte {} without startxref", size),
                     {path, "", 0, "", static_cast<std::int64_t>(size)});
    Words words(source);
    words.seek(from + at + std::strlen("startxref"));
    std::int64_t offset = 0;
    if (!to_number(words.next(), offset) || static_cast<std::uint64_t>(offset) >= size)
        return Error(ErrorKind::invalid, "startxref names no byte of the file", {path, "", 0, "", static_cast<std::int64_t>(from + at)});
    return static_cast<std::uint64_t>(offset);
}

std::uint64_t end_of_revision(InputSource& source, std::uint64_t from) {
    Words words(source);
    words.seek(from);
    std::int64_t offset = 0;
    if (words.next() != "startxref" || !to_number(words.next(), offset) || words.next().substr(0, 5) != "%%EOF") return 0;
    std::uint64_t end = words.position();
    if (read_raw(source, end, 1) == "\r") ++end;
    if (read_raw(source, end, 1) == "\n") ++end;
    return end;
}

} // namespace dossier::pdf
