// What every ledger has to do.
#include "core/text.hpp"
#include "tests/tmf/ledger_support.hpp"
#include "tmf/chain_check.hpp"

using namespace dossier;
using namespace dossier::tmf;
using namespace tmf_test;

TEST_CASE("ledger: everything that is written is read again, also after closing it") {
    Fresh place;
    Change decision;
    decision.action = "waived";
    decision.study = "S";
    decision.object = "W-000001";
    Decision d;
    d.rule = "EDL-133-01";
    d.country = "USA";
    d.site = "701";
    d.person = "P1";
    d.event = "A1";
    d.language = "en";
    d.date = *parse_date("2025-02-01");
    d.until = parse_date("2025-03-01");
    d.by = "ann";
    d.reason = "why";
    decision.decision = DecisionRecord{1, "S", d};
    REQUIRE(place.ledger->commit(ann, {study_change(), filing(1, 1, "one"), filing(1, 2, "two"), decision}));
    place.ledger = place.make(false);
    CHECK(place.ledger->studies()->size() == 1);
    CHECK((*place.ledger->study("S"))->facts == R"({"study":{"id":"S"}})");
    CHECK_FALSE(place.ledger->study("T")->has_value());
    const auto stored = place.ledger->document(1);
    REQUIRE((stored && *stored));
    CHECK(to_json((*stored)->document).dump() == to_json(*filing(1, 1, "").document).dump());
    REQUIRE((*stored)->versions.size() == 2);
    CHECK(to_json((*stored)->versions[0]).dump() == to_json(*filing(1, 1, "one").version).dump());
    CHECK(to_json((*stored)->versions[1]).dump() == to_json(*filing(1, 2, "two").version).dump());
    CHECK(to_json((*place.ledger->decisions("S"))[0]).dump() == to_json(*decision.decision).dump());
    CHECK(place.ledger->decisions("T")->empty());
    CHECK(*place.ledger->last_document() == 1);
    CHECK(*place.ledger->last_decision() == 1);
    decision.decision->decision.country = "CAN"; // its site is there
    decision.decision->decision.until = parse_date("2025-12-31");
    REQUIRE(place.ledger->commit(ann, {decision}));
    CHECK(to_json((*place.ledger->decisions("S"))[0]).dump() == to_json(*decision.decision).dump());
    CHECK(place.ledger->check()->empty());
}

TEST_CASE("ledger: leaves of submissions are read as they were written last, by study and document") {
    Fresh place;
    Change built, replaced;
    built.action = replaced.action = "submission_recorded";
    built.study = replaced.study = "S";
    built.object = replaced.object = "D-000001@2";
    built.submission =
        SubmissionRecord{"us nda 900172", "0001", "a", 1, 2, "5.3.5.1", "Protocol", SubmissionRecord::Standing::current, "", {}};
    replaced.submission = built.submission;
    replaced.submission->standing = SubmissionRecord::Standing::replaced;
    replaced.submission->ended_by = "0002#b";
    replaced.submission->sent = parse_date("2025-07-01");
    REQUIRE(place.ledger->commit(ann, {study_change(), filing(1, 1, "one"), filing(1, 2, "two"), filing(2, 1, "three"), built}));
    CHECK(*place.ledger->submissions("", 0) == std::vector<SubmissionRecord>{*built.submission});
    REQUIRE(place.ledger->commit(ann, {replaced}));
    place.ledger = place.make(false);
    CHECK(*place.ledger->submissions("S", 1) == std::vector<SubmissionRecord>{*replaced.submission});
    CHECK(place.ledger->submissions("T", 0)->empty());
    CHECK(place.ledger->submissions("", 2)->empty());
    const auto again = submission_record_from(to_json(*replaced.submission));
    REQUIRE(again);
    CHECK(*again == *replaced.submission);
    CHECK_FALSE(submission_record_from(Json::object({{"document", "D-000001@2"}})));
    Change of_nothing = built;
    of_nothing.submission->version = 3; // there is none
    CHECK_FALSE(place.ledger->commit(ann, {of_nothing}));
}

