// make bench: one line for each goal of docs/benchmarks.md.
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <exception>

#include <sys/wait.h>
#include <unistd.h>

#include "bench/measure.hpp"
#include "bench/workbench.hpp"
#include "core/path.hpp"

namespace {

// In a process of its own, so that what it takes to make them is not counted as memory of what is measured later.
void make_repositories(const bench::Workbench& bench) {
    const pid_t child = fork();
    if (child == 0) {
        try {
            bench::make_repository(bench, bench.repository(), bench.sizes.big_sites, bench.sizes.studies);
            bench::make_repository(bench, bench.small_repository(), std::max(1, bench.sizes.big_sites / 5), bench.sizes.studies / 5 + 1);
            _exit(0);
        } catch (const std::exception& error) {
            std::fprintf(stderr, "%s\n", error.what());
            _exit(1);
        }
    }
    int status = 0;
    if (child < 0 || waitpid(child, &status, 0) != child || status != 0) throw std::runtime_error("the repositories could not be made");
}

void run(bench::Workbench& bench) {
    bench.catalogue = bench::require(dossier::templates::read_tmf_catalogue(dossier::templates::Source()));
    bench.disk = dossier::make_disk_file_system();
    bench::require(bench.disk->remove_tree(bench.folder));
    bench::require(bench.disk->create_folders(bench.folder));
    make_repositories(bench);
    bench::bench_memory(bench); // first, while this process is small
    bench::bench_completeness(bench);
    bench::bench_audit(bench);
    bench::bench_import(bench);
    bench::bench_filing(bench);
    bench::require(bench.disk->remove_tree(bench.folder));
}

// A repository with the one big study, to look at pages of it (docs/reports.md, Large trials); it stays.
void make_trial(bench::Workbench& bench, const char* sites) {
    bench.catalogue = bench::require(dossier::templates::read_tmf_catalogue(dossier::templates::Source()));
    bench.disk = dossier::make_disk_file_system();
    bench::make_repository(bench, bench.folder, std::atoi(sites), 0);
}

} // namespace

int main(int count, char** arguments) {
    const bool trial = count == 4 && std::strcmp(arguments[1], "trial") == 0;
    if (count < 3 || count > 4) {
        std::fprintf(stderr, "usage: bench_tmf FOLDER DOSSIER [tiny]\n       bench_tmf trial FOLDER SITES\n"
                             "BENCH_FULL=1: full sizes; else a fifth of them\n");
        return 2;
    }
    const char* full = std::getenv("BENCH_FULL");
    bench::Workbench bench;
    bench.folder = dossier::path::join(dossier::current_folder(), arguments[trial ? 2 : 1]); // an absolute path stays as it is
    bench.program = arguments[2];
    bench.sizes = count == 4 ? bench::Sizes::tiny() : full && *full == '1' ? bench::Sizes::full() : bench::Sizes::fifth();
    try {
        trial ? make_trial(bench, arguments[3]) : run(bench);
        return 0;
    } catch (const std::exception& error) {
        std::fprintf(stderr, "bench: %s\n", error.what());
        return 1;
    }
}
