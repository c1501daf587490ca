#include "core/worker.hpp"

#include <algorithm>
#include <chrono>
#include <csignal>
#include <deque>

#include <fcntl.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/packed.hpp"
#include "core/text.hpp"
#include "core/worker_process.hpp"

namespace dossier {

namespace {

using Clock = std::chrono::steady_clock;
using worker::Incoming;
using worker::OwnedDescriptor;

struct Task {
    std::size_t number = 0;
    WorkItem item;
    bool again = false; // in a process that read nothing before
};

struct Process {
    int process = 0;
    OwnedDescriptor channel;
    Incoming incoming{0};
    std::optional<Task> task;
    Clock::time_point until;
    int items = 0; // that were given to it
    bool greeted = false;
};

// A file of the system is handed over as it is; of others a copy in memory is.
Result<OwnedDescriptor> handed(InputFile& file, std::uint64_t most, std::uint64_t& size) {
    size = file.size();
    if (const int own = file.descriptor(); own >= 0) {
        OwnedDescriptor twin(::fcntl(own, F_DUPFD_CLOEXEC, 3));
        if (twin) return twin;
        return Error(ErrorKind::io, "too many files are open");
    }
    if (size > most)
        return Error(ErrorKind::unsupported, fill("it has {} bytes; of what lies in an archive up to {} are looked into", size, most), {},
                     "unpack the archive and look at the folder");
    OwnedDescriptor copy(::memfd_create("part of an archive", MFD_CLOEXEC));
    if (!copy) return Error(ErrorKind::io, "no memory to hand it over");
    std::string piece(256u << 10, '\0');
    for (size = 0;;) {
        DOSSIER_TRY(const std::size_t got, file.read(piece.data(), piece.size()));
        if (got == 0) return copy;
        size += got;
        if (size > most) return Error(ErrorKind::unsupported, "it has more bytes than it says", {}, "make the archive again");
        for (std::size_t put = 0; put < got;) {
            const ssize_t some = ::write(copy.get(), piece.data() + put, got - put);
            if (some <= 0) return Error(ErrorKind::io, "no memory to hand it over");
            put += static_cast<std::size_t>(some);
        }
    }
}

WorkOutcome outcome_of(int status, const WorkerLimits& limits) {
    if (WIFEXITED(status) && WEXITSTATUS(status) == worker::exit_memory)
        return {WorkEnd::memory, "", fill("reading it took more than {} MB of memory", limits.memory >> 20)};
    if (WIFSIGNALED(status) && WTERMSIG(status) == SIGPROF)
        return {WorkEnd::time, "", fill("reading it took more than {:g} seconds of the processor", limits.cpu_seconds)};
    if (WIFSIGNALED(status)) return {WorkEnd::crash, "", fill("the process that read it died (signal {})", WTERMSIG(status))};
    return {WorkEnd::crash, "", "the process that read it ended without an answer"};
}

} // namespace

class WorkerPool::State {
public:
    State(WorkFunction work, void (*prepare)(), int jobs, const WorkerLimits& limits)
        : limits_(limits), nursery_(work, prepare, limits), processes_(static_cast<std::size_t>(std::clamp(jobs, 1, 64))) {}

    ~State() {
        for (Process& process : processes_)
            if (process.process != 0) end(process, process.task.has_value());
    }
    State(const State&) = delete;
    State& operator=(const State&) = delete;

    void run(const std::function<std::optional<WorkItem>()>& next, const std::function<void(std::size_t, WorkOutcome)>& use) {
        next_ = &next;
        use_ = &use;
        exhausted_ = false;
        count_ = 0;
        do
            for (Process& process : processes_)
                if (!process.task) give_work(process);
        while (wait());
    }

    std::vector<std::string> missing;

private:
    std::optional<Task> next_task() {
        if (!again_.empty()) {
            Task task = std::move(again_.front());
            again_.pop_front();
            return task;
        }
        if (exhausted_) return std::nullopt;
        auto item = (*next_)();
        exhausted_ = !item;
        return item ? std::optional<Task>(Task{count_++, std::move(*item)}) : std::nullopt;
    }

    void give_work(Process& process) {
        while (!process.task) {
            auto task = next_task();
            if (!task) return;
            const std::size_t number = task->number;
            if (auto failed = hand_over(process, std::move(*task))) (*use_)(number, std::move(*failed));
        }
    }

