// Dates that cannot be true together: a site's by keys and by milestones are the same facts, noted by `study apply` (two keys of one entry
// are refused) and refused by `milestone set`. Ends of a country or the trial before their beginning, and facts that have not come yet, are
// noted.
#include "tests/support/skip.hpp"
#include "tests/tmf/program.hpp"
#include "tests/tmf/study_support.hpp"
#include "tmf/impossible_dates.hpp"
#include "tmf/repository.hpp"

using namespace tmf_test;

namespace {

using Texts = std::vector<std::string>;

// Four lines before the milestones.
std::string file_of(const std::string& site, const std::string& milestones) {
    return "study: {id: S}\ncountries: [{code: US}]\nsites:\n  - {id: X, country: US" + site + "}\nmilestones:\n" + milestones;
}

Texts errors(const std::string& yaml) {
    const auto read = reading(yaml);
    Texts found;
    const auto add = [&found](const Error& e) { found.push_back(std::to_string(e.where.line) + ": " + e.message + " | " + e.remedy); };
    if (read) {
        for (const Error& error : check_site_dates(read->study, *parse_yaml(yaml, "STUDY.yaml"))) add(error);
        return found;
    }
    if (read.error().details.empty()) add(read.error());
    for (const Error& error : read.error().details) add(error);
    return found;
}

// Site 701 is opened by `activated` (line 5), site 0702 is not opened yet. Today is 2025-10-01.
struct Sites : Program {
    const std::string file = replace_all(program_study, ", activated: 2025-09-01", "");
    Sites() { apply(file); }
    test::Run apply(const std::string& yaml) const {
        scratch.write("STUDY.yaml", yaml);
        return run({"study", "apply", "STUDY.yaml"});
    }
    test::Run set(Texts arguments) const {
        arguments.insert(arguments.begin(), {"milestone", "set", "S"});
        return run(std::move(arguments));
    }
    // What an earlier version let in.
    void store(const std::string& from, const std::string& to) const {
        const auto repository = tmf::Repository::open(make_disk_file_system(), scratch / "repo", tmf::Repository::Access::write);
        REQUIRE(repository);
        const auto stored = (*repository)->stored_ledger().study("S");
        REQUIRE((stored && *stored));
        Change change;
        change.action = "study_applied";
        change.study = change.object = "S";
        change.study_record = **stored;
        const std::string facts = replace_all((*stored)->facts, from, to);
        REQUIRE(facts != (*stored)->facts);
        change.study_record->facts = facts;
        REQUIRE((*repository)->stored_ledger().commit({"ann", *parse_time("2025-10-01T12:00:00Z"), true}, {change}));
    }
};

const std::string wrong_date = "correct the one of the two dates that is wrong";
const std::string given = "give the right date, or correct the other one first: ";

} // namespace

TEST_CASE("impossible dates: in the file a site's keys and its milestones are the same facts") {
    const std::string closed_early = "  - {code: \"9\", site: X, date: 2025-01-01}\n";
    const std::string opened = "  - {code: \"03\", site: X, date: 2025-02-01}\n";
    CHECK(errors(file_of(", activated: 2025-02-01", closed_early)) ==
          Texts{"6: sites, X: milestone 09 2025-01-01 is before activated 2025-02-01 (line 4) | " + wrong_date});
    CHECK(errors(file_of(", closed: 2025-01-01", opened)) ==
          Texts{"4: sites, X: closed 2025-01-01 is before milestone 03 2025-02-01 (line 6) | " + wrong_date});
    CHECK(errors(file_of("", opened + closed_early)) ==
          Texts{"7: sites, X: milestone 09 2025-01-01 is before milestone 03 2025-02-01 (line 6) | " + wrong_date});
    // Of two dates for one fact the milestone's counts.
    CHECK(errors(file_of(", activated: 2025-02-01", closed_early + "  - {code: \"03\", site: X, date: 2024-12-01}\n")).empty());
    CHECK(errors(file_of(", activated: 2024-12-01", opened + closed_early)).size() == 1);
    // The same day is no fault, a plan is no fact, another site is another matter.
    CHECK(errors(file_of(", activated: 2025-01-01", closed_early)).empty());
    CHECK(errors(file_of(", activated: 2025-02-01", "  - {code: \"09\", site: X, planned: 2025-01-01}\n")).empty());
    CHECK(errors(file_of("}\n  - {id: Z, country: US, activated: 2025-02-01", closed_early)).empty());
    // Two keys are told once.
    CHECK(errors(file_of(", activated: 2025-02-01, closed: 2025-01-01", "")).size() == 1);
}

