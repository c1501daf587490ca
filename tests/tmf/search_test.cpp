// `tmf search`: what is found by which words, what is never found, and that the index follows every change.
#include "tests/tmf/search_support.hpp"

using namespace tmf_test;

namespace {

const std::string list = "file,artifact,title,site,person,event,document,version,status,restricted\n"
                         "files/a.txt,05.02.04,\"Lebenslauf, Zo\xC3\xAB M\xC3\xBCller\",701,P1,,CV-1,1.0,final,\n"
                         "files/b.txt,02.01.04,Protocol amendment one,,,A1,,1.0,final,\n"
                         "files/c.txt,02.02.03,\"Informed consent form, site 0702\",0702,,,ICF-0702,1.0,final,\n"
                         "files/d.txt,01.03.03,Closed minutes of the committee,,,,,1.0,final,yes\n";

} // namespace

TEST_CASE("search: words, beginnings, phrases, accents and umlauts aside, in every field") {
    const Program p;
    p.import(list);
    CHECK(found(p, {"zoe"}) == "1");
    CHECK(found(p, {"ZO\xC3\x8B"}) == "1");
    CHECK(found(p, {"muller"}) == "1");
    CHECK(found(p, {"leb"}) == "1");      // the beginning of a word
    CHECK(found(p, {"ebenslauf"}) == ""); // not its end
    CHECK(found(p, {"consent", "0702"}) == "3");
    CHECK(found(p, {"consent", "zoe"}) == ""); // all words must be there
    CHECK(found(p, {"\"consent form\""}) == "3");
    CHECK(found(p, {"\"form consent\""}) == "");
    CHECK(found(p, {"icf-0702"}) == "3");   // what a list called it
    CHECK(found(p, {"a.txt"}) == "1");      // the file it came as
    CHECK(found(p, {"A1"}) == "2");         // the event
    CHECK(found(p, {"P1"}) == "1");         // a person's id
    CHECK(found(p, {"ann"}) == "1");        // and name: Ann Lee
    CHECK(found(p, {"05.02.04"}) == "1");   // the artifact's number
    CHECK(found(p, {"curriculum"}) == "1"); // and name
    CHECK(found(p, {"consent"}, {"--study", "S", "--site", "702"}) == "3");
    CHECK(found(p, {"consent"}, {"--study", "S", "--site", "701"}) == "");
    CHECK(found(p, {"protocol"}, {"--artifact", "02.01.04"}) == "2");
}

TEST_CASE("search: a document is found by its number, where it may be seen and is within what was asked for") {
    Program p;
    p.import("file,artifact,title,date,status\nfiles/a.txt,02.01.02,Protocol,2025-01-05,final\n"
             "files/b.txt,06.03.01,see D-000001,2025-01-05,final\nfiles/c.txt,02.01.04,also D-000001,2025-01-05,final\n");
    const auto ids = [&p](std::vector<std::string> words) {
        words.insert(words.begin(), {"tmf", "search"});
        std::vector<std::string> all;
        const Json found = p.json(words);
        for (const Json& document : found.find("documents")->items()) all.push_back(document.find("id")->text());
        return all;
    };
    const auto found = ids({"D-000001"});
    REQUIRE(found.size() == 3);
    CHECK(found.front() == "D-000001"); // itself, then who speaks of it
    CHECK(ids({"d-3"}) == std::vector<std::string>{"D-000003"});
    CHECK(ids({"D-000003@1"}) == std::vector<std::string>{"D-000003"});
    CHECK(ids({"D-000003", "--artifact", "02.01.02"}).empty());
    CHECK(ids({"D-000099"}).empty());
    CHECK(ids({"D-000002"}) == std::vector<std::string>{"D-000002"});
    p.require({"user", "add", "bob", "--role", "reviewer"});
    p.user = "bob";
    CHECK(ids({"D-000002"}).empty()); // may unblind
}

TEST_CASE("search: whatever is typed is words, never an operator") {
    const Program p;
    p.import(list);
    CHECK(found(p, {"zoe OR consent"}) == ""); // "or" is a word like others
    CHECK(found(p, {"title:zoe"}) == "");
    CHECK(found(p, {"-zoe*"}) == "1");
    for (const std::string hostile : {"NEAR(a b)", "a AND", "(", "*", "^zoe", "\"", "\"open", "{title} : x", "zoe\" OR title : \"consent",
                                      "'; DROP TABLE search_words; --"}) {
        INFO(hostile);
        const auto run = search(p, {hostile});
        const bool no_word = hostile.find_first_of("abcdefghijklmnopqrstuvwxyz") == std::string::npos;
        CHECK(run.code == (no_word ? 2 : 0));
        CHECK(run.err.find("ledger:") == std::string::npos);
    }
    CHECK(search(p, {"..."}).err.find("there is no word to search for") != std::string::npos);
    CHECK(found(p, {"zoe"}) == "1");
}

TEST_CASE("search: the index follows corrections, new versions and reviews") {
    const Program p;
    p.import(list);
    p.require({"tmf", "reindex", "D-000002", "--title", "Beta", "--reason", "misnamed"});
    CHECK(found(p, {"beta"}) == "2");
    CHECK(found(p, {"one"}) == "");
    p.scratch.write("files/e.txt", "content of e\n");
    p.require({"tmf",    "file",    "files/e.txt", "--study",  "S",          "--artifact",   "05.02.04",
               "--site", "701",     "--person",    "P1",       "--document", "CV-1",         "--version",
               "2.0",    "--title", "Second life", "--status", "final",      "--restricted", "no"});
    CHECK(found(p, {"second"}) == "1");
    CHECK(found(p, {"zoe"}) == "1"); // the words of older versions still find it
    p.require({"tmf", "review", "D-000003", "--reject", "illegible", "--comment", "page three is dark"}, 0);
    CHECK(found(p, {"dark"}) == "3");
    CHECK(p.require({"tmf", "check"}).find("sound") != std::string::npos);
}

