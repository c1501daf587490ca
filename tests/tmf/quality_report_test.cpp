// The reports quality and queries: figures reasoned by hand, and every number recounted from the rows.
#include <map>

#include "tests/tmf/report_support.hpp"

using namespace tmf_test;

namespace {

// One final document a row: artifact, site or nothing, then what happens in the test.
struct Filed : Program {
    Filed() {
        import("file,artifact,site,date,status\nfiles/a.txt,02.01.02,,2025-01-05,final\nfiles/b.txt,05.02.04,701,2025-01-05,final\n"
               "files/c.txt,05.02.02,701,2025-01-05,final\nfiles/d.txt,01.01.13,,2025-01-05,draft\n");
    }
    void review(const std::string& day, std::vector<std::string> arguments) {
        now = day + "T12:00:00Z";
        arguments.insert(arguments.begin(), {"tmf", "review"});
        require(arguments);
    }
    Json quality(const std::string& as_of, std::vector<std::string> more = {}) const {
        more.insert(more.begin(), {"tmf", "report", "S", "quality", "--as-of", as_of});
        return json(more);
    }
};

} // namespace

TEST_CASE("report quality: reviewed, rejected, first pass and error classes, as of three days") {
    Filed p;
    p.review("2025-10-02", {"D-000001", "--accept"});
    p.review("2025-10-03", {"D-000002", "--step", "content", "--reject", "unsigned", "--comment", "page 2"});
    p.require({"tmf", "file", "files/a.txt", "--study", "S", "--artifact", "05.02.04", "--site", "701", "--date", "2025-01-05", "--status",
               "final", "--document", "D-000002"});
    p.review("2025-11-04", {"D-000002@2", "--accept"});
    p.review("2025-11-05", {"D-000003", "--step", "intake", "--accept"});
    p.review("2025-11-06", {"D-000003", "--reject", "wrong_date", "--comment", "2024, not 2025"});
    p.now = "2025-12-01T12:00:00Z";

    // Nobody had looked yet: three final ones wait, the draft does not.
    const Json start = p.quality("2025-10-01");
    CHECK(figure(start, "reviewed") == 0);
    CHECK(figure(start, "waiting") == 3);
    CHECK(share(start, "first_pass_yield") == "0 of 0 = 100.0");

    // D-1 accepted, D-2@1 rejected; D-3 and the new D-2@2 wait.
    const Json middle = p.quality("2025-10-31");
    CHECK(figure(middle, "reviewed") == 2);
    CHECK(figure(middle, "rejected") == 1);
    CHECK(figure(middle, "waiting") == 2);
    CHECK(share(middle, "quality") == "1 of 2 = 50.0");

    // Four decided: D-1 and D-2@2 accepted, D-2@1 and D-3 rejected. D-2@2 follows a rejected version: its pass is not the first, so the
    // first passes are D-1, D-2@1, D-3, of which one passed.
    const Json end = p.quality("2025-12-01");
    CHECK(column(end, "versions", "document") == std::vector<std::string>{"D-000001@1", "D-000002@1", "D-000002@2", "D-000003@1"});
    CHECK(column(end, "versions", "outcome") == std::vector<std::string>{"accepted", "rejected", "accepted", "rejected"});
    CHECK(column(end, "versions", "pass") == std::vector<std::string>{"first", "first", "again", "first"});
    CHECK(column(end, "versions", "step") == std::vector<std::string>{"approval", "content", "approval", "approval"});
    CHECK(share(end, "quality") == "2 of 4 = 50.0");
    CHECK(share(end, "first_pass_yield") == "1 of 3 = 33.3");
    CHECK(column(end, "error_classes", "code") == std::vector<std::string>{"unsigned", "wrong_date"});
    CHECK(column(end, "by_period", "period") == std::vector<std::string>{"2025-10", "2025-11"});
    CHECK(column(end, "by_period", "reviewed") == std::vector<std::string>{"2", "2"});
    CHECK(column(end, "by_zone", "zone") == std::vector<std::string>{"02", "05"});
    CHECK(column(end, "by_zone", "rejected") == std::vector<std::string>{"0", "2"});
    // Checks: intake passed once; content rejected once; approval passed twice and rejected once.
    CHECK(column(end, "steps", "step") == std::vector<std::string>{"intake", "content", "approval"});
    CHECK(column(end, "steps", "passed") == std::vector<std::string>{"1", "0", "2"});
    CHECK(column(end, "steps", "rejected") == std::vector<std::string>{"0", "1", "1"});
    CHECK(figure(p.quality("2025-12-01", {"--site", "701"}), "reviewed") == 3);
    for (const char* form : {"text", "csv", "html"}) p.require({"tmf", "report", "S", "quality", "--format", form});
}

