// Killed at any moment: what was acknowledged is there and whole, the repository is sound, and the next run succeeds.
#include "tests/support/run.hpp"
#include "tests/support/skip.hpp"
#include "tests/tmf/program.hpp"

#include <chrono>
#include <cstdlib>
#include <random>
#include <thread>

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace tmf_test;

namespace {

constexpr int files = 100;

unsigned seed() {
    const char* given = std::getenv("DOSSIER_TEST_SEED");
    const unsigned value = given ? static_cast<unsigned>(std::strtoul(given, nullptr, 10)) : std::random_device{}();
    std::printf("seed %u (DOSSIER_TEST_SEED repeats it)\n", value);
    return value;
}

// Starts the program without waiting; its output goes to `out`.
pid_t start(const Program& p, std::vector<std::string> arguments, const std::string& out) {
    arguments.insert(arguments.begin(), test::program());
    arguments.insert(arguments.end(), {"--repo", "repo", "--as", "ann", "--now", p.now});
    std::vector<char*> raw;
    for (std::string& argument : arguments) raw.push_back(argument.data());
    raw.push_back(nullptr);
    const pid_t child = fork();
    if (child != 0) return child;
    const int fd = open((p.scratch / out).c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
    if (fd < 0 || dup2(fd, 1) < 0 || dup2(fd, 2) < 0 || chdir(p.scratch.path().c_str()) != 0) _exit(127);
    execv(raw[0], raw.data());
    _exit(127);
}

// True when it had ended by itself, with success, before the signal came.
bool kill_after(pid_t child, std::chrono::microseconds delay) {
    std::this_thread::sleep_for(delay);
    kill(child, SIGKILL);
    int status = 0;
    waitpid(child, &status, 0);
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

std::string list_of(const Program& p, int count) {
    std::string list = "file,artifact,site,date,status\n";
    for (int i = 0; i < count; ++i) {
        const std::string name = fill("many/{:03}.txt", i);
        p.scratch.write(name, fill("document {} ", i) + std::string(static_cast<std::size_t>(i * 37 % 5000), 'x'));
        list += fill("{},{},{},2025-01-05,final\n", name, std::string_view(i % 2 == 0 ? "02.01.02" : "05.02.12"),
                     std::string_view(i % 2 == 0 ? "" : "701"));
    }
    p.scratch.write("MANY.csv", list);
    return list;
}

void check_sound(const Program& p) {
    const test::Run check = p.run({"tmf", "check", "--read-data"});
    INFO(check.out + check.err);
    REQUIRE(check.code == 0);
}

void put_back(const Program& p) { // the repository as it was before the import
    REQUIRE(test::run({"sh", "-c", "rm -rf repo; cp -r base repo"}, p.scratch.path()).code == 0);
}

} // namespace

TEST_CASE("kill -9 at random moments of an import: all or nothing, sound, and repeated with success") {
    const Program p;
    list_of(p, files);
    p.import(
        "file,artifact,date,status\nfiles/a.txt,01.01.01,2025-01-05,final\nfiles/b.txt,01.01.08,2025-01-05,final\n"); // acknowledged before
    REQUIRE(test::run({"cp", "-r", "repo", "base"}, p.scratch.path()).code == 0);
    const std::vector<std::string> import{"tmf", "import", "MANY.csv", "--study", "S"};
    const auto begin = std::chrono::steady_clock::now();
    p.require(import);
    const auto whole = std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - begin).count();
    std::mt19937 random(seed());
    int killed = 0;
    for (int round = 0; round < 50; ++round) {
        put_back(p);
        const std::chrono::microseconds delay(std::uniform_int_distribution<std::int64_t>(0, whole * 11 / 10)(random));
        const bool acknowledged = kill_after(start(p, import, "out.txt"), delay);
        killed += acknowledged ? 0 : 1;
        INFO("round " << round << ", killed after " << delay.count() << " of " << whole << " microseconds");
        check_sound(p);
        const std::size_t there = p.documents();
        CHECK((there == 2 || there == 2 + files));
        if (acknowledged) CHECK(there == 2 + files);
        CHECK(p.require({"tmf", "get", "D-000001"}) == "content of a\n");
        p.require(import); // again, and now to the end
        CHECK(p.documents() == 2 + files);
        check_sound(p);
        const Json check = p.json({"tmf", "check"});
        CHECK(check.find("objects")->integer() == 2 + files); // nothing is stored twice
        CHECK(check.find("findings")->items().empty());       // and nothing is left over
    }
    CHECK(killed > 10);
}

TEST_CASE("kill -9 while documents are filed one by one: each that was acknowledged is there, byte for byte") {
    const Program p;
    list_of(p, 30);
    std::mt19937 random(seed());
    std::vector<int> acknowledged;
    for (int i = 0; i < 30; ++i) {
        const std::string name = fill("many/{:03}.txt", i);
        const pid_t child = start(
            p, {"tmf", "file", name, "--study", "S", "--artifact", "05.02.12", "--site", "701", "--date", "2025-01-05", "--title", name},
            "out.txt");
        if (kill_after(child, std::chrono::microseconds(std::uniform_int_distribution<int>(1000, 120'000)(random))))
            acknowledged.push_back(i);
    }
    check_sound(p);
    const Json list = p.json({"tmf", "list"});
    for (const int i : acknowledged) {
        const std::string name = fill("many/{:03}.txt", i);
        INFO(name);
        std::string id;
        for (const Json& document : list.find("documents")->items())
            if (document.find("versions")->items()[0].find("title")->text() == name) id = document.find("id")->text();
        REQUIRE_FALSE(id.empty());
        CHECK(p.require({"tmf", "get", id}) == p.scratch.read(name));
    }
    std::printf("%zu of 30 acknowledged\n", acknowledged.size());
}

namespace {

// How many of these system calls one import of ten files makes; 0 when strace cannot trace here.
int calls_of(const Program& p, const std::string& calls) {
    put_back(p);
    const test::Run run = test::run({"strace", "-f", "-qq", "-o", "trace.txt", "-e", "trace=" + calls, test::program(), "tmf", "import",
                                     "MANY.csv", "--study", "S", "--repo", "repo", "--now", p.now},
                                    p.scratch.path());
    if (run.code != 0) return 0;
    const std::string trace = p.scratch.read("trace.txt");
    return static_cast<int>(std::count(trace.begin(), trace.end(), '\n'));
}

test::Run import_with(const Program& p, const std::string& injection) {
    return test::run({"strace", "-f", "-qq", "-o", "/dev/null", "-e", "inject=" + injection, test::program(), "tmf", "import", "MANY.csv",
                      "--study", "S", "--repo", "repo", "--now", p.now},
                     p.scratch.path());
}

struct Traced : Program {
    Traced() {
        test::tool_or_skip("strace");
        list_of(*this, 10);
        REQUIRE(test::run({"cp", "-r", "repo", "base"}, scratch.path()).code == 0);
        if (calls_of(*this, "fsync,fdatasync") == 0) test::skip("strace may not trace here");
    }
};

} // namespace

TEST_CASE("kill -9 at every kind of write, one system call after the other") {
    const Traced p;
    // Counted over the thread that makes the call; the whole range and a little beyond is gone through in steps.
    for (const std::string calls : {"pwrite64", "write", "fsync,fdatasync", "rename", "unlink,openat"}) {
        const int count = calls_of(p, calls);
        REQUIRE(count > 0);
        const int step = std::max(1, count / 12);
        for (int at = 1; at <= count; at += step) {
            put_back(p);
            const test::Run run = import_with(p, calls + ":signal=KILL:when=" + std::to_string(at));
            INFO(calls << " " << at << " of " << count << ", code " << run.code);
            check_sound(p);
            const std::size_t there = p.documents();
            CHECK((there == 0 || there == 10));
            if (run.code == 0) CHECK(there == 10);
            p.require({"tmf", "file", "files/a.txt", "--study", "S", "--artifact", "02.01.04", "--date", "2025-01-05"});
            const Json check = p.json({"tmf", "check"}); // the next change took back what was not acknowledged
            CHECK(check.find("objects")->integer() == static_cast<std::int64_t>(there) + 1);
            CHECK(check.find("findings")->items().empty());
            p.require({"tmf", "import", "MANY.csv", "--study", "S"});
            CHECK(p.documents() == 11);
        }
    }
}

TEST_CASE("a full or failing disk: a clear error, nothing half, and success when there is room again") {
    const Traced p;
    for (const std::string fault : {"pwrite64:error=ENOSPC", "write:error=ENOSPC", "fsync,fdatasync:error=EIO", "rename:error=ENOSPC"}) {
        const std::string calls = fault.substr(0, fault.find(':'));
        const int count = calls_of(p, calls);
        const int step = std::max(1, count / 10);
        for (int at = 1; at <= count; at += step) {
            put_back(p);
            const test::Run run = import_with(p, fault + ":when=" + std::to_string(at) + "+");
            INFO(fault << " from " << at << " of " << count << ", code " << run.code << "\n" << run.err);
            check_sound(p);
            const std::size_t there = p.documents();
            // Not acknowledged may still have been committed (the error came after); never acknowledged and lost, never a part.
            CHECK((there == 0 || there == 10));
            if (run.code == 0)
                CHECK(there == 10);
            else
                CHECK((run.code == 3 || run.code == 2));
            p.require({"tmf", "import", "MANY.csv", "--study", "S"});
            CHECK(p.documents() == 10);
        }
    }
}
