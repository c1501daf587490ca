// Pages whose streams are damaged: what qpdf --check and poppler's pdftotext say of such files is written beside each.
#include <catch2/catch.hpp>

#include "core/pdf_content.hpp"
#include "core/text.hpp"
#include "tests/support/pdf.hpp"
#include "tests/support/pdf_content.hpp"

using namespace dossier;
using test::content_of;

namespace {

// RFC 1950 and 1951: one stored block, so that the bytes stand here as they are.
std::string flate(const std::string& text, bool last = true) {
    std::uint32_t a = 1, b = 0;
    for (const char c : text) b = (b + (a = (a + static_cast<unsigned char>(c)) % 65521)) % 65521;
    const auto byte = [](std::size_t value) { return std::string(1, static_cast<char>(value & 0xff)); };
    const std::size_t size = text.size();
    const std::string head =
        std::string("\x78\x01", 2) + byte(last ? 1 : 0) + byte(size) + byte(size >> 8) + byte(~size) + byte(~size >> 8);
    return head + text + byte(b >> 8) + byte(b) + byte(a >> 8) + byte(a);
}

std::string stream(const std::string& data, const std::string& entries) {
    return fill("<< {} /Length {} >>\nstream\n", entries, data.size()) + data + "\nendstream";
}

const std::string text_drawn = "BT /F1 12 Tf 72 770 Td (Readable) Tj ET";

// Three pages; `contents` is what the second has as /Contents and further entries, `objects` are from 20 on.
PdfContent with_second_page(const std::string& contents, const std::vector<std::string>& objects) {
    const std::string page = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] ";
    std::vector<std::pair<int, std::string>> all = {
        {1, "<< /Type /Catalog /Pages 2 0 R >>"}, {2, "<< /Type /Pages /Kids [3 0 R 4 0 R 5 0 R] /Count 3 >>"},
        {3, page + "/Contents 6 0 R >>"},         {4, page + contents + " >>"},
        {5, page + "/Contents 6 0 R >>"},         {6, stream(flate(text_drawn), "/Filter /FlateDecode")}};
    for (const std::string& object : objects) all.emplace_back(static_cast<int>(20 + all.size() - 6), object);
    return content_of(test::make_pdf_of("%PDF-1.7", all, fill("/Size {} /Root 1 0 R", 20 + objects.size())));
}

PdfContent with_stream(const std::string& data, const std::string& entries = "/Filter /FlateDecode") {
    return with_second_page("/Contents 20 0 R", {stream(data, entries)});
}

} // namespace

TEST_CASE("a page whose content cannot be decoded is told") { // qpdf: "errors while decoding content stream", exit code 2
    const std::string good = flate(text_drawn);
    const std::vector<std::pair<std::string, std::string>> damaged = {
        {"XX" + good.substr(2), "/Filter /FlateDecode"},
        {good.substr(2), "/Filter /FlateDecode"}, // without its header
        {good.substr(0, 3) + "\xff\xff" + good.substr(5), "/Filter /FlateDecode"},
        {"42542f4zz46312031", "/Filter /ASCIIHexDecode"},
        {"87cURD]i,{{{~>", "/Filter /ASCII85Decode"},
        {"\x80\x0b\x60\x50\xff\xff\xff\xff", "/Filter /LZWDecode"}};
    for (const auto& [data, entries] : damaged) {
        INFO(entries);
        const PdfContent content = with_stream(data, entries);
        CHECK(content.pages.unreadable == 1);
        CHECK(content.pages.first_unreadable == 2);
        CHECK(content.pages.unreadable_why == "what it draws is damaged (object 20)");
        CHECK(content.pages.total == 3);
    }
    for (const std::string filter : {"/FooDecode", "/DCTDecode"}) { // of pictures, or of nobody
        const PdfContent content = with_stream(good, "/Filter " + filter);
        CHECK(content.pages.unreadable == 1);
        CHECK(content.pages.unreadable_why == "what it draws is packed in a way that is none for pages (object 20)");
    }
}

TEST_CASE("a page is whole where viewers show all of it without a word") { // qpdf: exit code 0; pdftotext: all lines
    const std::string good = flate(text_drawn);
    for (const std::string& data : {good, good + "\r\n", good + "more that nobody reads", std::string()}) {
        const PdfContent content = with_stream(data);
        CHECK(content.pages.unreadable == 0);
        CHECK(content.warnings.empty());
        CHECK_FALSE(content.damaged);
    }
    for (const std::string contents : {"", "/Contents []", "/Contents 99 0 R"}) // blank: 7.7.3.3
        CHECK(with_second_page(contents, {}).pages.unreadable == 0);
    CHECK(with_stream(text_drawn, "").pages.unreadable == 0);
    CHECK(with_stream("42542f46312031>", "/Filter [/ASCIIHexDecode]").pages.unreadable == 0);
}

TEST_CASE("a page whose content stops before its end is repaired") { // qpdf: "output may still be valid", exit code 3
    const std::string good = flate(text_drawn), unfinished = flate(text_drawn, false);
    for (const std::string& data : {good.substr(0, 20), unfinished.substr(0, unfinished.size() - 4)}) {
        const PdfContent content = with_stream(data);
        CHECK(content.pages.unreadable == 0);
        CHECK(content.damaged);
        CHECK_THAT(join(content.warnings, "\n"), Catch::Contains("what page 2 draws has no end (object 20)"));
    }
}