TEST_CASE("ledger: reviews and queries are read as they were written, by study and document, and never change") {
    Fresh place;
    const std::string at = "2025-06-30T12:00:00.500000Z";
    Change review, opened, answered;
    review.review = ReviewRecord{1, 1, 2, ReviewStep::content, ReviewRecord::Outcome::rejected, "unsigned", "page 3", at, "ann"};
    opened.query = QueryRecord{1, 2, 1, "site 701"};
    opened.query_act = QueryAct{QueryAct::Kind::opened, 1, 1, "which?", at, "ann"};
    answered.query_act = QueryAct{QueryAct::Kind::answered, 1, 2, "this", at, "bob"};
    for (Change* change : {&review, &opened, &answered}) change->study = "S";
    REQUIRE(place.ledger->commit(ann, {study_change(), filing(1, 1, "one"), filing(1, 2, "two"), filing(2, 1, "three"), review, opened}));
    REQUIRE(place.ledger->commit(ann, {answered}));
    place.ledger = place.make(false);
    REQUIRE(place.ledger->reviews("S", 0)->size() == 1);
    CHECK(to_json(place.ledger->reviews("", 1)->front()).dump() == to_json(*review.review).dump());
    CHECK(place.ledger->reviews("", 2)->empty());
    CHECK(place.ledger->reviews("T", 0)->empty());
    REQUIRE(place.ledger->queries("S", 2)->size() == 1);
    const auto query = place.ledger->query(1);
    REQUIRE((query && *query));
    CHECK(to_json((*query)->query).dump() == to_json(*opened.query).dump());
    REQUIRE((*query)->acts.size() == 2);
    CHECK(to_json((*query)->acts[1]).dump() == to_json(*answered.query_act).dump());
    CHECK_FALSE(place.ledger->query(2)->has_value());
    CHECK(place.ledger->queries("S", 1)->empty());
    CHECK(*place.ledger->last_review() == 1);
    CHECK(*place.ledger->last_query() == 1);
    // Only ever added: the same numbers again are refused, and so is a version that is not there.
    review.review->comment = "other";
    CHECK_FALSE(place.ledger->commit(ann, {review}));
    CHECK_FALSE(place.ledger->commit(ann, {answered}));
    review.review->number = 2;
    review.review->version = 3;
    CHECK_FALSE(place.ledger->commit(ann, {review}));
    CHECK(place.ledger->reviews("", 1)->front().comment == "page 3");
}

TEST_CASE("ledger: documents are found by study, artifact, place, outside name and bytes") {
    Fresh place;
    auto other = filing(2, 1, "two", "CV-2");
    other.document->country = "DEU";
    other.document->site = "801";
    other.document->unique_id = 66;
    REQUIRE(place.ledger->commit(ann, {study_change(), filing(1, 1, "one"), other}));
    const auto numbers = [&](const DocumentFilter& filter) {
        std::vector<std::int64_t> found;
        REQUIRE(place.ledger->each_document(filter, [&found](const StoredDocument& stored) {
            found.push_back(stored.document.number);
            return Result<void>();
        }));
        return found;
    };
    using Numbers = std::vector<std::int64_t>;
    CHECK(numbers({}) == Numbers{1, 2});
    CHECK(numbers({"S", 0, "", ""}) == Numbers{1, 2});
    CHECK(numbers({"T", 0, "", ""}).empty());
    CHECK(numbers({"S", 87, "", ""}) == Numbers{1});
    CHECK(numbers({"", 0, "DEU", ""}) == Numbers{2});
    CHECK(numbers({"S", 87, "USA", "701"}) == Numbers{1});
    CHECK(*place.ledger->documents_by_external("S", "CV-2") == Numbers{2});
    CHECK(place.ledger->documents_by_external("S", "CV-3")->empty());
    CHECK(place.ledger->documents_by_external("T", "CV-2")->empty());
    CHECK(place.ledger->documents_by_external("S", "")->empty());
    REQUIRE(place.ledger->commit(ann, {filing(3, 1, "four", "CV-2")})); // by somebody who does not see the other
    CHECK(*place.ledger->documents_by_external("S", "CV-2") == Numbers{2, 3});
    auto kept = filing(4, 1, "");
    kept.version->sha256.reset();
    kept.version->pointer = "binder 3";
    REQUIRE(place.ledger->commit(ann, {kept}));
    DocumentFilter in_binder;
    in_binder.pointer = "binder 3";
    CHECK(numbers(in_binder) == Numbers{4});
    in_binder.pointer = "binder 4";
    CHECK(numbers(in_binder).empty());
    CHECK(place.ledger->versions_with(sha256_of("two"))->at(0).document == 2);
    CHECK(place.ledger->versions_with(sha256_of("three"))->empty());
    const auto stopped =
        place.ledger->each_document({}, [](const StoredDocument&) { return Result<void>(Error(ErrorKind::io, "enough")); });
    CHECK(stopped.error().message == "enough");
    CHECK(numbers({}) == Numbers{1, 2, 3, 4}); // and the next reading starts anew
}

