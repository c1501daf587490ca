// Memory: the program's peak on a repository against its peak on one of a fifth of that size.
#include "bench/measure.hpp"
#include "bench/workbench.hpp"
#include "core/text.hpp"

namespace bench {

using dossier::fill;

namespace {

void compare(const Workbench& bench, const std::string& name, double goal, std::vector<std::string> command) {
    command.insert(command.begin(), bench.program);
    command.insert(command.end(), {"--now", std::string(present_day) + "T12:00:00Z", "--repo"});
    auto large = command, small = command;
    large.push_back(bench.repository());
    small.push_back(bench.small_repository());
    const double small_peak = peak_memory_of(small), large_peak = peak_memory_of(large);
    print_at_most(name, large_peak / small_peak, goal,
                  fill("{:.0f} MiB against {:.0f} MiB for a fifth of the size", large_peak, small_peak));
}

} // namespace

void bench_memory(const Workbench& bench) {
    compare(bench, "memory-audit-verify", 1.2, {"tmf", "audit", "--verify"});
    compare(bench, "memory-completeness-small-study", 1.2, {"tmf", "completeness", small_study, "--json"});
}

} // namespace bench
