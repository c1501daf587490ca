// What documents and decisions do to a roll-up: the slots they bear on are counted without them and with them, and the difference is
// added. For the keeper and for whoever reads a roll-up that some documents wait for.
#pragma once

#include "tmf/counting.hpp"
#include "tmf/repository.hpp"
#include "tmf/rollup.hpp"

#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <tuple>
#include <utility>
#include <vector>

namespace dossier::tmf {

// A study with its model, ready to be counted.
struct CountedStudy {
    templates::TmfCatalogue catalogue;
    Study study;
    std::string rules; // fingerprint() of the catalogue
    MilestoneDates dates;

    CountedStudy(templates::TmfCatalogue model, Study facts)
        : catalogue(std::move(model)), study(std::move(facts)), rules(fingerprint(catalogue)), dates(study) {}
    CountedStudy(const CountedStudy&) = delete; // `dates` looks at `study`
    CountedStudy& operator=(const CountedStudy&) = delete;
    const Expectations& expectations(Date day); // made once for each day, the last one is kept

private:
    std::optional<std::pair<Date, Expectations>> expected_;
};

// Of one study: the documents and decisions that share a slot with what changes or waits.
class Affected {
public:
    // What the ledger holds at the places that the changes and the documents above `counted` bear on; the changes are not made yet. False:
    // one is about every rule, so that everything is affected.
    Result<bool> collect(Ledger& ledger, const CountedStudy& counted, std::int64_t documents_counted,
                         const std::vector<const Change*>& changes);
    Result<void> collect_all(Ledger& ledger, const std::string& study);
    void apply(const Change& change);

    StudyDocuments facts(const Study& study, std::int64_t last_document = std::numeric_limits<std::int64_t>::max()) const;
    std::vector<Slot> slots(CountedStudy& counted, Date day) const;

private:
    using Key = std::tuple<int, std::string, std::string>; // unique identifier, country, site
    static Key key_of(const DocumentRecord& document, const Study& study);
    Result<void> read_documents(Ledger& ledger, const Study& study);
    Result<void> read_decisions(Ledger& ledger, const std::string& study);

    std::set<Key> places_;        // of documents: where they were, where they are
    std::set<std::string> rules_; // of decisions
    std::set<int> unique_ids_;    // of those rules
    std::map<std::int64_t, StoredDocument> documents_;
    std::map<std::int64_t, Decision> decisions_;
};

// after - before of these slots, line by line; lines that stay as they are left out.
std::vector<PlaceTotal> difference(CountedStudy& counted, const RollupHead& head, const std::vector<Slot>& slots,
                                   const StudyDocuments& before, const StudyDocuments& after);

} // namespace dossier::tmf
