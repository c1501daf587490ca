// The closed lists of the expected-document rules: levels, keys, roles, kinds of occurrence.
#include <algorithm>
#include <array>

#include "templates/tmf_catalogue.hpp"

namespace dossier::templates {

std::string_view to_text(Level level) { return level == Level::trial ? "trial" : level == Level::country ? "country" : "site"; }

std::string_view tag_of(Per per) {
    switch (per) {
    case Per::study_final:
    case Per::site_final:
        return "final";
    case Per::site_ctsi:
        return "ctsi";
    case Per::person_gcp:
        return "gcp";
    case Per::person_licence:
        return "licence";
    default:
        return "";
    }
}

bool takes_any_event(Per per) { return per == Per::study_any || per == Per::site_any; }

bool has_event(Per per) {
    switch (per) {
    case Per::study:
    case Per::country:
    case Per::site:
    case Per::study_any:
    case Per::site_any:
    case Per::language:
    case Per::person:
        return false;
    default:
        return true;
    }
}

bool is_born(Per per) {
    switch (per) {
    case Per::study:
    case Per::country:
    case Per::site:
    case Per::study_any:
    case Per::site_any:
    case Per::study_final:
    case Per::site_final:
    case Per::site_ctsi:
    case Per::language:
        return false;
    default:
        return true;
    }
}

bool is_yearly(Per per) { return per == Per::study_year || per == Per::country_year || per == Per::ec_year || per == Per::vendor_year; }

bool is_for_person(Per per) {
    return per == Per::person || per == Per::person_gcp || per == Per::person_licence || per == Per::person_training;
}

const std::vector<std::string>& person_roles() {
    static const std::vector<std::string> roles = {"principal_investigator",
                                                   "sub_investigator",
                                                   "coordinating_investigator",
                                                   "site_staff",
                                                   "pharmacist",
                                                   "unblinded_pharmacist",
                                                   "sponsor_staff",
                                                   "monitor",
                                                   "medical_monitor",
                                                   "vendor_staff",
                                                   "laboratory_head",
                                                   "committee_member"};
    return roles;
}

const std::vector<std::string>& role_groups() {
    static const std::vector<std::string> groups = {"investigator", "site_team", "sponsor_team"};
    return groups;
}

std::vector<std::string> roles_in(std::string_view role) {
    if (role == "investigator") return {"principal_investigator", "sub_investigator"};
    if (role == "site_team") return {"principal_investigator", "sub_investigator", "site_staff", "pharmacist", "unblinded_pharmacist"};
    if (role == "sponsor_team") return {"sponsor_staff", "monitor", "medical_monitor"};
    return {std::string(role)};
}

const std::vector<std::string>& occurrence_types() {
    static const std::vector<std::string> types = {"kick_off",
                                                   "investigator_meeting",
                                                   "additional_monitoring",
                                                   "interim_analysis",
                                                   "subject_unblinding",
                                                   "sae",
                                                   "pregnancy",
                                                   "special_interest",
                                                   "ip_transfer",
                                                   "ip_relabel",
                                                   "ip_recall",
                                                   "ip_complaint",
                                                   "ip_excursion",
                                                   "ip_extension",
                                                   "db_change",
                                                   "db_unlock"};
    return types;
}

} // namespace dossier::templates
