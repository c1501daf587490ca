#include "core/worker_process.hpp"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <new>

#include <fcntl.h>
#include <malloc.h>
#include <sys/prctl.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/packed.hpp"
#include "core/sandbox.hpp"

namespace dossier::worker {

namespace {

constexpr std::uint64_t most_request = 16u << 20;

// ---- in the worker ----

class HandedFile final : public InputFile {
public:
    HandedFile(OwnedDescriptor descriptor, std::uint64_t size) : descriptor_(std::move(descriptor)), size_(size) {}
    Result<std::size_t> read(char* buffer, std::size_t size) override {
        for (;;) {
            const ssize_t got = ::pread(descriptor_.get(), buffer, size, static_cast<off_t>(at_));
            if (got < 0 && errno == EINTR) continue;
            if (got < 0) return Error(ErrorKind::io, "the file cannot be read");
            at_ += static_cast<std::uint64_t>(got);
            return static_cast<std::size_t>(got);
        }
    }
    Result<void> seek(std::uint64_t offset) override {
        at_ = offset;
        return {};
    }
    std::uint64_t size() const override { return size_; }

private:
    OwnedDescriptor descriptor_;
    std::uint64_t size_, at_ = 0;
};

void set_timer(double seconds) { // of the processor; its signal ends the process
    itimerval timer{};
    timer.it_value.tv_sec = static_cast<time_t>(seconds);
    timer.it_value.tv_usec = static_cast<suseconds_t>((seconds - static_cast<double>(timer.it_value.tv_sec)) * 1e6);
    setitimer(ITIMER_PROF, &timer, nullptr);
}

[[noreturn]] void work_until_closed(int channel, WorkFunction work, const WorkerLimits& limits) {
    signal(SIGPROF, SIG_DFL);
    std::set_new_handler([] { _exit(exit_memory); }); // nothing is half done for want of memory
    const std::vector<std::string> missing = enter_sandbox({limits.memory, channel});
    Packer hello;
    hello(missing);
    if (!send_message(channel, hello.bytes)) _exit(1);
    while (auto message = receive_message(channel, most_request)) {
        Unpacker fields(message->bytes);
        Request request;
        fields(request.file_size, request.text);
        if (!fields.finished()) _exit(1);
        set_timer(limits.cpu_seconds);
        const std::string reply = work(request.text, std::make_unique<HandedFile>(std::move(message->descriptor), request.file_size));
        set_timer(0);
        if (!send_message(channel, reply)) _exit(1);
    }
    _exit(0);
}

// ---- in the nursery ----

struct Order {
    char what = 0; // 's' start one, 'k' kill, 'w' wait for its end
    int process = 0;
};
template <class Pack> void pack(Pack& fields, Order& order) { fields(order.what, order.process); }

int detach_from_the_program(int inherited) {
    const int channel = ::fcntl(inherited, F_DUPFD_CLOEXEC, 3); // never one of the three that are replaced here
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    for (const int number : {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGPIPE}) signal(number, SIG_IGN); // the program ends us
    const int nothing = ::open("/dev/null", O_RDWR);
    for (const int standard : {0, 1, 2}) ::dup2(nothing, standard);
    if (channel > 3) ::close_range(3, static_cast<unsigned>(channel) - 1, 0);
    ::close_range(static_cast<unsigned>(channel) + 1, ~0u, 0);
    // Many small objects between few large ones: putting small ones together again each time costs a sixth of the time.
    mallopt(M_MXFAST, 0);
    mallopt(M_TRIM_THRESHOLD, 64 << 20);
    return channel;
}

bool start_one(int channel, WorkFunction work, const WorkerLimits& limits) {
    auto ends = make_channel();
    const int process = ends ? ::fork() : -1;
    if (process == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        ::close(channel);
        ends->first.reset();
        work_until_closed(ends->second.get(), work, limits);
    }
    Packer answer;
    answer(process);
    return send_message(channel, answer.bytes, process > 0 ? ends->first.get() : -1);
}

[[noreturn]] void serve(int channel, WorkFunction work, const WorkerLimits& limits) {
    while (auto message = receive_message(channel, most_request)) {
        Unpacker fields(message->bytes);
        Order order;
        fields(order);
        if (!fields.finished()) break;
        if (order.what == 's') {
            if (!start_one(channel, work, limits)) break;
            continue;
        }
        if (order.what == 'k') ::kill(order.process, SIGKILL);
        int status = -1;
        if (::waitpid(order.process, &status, 0) < 0) status = -1;
        Packer answer;
        answer(status);
        if (!send_message(channel, answer.bytes)) break;
    }
    _exit(0); // the workers get a signal
}

} // namespace

Nursery::Nursery(WorkFunction work, void (*prepare)(), const WorkerLimits& limits) {
    auto ends = make_channel();
    if (!ends) return;
    process_ = ::fork();
    if (process_ == 0) {
        const int channel = detach_from_the_program(ends->second.get());
        if (prepare) prepare();
        serve(channel, work, limits);
    }
    if (process_ > 0) channel_ = std::move(ends->first);
}

Nursery::~Nursery() {
    channel_.reset();
    if (process_ <= 0) return;
    ::kill(process_, SIGKILL);
    while (::waitpid(process_, nullptr, 0) < 0 && errno == EINTR) {}
}

namespace {

int ask(int channel, const Order& order, OwnedDescriptor* descriptor = nullptr) {
    Packer question;
    question(order);
    if (channel < 0 || !send_message(channel, question.bytes)) return -1;
    auto answer = receive_message(channel, most_request);
    if (!answer) return -1;
    Unpacker fields(answer->bytes);
    int value = -1;
    fields(value);
    if (descriptor) *descriptor = std::move(answer->descriptor);
    return fields.finished() ? value : -1;
}

} // namespace

std::optional<Started> Nursery::start() {
    Started started;
    started.process = ask(channel_.get(), {'s', 0}, &started.channel);
    if (started.process <= 0 || !started.channel) return std::nullopt;
    return started;
}

int Nursery::end_of(int process, bool kill) { return ask(channel_.get(), {kill ? 'k' : 'w', process}); }

} // namespace dossier::worker
