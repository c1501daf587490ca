// Inside core/worker*.cpp only: the nursery, a small process that forks the workers, and what the workers do.
#pragma once

#include "core/worker.hpp"
#include "core/worker_channel.hpp"

namespace dossier::worker {

struct Started {
    int process = 0;         // of the system
    OwnedDescriptor channel; // to the worker; its first message says what its sandbox lacks (packed texts)
};

// Requests to a worker: size of the file (packed), then the request; the file's descriptor goes with it.
struct Request {
    std::uint64_t file_size = 0;
    std::string text;
};
template <class Pack> void pack(Pack& fields, Request& request) { fields(request.file_size, request.text); }

constexpr int exit_memory = 77; // of a worker that ran out of memory

class Nursery {
public:
    Nursery(WorkFunction work, void (*prepare)(), const WorkerLimits& limits);
    ~Nursery(); // and all workers with it
    std::optional<Started> start();
    int end_of(int process, bool kill); // the status that waitpid gives; -1 when it is not known

    Nursery(const Nursery&) = delete;
    Nursery& operator=(const Nursery&) = delete;

private:
    int process_ = 0;
    OwnedDescriptor channel_;
};

} // namespace dossier::worker
