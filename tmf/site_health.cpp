#include "tmf/site_health.hpp"

#include <algorithm>

#include "core/text.hpp"
#include "tmf/refiling.hpp"

namespace dossier::tmf {

namespace {

// A date that is only planned opens and closes nothing; it says when the site is to open while that day is ahead.
void set_dates(SiteCard& card, const MilestoneDates& dates, Date day) {
    const Site& site = *card.site;
    card.opened = dates.at_site("03", site.id, Use::happened);
    card.closed = dates.at_site("09", site.id, Use::happened);
    const OptionalDate to_open = card.opened ? card.opened : dates.at_site("03", site.id, Use::planned_too);
    const auto by_then = [day](const OptionalDate& date) { return date && *date <= day; };
    card.status = by_then(site.rejected)      ? "not selected, " + site.rejected->text()
                  : by_then(card.closed)      ? "closed on " + card.closed->text()
                  : by_then(card.opened)      ? "open since " + card.opened->text()
                  : to_open && *to_open > day ? "to open on " + to_open->text()
                                              : "not open yet";
}

void add_once(std::vector<std::string>& list, std::string text) {
    if (std::find(list.begin(), list.end(), text) == list.end()) list.push_back(std::move(text));
}

std::string role_words(const Person& entry) { return replace_all(entry.role, "_", " "); }

class Gathering {
public:
    explicit Gathering(const ReportFacts& facts) : facts_(facts), as_of_(facts.question.as_of), documents_(documents_in_scope(facts)) {
        health_.completeness = completeness_of(facts);
    }

    SiteHealth run() {
        const MilestoneDates dates(facts_.study);
        for (const Site& site : facts_.study.sites)
            if (place_in_scope(facts_.question, site.country, site.id)) {
                SiteCard& at = health_.cards[site.id];
                at.site = &site;
                set_dates(at, dates, as_of_);
            }
        add_people();
        add_visits();
        add_rows();
        add_expiring();
        add_documents();
        add_queries();
        add_order();
        return std::move(health_);
    }

private:
    SiteCard* card(const std::string& site) {
        const auto found = health_.cards.find(site);
        return found == health_.cards.end() ? nullptr : &found->second;
    }

    void add_people() {
        std::map<std::string, std::vector<std::string>> investigators;
        for (const Person& person : facts_.study.people) {
            SiteCard* const at = card(person.site);
            if (!at || person.from > as_of_) continue;
            auto known = std::find_if(at->staff.begin(), at->staff.end(), [&](const SiteStaff& one) { return one.id == person.id; });
            if (known == at->staff.end()) known = at->staff.insert(known, {person.id, {}});
            known->entries.push_back(&person);
            if (person.role == "principal_investigator" && (!person.to || *person.to >= as_of_))
                add_once(investigators[person.site], person.name.empty() ? person.id : person.name);
        }
        for (const auto& [site, names] : investigators) card(site)->investigators = join(names, ", ");
    }

    void add_visits() {
        for (const Visit& visit : facts_.study.visits)
            if (SiteCard* const at = card(visit.site); at && visit.date <= as_of_) at->visits.push_back(&visit);
        for (auto& [id, at] : health_.cards)
            std::stable_sort(at.visits.begin(), at.visits.end(), [](const Visit* a, const Visit* b) { return a->date > b->date; });
    }

    void add_rows() {
        for (const CompletenessRow& row : health_.completeness.rows)
            if (SiteCard* const at = card(row.site)) add_row(*at, row);
        for (auto& [id, at] : health_.cards)
            std::stable_sort(at.open.begin(), at.open.end(), [](const CompletenessRow* a, const CompletenessRow* b) {
                return a->due && (!b->due || *a->due < *b->due); // without a due date: last
            });
    }

