#include <catch2/catch.hpp>

#include "core/image_content.hpp"
#include "core/text.hpp"
#include "tests/support/small_files.hpp"

using namespace dossier;
using test::gif, test::jpeg, test::png, test::tiff;

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
    bad.replace(bad.size() - 4, 4, std::string("\x10\0\0\0", 4)); // the next directory is the first one
    CHECK(content_of(bad).problem == "its pictures name each other in a circle");
    bad = tiff(true);
    bad[bad.size() - 5 - 3] = '\x7F'; // the length of the strip
    CHECK_THAT(content_of(bad).problem, Catch::Contains("cut off"));
    CHECK(content_of("\xFF\xD8\xFF\xD9").problem == "it has no picture");
}
