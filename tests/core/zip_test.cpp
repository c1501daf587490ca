#include <catch2/catch.hpp>

#include <atomic>
#include <thread>

#include "core/text.hpp"
#include "core/zip.hpp"
#include "tests/support/run.hpp"
#include "tests/support/skip.hpp"

using namespace dossier;

namespace {

using Files = std::vector<std::pair<std::string, std::string>>;

// Our own writer makes a sound archive; the hostile ones are the same bytes with a few of them changed.
std::string archive_of(const Files& files, bool deflate = false) {
    test::Scratch scratch;
    auto writer = make_zip(scratch / "a.zip", deflate);
    REQUIRE(writer);
    for (const auto& [name, bytes] : files) REQUIRE((*writer)->add_bytes(name, bytes));
    REQUIRE((*writer)->finish());
    return scratch.read("a.zip");
}

void put(std::string& bytes, std::size_t at, std::uint64_t value, std::size_t size) {
    for (std::size_t i = 0; i < size; ++i) bytes[at + i] = static_cast<char>(value >> (8 * i));
}

// Changes a field in every header of a kind: "PK\1\2" central (offset `central`), "PK\3\4" local (offset `local`); APPNOTE.TXT 4.3.
std::string with_field(std::string bytes, std::size_t local, std::size_t central, std::uint64_t value, std::size_t size) {
    for (std::size_t at = 0; (at = bytes.find("PK\3\4", at)) != std::string::npos; ++at)
        if (local > 0) put(bytes, at + local, value, size);
    for (std::size_t at = 0; (at = bytes.find("PK\1\2", at)) != std::string::npos; ++at) put(bytes, at + central, value, size);
    return bytes;
}

Error error_of(const std::string& bytes, const ZipLimits& limits = {}) {
    auto reader = open_zip_bytes(bytes, "a.zip", limits);
    REQUIRE_FALSE(reader.has_value());
    CHECK(reader.error().where.path == "a.zip");
    return reader.error();
}

std::string random_bytes(std::size_t size) {
    std::string bytes;
    std::uint64_t state = 88172645463325252ull;
    while (bytes.size() < size) {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        bytes += static_cast<char>(state);
    }
    return bytes;
}

} // namespace

TEST_CASE("a zip gives back what was put in, by name and in order") {
    const std::string large = random_bytes(700'000) + std::string(700'000, 'x');
    for (const bool deflate : {false, true}) {
        auto reader = open_zip_bytes(archive_of({{"m1/b.txt", "bee"}, {"a.txt", ""}, {"m1/M\xC3\xBCller.bin", large}}, deflate), "a.zip");
        REQUIRE(reader);
        const auto& entries = (*reader)->entries();
        REQUIRE(entries.size() == 3);
        CHECK(entries[0].name == "a.txt");
        CHECK(entries[2].name == "m1/b.txt");
        CHECK(entries[2].size == 3);
        CHECK((*reader)->read("m1/b.txt").value() == "bee");
        CHECK((*reader)->read("a.txt").value().empty());
        CHECK((*reader)->read("m1/M\xC3\xBCller.bin").value() == large);
        CHECK((*reader)->read("absent").error().kind == ErrorKind::not_found);
        CHECK((*reader)->read("m1/M\xC3\xBCller.bin", 1000).error().kind == ErrorKind::invalid);
    }
}

TEST_CASE("the same files give the same zip bytes") {
    const Files files = {{"a.txt", "one"}, {"m/b.txt", "two"}};
    const std::string bytes = archive_of(files);
    CHECK(bytes == archive_of(files));
    CHECK(bytes.substr(10, 4) == std::string("\x00\x00\x21\x00", 4)); // time 0, 1980-01-01: (0 << 9) | (1 << 5) | 1
}

