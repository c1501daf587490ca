// A repository for somebody who may read it and no more: an inspector's account, a folder that is mounted read-only.
#include "core/filesystem.hpp"
#include "tests/support/skip.hpp"
#include "tests/tmf/program.hpp"
#include "tmf/ledger.hpp"

#include <cstdio>
#include <filesystem>
#include <stdexcept>
#include <utility>

#include <sys/wait.h>
#include <unistd.h>

using namespace tmf_test;
namespace fs = std::filesystem;

namespace {

struct Reader : Program {
    Reader() {
        if (geteuid() == 0) test::tool_or_skip("setpriv"); // the administrator may write everywhere: the tests take another account then
        import("file,artifact,date,status\nfiles/a.txt,02.01.02,2025-01-05,final\n");
        fs::copy_file(test::program(), scratch / "dossier"); // the build's folder may be closed to that account
        fs::permissions(scratch.path(), fs::perms::owner_all | fs::perms::group_exec | fs::perms::others_exec);
        set_rights(false);
    }
    ~Reader() { set_rights(true); }

    void set_rights(bool may_write) const {
        const auto read = fs::perms::owner_read | fs::perms::group_read | fs::perms::others_read;
        const auto enter = fs::perms::owner_exec | fs::perms::group_exec | fs::perms::others_exec;
        const auto write = may_write ? fs::perms::owner_write : fs::perms::none;
        fs::permissions(scratch / "repo", read | enter | write);
        for (const auto& entry : fs::recursive_directory_iterator(scratch / "repo"))
            fs::permissions(entry.path(), read | write | (entry.is_directory() ? enter : fs::perms::none));
    }
    test::Run read(std::vector<std::string> arguments) const { return test::run(command(std::move(arguments)), "/"); }
    std::vector<std::string> command(std::vector<std::string> arguments) const {
        std::vector<std::string> command;
        if (geteuid() == 0) command = {"setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"};
        command.push_back(scratch / "dossier");
        command.insert(command.end(), arguments.begin(), arguments.end());
        for (const std::string& text : {std::string("--repo"), scratch / "repo", std::string("--as"), std::string("inspector")})
            command.push_back(text);
        return command;
    }
};

// A reader that has begun, and does not come to its end until it is let go: nobody takes what it says.
class SlowReader {
public:
    explicit SlowReader(const std::vector<std::string>& command) : output_(popen(("exec " + join(command, " ")).c_str(), "r")) {
        char first = 0;
        if (!output_ || fread(&first, 1, 1, output_) != 1) throw std::runtime_error("the reader said nothing");
    }
    ~SlowReader() { finish(); }
    SlowReader(const SlowReader&) = delete;
    SlowReader& operator=(const SlowReader&) = delete;

    int finish() { // its exit code
        if (!output_) return -1;
        char rest[4096];
        while (fread(rest, 1, sizeof rest, output_) > 0) continue;
        return WEXITSTATUS(pclose(std::exchange(output_, nullptr)));
    }

private:
    FILE* output_;
};

} // namespace

TEST_CASE("read-only: who may only read sees everything and changes nothing") {
    const Reader p;
    for (const std::vector<std::string>& question :
         std::vector<std::vector<std::string>>{{"tmf", "list"},
                                               {"tmf", "show", "D-000001"},
                                               {"tmf", "get", "D-000001"},
                                               {"tmf", "history", "D-000001"},
                                               {"study", "show", "S"},
                                               {"tmf", "completeness", "S", "--as-of", "2025-10-01"},
                                               {"tmf", "audit", "S"},
                                               {"tmf", "audit", "--verify"},
                                               {"tmf", "check", "--read-data"}}) {
        const test::Run run = p.read(question);
        INFO(join(question, " ") << ": " << run.out << run.err);
        CHECK(run.code == 0);
        CHECK_FALSE(run.out.empty());
    }
    CHECK(p.read({"tmf", "get", "D-000001"}).out == "content of a\n");
    const test::Run refused = p.read({"tmf", "review", "D-000001", "--accept"});
    CHECK(refused.code == 3);
    CHECK_THAT(refused.err, Catch::Contains("this repository may only be read. Mend: a change needs the right to write to its folder"));
    p.set_rights(true);
    CHECK(p.json({"tmf", "list"}).find("documents")->items()[0].find("versions")->items()[0].find("accepted") == nullptr);
}

