// Decoding what pages draw. A viewer leaves a page blank, or ends it in the middle, where its stream is damaged, and most say nothing.
#include <stdexcept>

#include <qpdf/Pipeline.hh>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFExc.hh>
#include <qpdf/QPDFObjectHandle.hh>

#include "core/pdf_content_parts.hpp"
#include "core/text.hpp"

namespace dossier::pdf {

using Handle = QPDFObjectHandle;

namespace {

struct Enough : std::runtime_error {
    Enough() : std::runtime_error("enough") {}
};

class Adler32 { // RFC 1950, 8.2
public:
    void add(const unsigned char* data, std::size_t length) {
        constexpr std::size_t before_overflow = 5552;
        while (length > 0) {
            const std::size_t some = std::min(length, before_overflow);
            for (std::size_t i = 0; i < some; ++i) b_ += a_ += data[i];
            a_ %= 65521;
            b_ %= 65521;
            data += some;
            length -= some;
        }
    }
    std::string bytes() const {
        std::string four;
        for (const std::uint32_t part : {b_ >> 8, b_, a_ >> 8, a_}) four += static_cast<char>(part & 0xff);
        return four;
    }

private:
    std::uint32_t a_ = 1, b_ = 0;
};

class Sink final : public Pipeline {
public:
    Sink(std::size_t keep, std::uint64_t most) : Pipeline("sink", nullptr), keep_(keep), most_(most) {}
    void write(unsigned char const* data, size_t length) override {
        start.append(reinterpret_cast<const char*>(data), std::min(length, keep_ - start.size()));
        bytes += length;
        sum.add(data, length);
        if (bytes >= most_) throw Enough();
    }
    void finish() override {}
    bool is_full() const { return bytes >= most_; }

    std::string start;
    std::uint64_t bytes = 0;
    Adler32 sum;

private:
    std::size_t keep_;
    std::uint64_t most_;
};

class Tail final : public Pipeline { // the last bytes
public:
    Tail() : Pipeline("tail", nullptr) {}
    void write(unsigned char const* data, size_t length) override {
        const std::size_t some = std::min(length, most);
        if (last.size() + some > most) last.erase(0, last.size() + some - most);
        last.append(reinterpret_cast<const char*>(data) + length - some, some);
    }
    void finish() override {}

    static constexpr std::size_t most = 64;
    std::string last;
};

bool is_flate_alone(Handle dictionary) {
    Handle filter = dictionary.getKey("/Filter");
    if (filter.isArray() && filter.getArrayNItems() == 1) filter = filter.getArrayItem(0);
    return (filter.isNameAndEquals("/FlateDecode") || filter.isNameAndEquals("/Fl")) && dictionary.getKey("/DecodeParms").isNull();
}

// libqpdf, like viewers, does not ask for the checksum. It is the last four bytes of the data, if nothing was written behind them.
bool has_other_sum(Handle stream, const Adler32& sum) {
    Tail tail;
    bool filtered = false;
    if (!is_flate_alone(stream.getDict()) || !stream.pipeStreamData(&tail, &filtered, 0, qpdf_dl_none, true)) return false;
    return tail.last.find(sum.bytes()) == std::string::npos;
}

// early: without the mark of its end; altered: it is not what it was packed as; packed: by a filter that is none for text.
enum class End { whole, full, early, altered, damaged, packed };

void forget_warnings_from(QPDF& owner, std::size_t before) {
    if (owner.numWarnings() == before) return;
    const std::vector<QPDFExc> warnings = owner.getWarnings();
    for (std::size_t i = 0; i < before; ++i) owner.warn(warnings[i]);
}

End decode(Handle stream, Sink& sink) {
    QPDF* const owner = stream.getOwningQPDF();
    if (!owner) return End::whole; // no stream of a file
    const std::size_t before = owner->numWarnings();
    bool filtered = false, done = false;
    try {
        done = stream.pipeStreamData(&sink, &filtered, 0, qpdf_dl_specialized, true);
    } catch (const std::exception&) { // judged by what is missing
    }
    if (sink.is_full()) {
        forget_warnings_from(*owner, before); // that its end is missing
        return End::full;
    }
    if (!done) return End::damaged;
    if (!filtered) return End::packed;
    if (owner->numWarnings() > before) return End::early;
    return sink.bytes > 0 && has_other_sum(stream, sink.sum) ? End::altered : End::whole;
}

} // namespace

std::string decoded_start(Handle stream, std::size_t limit) {
    QPDF* owner = stream.getOwningQPDF();
    if (!stream.isStream() || !owner) return {};
    const std::size_t before = owner->numWarnings();
    Sink sink(limit, limit);
    const End end = decode(stream, sink);
    forget_warnings_from(*owner, before);
    return end == End::packed ? std::string() : std::move(sink.start);
}

std::string PageStreams::decode_once(Handle stream, std::int64_t number, std::size_t keep, Start& start) {
    constexpr std::uint64_t most_of_one = 64u << 20, most_of_all = 512u << 20, beginning = 64u << 10;
    if (!stream.isStream()) return {};
    const auto [known, is_new] = faults_.emplace(key_of(stream), "");
    if (!is_new && keep <= start.text.size()) return known->second;
    Sink sink(keep - std::min(keep, start.text.size()), is_new && decoded_ < most_of_all ? most_of_one : beginning);
    const End end = decode(stream, sink);
    decoded_ += sink.bytes;
    start.all = start.all && sink.start.size() == sink.bytes;
    start.text += sink.start + "\n";
    if (!is_new) return known->second;
    const int object = stream.getObjectID();
    if (end == End::packed) known->second = fill("what it draws is packed in a way that is none for pages (object {})", object);
    if (end == End::damaged) known->second = fill("what it draws is damaged (object {})", object);
    if (end == End::early)
        content_.warnings.push_back(fill("what page {} draws has no end (object {}), and some of it may be missing", number, object));
    if (end == End::altered)
        content_.warnings.push_back(fill("what page {} draws was altered: it differs from its checksum (object {})", number, object));
    return known->second;
}

void PageStreams::add_fault(std::string fault, std::int64_t number) {
    PdfPages& pages = content_.pages;
    if (fault.empty() || number == last_faulty_) return;
    last_faulty_ = number;
    if (++pages.unreadable > 1) return;
    pages.first_unreadable = number;
    pages.unreadable_why = std::move(fault);
}

PageStreams::Start PageStreams::read(Handle page, std::int64_t number, std::size_t keep) {
    Handle contents = page.getKey("/Contents");
    Start start;
    const auto add = [&](Handle stream) { add_fault(decode_once(stream, number, keep, start), number); };
    if (contents.isStream()) add(contents);
    for (int i = 0; contents.isArray() && i < contents.getArrayNItems(); ++i) add(contents.getArrayItem(i));
    return start;
}

void PageStreams::check(Handle form, std::int64_t number) {
    Start none;
    add_fault(decode_once(form, number, 0, none), number);
}

} // namespace dossier::pdf