TEST_CASE("impossible dates: in the file a rejected site is neither opened nor closed") {
    const std::string leave_out = " | leave out the date that is wrong; one that ended is closed";
    for (const std::string& code : {std::string("03"), std::string("09")})
        CHECK(errors(file_of(", rejected: 2025-03-01", "  - {code: \"" + code + "\", site: X, date: 2025-01-01}\n")) ==
              Texts{"6: sites, X: a site cannot have both milestone " + code + " 2025-01-01 and rejected 2025-03-01 (line 4)" + leave_out});
    CHECK(errors(file_of(", rejected: 2025-03-01, closed: 2025-01-01", "")) ==
          Texts{"4: sites, X: a site cannot have both closed 2025-01-01 and rejected 2025-03-01 (line 4)" + leave_out});
    CHECK(errors(file_of(", rejected: 2025-03-01, activated: 2025-01-01", "")).size() == 1);
    CHECK(errors(file_of(", rejected: 2025-03-01", "  - {code: \"03\", site: X, planned: 2025-01-01}\n")).empty());
    CHECK(errors(file_of(", rejected: 2025-03-01", "  - {code: \"02\", site: X, date: 2025-01-01}\n")).empty());
}

TEST_CASE("impossible dates: milestone set names the other date and where it comes from") {
    const Sites p;
    const auto early = p.set({"09", "2025-02-28", "--site", "701"});
    CHECK(early.code == 3);
    CHECK(early.err == "dossier: site 701: milestone 09 2025-02-28 is before activated 2025-03-01 (the study file says so). Mend: " +
                           given + "in the study file, which is then applied\n");
    CHECK(p.set({"09", "2025-02-28", "--site", "701", "--planned"}).code == 0); // a plan is no fact
    CHECK(p.set({"09", "2025-09-30", "--site", "701"}).code == 0);
    CHECK(p.set({"03", "2025-10-01", "--site", "701"}).err ==
          "dossier: site 701: milestone 03 2025-10-01 is after milestone 09 2025-09-30 (recorded by 'dossier milestone set'). Mend: " +
              given + "'dossier milestone set S 09 DATE --site 701' (or none)\n");
    // What was opened earlier than the list says may be closed earlier; the earlier opening cannot be taken back then.
    CHECK(p.set({"03", "2025-01-20", "--site", "701"}).code == 0);
    CHECK(p.set({"09", "2025-02-28", "--site", "701"}).code == 0);
    CHECK(p.set({"03", "none", "--site", "701"}).err ==
          "dossier: without that date, site 701 has milestone 09 2025-02-28 (recorded by 'dossier milestone set'), before activated "
          "2025-03-01 (the study file says so). Mend: correct the other date first: 'dossier milestone set S 09 DATE --site 701' (or "
          "none)\n");
    CHECK(p.set({"09", "none", "--site", "701"}).code == 0);
    CHECK(p.set({"03", "none", "--site", "701"}).code == 0);
}

TEST_CASE("impossible dates: milestone set opens and closes no rejected site") {
    const Sites p;
    REQUIRE(p.apply(replace_all(p.file, "\"0702\", country: USA", "\"0702\", country: USA, rejected: 2025-08-01")).code == 0);
    for (const std::string& code : {std::string("03"), std::string("09")})
        CHECK(p.refused({"milestone", "set", "S", code, "2025-07-01", "--site", "0702"}) ==
              fill("dossier: site 0702 cannot have milestone {} 2025-07-01: rejected 2025-08-01 (the study file says so). Mend: where that "
                   "is not so, take the key out of the study file first and apply it; a site that ended is closed\n",
                   code));
    CHECK(p.set({"03", "2025-07-01", "--site", "0702", "--planned"}).code == 0);
    CHECK(p.set({"02", "2025-07-01", "--site", "0702"}).code == 0);
}

TEST_CASE("impossible dates: a file is judged with what milestone set recorded beside it") {
    const Sites p;
    REQUIRE(p.set({"03", "2025-09-10", "--site", "0702"}).code == 0);
    for (const char* dry : {"", "--dry-run"}) {
        p.scratch.write("STUDY.yaml", replace_all(p.file, "\"0702\", country: USA", "\"0702\", country: USA, closed: 2025-09-01"));
        Texts arguments{"study", "apply", "STUDY.yaml"};
        if (*dry) arguments.emplace_back(dry);
        const auto applied = p.run(arguments);
        CHECK(applied.code == 0);
        CHECK(
            applied.err ==
            "note: STUDY.yaml, line 6: sites, 0702: closed 2025-09-01 is before milestone 03 2025-09-10 (recorded by 'dossier milestone "
            "set'). Mend: correct the one of the two dates that is wrong; 'dossier milestone set S 03 DATE --site 0702' (or none) corrects "
            "what was recorded\n");
    }
    const auto rejected = p.apply(replace_all(p.file, "\"0702\", country: USA", "\"0702\", country: USA, rejected: 2025-09-01"));
    CHECK(rejected.code == 0);
    CHECK(starts_with(rejected.err,
                      "note: STUDY.yaml, line 6: sites, 0702: a site cannot have both milestone 03 2025-09-10 (recorded by 'dossier "
                      "milestone set') and rejected 2025-09-01. Mend: leave out the date that is wrong; one that ended is closed; "));
}

