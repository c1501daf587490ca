// How soon documents are filed: days from a document's own date to the day it was received, and to the day it was final.
#include <algorithm>
#include <map>

#include "core/text.hpp"
#include "tmf/report_kinds.hpp"

namespace dossier::tmf {

namespace {

// The p-th percentile by nearest rank: the smallest value that at least p of 100 values do not exceed. Nothing of nothing.
ReportCell nearest_rank(const std::vector<std::int64_t>& sorted, std::size_t p) {
    if (sorted.empty()) return {};
    return sorted[(p * sorted.size() + 99) / 100 - 1];
}

// One step of filing: received, or final. What is not done yet misses the target once the target's days are over, and is no measure before.
struct Step {
    std::vector<std::int64_t> days;
    Total in_target;

    // Returns the row's two cells: days, and whether it is in the target.
    std::pair<ReportCell, ReportCell> add(Date from, const OptionalDate& done, Date as_of, std::int64_t target) {
        if (done && *done <= as_of) {
            const std::int64_t taken = done->days() - from.days();
            days.push_back(taken);
            return {taken, judge(taken <= target)};
        }
        if (as_of.days() - from.days() > target) return {ReportCell(), judge(false)};
        return {};
    }
    void sort() { std::sort(days.begin(), days.end()); }

private:
    ReportCell judge(bool in) {
        ++in_target.expected;
        if (in) ++in_target.satisfied;
        return in ? "yes" : "no";
    }
};

struct Group {
    std::int64_t documents = 0;
    Step received, final;
};
using Groups = std::map<std::string, Group>; // by zone, country or site; a map so that the order is the key's

struct Places {
    Group all;
    Groups zones, countries, sites;
    void each(const std::string& zone, const std::string& country, const std::string& site, const std::function<void(Group&)>& use) {
        use(all);
        use(zones[zone]);
        use(countries[country.empty() ? "trial" : country]);
        if (!site.empty()) use(sites[site]);
    }
    void sort() {
        for (Groups* groups : {&zones, &countries, &sites})
            for (auto& [key, group] : *groups) (group.received.sort(), group.final.sort());
        all.received.sort();
        all.final.sort();
    }
};

std::vector<std::string> carried_dates(const VersionRecord& version) {
    std::vector<std::string> names;
    if (version.carried.received) names.emplace_back("received");
    if (version.carried.final) names.emplace_back("final");
    return names;
}

constexpr std::int64_t usual_target = 30; // days

struct Target {
    std::int64_t days;
    std::string from; // in words: whose target it is
};

Target target_of(const ReportFacts& facts) {
    if (facts.options.target_days) return {*facts.options.target_days, "the option --target"};
    if (facts.study.timeliness_target > 0) return {facts.study.timeliness_target, "the study's timeliness_target"};
    return {usual_target, "the default: neither the option --target nor the study says one"};
}

struct Counts {
    std::int64_t undated = 0, not_final = 0, carried = 0, given = 0;
};

void add_version(const ReportFacts& facts, std::int64_t target, const DocumentRecord& document, const VersionRecord& version,
                 ReportTable& table, Places& places, Counts& counts) {
    const Date as_of = facts.question.as_of;
    const templates::Artifact* artifact = facts.catalogue.artifact(document.unique_id);
    const std::string zone = artifact ? artifact->zone : "";
    const auto carried = carried_dates(version);
    const bool is_final = version.final && *version.final <= as_of;
    if (!version.date) ++counts.undated;
    if (!is_final) ++counts.not_final;
    if (!carried.empty()) ++counts.carried;
    const std::string id = fill("{}@{}", document_id(document.number), version.number);
    const bool given = facts.records.given_times.count(id) > 0;
    if (given) ++counts.given;
    std::pair<ReportCell, ReportCell> received, final;
    if (version.date) {
        const auto measure = [&](Group& group) {
            ++group.documents;
            received = group.received.add(*version.date, version.received, as_of, target);
            final = group.final.add(*version.date, version.final, as_of, target);
        };
        places.each(zone, document.country, document.site, measure);
    }
    table.rows.push_back({id, artifact_number(facts.catalogue, document.unique_id), artifact_name(facts.catalogue, document.unique_id),
                          zone, document.country, document.site, version.title, day_cell(version.date), day_cell(version.received),
                          received.first, received.second, is_final ? day_cell(version.final) : ReportCell(), final.first, final.second,
                          carried, std::string(given ? "yes" : "no")});
}

ReportTable group_table(const std::string& key, const std::string& title, const Groups& groups,
                        const std::function<std::string(const std::string&)>& name_of) {
    ReportTable table{"by_" + key,
                      title,
                      {{key, "Which"},
                       {"name", "Name"},
                       {"documents", "Dated documents", ColumnKind::number},
                       {"received_median", "Received: median days", ColumnKind::number},
                       {"received_p90", "Received: 90th percentile", ColumnKind::number},
                       {"received_judged", "Received: judged", ColumnKind::number},
                       {"received_in_target", "Received: in target", ColumnKind::number},
                       {"received_percent", "Received: % in target", ColumnKind::percent},
                       {"final_median", "Final: median days", ColumnKind::number},
                       {"final_p90", "Final: 90th percentile", ColumnKind::number},
                       {"final_judged", "Final: judged", ColumnKind::number},
                       {"final_in_target", "Final: in target", ColumnKind::number},
                       {"final_percent", "Final: % in target", ColumnKind::percent}},
                      {},
                      ""};
    for (const auto& [which, group] : groups) {
        const Step& r = group.received;
        const Step& f = group.final;
        table.rows.push_back({which, name_of(which), group.documents, nearest_rank(r.days, 50), nearest_rank(r.days, 90),
                              r.in_target.expected, r.in_target.satisfied, share_cell(r.in_target), nearest_rank(f.days, 50),
                              nearest_rank(f.days, 90), f.in_target.expected, f.in_target.satisfied, share_cell(f.in_target)});
    }
    return table;
}

ReportTable documents_table() {
    return {"documents",
            "Documents received",
            {{"document", "Document"},
             {"artifact", "Artifact"},
             {"name", "Name"},
             {"zone", "Zone"},
             {"country", "Country"},
             {"site", "Site"},
             {"title", "Title"},
             {"date", "Date", ColumnKind::date},
             {"received", "Received", ColumnKind::date},
             {"days_to_received", "Days to received", ColumnKind::number},
             {"received_in_target", "Received in target"},
             {"final", "Final", ColumnKind::date},
             {"days_to_final", "Days to final", ColumnKind::number},
             {"final_in_target", "Final in target"},
             {"carried_over", "Carried over", ColumnKind::list},
             {"time_given", "Time given by --now"}},
            {},
            "Every version received by that day and not withdrawn. A document that is not final yet is judged once the target's days are "
            "over."};
}

std::vector<ReportFigure> figures(const Places& places, const Counts& counts, std::size_t documents) {
    const Step& r = places.all.received;
    const Step& f = places.all.final;
    return {
        {"documents", "Documents received", number_cell(static_cast<std::int64_t>(documents)), "", "rows of documents"},
        {"received_median", "Received: median", nearest_rank(r.days, 50), "days", "days_to_received of documents, nearest rank 50"},
        {"received_p90", "Received: 90th percentile", nearest_rank(r.days, 90), "days", "days_to_received of documents, nearest rank 90"},
        {"received_in_target", "Received in target", r.in_target, "", "rows of documents with received_in_target yes, of yes or no"},
        {"final_median", "Final: median", nearest_rank(f.days, 50), "days", "days_to_final of documents, nearest rank 50"},
        {"final_p90", "Final: 90th percentile", nearest_rank(f.days, 90), "days", "days_to_final of documents, nearest rank 90"},
        {"final_in_target", "Final in target", f.in_target, "", "rows of documents with final_in_target yes, of yes or no"},
        {"not_final", "Not final yet", number_cell(counts.not_final), "", "rows of documents without final"},
        {"undated", "Without a date, not measured", number_cell(counts.undated), "", "rows of documents without date"},
        {"carried_over", "With dates carried over", number_cell(counts.carried), "", "rows of documents with carried_over"},
        {"time_given", "With a time given by --now", number_cell(counts.given), "", "rows of documents with time_given yes"},
    };
}

} // namespace

Report timeliness_report(const ReportFacts& facts) {
    Report report = start_report("timeliness", "Timeliness of filing", facts);
    const Target target = target_of(facts);
    report.settings = {{"target_days", target.days}, {"target_from", target.from}};
    ReportTable table = documents_table();
    Places places;
    Counts counts;
    const Date as_of = facts.question.as_of;
    for (const StoredDocument* stored : documents_in_scope(facts))
        for (const VersionRecord& version : stored->versions)
            if (version.received && *version.received <= as_of && !(version.withdrawn && *version.withdrawn <= as_of))
                add_version(facts, target.days, stored->document, version, table, places, counts);
    places.sort();
    report.figures = figures(places, counts, table.rows.size());
    const auto zone_name = [&facts](const std::string& zone) {
        for (const templates::Artifact& artifact : facts.catalogue.artifacts)
            if (artifact.zone == zone) return artifact.zone_name;
        return std::string();
    };
    const auto country_name = [&facts](const std::string& code) {
        const templates::Country* country = facts.catalogue.country(code);
        return country ? country->name : "";
    };
    const auto site_name = [&facts](const std::string& id) {
        const Site* site = facts.study.site(id);
        return site ? site->name : "";
    };
    report.tables = {std::move(table), group_table("zone", "By zone", places.zones, zone_name),
                     group_table("country", "By country", places.countries, country_name),
                     group_table("site", "By site", places.sites, site_name)};
    report.notes = {
        "Days are counted from the document's own date; a document received before its date counts as a negative number. "
        "Percentiles are by nearest rank: the smallest value that at least that share of the values does not exceed.",
        "A version without a date of its own is a row of documents and in no sum: by_zone, by_country and by_site count the dated "
        "ones.",
        "time_given yes: some time of this version was not the machine's but given with --now, so a day of it is as good as who "
        "gave it; the audit trail has each."};
    return report;
}

} // namespace dossier::tmf