TEST_CASE("a zip appears when it is finished and not before") {
    test::Scratch scratch;
    scratch.write("old.txt", "from disk");
    {
        auto writer = make_zip(scratch / "a.zip");
        REQUIRE(writer);
        REQUIRE((*writer)->add_file("x/old.txt", scratch / "old.txt"));
        CHECK_FALSE((*writer)->add_file("x/none.txt", scratch / "none.txt"));
        CHECK((*writer)->add_bytes("X/OLD.txt", "").error().kind == ErrorKind::conflict);
        CHECK((*writer)->add_bytes("../x", "").error().kind == ErrorKind::usage);
        CHECK((*writer)->add_bytes("folder/", "").error().kind == ErrorKind::usage);
        CHECK_FALSE(exists(*make_disk_file_system(), scratch / "a.zip"));
    }
    CHECK(make_disk_file_system()->list(scratch.path())->size() == 1); // abandoned: nothing is left behind
    scratch.write("a.zip.part.AbCdEf", "left by an interrupted run");
    auto writer = make_zip(scratch / "a.zip");
    REQUIRE(writer);
    REQUIRE((*writer)->add_file("x/old.txt", scratch / "old.txt"));
    REQUIRE((*writer)->finish());
    CHECK(make_disk_file_system()->list(scratch.path())->size() == 2);
    CHECK(open_zip(scratch / "a.zip").value()->read("x/old.txt").value() == "from disk");
    CHECK(make_zip(scratch / "a.zip").error().kind == ErrorKind::conflict);
    CHECK((*writer)->add_bytes("late", "").error().kind == ErrorKind::usage);
}

TEST_CASE("zip names that would leave their folder or contradict each other are refused") {
    auto renamed = [](const std::string& from, const std::string& to) {
        REQUIRE(from.size() == to.size());
        return replace_all(archive_of({{from, "x"}, {"z.txt", "y"}}), from, to);
    };
    CHECK(open_zip_bytes(renamed("aa/bb.txt", "cc/bb.txt"), "a.zip")); // the method itself is sound
    for (const std::string name :
         {"../bb.txt", "/abs/.txt", "a/../.txt", "c:/bb.txt", "aa\\bb.txt", "aa//b.txt", "./a/b.txt", "a/./b.txt", "aa/bb\x01txt"}) {
        INFO(name);
        CHECK(error_of(renamed("aa/bb.txt", name)).kind == ErrorKind::invalid);
    }
    CHECK(error_of(renamed("q.txt", "z.txt")).kind == ErrorKind::invalid);
    CHECK(error_of(renamed("q.txt", "Z.TXT")).message.find("one name") != std::string::npos);
    CHECK(error_of(renamed("qqqqq/b", "z.txt/b")).message == "z.txt is a file, and z.txt/b lies below it");
    CHECK(error_of(renamed("qqqqqq", "Z.txt/")).kind == ErrorKind::invalid); // a folder with bytes, and a file of that name
}

TEST_CASE("a zip that two readers could read differently is refused") {
    const std::string sound = archive_of({{"a.txt", "0123456789"}, {"b.txt", "0123456789"}});
    auto forged = [](const std::string& bytes) { return error_of(bytes).message.find("damaged or forged") != std::string::npos; };
    std::string other_name = sound;
    other_name.replace(other_name.find("a.txt"), 5, "c.txt"); // only the local header comes first
    CHECK(forged(other_name));
    std::string zero_byte = replace_all(sound, "a.txt", std::string("a\0txt", 5));
    CHECK(forged(zero_byte));
    // Both directory records point at the first local header (4.3.12: offset at 42), whose name is made to fit neither or both.
    std::string shared = replace_all(sound, "b.txt", "a.txt");
    for (std::size_t at = 0; (at = shared.find("PK\1\2", at)) != std::string::npos; ++at) put(shared, at + 42, 0, 4);
    CHECK(forged(shared));
    CHECK(forged(std::string(sound).replace(14, 4, "abcd"))); // the checksum in the first local header only (4.3.7)
    std::string commented = sound;
    commented += "tail";
    CHECK(error_of(commented).kind == ErrorKind::invalid); // bytes after the end that no comment announces
}

