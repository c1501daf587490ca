#include "tmf/matching.hpp"

#include <algorithm>

#include "core/text.hpp"

namespace dossier::tmf {

using templates::Level;
using templates::Validity;

namespace {

bool holds(const std::vector<std::string>& list, const std::string& text) {
    return std::find(list.begin(), list.end(), text) != list.end();
}

bool by(const OptionalDate& date, Date day) { return date && *date <= day; }

// The year whose end is nearest to the day; ties go to the smaller year.
int nearest_year(Date start, Date day) {
    int best = 1;
    for (int year = 2;; ++year) {
        const auto distance = [&](int k) { return std::abs(start.plus_years(k).days() - day.days()); };
        if (start.plus_years(year) <= start.plus_years(year - 1) || distance(year) >= distance(best)) return best;
        best = year;
    }
}

bool past_validity(const DocumentFacts& document, const Validity& validity, Date day) {
    if (validity.kind == Validity::Kind::document_expires) return document.expires && day > *document.expires;
    if (validity.kind != Validity::Kind::years) return false;
    // Without a date nobody can say how long it is valid, so it does not count.
    return !document.date || day > document.date->plus_years(validity.years);
}

} // namespace

Matching::Matching(const Study& study, const Expectations& expectations, const std::vector<DocumentFacts>& documents, Audience audience)
    : study_(study), rules_(expectations.rules()), documents_(documents), places_(expectations.places()) {
    sort_documents(expectations, audience);
}

// Counts how many documents each place of each unique identifier has, then puts them there: two passes, their order kept.
void Matching::sort_documents(const Expectations& expectations, Audience audience) {
    constexpr std::uint32_t nowhere = UINT32_MAX;
    std::vector<std::uint32_t> keys(documents_.size(), nowhere);
    int rows = 0;
    for (std::size_t i = 0; i < documents_.size(); ++i) {
        const DocumentFacts& document = documents_[i];
        const auto place = expectations.place_of(document.country, document.site);
        if (!place || document.unique_id < 0) continue;
        if (document.restricted && audience == Audience::blinded && expectations.hides_at(*place)) continue;
        const auto unique_id = static_cast<std::size_t>(document.unique_id);
        if (rows_.size() <= unique_id) rows_.resize(unique_id + 1, -1);
        if (rows_[unique_id] < 0) rows_[unique_id] = rows++;
        keys[i] = static_cast<std::uint32_t>(static_cast<std::size_t>(rows_[unique_id]) * places_ + *place);
    }
    starts_.resize(static_cast<std::size_t>(rows) * places_ + 1);
    for (const std::uint32_t key : keys)
        if (key != nowhere) ++starts_[key + 1];
    for (std::size_t i = 1; i < starts_.size(); ++i) starts_[i] += starts_[i - 1];
    by_place_.resize(starts_.back());
    std::vector<std::uint32_t> next(starts_.begin(), starts_.end() - 1);
    for (std::size_t i = 0; i < keys.size(); ++i)
        if (keys[i] != nowhere) by_place_[next[keys[i]]++] = static_cast<std::uint32_t>(i);
}

void Matching::each_match(const Slot& slot, const std::function<bool(const DocumentFacts&)>& use) const {
    const auto unique_id = static_cast<std::size_t>(slot.rule->unique_id);
    if (unique_id >= rows_.size() || rows_[unique_id] < 0) return;
    const std::size_t key = static_cast<std::size_t>(rows_[unique_id]) * places_ + slot.place;
    for (std::uint32_t at = starts_[key]; at < starts_[key + 1]; ++at) {
        const DocumentFacts& document = documents_[by_place_[at]];
        if (!part_matches(document, *slot.rule)) continue;
        if (!slot.person.empty() && !holds(document.persons, slot.person)) continue;
        if (!slot.language.empty() && document.language != slot.language) continue;
        if (event_matches(document, slot) && !use(document)) return;
    }
}

const Matching::Distinction& Matching::distinction(const templates::Rule& rule) const {
    if (last_.rule == &rule) return last_;
    last_ = {&rule, to_lower(rule.sub_artifact), {}, false};
    for (const templates::Rule* other : rules_) {
        if (other->unique_id != rule.unique_id || other->level != rule.level) continue;
        const std::string part = to_lower(other->sub_artifact);
        if (!part.empty()) last_.parts.push_back(part);
        last_.by_event = last_.by_event || (other != &rule && part == last_.part && templates::has_event(other->per));
    }
    return last_;
}

// A rule for a part of an artifact takes documents filed as that part. A rule for the artifact as a whole takes every document of it but
// those that are another rule's part: one document must not make two different papers look present.
bool Matching::part_matches(const DocumentFacts& document, const templates::Rule& rule) const {
    if (document.sub_artifact.empty()) return rule.sub_artifact.empty();
    const Distinction& known = distinction(rule);
    const std::string part = to_lower(document.sub_artifact);
    return known.part.empty() ? !holds(known.parts, part) : part == known.part;
}

bool Matching::event_matches(const DocumentFacts& document, const Slot& slot) const {
    if (!slot.event.empty()) {
        if (holds(document.events, slot.event)) return true;
        const bool takes_undated = slot.year > 0 && slot.rule->per != templates::Per::vendor_year;
        return takes_undated && document.events.empty() && document.date && nearest_year(*slot.year_start, *document.date) == slot.year;
    }
    if (templates::takes_any_event(slot.rule->per)) return true;
    return document.events.empty() || !distinction(*slot.rule).by_event;
}

Standing Matching::standing(const DocumentFacts& document, const Slot& slot, Date as_of) const {
    if (!by(document.received, as_of) || by(document.rejected, as_of) || by(document.withdrawn, as_of)) return Standing::other;
    const bool accepted = by(document.accepted, as_of) || !(study_.review || document.pointer);
    const bool superseded = by(document.superseded, as_of);
    const Validity& validity = slot.rule->validity;
    if (!by(document.final, as_of) || !accepted) return superseded ? Standing::other : Standing::pending;
    if (superseded && validity.kind != Validity::Kind::none) return Standing::other;
    const Date clock = slot.clock_end ? std::min(as_of, *slot.clock_end) : as_of;
    return past_validity(document, validity, clock) ? Standing::lapsed : Standing::good;
}

} // namespace dossier::tmf
