// The health of sites, a card each: completeness as a whole and by milestone, what is late or runs out, queries, order, quality, the people
// and what they owe, the last visits.
#include "core/text.hpp"
#include "tmf/site_health.hpp"

namespace dossier::tmf {

namespace {

constexpr std::size_t most_visits = 3;

class SiteReport {
public:
    explicit SiteReport(const ReportFacts& facts)
        : facts_(facts), as_of_(facts.question.as_of), health_(site_health(facts)), names_(facts.study) {}

    Report make() {
        Report report = start_report("site", facts_.question.site.empty() ? "Health of sites" : "Site health", facts_);
        report.settings = {{"grace_days", std::int64_t{facts_.study.grace_days}},
                           {"within_days", facts_.options.within_days},
                           {"review", std::string(facts_.study.review ? "yes" : "no")}};
        const auto& next = health_.completeness.next;
        report.settings.push_back({"next_milestone", next ? fill("{} on {}", next->code, next->date.text()) : std::string("none ahead")});
        report.figures = figures();
        report.tables = {sites_table(),   open_table(), std::move(health_.expiring), people_table(), visits_table(), milestones_table(),
                         queries_table(), order_table()};
        return report;
    }

private:
    static ReportColumn number(const char* key, const char* title) { return {key, title, ColumnKind::number}; }
    static ReportColumn date(const char* key, const char* title) { return {key, title, ColumnKind::date}; }
    static ReportColumn percent(const char* key, const char* title) { return {key, title, ColumnKind::percent}; }

    std::vector<ReportColumn> site_columns() const {
        return {{"site", "Site"},
                {"name", "Name"},
                {"country", "Country"},
                {"investigator", "Principal investigator"},
                date("activated", "Activated"),
                date("closed", "Closed"),
                number("due_expected", "Due: expected"),
                number("due_satisfied", "Due: satisfied"),
                percent("due_percent", "Due: %"),
                number("next_expected", "Next: expected"),
                number("next_satisfied", "Next: satisfied"),
                number("whole_expected", "Whole: expected"),
                number("whole_satisfied", "Whole: satisfied"),
                number("missing", "Missing"),
                number("overdue", "Overdue"),
                number("expired", "Expired"),
                number("in_review", "In review, due or not"),
                number("waived", "Waived"),
                number("expiring", "Running out"),
                number("queries", "Queries"),
                {"last_visit", "Last visit"},
                date("last_visit_date", "On"),
                {"status", "Status"},
                percent("next_percent", "Next: %"),
                percent("whole_percent", "Whole: %"),
                number("order_failed", "Order failed"),
                number("reviewed", "Reviewed"),
                number("rejected", "Rejected"),
                number("waiting", "Waiting for review"),
                number("first_pass", "First pass"),
                number("passed", "Passed at once"),
                percent("first_pass_yield", "First-pass yield"),
                date("last_received", "Last received"),
                number("oldest_days", "Oldest open, days")};
    }

    ReportTable sites_table() {
        ReportTable table{"sites", "Sites", site_columns(), {}, ""};
        for (auto& [id, card] : health_.cards) {
            const Visit* visit = card.visits.empty() ? nullptr : card.visits.front();
            const CompletenessRow* oldest = card.open.empty() ? nullptr : card.open.front();
            table.rows.push_back({id,
                                  card.site->name,
                                  card.site->country,
                                  card.investigators,
                                  day_cell(card.opened),
                                  day_cell(card.closed),
                                  card.due.expected,
                                  card.due.satisfied,
                                  percent_cell(card.due),
                                  card.next.expected,
                                  card.next.satisfied,
                                  card.whole.expected,
                                  card.whole.satisfied,
                                  card.states[SlotState::missing],
                                  card.states[SlotState::overdue],
                                  card.states[SlotState::expired],
                                  card.states[SlotState::in_review],
                                  card.states[SlotState::waived],
                                  card.expiring,
                                  card.queries,
                                  visit ? visit->id + " " + replace_all(visit->type, "_", " ") : "",
                                  visit ? ReportCell(visit->date) : ReportCell(),
                                  card.status,
                                  percent_cell(card.next),
                                  percent_cell(card.whole),
                                  card.order_failed,
                                  card.reviewed,
                                  card.rejected,
                                  card.waiting,
                                  card.first_pass.expected,
                                  card.first_pass.satisfied,
                                  share_cell(card.first_pass),
                                  day_cell(card.last_received),
                                  oldest ? late_days(*oldest) : ReportCell()});
        }
        return table;
    }

