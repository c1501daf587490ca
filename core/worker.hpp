// Worker processes: bytes that strangers wrote are parsed in a process of their own, closed in (core/sandbox.hpp) and bounded in time and
// memory. A process that dies, hangs or swells is the outcome of that one item; another one takes its place, and no outcome depends on how
// many workers there are or on what became of other items. Not for Windows and macOS. Why it is built so:
// docs/decisions/worker-processes.md.
#pragma once

#include "core/filesystem.hpp"
#include "core/result.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dossier {

// Runs in the worker: reads the file, answers in bytes of any form. Must not rely on anything but its arguments; what it throws or where it
// crashes ends the process and no more.
using WorkFunction = std::string (*)(std::string_view request, std::unique_ptr<InputFile> file);

struct WorkerLimits {
    double wall_seconds = 30; // for one item, by the clock on the wall
    double cpu_seconds = 20;  // and of the processor: the same on a busy machine
    std::uint64_t memory = 1u << 30;
    std::uint64_t reply = 64u << 20;            // bytes of an answer
    std::uint64_t bytes_in_memory = 256u << 20; // of a file that is not one of the system's own (a member of an archive)
    int items_per_process = 500;
};

struct WorkItem {
    std::string request;
    std::function<Result<std::unique_ptr<InputFile>>()> open; // called in this process, when the item's turn comes
};

enum class WorkEnd {
    done,
    unreadable, // the file could not be opened or handed over
    time,
    memory,
    crash,
    not_started // no process could be started
};

struct WorkOutcome {
    WorkEnd end = WorkEnd::not_started;
    std::string reply;  // of done
    std::string reason; // of the others: one sentence
};

// Make it while the process has one thread: it forks. From then on its processes are forked from a small copy of the process as it was
// then, which keeps no file, no network and nothing that is read later. Used by one thread.
class WorkerPool {
public:
    // `prepare` runs once in that copy, before anything is closed: to load what libraries load late.
    WorkerPool(WorkFunction work, void (*prepare)(), int jobs, const WorkerLimits& limits = {});
    ~WorkerPool(); // ends the processes

    // Takes items from `next` until it gives none; `use` gets each outcome with the item's number (from 0), in the order in which they end.
    void run(const std::function<std::optional<WorkItem>()>& next, const std::function<void(std::size_t, WorkOutcome)>& use);

    // What the system lacks to close the workers in, a sentence each; known after the first item.
    const std::vector<std::string>& missing() const;

    WorkerPool(const WorkerPool&) = delete;
    WorkerPool& operator=(const WorkerPool&) = delete;

private:
    class State;
    std::unique_ptr<State> state_;
};

} // namespace dossier
