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
    // The later side of the rule. A document proves that something had happened at the very place it is filed for, and only as what its
    // artifact is: not a country's document, not another part of the artifact (a request form, a letter that announces a visit).
    OrderingSideFound find_later(const templates::OrderingRule& rule, const OrderingPlace& place) const;
    // The milestone that ends a span: the place's own, else its country's, else the trial's.
    OrderingSideFound find_end(const templates::OrderingSide& side, OrderingPlace place) const;
    // Left, or the site closed, before the site was open with the person there: nobody has begun (docs/expected_documents.md, step 3).
    bool never_began(const OrderingPlace& place) const;
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
    std::vector<Candidate> events(int unique_id, const OrderingPlace& place) const; // candidates for a later side
    OrderingSideFound find_event(const templates::OrderingSide& side, const OrderingPlace& place) const;
    OrderingSideFound earliest_of(const templates::OrderingSide& side, const std::vector<Candidate>& all) const;
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