TEST_CASE("reports quality and site: a version waits for nothing any more once a later one superseded it, as in completeness") {
    const Program p; // review: yes
    p.import("file,artifact,title,site,date,document,version,status,received,final,accepted\n"
             "files/a.txt,05.02.12,CTA,701,2025-02-01,CTA,1.0,final,2025-02-02,2025-02-03,\n"
             "files/b.txt,05.02.12,CTA,701,2025-02-10,CTA,2.0,final,2025-02-11,2025-02-12,2025-02-13\n");
    const auto quality = [&](const std::string& day) { return p.json({"tmf", "report", "S", "quality", "--as-of", day}); };
    const auto waiting_at_site = [&](const std::string& day) {
        return column(p.json({"tmf", "report", "S", "site", "--as-of", day}), "sites", "waiting");
    };
    // Both are final and nobody has decided.
    CHECK(figure(quality("2025-02-12"), "waiting") == 2);
    CHECK(column(quality("2025-02-12"), "versions", "outcome") == std::vector<std::string>{"waiting", "waiting"});
    CHECK(waiting_at_site("2025-02-12") == std::vector<std::string>{"0", "2"});
    // 2.0 is accepted: it is in force, and 1.0 is superseded.
    CHECK(figure(quality("2025-02-13"), "waiting") == 0);
    CHECK(column(quality("2025-02-13"), "versions", "document") == std::vector<std::string>{"D-000001@2"});
    CHECK(waiting_at_site("2025-02-13") == std::vector<std::string>{"0", "0"});
}

