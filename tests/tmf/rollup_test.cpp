// The roll-up against counting anew: after every step of random histories, and when somebody goes past the keeper.
#include "tests/tmf/rollup_support.hpp"

using namespace tmf_test;

TEST_CASE("roll-up: after every step of random histories it is what counting anew gives, for both audiences") {
    int moved = 0;
    for (unsigned seed = 1; seed <= 12; ++seed) {
        Random random(seed);
        History history;
        const KeptLedger place;
        place.commit({facts_change(random)});
        Lines before;
        for (int number = 0; number < 25; ++number) {
            place.commit(step(random, history));
            for (const Audience audience : audiences) {
                INFO("seed " << seed << ", step " << number << ", " << to_text(audience));
                const auto stored = place.present(audience);
                REQUIRE(stored);
                const Lines lines = lines_of(*stored);
                REQUIRE(lines == lines_of_rows(*place.ledger, audience, stored->head.day));
                if (audience == Audience::unblinded) moved += lines == before ? 0 : 1;
                if (audience == Audience::unblinded) before = lines;
            }
        }
    }
    CHECK(moved > 60); // every fifth of the 300 steps: the histories do change something
}

TEST_CASE("roll-up: the day stays until the facts change or somebody asks on another day") {
    Random random(3);
    History history;
    const KeptLedger place;
    place.commit({facts_change(random)}, "2025-03-01T12:00:00Z");
    place.commit({file_document(random, history)}, "2026-06-30T12:00:00Z");
    CHECK(place.stored(Audience::blinded)->head.day.text() == "2025-03-01");
    place.commit({facts_change(random)}, "2026-06-30T12:00:00Z");
    CHECK(place.stored(Audience::blinded)->head.day.text() == "2026-06-30");
}

TEST_CASE("roll-up: what is changed without a keeper makes it stale, and stale is not given out") {
    Random random(4);
    History history;
    for (int kind = 0; kind < 4; ++kind) {
        const KeptLedger place;
        place.commit({facts_change(random)});
        history = {};
        place.commit({file_document(random, history), decide(random, history)});
        REQUIRE(place.stored(Audience::blinded));
        place.ledger->rollups()->keep_rollups(nullptr);
        place.commit({kind == 0   ? facts_change(random)
                      : kind == 1 ? add_version(random, history)
                      : kind == 2 ? alter(random, history)
                                  : decide(random, history)});
        for (const Audience audience : audiences) CHECK_FALSE(place.stored(audience));
    }
}

TEST_CASE("roll-up: a keeper that is at work notices facts that came past it, and forgets those that were not committed") {
    for (unsigned seed = 1; seed <= 10; ++seed) {
        Random random(seed);
        History history;
        const KeptLedger place;
        const auto is_right = [&](const char* after) {
            for (int i = 0; i < 8; ++i) place.commit({file_document(random, history)});
            INFO("seed " << seed << ", after " << after);
            for (const Audience audience : audiences) {
                const auto stored = place.present(audience);
                REQUIRE(stored);
                CHECK(lines_of(*stored) == lines_of_rows(*place.ledger, audience, stored->head.day));
            }
        };
        place.commit({facts_change(random)});
        is_right("the first facts");
        {
            const auto other = open_sqlite_ledger(place.scratch / "ledger.sqlite", false);
            REQUIRE(other);
            (*other)->rollups()->keep_rollups(
                make_rollup_keeper([](const StudyRecord&) { return Result<templates::TmfCatalogue>(catalogue()); }));
            REQUIRE((*other)->commit({"bob", *parse_time("2026-06-30T12:00:00Z"), true}, {facts_change(random)}));
        }
        is_right("another process changed them");
        Change nobodys = add_version(random, history);
        history.versions.pop_back();
        nobodys.version->document = 999; // there is no such document
        CHECK_FALSE(place.ledger->commit({"ann", *parse_time("2026-06-30T12:00:00Z"), true}, {facts_change(random), nobodys}));
        is_right("a commit that failed");
    }
}

TEST_CASE("roll-up: what was counted before the last entry of the trail is not stored") {
    Random random(5);
    History history;
    const KeptLedger place;
    place.commit({facts_change(random)});
    Rollup made = *place.stored(Audience::blinded);
    const auto sequence = place.ledger->audit_head()->sequence;
    made.head.day = *day("2020-01-01");
    place.commit({file_document(random, history)});
    REQUIRE(place.ledger->rollups()->store_rollups({made}, sequence));
    CHECK(place.stored(Audience::blinded)->head.day.text() == "2026-06-30");
    REQUIRE(place.ledger->rollups()->store_rollups({made}, sequence + 1));
    CHECK(place.stored(Audience::blinded)->head.day.text() == "2020-01-01");
}

TEST_CASE("roll-up: it answers about its own day, audience and rules only") {
    Random random(6);
    const Study facts = study(random_facts(random));
    const Rollup rollup = make_rollup(catalogue(), facts, {}, {}, Audience::blinded, *day("2026-06-30"));
    CompletenessQuestion question;
    question.as_of = *day("2026-06-30");
    question.audience = Audience::blinded;
    CHECK_FALSE(answer(rollup, catalogue(), question)); // rows are wanted
    question.rows = false;
    REQUIRE(answer(rollup, catalogue(), question));
    CHECK(answer(rollup, catalogue(), question)->from_rollup);
    question.today = day("2026-06-29"); // a look ahead: what unblinds is judged by today
    CHECK_FALSE(answer(rollup, catalogue(), question));
    question.today = day("2026-07-01");
    CHECK(answer(rollup, catalogue(), question));
    CHECK_FALSE(answer(rollup, only({"EDL-087-01"}), question));
    question.audience = Audience::unblinded;
    CHECK_FALSE(answer(rollup, catalogue(), question));
    question.audience = Audience::blinded;
    question.as_of = *day("2026-06-29");
    CHECK_FALSE(answer(rollup, catalogue(), question));
}
