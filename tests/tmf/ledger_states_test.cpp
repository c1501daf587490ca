// What a ledger shows while somebody else writes, and how it finds a study's documents.
#include <algorithm>
#include <iterator>
#include <map>

#include "tests/tmf/ledger_support.hpp"
#include "tmf/rollup.hpp"

using namespace dossier;
using namespace dossier::tmf;
using namespace tmf_test;

TEST_CASE("ledger: a snapshot does not see what is committed meanwhile") {
    Fresh place;
    REQUIRE(place.ledger->commit(ann, {study_change()}));
    const auto reader = place.make(false);
    {
        const auto snapshot = reader->snapshot();
        REQUIRE(snapshot);
        REQUIRE(place.ledger->commit(ann, {filing(1, 1, "one")}));
        CHECK(*reader->last_document() == 0);
    }
    CHECK(*reader->last_document() == 1);
}

TEST_CASE("ledger: while it is held nobody else commits, and the next commit ends that") {
    Fresh place;
    REQUIRE(place.ledger->commit(ann, {study_change()}));
    const auto others_may_write = [&] {
        return test::run({"sqlite3", place.scratch / "ledger.sqlite", "BEGIN IMMEDIATE; ROLLBACK;"}).code == 0;
    };
    {
        const auto held = place.ledger->hold();
        REQUIRE(held);
        CHECK_FALSE(others_may_write());
        CHECK(*place.ledger->last_document() == 0);
        REQUIRE(place.ledger->commit(ann, {filing(1, 1, "one")}));
        CHECK(others_may_write());
        REQUIRE(place.ledger->commit(ann, {filing(2, 1, "two")})); // as if nothing had been held
    }
    {
        const auto held = place.ledger->hold();
        REQUIRE(held);
        CHECK_FALSE(place.ledger->commit(ann, {filing(3, 2, "a version without its document")}));
        CHECK(others_may_write());
    }
    {
        const auto held = place.ledger->hold(); // and nothing is committed
        REQUIRE(held);
    }
    CHECK(others_may_write());
    CHECK(*place.make(false)->last_document() == 2);
    CHECK(trail(*place.ledger).size() == 3);
}

TEST_CASE("ledger: what one program knows of the last entry is not used once another has written") {
    Fresh place;
    REQUIRE(place.ledger->commit(ann, {study_change()}));
    const auto other = place.make(false);
    int number = 0;
    for (const char who : std::string("aabbabababba")) { // a: this one, b: the other
        Ledger& ledger = who == 'a' ? *place.ledger : *other;
        const auto held = ledger.hold();
        REQUIRE(held);
        REQUIRE(*ledger.last_document() == number);
        ++number;
        REQUIRE(ledger.commit(ann, {filing(number, 1, "one")}));
    }
    // What was taken back is not known either: the next one gets its number.
    CHECK_FALSE(place.ledger->commit(ann, {filing(number + 1, 1, "good"), filing(number + 3, 2, "a version without its document")}));
    {
        const auto held = place.ledger->hold();
        REQUIRE(held);
        CHECK(*place.ledger->last_document() == number);
    }
    // A document filed again in one commit (its second version) is a change of it, not a new one.
    REQUIRE(place.ledger->commit(ann, {filing(number + 1, 1, "first"), filing(number + 1, 2, "second")}));
    CHECK(*other->last_document() == number + 1);
    const auto entries = trail(*other);
    REQUIRE(entries.size() == 15); // the study, twelve documents, two of the last one
    std::string hash(64, '0');
    for (std::size_t i = 0; i < entries.size(); ++i) {
        CHECK(entries[i].sequence == static_cast<std::int64_t>(i + 1));
        if (i > 0) CHECK(entries[i].previous == hash);
        hash = entries[i].hash;
    }
    // Nobody can add an entry behind a gap, or one that is there.
    for (const char* sequence : {"17", "15"})
        CHECK(test::run({"sqlite3", place.scratch / "ledger.sqlite",
                         fill("INSERT INTO audit SELECT {}, time, clock, user, action, study, object, old_value, new_value, reason, "
                              "previous, hash FROM audit WHERE sequence = 15",
                              std::string_view(sequence))})
                  .code != 0);
    CHECK(trail(*other).size() == 15);
}

