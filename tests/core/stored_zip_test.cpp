// ZIPs written straight to their place. Oracles: Python's zipfile and unzip, which check every CRC.
#include <catch2/catch.hpp>

#include "core/crc32.hpp"
#include "core/stored_zip.hpp"
#include "core/zip.hpp"
#include "tests/support/run.hpp"
#include "tests/support/skip.hpp"

using namespace dossier;

namespace {

std::string text_of(std::size_t size) {
    std::string text;
    while (text.size() < size) text += std::to_string(text.size()) + ",";
    text.resize(size);
    return text;
}

// Writes some files and bytes; false when the archive could not be made.
bool write_archive(const test::Scratch& scratch, const std::string& name, std::uint64_t large, int jobs) {
    auto disk = make_disk_file_system();
    std::vector<FileToStore> files;
    for (const std::size_t size : {0, 1, 15, 16, 17, 100'000, 70'000, 5}) {
        const std::string file = "f" + std::to_string(size);
        scratch.write(file, text_of(size));
        files.push_back({disk.get(), scratch / file, "0001/m2/" + file});
    }
    auto zip = make_stored_zip(scratch / name, large);
    if (!zip) return false;
    const auto digests = (*zip)->add_files(files, jobs, {});
    if (!digests) return false;
    for (std::size_t i = 0; i < files.size(); ++i) CHECK((*digests)[i].md5 == md5_of(*read_file(*disk, files[i].path)));
    return (*zip)->add_bytes("0001/index.xml", "<index/>") && (*zip)->finish(false);
}

const char* const listing = R"(
import sys, zipfile
z = zipfile.ZipFile(sys.argv[1])
print(z.testzip())
for item in z.infolist():
    print(item.filename, item.file_size, item.compress_type, item.date_time[0], oct(item.external_attr >> 16))
)";

} // namespace

TEST_CASE("CRC-32 of the check text, in one piece and in many") {
    CHECK(crc32_of("123456789") == 0xCBF43926); // the check value that every description of this CRC names
    std::uint32_t sum = 0;
    const std::string text = "the quick brown fox jumps over the lazy dog 123456789";
    for (const char c : text) sum = crc32_of(std::string_view(&c, 1), sum);
    CHECK(sum == crc32_of(text));
}

TEST_CASE("a stored ZIP is read by others and by us, in the plain and in the 64-bit form, and is the same bytes each time") {
    test::tool_or_skip("python3");
    const test::Scratch scratch;
    // from 10 bytes on numbers take the 64-bit form
    for (const std::uint64_t large : {std::uint64_t(0xFFFFFFFF), std::uint64_t(10)}) {
        REQUIRE(write_archive(scratch, "a.zip", large, 2));
        REQUIRE(write_archive(scratch, "b.zip", large, 1));
        CHECK(scratch.read("a.zip") == scratch.read("b.zip"));
        const test::Run run = test::run({"python3", "-c", listing, "a.zip"}, scratch.path());
        INFO(run.err);
        CHECK(run.out == "None\n"
                         "0001/m2/f0 0 0 1980 0o100644\n0001/m2/f1 1 0 1980 0o100644\n0001/m2/f15 15 0 1980 0o100644\n"
                         "0001/m2/f16 16 0 1980 0o100644\n0001/m2/f17 17 0 1980 0o100644\n0001/m2/f100000 100000 0 1980 0o100644\n"
                         "0001/m2/f70000 70000 0 1980 0o100644\n0001/m2/f5 5 0 1980 0o100644\n0001/index.xml 8 0 1980 0o100644\n");
        const auto reader = open_zip(scratch / "a.zip");
        REQUIRE(reader);
        CHECK((*reader)->entries().size() == 9);
        CHECK(*(*reader)->read("0001/m2/f100000") == text_of(100'000));
        CHECK(test::run({"rm", "a.zip", "b.zip"}, scratch.path()).code == 0);
    }
}

TEST_CASE("more than 65535 entries make a 64-bit directory") {
    test::tool_or_skip("python3");
    const test::Scratch scratch;
    auto zip = make_stored_zip(scratch / "many.zip");
    REQUIRE(zip);
    for (int i = 0; i < 66'000; ++i) REQUIRE((*zip)->add_bytes("f/" + std::to_string(i), ""));
    REQUIRE((*zip)->finish(false));
    CHECK(test::run({"python3", "-c", "import zipfile; print(len(zipfile.ZipFile('many.zip').infolist()))"}, scratch.path()).out ==
          "66000\n");
}

TEST_CASE("what is not finished leaves nothing, what is there is not overwritten unasked, and faulty names are refused") {
    const test::Scratch scratch;
    auto disk = make_disk_file_system();
    scratch.write("a", "a");
    scratch.write("there.zip", "mine");
    {
        auto zip = make_stored_zip(scratch / "half.zip");
        REQUIRE(zip);
        REQUIRE((*zip)->add_bytes("a", "a"));
        CHECK((*zip)->add_bytes("A", "a").error().kind == ErrorKind::conflict); // one name on some disks
        CHECK((*zip)->add_bytes("../a", "a").error().kind == ErrorKind::usage);
        CHECK((*zip)->add_files({{disk.get(), scratch / "none", "n"}}, 1, {}).error().kind == ErrorKind::not_found);
    }
    auto second = make_stored_zip(scratch / "there.zip");
    REQUIRE(second);
    REQUIRE((*second)->add_bytes("a", "a"));
    CHECK((*second)->finish(false).error().kind == ErrorKind::conflict);
    CHECK(scratch.read("there.zip") == "mine");
    second = Error(ErrorKind::io, "closed"); // the writer is destroyed
    CHECK(test::run({"ls", "-A"}, scratch.path()).out == "a\nthere.zip\n");
}
