// SQLite's door.
#include <catch2/catch.hpp>

#include "tests/support/run.hpp"
#include "tmf/sqlite.hpp"

using namespace dossier;
using namespace dossier::tmf;

TEST_CASE("sqlite: a statement that is run again has the values of that run, empty ones as well") {
    const test::Scratch scratch;
    const auto opened = Database::open(scratch / "values.sqlite", Database::Mode::create);
    REQUIRE(opened);
    Database& database = **opened;
    REQUIRE(database.execute("CREATE TABLE t (a, b, c)"));
    const std::string long_text(5000, 'x'); // more than a statement keeps
    const auto put = [&](const auto& a, const auto& b, const auto& c) {
        const auto insert = database.prepare("INSERT INTO t VALUES (?, ?, ?)");
        REQUIRE(insert);
        REQUIRE((*insert)->bind(a).bind(b).bind(c).run());
    };
    const std::string_view none, x = "x", longer = long_text;
    put(none, none, none);
    put(none, x, none);
    put(x, none, none);
    put(none, none, std::int64_t{7});
    put(none, longer, none);
    put(none, none, none);
    const auto read = database.prepare("SELECT typeof(a) || a, typeof(b) || substr(b, 1, 2) || length(b), typeof(c) || c FROM t");
    REQUIRE(read);
    std::vector<std::string> rows;
    for (;;) {
        const auto more = (*read)->step();
        REQUIRE(more);
        if (!*more) break;
        rows.push_back((*read)->text(0) + " " + (*read)->text(1) + " " + (*read)->text(2));
    }
    CHECK(rows == std::vector<std::string>{"text text0 text", "text textx1 text", "textx text0 text", "text text0 integer7",
                                           "text textxx5000 text", "text text0 text"});
}