TEST_CASE("ledger: a study's later documents are found by number, few or many of other studies beside them") {
    Fresh place;
    Change other_study = study_change();
    other_study.study = other_study.object = other_study.study_record->id = "T";
    std::vector<Change> changes = {study_change(), other_study, filing(1, 1, "one"), filing(2, 1, "two")};
    changes.back().document->unique_id = 66; // the place of a later one comes first
    constexpr std::int64_t others = 1001;    // more than are looked through one by one
    for (std::int64_t number = 3; number < 3 + others; ++number) {
        changes.push_back(filing(number, 1, "other"));
        changes.back().study = changes.back().document->study = "T";
    }
    constexpr std::int64_t last = 3 + others;
    changes.push_back(filing(last, 1, "three"));
    REQUIRE(place.ledger->commit(ann, changes));
    const auto after = [&](std::int64_t number) {
        DocumentFilter filter;
        filter.study = "S";
        filter.after = number;
        std::vector<std::int64_t> found;
        REQUIRE(place.ledger->each_document(filter, [&found](const StoredDocument& stored) {
            found.push_back(stored.document.number);
            return Result<void>();
        }));
        CHECK(*place.ledger->rollups()->documents_after("S", number) == static_cast<std::int64_t>(found.size()));
        return found;
    };
    using Numbers = std::vector<std::int64_t>;
    CHECK(after(0) == Numbers{1, 2, last});
    CHECK(after(1) == Numbers{2, last});
    CHECK(after(2) == Numbers{last});
    CHECK(after(last - 1) == Numbers{last});
    CHECK(after(last).empty());
}

TEST_CASE("ledger: all of a study's documents are found by number, whether most between its first and last are its own or few") {
    Fresh place;
    std::vector<Change> changes = {study_change()};
    for (const char* id : {"T", "U"}) {
        changes.push_back(study_change());
        changes.back().study = changes.back().object = changes.back().study_record->id = id;
    }
    // S: 1, 101, 201 ... 901; U: 40, 42, 44; T: all others. The numbers of places run backwards.
    std::map<std::string, std::vector<std::int64_t>> expected;
    for (std::int64_t number = 1; number <= 1000; ++number) {
        const std::string study = number % 100 == 1 ? "S" : number == 40 || number == 42 || number == 44 ? "U" : "T";
        changes.push_back(filing(number, 1, "one"));
        changes.back().study = changes.back().document->study = study;
        changes.back().document->unique_id = static_cast<int>(1001 - number);
        expected[study].push_back(number);
    }
    changes.push_back(filing(42, 2, "two"));
    changes.back().study = "U";
    REQUIRE(place.ledger->commit(ann, changes));
    for (const auto& [study, numbers] : expected)
        for (const bool facts_only : {false, true})
            for (const std::int64_t after : {0, 41, 500}) {
                DocumentFilter filter;
                filter.study = study;
                filter.facts_only = facts_only;
                filter.after = after;
                std::vector<std::int64_t> found, wanted;
                REQUIRE(place.ledger->each_document(filter, [&](const StoredDocument& stored) {
                    found.push_back(stored.document.number);
                    CHECK(stored.document.study == study);
                    CHECK(stored.versions.size() == (stored.document.number == 42 ? 2u : 1u));
                    return Result<void>();
                }));
                std::copy_if(numbers.begin(), numbers.end(), std::back_inserter(wanted),
                             [after](std::int64_t number) { return number > after; });
                CHECK(found == wanted);
            }
    DocumentFilter nothing;
    nothing.study = "V";
    int found = 0;
    REQUIRE(place.ledger->each_document(nothing, [&found](const StoredDocument&) {
        ++found;
        return Result<void>();
    }));
    CHECK(found == 0);
}

TEST_CASE("ledger: what one by place leads with is in no index of its own any more, in an older ledger neither") {
    Fresh place;
    REQUIRE(place.ledger->commit(ann, {study_change(), filing(1, 1, "one")}));
    const auto sql = [&](const char* text) { return test::run({"sqlite3", place.scratch / "ledger.sqlite", text}).out; };
    const char* const how_many = "SELECT count(*) FROM sqlite_schema WHERE name = 'document_by_study'";
    CHECK(sql(how_many) == "0\n");
    CHECK(sql("CREATE INDEX document_by_study ON document (study)").empty());
    place.ledger = place.make(false);
    CHECK(sql(how_many) == "0\n");
    CHECK(place.ledger->check()->empty());
}
