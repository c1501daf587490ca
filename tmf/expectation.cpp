#include "tmf/expectation.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "tmf/instances.hpp"

namespace dossier::tmf {

using templates::Anchor;
using templates::Level;
using templates::Rule;
using templates::RuleKind;
using templates::Term;

namespace {

std::vector<const Rule*> rules_in_force(const templates::TmfCatalogue& catalogue, const Study& study) {
    std::vector<std::pair<std::string, const Rule*>> rules;
    for (const Rule& rule : catalogue.rules) {
        const bool promoted = std::find(study.promote.begin(), study.promote.end(), rule.id) != study.promote.end();
        // In the order of the slots' names, in which '/' follows the rule: own ids may be the beginning of others.
        if (rule.kind != RuleKind::optional || promoted) rules.emplace_back(rule.id + "/", &rule);
    }
    std::sort(rules.begin(), rules.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    std::vector<const Rule*> sorted;
    for (const auto& [name, rule] : rules) sorted.push_back(rule);
    return sorted;
}

} // namespace

// Answers and anchor dates are asked for by many rules at many places: each is worked out once for all places.
class Expectations::SlotMaker {
public:
    SlotMaker(const templates::TmfCatalogue& catalogue, const Study& study, const MilestoneDates& dates,
              const ExpectationQuestion& question)
        : catalogue_(catalogue), study_(study), dates_(dates), question_(question), instances_(study, dates, question.as_of),
          blinding_(catalogue, study, dates, question), rules_(rules_in_force(catalogue, study)) {
        std::set<std::string> milestones;
        for (const Rule* rule : rules_) milestones.insert(rule->due.reported);
        milestones_.assign(milestones.begin(), milestones.end());
    }

    // Null: at every place.
    void each(const Rule& rule, const std::set<std::size_t>* places, const std::function<void(const Slot&)>& use) {
        RuleFacts facts{rule, nullptr, nullptr, {}};
        if (rule.due.kind == Anchor::Kind::milestone) facts.anchors = &anchors_of(rule.due);
        if (rule.restricted) facts.hidden = &hidden_places();
        for (const Term& term : rule.condition) facts.answers.push_back(term.is_switch ? &answers_of(term.name) : nullptr);
        instances_.each(rule, [&](const Instance& instance) {
            if (!places || places->count(instance.place->number) > 0) make(facts, instance, use);
        });
    }

    const Instances& instances() const { return instances_; }
    const std::vector<const Rule*>& rules() const { return rules_; }
    const std::vector<std::string>& milestones() const { return milestones_; }

    using Answers = std::vector<char>; // by place
    const Answers& hidden_places() {
        if (!hidden_.empty()) return hidden_;
        for (std::size_t number = 0; number < instances_.places(); ++number)
            hidden_.push_back(blinding_.hides_at(instances_.place(number).country, instances_.place(number).site) ? 1 : 0);
        return hidden_;
    }

private:
    using Anchors = std::vector<OptionalDate>; // by place
    struct RuleFacts {
        const Rule& rule;
        const Anchors* anchors;
        const Answers* hidden;               // null: nothing of it may unblind
        std::vector<const Answers*> answers; // of the condition's terms; null where a term asks for something else
    };

    void make(const RuleFacts& facts, const Instance& instance, const std::function<void(const Slot&)>& use) const {
        const Rule& rule = facts.rule;
        const PlaceFacts& place = *instance.place;
        for (std::size_t i = 0; i < rule.condition.size(); ++i) { // step 1
            const bool holds_here = facts.answers[i] ? (*facts.answers[i])[place.number] != 0 : holds(rule.condition[i].name, instance);
            if (holds_here == rule.condition[i].negated) return;
        }
        const OptionalDate due = due_of(facts, instance);
        if (!exists(instance, due)) return;
        const Slot slot{
            .rule = &rule,
            .country = place.site      ? place.site->country
                       : place.country ? place.country->code
                                       : std::string(),
            .site = place.site ? place.site->id : std::string(),
            .person = instance.person,
            .event = instance.event,
            .language = instance.language,
            .due = due,
            .born = instance.born,
            .clock_end = earlier(earlier(instance.to, instances_.study_ended()), earlier(place.closed, place.country_closed)),
            .year = instance.year,
            .year_start = instance.year_start,
            .hidden = facts.hidden && (*facts.hidden)[place.number] != 0, // step 4
            .place = place.number,
        };
        use(slot);
    }

