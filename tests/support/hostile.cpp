#include "tests/support/hostile.hpp"

#include <cstdint>
#include <stdexcept>

#include "tests/support/pdf.hpp"

namespace test {

namespace {

class Bits { // RFC 1951: numbers low bit first, Huffman codes high bit first
public:
    void number(unsigned value, int count) {
        for (int i = 0; i < count; ++i) bit(value >> i & 1u);
    }
    void code(unsigned value, int count) {
        for (int i = count - 1; i >= 0; --i) bit(value >> i & 1u);
    }
    std::string finish() {
        while (count_ != 0) bit(0);
        return std::move(bytes_);
    }

private:
    void bit(unsigned value) {
        byte_ |= value << count_;
        if (++count_ < 8) return;
        bytes_ += static_cast<char>(byte_);
        byte_ = 0;
        count_ = 0;
    }
    std::string bytes_;
    unsigned byte_ = 0;
    int count_ = 0;
};

void literal(Bits& bits, unsigned char byte) {
    if (byte < 144)
        bits.code(0x30u + byte, 8);
    else
        bits.code(0x190u + byte - 144u, 9);
}

std::string number(std::size_t value) { return std::to_string(value); }

std::string stream(const std::string& entries, const std::string& data) {
    return "<< " + entries + " /Length " + number(data.size()) + " >>\nstream\n" + data + "\nendstream";
}

const char* const twice = "/Filter [/FlateDecode /FlateDecode]";

// A document with one page, whose catalog lies in an object stream, or whose cross-reference stream is what is given.
std::string with_streams(const std::string& object_stream, const std::string& table_entries, const std::string& table) {
    std::string pdf = "%PDF-1.5\n";
    const std::size_t first = pdf.size();
    pdf += "5 0 obj\n" + object_stream + "\nendobj\n";
    const std::size_t second = pdf.size();
    const auto entry = [](unsigned kind, std::size_t where, unsigned index) { // W [1 4 2]
        std::string bytes(1, static_cast<char>(kind));
        for (int shift = 24; shift >= 0; shift -= 8) bytes += static_cast<char>(where >> shift & 0xFF);
        return bytes + std::string{static_cast<char>(index >> 8), static_cast<char>(index)};
    };
    const std::string own =
        entry(0, 0, 0) + entry(2, 5, 0) + entry(2, 5, 1) + entry(0, 0, 0) + entry(0, 0, 0) + entry(1, first, 0) + entry(1, second, 0);
    pdf += "6 0 obj\n" + stream("/Type /XRef /W [1 4 2] /Size 7 /Root 1 0 R " + table_entries, table.empty() ? own : table) + "\nendobj\n";
    return pdf + "startxref\n" + number(second) + "\n%%EOF\n";
}

std::string page_with(const std::string& entries, const std::vector<std::string>& objects, const std::string& catalog = "") {
    PdfSample sample;
    sample.page = entries;
    sample.objects = objects;
    sample.catalog = catalog;
    return make_pdf(sample);
}

std::string nested(const std::string& open, const std::string& close, std::size_t depth) {
    std::string text;
    for (std::size_t i = 0; i < depth; ++i) text += open;
    text += "0";
    for (std::size_t i = 0; i < depth; ++i) text += close;
    return text;
}

std::string pages(const std::string& root, const std::vector<std::pair<int, std::string>>& further) {
    std::vector<std::pair<int, std::string>> objects = {{1, "<< /Type /Catalog /Pages 2 0 R >>"}, {2, root}};
    objects.insert(objects.end(), further.begin(), further.end());
    return make_pdf_of("%PDF-1.7", objects, "/Size " + number(objects.size() + 1) + " /Root 1 0 R");
}

std::string doubling_pages(int levels) {
    std::vector<std::pair<int, std::string>> nodes;
    for (int node = 3; node < 3 + levels; ++node)
        nodes.push_back({node, "<< /Type /Pages /Kids [" + number(static_cast<std::size_t>(node) + 1) + " 0 R " +
                                   number(static_cast<std::size_t>(node) + 1) + " 0 R] /Count 2 >>"});
    nodes.push_back({3 + levels, "<< /Type /Page /MediaBox [0 0 9 9] >>"});
    return pages("<< /Type /Pages /Kids [3 0 R 3 0 R] /Count 2 >>", nodes);
}

std::string long_chain_of_pages(int length) {
    std::vector<std::pair<int, std::string>> nodes;
    for (int node = 3; node < 3 + length; ++node)
        nodes.push_back({node, "<< /Type /Pages /Count 1 /Kids [" + number(static_cast<std::size_t>(node) + 1) + " 0 R] >>"});
    nodes.push_back({3 + length, "<< /Type /Page /MediaBox [0 0 9 9] >>"});
    return pages("<< /Type /Pages /Kids [3 0 R] /Count 1 >>", nodes);
}

std::string bookmarks(const std::vector<std::string>& items) { return page_with("", items, "/Outlines << /First 100 0 R >>"); }

} // namespace

std::string deflated(const std::string& pattern, std::size_t size) {
    Bits bits;
    bits.number(1, 1); // the last block
    bits.number(1, 2); // with fixed codes
    for (const char c : pattern) literal(bits, static_cast<unsigned char>(c));
    for (std::size_t done = pattern.size(); done < size; done += 258) {
        bits.code(0xC5, 8); // 258 bytes ...
        if (pattern.size() == 1) {
            bits.code(0, 5); // ... from one byte before
        } else {             // ... from 13 bytes before: code 7 stands for 13 to 16
            bits.code(7, 5);
            bits.number(0, 2);
        }
    }
    bits.code(0, 7);
    return "\x78\x9C" + bits.finish() + std::string(4, '\0'); // a wrong checksum; nobody comes so far
}

std::string bomb(std::size_t size) {
    // Behind its first bytes, data that inflate to one byte again and again are 13 bytes again and again: eight times 13 bits.
    const std::string sample = deflated(" ", 50'000);
    const std::string start = sample.substr(0, 100), period = sample.substr(100, 13);
    const std::size_t length = size / 258 * 13 / 8;
    return deflated(start + period, length + 200);
}

std::vector<HostileFile> hostile_pdfs() {
    const std::string large = bomb(4'000'000'000u);
    const std::string whole = make_pdf();
    const std::string image = "/Resources << /Font << /F 3 0 R >> /XObject << /I 101 0 R >> >> /Contents 100 0 R";
    const std::string one_pixel =
        stream("/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8", "x");
    std::string many_annotations = "/Annots [";
    for (int i = 0; i < 300'000; ++i) many_annotations += "100 0 R ";
    std::vector<std::string> chain;
    for (std::size_t i = 0; i < 100'000; ++i) chain.push_back("<< /Title (x) /Dest (nowhere) /Next " + number(101 + i) + " 0 R >>");
    return {
        {"nested-dictionaries.pdf", page_with("/Deep " + nested("<< /A ", " >>", 50'000), {}), "any"},
        {"nested-arrays.pdf", page_with("/Deep " + nested("[", "]", 50'000), {}), "any"},
        {"object-stream-bomb.pdf", with_streams(stream(std::string("/Type /ObjStm /N 2 /First 10 ") + twice, large), "", ""), "stopped"},
        {"table-stream-bomb.pdf", with_streams("null", twice, large), "stopped"},
        {"content-bomb.pdf", page_with(image, {stream(twice, large), one_pixel}), "read"}, // the first 64 MB are enough
        {"metadata-bomb.pdf", page_with("", {stream(std::string("/Type /Metadata ") + twice, large)}, "/Metadata 100 0 R"), "read"},
        {"count-lie.pdf", pages("<< /Type /Pages /Kids [3 0 R] /Count 2147483647 >>", {{3, "<< /Type /Page /MediaBox [0 0 9 9] >>"}}),
         "damaged"},
        {"count-negative.pdf", pages("<< /Type /Pages /Kids [3 0 R] /Count -5 >>", {{3, "<< /Type /Page /MediaBox [0 0 9 9] >>"}}),
         "damaged"},
        {"page-loop.pdf", pages("<< /Type /Pages /Kids [3 0 R 2 0 R] /Count 2 >>", {{3, "<< /Type /Page /MediaBox [0 0 9 9] >>"}}),
         "damaged"},
        {"page-doubling.pdf", doubling_pages(24), "damaged"},
        {"page-chain.pdf", long_chain_of_pages(50'000), "read"},
        {"page-parents-loop.pdf",
         pages("<< /Type /Pages /Kids [3 0 R] /Count 1 /Parent 3 0 R >>", {{3, "<< /Type /Page /Parent 2 0 R >>"}}), "read"},
        {"bookmark-loop.pdf", bookmarks({"<< /Title (a) /Next 101 0 R >>", "<< /Title (b) /First 100 0 R >>"}), "damaged"},
        {"bookmark-itself.pdf", bookmarks({"<< /Title (a) /Next 100 0 R /First 100 0 R >>"}), "damaged"},
        {"bookmark-chain.pdf", bookmarks(chain), "read"},
        {"form-loop.pdf",
         page_with("/Resources << /XObject << /X 100 0 R >> /Pattern << /P 100 0 R >> >>",
                   {stream("/Subtype /Form /Resources << /XObject << /X 100 0 R >> /Font << /F 101 0 R >> >>", "/X Do"),
                    "<< /Type /Font /Subtype /Type3 /Resources << /Font << /F 101 0 R >> >> >>"}),
         "read"},
        {"name-loop.pdf",
         page_with("", {"<< /Kids [100 0 R 100 0 R] /Names [(a) 100 0 R] >>"}, "/Names << /Dests 100 0 R /JavaScript 100 0 R >>"), "read"},
        {"action-loop.pdf", page_with("", {"<< /S /JavaScript /JS (x) /Next [100 0 R 100 0 R] >>"}, "/OpenAction 100 0 R"), "read"},
        {"field-loop.pdf",
         page_with("", {"<< /T (a) /Kids [100 0 R << /T (b) /Kids [100 0 R] >>] /Parent 100 0 R >>"}, "/AcroForm << /Fields [100 0 R] >>"),
         "read"},
        {"annotations.pdf", page_with(many_annotations + "]", {"<< /Subtype /Link /Dest (a) >>"}), "read"},
        {"half.pdf", whole.substr(0, whole.size() / 2), "refused"},
        {"without-end.pdf", whole.substr(0, whole.size() - 40), "any"},
        {"only-header.pdf", "%PDF-1.7\n", "refused"},
        {"noise.pdf", "%PDF-1.7\n" + std::string(100'000, '<'), "refused"},
    };
}

HostileFile hostile_pdf(const std::string& name) {
    for (const HostileFile& file : hostile_pdfs())
        if (file.name == name) return file;
    throw std::runtime_error("there is no hostile file " + name);
}

std::vector<HostileFile> hostile_xml() {
    std::string lol = "<?xml version=\"1.0\"?>\n<!DOCTYPE a [<!ENTITY a0 \"ha\">";
    for (int i = 1; i < 20; ++i) {
        lol += "<!ENTITY a" + std::to_string(i) + " \"";
        for (int k = 0; k < 10; ++k) lol += "&a" + std::to_string(i - 1) + ";";
        lol += "\">";
    }
    std::string attributes = "<?xml version=\"1.0\"?>\n<a";
    for (int i = 0; i < 1'000'000; ++i) attributes += " a" + std::to_string(i) + "=\"\"";
    return {
        {"entity-bomb.xml", lol + "]><a>&a19;</a>", "beyond"},
        {"external-entity.xml", "<?xml version=\"1.0\"?>\n<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a>&x;</a>", "beyond"},
        {"external-grammar.xml", "<?xml version=\"1.0\"?>\n<!DOCTYPE a SYSTEM \"http://example.org/a.dtd\"><a/>", "read"},
        {"million-attributes.xml", attributes + "/>", "beyond"},
        {"deep.xml", "<?xml version=\"1.0\"?>\n" + nested("<a>", "</a>", 200'000), "beyond"},
        {"cut.xml", "<?xml version=\"1.0\"?>\n<a><b>", "refused"},
    };
}

} // namespace test