TEST_CASE("read-only: who may only read finds what waits for the search index, and what an older program has indexed") {
    const Reader p;
    const auto finds = [&p] { return p.read({"tmf", "search", "a.txt"}).out.find("D-000001") != std::string::npos; };
    CHECK(finds());
    test::tool_or_skip("sqlite3");
    p.set_rights(true);
    CHECK(test::run({"sqlite3", p.scratch / "repo/ledger.sqlite", "SELECT count(*) FROM search_words"}).out == "0\n");
    CHECK_THAT(p.require({"tmf", "search", "a.txt"}), Catch::Contains("D-000001"));
    test::run({"sqlite3", p.scratch / "repo/ledger.sqlite", "DROP TABLE search_state; ALTER TABLE search_words RENAME TO search"});
    p.set_rights(false);
    CHECK(finds());
    CHECK(test::run({"sqlite3", p.scratch / "repo/ledger.sqlite", "SELECT count(*) FROM search"}).out == "1\n");
}

TEST_CASE("read-only: readers work side by side, and keep writers out meanwhile") {
    const Reader p;
    p.set_rights(true);
    p.scratch.write("files/long.txt", std::string(1u << 20, 'x')); // more than a pipe holds
    p.import("file,artifact,date,status\nfiles/long.txt,02.01.02,2025-01-06,final\n");
    p.set_rights(false);
    const auto disk = make_disk_file_system();
    SlowReader slow(p.command({"tmf", "get", "D-000002"}));
    CHECK(disk->lock(p.scratch / "repo/lock", 0).error().kind == ErrorKind::conflict); // what a writer asks for
    const test::Run run = p.read({"tmf", "list"});
    INFO(run.err);
    CHECK(run.code == 0);
    CHECK_THAT(run.out, Catch::Contains("D-000001"));
    CHECK(slow.finish() == 0);
    CHECK(disk->lock(p.scratch / "repo/lock", 0));
}

TEST_CASE("read-only: a file that may not be read is named, with its row, and nothing is filed") {
    const Reader p;
    p.set_rights(true);
    p.scratch.write("files/b.txt", "closed\n");
    p.scratch.write("LIST.csv", "file,artifact\nfiles/a.txt,02.01.02\nfiles/b.txt,02.01.02\n");
    fs::permissions(p.scratch / "files/b.txt", fs::perms::none);
    fs::permissions(p.scratch / "repo", fs::perms::all);
    for (const auto& entry : fs::recursive_directory_iterator(p.scratch / "repo")) fs::permissions(entry.path(), fs::perms::all);
    const test::Run run = p.read({"tmf", "import", p.scratch / "LIST.csv", "--study", "S"});
    fs::permissions(p.scratch / "files/b.txt", fs::perms::owner_all);
    CHECK(run.code == 3);
    CHECK(run.err == "dossier: " + p.scratch / "LIST.csv" +
                         ", row 3, column file: files/b.txt cannot be read: Permission denied. Mend: "
                         "ask for the right to read it\n");
    CHECK(p.documents() == 1);
}

TEST_CASE("read-only: a log that an interrupted run left is not passed over") {
    const Reader p;
    p.set_rights(true);
    auto writer = tmf::open_sqlite_ledger(p.scratch / "repo/ledger.sqlite", false); // keeps the log open
    REQUIRE(writer);
    p.require({"tmf", "review", "D-000001", "--accept"});
    fs::copy_file(p.scratch / "repo/ledger.sqlite-wal", p.scratch / "log");
    fs::copy_file(p.scratch / "repo/ledger.sqlite", p.scratch / "before");
    writer->reset(); // SQLite brings the log home; as it was is put back
    fs::copy_file(p.scratch / "log", p.scratch / "repo/ledger.sqlite-wal", fs::copy_options::overwrite_existing);
    fs::copy_file(p.scratch / "before", p.scratch / "repo/ledger.sqlite", fs::copy_options::overwrite_existing);
    REQUIRE(fs::file_size(p.scratch / "repo/ledger.sqlite-wal") > 0);
    p.set_rights(false);
    const test::Run run = p.read({"tmf", "list"});
    INFO(run.out);
    CHECK(run.code == 3);
    CHECK_THAT(run.err, Catch::Contains("you may only read this folder. Mend: try again; if it stays so, somebody who may write runs"));
    p.set_rights(true);
    CHECK_THAT(p.require({"tmf", "list"}), Catch::Contains("D-000001@1  accepted"));
}
