// Filing one document, acknowledged when durable, against one fdatasync of as many bytes on the same disk.
#include <algorithm>
#include <atomic>
#include <chrono>
#include <thread>

#include <fcntl.h>
#include <unistd.h>

#include "bench/measure.hpp"
#include "bench/workbench.hpp"
#include "core/text.hpp"
#include "tmf/filing.hpp"
#include "tmf/sqlite.hpp"

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

constexpr int most_files = 100; // more of them, and the folders that hold them are what is measured

// Another program that writes to the same disk without a pause, as on a server that is not ours alone.
class BusyDisk {
public:
    explicit BusyDisk(const std::string& path)
        : thread_([this, path] {
              const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
              const std::string bytes(most_at_once, 'b');
              for (off_t at = 0; file >= 0 && !is_done_; at = (at + most_at_once) % most_in_file)
                  if (pwrite(file, bytes.data(), bytes.size(), at) < 0 || fdatasync(file) != 0) break;
              if (file >= 0) close(file);
          }) {}
    ~BusyDisk() {
        is_done_ = true;
        thread_.join();
    }

private:
    static constexpr off_t most_at_once = 4 << 20, most_in_file = 256 << 20;
    std::atomic<bool> is_done_ = false;
    std::thread thread_;
};

// What SQLite itself costs for a commit that is durable: three rows (document, version, audit entry) with their indexes, nothing else.
class PlainCommit {
public:
    explicit PlainCommit(const std::string& path) {
        database_ = require(Database::open(path, Database::Mode::create));
        require(database_->execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
                                   "CREATE TABLE document (number INTEGER PRIMARY KEY, study TEXT, unique_id INT, site TEXT);"
                                   "CREATE INDEX document_by_place ON document (study, unique_id, site);"
                                   "CREATE TABLE version (document INT, number INT, title TEXT, dates TEXT, filed TEXT, PRIMARY KEY "
                                   "(document, number)) WITHOUT ROWID;"
                                   "CREATE TABLE audit (sequence INTEGER PRIMARY KEY, object TEXT, value TEXT, hash TEXT);"
                                   "CREATE INDEX audit_by_object ON audit (object);"));
    }
    void once() {
        ++number_;
        const auto put = [this](std::string_view sql) { return require(database_->prepare(sql)); };
        require(put("BEGIN IMMEDIATE")->run());
        const std::string site = fill("{:04}", number_ % small_sites), object = fill("D-{:06}@1", number_);
        require(put("INSERT INTO document VALUES (?, 'S001', 95, ?)")->bind(number_).bind(site).run());
        require(put("INSERT INTO version VALUES (?, 1, ?, '2026-06-01', '2026-06-01T12:00:00.000000Z')")
                    ->bind(number_)
                    .bind(fill("Filed {}", number_))
                    .run());
        require(put("INSERT INTO audit VALUES (?, ?, ?, ?)")
                    ->bind(number_)
                    .bind(object)
                    .bind(std::string(600, 'v'))
                    .bind(std::string(64, 'h'))
                    .run());
        require(put("COMMIT")->run());
    }

private:
    std::unique_ptr<Database> database_;
    std::int64_t number_ = 0;
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
    std::vector<Table> rows; // made before: what is measured is the filing, not how somebody wrote the rows
    for (int number = 1; number <= 2 * (bench.sizes.filings + 1); ++number) rows.push_back(one_row(number, ""));
    std::size_t next = 0;
    const auto file_next = [&] { require(file_rows(*repository, context, rows.at(next++), {})); };
    const auto bare = [&sync] { sync.once(); };
    const Pair pointer = alternate(bench.sizes.filings, file_next, bare);
    PlainCommit plain(bench.folder + "/plain.sqlite");
    const Pair floor = alternate(
        bench.sizes.filings, [&plain] { plain.once(); }, bare);
    print_at_most("filing", pointer.ratio(), 1.3,
                  fill("document, version, audit entry, roll-up: {} against {}; three rows that SQLite commits: {}, {:.2f} of a sync",
                       milliseconds(pointer.ours), milliseconds(pointer.theirs), milliseconds(floor.ours), floor.ratio()));
    {
        const BusyDisk other(bench.folder + "/other");
        const Pair busy = alternate(bench.sizes.filings, file_next, bare);
        print_at_most("filing-busy-disk", busy.ratio(), 1.3,
                      fill("the same while another program writes 4 MiB at a time: {} against {}", milliseconds(busy.ours),
                           milliseconds(busy.theirs)));
    }
    int number = static_cast<int>(rows.size());
    const Pair bytes = alternate(
        std::min(bench.sizes.filings, most_files),
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
