// A list that comes again with more in it: what is taken from rows whose document is filed already, and what is left and said.
#include "tests/tmf/program.hpp"

using namespace tmf_test;

namespace {

const std::string header = "file,artifact,title,document,version,date,expires,status,withdrawn,accepted,received\n";

std::string versions_of(const Program& p, const std::string& document) {
    std::vector<std::string> all;
    const Json shown = p.json({"tmf", "show", document});
    const auto text = [](const Json& version, const char* key) { return version.find(key) ? version.find(key)->text() : std::string(); };
    for (const Json& version : shown.find("versions")->items()) all.push_back(text(version, "label") + " " + text(version, "withdrawn"));
    return join(all, ", ");
}

test::Run import(const Program& p, const std::string& rows, std::vector<std::string> more = {}) {
    p.scratch.write("LIST.csv", header + rows);
    more.insert(more.begin(), {"tmf", "import", "LIST.csv", "--study", "S"});
    return p.run(more);
}

std::size_t audited(const Program& p) { return p.json({"tmf", "audit"}).find("entries")->items().size(); }

} // namespace

TEST_CASE("import again: a withdrawal in a row of what is filed is taken, once, and audited with the list as the reason") {
    Program p;
    REQUIRE(import(p, "files/a.txt,02.01.02,Protocol,P,1.0,2025-02-01,,final,,,\n").code == 0);
    const std::size_t before = audited(p);
    const std::string withdrawn = "files/a.txt,02.01.02,Protocol,P,1.0,2025-02-01,,final,2025-09-15,,\n";
    const test::Run run = import(p, withdrawn);
    INFO(run.out + run.err);
    REQUIRE(run.code == 0);
    CHECK(run.out.find("withdrawn on 2025-09-15") != std::string::npos);
    CHECK(run.out.find("0 filed, 1 were there already, 1 of them changed") != std::string::npos);
    CHECK(versions_of(p, "D-000001") == "1.0 2025-09-15");
    CHECK(audited(p) == before + 1);
    const std::string history = p.require({"tmf", "history", "D-000001"});
    INFO(history);
    CHECK(history.find("version_withdrawn") != std::string::npos);
    CHECK(history.find("LIST.csv, row 2") != std::string::npos);
    // Again: nothing more. Another day: the first one stays, and that is said.
    CHECK(import(p, withdrawn).out.find("changed") == std::string::npos);
    CHECK(audited(p) == before + 1);
    const test::Run other = import(p, "files/a.txt,02.01.02,Protocol,P,1.0,2025-02-01,,final,2025-09-16,,\n");
    CHECK(other.err.find("row 2: withdrawn 2025-09-16 was left: D-000001@1 was withdrawn on 2025-09-15") != std::string::npos);
    CHECK(versions_of(p, "D-000001") == "1.0 2025-09-15");
    p.require({"tmf", "check"});
}

TEST_CASE("import again: a document without a word of its own, and a pointer, are withdrawn too") {
    Program p;
    const std::string filed = "files/b.txt,01.01.08,Plan,,,2025-02-01,,final,";
    REQUIRE(import(p, filed + ",,\n").code == 0);
    REQUIRE(import(p, filed + "2025-09-15,,\n" + filed + "2025-09-15,,\n").code == 0); // the same row twice
    CHECK(versions_of(p, "D-000001") == " 2025-09-15");
    p.import("artifact,title,pointer,status\n01.01.09,Box,box 12,final\n");
    p.import("artifact,title,pointer,status,withdrawn\n01.01.09,Box,box 12,final,2025-09-20\n");
    CHECK(versions_of(p, "D-000002") == " 2025-09-20");
    CHECK(p.documents() == 2);
    const std::vector<std::string> one{"tmf", "file", "files/c.txt", "--study", "S", "--artifact", "01.01.17", "--status", "final"};
    p.require(one);
    std::vector<std::string> again = one;
    again.insert(again.end(), {"--withdrawn", "2025-09-21"});
    CHECK(p.require(again).find("was filed already as D-000003@1  01.01.17 c, now withdrawn on 2025-09-21") != std::string::npos);
    CHECK(p.require({"tmf", "history", "D-000003"}).find("filed again, with a date of withdrawal") != std::string::npos);
}

