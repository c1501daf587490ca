// Keeping roll-ups: what a commit changes of the documents that are counted is counted with it. New documents wait, and are counted
// together with the next such change, when enough have come together, or when the repository is closed.
#include <algorithm>
#include <map>
#include <utility>

#include "tmf/rollup_difference.hpp"

namespace dossier::tmf {

namespace {

constexpr std::int64_t most_waiting = 100; // of one study: a report counts them in a few milliseconds

using Changes = std::vector<const Change*>;

class Keeper final : public RollupKeeper {
public:
    explicit Keeper(CatalogueReader read) : read_(std::move(read)) {}

    Result<RollupUpdate> after(Ledger& before, const Author& author, const std::vector<Change>& changes) override {
        std::map<std::string, Changes> by_study;
        for (const Change& change : changes)
            if (change.study_record || change.document || change.version || change.decision) by_study[change.study].push_back(&change);
        RollupUpdate update;
        for (const auto& [id, of_study] : by_study) DOSSIER_CHECK(update_study(before, author, id, of_study, update));
        return update;
    }

    Result<RollupUpdate> of_waiting(Ledger& ledger, const std::string& study) override {
        RollupUpdate update;
        DOSSIER_TRY(const auto counted, ledger.rollups()->counted(study));
        if (!counted) return update;
        DOSSIER_TRY(const std::int64_t waiting, ledger.rollups()->documents_after(study, counted->lowest));
        if (waiting > 0) DOSSIER_CHECK(count_difference(ledger, study, {}, update));
        return update;
    }

private:
    struct Known { // a study as it was when it was last asked for
        StudyRecord record;
        CountedStudy counted;
        Known(const StudyRecord& stored, templates::TmfCatalogue catalogue, Study study)
            : record(stored), counted(std::move(catalogue), std::move(study)) {}
    };

    Result<void> update_study(Ledger& before, const Author& author, const std::string& id, const Changes& changes, RollupUpdate& update) {
        const StudyRecord* facts = nullptr;
        for (const Change* change : changes)
            if (change->study_record) facts = &*change->study_record;
        if (facts) return count_anew(before, author.time.date(), *facts, changes, update);
        DOSSIER_TRY(const auto counted, before.rollups()->counted(id));
        if (!counted) return {};
        DOSSIER_TRY(const bool waits, may_wait(*before.rollups(), id, *counted, changes));
        return waits ? Result<void>() : count_difference(before, id, changes, update);
    }

    static Result<bool> may_wait(RollupStore& store, const std::string& study, const CountedDocuments& counted, const Changes& changes) {
        std::int64_t filed = 0, last = 0;
        for (const Change* change : changes) {
            const std::int64_t number = change->document ? change->document->number : change->version ? change->version->document : 0;
            if (change->decision || number <= counted.highest) return false;
            if (change->document) ++filed;
            last = std::max(last, number);
        }
        if (last - counted.lowest <= most_waiting) return true; // there are no more numbers than that, of whatever study
        DOSSIER_TRY(const std::int64_t waiting, store.documents_after(study, counted.lowest));
        return waiting + filed <= most_waiting;
    }

    Result<void> count_difference(Ledger& before, const std::string& id, const Changes& changes, RollupUpdate& update) {
        std::vector<RollupHead> heads;
        for (const Audience audience : {Audience::blinded, Audience::unblinded}) {
            DOSSIER_TRY(auto head, before.rollups()->rollup_head(id, audience));
            if (head) heads.push_back(std::move(*head));
        }
        DOSSIER_TRY(const bool is_there, know_stored(before, id));
        if (heads.empty() || !is_there) return {};
        CountedStudy& counted = known_->counted;
        const auto by_counted = [](const RollupHead& a, const RollupHead& b) { return a.counted < b.counted; };
        const std::int64_t first_counted = std::min_element(heads.begin(), heads.end(), by_counted)->counted;
        Affected state;
        DOSSIER_TRY(const bool is_bounded, state.collect(before, counted, first_counted, changes));
        if (!is_bounded) return count_anew(before, heads.front().day, StudyRecord(known_->record), changes, update);
        std::map<std::int64_t, StudyDocuments> old; // by the last document counted
        for (const RollupHead& head : heads)
            if (old.count(head.counted) == 0) old.emplace(head.counted, state.facts(counted.study, head.counted));
        for (const Change* change : changes) state.apply(*change); // documents and decisions; places and rules stay those of both
        const StudyDocuments present = state.facts(counted.study);
        std::map<Date, std::vector<Slot>> slots;
        for (RollupHead& head : heads) {
            if (head.rules != counted.rules) {
                update.outdated.push_back(std::move(head));
                continue;
            }
            const auto [of_day, is_new] = slots.try_emplace(head.day);
            if (is_new) of_day->second = state.slots(counted, head.day);
            auto lines = difference(counted, head, of_day->second, old.at(head.counted), present);
            update.differences.push_back({std::move(head), std::move(lines)});
        }
        return {};
    }

    Result<void> count_anew(Ledger& before, Date day, const StudyRecord& facts, const Changes& changes, RollupUpdate& update) {
        DOSSIER_CHECK(know(facts));
        Affected state;
        DOSSIER_CHECK(state.collect_all(before, facts.id));
        for (const Change* change : changes) state.apply(*change);
        const CountedStudy& counted = known_->counted;
        const StudyDocuments loaded = state.facts(counted.study);
        for (const Audience audience : {Audience::blinded, Audience::unblinded})
            update.anew.push_back(make_rollup(counted.catalogue, counted.study, loaded.documents, loaded.decisions, audience, day));
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

    CatalogueReader read_;
    std::unique_ptr<Known> known_;
    std::optional<std::int64_t> stamp_; // of the facts when `known_` was last compared with what is stored
};

} // namespace

std::shared_ptr<RollupKeeper> make_rollup_keeper(CatalogueReader read) { return std::make_shared<Keeper>(std::move(read)); }

} // namespace dossier::tmf