TEST_CASE("ledger: one commit is all or nothing, its audit entries included") {
    Fresh place;
    REQUIRE(place.ledger->commit(ann, {study_change()}));
    auto wrong = filing(2, 1, "two");
    wrong.document->study = "UNKNOWN"; // breaks a reference
    CHECK_FALSE(place.ledger->commit(ann, {filing(1, 1, "one"), wrong}));
    CHECK_FALSE(place.ledger->document(1)->has_value());
    CHECK(trail(*place.ledger).size() == 1);
    CHECK(place.ledger->commit(ann, {filing(1, 1, "one")}));
    CHECK(trail(*place.ledger).size() == 2);
}

TEST_CASE("ledger: the bytes of a version never change") {
    Fresh place;
    REQUIRE(place.ledger->commit(ann, {study_change(), filing(1, 1, "one", "X")}));
    auto altered = filing(1, 1, "one", "X");
    altered.version->sha256 = sha256_of("other");
    CHECK_FALSE(place.ledger->commit(ann, {altered}));
    auto titled = filing(1, 1, "one", "X");
    titled.version->title = "better";
    CHECK(place.ledger->commit(ann, {titled}));
    CHECK((*place.ledger->document(1))->versions[0].title == "better");
}

TEST_CASE("ledger: audit entries are chained, they say who, when, what, old, new and why") {
    Fresh place;
    REQUIRE(place.ledger->commit(ann, {study_change(), filing(1, 1, "one")}));
    auto titled = filing(1, 1, "one");
    titled.action = "reindexed";
    titled.reason = "wrong title";
    titled.old_value = Json::object({{"version", to_json(*filing(1, 1, "one").version)}});
    titled.document.reset();
    titled.version->title = "better";
    REQUIRE(place.ledger->commit({"bob", *parse_time("2025-07-01T00:00:00Z"), true}, {titled}));
    const auto entries = trail(*place.ledger);
    REQUIRE(entries.size() == 3);
    ChainCheck chain;
    for (const AuditEntry& entry : entries) chain.feed(entry);
    CHECK(chain.finish().empty());
    CHECK(chain.head() == place.ledger->audit_head()->hash);
    CHECK(place.ledger->audit_head()->sequence == 3);
    CHECK(entries[0].time == "2025-06-30T12:00:00.500000Z");
    CHECK(entries[0].clock == "system");
    CHECK(entries[0].previous == std::string(64, '0'));
    CHECK(entries[2].clock == "given");
    CHECK(entries[2].user == "bob");
    CHECK(entries[2].reason == "wrong title");
    CHECK(entries[2].old_value.find("Zo") != std::string::npos);
    CHECK(entries[2].new_value.find("better") != std::string::npos);
    CHECK(trail(*place.ledger, "S").size() == 3);
    CHECK(trail(*place.ledger, "", "D-000001").size() == 2); // entries of its versions
    CHECK(trail(*place.ledger, "", "D-00000").empty());
    CHECK(trail(*place.ledger, "T").empty());
}

TEST_CASE("ledger: creating one where one is, and opening none, are errors") {
    Fresh place;
    CHECK_FALSE(open_sqlite_ledger(place.scratch / "ledger.sqlite", true));
    CHECK_FALSE(open_sqlite_ledger(place.scratch / "other.sqlite", false));
    place.scratch.write("text.sqlite", "this is no database, but long enough to be looked at by anybody who wants to");
    const auto damaged = open_sqlite_ledger(place.scratch / "text.sqlite", false);
    REQUIRE_FALSE(damaged);
    CHECK(to_text(damaged.error()).find("damaged") != std::string::npos);
}
