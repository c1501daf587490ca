// Archives by zip and openpyxl, compound files made sector by sector as [MS-CFB] lays them out.
#include <catch2/catch.hpp>

#include <utility>
#include <vector>

#include "core/office_content.hpp"
#include "core/text.hpp"
#include "core/zip.hpp"
#include "tests/support/run.hpp"
#include "tests/support/skip.hpp"

using namespace dossier;

namespace {

OfficeContent content_of(const std::string& bytes) {
    const auto memory = make_memory_file_system();
    REQUIRE(write_new_file(*memory, "/a", bytes));
    auto file = memory->open("/a");
    REQUIRE(file);
    const auto content = read_office_content(**file);
    REQUIRE(content);
    return *content;
}

std::string zip_of(const std::vector<std::pair<std::string, std::string>>& entries) {
    const test::Scratch scratch;
    auto writer = make_zip(scratch / "a.zip", true);
    REQUIRE(writer);
    for (const auto& [name, bytes] : entries) REQUIRE((*writer)->add_bytes(name, bytes));
    REQUIRE((*writer)->finish());
    return scratch.read("a.zip");
}

std::string number(std::uint32_t value, int bytes = 4) {
    std::string text;
    for (int i = 0; i < bytes; ++i) text += static_cast<char>(value >> 8 * i & 0xFF);
    return text;
}

// Sector 0 is the table, 1 the directory, the streams follow, 8 sectors each.
std::string compound(const std::vector<std::pair<std::string, std::string>>& streams) {
    constexpr std::uint32_t end = 0xFFFFFFFE, table = 0xFFFFFFFD, none = 0xFFFFFFFF;
    std::string header = std::string("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") + std::string(16, '\0') + number(0x3E, 2) + number(3, 2) +
                         number(0xFFFE, 2) + number(9, 2) + number(6, 2) + std::string(6, '\0') + number(0) + number(1) + number(1) +
                         number(0) + number(4096) + number(end) + number(0) + number(end) + number(0) + number(0);
    while (header.size() < 512) header += number(none);
    std::string sectors = number(table) + number(end), directory, data;
    const auto entry = [](const std::string& name, char kind, std::uint32_t first, std::uint32_t size) {
        std::string text;
        for (const char c : name) text += {c, '\0'};
        text.resize(64, '\0');
        text += number(static_cast<std::uint32_t>(2 * name.size() + 2), 2) + kind + '\1' + number(none) + number(none) + number(none);
        text.resize(116, '\0');
        return text + number(first) + number(size) + number(0);
    };
    directory = entry("Root Entry", 5, end, 0);
    std::uint32_t next = 2;
    for (const auto& [name, start] : streams) {
        directory += entry(name, 2, next, 4096);
        for (int i = 0; i < 7; ++i) sectors += number(++next);
        sectors += number(end);
        ++next;
        data += start + std::string(4096 - start.size(), '\0');
    }
    while (sectors.size() < 512) sectors += number(none);
    directory.resize(512, '\0');
    return header + sectors + directory + data;
}

std::string word(bool encrypted) { // the flags of its FIB are the two bytes at 10
    return std::string("\xEC\xA5\xC1\0\0\0\0\0\0\0\0", 11) + (encrypted ? '\x01' : '\0');
}
std::string excel(bool encrypted) { // BOF of 16 bytes, then FILEPASS or something else
    return std::string("\x09\x08\x10\0", 4) + std::string(16, '\0') + (encrypted ? '\x2F' : '\x42') + std::string(3, '\0');
}

} // namespace

TEST_CASE("archives and documents of Office that can be opened, with and without macros") {
    const auto plain = zip_of({{"[Content_Types].xml", "<Types/>"}, {"word/document.xml", "<document/>"}});
    CHECK(content_of(plain).problem == "");
    CHECK_FALSE(content_of(plain).macros);
    CHECK_FALSE(content_of(plain).needs_password);
    CHECK(content_of(zip_of({{"[Content_Types].xml", "<Types/>"}, {"word/vbaProject.bin", "x"}})).macros);
    CHECK(content_of(zip_of({{"mimetype", "application/vnd.oasis.opendocument.text"}, {"Basic/Standard/Module1.xml", "x"}})).macros);
    CHECK_FALSE(content_of(zip_of({{"mimetype", "x"}, {"Basic/Standard/script-lb.xml", "x"}})).macros);
    const OfficeContent old = content_of(compound({{"WordDocument", word(false)}, {"1Table", ""}}));
    CHECK(old.problem == "");
    CHECK_FALSE(old.needs_password);
    CHECK_FALSE(old.macros);
    CHECK(content_of(compound({{"WordDocument", word(false)}, {"_VBA_PROJECT", ""}})).macros);
}

TEST_CASE("documents that ask for a password, in every form in which Office and zip ask") {
    CHECK(content_of(compound({{"EncryptionInfo", ""}, {"EncryptedPackage", ""}})).needs_password);
    CHECK(content_of(compound({{"WordDocument", word(true)}})).needs_password);
    CHECK(content_of(compound({{"Workbook", excel(true)}})).needs_password);
    CHECK_FALSE(content_of(compound({{"Workbook", excel(false)}})).needs_password);
    CHECK(content_of(zip_of({{"mimetype", "x"}, {"META-INF/manifest.xml", "<manifest:encryption-data manifest:checksum='x'/>"}}))
              .needs_password);
    test::tool_or_skip("zip");
    const test::Scratch scratch;
    scratch.write("a.txt", "text");
    REQUIRE(test::run({"zip", "-q", "-P", "secret", "a.zip", "a.txt"}, scratch.path()).code == 0);
    const OfficeContent closed = content_of(scratch.read("a.zip"));
    CHECK(closed.needs_password);
    CHECK(closed.problem == "");
}

TEST_CASE("a workbook by another program is whole") {
    const test::Scratch scratch;
    const test::Run made =
        test::run({"python3", "-c", "import openpyxl; b = openpyxl.Workbook(); b.active['A1'] = 1; b.save('a.xlsx')"}, scratch.path());
    if (made.code != 0) test::skip("openpyxl is not installed");
    CHECK(content_of(scratch.read("a.xlsx")).problem == "");
}

TEST_CASE("a document that is cut off anywhere, or whose bytes were changed, says so") {
    const std::string archive = zip_of({{"[Content_Types].xml", "<Types/>"}, {"word/document.xml", std::string(1000, 'x')}});
    for (std::size_t length = 4; length < archive.size(); length += 7) {
        INFO(length);
        CHECK_FALSE(content_of(archive.substr(0, length)).problem.empty());
    }
    std::string changed = zip_of({{"word/document.xml", "words that are long enough not to be packed at all"}});
    changed[changed.find("document.xml") + 14] ^= 1;
    CHECK_FALSE(content_of(changed).problem.empty());

    const std::string old = compound({{"WordDocument", word(false)}, {"1Table", ""}});
    for (std::size_t length = 8; length < old.size(); length += 61) {
        INFO(length);
        CHECK_FALSE(content_of(old.substr(0, length)).problem.empty());
    }
    std::string circle = old;
    circle.replace(512 + 4, 4, number(1)); // the directory is behind itself
    CHECK_THAT(content_of(circle).problem, Catch::Contains("circle"));
}