TEST_CASE("report queries: open, answered and closed on a day, by age") {
    Filed p;
    const auto at = [&p](const std::string& day, std::vector<std::string> arguments) {
        p.now = day + "T12:00:00Z";
        arguments.insert(arguments.begin(), {"tmf", "query"});
        p.require(arguments);
    };
    at("2025-10-01", {"open", "D-000001", "--text", "one"});
    at("2025-10-02", {"open", "D-000002", "--text", "two", "--to", "site 701"});
    at("2025-10-20", {"answer", "Q-000002", "--text", "so"});
    at("2025-10-25", {"open", "D-000002", "--text", "three"});
    at("2025-10-28", {"close", "Q-000001", "--reason", "done"});
    p.now = "2025-12-31T12:00:00Z";
    const auto report = [&](const std::string& day) { return p.json({"tmf", "report", "S", "queries", "--as-of", day}); };
    using Texts = std::vector<std::string>;
    // 2025-10-27: one is open for 26 days, two was answered (25 days old), three is open for 2.
    const Json october = report("2025-10-27");
    CHECK(column(october, "queries", "state") == Texts{"open", "answered", "open"});
    CHECK(column(october, "queries", "age_days") == Texts{"26", "25", "2"});
    CHECK(column(october, "ages", "age") == Texts{"0 to 7", "8 to 30", "31 to 90", "over 90"});
    CHECK(column(october, "ages", "open") == Texts{"1", "1", "0", "0"});
    CHECK(column(october, "ages", "answered") == Texts{"0", "1", "0", "0"});
    CHECK(figure(october, "closed") == 0);
    // 2025-12-31: one closed after 27 days; two is 90 days old, three 67: both in the third bucket.
    const Json december = report("2025-12-31");
    CHECK(column(december, "queries", "state") == Texts{"closed", "answered", "open"});
    CHECK(column(december, "queries", "age_days") == Texts{"27", "90", "67"});
    CHECK(column(december, "ages", "open") == Texts{"0", "0", "1", "0"});
    CHECK(column(december, "ages", "answered") == Texts{"0", "0", "1", "0"});
    CHECK(column(december, "threads", "act").size() == 5);
    // D-000002, at site 701, has two of the queries: on the site's card while they are not closed.
    const auto card = [&](const std::string& day) { return p.json({"tmf", "report", "S", "site", "--site", "701", "--as-of", day}); };
    CHECK(column(card("2025-12-31"), "sites", "queries") == Texts{"2"});
    CHECK(figure(card("2025-12-31"), "queries") == 2);
    CHECK(column(card("2025-10-01"), "sites", "queries") == Texts{"0"});
    for (const Json* each : {&october, &december})
        for (const char* state : {"open", "answered", "closed"}) {
            const auto states = column(*each, "queries", "state");
            CHECK(figure(*each, state) == std::count(states.begin(), states.end(), state));
        }
    CHECK(column(report("2025-09-30"), "queries", "state").empty());
    CHECK(column(p.json({"tmf", "report", "S", "queries", "--site", "701"}), "queries", "query") == Texts{"Q-000002", "Q-000003"});
}

TEST_CASE("report quality: a draft between does not make a version after a rejected one a first pass, an accepted one does") {
    Program p;
    // 1 rejected, 2 a draft that nobody decided on, 3 accepted: again. 4, after an accepted one, is on its first pass.
    p.import("artifact,file,date,document,version,received,final,accepted,rejected\n"
             "032,files/a.txt,2025-01-05,X,1.0,2025-01-06,2025-01-06,,2025-01-08\n"
             "032,files/b.txt,2025-01-10,X,1.5,2025-01-11,,,\n"
             "032,files/c.txt,2025-01-12,X,2.0,2025-01-13,2025-01-13,2025-01-14,\n"
             "032,files/d.txt,2025-02-12,X,3.0,2025-02-13,2025-02-13,2025-02-14,\n");
    const Json report = p.json({"tmf", "report", "S", "quality"});
    CHECK(column(report, "versions", "document") == std::vector<std::string>{"D-000001@1", "D-000001@3", "D-000001@4"});
    CHECK(column(report, "versions", "pass") == std::vector<std::string>{"first", "again", "first"});
}

