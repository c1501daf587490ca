// Filing one document, acknowledged when durable, against one fdatasync of as many bytes on the same disk.
#include <chrono>

#include <fcntl.h>
#include <unistd.h>

#include "bench/measure.hpp"
#include "bench/workbench.hpp"
#include "core/text.hpp"
#include "tmf/filing.hpp"

namespace bench {

using namespace dossier;
using namespace dossier::tmf;

namespace {

// The least that durability costs: 16 KiB appended (about what a commit writes), and one fdatasync.
class BareSync {
public:
    explicit BareSync(const std::string& path) : file_(open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600)) {}
    ~BareSync() { close(file_); }
    void once() const {
        static const std::string bytes(16 << 10, 'x');
        if (write(file_, bytes.data(), bytes.size()) != static_cast<ssize_t>(bytes.size()) || fdatasync(file_) != 0)
            throw std::runtime_error("the scratch file cannot be written");
    }

private:
    int file_;
};

Table one_row(int number, const std::string& file) {
    TableRow row;
    row.number = 1;
    row.cells = {{"artifact", "095"},
                 {"site", fill("{:04}", 1 + number % small_sites)},
                 {"date", "2026-06-01"},
                 {"title", fill("Filed {}", number)}};
    row.cells[file.empty() ? "pointer" : "file"] = file.empty() ? fill("binder {}", number) : file;
    row.cells["status"] = "final";
    Table table;
    table.rows.push_back(row);
    return table;
}

} // namespace

void bench_filing(const Workbench& bench) {
    const auto repository = require(Repository::open(bench.disk, bench.repository(), Repository::Access::write));
    repository->rollups().keep_rollups(
        make_rollup_keeper([&bench](const StudyRecord&) { return Result<templates::TmfCatalogue>(bench.catalogue); }));
    const Study study = require(load_study(repository->ledger(), bench.catalogue, small_study));
    const auto loaded = require(load_documents(repository->ledger(), study));
    std::vector<Rollup> rollups;
    for (const Audience audience : {Audience::blinded, Audience::unblinded})
        rollups.push_back(make_rollup(bench.catalogue, study, loaded.documents, loaded.decisions, audience, author().time.date()));
    require(repository->rollups().store_rollups(rollups, require(repository->ledger().audit_head()).sequence));
    const RowContext context{bench.catalogue, study, *bench.disk, bench.folder, true, false, author()};
    const BareSync sync(bench.folder + "/sync");
    int number = 0;
    const auto bare = [&sync] { sync.once(); };
    const Pair pointer = alternate(
        bench.sizes.filings, [&] { require(file_rows(*repository, context, one_row(++number, ""), {})); }, bare);
    print_at_most("filing", pointer.ratio(), 1.3,
                  fill("document, version, audit entry, roll-up: {} against {}", milliseconds(pointer.ours), milliseconds(pointer.theirs)));
    const Pair bytes = alternate(
        bench.sizes.filings,
        [&] {
            const std::string path = fill("{}/file-{}", bench.folder, ++number);
            require(write_new_file(*bench.disk, path, "bytes of " + path));
            require(file_rows(*repository, context, one_row(number, path), {}));
        },
        [&] {
            for (int i = 0; i < 4; ++i) sync.once();
        });
    print_at_most("filing-with-bytes", bytes.ratio(), 1.3,
                  fill("the object and its two folders are synced first: {} against {} for four syncs", milliseconds(bytes.ours),
                       milliseconds(bytes.theirs)));
}

} // namespace bench
