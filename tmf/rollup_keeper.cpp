// Keeping roll-ups: what a commit changes is counted before and after, for the affected slots only, and the difference is applied.
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "tmf/counting.hpp"
#include "tmf/repository.hpp"
#include "tmf/rollup.hpp"

namespace dossier::tmf {

namespace {

constexpr std::size_t most_places_read = 200; // one by one; when more are affected the study's documents are read in one go

using Key = std::tuple<int, std::string, std::string>; // unique identifier, country, site

// Documents and decisions of a study, as far as a commit affects their slots.
struct Affected {
    std::set<Key> places;        // of filed documents: where they were, where they are
    std::set<std::string> rules; // of decisions
    std::set<int> unique_ids;    // of those rules
    std::map<std::int64_t, StoredDocument> documents;
    std::map<std::int64_t, Decision> decisions;
};

// A site's documents are found by the site also where they do not name its country.
Key key_of(const DocumentRecord& document, const Study& study) {
    const Site* site = document.country.empty() && !document.site.empty() ? study.site(document.site) : nullptr;
    return {document.unique_id, site ? site->country : document.country, document.site};
}

void apply(const Change& change, Affected& state) {
    if (change.decision) state.decisions[change.decision->number] = change.decision->decision;
    if (!change.document && !change.version) return;
    StoredDocument& stored = state.documents[change.document ? change.document->number : change.version->document];
    if (change.document) stored.document = *change.document;
    if (!change.version) return;
    for (VersionRecord& version : stored.versions)
        if (version.number == change.version->number) {
            version = *change.version;
            return;
        }
    stored.versions.push_back(*change.version);
}

StudyDocuments facts_of(const Affected& state, const Study& study) {
    StudyDocuments result;
    for (const auto& [number, stored] : state.documents)
        for (DocumentFacts& facts : to_facts(stored, study.review)) result.documents.push_back(std::move(facts));
    for (const auto& [number, decision] : state.decisions) result.decisions.push_back(decision);
    return result;
}

// after - before, line by line; lines that stay as they are left out.
std::vector<PlaceTotal> difference(const std::vector<PlaceTotal>& before, const std::vector<PlaceTotal>& after) {
    std::map<std::tuple<std::string, std::string, std::string>, PlaceTotal> lines;
    const auto add = [&lines](const PlaceTotal& line, int sign) {
        PlaceTotal& sum =
            lines.try_emplace({line.country, line.site, line.milestone}, PlaceTotal{line.country, line.site, line.milestone, {}, {}, {}})
                .first->second;
        for (const auto member : {&PlaceTotal::whole, &PlaceTotal::due_now, &PlaceTotal::by_next}) {
            (sum.*member).expected += sign * (line.*member).expected;
            (sum.*member).satisfied += sign * (line.*member).satisfied;
        }
    };
    for (const PlaceTotal& line : before) add(line, -1);
    for (const PlaceTotal& line : after) add(line, 1);
    std::vector<PlaceTotal> changed;
    const auto is_zero = [](const Total& total) { return total.expected == 0 && total.satisfied == 0; };
    for (auto& [key, line] : lines)
        if (!is_zero(line.whole) || !is_zero(line.due_now) || !is_zero(line.by_next)) changed.push_back(std::move(line));
    return changed;
}

class Keeper final : public RollupKeeper {
public:
    explicit Keeper(CatalogueReader read) : read_(std::move(read)) {}

    Result<RollupUpdate> after(Ledger& before, const Author& author, const std::vector<Change>& changes) override {
        std::map<std::string, std::vector<const Change*>> by_study;
        for (const Change& change : changes)
            if (change.study_record || change.document || change.version || change.decision) by_study[change.study].push_back(&change);
        RollupUpdate update;
        for (const auto& [id, of_study] : by_study) DOSSIER_CHECK(update_study(before, author, id, of_study, update));
        return update;
    }

private:
    struct Known { // a study as it was when it was last asked for, with its model
        StudyRecord record;
        templates::TmfCatalogue catalogue;
        Study study;
        std::string rules;
        MilestoneDates dates;
        std::optional<std::pair<Date, Expectations>> expected; // on the day that was last asked for

