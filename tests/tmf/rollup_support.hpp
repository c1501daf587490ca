// Random histories of a study whose roll-ups are kept, and its rows added up beside them.
#pragma once

#include "tests/support/run.hpp"
#include "tests/tmf/study_support.hpp"
#include "tmf/repository.hpp"
#include "tmf/rollup.hpp"

#include <map>
#include <random>
#include <tuple>

namespace tmf_test {

using Random = std::mt19937;

inline int below(Random& random, int end) { return static_cast<int>(random() % static_cast<unsigned>(end)); }
inline bool chance(Random& random, int percent) { return below(random, 100) < percent; }
inline std::string pick(Random& random, const std::vector<std::string>& from) {
    return from[static_cast<std::size_t>(below(random, static_cast<int>(from.size())))];
}
inline Date some_day(Random& random) { return day("2024-01-01")->plus_days(below(random, 900)); }

inline const std::vector<std::string> site_ids = {"701", "702", "7-1", "801", "802"};

// Study facts in which every kind of slot can come up; the same number of draws whatever they give.
inline std::string random_facts(Random& random) {
    std::string yaml =
        fill("study: {{id: S, start: 2024-01-10, review: {}, grace_days: 10}}\n", std::string_view(chance(random, 50) ? "yes" : "no"));
    yaml += fill("switches: {{imp_blinded: {}, local_ec: {}, other_committee: yes}}\n", std::string_view(chance(random, 70) ? "yes" : "no"),
                 std::string_view(chance(random, 50) ? "yes" : "no"));
    yaml += "countries: [{code: USA, approved: 2024-02-01, languages: [en, es]}, {code: DEU, approved: 2024-03-01}]\nsites:\n";
    for (const std::string& id : site_ids) {
        yaml += fill("  - {{id: \"{}\", country: {}, activated: {}", id, std::string_view(id[0] == '7' ? "USA" : "DEU"),
                     day("2024-02-01")->plus_days(below(random, 600)).text());
        if (chance(random, 20)) yaml += ", closed: 2026-06-01";
        if (chance(random, 20)) yaml += ", switches: {local_ec: no}";
        yaml += "}\n";
    }
    yaml += "people:\n";
    for (int i = 0; i < 8; ++i)
        yaml += fill("  - {{id: P{}, role: {}, site: \"{}\", from: {}{}}}\n", below(random, 5),
                     pick(random, {"principal_investigator", "sub_investigator", "site_staff"}), pick(random, site_ids),
                     some_day(random).text(), std::string_view(chance(random, 20) ? ", to: 2026-07-01" : ""));
    yaml += fill("amendments: [{{id: A1, approved: {}}}, {{id: A2, approved: {}}}]\n", some_day(random).text(), some_day(random).text());
    yaml += fill("safety_notices: [{{id: N1, type: susar, date: {}, ec: yes}}]\n", some_day(random).text());
    yaml += "milestones:\n  - {code: \"02\", date: 2024-02-10}\n  - {code: \"10\", planned: 2027-01-01}\n";
    if (chance(random, 40)) yaml += fill("  - {{code: S11, date: {}}}\n", some_day(random).text());
    return yaml;
}

// What the history has made so far.
struct History {
    std::vector<DocumentRecord> documents;
    std::vector<VersionRecord> versions;
    std::vector<DecisionRecord> decisions;
};

inline const std::vector<int> artifacts = {1, 32, 36, 66, 85, 86, 87, 88, 90, 95, 104, 113, 121, 73};

inline void move_document(Random& random, DocumentRecord& document) {
    document.unique_id = artifacts[static_cast<std::size_t>(below(random, static_cast<int>(artifacts.size())))];
    document.site = chance(random, 70) ? pick(random, site_ids) : "";
    document.country = !document.site.empty() ? (document.site[0] == '7' ? "USA" : "DEU") : chance(random, 50) ? "USA" : "";
    document.restricted = chance(random, 20);
    document.sealed = document.restricted ? "AAAA" : ""; // its words, which nothing here reads
}

inline void redate(Random& random, VersionRecord& version) {
    version.label = fill("{}.0", version.number);
    version.person = chance(random, 50) ? fill("P{}", below(random, 5)) : "";
    version.event = chance(random, 40) ? pick(random, {"A1", "A2", "N1", "final", "gcp", "Y1"}) : "";
    version.date = chance(random, 90) ? OptionalDate(some_day(random)) : std::nullopt;
    version.received = some_day(random);
    version.final = chance(random, 80) ? version.received : std::nullopt;
    version.accepted = version.final && chance(random, 70) ? version.final : std::nullopt;
    version.rejected = chance(random, 10) ? OptionalDate(some_day(random)) : std::nullopt;
    version.withdrawn = chance(random, 5) ? OptionalDate(some_day(random)) : std::nullopt;
    version.pointer = chance(random, 10) ? "binder" : "";
    version.filed_at = "2026-06-30T12:00:00.000000Z";
}

inline Change of_study(const std::string& action) {
    Change change;
    change.action = action;
    change.study = change.object = "S";
    return change;
}

inline Change file_document(Random& random, History& history) {
    Change change = of_study("document_filed");
    DocumentRecord document;
    document.number = static_cast<std::int64_t>(history.documents.size()) + 1;
    document.study = "S";
    move_document(random, document);
    VersionRecord version;
    version.document = document.number;
    version.number = 1;
    redate(random, version);
    history.documents.push_back(document);
    history.versions.push_back(version);
    change.document = document;
    change.version = version;
    return change;
}

inline Change add_version(Random& random, History& history) { // a newer version, a signed one
    Change change = of_study("version_filed");
    VersionRecord version;
    version.document = history.documents[static_cast<std::size_t>(below(random, static_cast<int>(history.documents.size())))].number;
    version.number = 1;
    for (const VersionRecord& other : history.versions) version.number += other.document == version.document ? 1 : 0;
    redate(random, version);
    history.versions.push_back(version);
    change.version = version;
    return change;
}

inline Change alter(Random& random, History& history) { // reviewed, or its index corrected
    Change change = of_study("reindexed");
    VersionRecord& version = history.versions[static_cast<std::size_t>(below(random, static_cast<int>(history.versions.size())))];
    redate(random, version);
    change.version = version;
    if (chance(random, 50)) return change;
    DocumentRecord& document = history.documents[static_cast<std::size_t>(version.document - 1)];
    move_document(random, document);
    change.document = document;
    return change;
}

inline Change decide(Random& random, History& history) {
    Change change = of_study("waived");
    if (!history.decisions.empty() && chance(random, 40)) { // ended
        DecisionRecord& record = history.decisions[static_cast<std::size_t>(below(random, static_cast<int>(history.decisions.size())))];
        record.decision.until = some_day(random);
        change.decision = record;
        return change;
    }
    DecisionRecord record;
    record.number = static_cast<std::int64_t>(history.decisions.size()) + 1;
    record.study = "S";
    record.decision.kind = chance(random, 50) ? Decision::Kind::waived : Decision::Kind::not_applicable;
    record.decision.rule = chance(random, 10) ? "" : pick(random, {"EDL-066-03", "EDL-087-01", "EDL-095-01", "EDL-086-01", "EDL-001-01"});
    record.decision.site = chance(random, 50) ? pick(random, site_ids) : "";
    record.decision.date = some_day(random);
    history.decisions.push_back(record);
    change.decision = record;
    return change;
}

inline Change facts_change(Random& random) {
    Change change = of_study("study_applied");
    change.study_record = StudyRecord{"S", "3.3.1", to_json(study(random_facts(random))).dump(-1)};
    return change;
}

inline std::vector<Change> step(Random& random, History& history) {
    std::vector<Change> changes;
    if (chance(random, 8)) changes.push_back(facts_change(random));
    const int count = chance(random, 5) ? 300 : 1 + below(random, 3); // now and then a list, which is read in one go
    for (int i = 0; i < count; ++i) {
        const int kind = history.documents.empty() ? 0 : below(random, 10);
        changes.push_back(kind < 4   ? file_document(random, history)
                          : kind < 6 ? add_version(random, history)
                          : kind < 9 ? alter(random, history)
                                     : decide(random, history));
    }
    return changes;
}

using Lines = std::map<std::tuple<std::string, std::string, std::string>, std::vector<std::int64_t>>;

// The rows of the full report, added up here: what docs/expected_documents.md calls the sums (step 11).
inline Lines lines_of_rows(Ledger& ledger, Audience audience, Date on) {
    const auto facts = load_study(ledger, catalogue(), "S");
    REQUIRE(facts);
    const auto loaded = load_documents(ledger, *facts);
    REQUIRE(loaded);
    const auto report = count(catalogue(), *facts, loaded->documents, on.text(), audience, loaded->decisions);
    const Date next = report.next ? report.next->date : on;
    Lines lines;
    for (const CompletenessRow& row : report.rows) {
        if (row.state == SlotState::waived) continue;
        auto& line = lines.try_emplace({row.country, row.site, row.milestone()}, std::vector<std::int64_t>(6)).first->second;
        const bool counts[] = {true, row.due && *row.due <= on, row.due && *row.due <= next};
        for (std::size_t i = 0; i < 3; ++i) {
            line[2 * i] += counts[i] ? row.expected : 0;
            line[2 * i + 1] += counts[i] ? row.satisfied : 0;
        }
    }
    return lines;
}

inline Lines lines_of(const Rollup& rollup) {
    Lines lines;
    for (const PlaceTotal& l : rollup.lines)
        lines[{l.country, l.site, l.milestone}] = {l.whole.expected,    l.whole.satisfied,  l.due_now.expected,
                                                   l.due_now.satisfied, l.by_next.expected, l.by_next.satisfied};
    return lines;
}

struct KeptLedger {
    test::Scratch scratch;
    std::unique_ptr<Ledger> ledger = make();
    std::unique_ptr<Ledger> make() const {
        auto made = open_sqlite_ledger(scratch / "ledger.sqlite", true);
        REQUIRE(made);
        (*made)->rollups()->keep_rollups(
            make_rollup_keeper([](const StudyRecord&) { return Result<templates::TmfCatalogue>(catalogue()); }));
        return std::move(*made);
    }
    std::optional<Rollup> stored(Audience audience) const {
        auto found = ledger->rollups()->rollup("S", audience);
        REQUIRE(found);
        return std::move(*found);
    }
    std::optional<Rollup> present(Audience audience) const { // as a report has it
        const auto record = ledger->study("S");
        REQUIRE(record);
        auto found = present_rollup(*ledger, catalogue(), **record, audience);
        REQUIRE(found);
        return std::move(*found);
    }
    std::int64_t waiting() const {
        const auto counted = ledger->rollups()->counted("S");
        REQUIRE(counted);
        REQUIRE(*counted);
        const auto found = ledger->rollups()->documents_after("S", (*counted)->lowest);
        REQUIRE(found);
        return *found;
    }
    void commit(const std::vector<Change>& changes, const std::string& time = "2026-06-30T12:00:00Z") const {
        const auto done = ledger->commit({"ann", *parse_time(time), true}, changes);
        INFO((done ? "" : to_text(done.error())));
        REQUIRE(done);
    }
};

constexpr Audience audiences[] = {Audience::blinded, Audience::unblinded};

} // namespace tmf_test