    void add_row(SiteCard& at, const CompletenessRow& row) {
        Total ignored;
        ++at.states[row.state];
        count_row(row, as_of_, at.due, at.whole);
        count_row(row, health_.completeness.next ? health_.completeness.next->date : as_of_, at.next, ignored);
        SiteMilestone& milestone = at.milestones[row.milestone()];
        count_row(row, as_of_, milestone.due, milestone.whole);
        if (!row.event.empty()) count_row(row, as_of_, ignored, at.events[row.event]);
        if (is_open(row)) {
            ++milestone.open;
            at.open.push_back(&row);
        }
        if (row.person.empty()) return;
        SitePerson& person = at.people[row.person];
        count_row(row, as_of_, person.due, ignored);
        if (is_open(row))
            person.open.push_back(
                fill("{} {}: {}", row.rule->artifact, row.rule->name, replace_all(std::string(to_text(row.state)), "_", " ")));
    }

    void add_expiring() {
        health_.expiring = std::move(expiring_report(facts_).tables.front());
        const std::size_t site = column_of(health_.expiring, "site");
        auto& rows = health_.expiring.rows;
        rows.erase(std::remove_if(rows.begin(), rows.end(), [&](const auto& row) { return !card(cell_text(row[site])); }), rows.end());
        for (const auto& row : rows) ++card(cell_text(row[site]))->expiring;
    }

    // Quality counts versions as the quality report does.
    void add_documents() {
        const Refilings refilings = find_refilings(documents_, as_of_);
        for (const StoredDocument* stored : documents_) {
            SiteCard* const at = card(stored->document.site);
            if (!at) continue;
            for (std::size_t i = 0; i < stored->versions.size(); ++i) {
                const VersionRecord& version = stored->versions[i];
                if (version.received && *version.received <= as_of_) at->last_received = std::max(at->last_received, version.received);
                add_outcome(*at, review_outcome(*stored, i, as_of_, refilings), waits_for_review(*stored, i, as_of_, facts_.study.review));
            }
        }
    }

    static void add_outcome(SiteCard& at, const ReviewOutcome& outcome, bool waits) {
        if (outcome.kind == ReviewOutcome::Kind::waiting) {
            at.waiting += waits ? 1 : 0;
            return;
        }
        const bool accepted = outcome.kind == ReviewOutcome::Kind::accepted;
        ++at.reviewed;
        at.rejected += accepted ? 0 : 1;
        if (!outcome.is_first_pass) return;
        ++at.first_pass.expected;
        at.first_pass.satisfied += accepted ? 1 : 0;
    }

    void add_queries() {
        std::vector<StoredDocument> of_sites;
        for (const StoredDocument* stored : documents_)
            if (card(stored->document.site)) of_sites.push_back(*stored);
        for (QueryRow& row : query_rows(facts_.records.queries, of_sites, as_of_)) {
            if (row.standing.state == QueryState::closed) continue;
            ++card(row.document.site)->queries;
            health_.queries.push_back(std::move(row));
        }
        std::stable_sort(health_.queries.begin(), health_.queries.end(),
                         [](const QueryRow& a, const QueryRow& b) { return a.standing.age > b.standing.age; });
    }

    void add_order() {
        for (OrderingJudgement& judgement : order_of(facts_)) {
            SiteCard* const at = card(judgement.site);
            if (!at || judgement.state != OrderingJudgement::State::failed) continue;
            ++at->order_failed;
            health_.order.push_back(std::move(judgement));
        }
    }

    const ReportFacts& facts_;
    Date as_of_;
    std::vector<const StoredDocument*> documents_;
    SiteHealth health_;
};

} // namespace

std::string SiteStaff::roles() const {
    std::vector<std::string> words;
    for (const Person* entry : entries) add_once(words, role_words(*entry));
    return join(words, ", ");
}

Date SiteStaff::from() const {
    Date first = entries.front()->from;
    for (const Person* entry : entries) first = std::min(first, entry->from);
    return first;
}

OptionalDate SiteStaff::to() const {
    OptionalDate last = entries.front()->to;
    for (const Person* entry : entries) last = last && entry->to ? OptionalDate(std::max(*last, *entry->to)) : std::nullopt;
    return last;
}

std::vector<std::string> SiteStaff::periods() const {
    std::vector<std::string> words;
    for (const Person* entry : entries)
        words.push_back(
            fill("{} {}", role_words(*entry), entry->to ? entry->from.text() + " to " + entry->to->text() : "from " + entry->from.text()));
    return words;
}

SiteHealth site_health(const ReportFacts& facts) { return Gathering(facts).run(); }

} // namespace dossier::tmf