TEST_CASE("import again: whoever may not change what is filed withdraws nothing, and nothing of the list is filed") {
    Program p;
    const std::string row = "files/a.txt,05.02.18,Log,P,1.0,2025-02-01,,final,";
    p.scratch.write("LIST.csv",
                    "file,artifact,title,document,version,date,status,site\nfiles/a.txt,05.02.18,Log,P,1.0,2025-02-01,final,701\n");
    p.require({"tmf", "import", "LIST.csv", "--study", "S"});
    p.require({"user", "add", "fay", "--role", "filer", "--study", "S", "--site", "0702"});
    p.user = "fay";
    const test::Run run = import(p, row + "2025-09-15,,\n");
    INFO(run.out + run.err);
    CHECK(run.code != 0);
    p.user = "ann";
    CHECK(versions_of(p, "D-000001") == "1.0 ");
    CHECK(p.documents() == 1);
}

TEST_CASE("import again: review stays with the command that reviews, other days are left and said, with both values") {
    Program p;
    REQUIRE(import(p, "files/a.txt,02.01.02,Protocol,P,1.0,2025-02-01,,final,,,2025-03-01\n").code == 0);
    const test::Run run = import(p, "files/a.txt,02.01.02,Protocol,P,1.0,2025-02-01,,final,,,2025-03-02\n");
    CHECK(run.err.find("row 2: received 2025-03-02 was left: D-000001@1 was filed with 2025-03-01; that day is not changed afterwards") !=
          std::string::npos);
}

TEST_CASE("import again: what is left names the command that makes the change, and that command makes it") {
    Program p;
    const auto said_of = [&p](const std::string& row) {
        p.scratch.write("LIST.csv", "file,artifact,title,document,version,status,final,accepted\nfiles/a.txt,02.01.02," + row + "\n");
        const test::Run run = p.run({"tmf", "import", "LIST.csv", "--study", "S"});
        CHECK(run.code == 0);
        return run.err;
    };
    said_of("Protocl,P,1.0,final,,");
    const std::string row = "Ann's protocol,P,1.0,final,2025-03-01,2025-03-02";
    const std::string once = said_of(row);
    INFO(once);
    for (const char* said :
         {"title \"Ann's protocol\" was left: D-000001@1 was filed with \"Protocl\"; if the list is right: dossier tmf reindex "
          "D-000001@1 --title 'Ann'\\''s protocol' --reason ...",
          "final 2025-03-01 was left: D-000001@1 was filed with 2025-10-01; that day is not changed afterwards",
          "accepted 2025-03-02 was left: D-000001@1 is filed without; to review it today: dossier tmf review D-000001@1 --accept"})
        CHECK(once.find(said) != std::string::npos);
    p.require({"tmf", "reindex", "D-000001@1", "--title", "Ann's protocol", "--reason", "typing error"});
    p.require({"tmf", "review", "D-000001@1", "--accept"});
    const std::string twice = said_of(row);
    INFO(twice);
    CHECK(twice.find("title") == std::string::npos);
    CHECK(twice.find("accepted 2025-03-02 was left: D-000001@1 was accepted on 2025-10-01; a review that is recorded is not changed") !=
          std::string::npos);
}

TEST_CASE("import again: the same version with another date is the same version") {
    Program p;
    REQUIRE(import(p, "files/a.txt,02.01.06,Insurance,INS,1.0,2025-02-01,2026-01-31,final,,,\n").code == 0);
    const test::Run run = import(p, "files/a.txt,02.01.06,Insurance,INS,1.0,2025-02-01,2027-01-31,final,,,\n");
    INFO(run.out + run.err);
    REQUIRE(run.code == 0);
    CHECK(run.err.find("row 2: expires 2027-01-31 was left: D-000001@1 was filed with 2026-01-31; if the list is right: "
                       "dossier tmf reindex D-000001@1 --expires 2027-01-31 --reason ...") != std::string::npos);
    CHECK(versions_of(p, "D-000001") == "1.0 ");
}

