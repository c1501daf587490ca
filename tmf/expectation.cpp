#include "tmf/expectation.hpp"

#include <algorithm>
#include <utility>

#include "tmf/instances.hpp"

namespace dossier::tmf {

using templates::Anchor;
using templates::Level;
using templates::Rule;
using templates::RuleKind;
using templates::Term;

namespace {

class SlotMaker {
public:
    SlotMaker(const templates::TmfCatalogue& catalogue, const Study& study, const MilestoneDates& dates,
              const ExpectationQuestion& question)
        : catalogue_(catalogue), study_(study), dates_(dates), question_(question), instances_(study, dates, question.as_of),
          blinding_(catalogue, study, dates, question) {}

    std::vector<Slot> make() {
        std::vector<Slot> all;
        // In the order of the slots' names, in which '/' follows the rule: own ids may be the beginning of others.
        auto rules = rules_in_force(catalogue_, study_);
        std::sort(rules.begin(), rules.end(), [](const Rule* a, const Rule* b) { return a->id + "/" < b->id + "/"; });
        for (const Rule* rule : rules) {
            std::vector<std::pair<std::string, Slot>> slots;
            instances_.each(*rule, [&](const Instance& instance) { add(*rule, instance, slots); });
            std::sort(slots.begin(), slots.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
            for (auto& slot : slots) all.push_back(std::move(slot.second));
        }
        return all;
    }

private:
    void add(const Rule& rule, const Instance& instance, std::vector<std::pair<std::string, Slot>>& slots) const {
        for (const Term& term : rule.condition) // step 1
            if (holds(term, instance) == term.negated) return;
        const OptionalDate due = due_of(rule, instance);
        if (!exists(instance, due)) return;
        const PlaceFacts& place = *instance.place;
        Slot slot;
        slot.rule = &rule;
        slot.country = place.site ? place.site->country : place.country ? place.country->code : "";
        slot.site = place.site ? place.site->id : "";
        slot.person = instance.person;
        slot.event = instance.event;
        slot.language = instance.language;
        slot.due = due;
        slot.born = instance.born;
        slot.year = instance.year;
        slot.year_start = instance.year_start;
        slot.clock_end = earlier(earlier(instance.to, instances_.study_ended()), earlier(place.closed, place.country_closed));
        slot.hidden = rule.restricted && blinding_.hides_at(place.country, place.site);
        slots.emplace_back(slot.identity(), std::move(slot));
    }

    // Step 2. A born date can only make it later.
    OptionalDate due_of(const Rule& rule, const Instance& instance) const {
        const auto anchor = anchor_of(rule.due, instance);
        if (!anchor) return std::nullopt;
        const Date due = anchor->plus_days(rule.offset_days);
        return instance.born ? std::max(due, *instance.born) : due;
    }

    OptionalDate anchor_of(const Anchor& anchor, const Instance& instance) const {
        if (anchor.kind == Anchor::Kind::none) return std::nullopt;
        if (anchor.kind == Anchor::Kind::born) return instance.born;
        const PlaceFacts& place = *instance.place;
        if (anchor.level == Level::trial) return dates_.at_study(anchor.code, Use::planned_too);
        if (anchor.level == Level::country)
            return place.country ? dates_.at_country(anchor.code, place.country->code, Use::planned_too) : std::nullopt;
        return place.site ? dates_.at_site(anchor.code, place.site->id, Use::planned_too) : std::nullopt;
    }

    // Step 3: it has come into being, and whoever owes it did not leave before it was due.
    bool exists(const Instance& instance, const OptionalDate& due) const {
        if (instance.born && *instance.born > question_.as_of) return false;
        if (!instance.to) return true;
        return due ? *instance.to >= *due : *instance.to > question_.as_of;
    }

    bool holds(const Term& term, const Instance& instance) const {
        if (term.is_switch) return answer_of(catalogue_, study_, instance.place->country, instance.place->site, term.name);
        const std::string& name = term.name;
        if (name == "person_on_ec") return instance.ec_member;
        if (name == "person_physician") return instance.physician;
        if (name == "person_joined_later") return instance.born && instance.place->opened && *instance.born > *instance.place->opened;
        if (name == "has_vendors") return !study_.vendors.empty();
        if (const Amendment* amendment = instance.amendment) {
            if (name == "amendment_substantial") return amendment->substantial;
            if (name == "amendment_to_ec") return amendment->ec;
        }
        if (const SafetyNotice* notice = instance.notice) {
            if (name == "notice_susar") return notice->type == "susar";
            if (name == "notice_expedited") return notice->type == "susar" || notice->type == "usm" || notice->type == "serious_breach";
            if (name == "notice_to_ec") return notice->ec;
        }
        if (name == "vendor_takes_obligations") return instance.vendor && instance.vendor->obligations;
        if (name == "lab_accredited") return instance.laboratory && instance.laboratory->accredited;
        if (name == "system_irt") return instance.system && instance.system->kind == "irt";
        if (name == "system_edc") return instance.system && instance.system->kind == "edc";
        return false;
    }

    const templates::TmfCatalogue& catalogue_;
    const Study& study_;
    const MilestoneDates& dates_;
    ExpectationQuestion question_;
    Instances instances_;
    Blinding blinding_;
};

} // namespace

Blinding::Blinding(const templates::TmfCatalogue& catalogue, const Study& study, const MilestoneDates& dates,
                   const ExpectationQuestion& question)
    : catalogue_(catalogue), study_(study) {
    const auto unblinded = dates.at_study("S11", Use::happened);
    unblinded_ = unblinded && *unblinded <= question.as_of && (!question.today || *unblinded <= *question.today);
}

bool Blinding::hides_at(const Country* country, const Site* site) const {
    return !unblinded_ && answer_of(catalogue_, study_, country, site, "imp_blinded");
}

bool answer_of(const templates::TmfCatalogue& catalogue, const Study& study, const Country* country, const Site* site,
               const std::string& name) {
    for (const Switches* answers : {site ? &site->switches : nullptr, country ? &country->switches : nullptr, &study.switches}) {
        if (!answers) continue;
        const auto found = answers->find(name);
        if (found != answers->end()) return found->second;
    }
    for (const templates::Switch& known : catalogue.switches)
        if (known.name == name) return known.fallback;
    return false;
}

std::string Slot::identity() const {
    std::string text;
    text.reserve(rule->id.size() + 5 + country.size() + site.size() + person.size() + event.size() + language.size());
    text += rule->id;
    for (const std::string* part : {&country, &site, &person, &event, &language}) (text += '/') += *part;
    return text;
}

std::vector<const Rule*> rules_in_force(const templates::TmfCatalogue& catalogue, const Study& study) {
    std::vector<const Rule*> rules;
    for (const Rule& rule : catalogue.rules) {
        const bool promoted = std::find(study.promote.begin(), study.promote.end(), rule.id) != study.promote.end();
        if (rule.kind != RuleKind::optional || promoted) rules.push_back(&rule);
    }
    return rules;
}

std::vector<Slot> make_slots(const templates::TmfCatalogue& catalogue, const Study& study, const MilestoneDates& dates,
                             const ExpectationQuestion& question) {
    return SlotMaker(catalogue, study, dates, question).make();
}

} // namespace dossier::tmf
