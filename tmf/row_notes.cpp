#include "tmf/row_notes.hpp"

#include <algorithm>
#include <initializer_list>

#include "core/text.hpp"
#include "tmf/list_date.hpp"

namespace dossier::tmf {

using templates::Level;
using templates::Rule;

namespace {

constexpr int years_to_wonder_ahead = 30, years_to_wonder_back = 60; // a year mistyped: 2206, 1926

class Noting {
public:
    Noting(const RowContext& context, const NotedFacts& facts, const TableRow& row, const CheckedRow& checked)
        : context_(context), rules_(facts.rules), artifact_(facts.artifact), people_(facts.people), events_(facts.events), row_(row),
          document_(checked.document), version_(checked.version) {}

    std::vector<std::string> notes() {
        note_order_of_days();
        note_received_today();
        note_label();
        note_years();
        for (const std::string& id : split(version_.person, ';')) note_person(id);
        note_what_fills_nothing();
        return std::move(notes_);
    }

private:
    template <class... Arguments> void note(std::string_view form, const Arguments&... arguments) {
        notes_.push_back(fill(form, arguments...));
    }

    // ---- days ----
    struct Day {
        const char* column;
        OptionalDate day; // none where the row does not say it
    };
    Day said(const char* column, const OptionalDate& day) const { return {column, row_.cell(column).empty() ? OptionalDate() : day}; }

    // Each day with those that come before it, the nearest first.
    void note_order_of_days() {
        const Day date = said("date", version_.date), expires = said("expires", version_.expires);
        const Day received = said("received", version_.received), final = said("final", version_.final);
        const Day accepted = said("accepted", version_.accepted), rejected = said("rejected", version_.rejected);
        const Day withdrawn = said("withdrawn", version_.withdrawn), certified = said("copy_certified_on", version_.copy.certified_on);
        note_before(expires, {date, received});
        note_before(received, {date});
        note_before(final, {received, date});
        note_before(accepted, {final, received, date});
        note_before(rejected, {received, date});
        note_before(withdrawn, {accepted, final, received, date});
        note_before(certified, {date});
        if (accepted.day && rejected.day)
            note("accepted {} and rejected {}: a version is one of the two", accepted.day->text(), rejected.day->text());
    }

    // A document of a former system that is said to have come after it was reviewed: nobody wrote when it came.
    void note_received_today() {
        if (context_.is_filed || version_.carried.received || !version_.received) return;
        for (const Day& one : {said("accepted", version_.accepted), said("rejected", version_.rejected), said("final", version_.final),
                               said("withdrawn", version_.withdrawn)}) {
            if (!one.day || *one.day >= *version_.received) continue;
            return note("received is taken as today, {}, which is after {} {}: if it came earlier, write the day in received",
                        version_.received->text(), std::string_view(one.column), one.day->text());
        }
    }

    void note_before(const Day& later, std::initializer_list<Day> earlier) {
        for (const Day& one : earlier) {
            if (!later.day || !one.day || *later.day >= *one.day) continue;
            return note("{} {} is before {} {}", std::string_view(later.column), later.day->text(),
                        std::string_view(std::string_view(one.column) == "date" ? "the document's own date" : one.column), one.day->text());
        }
    }

    // ---- the version ----
    // Versions may be called by days: a note only.
    void note_label() {
        const auto day = named_day(version_.label);
        if (day && !row_.cell("version").empty())
            note("version {} is a day: if the spreadsheet took a number for it, format the column as text and write {}.{} or {}.{}",
                 version_.label, day->day(), day->month(), day->month(), day->day());
    }

    void note_years() {
        const int year = context_.today().year();
        if (version_.expires && version_.expires->year() > year + years_to_wonder_ahead)
            note("expires {} is more than {} years ahead: look whether the year is right", version_.expires->text(), years_to_wonder_ahead);
        if (version_.date && version_.date->year() < year - years_to_wonder_back)
            note("date {} is more than {} years ago: look whether the year is right", version_.date->text(), years_to_wonder_back);
    }

