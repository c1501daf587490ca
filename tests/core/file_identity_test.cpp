// What stands for the bytes of a file on the disk: another text after every change, whatever tools do to the time of writing.
#include <catch2/catch.hpp>

#include <chrono>
#include <filesystem>
#include <thread>

#include <sys/stat.h>

#include "core/file_identity.hpp"
#include "core/filesystem.hpp"
#include "tests/support/run.hpp"
#include "tests/support/skip.hpp"

using namespace dossier;

namespace {

// Longer than the coarsest clock of a file system (2 s): until then a file that was just written is not told by its times.
void let_it_settle() { std::this_thread::sleep_for(std::chrono::milliseconds(2100)); }

} // namespace

TEST_CASE("a file of the disk stays what it is until somebody changes it, and a put-back time hides nothing") {
    const test::Scratch scratch;
    const auto fs = make_disk_file_system();
    for (const char* name : {"kept", "altered", "swapped", "other", "moved"}) scratch.write(name, "the same length");
    const auto link = test::run({"ln", "-s", "kept", scratch / "link"});
    REQUIRE(link.code == 0);
    CHECK(fs->identity(scratch / "kept").empty()); // written just now
    let_it_settle();
    const std::string kept = fs->identity(scratch / "kept"), altered = fs->identity(scratch / "altered"),
                      swapped = fs->identity(scratch / "swapped");
    if (kept.empty()) return test::skip("the disk of the temporary folder is not known to keep the time of the last change");
    CHECK(fs->identity(scratch / "kept") == kept);
    CHECK(fs->identity(scratch / "link") == kept); // the file it leads to
    CHECK(altered != kept);                        // the same bytes, size and nearly time: another file
    CHECK(fs->identity(scratch / "nowhere").empty());
    CHECK(fs->identity(scratch.path()).empty()); // a folder

    const auto time = std::filesystem::last_write_time(scratch / "altered");
    scratch.write("altered", "THE SAME LENGTH");
    std::filesystem::last_write_time(scratch / "altered", time); // as cp -p, rsync and archives do
    std::filesystem::last_write_time(scratch / "other", std::filesystem::last_write_time(scratch / "swapped"));
    std::filesystem::rename(scratch / "other", scratch / "swapped");
    CHECK(fs->identity(scratch / "altered").empty()); // not yet
    let_it_settle();
    CHECK_FALSE(fs->identity(scratch / "altered").empty());
    CHECK(fs->identity(scratch / "altered") != altered);
    CHECK(fs->identity(scratch / "swapped") != swapped);
    CHECK(fs->identity(scratch / "kept") == kept);
}

TEST_CASE("file systems without a time of change of their own are not believed") {
    struct stat status {};
    REQUIRE(::stat("/proc/self/status", &status) == 0);
    CHECK_FALSE(keeps_change_times(status.st_dev, "/proc/self/status")); // stands for FAT, shares and whatever is not known
    CHECK(file_identity("/proc/self/status").empty());
}
