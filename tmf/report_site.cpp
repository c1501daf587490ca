// The health of sites, a card each: completeness, what is late or runs out, the people and what they owe, the last visits.
#include <algorithm>
#include <map>

#include "core/text.hpp"
#include "tmf/query_rows.hpp"
#include "tmf/report_kinds.hpp"

namespace dossier::tmf {

namespace {

struct Card {
    Total due, next, whole;
    std::map<SlotState, std::int64_t> states;
    std::int64_t expiring = 0, queries = 0; // queries that are not closed
};

struct PersonSum {
    Total due;
    std::vector<std::string> open;
};

class SiteReport {
public:
    explicit SiteReport(const ReportFacts& facts)
        : facts_(facts), as_of_(facts.question.as_of), completeness_(completeness_of(facts)), expiring_(expiring_table_of(facts)),
          names_(facts.study) {
        for (const Person& person : facts.study.people) people_at_[person.site].push_back(&person);
        for (const Visit& visit : facts.study.visits)
            if (visit.date <= as_of_) visits_at_[visit.site].push_back(&visit);
        for (auto& [site, visits] : visits_at_)
            std::stable_sort(visits.begin(), visits.end(), [](const Visit* a, const Visit* b) { return a->date > b->date; });
        for (const Site& site : facts.study.sites)
            if (place_in_scope(facts.question, site.country, site.id)) sites_.push_back(&site);
        std::sort(sites_.begin(), sites_.end(), [](const Site* a, const Site* b) { return a->id < b->id; });
        count();
    }

    Report make() {
        Report report = start_report("site", sites_.size() == 1 ? "Site health" : "Health of sites", facts_);
        report.settings = {{"grace_days", std::to_string(facts_.study.grace_days)}};
        ReportTable sites = sites_table();
        report.figures = figures();
        report.tables = {std::move(sites), open_table(), std::move(expiring_), people_table(), visits_table()};
        return report;
    }

private:
    static ReportTable expiring_table_of(const ReportFacts& facts) { return std::move(expiring_report(facts).tables.front()); }

    // The site's column of the table of what runs out.
    void count_expiring() {
        const auto& columns = expiring_.columns;
        const auto column = std::find_if(columns.begin(), columns.end(), [](const ReportColumn& c) { return c.key == "site"; });
        auto& rows = expiring_.rows;
        const auto index = static_cast<std::size_t>(column - columns.begin());
        rows.erase(std::remove_if(rows.begin(), rows.end(), [index](const auto& row) { return cell_text(row[index]).empty(); }),
                   rows.end());
        for (const auto& row : rows) ++cards_[cell_text(row[index])].expiring;
    }

    void count() {
        const Date next = completeness_.next ? completeness_.next->date : as_of_;
        for (const CompletenessRow& row : completeness_.rows) {
            if (row.site.empty()) continue;
            Card& card = cards_[row.site];
            ++card.states[row.state];
            count_row(row, as_of_, card.due, card.whole);
            Total ignored;
            count_row(row, next, card.next, ignored);
            if (row.person.empty()) continue;
            PersonSum& person = people_[{row.site, row.person}];
            count_row(row, as_of_, person.due, ignored);
            if (is_open(row))
                person.open.push_back(
                    fill("{} {}: {}", row.rule->artifact, row.rule->name, replace_all(std::string(to_text(row.state)), "_", " ")));
        }
        count_expiring();
        std::vector<StoredDocument> documents;
        for (const StoredDocument* stored : documents_in_scope(facts_)) documents.push_back(*stored);
        for (const QueryRow& row : query_rows(facts_.records.queries, documents, as_of_))
            if (row.standing.state != QueryState::closed && !row.document.site.empty()) ++cards_[row.document.site].queries;
    }

    std::string investigators(const std::string& site) {
        std::vector<std::string> names;
        for (const Person* person : people_at_[site])
            if (person->role == "principal_investigator" && person->from <= as_of_ && (!person->to || *person->to >= as_of_))
                names.push_back(person->name.empty() ? person->id : person->name);
        return join(names, ", ");
    }

    ReportTable sites_table() {
        ReportTable table{"sites",
                          "Sites",
                          {{"site", "Site"},
                           {"name", "Name"},
                           {"country", "Country"},
                           {"investigator", "Principal investigator"},
                           {"activated", "Activated", ColumnKind::date},
                           {"closed", "Closed", ColumnKind::date},
                           {"due_expected", "Due: expected", ColumnKind::number},
                           {"due_satisfied", "Due: there", ColumnKind::number},
                           {"due_percent", "Due: %", ColumnKind::percent},
                           {"next_expected", "Next: expected", ColumnKind::number},
                           {"next_satisfied", "Next: there", ColumnKind::number},
                           {"whole_expected", "Whole: expected", ColumnKind::number},
                           {"whole_satisfied", "Whole: there", ColumnKind::number},
                           {"missing", "Missing", ColumnKind::number},
                           {"overdue", "Overdue", ColumnKind::number},
                           {"expired", "Expired", ColumnKind::number},
                           {"in_review", "In review", ColumnKind::number},
                           {"waived", "Waived", ColumnKind::number},
                           {"expiring", "Running out", ColumnKind::number},
                           {"queries", "Queries", ColumnKind::number},
                           {"last_visit", "Last visit"},
                           {"last_visit_date", "On", ColumnKind::date}},
                          {},
                          ""};
        for (const Site* site : sites_) {
            Card& card = cards_[site->id];
            const std::vector<const Visit*>& visits = visits_at_[site->id];
            const Visit* visit = visits.empty() ? nullptr : visits.front();
            table.rows.push_back({site->id,
                                  site->name,
                                  site->country,
                                  investigators(site->id),
                                  day_cell(site->activated),
                                  day_cell(site->closed),
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
                                  visit ? visit->id + " " + visit->type : "",
                                  visit ? ReportCell(visit->date) : ReportCell()});
        }
        return table;
    }