TEST_CASE("links, passwords and strange methods in a zip are refused") {
    const std::string sound = archive_of({{"a.txt", "target"}});
    CHECK(error_of(with_field(sound, 0, 38, std::uint64_t(0120777) << 16, 4)).message.find("is a link or a device") != std::string::npos);
    CHECK(error_of(with_field(sound, 0, 38, std::uint64_t(0010644) << 16, 4)).message.find("is a link or a device") != std::string::npos);
    CHECK(error_of(with_field(sound, 6, 8, 0x0801, 2)).message.find("password") != std::string::npos);
    CHECK(error_of(with_field(sound, 8, 10, 14, 2)).message.find("method 14") != std::string::npos);
}

TEST_CASE("a zip bomb is refused before or while it is unpacked") {
    const std::string bomb = archive_of({{"zero.bin", std::string(11u << 20, '\0')}}, true);
    CHECK(bomb.size() < 20'000);
    CHECK(error_of(bomb).message.find("grows more than 200 times") != std::string::npos);
    // The same with a size that lies: 5 bytes, so that neither ratio nor sum show it. What comes out is counted.
    const std::string lying = with_field(bomb, 22, 24, 5, 4);
    auto reader = open_zip_bytes(lying, "a.zip");
    if (reader) {
        std::uint64_t seen = 0;
        const auto count = [&seen](std::string_view piece) -> Result<void> {
            seen += piece.size();
            return {};
        };
        CHECK_FALSE((*reader)->read_pieces("zero.bin", count));
        CHECK(seen <= 1u << 20);
    }
    ZipLimits limits;
    limits.total_bytes = 9;
    CHECK(error_of(archive_of({{"a", "12345"}, {"b", "12345"}}), limits).message.find("more than 9 bytes together") != std::string::npos);
    limits = {};
    limits.entries = 1;
    CHECK(error_of(archive_of({{"a", "1"}, {"b", "2"}}), limits).message.find("2 entries") != std::string::npos);
}

TEST_CASE("a damaged zip is refused, or fails when the damaged entry is read") {
    const std::string sound = archive_of({{"a.txt", "0123456789"}, {"b.txt", random_bytes(5000)}}, true);
    CHECK(error_of("").message.find("no ZIP archive") != std::string::npos);
    CHECK(error_of("PK").message.find("no ZIP archive") != std::string::npos);
    CHECK(error_of(sound.substr(0, sound.size() - 10)).kind == ErrorKind::invalid);
    CHECK(error_of(sound.substr(20)).kind == ErrorKind::invalid);
    std::string flipped = archive_of({{"a.txt", "0123456789"}});
    flipped[flipped.find("0123456789") + 3] = 'X';
    const auto reader = open_zip_bytes(flipped, "a.zip");
    REQUIRE(reader);
    const auto bytes = (*reader)->read("a.txt");
    REQUIRE_FALSE(bytes.has_value()); // the checksum
    CHECK(bytes.error().message.find("a.txt") != std::string::npos);
    CHECK(open_zip("/nowhere/at/all.zip").error().kind == ErrorKind::not_found);
}

TEST_CASE("a zip with any one byte changed never crashes and never gives wrong bytes silently") {
    const std::string first = "the first file, with some text in it", second = std::string(300, 'a') + "end";
    const std::string sound = archive_of({{"a.txt", first}, {"d/b.txt", second}}, true);
    for (std::size_t at = 0; at < sound.size(); ++at)
        for (const int change : {1, 0x80, 0xFF}) {
            std::string bytes = sound;
            bytes[at] = static_cast<char>(bytes[at] ^ change);
            const auto reader = open_zip_bytes(bytes, "a.zip");
            if (!reader) continue;
            for (const ZipEntry& entry : (*reader)->entries()) {
                const auto content = (*reader)->read(entry.name);
                if (content && !entry.is_folder) CHECK((*content == first || *content == second || content->empty()));
            }
        }
}

TEST_CASE("an archive is read like a folder") {
    for (const bool deflate : {false, true}) {
        auto reader =
            open_zip_bytes(archive_of({{"m1/us/a.txt", "0123456789"}, {"m1/z.txt", "z"}, {"index.xml", "<x/>"}}, deflate), "a.zip");
        REQUIRE(reader);
        const auto fs = make_zip_file_system(std::move(*reader));
        const auto tree = list_tree(*fs, "");
        REQUIRE(tree);
        std::vector<std::string> names;
        for (const TreeEntry& entry : *tree) names.push_back(entry.path);
        CHECK(names == std::vector<std::string>{"index.xml", "m1", "m1/us", "m1/us/a.txt", "m1/z.txt"});
        CHECK(is_folder(*fs, "m1/us"));
        CHECK(fs->info("")->kind == FileKind::folder);
        CHECK(fs->info("m1/../index.xml")->size == 4);
        CHECK(fs->info("m2").error().kind == ErrorKind::not_found);
        CHECK(fs->open("m1").error().kind == ErrorKind::invalid);
        CHECK(fs->create("new").error().kind == ErrorKind::denied);
        auto file = fs->open("m1/us/a.txt");
        REQUIRE(file);
        CHECK((*file)->size() == 10);
        char buffer[4];
        REQUIRE((*file)->seek(6));
        CHECK((*file)->read(buffer, 4).value() == 4);
        CHECK(std::string(buffer, 4) == "6789");
        CHECK((*file)->read(buffer, 4).value() == 0);
        REQUIRE((*file)->seek(1));
        CHECK((*file)->read(buffer, 2).value() == 2);
        CHECK(std::string(buffer, 2) == "12");
        REQUIRE((*file)->seek(99));
        CHECK((*file)->read(buffer, 2).value() == 0);
    }
}

TEST_CASE("many threads read one archive at the same time") {
    Files files;
    for (int i = 0; i < 40; ++i) files.emplace_back(fill("f{}.txt", i), std::string(20'000, static_cast<char>('a' + i % 26)));
    test::Scratch scratch;
    scratch.write("a.zip", archive_of(files, true));
    auto reader = open_zip(scratch / "a.zip");
    REQUIRE(reader);
    std::atomic<int> right = 0;
    std::vector<std::thread> threads;
    for (int t = 0; t < 8; ++t)
        threads.emplace_back([&] {
            for (const auto& [name, bytes] : files) {
                const auto content = (*reader)->read(name);
                if (content && *content == bytes) ++right;
            }
        });
    for (std::thread& thread : threads) thread.join();
    CHECK(right == 8 * 40);
}

TEST_CASE("unzip finds our archives sound") {
    test::tool_or_skip("unzip");
    test::Scratch scratch;
    scratch.write("a.zip", archive_of({{"m1/M\xC3\xBCller.txt", "umlaut"}, {"b.bin", random_bytes(100'000)}}, true));
    CHECK(test::run({"unzip", "-tqq", scratch / "a.zip"}).code == 0);
    CHECK(test::run({"unzip", "-p", scratch / "a.zip", "m1/M*"}).out == "umlaut");
}

TEST_CASE("archives of zip and python are read, with folders, streamed and large headers") {
    test::tool_or_skip("zip");
    test::tool_or_skip("python3");
    test::Scratch scratch;
    scratch.write("in/m1/a.txt", "aaa");
    scratch.write("in/b.txt", std::string(5000, 'b'));
    REQUIRE(test::run({"zip", "-qr", scratch / "z.zip", "."}, scratch / "in").code == 0);
    REQUIRE(test::run({"zip", "-qr", "-fd", scratch / "descriptors.zip", "."}, scratch / "in").code == 0);
    // Through a pipe zip cannot go back: sizes follow the data, and local headers are ZIP64 where the directory is not.
    REQUIRE(test::run({"sh", "-c", "zip -qr - . | cat > ../piped.zip"}, scratch / "in").code == 0);
    const std::string script = "import sys, zipfile\n"
                               "with open(sys.argv[1], 'wb') as out:\n"
                               "    class Stream:\n" // no tell: python then writes data descriptors
                               "        write = lambda self, b: out.write(b)\n"
                               "        flush = lambda self: out.flush()\n"
                               "    with zipfile.ZipFile(Stream(), 'w', zipfile.ZIP_DEFLATED) as z:\n"
                               "        z.writestr('m1/', '')\n"
                               "        z.writestr('m1/a.txt', 'aaa')\n"
                               "        z.writestr('b.txt', 'b' * 5000)\n";
    REQUIRE(test::run({"python3", "-c", script, scratch / "python.zip"}).code == 0);
    for (const std::string name : {"z.zip", "descriptors.zip", "piped.zip", "python.zip"}) {
        INFO(name);
        auto reader = open_zip(scratch / name);
        if (!reader) FAIL(to_text(reader.error()));
        CHECK((*reader)->read("m1/a.txt").value() == "aaa");
        CHECK((*reader)->read("b.txt").value() == std::string(5000, 'b'));
        CHECK((*reader)->entries().size() == 3); // m1/ is one of them
    }
}

TEST_CASE("an archive that is judged is read in part: what is wrong with an entry is told of it, and the others are read") {
    const test::Scratch scratch;
    std::string bytes = archive_of({{"aa/bb.txt", "leaves"},
                                    {"good.txt", "good"},
                                    {"other.txt", "named in another way"},
                                    {"q.txt", "first"},
                                    {"qq.txt", "lower"},
                                    {"rr.txt", "a file"},
                                    {"rrrrrr/b", "below it"},
                                    {"zz.txt", "second"}});
    bytes = replace_all(bytes, "aa/bb.txt", "../bb.txt");
    bytes.replace(bytes.find("other.txt"), 9, "0ther.txt"); // only the local header comes first
    bytes = replace_all(replace_all(bytes, "zz.txt", "QQ.txt"), "rrrrrr/b", "rr.txt/b");
    scratch.write("a.zip", bytes);
    REQUIRE_FALSE(open_zip(scratch / "a.zip"));
    const auto reader = open_zip_in_part(scratch / "a.zip");
    REQUIRE(reader);
    std::vector<std::string> names;
    for (const ZipEntry& entry : (*reader)->entries()) names.push_back(entry.name);
    CHECK(names == std::vector<std::string>{"QQ.txt", "good.txt", "other.txt", "q.txt", "qq.txt", "rr.txt/b"});
    CHECK((*reader)->read("good.txt").value() == "good");
    CHECK((*reader)->read("qq.txt").value() == "lower"); // on this system they are two
    CHECK((*reader)->read("QQ.txt").value() == "second");
    CHECK((*reader)->read("other.txt").error().message ==
          "the ZIP archive is damaged or forged: the entry other.txt and the directory contradict each other");
    REQUIRE((*reader)->faults().size() == 2);
    CHECK((*reader)->faults()[0].name == "../bb.txt");
    CHECK((*reader)->faults()[0].problem == "would leave its folder, or has a name that no file may have");
    CHECK((*reader)->faults()[1].name == "rr.txt");
    CHECK((*reader)->faults()[1].problem == "is a file, and rr.txt/b lies below it");
}

TEST_CASE("an archive without a directory is refused also in part") {
    const test::Scratch scratch;
    const std::string sound = archive_of({{"a.txt", "0123456789"}});
    scratch.write("a.zip", sound.substr(0, sound.size() - 10));
    const auto reader = open_zip_in_part(scratch / "a.zip");
    REQUIRE_FALSE(reader);
    CHECK(reader.error().message == "this is no ZIP archive, or its end is missing");
}
