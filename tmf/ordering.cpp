#include "tmf/ordering.hpp"

#include <algorithm>

#include "core/text.hpp"
#include "tmf/ordering_sides.hpp"

namespace dossier::tmf {

namespace {

using templates::OrderingRule;
using templates::OrderingSide;
using State = OrderingJudgement::State;

class Judging {
public:
    Judging(const std::vector<OrderingRule>& rules, const Study& study, const OrderingSides& sides, const OrderingQuestion& question)
        : rules_(rules), study_(study), sides_(sides), question_(question) {}

    std::vector<OrderingJudgement> run() {
        for (const OrderingRule& rule : rules_) each_place(rule);
        return std::move(judgements_);
    }

private:
    bool in_question(const std::string& country, const std::string& site) const {
        return (question_.country.empty() || question_.country == country) && (question_.site.empty() || question_.site == site);
    }

    void each_place(const OrderingRule& rule) {
        switch (rule.scope) {
        case OrderingRule::Scope::study:
            return judge(rule, {});
        case OrderingRule::Scope::country:
            for (const Country& country : study_.countries) judge(rule, {country.code, "", nullptr});
            return;
        case OrderingRule::Scope::site:
            for (const Site& site : study_.sites)
                if (!site.rejected) judge(rule, {site.country, site.id, nullptr});
            return;
        case OrderingRule::Scope::person:
            each_person(rule);
        }
    }

    void each_person(const OrderingRule& rule) {
        const auto team = templates::roles_in("site_team");
        for (const Person& person : study_.people) {
            const Site* site = study_.site(person.site);
            if (!site || site->rejected || std::find(team.begin(), team.end(), person.role) == team.end()) continue;
            const OrderingPlace place{site->country, site->id, &person};
            if (!sides_.never_began(place)) judge(rule, place);
        }
    }

    void judge(const OrderingRule& rule, const OrderingPlace& place) {
        if (!in_question(place.country, place.site)) return;
        OrderingJudgement judgement;
        judgement.rule = &rule;
        judgement.country = place.country;
        judgement.site = place.site;
        judgement.person = place.person ? place.person->id : "";
        judgement.earlier = sides_.find(rule.earlier, place);
        judgement.later = sides_.find_later(rule, place);
        decide(judgement, place);
        judgements_.push_back(std::move(judgement));
    }

    void decide(OrderingJudgement& judgement, const OrderingPlace& place) const {
        const OrderingSideFound& earlier = judgement.earlier;
        const OrderingSideFound& later = judgement.later;
        std::vector<std::string> missing;
        for (const OrderingSideFound* side : {&earlier, &later})
            if (!side->date) missing.push_back(side->text);
        if (!missing.empty()) {
            judgement.reason = join(missing, "; ");
            return;
        }
        if (judgement.rule->until) return decide_cover(judgement, place);
        const std::int64_t days = earlier.date->days() - later.date->days();
        judgement.state = days <= 0 ? State::passed : State::failed;
        judgement.reason =
            days <= 0 ? fill("{}, {}", earlier.text, later.text)
                      : fill("{} is {} day{} later than {}", earlier.text, days, std::string_view(days == 1 ? "" : "s"), later.text);
    }

    // Days from `later` to `until` (or to the day of the question, while that has not happened), each covered by some document.
    void decide_cover(OrderingJudgement& judgement, const OrderingPlace& place) const {
        const OrderingSideFound until = sides_.find_end(*judgement.rule->until, place);
        const Date from = *judgement.later.date, to = until.date.value_or(question_.as_of);
        const std::string span = fill("{} to {}", from.text(), to.text());
        judgement.uncovered = sides_.first_uncovered(judgement.rule->earlier.unique_id, place, from, to);
        judgement.state = judgement.uncovered ? State::failed : State::passed;
        judgement.reason = judgement.uncovered
                               ? fill("{}: no document is valid on {}, while the trial there needs {}",
                                      sides_.name_of(judgement.rule->earlier.unique_id), judgement.uncovered->text(), span)
                               : fill("{}: every day of {} is covered", sides_.name_of(judgement.rule->earlier.unique_id), span);
    }

    const std::vector<OrderingRule>& rules_;
    const Study& study_;
    const OrderingSides& sides_;
    const OrderingQuestion& question_;
    std::vector<OrderingJudgement> judgements_;
};

} // namespace

std::string_view to_text(OrderingJudgement::State state) {
    switch (state) {
    case State::passed:
        return "passed";
    case State::failed:
        return "failed";
    case State::not_judged:
        break;
    }
    return "not_judged";
}

std::vector<OrderingJudgement> judge_order(const std::vector<OrderingRule>& rules, const templates::TmfCatalogue& model, const Study& study,
                                           const std::vector<const StoredDocument*>& documents, const OrderingQuestion& question) {
    const OrderingSides sides(model, study, documents, question.as_of);
    return Judging(rules, study, sides, question).run();
}

} // namespace dossier::tmf
