#include "tmf/rollup.hpp"

#include "core/text.hpp"

namespace dossier::tmf {

namespace {

constexpr const char* way_of_counting = "1"; // another one when the same rules give other numbers

std::string text_of(const templates::Rule& rule) {
    std::string text =
        fill("{};{};{};{};{};{};{};{};{};{};{};{};{}", rule.id, rule.unique_id, static_cast<int>(rule.level), static_cast<int>(rule.kind),
             static_cast<int>(rule.per), rule.role, rule.due.text, rule.due.reported, rule.offset_days, rule.count,
             static_cast<int>(rule.validity.kind), rule.validity.years, std::string_view(rule.restricted ? "restricted" : ""));
    text += ";" + rule.occurrence_type + ";" + rule.sub_artifact;
    for (const templates::Term& term : rule.condition) text += (term.negated ? ";!" : ";") + term.name;
    return text + "\n";
}

bool fits(const std::string& part, const std::string& of_place) { return part.empty() || part == of_place; }

} // namespace

std::string fingerprint(const templates::TmfCatalogue& catalogue) {
    Hasher hasher(Hasher::What::sha256);
    hasher.update(fill("{}\n{}\n{}\n", std::string_view(way_of_counting), catalogue.model, catalogue.edl));
    for (const templates::AdoptedList& list : catalogue.lists) hasher.update(fill("{} {}\n", list.name, list.sha256));
    for (const templates::Rule& rule : catalogue.rules) hasher.update(text_of(rule));
    for (const templates::Switch& known : catalogue.switches) hasher.update(known.name + (known.fallback ? " yes\n" : " no\n"));
    return hasher.finish().sha256.hex();
}

Rollup make_rollup(const templates::TmfCatalogue& catalogue, const Study& study, const std::vector<DocumentFacts>& documents,
                   const std::vector<Decision>& decisions, Audience audience, Date day) {
    CompletenessQuestion question;
    question.as_of = day;
    question.audience = audience;
    question.rows = false;
    CompletenessReport report = completeness(catalogue, study, documents, decisions, question);
    return {{study.id, audience, day, fingerprint(catalogue), report.model, report.edl, report.review, report.grace_days, report.next,
             report.rules, report.rules_in_force},
            std::move(report.by_place)};
}

std::optional<CompletenessReport> answer(const Rollup& rollup, const templates::TmfCatalogue& catalogue,
                                         const CompletenessQuestion& question) {
    const RollupHead& head = rollup.head;
    const bool is_ahead = question.today && *question.today < question.as_of; // unblinding would be judged by another day
    if (question.rows || question.known_at || is_ahead || head.day != question.as_of || head.audience != question.audience ||
        head.rules != fingerprint(catalogue))
        return std::nullopt;
    CompletenessReport report;
    report.study = head.study;
    report.model = head.model;
    report.edl = head.edl;
    report.lists = catalogue.lists; // the fingerprint says that they are those it was counted with
    report.rules_left_out = catalogue.rules_left_out;
    report.question = question;
    report.review = head.review;
    report.grace_days = head.grace_days;
    report.next = head.next;
    report.rules = head.rule_count;
    report.rules_in_force = head.rules_in_force;
    report.from_rollup = true;
    for (const PlaceTotal& line : rollup.lines)
        if (fits(question.country, line.country) && fits(question.site, line.site) && fits(question.milestone, line.milestone))
            report.by_place.push_back(line);
    sum_up(report);
    return report;
}

} // namespace dossier::tmf
