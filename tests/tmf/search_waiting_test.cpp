// The last documents filed wait for the search index, and are found meanwhile; ledgers of programs that kept another index.
#include "tests/tmf/search_support.hpp"

#include "core/filesystem.hpp"

using namespace tmf_test;

namespace {

std::string list_of(int count) {
    std::string list = "artifact,title,pointer,status\n";
    for (int i = 1; i <= count; ++i) list += fill("02.01.04,Protocol number {},binder {},final\n", i, i);
    return list;
}

void file(const Program& p, const std::string& title, const std::string& restricted = "no") {
    p.scratch.write("files/f.txt", "bytes of " + title);
    p.require({"tmf", "file", "files/f.txt", "--study", "S", "--artifact", "05.02.04", "--site", "701", "--person", "P1", "--title", title,
               "--status", "final", "--restricted", restricted});
}

std::string indexed(const Program& p) { return sql(p, "SELECT indexed || ' ' || (SELECT count(*) FROM search_words) FROM search_state"); }

// Nobody can complete the index while somebody holds the repository.
std::string found_while_held(const Program& p, const std::vector<std::string>& words) {
    const auto held = make_disk_file_system()->lock(p.scratch / "repo/lock", 0);
    REQUIRE(held);
    return found(p, words);
}

// As a program left it that put every document into its index, `search`, at once.
void make_older(const Program& p) { sql(p, "DROP TABLE search_state; ALTER TABLE search_words RENAME TO search"); }

} // namespace

TEST_CASE("search: the last documents filed wait for the index, and are found by the same words, filters and scope") {
    const Program p;
    file(p, "Lebenslauf \xE2\x80\x94 Zo\xC3\xAB"); // a dash that is no letter ends a word
    file(p, "Closed life", "yes");
    CHECK(indexed(p) == "0 0\n");
    for (const char* words : {"zoe", "leb", "ann lee", "05.02.04", "f.txt"}) CHECK(found_while_held(p, {words}) == "1");
    CHECK(found_while_held(p, {"ebenslauf"}) == "");
    const auto held = make_disk_file_system()->lock(p.scratch / "repo/lock", 0);
    REQUIRE(held);
    CHECK(found(p, {"zoe"}, {"--study", "S", "--site", "701"}) == "1");
    CHECK(found(p, {"zoe"}, {"--study", "S", "--site", "702"}) == "");
    CHECK(indexed(p) == "0 0\n");
    CHECK(p.require({"tmf", "check"}).find("sound") != std::string::npos);
}

TEST_CASE("search: whoever may write completes the index before searching") {
    const Program p;
    file(p, "First of all");
    file(p, "Closed life", "yes");
    CHECK(found(p, {"first"}) == "1");
    CHECK(indexed(p) == "2 1\n"); // what is restricted is passed over
    CHECK(found(p, {"first"}) == "1");
    file(p, "Second thoughts");
    CHECK(indexed(p) == "2 1\n");
    CHECK(found_while_held(p, {"second"}) == "3");
    CHECK(found(p, {"second"}) == "3");
    CHECK(indexed(p) == "3 2\n");
    CHECK(p.require({"tmf", "check"}).find("sound") != std::string::npos);
}

TEST_CASE("search: no more than 255 documents wait") {
    const Program p;
    p.import(list_of(255));
    CHECK(indexed(p) == "0 0\n");
    CHECK(found_while_held(p, {"number 255"}) == "255");
    file(p, "One too many");
    CHECK(indexed(p) == "256 256\n");
    file(p, "The first to wait again");
    CHECK(indexed(p) == "256 256\n");
    CHECK(found_while_held(p, {"too many"}) == "256");
    CHECK(found_while_held(p, {"wait again"}) == "257");
    p.import(list_of(600)); // those that were there are recognised
    CHECK(indexed(p) == "602 602\n");
    CHECK(found_while_held(p, {"number 600"}) == "602");
    CHECK(p.require({"tmf", "check"}).find("sound") != std::string::npos);
}

TEST_CASE("search: what happens to a document that waits is found, and no word of one that became restricted") {
    const Program p;
    file(p, "Alpha");
    file(p, "Beta");
    p.require({"tmf", "reindex", "D-000001", "--title", "Gamma", "--reason", "misnamed"});
    p.require({"tmf", "reindex", "D-000002", "--restricted", "yes", "--reason", "it names the treatment"});
    p.require({"tmf", "review", "D-000001", "--reject", "illegible", "--comment", "page three is dark"}, 0);
    CHECK(indexed(p) == "0 0\n");
    for (const bool completed : {false, true}) {
        CHECK(found_while_held(p, {"alpha"}) == "");
        CHECK(found_while_held(p, {"beta"}) == "");
        CHECK(found_while_held(p, {"gamma"}) == "1");
        CHECK(found_while_held(p, {"dark"}) == "1");
        if (!completed) CHECK(found(p, {"gamma"}) == "1");
    }
    CHECK(indexed(p) == "2 1\n");
    sql(p, "PRAGMA wal_checkpoint(TRUNCATE)");
    CHECK(sql(p, "SELECT count(*) FROM search_words_data WHERE instr(block, CAST('beta' AS BLOB)) > 0") == "0\n");
    CHECK(p.require({"tmf", "check"}).find("sound") != std::string::npos);
}

TEST_CASE("search: check says when a document that waits is in the index all the same") {
    const Program p;
    file(p, "Alpha");
    sql(p, "INSERT INTO search_words (rowid, title) VALUES (1, 'Alpha')");
    CHECK_THAT(p.json({"tmf", "check"}).dump(-1), Catch::Contains("D-000001 is in the search index otherwise than in its rows"));
    p.require({"tmf", "check", "--rebuild-search"});
    CHECK(indexed(p) == "1 1\n");
}

TEST_CASE("search: the index of an older program is taken over, and what it did not know of is not kept") {
    const Program p;
    p.import(list_of(3));
    CHECK(found(p, {"number 3"}) == "3");
    make_older(p);
    CHECK(found_while_held(p, {"number 3"}) == "3");
    CHECK(indexed(p) == "3 3\n");
    CHECK(sql(p, "SELECT count(*) FROM sqlite_schema WHERE name = 'search' OR name LIKE 'search\\_data' ESCAPE '\\'") == "0\n");
    // The older one works here once more: it misses its own index, makes it anew, and keeps that only.
    sql(p, "CREATE VIRTUAL TABLE search USING fts5 (artifact, title, file_name, external, person, event, comment, "
           "tokenize = 'unicode61 remove_diacritics 2'); "
           "INSERT INTO search (rowid, artifact, title) VALUES (1, 'u009', 'Protocol number 1'), (2, 'u009', 'Changed by the older')");
    CHECK(found_while_held(p, {"older"}) == "2");
    CHECK(found_while_held(p, {"number 3"}) == "");
    file(p, "Filed by this one");
    CHECK(found_while_held(p, {"filed"}) == "4");
    CHECK(indexed(p) == "3 2\n");
}
