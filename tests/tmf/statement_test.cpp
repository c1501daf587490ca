// What is bound to a statement: kept until it has run, whatever becomes of the text it was read from.
#include "tests/support/run.hpp"
#include "tmf/sqlite.hpp"

#include <catch2/catch.hpp>

#include <vector>

using namespace dossier;
using namespace dossier::tmf;

namespace {

struct Texts {
    test::Scratch scratch;
    std::unique_ptr<Database> database = make();
    std::unique_ptr<Database> make() const {
        auto made = Database::open(scratch / "data", Database::Mode::create);
        REQUIRE(made);
        REQUIRE((*made)->execute("CREATE TABLE t (a TEXT, b TEXT, c TEXT, d TEXT)"));
        return std::move(*made);
    }
    void put(const std::vector<std::string>& texts) const {
        const auto statement = database->prepare("INSERT INTO t VALUES (?, ?, ?, ?)");
        REQUIRE(statement);
        for (std::string text : texts) { // a copy, gone and written over before the statement runs
            (*statement)->bind(text);
            text.assign(text.size(), '#');
        }
        REQUIRE((*statement)->run());
    }
    std::vector<std::vector<std::string>> all() const {
        const auto rows = database->prepare("SELECT a, b, c, d FROM t ORDER BY rowid");
        REQUIRE(rows);
        std::vector<std::vector<std::string>> found;
        while (*(*rows)->step()) found.push_back({(*rows)->text(0), (*rows)->text(1), (*rows)->text(2), (*rows)->text(3)});
        return found;
    }
};

} // namespace

TEST_CASE("statement: short and long texts, empty ones and those with a zero byte arrive as they were") {
    const Texts texts;
    const std::string zero("one\0two", 7), longest(100'000, 'l'), some(1500, 's'), more(1500, 'm');
    const std::vector<std::vector<std::string>> rows{
        {"a", "", zero, "d"},           // short ones
        {some, more, "after them", ""}, // the second is too long for what is left
        {longest, "x", longest, "y"},   // too long by themselves
        {"", "", "", ""},               // nothing is a text too, not NULL
        {std::string(2048, 'f'), "", "z", ""},
    };
    for (int run = 0; run < 2; ++run)
        for (const auto& row : rows) texts.put(row);
    auto twice = rows;
    twice.insert(twice.end(), rows.begin(), rows.end());
    CHECK(texts.all() == twice);
    const auto nulls = texts.database->prepare("SELECT count(*) FROM t WHERE a IS NULL OR b IS NULL OR c IS NULL OR d IS NULL");
    REQUIRE(nulls);
    REQUIRE(*(*nulls)->step());
    CHECK((*nulls)->number(0) == 0);
}
