#include <catch2/catch.hpp>

#include <atomic>
#include <csignal>
#include <cstdlib>
#include <map>

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "core/text.hpp"
#include "core/worker.hpp"
#include "tests/support/run.hpp"
#include "tests/support/skip.hpp"

using namespace dossier;

namespace {

const pid_t test_process = ::getpid(); // the same number in the workers, which are forked from it

std::string read_whole(InputFile& file) {
    std::string bytes(static_cast<std::size_t>(file.size()), '\0');
    std::size_t at = 0;
    while (at < bytes.size()) {
        const auto got = file.read(bytes.data() + at, bytes.size() - at);
        if (!got || *got == 0) break;
        at += *got;
    }
    bytes.resize(at);
    return bytes;
}

volatile std::size_t sink = 0;
std::size_t recurse(std::size_t depth) {
    char room[4096];
    room[depth % sizeof room] = 1;
    sink = sink + static_cast<std::size_t>(room[depth % sizeof room]);
    return depth == 0 ? 0 : recurse(depth - 1) + 1;
}

// What it is asked to do, among it what no file may make it do.
std::string play(std::string_view request, std::unique_ptr<InputFile> file) {
    if (request == "read") return read_whole(*file);
    if (request == "crash") raise(SIGSEGV);
    if (request == "recurse") return std::to_string(recurse(100'000'000));
    if (request == "throw") throw std::runtime_error("nobody catches this");
    if (request == "leave") _exit(0);
    if (request == "hang")
        for (;;) sink = sink + 1;
    if (request == "swell") {
        std::vector<std::string> kept;
        for (;;) kept.push_back(std::string(1u << 20, 'x'));
    }
    if (request == "talk") return std::string(3u << 20, 'x');
    if (request == "open")
        return ::open("/etc/hostname", O_RDONLY) < 0 && ::open("/tmp/made-by-a-worker", O_CREAT | O_WRONLY, 0600) < 0 ? "refused"
                                                                                                                      : "opened";
    if (request == "connect") return ::socket(AF_INET, SOCK_STREAM, 0) < 0 ? "refused" : "connected";
    if (request == "start") return ::fork() < 0 ? "refused" : "started";
    if (request == "write") return ::write(2, "x", 1) < 0 ? "refused" : "written";
    if (request == "signal") return ::syscall(SYS_tgkill, test_process, test_process, 0) < 0 ? "refused" : "could be sent";
    if (request == "environment") return ::getppid() == 0 ? "" : "there";
    return "?";
}

WorkerLimits short_limits() {
    WorkerLimits limits;
    limits.wall_seconds = 20;
    limits.cpu_seconds = 0.8; // of which swelling to the limit of memory takes a part, more on a busy machine
    limits.memory = 120u << 20;
    limits.reply = 2u << 20;
    return limits;
}

// The outcomes of these requests, each with the bytes "bytes of N" to read.
std::vector<WorkOutcome> outcomes(const std::vector<std::string>& requests, int jobs, WorkerLimits limits = short_limits()) {
    const auto memory = make_memory_file_system();
    WorkerPool pool(play, nullptr, jobs, limits);
    std::vector<WorkOutcome> ends(requests.size());
    std::size_t given = 0;
    pool.run(
        [&]() -> std::optional<WorkItem> {
            if (given == requests.size()) return std::nullopt;
            const std::string name = "/" + std::to_string(given);
            REQUIRE(write_new_file(*memory, name, "bytes of " + std::to_string(given)));
            return WorkItem{requests[given++], [&memory, name] { return memory->open(name); }};
        },
        [&](std::size_t number, WorkOutcome outcome) { ends.at(number) = std::move(outcome); });
    return ends;
}

WorkOutcome outcome(const std::string& request) { return outcomes({request}, 1).at(0); }

// Builds with the address sanitizer have no limit on memory, and say so: there, what swells is ended by its time.
WorkEnd end_of_swelling() {
    const auto memory = make_memory_file_system();
    REQUIRE(write_new_file(*memory, "/a", "a"));
    WorkerPool pool(play, nullptr, 1);
    bool given = false;
    pool.run(
        [&]() -> std::optional<WorkItem> {
            if (std::exchange(given, true)) return std::nullopt;
            return WorkItem{"read", [&memory] { return memory->open("/a"); }};
        },
        [](std::size_t, const WorkOutcome&) {});
    for (const std::string& lack : pool.missing())
        if (starts_with(lack, "no limit on memory")) return WorkEnd::time;
    return WorkEnd::memory;
}

} // namespace

TEST_CASE("workers read what they are handed, of the system's files and of others") {
    const auto ends = outcomes({"read", "read", "read"}, 2);
    for (std::size_t i = 0; i < ends.size(); ++i) {
        CHECK(ends[i].end == WorkEnd::done);
        CHECK(ends[i].reply == "bytes of " + std::to_string(i));
    }
    const test::Scratch scratch;
    scratch.write("a", std::string(1'000'000, 'a'));
    const auto disk = make_disk_file_system();
    WorkerPool pool(play, nullptr, 1);
    for (int round = 0; round < 2; ++round) { // a pool serves one list after the other
        bool given = false;
        WorkOutcome end;
        pool.run(
            [&]() -> std::optional<WorkItem> {
                if (std::exchange(given, true)) return std::nullopt;
                return WorkItem{"read", [&] { return disk->open(scratch / "a"); }};
            },
            [&](std::size_t, WorkOutcome outcome) { end = std::move(outcome); });
        CHECK(end.reply == std::string(1'000'000, 'a'));
    }
}

