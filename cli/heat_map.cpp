#include "cli/heat_map.hpp"

#include <algorithm>
#include <set>

#include "core/text.hpp"
#include "tmf/report.hpp"

namespace dossier::cli {

using tmf::CompletenessRow;

namespace {

std::string key_of(templates::Level level, const std::string& country, const std::string& site) {
    return std::string(templates::to_text(level)) + "/" + country + "/" + site;
}

} // namespace

void HeatCell::add(const CompletenessRow& row, Date as_of) {
    if (tmf::is_open(row)) open.push_back(&row);
    tmf::count_row(row, as_of, due, whole);
}

std::string shade_of(const HeatCell& cell) {
    if (cell.due.expected == 0) return cell.whole.expected == 0 ? "none" : "future";
    if (cell.due.satisfied == cell.due.expected) return "c5";
    const std::int64_t tenths = cell.due.satisfied * 1000 / cell.due.expected;
    return tenths >= 900 ? "c4" : tenths >= 750 ? "c3" : tenths >= 500 ? "c2" : "c1";
}

std::string text_of(const HeatCell& cell) {
    if (cell.due.expected > 0) return fill("{}/{}", cell.due.satisfied, cell.due.expected);
    return cell.whole.expected > 0 ? fill("({})", cell.whole.expected) : "";
}

HeatMap::HeatMap(const tmf::CompletenessReport& report, const tmf::Study& study, const templates::TmfCatalogue& catalogue)
    : report_(report), catalogue_(catalogue) {
    find_places(study);
    std::set<std::string> codes;
    for (const CompletenessRow& row : report.rows) {
        codes.insert(row.milestone());
        cells_[{key_of(row.rule->level, row.country, row.site), row.milestone()}].add(row, report.question.as_of);
    }
    milestones_.assign(codes.begin(), codes.end());
}

// The trial, then each country with its sites, as far as the report has rows for them.
void HeatMap::find_places(const tmf::Study& study) {
    std::set<std::string> present;
    for (const CompletenessRow& row : report_.rows) present.insert(key_of(row.rule->level, row.country, row.site));
    const auto add = [&](HeatPlace place) {
        if (present.count(key_of(place.level, place.country, place.site)) > 0) places_.push_back(std::move(place));
    };
    std::map<std::string, std::map<std::string, const tmf::Site*>> sites; // by country and id
    for (const tmf::Country& country : study.countries) sites[country.code];
    for (const tmf::Site& site : study.sites) sites[site.country][site.id] = &site;
    add({templates::Level::trial, "", "", "Trial"});
    for (const auto& [code, of_country] : sites) {
        const templates::Country* known = catalogue_.country(code);
        add({templates::Level::country, code, "", known ? known->name : code});
        for (const auto& [id, site] : of_country)
            add({templates::Level::site, code, id, id + (site->name.empty() ? "" : " " + site->name)});
    }
}

std::string HeatMap::milestone_name(const std::string& code) const {
    const templates::Milestone* milestone = catalogue_.milestone(code);
    return milestone ? milestone->name : "";
}

const HeatCell* HeatMap::cell(const HeatPlace& place, const std::string& milestone) const {
    const auto found = cells_.find({key_of(place.level, place.country, place.site), milestone});
    return found == cells_.end() ? nullptr : &found->second;
}

HeatCell HeatMap::total(const HeatPlace& place) const {
    HeatCell all;
    for (const std::string& code : milestones_) {
        const HeatCell* found = cell(place, code);
        if (!found) continue;
        all.due.expected += found->due.expected;
        all.due.satisfied += found->due.satisfied;
        all.whole.expected += found->whole.expected;
        all.whole.satisfied += found->whole.satisfied;
    }
    return all;
}

std::string HeatMap::title(const HeatPlace& place, const std::string& milestone, const HeatCell& cell) const {
    if (cell.whole.expected == 0) return fill("{}, {}: nothing expected", place.label, milestone);
    return fill("{}, {} {}: {} of {} due are there, {} of {} altogether, {} open", place.label, milestone, milestone_name(milestone),
                cell.due.satisfied, cell.due.expected, cell.whole.satisfied, cell.whole.expected, cell.open.size());
}

void write_heat_cell(XmlWriter& writer, const HeatCell& cell, const std::string& title, const std::string& href) {
    writer.start("cell", {{"class", shade_of(cell)}, {"text", text_of(cell)}, {"title", title}, {"href", href}});
    writer.end();
}

} // namespace dossier::cli
