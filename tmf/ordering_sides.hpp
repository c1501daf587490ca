// The two sides of a rule of order at a place: which document or event, and its date; for ordering.cpp only.
#pragma once

#include "tmf/milestone_dates.hpp"
#include "tmf/ordering.hpp"

#include <map>

namespace dossier::tmf {

struct OrderingPlace { // the trial, a country, a site, or a person at a site
    std::string country, site;
    const Person* person = nullptr;
};

class OrderingSides {
public:
    // Everything must outlive this.
    OrderingSides(const templates::TmfCatalogue& model, const Study& study, const std::vector<const StoredDocument*>& documents,
                  Date as_of);

    OrderingSideFound find(const templates::OrderingSide& side, const OrderingPlace& place) const;
    // The first day of [from, to] on which no document of the artifact is valid (from its date to its expiry; none: without end).
    OptionalDate first_uncovered(int unique_id, const OrderingPlace& place, Date from, Date to) const;
    std::string name_of(int unique_id) const; // "05.02.18 Site Signature Sheet"

private:
    struct Candidate {
        const DocumentRecord* document = nullptr;
        const VersionRecord* version = nullptr;
    };
    // Final, not rejected or withdrawn by the day; of the place, else of the country around it, else of the trial.
    std::vector<Candidate> candidates(int unique_id, const OrderingPlace& place) const;
    OrderingSideFound find_document(const templates::OrderingSide& side, const OrderingPlace& place) const;
    OrderingSideFound find_milestone(const templates::OrderingSide& side, const OrderingPlace& place) const;
    OrderingSideFound find_start(const OrderingPlace& place) const;
    OrderingSideFound find_shipment(const OrderingPlace& place) const;
    OptionalDate earliest_below(std::string_view code, const OrderingPlace& place) const;
    OptionalDate own_milestone(std::string_view code, const std::string& country, const std::string& site) const;

    const templates::TmfCatalogue& model_;
    const Study& study_;
    MilestoneDates dates_;
    Date as_of_;
    std::map<int, std::vector<Candidate>> by_artifact_;
};

} // namespace dossier::tmf