    std::vector<ReportFigure> figures() {
        Card all;
        for (const Site* site : sites_) {
            const Card& card = cards_[site->id];
            const std::pair<Total*, const Total*> sums[] = {{&all.due, &card.due}, {&all.next, &card.next}, {&all.whole, &card.whole}};
            for (const auto& [sum, part] : sums) {
                sum->expected += part->expected;
                sum->satisfied += part->satisfied;
            }
            for (const auto& [state, number] : card.states) all.states[state] += number;
            all.expiring += card.expiring;
            all.queries += card.queries;
        }
        const auto state = [&all](SlotState which, const char* label) {
            const std::string word(to_text(which));
            return ReportFigure{word, label, number_cell(all.states[which]), "", "rows of open with state " + word};
        };
        return {
            {"due_now", "Due now", all.due, "", "due_satisfied and due_expected of sites"},
            {"by_next_milestone", "Due by the study's next milestone", all.next, "", "next_satisfied and next_expected of sites"},
            {"whole_trial", "Whole trial", all.whole, "", "whole_satisfied and whole_expected of sites"},
            state(SlotState::missing, "Missing"),
            state(SlotState::overdue, "Overdue"),
            state(SlotState::expired, "Expired"),
            state(SlotState::in_review, "In review"),
            {"expiring", fill("Running out within {} days", facts_.options.within_days), number_cell(all.expiring), "", "rows of expiring"},
            {"queries", "Queries not closed", number_cell(all.queries), "", "queries of sites"}};
    }

    ReportTable open_table() const {
        ReportTable table{"open",
                          "Open",
                          {{"site", "Site"},
                           {"state", "State"},
                           {"due", "Due", ColumnKind::date},
                           {"late_days", "Days late", ColumnKind::number},
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
                          ""};
        std::vector<const CompletenessRow*> open;
        for (const CompletenessRow& row : completeness_.rows)
            if (!row.site.empty() && is_open(row)) open.push_back(&row);
        std::stable_sort(open.begin(), open.end(), [](const CompletenessRow* a, const CompletenessRow* b) {
            return std::tie(a->site, a->due) < std::tie(b->site, b->due);
        });
        for (const CompletenessRow* row : open) {
            const bool late = row->due && *row->due <= as_of_;
            table.rows.push_back({row->site, std::string(to_text(row->state)), day_cell(row->due),
                                  late ? ReportCell(as_of_.days() - row->due->days()) : ReportCell(), row->rule->artifact, row->rule->name,
                                  names_.of(row->person), row->event, row->milestone(), row->slot, row->rule->id, row->rule->basis,
                                  row->rule->confidence});
        }
        return table;
    }

    ReportTable people_table() {
        ReportTable table{"people",
                          "People and their documents",
                          {{"site", "Site"},
                           {"person", "Person"},
                           {"role", "Role"},
                           {"from", "From", ColumnKind::date},
                           {"to", "To", ColumnKind::date},
                           {"due_expected", "Due: expected", ColumnKind::number},
                           {"due_satisfied", "Due: there", ColumnKind::number},
                           {"open", "Open", ColumnKind::list}},
                          {},
                          "Everybody who had joined by that day; a person with several roles has a row for each, with the same documents."};
        for (const Site* site : sites_)
            for (const Person* person : people_at_[site->id]) {
                if (person->from > as_of_) continue;
                const PersonSum& sum = people_[{site->id, person->id}];
                table.rows.push_back({site->id, names_.of(person->id), replace_all(person->role, "_", " "), person->from,
                                      day_cell(person->to), sum.due.expected, sum.due.satisfied, sum.open});
            }
        return table;
    }

    ReportTable visits_table() {
        ReportTable table{"visits",
                          "Last visits",
                          {{"site", "Site"},
                           {"visit", "Visit"},
                           {"type", "Type"},
                           {"date", "Date", ColumnKind::date},
                           {"days_ago", "Days ago", ColumnKind::number},
                           {"expected", "Documents expected", ColumnKind::number},
                           {"satisfied", "There", ColumnKind::number}},
                          {},
                          "The last three visits of each site by that day, with the documents that they call for."};
        std::map<std::pair<std::string, std::string>, Total> sums; // by site and event
        for (const CompletenessRow& row : completeness_.rows) {
            Total& sum = sums[{row.site, row.event}];
            if (row.state == SlotState::waived) continue;
            sum.expected += row.expected;
            sum.satisfied += row.satisfied;
        }
        for (const Site* site : sites_) {
            std::vector<const Visit*> visits = visits_at_[site->id];
            if (visits.size() > 3) visits.resize(3);
            for (const Visit* visit : visits) {
                const Total sum = sums[{site->id, visit->id}];
                table.rows.push_back({site->id, visit->id, replace_all(visit->type, "_", " "), visit->date,
                                      as_of_.days() - visit->date.days(), sum.expected, sum.satisfied});
            }
        }
        return table;
    }

    const ReportFacts& facts_;
    Date as_of_;
    CompletenessReport completeness_;
    ReportTable expiring_;
    PersonNames names_;
    std::vector<const Site*> sites_;
    std::unordered_map<std::string, std::vector<const Person*>> people_at_; // by site
    std::unordered_map<std::string, std::vector<const Visit*>> visits_at_;  // by site, the newest first
    std::map<std::string, Card> cards_;
    std::map<std::pair<std::string, std::string>, PersonSum> people_;
};

} // namespace

Report site_report(const ReportFacts& facts) { return SiteReport(facts).make(); }

} // namespace dossier::tmf