TEST_CASE("search: a restricted document is not found, and no word of it stands in the index, also when it was open before") {
    const Program p;
    p.import(list);
    CHECK(found(p, {"closed"}) == "");
    CHECK(found(p, {"minutes"}) == "");
    CHECK(sql(p, "SELECT count(*) FROM search_words WHERE rowid = 4") == "0\n");
    p.require({"tmf", "reindex", "D-000001", "--restricted", "yes", "--reason", "it names the treatment"});
    CHECK(found(p, {"zoe"}) == "");
    sql(p, "PRAGMA wal_checkpoint(TRUNCATE)");
    // The index's own tables, as bytes: the words are gone, not only marked as deleted.
    CHECK(sql(p, "SELECT count(*) FROM search_words_data WHERE instr(block, CAST('lebenslauf' AS BLOB)) > 0") == "0\n");
    CHECK(sql(p, "SELECT count(*) FROM search_words_data WHERE instr(block, CAST('minut' AS BLOB)) > 0") == "0\n");
    CHECK(sql(p, "SELECT count(*) FROM search_words_content") == "2\n");
}

TEST_CASE("search: who holds the key finds restricted documents by the same words, scope and filters, and nobody else notices") {
    Program p;
    p.import(list);
    p.require({"tmf", "file", "files/a.txt", "--study", "S", "--artifact", "05.02.04", "--site", "701", "--person", "P1", "--title",
               "Unblinded pharmacist, Zo\xC3\xAB B\xC3\xA9rger", "--restricted", "yes", "--status", "final"}); // D-000005
    p.require({"tmf", "reindex", "D-000003", "--restricted", "yes", "--reason", "names the arm"});
    const auto by = [&p](const std::string& user, std::vector<std::string> words) {
        p.user = user;
        words.insert(words.begin(), {"tmf", "search"});
        const Json json = p.json(words);
        std::vector<std::string> ids;
        for (const Json& document : json.find("documents")->items()) ids.push_back(document.find("id")->text().substr(7));
        std::sort(ids.begin(), ids.end());
        return join(ids, " ");
    };
    CHECK(by("ann", {"closed", "minut"}) == "4");
    CHECK(by("ann", {"minutes of the"}) == "4");
    CHECK(by("ann", {"\"the committee\""}) == "4");
    CHECK(by("ann", {"\"committee the\""}) == "");
    CHECK(by("ann", {"zoe"}) == "1 5"); // beside one that is open to all; accents aside
    CHECK(by("ann", {"berger"}) == "5");
    CHECK(by("ann", {"erger"}) == "");
    CHECK(by("ann", {"icf-0702"}) == "3");                 // what a list called it
    CHECK(by("ann", {"a.txt"}) == "1 5");                  // the file it came as
    CHECK(by("ann", {"ann lee"}) == "1 5");                // the person's name
    CHECK(by("ann", {"curriculum", "pharmacist"}) == "5"); // the artifact's name
    CHECK(by("ann", {"zoe", "consent"}) == "");
    CHECK(by("ann", {"zoe", "--study", "S", "--site", "0702"}) == "");
    CHECK(by("ann", {"pharmacist", "--study", "S", "--site", "701"}) == "5");
    CHECK(by("ann", {"zoe", "--artifact", "02.01.04"}) == "");

    p.user = "ann";
    for (const char* role : {"reviewer", "manager", "auditor"}) p.require({"user", "add", "bob", "--role", role});
    for (const char* words : {"closed", "minutes", "pharmacist", "icf-0702", "berger", "committee"}) {
        CHECK(by("bob", {words}) == "");
    }
    CHECK(by("bob", {"zoe"}) == "1");
    CHECK(by("bob", {"ann lee"}) == "1");
    // As before: no word of it on the disk.
    CHECK(sql(p, "SELECT count(*) FROM search_words WHERE rowid IN (3, 4, 5)") == "0\n");
    p.user = "ann";
    CHECK(p.require({"tmf", "check"}).find("sound") != std::string::npos);
}

TEST_CASE("search: check says when the index differs, and makes it anew") {
    const Program p;
    p.import(list);
    CHECK(found(p, {"zoe"}) == "1"); // searching completes the index
    sql(p, "DELETE FROM search_words WHERE rowid = 2; UPDATE search_words SET title = 'something else' WHERE rowid = 3; "
           "INSERT INTO search_words (rowid, title) VALUES (4, 'Closed minutes')");
    const Json report = p.json({"tmf", "check"});
    std::vector<std::string> messages;
    for (const Json& finding : report.find("findings")->items())
        if (finding.find("rule")->text() == "search-differs") messages.push_back(finding.find("message")->text());
    CHECK(messages == std::vector<std::string>{"D-000003 is in the search index otherwise than in its rows, or must not be in it",
                                               "D-000004 is in the search index otherwise than in its rows, or must not be in it",
                                               "D-000002 is not in the search index as it should be",
                                               "D-000003 is not in the search index as it should be"});
    CHECK(p.require({"tmf", "check", "--rebuild-search"}).find("search-differs") == std::string::npos);
    CHECK(found(p, {"minutes"}) == "");
    CHECK(found(p, {"amendment"}) == "2");
}

TEST_CASE("search: a repository from before there was an index gets one when it is opened") {
    const Program p;
    p.import(list);
    sql(p, "DROP TABLE search_words; DROP TABLE search_state");
    CHECK(found(p, {"zoe"}) == "1");
    CHECK(found(p, {"minutes"}) == "");
    CHECK(p.require({"tmf", "check"}).find("sound") != std::string::npos);
}