TEST_CASE("impossible dates: a study that was stored with them is read, and is mended date by date") {
    const Sites p;
    REQUIRE(p.set({"09", "2025-09-30", "--site", "701"}).code == 0);
    REQUIRE(p.set({"03", "2025-09-10", "--site", "0702"}).code == 0);
    p.store("2025-09-30", "2020-01-01");                                                                      // closed before `activated`
    p.store("\"id\":\"0702\",\"country\":\"USA\"", R"("id":"0702","country":"USA","rejected":"2025-09-01")"); // and rejected
    p.require({"study", "show", "S"});
    p.require({"tmf", "completeness", "S"});
    p.require({"tmf", "check"});
    CHECK(p.set({"05", "2025-09-01", "--site", "701"}).code == 0); // other facts are taken
    CHECK(p.set({"09", "2020-02-01", "--site", "701"}).code == 3);
    // Applying says what is wrong; the file alone is sound.
    const auto applied = p.apply(p.file);
    CHECK(applied.code == 0);
    CHECK(
        applied.err.find("sites, 701: milestone 09 2020-01-01 (recorded by 'dossier milestone set') is before activated 2025-03-01. Mend: "
                         "correct the one of the two dates that is wrong; 'dossier milestone set S 09 DATE --site 701' (or none)") !=
        std::string::npos);
    CHECK(p.set({"09", "none", "--site", "701"}).code == 0);
    CHECK(p.set({"03", "none", "--site", "0702"}).code == 0);
    CHECK(p.apply(p.file).code == 0);
}

TEST_CASE("impossible dates: an end of a country or the trial before its beginning is noted") {
    const Sites p; // starts 2025-01-10; USA approved 2025-02-15, 701 opened 2025-03-01
    const auto noted = [](const std::string& what) { return "note: milestones, " + what + "; correct the date that is wrong\n"; };
    CHECK(p.set({"C06", "2020-01-01", "--country", "USA"}).err ==
          noted("C06: USA ended on 2020-01-01, before the study's start on 2025-01-10"));
    CHECK(p.set({"C06", "2025-02-01", "--country", "USA"}).err ==
          noted("C06: USA ended on 2025-02-01, before the approval in USA on 2025-02-15"));
    CHECK(p.set({"C06", "2025-02-20", "--country", "USA"}).err ==
          noted("C06: USA ended on 2025-02-20, before site 701 was opened on 2025-03-01"));
    CHECK(p.set({"C06", "2025-03-01", "--country", "USA"}).err.empty());
    CHECK(p.set({"C06", "2025-01-01", "--country", "DEU"}).err ==
          noted("C06: DEU ended on 2025-01-01, before the study's start on 2025-01-10"));
    CHECK(p.set({"C06", "2025-01-10", "--country", "DEU"}).err.empty());
    CHECK(p.set({"S13", "2020-01-01", "--planned"}).err.empty());
    CHECK(p.set({"S13", "2020-01-01"}).err == noted("S13: the trial ended on 2020-01-01, before the study's start on 2025-01-10"));
    CHECK(p.set({"04", "2025-04-03", "--site", "701"}).err.empty()); // told once
    // By the file it is the same, and a site that opens after its country closed is the same pair from the other side.
    const std::string with = replace_all(p.file, "milestones: [", "milestones: [{code: C06, country: USA, date: 2025-02-20}, ");
    CHECK(p.apply(with).err == noted("C06: USA ended on 2025-02-20, before site 701 was opened on 2025-03-01"));
    CHECK(p.apply(with).err.empty());
    p.apply(p.file);
    REQUIRE(p.set({"C06", "2025-04-01", "--country", "USA"}).err.empty());
    CHECK(p.set({"03", "2025-05-01", "--site", "0702"}).err ==
          noted("C06: USA ended on 2025-04-01, before site 0702 was opened on 2025-05-01"));
}

TEST_CASE("impossible dates: keys that have not come yet are noted as milestones are") {
    const Sites p;
    const auto key = [&p](const std::string& place, const std::string& more) {
        return p.apply(replace_all(p.file, place, place + more)).err;
    };
    const std::string site = "\"0702\", country: USA";
    CHECK(key(site, ", activated: 2025-10-01").empty()); // today
    CHECK(key(site, ", activated: 2025-10-02") ==
          "note: sites, 0702: activated 2025-10-02 has not come yet; a date that is expected belongs "
          "in planned of milestone 03 there\n");
    CHECK(key(site, ", closed: 2025-10-02") == "note: sites, 0702: closed 2025-10-02 has not come yet; a date that is expected belongs in "
                                               "planned of milestone 09 there\n");
    CHECK(key("{code: DE", ", approved: 2025-10-02") ==
          "note: countries, DEU: approved 2025-10-02 has not come yet; a date that is expected "
          "belongs in planned of milestone 01 there\n");
}

TEST_CASE("impossible dates: the sample trial has none") {
    const Sites p;
    for (const char* today : {"2026-06-30T12:00:00Z", "2027-06-30T12:00:00Z"}) {
        const auto applied = test::dossier({"study", "apply", test::source_folder() + "/samples/trial/study.yaml", "--dry-run", "--repo",
                                            "repo", "--as", "ann", "--now", today},
                                           p.scratch.path(), {"XDG_DATA_HOME=" + p.scratch / "data"});
        CHECK(applied.code == 0);
        CHECK(applied.err.empty());
    }
}