    // ---- persons ----
    bool is_here(const Person& entry) const {
        if (entry.site.empty()) return entry.country.empty() || document_.country.empty() || entry.country == document_.country;
        if (!document_.site.empty()) return entry.site == document_.site;
        const Site* site = context_.study.site(entry.site);
        return document_.country.empty() || (site && site->country == document_.country);
    }

    std::string place() const {
        if (!document_.site.empty()) return "site " + document_.site;
        return document_.country.empty() ? "trial level" : document_.country;
    }
    static std::string place_of(const Person& entry) {
        if (!entry.site.empty()) return "at site " + entry.site;
        return entry.country.empty() ? "of the trial" : "in " + entry.country;
    }

    void note_person(const std::string& id) {
        std::vector<const Person*> here, elsewhere;
        const auto entries = people_.find(id);
        if (entries == people_.end()) return;
        for (const Person* entry : entries->second) (is_here(*entry) ? here : elsewhere).push_back(entry);
        const std::string who = fill("{} ({})", id, (here.empty() ? elsewhere : here).front()->name);
        if (here.empty()) {
            std::vector<std::string> where;
            for (const Person* entry : elsewhere) where.push_back(fill("{} {}", entry->role, place_of(*entry)));
            return note("person {} is not at {}, but {}", who, place(), join(where, ", "));
        }
        note_left(who, here);
        note_role(who, here);
    }

    void note_left(const std::string& who, const std::vector<const Person*>& here) {
        const Person* last = nullptr;
        for (const Person* entry : here) {
            if (!entry->to || !version_.date || *entry->to >= *version_.date) return;
            if (!last || *entry->to > *last->to) last = entry;
        }
        note("person {} was {} {} until {}, before the document's own date {}", who, last->role, place_of(*last), last->to->text(),
             version_.date->text());
    }

    // The artifact is expected of other roles only.
    void note_role(const std::string& who, const std::vector<const Person*>& here) {
        std::vector<std::string> asked;
        for (const Rule* rule : rules_) {
            if (rule->level != level()) continue;
            if (!templates::is_for_person(rule->per)) return;
            const std::vector<std::string> roles = templates::roles_in(rule->role);
            const bool fits = rule->role.empty() || rule->role == "any" || std::any_of(here.begin(), here.end(), [&](const Person* entry) {
                                  return std::find(roles.begin(), roles.end(), entry->role) != roles.end();
                              });
            if (fits) return;
            if (std::find(asked.begin(), asked.end(), rule->role) == asked.end()) asked.push_back(rule->role);
        }
        if (asked.empty()) return;
        note("person {} is {} {}; {} {} is expected of {}, so it fills no expectation", who, here.front()->role, place_of(*here.front()),
             artifact_.number, artifact_.name, join(asked, ", "));
    }

    // ---- rules ----
    Level level() const { return !document_.site.empty() ? Level::site : !document_.country.empty() ? Level::country : Level::trial; }

    void note_what_fills_nothing() {
        bool without_person = false, without_event = false, dated = false;
        std::vector<const Rule*> asked;
        const bool is_asked_part = std::any_of(rules_.begin(), rules_.end(), [&](const Rule* rule) {
            return rule->level == level() && !rule->sub_artifact.empty() && rule->sub_artifact == document_.sub_artifact;
        });
        for (const Rule* rule : rules_) {
            if (rule->sub_artifact != (is_asked_part ? document_.sub_artifact : "") || rule->level != level()) continue;
            asked.push_back(rule);
            without_person = without_person || !templates::is_for_person(rule->per);
            without_event = without_event || !templates::has_event(rule->per) ||
                            (templates::is_yearly(rule->per) && rule->per != templates::Per::vendor_year);
            dated = dated || rule->validity.kind == templates::Validity::Kind::years;
        }
        const std::string what = fill("{} {}", artifact_.number, artifact_.name);
        if (asked.empty())
            note("no rule expects {} at {} level; it is filed and fills no expectation", what, templates::to_text(level()));
        else if (version_.person.empty() && !without_person)
            note("{} is expected for each person; without a person it fills no expectation", what);
        else if (version_.event.empty() && !without_event)
            note("{} is expected for an event (amendment, visit, notice ...); without one it fills no expectation", what);
        else
            note_unfit(asked, what);
        if (dated && !version_.date) notes_.push_back(note_on_missing_date(what));
    }

