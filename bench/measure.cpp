#include "bench/measure.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <stdexcept>

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/text.hpp"

namespace bench {

using dossier::fill;

namespace {

double seconds_of(const std::function<void()>& work) {
    const auto start = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

void print(const std::string& name, double ratio, double goal, bool met, const std::string& remark) {
    std::printf("%s\n", fill("bench {} {:.3f} {:.2f} {} {}", name, ratio, goal, std::string_view(met ? "met" : "missed"), remark).c_str());
    std::fflush(stdout);
}

} // namespace

double median(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    return values.at(values.size() / 2);
}

Pair alternate(int rounds, const std::function<void()>& ours, const std::function<void()>& theirs) {
    std::vector<double> our_times, their_times;
    for (int round = 0; round <= rounds; ++round) {
        const double a = seconds_of(ours), b = seconds_of(theirs);
        if (round == 0) continue; // caches fill
        our_times.push_back(a);
        their_times.push_back(b);
    }
    return {median(our_times), median(their_times)};
}

void print_at_most(const std::string& name, double ratio, double goal, const std::string& remark) {
    print(name, ratio, goal, ratio <= goal, remark);
}

void print_at_least(const std::string& name, double ratio, double goal, const std::string& remark) {
    print(name, ratio, goal, ratio >= goal, remark);
}

void print_not_measured(const std::string& name, const std::string& remark) {
    std::printf("bench %s - - n/a %s\n", name.c_str(), remark.c_str());
    std::fflush(stdout);
}

std::string milliseconds(double seconds) {
    return fill(seconds < 0.01 ? "{:.3f} ms" : seconds < 1 ? "{:.1f} ms" : "{:.0f} ms", seconds * 1e3);
}

std::string count(double number) {
    if (number >= 1e6) return fill("{:.2f} M", number / 1e6);
    return number >= 1e3 ? fill("{:.0f} k", number / 1e3) : fill("{:.0f}", number);
}

double peak_memory_of(const std::vector<std::string>& command, int expected_code) {
    std::vector<char*> arguments;
    for (const std::string& argument : command) arguments.push_back(const_cast<char*>(argument.c_str()));
    arguments.push_back(nullptr);
    const pid_t child = fork();
    if (child == 0) {
        const int nowhere = open("/dev/null", O_RDWR);
        if (nowhere < 0 || dup2(nowhere, 0) < 0 || dup2(nowhere, 1) < 0) _exit(127);
        execvp(arguments[0], arguments.data());
        _exit(127);
    }
    int status = 0;
    rusage used{};
    if (child < 0 || wait4(child, &status, 0, &used) != child || !WIFEXITED(status) || WEXITSTATUS(status) != expected_code)
        throw std::runtime_error("could not run " + dossier::join(command, " "));
    return static_cast<double>(used.ru_maxrss) / 1024;
}

} // namespace bench