        Known(const StudyRecord& stored, templates::TmfCatalogue model, Study facts)
            : record(stored), catalogue(std::move(model)), study(std::move(facts)), rules(fingerprint(catalogue)), dates(study) {}
        const Expectations& expectations(Date day) {
            if (!expected || expected->first != day)
                expected.emplace(std::piecewise_construct, std::forward_as_tuple(day),
                                 std::forward_as_tuple(catalogue, study, dates, ExpectationQuestion{day, {}}));
            return expected->second;
        }
    };

    Result<void> update_study(Ledger& before, const Author& author, const std::string& id, const std::vector<const Change*>& changes,
                              RollupUpdate& update) {
        const StudyRecord* facts = nullptr;
        for (const Change* change : changes)
            if (change->study_record) facts = &*change->study_record;
        if (facts) return count_anew(before, author.time.date(), *facts, changes, update);
        std::vector<RollupHead> heads;
        for (const Audience audience : {Audience::blinded, Audience::unblinded}) {
            DOSSIER_TRY(auto head, before.rollups()->rollup_head(id, audience));
            if (head) heads.push_back(std::move(*head));
        }
        if (heads.empty()) return {};
        DOSSIER_TRY(const bool is_there, know_stored(before, id));
        if (!is_there) return {};
        Affected state;
        DOSSIER_TRY(const bool is_bounded, collect(before, changes, state));
        if (!is_bounded) return count_anew(before, heads.front().day, StudyRecord(known_->record), changes, update);
        const StudyDocuments old = facts_of(state, known_->study);
        for (const Change* change : changes) apply(*change, state); // documents and decisions; places and rules stay those of both
        const StudyDocuments present = facts_of(state, known_->study);
        std::map<Date, std::vector<Slot>> slots;
        for (const RollupHead& head : heads) {
            if (head.rules != known_->rules) continue;
            const auto [of_day, is_new] = slots.try_emplace(head.day);
            if (is_new) of_day->second = affected_slots(head.day, state);
            update.differences.push_back({head, count_difference(head, of_day->second, old, present)});
        }
        return {};
    }

    // A study's facts can be megabytes: they are read again only when they may have changed. False: there is no such study.
    Result<bool> know_stored(Ledger& before, const std::string& id) {
        DOSSIER_TRY(const std::int64_t stamp, before.rollups()->facts_stamp());
        if (known_ && known_->record.id == id && stamp_ == stamp) return true;
        DOSSIER_TRY(const auto record, before.study(id));
        if (!record) return false;
        DOSSIER_CHECK(know(*record));
        stamp_ = stamp;
        return true;
    }

    Result<void> know(const StudyRecord& record) {
        if (known_ && known_->record.id == record.id && known_->record.model == record.model && known_->record.facts == record.facts)
            return {};
        known_.reset();
        stamp_.reset();
        DOSSIER_TRY(auto catalogue, read_(record));
        DOSSIER_TRY(auto study, study_of(record, catalogue));
        known_ = std::make_unique<Known>(record, std::move(catalogue), std::move(study));
        return {};
    }

    Result<void> count_anew(Ledger& before, Date day, const StudyRecord& facts, const std::vector<const Change*>& changes,
                            RollupUpdate& update) {
        DOSSIER_CHECK(know(facts));
        Affected state;
        DocumentFilter filter;
        filter.study = facts.id;
        filter.facts_only = filter.counting = true;
        DOSSIER_CHECK(before.each_document(filter, [&state](const StoredDocument& stored) {
            state.documents[stored.document.number] = stored;
            return Result<void>();
        }));
        DOSSIER_CHECK(read_decisions(before, facts.id, state));
        for (const Change* change : changes) apply(*change, state);
        const StudyDocuments loaded = facts_of(state, known_->study);
        for (const Audience audience : {Audience::blinded, Audience::unblinded})
            update.anew.push_back(make_rollup(known_->catalogue, known_->study, loaded.documents, loaded.decisions, audience, day));
        return {};
    }

    static Result<void> read_decisions(Ledger& ledger, const std::string& study, Affected& state) {
        DOSSIER_TRY(const auto all, ledger.decisions(study));
        for (const DecisionRecord& record : all) state.decisions[record.number] = record.decision;
        return {};
    }

