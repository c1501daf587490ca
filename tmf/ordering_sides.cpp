#include "tmf/ordering_sides.hpp"

#include <algorithm>

#include "core/text.hpp"
#include "tmf/instances.hpp"
#include "tmf/quality_records.hpp"
#include "tmf/review_outcome.hpp"

namespace dossier::tmf {

using templates::OrderingSide;

OrderingSides::OrderingSides(const templates::TmfCatalogue& model, const Study& study, const std::vector<const StoredDocument*>& documents,
                             Date as_of)
    : model_(model), study_(study), dates_(study), as_of_(as_of) {
    for (const StoredDocument* stored : documents)
        for (const VersionRecord& version : stored->versions)
            if (is_for_review(version, as_of) && !(version.rejected && *version.rejected <= as_of))
                by_artifact_[stored->document.unique_id].push_back({&stored->document, &version});
}

std::string OrderingSides::name_of(int unique_id) const {
    const auto* artifact = model_.artifact(unique_id);
    return artifact ? fill("{} {}", artifact->number, artifact->name) : fill("artifact {:03}", unique_id);
}

std::vector<OrderingSides::Candidate> OrderingSides::candidates(int unique_id, const OrderingPlace& place) const {
    std::vector<Candidate> found;
    const auto all = by_artifact_.find(unique_id);
    if (all == by_artifact_.end()) return found;
    const auto take = [&](const std::string& country, const std::string& site) {
        for (const Candidate& candidate : all->second) {
            if (candidate.document->country != country || candidate.document->site != site) continue;
            if (!place.person || holds(split(candidate.version->person, ';'), place.person->id)) found.push_back(candidate);
        }
    };
    take(place.country, place.site);
    if (found.empty() && !place.site.empty()) take(place.country, "");
    if (found.empty() && !place.country.empty()) take("", "");
    return found;
}

std::vector<OrderingSides::Candidate> OrderingSides::events(int unique_id, const OrderingPlace& place) const {
    const auto* const artifact = model_.artifact(unique_id);
    const std::string name = artifact ? to_lower(artifact->name) : std::string();
    std::vector<Candidate> found = candidates(unique_id, place);
    std::erase_if(found, [&](const Candidate& candidate) {
        const DocumentRecord& document = *candidate.document;
        return document.country != place.country || document.site != place.site ||
               (!document.sub_artifact.empty() && to_lower(document.sub_artifact) != name);
    });
    return found;
}

OrderingSideFound OrderingSides::find_document(const OrderingSide& side, const OrderingPlace& place) const {
    return earliest_of(side, candidates(side.unique_id, place));
}

OrderingSideFound OrderingSides::earliest_of(const OrderingSide& side, const std::vector<Candidate>& all) const {
    const bool by_final = side.kind == OrderingSide::Kind::final;
    const Candidate* first = nullptr;
    OrderingSideFound found;
    for (const Candidate& candidate : all) {
        const OptionalDate& date = by_final ? candidate.version->final : candidate.version->date;
        if (!date || (found.date && *found.date <= *date)) continue;
        found.date = date;
        first = &candidate;
    }
    if (!first) {
        found.text = all.empty() ? fill("no final document {} is filed", name_of(side.unique_id))
                                 : fill("{} {} bears no date", version_id(all.front().version->document, all.front().version->number),
                                        name_of(side.unique_id));
        return found;
    }
    found.document = version_id(first->version->document, first->version->number);
    found.text =
        fill("{} ({}) {} {}", found.document, name_of(side.unique_id), std::string_view(by_final ? "final on" : "of"), found.date->text());
    return found;
}

OptionalDate OrderingSides::own_milestone(std::string_view code, const std::string& country, const std::string& site) const {
    const OptionalDate date = !site.empty()      ? dates_.at_site(code, site, Use::happened)
                              : !country.empty() ? dates_.at_country(code, country, Use::happened)
                                                 : dates_.at_study(code, Use::happened);
    return date && *date <= as_of_ ? date : std::nullopt;
}

OptionalDate OrderingSides::earliest_below(std::string_view code, const OrderingPlace& place) const {
    OptionalDate date = own_milestone(code, place.country, place.site);
    if (!place.site.empty()) return date;
    if (place.country.empty())
        for (const Country& country : study_.countries) date = earlier(date, own_milestone(code, country.code, ""));
    for (const Site& site : study_.sites)
        if (!site.rejected && (place.country.empty() || site.country == place.country))
            date = earlier(date, own_milestone(code, site.country, site.id));
    return date;
}

OrderingSideFound OrderingSides::find_milestone(const OrderingSide& side, const OrderingPlace& place) const {
    OrderingSideFound found;
    found.date =
        side.kind == OrderingSide::Kind::earliest ? earliest_below(side.code, place) : own_milestone(side.code, place.country, place.site);
    const auto* milestone = model_.milestone(side.code);
    const std::string name = fill("milestone {} ({})", side.code, milestone ? milestone->name : "");
    found.text = found.date ? fill("{} on {}", name, found.date->text()) : fill("{} is not recorded by {}", name, as_of_.text());
    return found;
}

OrderingSideFound OrderingSides::find_shipment(const OrderingPlace& place) const {
    OrderingSideFound found;
    for (const Shipment& shipment : study_.shipments) {
        if (shipment.site != place.site || shipment.date > as_of_ || (found.date && *found.date <= shipment.date)) continue;
        found.date = shipment.date;
        found.text = fill("shipment {} on {}", shipment.id, shipment.date.text());
    }
    if (!found.date) found.text = fill("no shipment to the site is recorded by {}", as_of_.text());
    return found;
}

OrderingSideFound OrderingSides::find(const OrderingSide& side, const OrderingPlace& place) const {
    switch (side.kind) {
    case OrderingSide::Kind::document:
    case OrderingSide::Kind::final:
        return find_document(side, place);
    case OrderingSide::Kind::milestone:
    case OrderingSide::Kind::earliest:
        return find_milestone(side, place);
    case OrderingSide::Kind::shipment:
        return find_shipment(place);
    case OrderingSide::Kind::person:
        break;
    }
    return find_start(place);
}

OrderingSideFound OrderingSides::find_event(const OrderingSide& side, const OrderingPlace& place) const {
    const bool is_document = side.kind == OrderingSide::Kind::document || side.kind == OrderingSide::Kind::final;
    return is_document ? earliest_of(side, events(side.unique_id, place)) : find(side, place);
}

OrderingSideFound OrderingSides::find_later(const templates::OrderingRule& rule, const OrderingPlace& place) const {
    OrderingSideFound found = find_event(rule.later, place);
    const auto& second = rule.also ? rule.also : rule.instead;
    if (!second || (rule.instead && found.date)) return found;
    OrderingSideFound other = find_event(*second, place);
    if (!found.date && !other.date) found.text += "; " + other.text;
    const bool is_other = other.date && (!found.date || *other.date < *found.date);
    return is_other ? other : found;
}

// Duties at a site begin when the person is there and the site is open. The day written on the site's signature sheet is no fact of the
// study; this is the nearest to it.
OrderingSideFound OrderingSides::find_start(const OrderingPlace& place) const {
    OrderingSideFound found;
    const Person& person = *place.person; // the reader of the rules lets this side stand with people only
    const OptionalDate opened = own_milestone("03", place.country, place.site);
    if (opened && person.from <= as_of_) found.date = std::max(person.from, *opened);
    found.text = found.date ? fill("{} began as {} on {}", person.id, person.role, found.date->text())
                            : fill("{} has not begun as {} at an open site by {}", person.id, person.role, as_of_.text());
    return found;
}

OrderingSideFound OrderingSides::find_end(const OrderingSide& side, OrderingPlace place) const {
    OrderingSideFound found = find(side, place);
    for (std::string* level : {&place.site, &place.country}) {
        if (found.date || side.kind != OrderingSide::Kind::milestone) break;
        level->clear();
        found = find(side, place);
    }
    return found;
}

bool OrderingSides::never_began(const OrderingPlace& place) const {
    const Person& person = *place.person;
    const OptionalDate end = earlier(person.to, own_milestone("09", place.country, place.site));
    const OptionalDate opened = own_milestone("03", place.country, place.site);
    return end && (opened ? *end < std::max(person.from, *opened) : *end <= as_of_);
}

OptionalDate OrderingSides::first_uncovered(int unique_id, const OrderingPlace& place, Date from, Date to) const {
    auto all = candidates(unique_id, place);
    std::erase_if(all, [](const Candidate& candidate) { return !candidate.version->date; });
    std::sort(all.begin(), all.end(), [](const Candidate& a, const Candidate& b) { return *a.version->date < *b.version->date; });
    Date open = from; // the first day not known to be covered
    for (const Candidate& candidate : all) {
        if (*candidate.version->date > open) continue;
        if (!candidate.version->expires) return std::nullopt;
        if (*candidate.version->expires >= open) open = candidate.version->expires->plus_days(1);
    }
    return open > to ? std::nullopt : OptionalDate(open);
}

} // namespace dossier::tmf
