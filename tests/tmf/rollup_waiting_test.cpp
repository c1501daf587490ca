// Documents that wait for the roll-up: whoever reads it has them counted, and nothing that is counted changes without it.
#include "tests/tmf/rollup_support.hpp"
#include "tests/tmf/search_support.hpp"

using namespace tmf_test;

namespace {

constexpr int most_waiting = 100; // tmf/rollup_keeper.cpp

void file(const KeptLedger& place, Random& random, History& history, int count) {
    for (int i = 0; i < count; ++i) place.commit({file_document(random, history)});
}

// What a report has is what its rows add up to.
void require_right(const KeptLedger& place) {
    for (const Audience audience : audiences) {
        INFO(to_text(audience));
        const auto present = place.present(audience);
        REQUIRE(present);
        CHECK(present->head.counted == 0);
        REQUIRE(lines_of(*present) == lines_of_rows(*place.ledger, audience, present->head.day));
    }
}

// A later change of the last document that was filed.
Change alter_last(Random& random, History& history) {
    Change change = of_study("reindexed");
    redate(random, history.versions.back());
    change.version = history.versions.back();
    move_document(random, history.documents.back());
    change.document = history.documents.back();
    return change;
}

// Until format 3: a guard of the trail for which SQLite keeps copies of pages.
constexpr const char* former_guard = R"(
DROP TRIGGER audit_has_no_gaps;
CREATE TRIGGER audit_has_no_gaps BEFORE INSERT ON audit
    WHEN NEW.sequence <> (SELECT coalesce(max(sequence), 0) + 1 FROM audit)
    BEGIN SELECT RAISE(ABORT, 'audit entries follow each other'); END;
)";

// What a program that kept ledgers of format 2 left behind: its tables and triggers of the roll-up, and one that it had counted.
constexpr const char* of_format_2 = R"(
CREATE TABLE rollup_head (study TEXT NOT NULL REFERENCES study (id), audience TEXT NOT NULL, day TEXT NOT NULL, rules TEXT NOT NULL,
    model TEXT NOT NULL, edl TEXT NOT NULL, review INTEGER NOT NULL, grace_days INTEGER NOT NULL, next_date TEXT NOT NULL,
    next_code TEXT NOT NULL, next_country TEXT NOT NULL, next_site TEXT NOT NULL, rule_count INTEGER NOT NULL,
    rules_in_force INTEGER NOT NULL, PRIMARY KEY (study, audience)) STRICT, WITHOUT ROWID;
CREATE TABLE rollup (study TEXT NOT NULL, audience TEXT NOT NULL, country TEXT NOT NULL, site TEXT NOT NULL, milestone TEXT NOT NULL,
    expected INTEGER NOT NULL, satisfied INTEGER NOT NULL, due_expected INTEGER NOT NULL, due_satisfied INTEGER NOT NULL,
    next_expected INTEGER NOT NULL, next_satisfied INTEGER NOT NULL, PRIMARY KEY (study, audience, country, site, milestone)) STRICT, WITHOUT ROWID;
CREATE TRIGGER a_new_document_makes_the_rollup_stale AFTER INSERT ON document WHEN EXISTS (SELECT 1 FROM rollup_head)
    BEGIN DELETE FROM rollup_head WHERE study = NEW.study; END;
CREATE TRIGGER changed_facts_make_the_rollup_stale AFTER UPDATE ON study
    BEGIN DELETE FROM rollup_head WHERE study = NEW.id; END;
PRAGMA user_version = 2;
)";

// Of format 3: a trigger that each filing paid for.
constexpr const char* of_format_3 = R"(
CREATE TRIGGER a_new_version_makes_the_rollup_stale AFTER INSERT ON version
    WHEN EXISTS (SELECT 1 FROM rollup_head WHERE counted >= NEW.document)
    BEGIN DELETE FROM rollup_head WHERE study = (SELECT study FROM document WHERE number = NEW.document) AND counted >= NEW.document; END;
PRAGMA user_version = 3;
)";

void make_format_2(const Program& p) {
    std::string drops;
    for (const std::string& name :
         split(sql(p, "SELECT name FROM sqlite_schema WHERE type = 'trigger' AND sql LIKE '%rollup_head%'"), '\n'))
        if (!name.empty()) drops += "DROP TRIGGER " + name + "; ";
    sql(p, drops + "DROP TABLE rollup; DROP TABLE rollup_head;" + of_format_2 + former_guard +
               "INSERT INTO rollup_head VALUES ('S', 'unblinded', date('now'), 'x', '3.3.1', '', 0, 0, '', '', '', '', 1, 1);");
}

} // namespace