TEST_CASE("versions: 1 is 1.0 and 02.0 is v2.0, and the label stays as it was written") {
    Program p;
    REQUIRE(import(p, "files/a.txt,02.01.02,Protocol,P,1,2025-02-01,,final,,,\nfiles/b.txt,02.01.02,Protocol,P,v2.0,2025-03-01,,final,,,\n")
                .code == 0);
    CHECK(versions_of(p, "D-000001") == "1 , v2.0 ");
    for (const char* label : {"1.0", "01", "V1.0", "version 1", "1.0.0"}) {
        const test::Run same = import(p, std::string("files/a.txt,02.01.02,Protocol,P,") + label + ",2025-02-01,,final,,,\n");
        CAPTURE(label, same.err);
        CHECK(same.out.find("0 filed, 1 were there already") != std::string::npos);
    }
    const test::Run taken = import(p, "files/c.txt,02.01.02,Protocol,P,02.0,2025-04-01,,final,,,\n");
    CHECK(taken.code == 3);
    CHECK(taken.err.find("version 02.0 of document P is filed already as v2.0, with other bytes (D-000001)") != std::string::npos);
    const test::Run twice =
        import(p, "files/c.txt,02.01.02,Protocol,Q,3,2025-04-01,,final,,,\nfiles/d.txt,02.01.02,Protocol,Q,3.0,2025-04-02,,final,,,\n");
    CHECK(twice.err.find("version 3.0 of document Q stands already in row 2 (as 3)") != std::string::npos);
    // 2.1, 2.10 and 2.01 are three; letters are compared as they are.
    REQUIRE(import(p, "files/a.txt,02.01.02,Other,R,2.1,2025-04-01,,final,,,\nfiles/b.txt,02.01.02,Other,R,2.10,2025-04-02,,final,,,\n"
                      "files/c.txt,02.01.02,Other,R,2.1a,2025-04-03,,final,,,\n")
                .code == 0);
}

TEST_CASE("import: n/a and - in a cell say that there is nothing, so two documents called n/a are two") {
    const Program p;
    p.import("file,artifact,title,document,version,site,person,event,expires,pointer,status\n"
             "files/a.txt,01.01.08,Plan A,n/a,-,N/A,none,\xE2\x80\x93,-,n/a,final\n"
             "files/b.txt,01.01.09,n/a,n/a,-,-,-,-,-,-,final\n");
    CHECK(p.documents() == 2);
    const Json shown = p.json({"tmf", "show", "D-000001"});
    CHECK_FALSE(shown.find("versions")->items()[0].find("pointer"));
    CHECK(p.import_refused("file,artifact,pointer\n,01.01.08,n/a\n").find("neither a file nor a pointer is given") != std::string::npos);
    CHECK(p.import_refused("file,artifact,confirmed\nfiles/c.txt,01.01.08,-\n").find("\"-\" is neither yes nor no") != std::string::npos);
}

TEST_CASE("import again: what was corrected since is still what the list filed, and its correction stays") {
    Program p;
    const std::string rows = "files/a.txt,02.01.06,Insurance,,,2025-02-01,2026-01-31,final,,,\n" // no word and no label of its own
                             "files/b.txt,02.01.06,Insurance,INS,,2025-02-01,2026-01-31,final,,,\n"
                             "files/c.txt,02.01.06,Insurance,,1.0,2025-02-01,,draft,,,\n";
    REQUIRE(import(p, rows).code == 0);
    p.require({"tmf", "reindex", "D-000001", "--expires", "2027-01-31", "--reason", "typing error"});
    p.require({"tmf", "reindex", "D-000002", "--date", "2025-02-02", "--reason", "typing error"});
    p.require({"tmf", "reindex", "D-000003", "--version", "1.1", "--status", "final", "--reason", "typing error"});
    const std::size_t entries = audited(p);
    for (int again = 0; again < 2; ++again) {
        const test::Run run = import(p, rows);
        INFO(run.out + run.err);
        REQUIRE(run.code == 0);
        CHECK(audited(p) == entries);
        CHECK(run.err.find("row 2: expires 2026-01-31 was left") != std::string::npos);
        CHECK(run.err.find("dossier tmf reindex D-000001@1 --expires 2026-01-31 --reason ...") != std::string::npos);
        CHECK(run.err.find("row 3: date 2025-02-01 was left") != std::string::npos);
    }
    CHECK(p.documents() == 3);
}

TEST_CASE("import again: a record of the same bytes with another date, for another person or place is one of its own") {
    Program p;
    const std::string head = "file,artifact,site,person,date,status\n";
    p.import(head + "files/a.txt,05.02.12,701,P1,2025-02-01,final\n");
    p.require({"tmf", "reindex", "D-000001", "--date", "2025-02-03", "--reason", "typing error"});
    p.import(head + "files/a.txt,05.02.12,701,P1,2025-02-02,final\n" // a day that it never had
                    "files/a.txt,05.02.12,701,,2025-02-01,final\n"
                    "files/a.txt,05.02.12,0702,P2,2025-02-01,final\n");
    CHECK(p.documents() == 4);
    p.require({"tmf", "reindex", "D-000001", "--site", "0702", "--person", "P2", "--reason", "wrong site"});
    p.import(head + "files/a.txt,05.02.12,701,P1,2025-02-01,final\n"); // was put elsewhere: what belongs here can be filed
    CHECK(p.documents() == 5);
}

