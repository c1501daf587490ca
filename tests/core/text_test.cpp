#include <catch2/catch.hpp>

#include "core/encoding.hpp"
#include "core/text.hpp"

using namespace dossier;

TEST_CASE("fill puts text, integers and numbers into a pattern") {
    CHECK(fill("{} has {} bytes", "a.pdf", 12u) == "a.pdf has 12 bytes");
    CHECK(fill("{:04}-{:>3}|{:.2f}|{{}}", 7, "x", 1.5) == "0007-  x|1.50|{}");
    CHECK(fill("{1} {0}", std::string("a"), std::string_view("b")) == "b a");
    CHECK(fill("plain") == "plain");
    CHECK(fill("{}", std::int64_t(-9'000'000'000)) == "-9000000000");
}

TEST_CASE("fill_named keeps what it does not know") {
    CHECK(fill_named("{path} is {size}", {{"path", "a{b}"}, {"size", "5"}}) == "a{b} is 5"); // values are not patterns
    CHECK(fill_named("{unknown} {path", {{"path", "x"}}) == "{unknown} {path");
    CHECK(fill_named("", {}).empty());
}

TEST_CASE("trim takes white space and no-break spaces from both ends, and nothing else") {
    CHECK(trim(" \t\r\n\v\fa b\xC2\xA0 ") == "a b");
    CHECK(trim("\xC2\xA0 \xC2\xA0").empty());
    CHECK(trim("").empty());
    CHECK(trim("\xC3\xA0") == "\xC3\xA0"); // a grave ends with the byte that ends a no-break space
    CHECK(trim(std::string_view("\0a\0", 3)).size() == 3);
}

TEST_CASE("split trims its parts and join puts them together") {
    CHECK(split("a, b,,c ", ',') == std::vector<std::string>{"a", "b", "", "c"});
    CHECK(split("", ',').empty());
    CHECK(split(",", ',') == std::vector<std::string>{"", ""});
    CHECK(join({"a", "b", "c"}, ", ") == "a, b, c");
    CHECK(join({}, ", ").empty());
}

TEST_CASE("prefixes, suffixes, case and replacing") {
    CHECK(starts_with("abc", "ab"));
    CHECK_FALSE(starts_with("a", "ab"));
    CHECK(ends_with("abc", "bc"));
    CHECK_FALSE(ends_with("c", "bc"));
    CHECK(to_lower("A\xC3\x84Z9") == "a\xC3\x84z9"); // ASCII only
    CHECK(replace_all("aaa", "a", "aa") == "aaaaaa");
    CHECK(replace_all("a-b-c", "-", "") == "abc");
    CHECK(replace_all("abc", "", "x") == "abc"); // nothing to look for
}

TEST_CASE("UTF-8 is told from what only looks like it") {
    // Unicode 15, table 3-7: the well-formed byte sequences, at their borders.
    for (const std::string good : {"", "a", "\x7F", "\xC2\x80", "\xDF\xBF", "\xE0\xA0\x80", "\xED\x9F\xBF", "\xEE\x80\x80", "\xEF\xBF\xBF",
                                   "\xF0\x90\x80\x80", "\xF4\x8F\xBF\xBF", "a\xE2\x82\xAC"}) {
        INFO(good);
        CHECK(is_valid_utf8(good));
    }
    for (const std::string bad : {"\x80", "\xC0\x80", "\xC1\xBF", "\xC2", "\xC2\x41", "\xE0\x9F\xBF", "\xED\xA0\x80", "\xE2\x82",
                                  "\xF0\x8F\xBF\xBF", "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xFF", "ok\xFE"}) {
        INFO(bad);
        CHECK_FALSE(is_valid_utf8(bad));
    }
}

TEST_CASE("the nearest name is proposed only when it is near") {
    const std::vector<std::string> names = {"section", "title", "source", "file_tag"};
    CHECK(nearest("sektion", names) == "section");
    CHECK(nearest("TITEL", names) == "title");
    CHECK(nearest("filetag", names) == "file_tag");
    CHECK(nearest("zzzzzz", names).empty());
    CHECK(nearest("xy", {"ab"}).empty()); // nothing in common
    CHECK(nearest("", names).empty());
    CHECK(nearest("a", {}).empty());
}

TEST_CASE("other encodings become UTF-8") {
    CHECK(utf8_from_windows_1252("a\x80\x9F\xFC\x81") == "a\xE2\x82\xAC\xC5\xB8\xC3\xBC\xEF\xBF\xBD"); // 0x81 is not assigned
    CHECK(utf8_from_utf16(std::string_view("a\0\xAC\x20\x3D\xD8\x00\xDE", 8), false) ==
          "a\xE2\x82\xAC\xF0\x9F\x98\x80"); // U+1F600 = D83D DE00
    CHECK(utf8_from_utf16(std::string_view("\0a\x20\xAC\xD8\x3D\xDE\x00", 8), true) == "a\xE2\x82\xAC\xF0\x9F\x98\x80");
    CHECK(utf8_from_utf16(std::string_view("\x3D\xD8\x61\x00\x62", 5), false) == "\xEF\xBF\xBD"
                                                                                 "a"
                                                                                 "\xEF\xBF\xBD"); // half a pair, half a unit
    CHECK(replace_invalid_utf8("a\xFF\xC3\xBC\xC3") == "a\xEF\xBF\xBD\xC3\xBC\xEF\xBF\xBD");
    std::string text;
    append_utf8(text, 0x110000);
    append_utf8(text, 0xD800);
    append_utf8(text, 0x7FF);
    CHECK(text == "\xEF\xBF\xBD\xEF\xBF\xBD\xDF\xBF");
}

TEST_CASE("names are shown so that what is not seen is told apart") {
    CHECK(escape_unseen("pr\xC3\xBC"
                        "f-1.pdf") == "pr\xC3\xBC"
                                      "f-1.pdf"); // UTF-8 stays
    CHECK(escape_unseen("a\nb\x7F") == "a\\x0Ab\\x7F");
    CHECK(escape_unseen("pr\xFC"
                        "f") == "pr\\xFCf");
    CHECK(escape_unseen("a\\x0Ab") == "a\\x5Cx0Ab"); // written like that: not the same as a line end
    CHECK(escape_unseen("a\\b") == "a\\b");
    CHECK(escape_unseen("a\u202Eb") == "a\\xE2\\x80\\xAEb"); // right to left
    CHECK(escape_unseen("a\u200Bb") == "a\\xE2\\x80\\x8Bb");
    CHECK(escape_unseen("a\u0085b") == "a\\xC2\\x85"
                                       "b");
    CHECK(escape_unseen("\u20ac\u2026") == "\u20ac\u2026");
    CHECK(escape_unseen("\u00e9tude") == "\u00e9tude"); // one letter, and the same as a letter with a mark (Unicode forms NFC and NFD)
    CHECK(escape_unseen("e\u0301tude") == "e\\xCC\\x81tude");
    CHECK(escape_unseen("\u304b\u3099") == "\u304b\\xE3\\x82\\x99"); // ga, in two parts
    CHECK(escape_unseen("a\u00a0b") == "a\\xC2\\xA0"
                                       "b"); // looks like a blank
}