    // Nothing while it is not due, as of a document that is in review before.
    ReportCell late_days(const CompletenessRow& row) const {
        return row.due && *row.due <= as_of_ ? ReportCell(as_of_.days() - row.due->days()) : ReportCell();
    }

    std::vector<ReportFigure> figures() {
        SiteCard all;
        const auto add = [](Total& sum, const Total& part) {
            sum.expected += part.expected;
            sum.satisfied += part.satisfied;
        };
        for (const auto& [id, card] : health_.cards) {
            add(all.due, card.due);
            add(all.next, card.next);
            add(all.whole, card.whole);
            add(all.first_pass, card.first_pass);
            for (const auto& [state, number] : card.states) all.states[state] += number;
            all.rejected += card.rejected;
        }
        const auto state = [&all](SlotState which, const char* label) {
            const std::string word(to_text(which));
            return ReportFigure{word, label, number_cell(all.states[which]), "", "rows of open with state " + word};
        };
        const auto count = [](std::size_t number) { return number_cell(static_cast<std::int64_t>(number)); };
        return {{"due_now", "Due now", all.due, "", "due_satisfied and due_expected of sites"},
                {"by_next_milestone", "Due by the study's next milestone", all.next, "", "next_satisfied and next_expected of sites"},
                {"whole_trial", "Whole trial", all.whole, "", "whole_satisfied and whole_expected of sites"},
                state(SlotState::missing, "Missing"),
                state(SlotState::overdue, "Overdue"),
                state(SlotState::expired, "Expired"),
                state(SlotState::in_review, "In review"),
                {"expiring", fill("Running out within {} days", facts_.options.within_days), count(health_.expiring.rows.size()), "",
                 "rows of expiring"},
                {"queries", "Queries not closed", count(health_.queries.size()), "", "rows of queries"},
                {"order_failed", "Rules of order failed", count(health_.order.size()), "", "rows of order"},
                {"rejected", "Versions rejected", number_cell(all.rejected), "", "rejected of sites"},
                {"first_pass_yield", "First-pass yield", all.first_pass, "", "passed and first_pass of sites"}};
    }

    ReportTable open_table() const {
        ReportTable table{"open",
                          "Open",
                          {{"site", "Site"},
                           {"state", "State"},
                           date("due", "Due"),
                           number("late_days", "Days late"),
                           {"artifact", "Artifact"},
                           {"name", "Document"},
                           {"person", "Person"},
                           {"event", "Event"},
                           {"milestone", "Milestone"},
                           {"slot", "Slot"},
                           {"rule", "Rule"},
                           {"basis", "Basis"},
                           {"confidence", "Confidence"}},
                          {},
                          "Missing, overdue, expired or in review; the longest due first. In review may stand here before it is due."};
        for (const auto& [id, card] : health_.cards)
            for (const CompletenessRow* row : card.open)
                table.rows.push_back({id, std::string(to_text(row->state)), day_cell(row->due), late_days(*row), row->rule->artifact,
                                      row->rule->name, names_.of(row->person), row->event, row->milestone(), row->slot, row->rule->id,
                                      row->rule->basis, row->rule->confidence});
        return table;
    }

