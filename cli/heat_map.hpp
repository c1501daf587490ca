// The heat map of a completeness report: for each place (the trial, each country, its sites) and each milestone what is due, what of it is
// there, and what is open. For the pages that show it.
#pragma once

#include "core/xml.hpp"
#include "tmf/completeness.hpp"

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace dossier::cli {

struct HeatPlace {
    templates::Level level = templates::Level::trial;
    std::string country, site, label;
};

struct HeatCell {
    tmf::Total due, whole;
    std::vector<const tmf::CompletenessRow*> open;
    void add(const tmf::CompletenessRow& row, Date as_of);
};

// Full marks only for all of it: 1999 of 2000 is not green. c1 below 50 %, c2, c3 from 75, c4 from 90, c5 all; future: nothing due yet;
// none: nothing expected.
std::string shade_of(const HeatCell& cell);
std::string text_of(const HeatCell& cell); // "3/4", "(2)" when nothing is due yet, ""

// Report, study and catalogue must outlive it.
class HeatMap {
public:
    HeatMap(const tmf::CompletenessReport& report, const tmf::Study& study, const templates::TmfCatalogue& catalogue);

    const std::vector<HeatPlace>& places() const { return places_; } // that the report has rows for
    const std::vector<std::string>& milestones() const { return milestones_; }
    std::string milestone_name(const std::string& code) const;
    const HeatCell* cell(const HeatPlace& place, const std::string& milestone) const; // null: nothing there
    HeatCell total(const HeatPlace& place) const; // over all milestones, without the list of what is open
    // For people who cannot see the shade.
    std::string title(const HeatPlace& place, const std::string& milestone, const HeatCell& cell) const;

private:
    using Key = std::pair<std::string, std::string>;
    void find_places(const tmf::Study& study);

    const tmf::CompletenessReport& report_;
    const templates::TmfCatalogue& catalogue_;
    std::vector<HeatPlace> places_;
    std::vector<std::string> milestones_;
    std::map<Key, HeatCell> cells_; // by place and milestone
};

void write_heat_cell(XmlWriter& writer, const HeatCell& cell, const std::string& title, const std::string& href);

} // namespace dossier::cli
