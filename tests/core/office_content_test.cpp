#include <catch2/catch.hpp>

#include <utility>
#include <vector>

#include "core/office_content.hpp"
#include "core/text.hpp"
#include "core/zip.hpp"
#include "tests/support/python.hpp"
#include "tests/support/run.hpp"
#include "tests/support/skip.hpp"
#include "tests/support/small_files.hpp"

using namespace dossier;
using test::compound, test::excel, test::word;

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
    const std::string script = "import openpyxl; b = openpyxl.Workbook(); b.active['A1'] = 1; b.save('a.xlsx')";
    REQUIRE(test::run({test::python_with("openpyxl"), "-c", script}, scratch.path()).code == 0);
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
    circle.replace(512 + 4, 4, std::string("\1\0\0\0", 4)); // the directory is behind itself
    CHECK_THAT(content_of(circle).problem, Catch::Contains("circle"));
}