TEST_CASE("roll-up: a hundred filed documents wait, are counted by whoever reads, and the next one has them counted for good") {
    Random random(11);
    History history;
    const KeptLedger place;
    place.commit({facts_change(random)});
    const Rollup empty = *place.stored(Audience::unblinded);
    for (int count = 1; count <= most_waiting; ++count) {
        file(place, random, history, 1);
        REQUIRE(place.waiting() == count);
    }
    CHECK(place.stored(Audience::unblinded)->lines == empty.lines);
    CHECK(lines_of(*place.present(Audience::unblinded)) != lines_of(empty)); // they do satisfy something
    require_right(place);
    CHECK(place.waiting() == most_waiting); // reading writes nothing
    file(place, random, history, 1);
    CHECK(place.waiting() == 0);
    CHECK(place.stored(Audience::unblinded)->head.counted == most_waiting + 1);
    CHECK(place.stored(Audience::unblinded)->lines == place.present(Audience::unblinded)->lines);
    require_right(place);
}

TEST_CASE("roll-up: what happens to a document that waits waits with it, a change of one that is counted takes all with it") {
    int with_waiting = 0;
    for (unsigned seed = 1; seed <= 8; ++seed) {
        Random random(seed);
        History history;
        const KeptLedger place;
        place.commit({facts_change(random)});
        file(place, random, history, 5);
        place.commit({decide(random, history)});
        REQUIRE(place.waiting() == 0);
        for (int number = 0; number < 20; ++number) {
            INFO("seed " << seed << ", step " << number);
            file(place, random, history, 1 + below(random, 2));
            const auto waiting = place.waiting();
            place.commit({alter_last(random, history)});
            REQUIRE(place.waiting() == waiting);
            if (chance(random, 30)) {
                place.commit({alter(random, history), alter(random, history)});
                with_waiting += place.waiting() > 0 ? 1 : 0; // those it altered waited themselves
            }
            require_right(place);
        }
        place.commit({decide(random, history)});
        CHECK(place.waiting() == 0);
        require_right(place);
    }
    CHECK(with_waiting > 0);
}

TEST_CASE("roll-up: documents filed past the keeper wait like others, and changes of those that are counted make it stale") {
    Random random(12);
    History history;
    const KeptLedger place;
    place.commit({facts_change(random)});
    file(place, random, history, 3);
    place.commit({decide(random, history)});
    place.ledger->rollups()->keep_rollups(nullptr);
    file(place, random, history, 2);
    place.commit({alter_last(random, history)});
    Change version = of_study("version_filed"); // of the last one
    version.version = history.versions.back();
    version.version->number = 2;
    place.commit({version});
    CHECK(place.waiting() == 2);
    require_right(place);
    Change counted = of_study("reindexed");
    counted.version = history.versions.front();
    place.commit({counted});
    for (const Audience audience : audiences) CHECK_FALSE(place.present(audience));
}

TEST_CASE("roll-up: the two audiences may have been counted at different times") {
    Random random(13);
    History history;
    const KeptLedger place;
    place.commit({facts_change(random)});
    const auto store = [&](Audience audience) {
        const auto facts = load_study(*place.ledger, catalogue(), "S");
        REQUIRE(facts);
        const auto loaded = load_documents(*place.ledger, *facts);
        REQUIRE(loaded);
        const Rollup made = make_rollup(catalogue(), *facts, loaded->documents, loaded->decisions, audience, *day("2026-06-30"));
        REQUIRE(place.ledger->rollups()->store_rollups({made}, place.ledger->audit_head()->sequence));
    };
    file(place, random, history, 10);
    store(Audience::blinded);
    file(place, random, history, 10);
    store(Audience::unblinded);
    file(place, random, history, 5);
    CHECK(place.waiting() == 15);
    CHECK(place.stored(Audience::blinded)->head.counted == 10);
    CHECK(place.stored(Audience::unblinded)->head.counted == 20);
    require_right(place);
    Change between = of_study("reindexed"); // counted by one of them
    redate(random, history.versions[14]);
    between.version = history.versions[14];
    place.commit({between});
    CHECK(place.waiting() == 0);
    require_right(place);
}

TEST_CASE("roll-up: one of other rules is not carried along, and is taken away with the first count") {
    Random random(14);
    History history;
    const KeptLedger place;
    place.commit({facts_change(random)});
    Rollup other = *place.stored(Audience::blinded);
    other.head.rules = std::string(64, '0');
    REQUIRE(place.ledger->rollups()->store_rollups({other}, place.ledger->audit_head()->sequence));
    file(place, random, history, 1);
    CHECK_FALSE(place.present(Audience::blinded));
    CHECK(place.stored(Audience::blinded));
    file(place, random, history, most_waiting);
    CHECK_FALSE(place.stored(Audience::blinded));
    const auto present = place.present(Audience::unblinded);
    REQUIRE(present);
    CHECK(lines_of(*present) == lines_of_rows(*place.ledger, Audience::unblinded, present->head.day));
}

