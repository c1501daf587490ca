// What a process takes from itself before it reads bytes that strangers wrote: memory, files, the network, system calls. There is no way
// back. Linux; where a primitive is missing, the rest is done all the same and what is missing is said. Why these:
// docs/decisions/worker-processes.md.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace dossier {

struct SandboxLimits {
    std::uint64_t memory = 1u << 30; // bytes of address space on top of what the process has
    int channel = -1;                // the one descriptor that may be written to
};

// What could not be done, one sentence each; empty when the process is closed in. From then on it can compute, read descriptors that it has
// or is given, answer on the channel, and end.
std::vector<std::string> enter_sandbox(const SandboxLimits& limits);

} // namespace dossier
