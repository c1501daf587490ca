// Pictures made byte by byte, as the standards lay them out; the checksums of the PNG are those that Python's zlib gives.
#include <catch2/catch.hpp>

#include "core/image_content.hpp"
#include "core/text.hpp"

using namespace dossier;

namespace {

ImageContent content_of(const std::string& bytes) {
    const auto memory = make_memory_file_system();
    REQUIRE(write_new_file(*memory, "/a", bytes));
    auto file = memory->open("/a");
    REQUIRE(file);
    const auto content = read_image_content(**file);
    REQUIRE(content);
    return *content;
}

template <std::size_t n> std::string raw(const char (&text)[n]) { return std::string(text, n - 1); }

// 3 x 2 pixels, grey.
std::string png() {
    return raw("\x89PNG\r\n\x1A\n") + raw("\0\0\0\rIHDR\0\0\0\3\0\0\0\2\x08\0\0\0\0\xB8\x1F\x39\xC6") +
           raw("\0\0\0\x0BIDAT\x78\x9C\x63\x60\x80\0\0\0\x08\0\1\xB7\x58\x73\x95") + raw("\0\0\0\0IEND\xAE\x42\x60\x82");
}

// A thumbnail with an end of its own in APP0, size 5 x 4 in SOF0, data with an escaped FF and a restart.
std::string jpeg() {
    return raw("\xFF\xD8") + raw("\xFF\xE0\0\x06\xFF\xD8\xFF\xD9") + raw("\xFF\xC0\0\x0B\x08\0\4\0\5\1\1\x11\0") +
           raw("\xFF\xDA\0\x08\1\1\0\0\x3F\0") + raw("\x12\xFF\0\x34\xFF\xD0\x56") + raw("\xFF\xD9");
}

std::string gif() { // 1 x 1, a table of two colours, a comment
    return raw("GIF89a\1\0\1\0\x80\0\0\0\0\0\xFF\xFF\xFF") + raw("!\xFE\2hi\0") + raw(",\0\0\0\0\1\0\1\0\0\2\2\x44\1\0;");
}

std::string tiff(bool low_first) { // 7 x 1 in one strip of 7 bytes at 8; its directory at 16
    const auto number = [&](unsigned value, int bytes) {
        std::string text;
        for (int i = 0; i < bytes; ++i) text += static_cast<char>(value >> 8 * (low_first ? i : bytes - 1 - i) & 0xFF);
        return text;
    };
    const auto field = [&](unsigned tag, unsigned value) { return number(tag, 2) + number(4, 2) + number(1, 4) + number(value, 4); };
    return (low_first ? raw("II") : raw("MM")) + number(42, 2) + number(16, 4) + "1234567\n" + number(4, 2) + field(256, 7) +
           field(257, 1) + field(273, 8) + field(279, 7) + number(0, 4);
}

} // namespace

TEST_CASE("the size of a picture, and that it is whole") {
    const auto check = [](const std::string& bytes, std::int64_t width, std::int64_t height) {
        const ImageContent content = content_of(bytes);
        CHECK(content.width == width);
        CHECK(content.height == height);
        CHECK(content.problem == "");
    };
    check(png(), 3, 2);
    check(jpeg(), 5, 4);
    check(gif(), 1, 1);
    check(tiff(true), 7, 1);
    check(tiff(false), 7, 1);
    check(jpeg() + "bytes behind its end", 5, 4);
}

TEST_CASE("a picture that is cut off anywhere says so") {
    for (const std::string& whole : {png(), jpeg(), gif(), tiff(true), tiff(false)})
        for (std::size_t length = 4; length < whole.size(); ++length) {
            const ImageContent content = content_of(whole.substr(0, length));
            INFO(whole.substr(0, 3) << " " << length);
            const bool only_trailer = whole[0] == 'G' && length == whole.size() - 1; // no viewer misses it
            CHECK(content.problem.empty() == only_trailer);
        }
}

TEST_CASE("a picture whose parts make no sense says which") {
    std::string bad = png();
    bad[bad.find("IDAT") + 6] ^= 1;
    CHECK(content_of(bad).problem == "the checksum of its part at byte 33 is wrong"); // 8 + 25
    bad = png();
    bad.replace(bad.find("IHDR"), 4, "IDAT");
    CHECK(content_of(bad).problem == "its parts are not in the order of PNG");
    bad = gif();
    bad[bad.find('!')] = '?';
    CHECK(content_of(bad).problem == "its part at byte 19 is none that GIF knows"); // 6 + 7 + 6
    bad = tiff(true);
    bad.replace(bad.size() - 4, 4, raw("\x10\0\0\0")); // the next directory is the first one
    CHECK(content_of(bad).problem == "its pictures name each other in a circle");
    bad = tiff(true);
    bad[bad.size() - 5 - 3] = '\x7F'; // the length of the strip
    CHECK_THAT(content_of(bad).problem, Catch::Contains("cut off"));
    CHECK(content_of("\xFF\xD8\xFF\xD9").problem == "it has no picture");
}