TEST_CASE("roll-up: what was filed is counted before its program ends") {
    const Program p;
    p.import("file,artifact,date,status\nfiles/a.txt,02.01.02,2025-01-05,final\n");
    CHECK(sql(p, "SELECT audience, counted FROM rollup_head ORDER BY audience") == "blinded|1\nunblinded|1\n");
    p.require({"tmf", "review", "D-000001", "--accept"});
    sql(p, "UPDATE rollup_head SET counted = 0; UPDATE rollup SET satisfied = 0, due_satisfied = 0, next_satisfied = 0"); // as if killed
                                                                                                                          // before
    const Json brief = p.json({"tmf", "completeness", "S", "--totals"}), full = p.json({"tmf", "completeness", "S"});
    CHECK(brief.find("source")->text() == "rollup");
    CHECK(brief.find("whole_trial")->dump(-1) == full.find("whole_trial")->dump(-1));
    CHECK(brief.find("whole_trial")->find("satisfied")->integer() > 0);
    CHECK(p.require({"tmf", "check"}).find("sound") != std::string::npos);
    sql(p, "UPDATE rollup SET satisfied = satisfied + 1 WHERE audience = 'blinded'");
    CHECK_THAT(p.json({"tmf", "check"}, 10).dump(-1), Catch::Contains("rollup-differs"));
}

TEST_CASE("roll-up: a ledger of format 2 is taken over by who may write, and is whole for who may only read") {
    const Program p;
    p.import("file,artifact,date,status\nfiles/a.txt,02.01.02,2025-01-05,final\n");
    make_format_2(p);
    {
        const auto ledger = open_sqlite_ledger_to_read(p.scratch / "repo/ledger.sqlite", false);
        REQUIRE(ledger);
        const auto stored = (*ledger)->rollups()->rollup("S", Audience::unblinded);
        REQUIRE(stored);
        CHECK_FALSE(*stored);
        const auto counted = (*ledger)->rollups()->counted("S");
        REQUIRE(counted);
        CHECK_FALSE(*counted);
        const auto problems = (*ledger)->check_guards();
        REQUIRE(problems);
        CHECK(problems->empty());
    }
    CHECK(sql(p, "PRAGMA user_version") == "2\n");
    CHECK(p.json({"tmf", "completeness", "S", "--totals"}).find("source")->text() == "computed");
    CHECK(sql(p, "PRAGMA user_version") == "4\n");
    CHECK(p.json({"tmf", "completeness", "S", "--totals"}).find("source")->text() == "rollup");
    CHECK(p.require({"tmf", "check"}).find("sound") != std::string::npos);
}

TEST_CASE("roll-up: a ledger of format 3 is taken over by who may write, with its guard, and is whole for who may only read") {
    const Program p;
    p.import("file,artifact,date,status\nfiles/a.txt,02.01.02,2025-01-05,final\n");
    sql(p, std::string(former_guard) + of_format_3);
    const std::string guard = "SELECT sql LIKE '%RAISE(FAIL%' FROM sqlite_schema WHERE name = 'audit_has_no_gaps'";
    {
        const auto ledger = open_sqlite_ledger_to_read(p.scratch / "repo/ledger.sqlite", false);
        REQUIRE(ledger);
        const auto stored = (*ledger)->rollups()->rollup("S", Audience::unblinded);
        REQUIRE(stored);
        CHECK_FALSE(*stored);
        CHECK((*ledger)->check_guards()->empty());
    }
    CHECK(sql(p, guard) == "0\n");
    CHECK(p.json({"tmf", "completeness", "S", "--totals"}).find("source")->text() == "computed");
    CHECK(sql(p, "PRAGMA user_version") == "4\n");
    CHECK(sql(p, guard) == "1\n");
    CHECK(sql(p, "SELECT count(*) FROM sqlite_schema WHERE name = 'a_new_version_makes_the_rollup_stale'") == "0\n");
    CHECK(p.json({"tmf", "completeness", "S", "--totals"}).find("source")->text() == "rollup");
    CHECK(p.require({"tmf", "check"}).find("sound") != std::string::npos);
    // A guard that somebody took away is not put back silently.
    sql(p, std::string(of_format_3) + "DROP TRIGGER audit_has_no_gaps;");
    p.require({"tmf", "list"});
    CHECK(sql(p, "PRAGMA user_version") == "4\n");
    CHECK_THAT(p.run({"tmf", "check"}).out, Catch::Contains("the trigger audit_has_no_gaps is gone"));
    const test::Run older = test::run({"sqlite3", p.scratch / "repo/ledger.sqlite", "PRAGMA user_version = 1"});
    CHECK(older.code == 0);
    CHECK_THAT(p.refused({"tmf", "list"}, 3), Catch::Contains("make a new repository"));
}