TEST_CASE("a worker that dies, hangs or swells is the outcome of its item, with the reason") {
    CHECK(outcome("crash").end == WorkEnd::crash);
    CHECK_THAT(outcome("crash").reason, Catch::Contains("died (signal 11)"));
    CHECK(outcome("recurse").end == WorkEnd::crash);
    CHECK(outcome("throw").end == WorkEnd::crash);
    CHECK(outcome("leave").end == WorkEnd::crash);
    CHECK(outcome("hang").end == WorkEnd::time);
    CHECK_THAT(outcome("hang").reason, Catch::Contains("0.8 seconds of the processor"));
    CHECK(outcome("swell").end == end_of_swelling());
    if (end_of_swelling() == WorkEnd::memory) CHECK_THAT(outcome("swell").reason, Catch::Contains("more than 120 MB of memory"));
    CHECK(outcome("talk").end == WorkEnd::memory);
    WorkerLimits wall = short_limits();
    wall.cpu_seconds = 100;
    wall.wall_seconds = 2; // what is read in no time gets so much on a busy machine
    const auto late = outcomes({"hang", "read"}, 1, wall);
    CHECK(late[0].end == WorkEnd::time);
    CHECK_THAT(late[0].reason, Catch::Contains("more than 2 seconds"));
    CHECK(late[1].end == WorkEnd::done);
}

TEST_CASE("no outcome depends on the number of workers or on the fate of other items") {
    std::vector<std::string> requests;
    for (const char* const bad : {"crash", "hang", "swell", "throw", "recurse"})
        for (int i = 0; i < 6; ++i) requests.push_back(i == 3 ? bad : "read");
    std::vector<std::string> expected;
    for (std::size_t i = 0; i < requests.size(); ++i) expected.push_back(requests[i] == "read" ? "bytes of " + std::to_string(i) : "");
    for (const int jobs : {1, 2, 5}) {
        const auto ends = outcomes(requests, jobs);
        std::vector<std::string> seen;
        for (const WorkOutcome& end : ends) seen.push_back(end.reply);
        CHECK(seen == expected);
        CHECK(ends[3].end == WorkEnd::crash);
        CHECK(ends[9].end == WorkEnd::time);
        CHECK(ends[15].end == end_of_swelling());
    }
}

TEST_CASE("a process is replaced after so many items, and nothing is lost") {
    WorkerLimits limits = short_limits();
    limits.items_per_process = 2;
    const auto ends = outcomes(std::vector<std::string>(9, "read"), 2, limits);
    for (std::size_t i = 0; i < ends.size(); ++i) CHECK(ends[i].reply == "bytes of " + std::to_string(i));
}

TEST_CASE("workers can open nothing, connect to nothing, start nothing, write nothing and signal nobody") {
    const test::Scratch scratch;
    WorkerPool pool(play, nullptr, 1);
    pool.run(
        [n = 0, &scratch]() mutable -> std::optional<WorkItem> {
            if (n++ > 0) return std::nullopt;
            scratch.write("x", "x");
            return WorkItem{"read", [&scratch] { return make_disk_file_system()->open(scratch / "x"); }};
        },
        [](std::size_t, WorkOutcome end) { CHECK(end.reply == "x"); });
    for (const std::string& lack : pool.missing())
        if (starts_with(lack, "no limit on system calls")) test::skip("this system has no limit on system calls: " + lack);
    for (const char* const wish : {"open", "connect", "start", "write", "signal"}) {
        INFO(wish);
        CHECK(outcome(wish).reply == "refused");
    }
}

TEST_CASE("a file that cannot be opened, or is too large to be handed over, is an outcome too") {
    const auto memory = make_memory_file_system();
    REQUIRE(write_new_file(*memory, "/large", std::string(5000, 'x')));
    WorkerLimits limits = short_limits();
    limits.bytes_in_memory = 4999;
    WorkerPool pool(play, nullptr, 1, limits);
    std::vector<std::string> names = {"/large", "/nowhere"};
    std::map<std::size_t, WorkOutcome> ends;
    std::size_t given = 0;
    pool.run(
        [&]() -> std::optional<WorkItem> {
            if (given == names.size()) return std::nullopt;
            return WorkItem{"read", [&memory, name = names[given++]] { return memory->open(name); }};
        },
        [&](std::size_t number, WorkOutcome end) { ends[number] = std::move(end); });
    REQUIRE(ends.size() == 2);
    CHECK(ends[0].end == WorkEnd::unreadable);
    CHECK_THAT(ends[0].reason, Catch::Contains("5000 bytes"));
    CHECK(ends[1].end == WorkEnd::unreadable);
}