TEST_CASE("the same bytes under another document: a row whose day of receipt lies before that of the bytes is told") {
    const Program p; // 2025-10-01
    p.import("file,artifact,title,date,status\nfiles/a.txt,032,CV,2025-01-01,final\n");
    const std::string head = "file,artifact,title,version,date,status,received,final\n";
    const auto told = [&p, &head](const std::string& row) {
        p.scratch.write("LIST.csv", head + row);
        const test::Run run = p.run({"tmf", "import", "LIST.csv", "--study", "S"});
        CHECK(run.code == 0);
        CHECK(run.err.find("the same bytes are filed as D-000001 (artifact 032)") != std::string::npos);
        const std::size_t at = run.err.find("; they were received on ");
        return at == std::string::npos ? "" : run.err.substr(at, run.err.find('\n', at) - at);
    };
    CHECK(told("files/a.txt,032,CV of Ann,1,2025-01-01,final,2025-01-02,2025-01-03\n") ==
          "; they were received on 2025-10-01 first, and received says 2025-01-02");
    CHECK(told("files/a.txt,001,CV of Ann,2,2025-01-01,final,2025-10-01,2025-10-01\n").empty());
    CHECK(told("files/a.txt,002,CV of Ann,3,2025-01-01,final,,\n").empty());
    // The first receipt of those bytes is now that of the row from before, carried over.
    CHECK(told("files/a.txt,003,CV of Ann,4,2025-01-01,final,2025-01-02,2025-01-02\n").empty());
    CHECK(told("files/a.txt,004,CV of Ann,5,2025-01-01,final,2025-01-01,2025-01-01\n") ==
          "; they were received on 2025-01-02 first, and received says 2025-01-01");
}

TEST_CASE("a row that repeats another one of its list says what of it is left, as when the list comes again") {
    const Program p;
    p.scratch.write("list.csv", "file,artifact,title,date,status,final,accepted\n"
                                "files/a.txt,02.01.02,Protocol,2025-01-05,final,2025-01-10,\n"
                                "files/a.txt,02.01.02,The protocol,2025-01-05,final,2025-01-10,2025-02-01\n"
                                "files/a.txt,02.01.02,Protocol,2025-01-05,final,2025-01-10,\n");
    const test::Run run = p.run({"tmf", "import", "list.csv", "--study", "S"});
    INFO(run.err);
    REQUIRE(run.code == 0);
    CHECK_THAT(run.err, Catch::Contains("row 3: the same document as row 2; filed once"));
    CHECK_THAT(run.err, Catch::Contains("row 3: title \"The protocol\" was left: D-000001@1 was filed with \"Protocol\""));
    CHECK_THAT(run.err, Catch::Contains("row 3: accepted 2025-02-01 was left: D-000001@1 is filed without"));
    CHECK(run.err.find("row 4: title") == std::string::npos); // it says nothing else
    CHECK(run.err.find("row 4: accepted") == std::string::npos);
    CHECK(p.documents() == 1);
}

TEST_CASE("a row that repeats another one of its list with another withdrawal gets one word about it, and a true one") {
    // Of two rows of one document: the withdrawal that each says, and what is said of the second row.
    const auto said = [](const std::string& first, const std::string& second) {
        const Program p;
        p.scratch.write("list.csv", "file,artifact,title,date,status,final,received,withdrawn\n"
                                    "files/a.txt,02.01.02,Protocol,2025-01-05,final,2025-01-10,2025-01-09," +
                                        first + "\nfiles/a.txt,02.01.02,Protocol,2025-01-05,final,2025-01-10,2025-01-09," + second + "\n");
        const test::Run run = p.run({"tmf", "import", "list.csv", "--study", "S"});
        INFO(run.err);
        REQUIRE(run.code == 0);
        CHECK(p.documents() == 1);
        return run.err;
    };
    const std::string once = "note: row 3: the same document as row 2; filed once\n";
    CHECK(said("2025-06-01", "2025-07-01") ==
          once + "note: row 3: withdrawn 2025-07-01 was left: D-000001@1 was withdrawn on 2025-06-01\n");
    CHECK(said("2025-06-01", "") == once + "note: row 3: it is withdrawn on 2025-06-01: row 2 says so, and is the one that counts\n");
    CHECK(said("", "2025-07-01") == once + "note: row 3: its withdrawal was not taken: row 2 is the one that counts\n");
    CHECK(said("2025-06-01", "2025-06-01") == once);
}

