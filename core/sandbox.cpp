#include "core/sandbox.hpp"

#include <cerrno>
#include <cstdio>
#include <cstring>

#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <seccomp.h>

#include "core/text.hpp"

namespace dossier {

namespace {

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define __SANITIZE_ADDRESS__ 1 // clang says it in another way than g++
#endif
#endif
#if defined(__SANITIZE_ADDRESS__)
constexpr bool has_address_sanitizer = true; // it reserves terabytes of address space
#else
constexpr bool has_address_sanitizer = false;
#endif

std::string failed(const std::string& what) { return fill("{}: {}", what, std::string_view(std::strerror(errno))); }

std::uint64_t address_space_in_use() {
    unsigned long long pages = 0;
    if (std::FILE* file = std::fopen("/proc/self/statm", "r")) {
        if (std::fscanf(file, "%llu", &pages) != 1) pages = 0;
        std::fclose(file);
    }
    return pages * static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE));
}

bool set_limit(__rlimit_resource resource, std::uint64_t most) {
    const rlimit limit{most, most};
    return setrlimit(resource, &limit) == 0;
}

void set_limits(const SandboxLimits& limits, std::vector<std::string>& missing) {
    if (has_address_sanitizer)
        missing.push_back("no limit on memory: this build watches its memory in another way");
    else if (const std::uint64_t used = address_space_in_use(); used == 0 || !set_limit(RLIMIT_AS, used + limits.memory))
        missing.push_back(failed("no limit on memory"));
    if (!set_limit(RLIMIT_FSIZE, 0)) missing.push_back(failed("no limit on written files"));
    if (!set_limit(RLIMIT_CORE, 0)) missing.push_back(failed("no limit on core dumps"));
    if (!set_limit(RLIMIT_NOFILE, 16)) missing.push_back(failed("no limit on open files"));
}

// Computing and ending, memory that is not executable, reading. Writing to the channel alone.
bool allow(scmp_filter_ctx filter, int channel) {
    int bad = 0;
    const auto plain = [&](int call) { bad |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, call, 0); };
    for (const int call : {SCMP_SYS(read),           SCMP_SYS(pread64),         SCMP_SYS(recvmsg),     SCMP_SYS(lseek),
                           SCMP_SYS(close),          SCMP_SYS(munmap),          SCMP_SYS(mremap),      SCMP_SYS(brk),
                           SCMP_SYS(madvise),        SCMP_SYS(futex),           SCMP_SYS(sched_yield), SCMP_SYS(rt_sigreturn),
                           SCMP_SYS(rt_sigprocmask), SCMP_SYS(rt_sigaction),    SCMP_SYS(sigaltstack), SCMP_SYS(clock_gettime),
                           SCMP_SYS(gettimeofday),   SCMP_SYS(getrandom),       SCMP_SYS(setitimer),   SCMP_SYS(getpid),
                           SCMP_SYS(gettid),         SCMP_SYS(restart_syscall), SCMP_SYS(exit),        SCMP_SYS(exit_group)})
        plain(call);
    // abort() signals the process itself; nobody else may be signalled.
    bad |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(tgkill), 1, SCMP_A0(SCMP_CMP_EQ, static_cast<scmp_datum_t>(getpid())));
    for (const int call : {SCMP_SYS(mmap), SCMP_SYS(mprotect)})
        bad |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, call, 1, SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0));
    const auto to_channel = [&](int call) {
        bad |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, call, 1, SCMP_A0(SCMP_CMP_EQ, static_cast<scmp_datum_t>(channel)));
    };
    to_channel(SCMP_SYS(sendto));
    to_channel(SCMP_SYS(sendmsg));
    return bad == 0;
}

void limit_system_calls(int channel, std::vector<std::string>& missing) {
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(EPERM)); // libraries that try a file of their own go on without
    int code = filter && allow(filter, channel) ? seccomp_load(filter) : -EINVAL;
    if (filter) seccomp_release(filter);
    errno = -code;
    if (code != 0) missing.push_back(failed("no limit on system calls"));
}

} // namespace

std::vector<std::string> enter_sandbox(const SandboxLimits& limits) {
    std::vector<std::string> missing;
    prctl(PR_SET_DUMPABLE, 0);
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) missing.push_back(failed("no lock on new rights"));
    set_limits(limits, missing);
    limit_system_calls(limits.channel, missing);
    return missing;
}

} // namespace dossier
