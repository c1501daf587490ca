#include <catch2/catch.hpp>

#include <random>

#include "core/truetype.hpp"
#include "tests/support/run.hpp"
#include "tests/support/skip.hpp"

using namespace dossier;

namespace {

std::string signature_font() { return test::read_bytes(test::source_folder() + "/templates/fonts/dejavu-sans-subset.ttf"); }

std::vector<char32_t> range(char32_t first, char32_t last) {
    std::vector<char32_t> characters;
    for (char32_t character = first; character <= last; ++character) characters.push_back(character);
    return characters;
}

} // namespace

TEST_CASE("the signature font has the letters of European names") {
    const std::string font = signature_font();
    const auto missing = [&font](char32_t first, char32_t last) { return *missing_characters(font, range(first, last)); };
    CHECK(missing(0x20, 0x7E).empty());
    CHECK(missing(0xA0, 0xFF).empty());   // Latin-1
    CHECK(missing(0x100, 0x17F).empty()); // Latin Extended-A
    CHECK(missing(0x218, 0x21B).empty()); // Romanian S and T with comma
    CHECK(missing(0x1EA0, 0x1EF9).empty());
    // Unassigned in Unicode: 0380-0383, 038B, 038D, 03A2.
    CHECK(missing(0x384, 0x3FF) == std::vector<char32_t>{0x38B, 0x38D, 0x3A2});
    CHECK(missing(0x400, 0x45F).empty()); // Cyrillic of Russian, Ukrainian, Serbian, Bulgarian, Macedonian
    CHECK(missing(0x10D0, 0x10F6).empty());
    CHECK(missing(0x4E2D, 0x4E2D).size() == 1); // no Chinese
}

TEST_CASE("the signature font is what the maker makes of DejaVu Sans") {
    const test::Scratch scratch;
    const test::Run made =
        test::run({test::build_folder() + "/make_signature_font", test::fonts_folder() + "/DejaVuSans.ttf", scratch / "out.ttf"});
    REQUIRE(made.code == 0);
    CHECK(scratch.read("out.ttf") == signature_font());
}

TEST_CASE("a subset holds what was asked for and nothing else") {
    const std::string font = signature_font();
    const std::vector<char32_t> wanted = code_points("Łęcki");
    const auto subset = subset_truetype(font, wanted, "ABCDEF+");
    REQUIRE(subset);
    CHECK(missing_characters(*subset, wanted)->empty());
    CHECK(*missing_characters(*subset, code_points("abX")) == std::vector<char32_t>{'X', 'a', 'b'});
    CHECK(subset->size() < 6000);
    CHECK(subset_truetype(font, wanted, "ABCDEF+").value() == *subset);
}

TEST_CASE("what is no TrueType font is refused, and a broken one leads nowhere") {
    CHECK_FALSE(subset_truetype("OTTO and more", {'a'}));
    CHECK_FALSE(subset_truetype("", {'a'}));
    const std::string font = *subset_truetype(signature_font(), code_points("Signed by: Müller Łęcki"));
    std::mt19937 random(20261123);
    for (int round = 0; round < 3000; ++round) {
        std::string broken = font;
        for (int k = 0; k < 4; ++k) broken[random() % broken.size()] = static_cast<char>(random());
        if (round % 3 == 0) broken.resize(random() % broken.size());
        (void)subset_truetype(broken, code_points("Müller"), "ABCDEF+").has_value(); // ends, and within the font's bytes (asan)
    }
}