    std::optional<WorkOutcome> hand_over(Process& process, Task task) {
        auto file = task.item.open();
        std::uint64_t size = 0;
        auto descriptor = file ? handed(**file, limits_.bytes_in_memory, size) : Result<OwnedDescriptor>(file.error());
        if (!descriptor) return WorkOutcome{WorkEnd::unreadable, "", descriptor.error().message};
        if (process.process != 0 && (task.again || process.items >= limits_.items_per_process)) end(process, false);
        worker::Request request{size, task.item.request};
        Packer bytes;
        bytes(request);
        for (int attempt = 0; attempt < 2; ++attempt) { // one that is gone meanwhile is replaced
            if (process.process == 0 && !start(process)) break;
            if (!worker::send_message(process.channel.get(), bytes.bytes, descriptor->get())) {
                end(process, true);
                continue;
            }
            process.until = Clock::now() + std::chrono::milliseconds(static_cast<std::int64_t>(limits_.wall_seconds * 1000));
            process.task = std::move(task);
            ++process.items;
            return std::nullopt;
        }
        return WorkOutcome{WorkEnd::not_started, "", "no process could be started to read it in"};
    }

    bool start(Process& process) {
        auto started = nursery_.start();
        if (!started) return false;
        process = Process();
        process.process = started->process;
        process.channel = std::move(started->channel);
        process.incoming = Incoming(limits_.reply);
        return true;
    }

    int end(Process& process, bool kill) {
        process.channel.reset(); // one that waits for work ends by itself
        const int status = nursery_.end_of(process.process, kill);
        process.process = 0;
        return status;
    }

    // Until something happens to one of them; false when none works any more.
    bool wait() {
        std::vector<pollfd> polled;
        std::vector<Process*> busy;
        auto first = Clock::time_point::max();
        for (Process& process : processes_) {
            if (!process.task) continue;
            polled.push_back({process.channel.get(), POLLIN, 0});
            busy.push_back(&process);
            first = std::min(first, process.until);
        }
        if (busy.empty()) return false;
        const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(first - Clock::now()).count();
        ::poll(polled.data(), polled.size(), static_cast<int>(std::clamp<std::int64_t>(left + 1, 0, 60'000)));
        for (std::size_t i = 0; i < busy.size(); ++i) {
            if (polled[i].revents != 0) read_from(*busy[i]);
            if (busy[i]->task && Clock::now() >= busy[i]->until) give_up(*busy[i]);
        }
        return true;
    }

    void read_from(Process& process) {
        switch (process.incoming.read_some(process.channel.get())) {
        case Incoming::State::partly:
            return;
        case Incoming::State::whole:
            return whole(process, process.incoming.take());
        case Incoming::State::too_long: {
            end(process, true);
            return finish(process, {WorkEnd::memory, "", "more was found in it than can be told"});
        }
        case Incoming::State::closed:
            return died(process);
        }
    }

    void whole(Process& process, std::string message) {
        if (process.greeted) return finish(process, {WorkEnd::done, std::move(message), ""});
        process.greeted = true;
        Unpacker fields(message);
        fields(missing);
    }

    // A process that had read other files before is no proof against this one: it is tried again in a fresh one.
    void died(Process& process) {
        const bool fresh = process.items == 1;
        const WorkOutcome outcome = outcome_of(end(process, true), limits_);
        if (fresh || outcome.end == WorkEnd::time) return finish(process, outcome);
        process.task->again = true;
        again_.push_back(std::move(*process.task));
        process.task.reset();
    }

    void give_up(Process& process) {
        end(process, true);
        finish(process, {WorkEnd::time, "", fill("reading it took more than {:g} seconds", limits_.wall_seconds)});
    }

    void finish(Process& process, WorkOutcome outcome) {
        const std::size_t number = process.task->number;
        process.task.reset();
        (*use_)(number, std::move(outcome));
    }

    WorkerLimits limits_;
    worker::Nursery nursery_;
    std::vector<Process> processes_;
    std::deque<Task> again_;
    const std::function<std::optional<WorkItem>()>* next_ = nullptr;
    const std::function<void(std::size_t, WorkOutcome)>* use_ = nullptr;
    std::size_t count_ = 0;
    bool exhausted_ = false;
};

WorkerPool::WorkerPool(WorkFunction work, void (*prepare)(), int jobs, const WorkerLimits& limits)
    : state_(std::make_unique<State>(work, prepare, jobs, limits)) {}
WorkerPool::~WorkerPool() = default;

void WorkerPool::run(const std::function<std::optional<WorkItem>()>& next, const std::function<void(std::size_t, WorkOutcome)>& use) {
    state_->run(next, use);
}

const std::vector<std::string>& WorkerPool::missing() const { return state_->missing; }

} // namespace dossier
