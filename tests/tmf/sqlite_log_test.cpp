// The log of the ledger on the disk, as another program finds it: Debian's sqlite3 reads a copy of the files, taken as a crash leaves them.
#include "tests/support/run.hpp"
#include "tests/support/skip.hpp"
#include "tmf/sqlite.hpp"

#include <catch2/catch.hpp>

#include <filesystem>

using namespace dossier;
using namespace dossier::tmf;
namespace fs = std::filesystem;

namespace {

struct Written {
    test::Scratch scratch;
    std::unique_ptr<Database> database = make();
    std::unique_ptr<Database> make() const {
        test::tool_or_skip("sqlite3");
        auto made = Database::open(scratch / "data", Database::Mode::create);
        REQUIRE(made);
        REQUIRE((*made)->execute("CREATE TABLE t (id INTEGER PRIMARY KEY, x TEXT)"));
        return std::move(*made);
    }
    void execute(const std::string& sql) const {
        const auto done = database->execute(sql);
        INFO((done ? "" : to_text(done.error())));
        REQUIRE(done);
    }
    std::string after_a_crash(const std::string& question) const {
        for (const char* end : {"", "-wal"})
            fs::copy_file(scratch / "data" + end, scratch / "copy" + end, fs::copy_options::overwrite_existing);
        fs::remove(scratch / "copy-shm");
        const auto run = test::run({"sqlite3", scratch / "copy", "PRAGMA integrity_check; " + question});
        INFO(run.err);
        REQUIRE(run.code == 0);
        return run.out;
    }
};

// 3000 rows of 400 characters are 300 pages and more, of which ten are kept in memory: most are in the log before the commit, and those
// that the second statement comes back to are written over there.
const std::string fill_up = "INSERT INTO t WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 3000) "
                            "SELECT i, printf('%0400d', i) FROM n; UPDATE t SET x = x || 'y' WHERE id % 3 = 0;";
const std::string sum_up = "SELECT count(*) || ' ' || coalesce(sum(length(x)), 0) || ' ' || coalesce(sum(x LIKE '%y'), 0) FROM t";

} // namespace

TEST_CASE("log: each commit is in the file when it returns, and the third makes the log as long as it will be") {
    const Written written;
    std::size_t steps = 0;
    std::uintmax_t size = 0;
    for (int i = 1; i <= 150; ++i) {
        const auto transaction = Transaction::begin(*written.database);
        REQUIRE(transaction);
        written.execute("INSERT INTO t (x) VALUES (printf('%05000d', 1))"); // two pages and more
        REQUIRE((*transaction)->commit());
        const auto now = fs::file_size(written.scratch / "data-wal");
        steps += now != size ? 1 : 0;
        size = now;
        if (i % 5 == 0) CHECK(written.after_a_crash("SELECT count(*) FROM t") == "ok\n" + std::to_string(i) + "\n");
    }
    // The table was the first commit. The second writes what it needs, the third the 1,000 pages after which the log starts again, which
    // these 150 do not fill.
    CHECK(steps == 2);
    CHECK(size > 1000 * 4096);
    CHECK(size < 1100 * 4200);
}

TEST_CASE("log: what is in it before its commit counts only afterwards") {
    const Written written;
    written.execute("PRAGMA cache_size = 10; BEGIN IMMEDIATE;" + fill_up);
    CHECK(fs::file_size(written.scratch / "data-wal") > 1'000'000); // it is there
    CHECK(written.after_a_crash(sum_up) == "ok\n0 0 0\n");
    written.execute("ROLLBACK");
    CHECK(written.after_a_crash(sum_up) == "ok\n0 0 0\n");
    written.execute("BEGIN IMMEDIATE;" + fill_up + "COMMIT");
    CHECK(written.after_a_crash(sum_up) == "ok\n3000 1201000 1000\n"); // 3000 x 400, and 1000 more
    written.execute("DELETE FROM t WHERE id > 10");
    CHECK(written.after_a_crash(sum_up) == "ok\n10 4003 3\n");
}
