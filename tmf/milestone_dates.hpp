// Dates of milestones at the study, a country or a site: the entry's date, else its planned date, else what follows from other facts
// (docs/expected_documents.md, "Milestone dates"). The Study must outlive this.
#pragma once

#include "tmf/study.hpp"

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace dossier::tmf {

enum class Use {
    planned_too, // for due dates and the next milestone
    happened     // for everything that opens, closes, ends or unblinds
};

struct NextMilestone {
    Date date;
    std::string code, country, site;
    bool operator==(const NextMilestone&) const = default;
};

class MilestoneDates {
public:
    explicit MilestoneDates(const Study& study);

    OptionalDate at_study(std::string_view code, Use use) const;
    OptionalDate at_country(std::string_view code, const std::string& country, Use use) const;
    OptionalDate at_site(std::string_view code, const std::string& site, Use use) const;

    // The earliest date after `day` of milestones 01 to 12 at the study, a country or a site that is not rejected.
    std::optional<NextMilestone> next_after(Date day) const;

private:
    OptionalDate entry(std::string_view code, std::string_view country, std::string_view site, Use use) const;
    OptionalDate country_closed(const std::string& country, Use use) const;
    OptionalDate country_approved(std::string_view code, const std::string& country, Use use) const;
    OptionalDate last_of_all_countries(Use use) const;

    const Study& study_;
    std::unordered_map<std::string, const MilestoneEntry*> entries_;
    std::unordered_map<std::string_view, const Site*> sites_;
    std::unordered_map<std::string_view, std::vector<const Site*>> sites_of_; // not rejected, by country
    std::unordered_map<std::string_view, Date> first_visit_;                  // interim, by site
};

} // namespace dossier::tmf