TEST_CASE("import again: the same bytes under the same label of a document are one version, draft or final, and the status is said") {
    Program p;
    const std::string row = "files/a.txt,02.01.02,Protocol,P,1.0,2025-02-01,,";
    REQUIRE(import(p, row + "draft,,,\n").code == 0);
    const auto said_again = [&p, &row](const std::string& status) {
        const test::Run run = import(p, row + status + ",,,\n");
        INFO(run.out + run.err);
        REQUIRE(run.code == 0);
        CHECK(run.out.find("0 filed, 1 were there already") != std::string::npos);
        CHECK(versions_of(p, "D-000001") == "1.0 ");
        return run.err;
    };
    CHECK(said_again("final") ==
          "note: row 2: status final was left: D-000001@1 is filed as a draft; if the list is right, this makes it final "
          "today: dossier tmf reindex D-000001@1 --status final --reason ...\n");
    CHECK(said_again("draft").empty());
    CHECK(said_again("").empty()); // an empty cell says nothing of it
    p.require({"tmf", "reindex", "D-000001@1", "--status", "final", "--reason", "signed"});
    CHECK(said_again("final").empty());
    CHECK(said_again("").empty());
    CHECK(said_again("draft") ==
          "note: row 2: status draft was left: D-000001@1 is filed as final; if the list is right: dossier tmf reindex "
          "D-000001@1 --status draft --reason ...\n");
    p.require({"tmf", "reindex", "D-000001@1", "--status", "draft", "--reason", "not signed"});
    CHECK(said_again("draft").empty());
    // What was accepted cannot be made a draft: no command is named that would be refused.
    p.require({"tmf", "reindex", "D-000001@1", "--status", "final", "--reason", "signed"});
    p.require({"tmf", "review", "D-000001@1", "--accept"});
    CHECK(said_again("draft") ==
          "note: row 2: status draft was left: D-000001@1 is final and was accepted on 2025-10-01; a draft of the same "
          "bytes is filed under another label\n");
    CHECK(import(p, "files/a.txt,02.01.02,Protocol,P,1.1,2025-02-01,,draft,,,\n").code == 0);
    CHECK(versions_of(p, "D-000001") == "1.0 , 1.1 ");
}

TEST_CASE("import again: a final date of a row whose version is filed as a draft is said together with the status") {
    Program p;
    const auto said_of = [&p](const std::string& status, const std::string& final_on) {
        p.scratch.write("LIST.csv",
                        "file,artifact,document,version,status,final\nfiles/a.txt,02.01.02,P,1.0," + status + "," + final_on + "\n");
        const test::Run run = p.run({"tmf", "import", "LIST.csv", "--study", "S"});
        CHECK(run.code == 0);
        CHECK(p.documents() == 1);
        CHECK(versions_of(p, "D-000001") == "1.0 ");
        return run.err;
    };
    said_of("draft", "");
    for (const char* status : {"final", ""})
        CHECK(said_of(status, "2025-03-01") ==
              "note: row 2: final 2025-03-01 was left: D-000001@1 is filed as a draft; if the list is right, this "
              "makes it final today: dossier tmf reindex D-000001@1 --status final --reason ...\n");
}

TEST_CASE("tmf file: the same bytes under the same label of a document are one version, whatever the status") {
    const Program p;
    const auto filed_as = [&p](const std::string& status) {
        return p.run({"tmf", "file", "files/a.txt", "--study", "S", "--artifact", "02.01.02", "--document", "P", "--version", "1.0",
                      "--status", status});
    };
    REQUIRE(filed_as("draft").code == 0);
    const test::Run again = filed_as("final");
    INFO(again.out + again.err);
    REQUIRE(again.code == 0);
    CHECK(again.out.find("was filed already as D-000001@1") != std::string::npos);
    CHECK(again.err.find(
              "status final was left: D-000001@1 is filed as a draft; if the list is right, this makes it final today: dossier tmf "
              "reindex D-000001@1 --status final --reason ...") != std::string::npos);
    CHECK(versions_of(p, "D-000001") == "1.0 ");
}
