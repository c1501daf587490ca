// The lines of `make bench` about submissions: building, hashing, planning (docs/benchmarks.md).
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <stdexcept>

#include "bench/ectd/application.hpp"
#include "bench/ectd/backbone.hpp"
#include "bench/ectd/content.hpp"
#include "bench/ectd/sequence.hpp"
#include "bench/measure.hpp"
#include "core/md5_lanes.hpp"
#include "core/path.hpp"
#include "core/text.hpp"

namespace {

using namespace dossier;

struct Bench {
    bench::Sizes sizes;
    std::string folder, program;
    std::shared_ptr<FileSystem> disk = make_disk_file_system();
    std::string at(const std::string& name) const { return path::join(folder, name); }
};

void shell(const std::string& command) {
    if (std::system(command.c_str()) != 0) throw std::runtime_error("failed: " + command);
}

bool has(const std::string& tool) { return std::system(("command -v " + tool + " >/dev/null").c_str()) == 0; }

double seconds(const std::function<void()>& work) {
    const auto start = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

// By turns, each into a folder that is empty when it begins.
bench::Pair by_turns(const Bench& at, const std::string& ours, const std::string& theirs) {
    std::vector<double> our_times, their_times;
    const auto once = [&](const std::string& command, std::vector<double>& times, bool counts) {
        shell("rm -rf '" + at.at("out") + "' && mkdir '" + at.at("out") + "' && sync -f '" + at.folder + "'");
        const double time = seconds([&] { shell(command); });
        if (counts) times.push_back(time);
    };
    for (int round = 0; round <= at.sizes.rounds; ++round) {
        once(ours, our_times, round > 0);
        once(theirs, their_times, round > 0);
    }
    return {bench::median(our_times), bench::median(their_times)};
}

std::string per_gigabyte(const bench::Pair& pair, std::uint64_t bytes) {
    const double gigabytes = static_cast<double>(bytes) / 1e9;
    return fill("{:.2f} s against {:.2f} s for {:.2f} GB", pair.ours, pair.theirs, gigabytes);
}

void bench_build(const Bench& at, const bench::BigApplication& app) {
    const std::string build = at.program + " ectd build '" + app.folder + "' --sequence 0001 --to '" + at.at("out") + "' >/dev/null 2>&1";
    const std::string sync = " && sync -f '" + at.at("out") + "'";
    shell("mkdir -p '" + at.at("tree") + "'");
    shell(at.program + " ectd build '" + app.folder + "' --sequence 0001 --to '" + at.at("tree") + "' >/dev/null 2>&1");
    const auto folder = by_turns(at, build, "cp -r '" + at.at("tree/0001") + "' '" + at.at("out/0001") + "'" + sync);
    bench::print_at_most("ectd-build-folder", folder.ratio(), 1.3, per_gigabyte(folder, app.bytes) + ", cp -r and sync");
    const std::string zip =
        at.program + " ectd build '" + app.folder + "' --zip --sequence 0001 --to '" + at.at("out") + "' >/dev/null 2>&1";
    if (!has("zip")) return bench::print_not_measured("ectd-build-zip", "zip is not installed");
    const auto archive = by_turns(at, zip, "cd '" + at.at("tree") + "' && zip -0 -q -r '" + at.at("out/0001.zip") + "' 0001" + sync);
    bench::print_at_most("ectd-build-zip", archive.ratio(), 0.6, per_gigabyte(archive, app.bytes) + ", zip -0 -r and sync");
}

class FileInput final : public Md5Input {
public:
    explicit FileInput(std::unique_ptr<InputFile> file) : file_(std::move(file)) {}
    Result<std::size_t> read(char* buffer, std::size_t size) override { return file_->read(buffer, size); }
    void finish(Result<Md5> md5) override {
        if (!md5) throw std::runtime_error(to_text(md5.error()));
    }

private:
    std::unique_ptr<InputFile> file_;
};

void hash_all(const Bench& at, const std::vector<std::string>& files, std::size_t lanes) {
    std::size_t next = 0;
    md5_in_lanes(
        [&]() -> std::unique_ptr<Md5Input> {
            if (next == files.size()) return nullptr;
            auto file = at.disk->open(files[next++]);
            if (!file) throw std::runtime_error(to_text(file.error()));
            return std::make_unique<FileInput>(std::move(*file));
        },
        2, lanes);
}

void bench_md5(const Bench& at, const bench::BigApplication& app) {
    std::string list;
    for (const std::string& file : app.files) list += file + "\n";
    if (!write_file_durably(*at.disk, at.at("list"), list)) throw std::runtime_error("cannot write the list");
    const std::string theirs = "xargs -P2 -n200 md5sum < '" + at.at("list") + "' >/dev/null";
    const std::size_t lanes = widest_md5_lanes();
    if (lanes == 1) {
        bench::print_not_measured("ectd-md5-lanes", "this processor has neither AVX2 nor AVX-512");
    } else {
        const auto wide = bench::alternate(
            at.sizes.rounds, [&] { hash_all(at, app.files, lanes); }, [&] { shell(theirs); });
        bench::print_at_most("ectd-md5-lanes", wide.ratio(), 0.5,
                             fill("{} lanes, {}, xargs -P2 md5sum", lanes, per_gigabyte(wide, app.bytes)));
    }
    const auto plain = bench::alternate(
        at.sizes.rounds, [&] { hash_all(at, app.files, 1); }, [&] { shell(theirs); });
    bench::print_at_most("ectd-md5-one-by-one", plain.ratio(), 1.1, per_gigabyte(plain, app.bytes) + ", xargs -P2 md5sum");
}

void bench_plan(const Bench& at) {
    const std::string folder = at.at("long"), last = fill("{:04}", at.sizes.sequences);
    bench::make_long_application(*at.disk, folder, at.sizes.sequences, at.sizes.per_sequence);
    for (int sequence = 1; sequence < at.sizes.sequences; ++sequence) {
        const std::string number = fill("{:04}", sequence);
        shell(at.program + " ectd build '" + folder + "' --delta --sequence " + number + " --plan '" + folder + "/plan-" + number +
              ".csv' >/dev/null 2>&1");
    }
    if (!has("xmllint")) return bench::print_not_measured("ectd-plan", "xmllint is not installed");
    const std::string plan = at.program + " ectd plan '" + folder + "' --delta --sequence " + last + " --plan '" + folder + "/plan-" +
                             last + ".csv' >/dev/null 2>&1";
    const std::string read =
        "xmllint --stream --noout --nonet '" + folder + "'/0*/index.xml '" + folder + "'/0*/m1/us/us-regional.xml 2>/dev/null";
    const auto pair = bench::alternate(
        at.sizes.rounds, [&] { shell(plan); }, [&] { shell(read); });
    bench::print_at_most("ectd-plan", pair.ratio(), 3,
                         fill("{} against {}, sequence {} of {} leaves each, xmllint --stream over the backbones",
                              bench::milliseconds(pair.ours), bench::milliseconds(pair.theirs), last, at.sizes.per_sequence));
}

void bench_memory(const Bench& at, const bench::BigApplication& app) {
    constexpr double most = 256; // MiB
    for (const bool zip : {false, true}) {
        shell("rm -rf '" + at.at("out") + "'");
        std::vector<std::string> command{at.program, "ectd", "build", app.folder, "--sequence", "0001", "--to", at.at("out")};
        if (zip) command.push_back("--zip");
        const double peak = bench::peak_memory_of(command);
        bench::print_at_most(zip ? "ectd-memory-zip" : "ectd-memory-folder", peak / most, 1,
                             fill("{:.0f} MiB for {} documents, of {:.0f}", peak, app.files.size(), most));
    }
}

void run(const Bench& at) {
    shell("rm -rf '" + at.folder + "'");
    if (!at.disk->create_folders(at.folder)) throw std::runtime_error("cannot make " + at.folder);
    bench::bench_backbone(*at.disk, {at.at("index"), at.program, at.sizes.leaves, at.sizes.rounds}); // while this process is small
    const bench::BigApplication app = bench::make_big_application(*at.disk, at.at("big"), at.sizes.documents);
    bench_memory(at, app); // first, while this process is small
    bench_build(at, app);
    bench::bench_sequence(*at.disk, {at.at("tree"), at.at("sequence-list"), at.sizes.rounds});
    bench_md5(at, app);
    bench_plan(at);
    bench::bench_content(
        {at.at("content"), at.program, at.sizes.rounds, at.sizes.documents, at.sizes.documents == bench::Sizes::tiny().documents});
    shell("rm -rf '" + at.folder + "'");
}

} // namespace

int main(int count, char** arguments) {
    if (count < 3 || count > 4) {
        std::fprintf(stderr, "usage: bench_ectd FOLDER DOSSIER [tiny]\nBENCH_FULL=1: full sizes; else a fifth of them\n");
        return 2;
    }
    const char* full = std::getenv("BENCH_FULL");
    Bench at;
    at.folder = path::join(current_folder(), arguments[1]); // an absolute path stays as it is
    at.program = path::join(current_folder(), arguments[2]);
    at.sizes = count == 4 ? bench::Sizes::tiny() : full && *full == '1' ? bench::Sizes::full() : bench::Sizes::fifth();
    try {
        run(at);
        return 0;
    } catch (const std::exception& error) {
        std::fprintf(stderr, "bench: %s\n", error.what());
        return 1;
    }
}
