// A session whose files may not grow beyond a limit (ulimit -f): a write beyond it is said, and nothing is half filed.
#include "core/filesystem.hpp"
#include "tests/tmf/program.hpp"

using namespace tmf_test;

namespace {

// `blocks` of 512 bytes, as POSIX has it.
test::Run run_limited(const Program& p, int blocks, std::vector<std::string> arguments) {
    std::vector<std::string> command{"/bin/sh", "-c", "ulimit -f " + std::to_string(blocks) + "; exec \"$0\" \"$@\"", test::program()};
    command.insert(command.end(), arguments.begin(), arguments.end());
    command.insert(command.end(), {"--repo", "repo", "--as", p.user, "--now", p.now});
    return test::run(command, p.scratch.path(), {"XDG_DATA_HOME=" + p.scratch / "data"});
}

} // namespace

TEST_CASE("file size limit: a document larger than files may be is refused with a message, and nothing is filed") {
    const Program p;
    p.scratch.write("files/large.txt", std::string(4 << 20, 'x'));
    p.scratch.write("LIST.csv", "file,artifact,status\nfiles/a.txt,01.01.08,final\nfiles/large.txt,02.01.02,final\n");
    const test::Run run = run_limited(p, 4096, {"tmf", "import", "LIST.csv", "--study", "S"}); // 2 MiB: the ledger is smaller
    INFO(run.out + run.err);
    CHECK(run.code == 3);
    CHECK(run.err.find("File too large") != std::string::npos);
    CHECK(run.err.find("ulimit -f") != std::string::npos);
    CHECK(p.documents() == 0);
    p.require({"tmf", "check"});
    p.require({"tmf", "import", "LIST.csv", "--study", "S"});
    CHECK(p.documents() == 2);
}

TEST_CASE("file size limit: a ledger that may not grow is said, and nothing is filed") {
    const Program p;
    p.scratch.write("LIST.csv", "file,artifact,status\nfiles/a.txt,01.01.08,final\n");
    const test::Run run = run_limited(p, 8, {"tmf", "import", "LIST.csv", "--study", "S"}); // 4 KiB: a page or none
    INFO(run.out + run.err);
    CHECK(run.code == 3);
    CHECK(run.err.find("ulimit -f") != std::string::npos);
    CHECK(p.documents() == 0);
    p.require({"tmf", "check"});
    p.require({"tmf", "import", "LIST.csv", "--study", "S"});
    CHECK(p.documents() == 1);
}

TEST_CASE("file size limit: a report that would be cut off is refused") {
    const Program p;
    const test::Run run = run_limited(p, 4, {"rules", "list", "--format", "csv", "--output", "OUT.csv"});
    INFO(run.out + run.err);
    CHECK(run.code == 3);
    CHECK(run.err.find("ulimit -f") != std::string::npos);
    CHECK_FALSE(exists(*make_disk_file_system(), p.scratch / "OUT.csv"));
}
