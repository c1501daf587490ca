#include "tmf/decide.hpp"

#include <algorithm>
#include <set>

#include "core/text.hpp"
#include "tmf/counting.hpp"
#include "tmf/row_check.hpp"
#include "tmf/row_notes.hpp"
#include "tmf/sealing.hpp"

namespace dossier::tmf {

namespace {

// The wish's words checked against model and study; `key` settled.
Result<Decision> to_decision(const templates::TmfCatalogue& catalogue, const Study& study, const DecisionWish& wish) {
    Decision decision;
    const templates::Rule* rule = catalogue.rule(wish.rule);
    if (!rule) {
        std::vector<std::string> ids;
        for (const auto& known : catalogue.rules) ids.push_back(known.id);
        const std::string near = nearest(wish.rule, ids);
        return Error(ErrorKind::invalid, fill("there is no rule {}", wish.rule), {},
                     near.empty() ? "the rule of each row is shown by 'dossier tmf completeness'" : fill("did you mean {}?", near));
    }
    decision.rule = rule->id;
    if (!wish.country.empty()) {
        DOSSIER_TRY(decision.country, find_country(catalogue, study, wish.country));
    }
    if (!wish.site.empty()) {
        DOSSIER_TRY(const Site* const site, find_site(study, wish.site));
        DOSSIER_CHECK(check_country_of(*site, decision.country));
        decision.site = site->id;
        decision.country = site->country;
    }
    if (!wish.person.empty()) {
        DOSSIER_TRY(decision.person, find_persons(study, wish.person));
    }
    decision.event = wish.event;
    decision.language = normal_language(wish.language);
    if (wish.key.empty()) return decision;
    if (study.person(wish.key))
        decision.person = wish.key;
    else if (is_known_event(study, wish.key))
        decision.event = wish.key;
    else if (!normal_language(wish.key).empty() && wish.key.size() <= 3)
        decision.language = normal_language(wish.key);
    else
        return Error(ErrorKind::invalid, fill("--key {} is no person, event or language of the study", wish.key));
    return decision;
}

bool same_parts(const Decision& a, const Decision& b) {
    return a.rule == b.rule && a.country == b.country && a.site == b.site && a.person == b.person && a.event == b.event &&
           a.language == b.language;
}

// Slots that are not applicable already are no longer expected: nothing more can be taken out of them, or filed for them. What another
// decision about what may unblind did is not told to who may not see it. The other slots are given back.
Result<std::vector<Slot>> count_slots(Ledger& ledger, const templates::TmfCatalogue& catalogue, const Study& study,
                                      const Decision& decision, Date today, DecisionOutcome& outcome) {
    DOSSIER_TRY(auto others, ledger.decisions(study.id));
    std::erase_if(others, [today](const DecisionRecord& other) {
        return other.hidden || !is_in_force(other.decision, today) || other.decision.kind != Decision::Kind::not_applicable;
    });
    std::set<std::int64_t> took_out;
    std::vector<Slot> open;
    for (const Slot& slot : make_slots(catalogue, study, MilestoneDates(study), {today, today})) {
        if (!covers(decision, slot)) continue;
        const std::size_t before = outcome.not_applicable_slots;
        for (const DecisionRecord& other : others) {
            if (!covers(other.decision, slot)) continue;
            took_out.insert(other.number);
            outcome.not_applicable_slots = before + 1;
        }
        if (outcome.not_applicable_slots == before) open.push_back(slot);
    }
    outcome.slots = open.size();
    for (const Slot& slot : open) outcome.applies_to.push_back(slot.identity());
    for (const std::int64_t number : took_out) outcome.not_applicable.push_back(decision_id(number));
    return open;
}

// The pointer has to name the place of the rule's level.
Result<void> check_place(const templates::Rule& rule, const Decision& decision) {
    using templates::Level;
    if (rule.level == Level::trial     ? decision.country.empty()
        : rule.level == Level::country ? !decision.country.empty() && decision.site.empty()
                                       : !decision.site.empty())
        return {};
    const std::string remedy = rule.level == Level::site    ? "give --site"
                               : rule.level == Level::trial ? "leave out --country and --site"
                               : decision.site.empty()      ? "give --country"
                                                            : fill("give --country {} in place of --site", decision.country);
    return Error(ErrorKind::usage,
                 fill("{} is expected at {} level; the pointer has to name that place", rule.id, templates::to_text(rule.level)), {},
                 remedy);
}

// A document counts for the person, the event and the language that it names: a pointer without them would count for nothing. Requires
// the event of rules with a tag to be named.
Result<void> check_instance(const templates::Rule& rule, const Study& study, const DecisionWish& wish, const Decision& decision,
                            const std::vector<Slot>& open) {
    const bool is_found_by_date = templates::is_yearly(rule.per) && rule.per != templates::Per::vendor_year && wish.date;
    const Country* const country = study.country(decision.country);
    const bool person = templates::is_for_person(rule.per) && decision.person.empty();
    const bool event = templates::has_event(rule.per) && decision.event.empty() && !is_found_by_date;
    const bool language = rule.per == templates::Per::language && decision.language.empty() && country && !country->languages.empty();
    if (!person && !event && !language) return {};
    const bool is_key = wish.key.empty() && person + event + language == 1;
    std::vector<std::string> choices;
    for (const Slot& slot : open) {
        std::vector<std::string> parts;
        if (person) parts.push_back(fill("{} {}", std::string_view(is_key ? "--key" : "--person"), slot.person));
        if (event) parts.push_back(fill("{} {}", std::string_view(is_key ? "--key" : "--event"), slot.event));
        if (language)
            parts.push_back(fill("{} {}", std::string_view(is_key && slot.language.size() <= 3 ? "--key" : "--language"), slot.language));
        choices.push_back(join(parts, " "));
    }
    constexpr std::size_t shown = 10;
    const std::size_t more = choices.size() > shown ? choices.size() - shown : 0;
    choices.resize(choices.size() - more);
    const std::string which = join(choices, ", ") + (more > 0 ? fill(" and {} more", more) : "");
    return Error(ErrorKind::usage,
                 fill("{} is expected for each {}; the pointer has to say which", rule.id,
                      std::string_view(person && event ? "person and event"
                                       : person        ? "person"
                                       : event         ? "event"
                                                       : "language")),
                 {},
                 choices.empty()       ? "none is expected there today: look whether the place is right"
                 : choices.size() == 1 ? "give " + which
                                       : "give one of " + which);
}

Result<std::string> file_pointer(Repository& repository, const templates::TmfCatalogue& catalogue, const Study& study,
                                 const DecisionWish& wish, Decision decision, const std::vector<Slot>& open, const Author& author) {
    const templates::Rule& rule = *catalogue.rule(decision.rule);
    DOSSIER_CHECK(check_place(rule, decision));
    if (decision.event.empty()) decision.event = templates::tag_of(rule.per);
    DOSSIER_CHECK(check_instance(rule, study, wish, decision, open));
    if (wish.date && *wish.date > author.time.date())
        return Error(ErrorKind::invalid, fill("--date {} is in the future (today is {})", wish.date->text(), author.time.date().text()), {},
                     "correct the date");
    Change change;
    change.action = "document_filed";
    change.study = wish.study;
    change.reason = wish.reason;
    DocumentRecord document;
    DOSSIER_TRY(document.number, repository.ledger().last_document());
    ++document.number;
    document.study = wish.study;
    document.unique_id = rule.unique_id;
    document.sub_artifact = rule.sub_artifact;
    document.country = decision.country;
    document.site = decision.site;
    document.restricted = rule.restricted;
    VersionRecord version;
    version.document = document.number;
    version.number = 1;
    version.title = fill("Pointer: {}", rule.name);
    version.person = decision.person;
    version.event = decision.event;
    version.language = decision.language;
    version.pointer = wish.points_to;
    version.date = wish.date; // never today's: nobody has said how old the record is, and validity counts from it
    version.received = version.final = author.time.date();
    version.filed_at = author.time.precise_text();
    version.filed_by = author.user;
    change.object = document_id(document.number) + "@1";
    change.document = document;
    change.version = version;
    if (wish.dry_run) return std::string();
    DOSSIER_CHECK(repository.ledger().commit(author, {change}));
    return change.object;
}

// The decision with this number.
Result<std::vector<DecisionRecord>> numbered(std::int64_t number, const DecisionWish& wish, const std::vector<DecisionRecord>& in_force) {
    for (const std::string* part : {&wish.country, &wish.site, &wish.person, &wish.event, &wish.language, &wish.key})
        if (!part->empty())
            return Error(ErrorKind::usage, fill("{} is one decision already", decision_id(number)), {},
                         fill("leave out {}, or name the rule instead of the number", *part));
    for (const DecisionRecord& record : in_force)
        if (record.number == number) return std::vector{record};
    return Error(ErrorKind::not_found, fill("no decision {} is in force in study {}", decision_id(number), wish.study), {},
                 fill("'dossier tmf report {} waivers' has all decisions", wish.study));
}

// Of the rule as it was named, whatever the study still knows: how to end them all the same.
std::string by_number(const DecisionWish& wish, const std::vector<DecisionRecord>& in_force) {
    std::vector<std::string> ids;
    for (const DecisionRecord& record : in_force)
        if (record.decision.rule == wish.rule) ids.push_back(decision_id(record.number));
    if (ids.empty()) return {};
    return fill("in force about {} {}: end one by its number, 'dossier tmf unwaive {} {} --reason TEXT'", wish.rule,
                (ids.size() == 1 ? "is " : "are ") + join(ids, ", "), wish.study, ids.front());
}

Result<std::vector<DecisionRecord>> meant_by(const templates::TmfCatalogue& catalogue, const Study& study, const DecisionWish& wish,
                                             const std::vector<DecisionRecord>& in_force) {
    if (const auto number = parse_decision_id(wish.rule)) return numbered(*number, wish, in_force);
    const std::string others = by_number(wish, in_force);
    auto wanted = to_decision(catalogue, study, wish);
    if (!wanted) {
        if (!others.empty()) wanted.error().remedy = others;
        return wanted.error();
    }
    std::vector<DecisionRecord> meant;
    for (const DecisionRecord& record : in_force)
        if (same_parts(record.decision, *wanted)) meant.push_back(record);
    if (meant.empty())
        return Error(ErrorKind::not_found, fill("no decision about {} is in force for exactly these parts", wanted->rule), {},
                     others.empty() ? "name country, site and key as they were when it was made" : others);
    return meant;
}

} // namespace

Result<DecisionOutcome> decide(Repository& repository, const templates::TmfCatalogue& catalogue, const DecisionWish& wish,
                               const Author& author) {
    DOSSIER_TRY(const Study study, load_study(repository.ledger(), catalogue, wish.study));
    DOSSIER_TRY(Decision decision, to_decision(catalogue, study, wish));
    DOSSIER_CHECK(repository.require({study.id, decision.country, decision.site})); // a dry run ends before the commit asks
    DecisionOutcome outcome;
    DOSSIER_TRY(const auto open, count_slots(repository.ledger(), catalogue, study, decision, author.time.date(), outcome));
    if (wish.kind == DecisionWish::Kind::points_to) {
        DOSSIER_TRY(outcome.id, file_pointer(repository, catalogue, study, wish, decision, open, author));
        const templates::Rule& rule = *catalogue.rule(decision.rule);
        if (rule.validity.kind == templates::Validity::Kind::years && !wish.date)
            outcome.notes.push_back(note_on_missing_date(rule.artifact + " " + rule.name));
        return outcome;
    }
    const templates::Level level = catalogue.rule(decision.rule)->level;
    const bool too_narrow =
        (level == templates::Level::trial && !decision.country.empty()) || (level == templates::Level::country && !decision.site.empty());
    if (too_narrow)
        return Error(ErrorKind::usage,
                     fill("{} is expected at {} level; a decision for a {} would match nothing", decision.rule, templates::to_text(level),
                          std::string_view(decision.site.empty() ? "country" : "site")),
                     {}, level == templates::Level::trial ? "leave out --country and --site" : "leave out --site");
    decision.kind = wish.kind == DecisionWish::Kind::waived ? Decision::Kind::waived : Decision::Kind::not_applicable;
    decision.date = author.time.date();
    decision.until = wish.until;
    if (decision.until && *decision.until < decision.date)
        return Error(ErrorKind::invalid, fill("--until {} is over (today is {})", decision.until->text(), decision.date.text()));
    decision.by = author.user;
    decision.reason = wish.reason;
    if (is_sealed_text(decision.reason))
        return Error(ErrorKind::usage, "a reason does not begin with \"sealed:\"", {},
                     "begin it with another word: the ledger marks what it hides with this one");
    if (wish.dry_run) return outcome;
    Change change;
    DOSSIER_TRY(const std::int64_t last, repository.ledger().last_decision());
    change.decision = DecisionRecord{last + 1, study.id, decision, catalogue.rule(decision.rule)->restricted};
    outcome.id = decision_id(last + 1);
    change.action = decision.kind == Decision::Kind::waived ? "waived" : "not_applicable";
    change.study = study.id;
    change.object = outcome.id;
    change.reason = wish.reason;
    DOSSIER_CHECK(repository.ledger().commit(author, {change}));
    return outcome;
}

Result<std::vector<std::string>> undecide(Repository& repository, const templates::TmfCatalogue& catalogue, const DecisionWish& wish,
                                          const Author& author) {
    DOSSIER_TRY(const Study study, load_study(repository.ledger(), catalogue, wish.study));
    DOSSIER_TRY(auto in_force, repository.ledger().decisions(study.id));
    const Date today = author.time.date();
    std::erase_if(in_force, [&](const DecisionRecord& record) {
        const Decision& decision = record.decision;
        const bool is_out_of_sight =
            repository.control() && !repository.control()->may("report.read", {study.id, decision.country, decision.site});
        return record.hidden || is_out_of_sight || (decision.until && *decision.until < today);
    });
    DOSSIER_TRY(auto meant, meant_by(catalogue, study, wish, in_force));
    const DecisionRecord first = meant.front();
    std::erase_if(meant, [today](const DecisionRecord& record) { return today < record.decision.date; });
    if (meant.empty())
        return Error(ErrorKind::conflict,
                     fill("{} was made on {}, after the day on which it would end ({})", decision_id(first.number),
                          first.decision.date.text(), today.text()),
                     {}, "leave out --now, or give a time on or after that day");
    std::vector<Change> changes;
    std::vector<std::string> ended;
    for (const DecisionRecord& record : meant) {
        Change change;
        change.action = "decision_ended";
        change.study = study.id;
        change.object = decision_id(record.number);
        change.reason = wish.reason;
        change.old_value = Json::object({{"decision", to_json(record)}});
        change.decision = record;
        change.decision->decision.until = today.plus_days(-1); // in force until yesterday: what was reported for past days stays true
        ended.push_back(change.object);
        changes.push_back(std::move(change));
    }
    DOSSIER_CHECK(repository.ledger().commit(author, changes));
    return ended;
}

} // namespace dossier::tmf
