#include <catch2/catch.hpp>

#include <random>

#include "ectd/content_cache.hpp"
#include "ectd/content_reader.hpp"
#include "tests/ectd/content_bench.hpp"
#include "tests/support/pdf.hpp"

using namespace dossier;
using namespace dossier::ectd;
using content::Cache;

namespace {

std::string never(std::string_view, std::unique_ptr<InputFile>) { std::abort(); }

test::Files some_files() {
    test::Files files;
    for (int i = 0; i < 30; ++i) files["0001/" + std::to_string(i) + ".pdf"] = test::make_pdf_of_pages(i + 1);
    files["0001/locked.pdf"] = "%PDF-1.4\nnothing that could be read\n";
    return files;
}

} // namespace

TEST_CASE("what was read once is not read again, and is the same") {
    const auto disk = make_memory_file_system();
    test::LookOptions options;
    options.content.cache = disk.get();
    options.content.cache_folder = "/cache";
    const auto first = test::as_bytes(test::look_into(some_files(), options));
    options.content.reader = never;
    CHECK(test::as_bytes(test::look_into(some_files(), options)) == first);
    test::Files one_more = some_files();
    one_more["0001/new.pdf"] = test::make_pdf_of_pages(99);
    const auto more = test::look_into(one_more, options);
    CHECK(more.find("0001/new.pdf")->unknown == Unknown::crash); // that one was not known
    options.content.reader = nullptr;
    CHECK(test::look_into(one_more, options).find("0001/new.pdf")->pdf->pages.total == 99); // and its failure was not kept
}

TEST_CASE("whatever is wrong with the cache, facts are right") {
    const auto disk = make_memory_file_system();
    test::LookOptions options;
    options.content.cache = disk.get();
    options.content.cache_folder = "/cache";
    const auto right = test::as_bytes(test::look_into(some_files(), options));
    const std::string folder = "/cache/" + content::readers_version();
    std::mt19937 random(7);
    for (int round = 0; round < 40; ++round) {
        const auto parts = disk->list(folder);
        REQUIRE(parts);
        for (const FolderEntry& entry : *parts) {
            std::string bytes = *read_file(*disk, folder + "/" + entry.name);
            const std::size_t at = random() % bytes.size();
            if (round % 3 == 0)
                bytes.resize(at);
            else
                bytes[at] = static_cast<char>(bytes[at] ^ (1 << random() % 8));
            REQUIRE(disk->remove(folder + "/" + entry.name));
            REQUIRE(write_new_file(*disk, folder + "/" + entry.name, bytes));
        }
        REQUIRE(test::as_bytes(test::look_into(some_files(), options)) == right);
    }
    const auto left = disk->list(folder);
    REQUIRE(left);
    for (const FolderEntry& entry : *left) CHECK(entry.name.size() == 8); // "7f.facts": nothing half-written is left
}

TEST_CASE("the cache keeps the newest facts within its bounds") {
    const auto disk = make_memory_file_system();
    Sha256 digest; // all in the same part: only the last byte differs
    const auto numbered = [&](int i) {
        digest.bytes[31] = static_cast<std::uint8_t>(i);
        return digest;
    };
    for (int i = 0; i < 20; ++i) {
        Cache cache(disk.get(), "/cache", 1000);
        cache.keep(numbered(i), std::string(100, static_cast<char>('a' + i)));
    }
    Cache cache(disk.get(), "/cache", 1000);
    CHECK(cache.find(numbered(19)) == std::string(100, 't'));
    CHECK(cache.find(numbered(15)) == std::string(100, 'p'));
    CHECK_FALSE(cache.find(numbered(0)));
    CHECK(disk->info("/cache/00.facts")->size <= 1000);
    cache.keep(numbered(50), std::string(600, 'x')); // more than half of the room: one file shall not push out all others
    cache.save();
    CHECK_FALSE(cache.find(numbered(50)));
    CHECK(cache.find(numbered(19)));
}

TEST_CASE("a cache that cannot be written is no trouble") {
    const auto disk = make_memory_file_system();
    REQUIRE(write_new_file(*disk, "/file", "in the way"));
    test::LookOptions options;
    options.content.cache = disk.get();
    options.content.cache_folder = "/file";
    CHECK(test::look_into(some_files(), options).find("0001/0.pdf")->pdf->pages.total == 1);
}
