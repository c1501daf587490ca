// Inputs that once broke a promise of a reader, or lead far into it. A fault ends the process; memory errors need the asan preset.
#include <catch2/catch.hpp>

#include <filesystem>
#include <set>

#include "core/filesystem.hpp"
#include "tests/fuzz/readers.hpp"
#include "tests/support/skip.hpp"

using namespace dossier;

TEST_CASE("every reader takes the inputs that fuzzing kept") {
    const auto disk = make_disk_file_system();
    const std::string corpus = test::source_folder() + "/tests/fuzz/corpus";
    std::set<std::string> folders;
    for (const auto& folder : std::filesystem::directory_iterator(corpus)) folders.insert(folder.path().filename());
    for (const fuzz::Reader& reader : fuzz::readers()) {
        INFO(reader.name);
        REQUIRE(folders.erase(reader.name) == 1);
        std::size_t count = 0;
        for (const auto& file : std::filesystem::directory_iterator(corpus + "/" + reader.name)) {
            INFO(file.path());
            const auto bytes = read_file(*disk, file.path());
            REQUIRE(bytes);
            reader.read(*bytes);
            ++count;
        }
        CHECK(count > 0);
    }
    CHECK(folders.empty()); // a folder of no reader is read by nobody
}