TEST_CASE("a page whose content is not what its checksum is of is repaired") { // qpdf: exit code 0; pdftotext: the altered text
    std::string altered = flate(text_drawn);
    altered[altered.find("Read")] = 'B';
    const PdfContent content = with_stream(altered);
    CHECK(content.pages.unreadable == 0);
    CHECK(content.damaged);
    CHECK(content.warnings == std::vector<std::string>{"what page 2 draws was altered: it differs from its checksum (object 20)"});
    // A predictor makes other bytes of what was packed: there is nothing to compare with. 10 and above: a byte before each row, 0 as it is.
    const std::string rows = std::string(1, '\0') + text_drawn;
    const std::string predictor = fill("/Filter [/FlateDecode] /DecodeParms << /Predictor 12 /Columns {} >>", text_drawn.size());
    CHECK_FALSE(with_stream(flate(rows), predictor).damaged);
}

TEST_CASE("each part of a page counts, and a page counts once") {
    const std::string good = stream(flate(text_drawn), "/Filter /FlateDecode"), bad = stream("XXXX", "/Filter /FlateDecode");
    const std::string form = "/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Filter /FlateDecode";
    const std::string resources = "/Resources << /XObject << /X 20 0 R >> >> ";
    const std::string stamp = "/Annots [<< /Type /Annot /Subtype /Stamp /Rect [0 0 9 9] /AP << /N 20 0 R >> >>]";
    CHECK(with_second_page("/Contents [20 0 R 21 0 R]", {good, bad}).pages.unreadable == 1);
    CHECK(with_second_page("/Contents [20 0 R 21 0 R]", {bad, bad}).pages.unreadable == 1);
    for (const std::string& user : {resources, stamp}) {
        const PdfContent content = with_second_page(user, {stream("XXXX", form)});
        CHECK(content.pages.unreadable == 1);
        CHECK(content.pages.first_unreadable == 2);
        CHECK(with_second_page(user, {stream(flate("q Q"), form)}).pages.unreadable == 0);
    }
    // A picture is not looked into.
    CHECK(with_second_page(resources, {stream("XXXX", "/Type /XObject /Subtype /Image /Filter /FlateDecode")}).pages.unreadable == 0);
    // Used by two pages: both are blank.
    const std::string page = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 5 0 R >>";
    const PdfContent shared = content_of(test::make_pdf_of(
        "%PDF-1.7",
        {{1, "<< /Type /Catalog /Pages 2 0 R >>"}, {2, "<< /Type /Pages /Kids [3 0 R 4 0 R] /Count 2 >>"}, {3, page}, {4, page}, {5, bad}},
        "/Size 6 /Root 1 0 R"));
    CHECK(shared.pages.unreadable == 2);
    CHECK(shared.pages.first_unreadable == 1);
}

TEST_CASE("a long page with fonts and pictures shows text, wherever it stops being looked at") {
    const std::string lines(100'000, ' ');
    const std::string resources = "/Resources << /Font << /F1 21 0 R >> /XObject << /I 22 0 R >> >> /Contents 20 0 R";
    const std::vector<std::string> others = {"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
                                             stream("x", "/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray")};
    const auto shows_text = [&](const std::string& drawn) {
        const PdfContent content = with_second_page(resources, {stream(drawn, ""), others[0], others[1]});
        return content.pages.with_text == 3; // with the two beside it
    };
    CHECK(shows_text(text_drawn + lines));
    CHECK(shows_text(lines + text_drawn)); // nobody draws a scan in so many words
    CHECK_FALSE(shows_text("/I Do"));
}

TEST_CASE("a disk that fails is no damage of the file") {
    class Failing final : public InputFile {
    public:
        Failing(std::string bytes, std::uint64_t from) : bytes_(std::move(bytes)), from_(from) {}
        std::uint64_t size() const override { return bytes_.size(); }
        Result<void> seek(std::uint64_t offset) override {
            at_ = offset;
            return {};
        }
        Result<std::size_t> read(char* into, std::size_t size) override {
            const std::size_t some = std::min<std::size_t>(size, bytes_.size() - at_);
            if (at_ < from_ && at_ + some > from_) return Error(ErrorKind::io, "the disk fails");
            bytes_.copy(into, some, at_);
            at_ += some;
            return some;
        }

    private:
        std::string bytes_;
        std::uint64_t from_, at_ = 0;
    };
    // The page's content is long; its middle cannot be read from the disk, the table behind it can.
    const std::string pdf = test::make_pdf_of("%PDF-1.7",
                                              {{1, "<< /Type /Catalog /Pages 2 0 R >>"},
                                               {2, "<< /Type /Pages /Kids [3 0 R] /Count 1 >>"},
                                               {3, "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R >>"},
                                               {4, stream(std::string(300'000, ' '), "")}},
                                              "/Size 5 /Root 1 0 R");
    const auto content = read_pdf_content(std::make_unique<Failing>(pdf, 150'000), "report.pdf");
    REQUIRE_FALSE(content);
    CHECK(content.error().kind == ErrorKind::io);
}