    // Step 2. A born date can only make it later.
    static OptionalDate due_of(const RuleFacts& facts, const Instance& instance) {
        const OptionalDate anchor = facts.anchors                               ? (*facts.anchors)[instance.place->number]
                                    : facts.rule.due.kind == Anchor::Kind::born ? instance.born
                                                                                : std::nullopt;
        if (!anchor) return std::nullopt;
        const Date due = anchor->plus_days(facts.rule.offset_days);
        return instance.born ? std::max(due, *instance.born) : due;
    }

    const Anchors& anchors_of(const Anchor& anchor) {
        Anchors& dates = anchors_[{anchor.code, anchor.level}];
        if (!dates.empty()) return dates;
        for (std::size_t number = 0; number < instances_.places(); ++number) {
            const PlaceFacts& place = instances_.place(number);
            dates.push_back(anchor.level == Level::trial ? dates_.at_study(anchor.code, Use::planned_too)
                            : anchor.level == Level::country
                                ? place.country ? dates_.at_country(anchor.code, place.country->code, Use::planned_too) : std::nullopt
                            : place.site ? dates_.at_site(anchor.code, place.site->id, Use::planned_too)
                                         : std::nullopt);
        }
        return dates;
    }

    const Answers& answers_of(const std::string& name) {
        Answers& answers = answers_[name];
        if (!answers.empty()) return answers;
        for (std::size_t number = 0; number < instances_.places(); ++number)
            answers.push_back(answer_of(catalogue_, study_, instances_.place(number).country, instances_.place(number).site, name) ? 1 : 0);
        return answers;
    }

    // Step 3: it has come into being, and whoever owes it did not leave before it was due.
    bool exists(const Instance& instance, const OptionalDate& due) const {
        if (instance.born && *instance.born > question_.as_of) return false;
        if (!instance.to) return true;
        return due ? *instance.to >= *due : *instance.to > question_.as_of;
    }

    bool holds(const std::string& name, const Instance& instance) const {
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
    std::vector<const Rule*> rules_;
    std::vector<std::string> milestones_;
    std::map<std::pair<std::string, Level>, Anchors> anchors_;
    std::map<std::string, Answers> answers_;
    Answers hidden_;
};

Expectations::Expectations(const templates::TmfCatalogue& catalogue, const Study& study, const MilestoneDates& dates,
                           const ExpectationQuestion& question)
    : maker_(std::make_unique<SlotMaker>(catalogue, study, dates, question)) {}
Expectations::~Expectations() = default;

const std::vector<const Rule*>& Expectations::rules() const { return maker_->rules(); }

const std::vector<std::string>& Expectations::milestones() const { return maker_->milestones(); }

void Expectations::each(const Rule& rule, const std::function<void(const Slot&)>& use) const { maker_->each(rule, nullptr, use); }

void Expectations::each_at(const Rule& rule, const std::set<std::size_t>& places, const std::function<void(const Slot&)>& use) const {
    maker_->each(rule, &places, use);
}

bool Expectations::hides_at(std::size_t place) const { return maker_->hidden_places()[place] != 0; }

std::size_t Expectations::places() const { return maker_->instances().places(); }

std::string Expectations::country_of(std::size_t place) const {
    const PlaceFacts& facts = maker_->instances().place(place);
    return facts.site ? facts.site->country : facts.country ? facts.country->code : "";
}

std::string Expectations::site_of(std::size_t place) const {
    const PlaceFacts& facts = maker_->instances().place(place);
    return facts.site ? facts.site->id : "";
}

std::optional<std::size_t> Expectations::place_of(const std::string& country, const std::string& site) const {
    const PlaceFacts* place = maker_->instances().place_of(country, site);
    return place ? std::optional(place->number) : std::nullopt;
}

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

std::vector<Slot> make_slots(const templates::TmfCatalogue& catalogue, const Study& study, const MilestoneDates& dates,
                             const ExpectationQuestion& question) {
    const Expectations expectations(catalogue, study, dates, question);
    std::vector<Slot> all;
    std::vector<std::pair<std::string, Slot>> slots;
    // Rules come in the order of the slots' names: sorting within a rule sorts the whole.
    for (const Rule* rule : expectations.rules()) {
        slots.clear();
        expectations.each(*rule, [&slots](const Slot& slot) { slots.emplace_back(slot.identity(), slot); });
        std::sort(slots.begin(), slots.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
        for (auto& slot : slots) all.push_back(std::move(slot.second));
    }
    return all;
}

} // namespace dossier::tmf