    // An event or a language that no rule asks for at this place, though each is one of the study's.
    void note_unfit(const std::vector<const Rule*>& asked, const std::string& what) {
        bool fits_event = false;
        for (const Rule* rule : asked) {
            const bool fits = takes_events(*rule, asked);
            if (fits && takes_language(*rule)) return;
            fits_event = fits_event || fits;
        }
        if (fits_event)
            return note("{} is expected in {} in {}; {} it fills no expectation: name its language, or correct the languages of {} in the "
                        "study file",
                        what, join(languages(), ", "), document_.country,
                        version_.language.empty() ? std::string("without a language") : "in " + version_.language, document_.country);
        for (const std::string& event : split(version_.event, ';')) note_event(event, asked, what);
    }

    // Where rules of the artifact name events, a document of the place itself names none. Optional ones make no slots to be told apart.
    bool takes_events(const Rule& rule, const std::vector<const Rule*>& asked) const {
        if (version_.event.empty())
            return !templates::has_event(rule.per) || (templates::is_yearly(rule.per) && rule.per != templates::Per::vendor_year);
        const std::vector<std::string> events = split(version_.event, ';');
        if (templates::has_event(rule.per))
            return std::any_of(events.begin(), events.end(), [&](const std::string& event) {
                return may_ask_for(rule, event, known(event), document_.country, document_.site);
            });
        return templates::takes_any_event(rule.per) || std::none_of(asked.begin(), asked.end(), [&rule](const Rule* other) {
                   return other != &rule && other->kind != templates::RuleKind::optional && templates::has_event(other->per);
               });
    }

    const EventPlace* known(const std::string& event) const {
        const auto found = events_.find(event);
        return found == events_.end() ? nullptr : &found->second;
    }

    const std::vector<std::string>& languages() const {
        static const std::vector<std::string> none;
        const Country* country = context_.study.country(document_.country);
        return country ? country->languages : none;
    }
    bool takes_language(const Rule& rule) const {
        const std::vector<std::string>& known = languages();
        return rule.per != templates::Per::language || known.empty() ||
               std::find(known.begin(), known.end(), version_.language) != known.end();
    }

    void note_event(const std::string& event, const std::vector<const Rule*>& asked, const std::string& what) {
        const EventPlace* const place_of_event = known(event);
        const bool fits_elsewhere = place_of_event && std::any_of(asked.begin(), asked.end(), [&](const Rule* rule) {
                                        return may_ask_for_elsewhere(*rule, *place_of_event);
                                    });
        if (fits_elsewhere)
            return note("event {} ({}) is of {}, not of {}, so {} fills no expectation: correct the place or the event", event,
                        place_of_event->word(), place_of_event->place(), place(), what);
        note("{} is not expected for {}{} at {} level; it fills no expectation: look whether event is right", what, event,
             place_of_event ? fill(" ({})", place_of_event->word()) : std::string(), templates::to_text(level()));
    }

    const RowContext& context_;
    const std::vector<const Rule*>& rules_;
    const templates::Artifact& artifact_;
    const PeopleById& people_;
    const EventPlaces& events_;
    const TableRow& row_;
    const DocumentRecord& document_;
    const VersionRecord& version_;
    std::vector<std::string> notes_;
};

} // namespace

std::vector<std::string> row_notes(const RowContext& context, const NotedFacts& facts, const TableRow& row, const CheckedRow& checked) {
    return Noting(context, facts, row, checked).notes();
}

std::string note_on_missing_date(const std::string& artifact) {
    return fill("{} is valid for some years from its date; without a date it counts as expired", artifact);
}

} // namespace dossier::tmf
