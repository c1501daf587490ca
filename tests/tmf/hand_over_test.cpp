// Which versions may go into a submission, and which documents are proposed.
#include <catch2/catch.hpp>

#include "core/text.hpp"
#include "tmf/hand_over.hpp"
#include "tmf/hand_over_lists.hpp"

using namespace dossier;
using namespace dossier::tmf;

namespace {

const Date day = *parse_date("2026-06-30");

VersionRecord version(std::int64_t document, int number, const std::string& label) {
    VersionRecord record;
    record.document = document;
    record.number = number;
    record.label = label;
    record.title = "title";
    record.received = record.final = record.accepted = *parse_date("2026-01-10");
    record.sha256 = sha256_of(fill("{} {}", document, number));
    return record;
}

StoredDocument document(std::int64_t number, int unique_id, const std::string& country = {}, const std::string& site = {}) {
    StoredDocument stored;
    stored.document.number = number;
    stored.document.study = "S";
    stored.document.unique_id = unique_id;
    stored.document.country = country;
    stored.document.site = site;
    stored.versions = {version(number, 1, "1.0")};
    return stored;
}

templates::FromTmfRow row(int unique_id, templates::HandOver choose, const std::string& section = "study") {
    templates::FromTmfRow made;
    made.unique_id = unique_id;
    made.region = "us";
    made.choose = choose;
    made.section = section;
    return made;
}

std::string reason(const StoredDocument& stored, std::size_t index = 0) {
    const auto obstacle = obstacle_to_proposal(stored.document, stored.versions[index], day);
    return obstacle ? obstacle->reason : "";
}

std::vector<std::string> proposed(const std::vector<StoredDocument>& documents, const templates::FromTmfRow& wanted,
                                  const std::set<std::string>& countries = {"USA"}) {
    const std::vector<templates::FromTmfRow> rows{wanted};
    std::vector<std::string> names;
    for (const HandOverProposal& proposal : propose_hand_over(documents, rows, countries, day))
        for (const HandOverDocument& item : proposal.proposed)
            names.push_back(fill("{}@{}", item.document->document.number, item.version->number));
    return names;
}

using Names = std::vector<std::string>;

} // namespace

TEST_CASE("hand-over: final, accepted, not restricted, not expired, with a file") {
    StoredDocument stored = document(1, 32);
    CHECK(reason(stored).empty());
    const VersionRecord good = stored.versions[0];
    const auto with = [&](auto change) {
        stored.versions[0] = good;
        change(stored.versions[0]);
        return reason(stored);
    };
    CHECK(with([](VersionRecord& v) { v.final.reset(), v.accepted.reset(); }) == "is a draft");
    CHECK(with([](VersionRecord& v) { v.final = *parse_date("2026-07-01"); }) == "is final only on 2026-07-01");
    CHECK(with([](VersionRecord& v) { v.accepted.reset(); }) == "is not accepted in review");
    CHECK(with([](VersionRecord& v) { v.rejected = day; }) == "was rejected in review");
    CHECK(with([](VersionRecord& v) { v.withdrawn = day; }) == "was withdrawn");
    CHECK(with([](VersionRecord& v) { v.sha256.reset(), v.pointer = "archive"; }) == "is a pointer: the record lives elsewhere");
    CHECK(with([](VersionRecord& v) { v.expires = *parse_date("2026-06-29"); }) == "expired on 2026-06-29");
    CHECK(with([](VersionRecord& v) { v.expires = day; }).empty()); // it holds to the end of that day
    stored.versions[0] = good;
    stored.document.restricted = true;
    CHECK(reason(stored) == "is restricted (it may unblind)");
    // Whoever names a version himself has decided about review and expiry; the rest stays forbidden.
    VersionRecord named = good;
    named.accepted.reset();
    named.expires = *parse_date("2020-01-01");
    CHECK_FALSE(obstacle_to_submission(document(1, 32).document, named));
    CHECK(obstacle_to_submission(stored.document, named));
}

TEST_CASE("hand-over: the newest fit version, or every one, or one document for all") {
    using templates::HandOver;
    StoredDocument protocol = document(1, 32);
    protocol.versions.push_back(version(1, 2, "2.0"));
    protocol.versions.push_back(version(1, 3, "3.0"));
    protocol.versions[2].final.reset(), protocol.versions[2].accepted.reset();
    CHECK(proposed({protocol}, row(32, HandOver::newest)) == Names{"1@2"}); // 3.0 is a draft
    CHECK(proposed({protocol}, row(32, HandOver::every)) == Names{"1@1", "1@2"});
    CHECK(proposed({protocol}, row(32, HandOver::list)).empty());
    CHECK(proposed({protocol}, row(32, HandOver::never)).empty());
    CHECK(proposed({protocol}, row(33, HandOver::newest)).empty());

    const StoredDocument at_site = document(2, 45, "USA", "701"), of_country = document(3, 45, "USA"), of_trial = document(4, 45);
    CHECK(proposed({at_site, of_country, of_trial}, row(45, HandOver::one)) == Names{"4@1"});
    CHECK(proposed({at_site, of_country}, row(45, HandOver::one)) == Names{"3@1"});
}