    // False: a decision is about every rule, so that everything is affected.
    Result<bool> collect(Ledger& before, const std::vector<const Change*>& changes, Affected& state) const {
        DOSSIER_TRY(const std::int64_t last, before.last_document());
        for (const Change* change : changes) {
            if (change->decision) {
                const auto* rule = known_->catalogue.rule(change->decision->decision.rule);
                if (!rule) return false;
                state.rules.insert(rule->id);
                state.unique_ids.insert(rule->unique_id);
            }
            if (change->document) state.places.insert(key_of(*change->document, known_->study));
            const std::int64_t number = change->document ? change->document->number : change->version ? change->version->document : 0;
            if (number == 0 || number > last) continue;
            DOSSIER_TRY(const auto stored, before.document(number));
            if (!stored) continue;
            state.places.insert(key_of(stored->document, known_->study));
            state.documents[number] = *stored;
        }
        DOSSIER_CHECK(read_documents(before, state));
        DOSSIER_CHECK(read_decisions(before, known_->study.id, state));
        return true;
    }

    Result<void> read_documents(Ledger& before, Affected& state) const {
        const auto take = [&](const StoredDocument& stored) {
            if (state.unique_ids.count(stored.document.unique_id) > 0 || state.places.count(key_of(stored.document, known_->study)) > 0)
                state.documents[stored.document.number] = stored;
            return Result<void>();
        };
        DocumentFilter filter;
        filter.study = known_->study.id;
        filter.facts_only = filter.counting = true;
        if (state.places.size() > most_places_read) return before.each_document(filter, take);
        for (const int unique_id : state.unique_ids) {
            filter.unique_id = unique_id;
            DOSSIER_CHECK(before.each_document(filter, take));
        }
        filter.exact_place = true;
        for (const auto& [unique_id, country, site] : state.places) {
            if (state.unique_ids.count(unique_id) > 0) continue;
            filter.unique_id = unique_id;
            filter.country = country;
            filter.site = site;
            DOSSIER_CHECK(before.each_document(filter, take));
            if (country.empty() || site.empty()) continue;
            filter.country.clear();
            DOSSIER_CHECK(before.each_document(filter, take));
        }
        return {};
    }

    std::vector<Slot> affected_slots(Date day, const Affected& state) {
        std::set<int> unique_ids;
        for (const Key& key : state.places) unique_ids.insert(std::get<0>(key));
        const Expectations& expectations = known_->expectations(day);
        std::set<std::size_t> places;
        for (const auto& [unique_id, country, site] : state.places)
            if (const auto place = expectations.place_of(country, site)) places.insert(*place);
        std::vector<Slot> slots;
        for (const templates::Rule* rule : expectations.rules()) {
            const bool is_decided = state.rules.count(rule->id) > 0;
            if (!is_decided && unique_ids.count(rule->unique_id) == 0) continue;
            const auto take = [&](const Slot& slot) {
                if (is_decided || state.places.count({rule->unique_id, slot.country, slot.site}) > 0) slots.push_back(slot);
            };
            if (is_decided)
                expectations.each(*rule, take);
            else
                expectations.each_at(*rule, places, take);
        }
        return slots;
    }

    std::vector<PlaceTotal> count_difference(const RollupHead& head, const std::vector<Slot>& slots, const StudyDocuments& before,
                                             const StudyDocuments& after) {
        CompletenessQuestion question;
        question.as_of = head.day;
        question.audience = head.audience;
        question.rows = false;
        const auto count = [&](const StudyDocuments& documents) {
            return Counter(known_->study, known_->expectations(head.day), documents.documents, documents.decisions, question,
                           head.next ? head.next->date : head.day)
                .count(slots);
        };
        return difference(count(before), count(after));
    }

    CatalogueReader read_;
    std::unique_ptr<Known> known_;
    std::optional<std::int64_t> stamp_; // of the facts when `known_` was last compared with what is stored
};

} // namespace

std::shared_ptr<RollupKeeper> make_rollup_keeper(CatalogueReader read) { return std::make_shared<Keeper>(std::move(read)); }

} // namespace dossier::tmf