TEST_CASE("report quality: a replacement filed as a document of its own is not on its first pass where that is evident") {
    Program p;
    const std::string head = "file,artifact,site,person,date,title,status,received\n";
    const auto at = [&p](const std::string& day, const std::string& list) {
        p.now = day + "T12:00:00Z";
        if (!list.empty()) p.import(list);
    };
    // D-1 the CV of P1, D-2 and D-3 letters of site 701, D-4 the protocol.
    at("2025-10-01", head + "files/a.txt,05.02.04,701,P1,2025-01-05,CV,final,\nfiles/b.txt,05.05.01,701,,2025-02-05,Letter one,final,\n"
                            "files/c.txt,05.05.01,701,,2025-02-06,Letter two,final,\nfiles/d.txt,02.01.02,,,2025-01-05,Protocol,final,\n");
    p.now = "2025-10-05T12:00:00Z";
    for (const char* document : {"D-000001", "D-000002", "D-000003", "D-000004"})
        p.require({"tmf", "review", document, "--reject", "illegible", "--comment", "scan again"});
    for (const char* name : {"e", "f", "g", "h", "i", "j", "k"}) p.scratch.write(std::string("files/") + name + ".txt", name);
    at("2025-10-06", head + "files/e.txt,05.02.04,701,P1,2025-01-06,CV again,final,\n"      // D-5: the same person
                            "files/f.txt,05.05.01,701,,2025-02-06,Letter three,final,\n"    // D-6: the same date as D-3
                            "files/g.txt,05.05.01,701,,2025-09-01,LETTER ONE,final,\n"      // D-7: the same title as D-2
                            "files/h.txt,05.05.01,701,,2025-09-02,Letter four,final,\n"     // D-8: another letter
                            "files/i.txt,02.01.02,,,2025-01-05,Protocol,final,2025-10-04\n" // D-9: was there before the rejection
                            "files/j.txt,05.02.04,701,P1,2025-01-07,CV once more,final,\n"  // D-10: D-1 has its replacement
                            "files/k.txt,05.02.04,0702,P2,2025-01-05,CV,final,\n");         // D-11: another person
    const Json now = p.json({"tmf", "report", "S", "quality"});
    std::map<std::string, std::string> follows;
    const auto documents = column(now, "versions", "document"), what = column(now, "versions", "follows"),
               pass = column(now, "versions", "pass");
    REQUIRE(documents.size() == 11);
    for (std::size_t i = 0; i < documents.size(); ++i) {
        if (!what[i].empty()) follows[documents[i]] = what[i];
        CHECK((pass[i] == "again") == !what[i].empty());
    }
    CHECK(follows ==
          std::map<std::string, std::string>{{"D-000005@1", "D-000001@1"}, {"D-000006@1", "D-000003@1"}, {"D-000007@1", "D-000002@1"}});
    p.require({"tmf", "review", "D-000005", "--accept"});
    p.require({"tmf", "review", "D-000011", "--accept"});
    // First passes: the four rejected ones and D-11; D-5 passed at its second try.
    CHECK(share(p.json({"tmf", "report", "S", "quality"}), "first_pass_yield") == "1 of 5 = 20.0");
    // The sites' part of it: D-1, D-2, D-3 and D-11 were on their first pass there, D-5 was not.
    const Json sites = p.json({"tmf", "report", "S", "site"});
    CHECK(column(sites, "sites", "site") == std::vector<std::string>{"0702", "701"});
    CHECK(column(sites, "sites", "reviewed") == std::vector<std::string>{"1", "4"});
    CHECK(column(sites, "sites", "first_pass") == std::vector<std::string>{"1", "3"});
    CHECK(column(sites, "sites", "passed") == std::vector<std::string>{"1", "0"});
    CHECK(share(sites, "first_pass_yield") == "1 of 4 = 25.0");
    CHECK(share(p.json({"tmf", "report", "S", "site", "--site", "701"}), "first_pass_yield") ==
          share(p.json({"tmf", "report", "S", "quality", "--site", "701"}), "first_pass_yield"));
    // The day before nothing had been rejected, so nothing followed.
    CHECK(column(p.json({"tmf", "report", "S", "quality", "--as-of", "2025-10-04"}), "versions", "follows") ==
          std::vector<std::string>(
              column(p.json({"tmf", "report", "S", "quality", "--as-of", "2025-10-04"}), "versions", "document").size()));
    // A rejected document that got its next version was replaced by that one.
    p.require({"tmf", "file", "files/b.txt", "--study", "S", "--artifact", "05.02.04", "--site", "701", "--person", "P1", "--date",
               "2025-01-08", "--status", "final", "--document", "D-000001"});
    const Json after = p.json({"tmf", "report", "S", "quality"});
    const auto ids = column(after, "versions", "document"), passes = column(after, "versions", "pass");
    for (std::size_t i = 0; i < ids.size(); ++i) {
        if (ids[i] == "D-000005@1") CHECK(passes[i] == "first");
        if (ids[i] == "D-000001@2") CHECK(passes[i] == "again");
    }
}