    ReportTable people_table() {
        ReportTable table{
            "people",
            "People and their documents",
            {{"site", "Site"},
             {"person", "Person"},
             {"role", "Role"},
             date("from", "From"),
             date("to", "To"),
             number("due_expected", "Due: expected"),
             number("due_satisfied", "Due: satisfied"),
             {"open", "Open", ColumnKind::list},
             {"periods", "Entries", ColumnKind::list}},
            {},
            "Everybody who had joined by that day, once: who has several roles, or left and came back, owes the same documents. "
            "From the first to the last day of all; entries: each of several, with its days."};
        for (auto& [id, card] : health_.cards)
            for (const SiteStaff& person : card.staff) {
                const SitePerson& sum = card.people[person.id];
                table.rows.push_back({id, names_.of(person.id), person.roles(), person.from(), day_cell(person.to()), sum.due.expected,
                                      sum.due.satisfied, sum.open,
                                      person.entries.size() > 1 ? person.periods() : std::vector<std::string>()});
            }
        return table;
    }

    ReportTable visits_table() {
        ReportTable table{"visits",
                          "Last visits",
                          {{"site", "Site"},
                           {"visit", "Visit"},
                           {"type", "Type"},
                           date("date", "Date"),
                           number("days_ago", "Days ago"),
                           number("expected", "Documents expected"),
                           number("satisfied", "Satisfied")},
                          {},
                          "The last three visits of each site by that day, with the documents that they call for, due or not."};
        for (auto& [id, card] : health_.cards)
            for (std::size_t i = 0; i < std::min(most_visits, card.visits.size()); ++i) {
                const Visit& visit = *card.visits[i];
                const Total& sum = card.events[visit.id];
                table.rows.push_back({id, visit.id, replace_all(visit.type, "_", " "), visit.date, as_of_.days() - visit.date.days(),
                                      sum.expected, sum.satisfied});
            }
        return table;
    }

    ReportTable milestones_table() const {
        ReportTable table{"milestones",
                          "By milestone",
                          {{"site", "Site"},
                           {"milestone", "Milestone"},
                           {"name", "Name"},
                           number("due_expected", "Due: expected"),
                           number("due_satisfied", "Due: satisfied"),
                           percent("due_percent", "Due: %"),
                           number("whole_expected", "Whole: expected"),
                           number("whole_satisfied", "Whole: satisfied"),
                           number("open", "Open, due or not")},
                          {},
                          ""};
        for (const auto& [id, card] : health_.cards)
            for (const auto& [code, sum] : card.milestones) {
                const templates::Milestone* known = facts_.catalogue.milestone(code);
                table.rows.push_back({id, code, known ? known->name : "", sum.due.expected, sum.due.satisfied, percent_cell(sum.due),
                                      sum.whole.expected, sum.whole.satisfied, sum.open});
            }
        return table;
    }

    ReportTable queries_table() const {
        ReportTable table{"queries",
                          "Queries not closed",
                          {{"site", "Site"},
                           {"query", "Query"},
                           {"state", "State"},
                           number("age_days", "Age in days"),
                           {"to", "To"},
                           {"question", "Question"},
                           {"document", "Document"},
                           {"artifact", "Artifact"}},
                          {},
                          "The oldest first. Age: from the first question to that day."};
        for (const QueryRow& row : health_.queries)
            table.rows.push_back({row.document.site, query_id(row.query.query.number), std::string(to_text(row.standing.state)),
                                  row.standing.age, row.query.query.to, row.query.acts.front().text,
                                  version_id(row.version.document, row.version.number),
                                  artifact_number(facts_.catalogue, row.document.unique_id)});
        return table;
    }

    ReportTable order_table() const {
        ReportTable table{"order",
                          "Rules of order failed",
                          {{"site", "Site"},
                           {"rule", "Rule"},
                           {"text", "Rule in words"},
                           {"person", "Person"},
                           {"reason", "What was found"},
                           {"confidence", "Confidence"}},
                          {},
                          "Our proposals (docs/quality.md): a person decides whether it is a fault."};
        for (const OrderingJudgement& judgement : health_.order)
            table.rows.push_back({judgement.site, judgement.rule->id, judgement.rule->text, names_.of(judgement.person), judgement.reason,
                                  judgement.rule->confidence});
        return table;
    }

    const ReportFacts& facts_;
    Date as_of_;
    SiteHealth health_;
    PersonNames names_;
};

} // namespace

Report site_report(const ReportFacts& facts) { return SiteReport(facts).make(); }

} // namespace dossier::tmf