TEST_CASE("hand-over: another authority's documents stay, but where the whole study is reported") {
    using templates::HandOver;
    const std::vector<StoredDocument> labels{document(1, 99, "USA"), document(2, 99, "DEU"), document(3, 99)};
    CHECK(proposed(labels, row(99, HandOver::newest, "1.14.4.2")) == Names{"1@1", "3@1"});
    CHECK(proposed(labels, row(99, HandOver::newest, "study")) == Names{"1@1", "2@1", "3@1"});
    CHECK(proposed(labels, row(99, HandOver::newest, "1.14.4.2"), {}) == Names{"1@1", "2@1", "3@1"}); // an authority of many countries
}

TEST_CASE("hand-over: a version's successor is newer and fit itself") {
    StoredDocument stored = document(1, 32);
    stored.versions.push_back(version(1, 2, "2.0"));
    stored.versions.push_back(version(1, 3, "3.0"));
    stored.versions[2].accepted.reset();
    REQUIRE(successor_of(stored, 1, day));
    CHECK(successor_of(stored, 1, day)->number == 2);
    CHECK(successor_of(stored, 2, day) == nullptr); // 3.0 is not accepted
    stored.versions[1].rejected = day;
    CHECK(successor_of(stored, 1, day) == nullptr);
    CHECK(successor_of(stored, 2, day) == nullptr); // what was rejected is not superseded by what is older
}

TEST_CASE("hand-over: investigators by site with the newest curriculum vitae, decisions of ethics committees in order") {
    Study study;
    study.sites = {{"701", "USA", "General", {}, {}, {}, {}}, {"12", "DEU", "Klinik", {}, {}, {}, {}}};
    study.people = {{"P1", "Ann Lee", "principal_investigator", "701", "USA", *parse_date("2025-01-15"), parse_date("2025-06-30")},
                    {"P2", "Bob Roe", "sub_investigator", "12", "DEU", *parse_date("2025-02-01"), {}},
                    {"P3", "Cy Dee", "monitor", "", "USA", *parse_date("2025-01-01"), {}}};
    StoredDocument older = document(1, 87, "USA", "701"), newer = document(2, 87, "USA", "701"), draft = document(3, 87, "USA", "701");
    for (StoredDocument* cv : {&older, &newer, &draft}) cv->versions[0].person = "P9;P1";
    older.versions[0].date = parse_date("2024-01-01");
    newer.versions[0].date = parse_date("2025-01-01");
    draft.versions[0].date = parse_date("2026-01-01");
    draft.versions[0].accepted.reset();
    const Sheet people = investigator_list(study, {older, newer, draft}, day);
    REQUIRE(people.rows.size() == 2); // a monitor is no investigator
    const auto cells = [](const Sheet& sheet, std::size_t row) {
        std::vector<std::string> texts;
        for (const SheetCell& cell : sheet.rows[row]) texts.push_back(cell.text);
        return join(texts, "|");
    };
    CHECK(cells(people, 0) == "DEU|12|Klinik|Bob Roe|sub investigator|2025-02-01|||");
    CHECK(cells(people, 1) == "USA|701|General|Ann Lee|principal investigator|2025-01-15|2025-06-30|D-000002@1|2025-01-01");

    StoredDocument first = document(4, 66, "USA", "701"), second = document(5, 66, "DEU");
    first.versions[0].date = second.versions[0].date = parse_date("2025-03-01");
    const Sheet decisions = ethics_list(study, {first, second}, day);
    REQUIRE(decisions.rows.size() == 2);
    CHECK(cells(decisions, 0) == "DEU|||title|2025-03-01|D-000005@1");
    CHECK(cells(decisions, 1) == "USA|701|General|title|2025-03-01|D-000004@1");
}

TEST_CASE("hand-over: a submitted version is up to date, out of date, or taken back") {
    using State = Currency::State;
    StoredDocument stored = document(1, 32);
    CHECK(currency_of(stored, 1, day).state == State::up_to_date);
    stored.versions.push_back(version(1, 2, "2.0"));
    CHECK(currency_of(stored, 1, day).state == State::out_of_date);
    CHECK(currency_of(stored, 1, day).why == "superseded by version 2.0");
    CHECK(currency_of(stored, 2, day).state == State::up_to_date);
    stored.versions[0].withdrawn = *parse_date("2026-06-30");
    CHECK(currency_of(stored, 1, day).why == "withdrawn on 2026-06-30");
    CHECK(currency_of(stored, 1, *parse_date("2026-06-29")).state == State::out_of_date); // not yet
    stored.versions[1].rejected = *parse_date("2026-02-01");
    CHECK(currency_of(stored, 2, day).why == "rejected on 2026-02-01");
    stored.document.restricted = true;
    CHECK(currency_of(stored, 1, day).state == State::taken_back);
}
