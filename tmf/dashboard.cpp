#include "tmf/dashboard.hpp"

#include <algorithm>
#include <map>

namespace dossier::tmf {

namespace {

constexpr std::size_t most_months = 24;

// The last days of the months before `day`, from the month of `start` on.
std::vector<Date> month_ends(Date start, Date day) {
    std::vector<Date> ends;
    int year = day.year(), month = day.month();
    while (ends.size() < most_months) {
        const Date end = Date::from_parts(year, month, 1)->plus_days(-1);
        if (end < start) break;
        ends.push_back(end);
        if (--month == 0) (month = 12, --year);
    }
    std::reverse(ends.begin(), ends.end());
    return ends;
}

// The study's start, else the first day anything is known of.
Date first_day(const ReportFacts& facts) {
    if (facts.study.start) return *facts.study.start;
    Date first = facts.question.as_of;
    for (const StoredDocument& stored : facts.records.documents)
        for (const VersionRecord& version : stored.versions)
            if (version.received) first = std::min(first, *version.received);
    return first;
}

TrendPoint to_point(const CompletenessReport& completeness) {
    TrendPoint point{completeness.question.as_of, completeness.due_now, 0};
    for (const CompletenessRow& row : completeness.rows)
        if (is_open(row) && row.state != SlotState::in_review) ++point.late;
    return point;
}

} // namespace

std::string zone_of(const templates::Rule& rule) { return rule.artifact.substr(0, rule.artifact.find('.')); }

Dashboard make_dashboard(const ReportFacts& facts) {
    const std::vector<DocumentFacts> documents = document_facts(facts);
    const std::vector<Decision> decisions = plain_decisions(facts);
    const auto on = [&](Date day) {
        CompletenessQuestion question = facts.question;
        question.as_of = day;
        return completeness(facts.catalogue, facts.study, documents, decisions, question);
    };
    Dashboard dashboard;
    for (const Date day : month_ends(first_day(facts), facts.question.as_of)) {
        const TrendPoint point = to_point(on(day));
        if (point.due.expected > 0 || !dashboard.trend.empty()) dashboard.trend.push_back(point);
    }
    dashboard.completeness = on(facts.question.as_of);
    dashboard.trend.push_back(to_point(dashboard.completeness));
    return dashboard;
}

std::vector<ZoneTotal> by_zone_and_country(const CompletenessReport& completeness) {
    std::map<std::pair<std::string, std::string>, ZoneTotal> totals;
    for (const CompletenessRow& row : completeness.rows) {
        ZoneTotal& total = totals[{zone_of(*row.rule), row.country}];
        total.zone = zone_of(*row.rule);
        total.country = row.country;
        if (is_open(row)) ++total.open;
        count_row(row, completeness.question.as_of, total.due, total.whole);
    }
    std::vector<ZoneTotal> list;
    for (auto& [key, total] : totals) list.push_back(std::move(total));
    return list;
}

} // namespace dossier::tmf
