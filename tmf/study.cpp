#include "tmf/study.hpp"

#include <algorithm>

#include "core/text.hpp"

namespace dossier::tmf {

namespace {

template <class Entry> const Entry* find_id(const std::vector<Entry>& entries, std::string_view id) {
    const auto found = std::find_if(entries.begin(), entries.end(), [id](const Entry& entry) { return entry.id == id; });
    return found == entries.end() ? nullptr : &*found;
}

template <class Entries> void add_ids(const Entries& entries, std::vector<std::string>& ids) {
    for (const auto& entry : entries) ids.push_back(entry.id);
}

bool is_year(std::string_view text) { // Y1, Y12
    return text.size() >= 2 && text.size() <= 3 && text[0] == 'Y' && text[1] >= '1' && text[1] <= '9' &&
           std::all_of(text.begin() + 1, text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

} // namespace

const Country* Study::country(std::string_view code) const {
    const auto found = std::find_if(countries.begin(), countries.end(), [code](const Country& country) { return country.code == code; });
    return found == countries.end() ? nullptr : &*found;
}

const Site* Study::site(std::string_view id_) const { return find_id(sites, id_); }
const Person* Study::person(std::string_view id_) const { return find_id(people, id_); }

std::vector<std::string> event_ids(const Study& study) {
    std::vector<std::string> ids;
    add_ids(study.trainings, ids);
    add_ids(study.committees, ids);
    for (const Committee& committee : study.committees) add_ids(committee.meetings, ids);
    add_ids(study.vendors, ids);
    for (const Vendor& vendor : study.vendors) add_ids(vendor.contracts, ids);
    add_ids(study.laboratories, ids);
    for (const Laboratory& laboratory : study.laboratories) add_ids(laboratory.certificates, ids);
    add_ids(study.amendments, ids);
    add_ids(study.safety_notices, ids);
    add_ids(study.protocol_versions, ids);
    add_ids(study.ib_versions, ids);
    add_ids(study.icf_versions, ids);
    add_ids(study.visits, ids);
    add_ids(study.batches, ids);
    add_ids(study.shipments, ids);
    add_ids(study.audits, ids);
    for (const System& system : study.systems) add_ids(system.releases, ids);
    add_ids(study.occurrences, ids);
    for (const Site& site : study.sites)
        if (site.rejected) ids.push_back(site.id);
    for (const char* tag : {"final", "ctsi", "gcp", "licence"}) ids.emplace_back(tag);
    return ids;
}

bool is_known_event(const Study& study, std::string_view event) {
    if (is_year(event)) return true;
    const std::size_t dash = event.rfind('-');
    if (dash != std::string_view::npos && is_year(event.substr(dash + 1)) && find_id(study.vendors, event.substr(0, dash))) return true;
    const auto ids = event_ids(study);
    return std::find(ids.begin(), ids.end(), event) != ids.end();
}

std::string normal_language(std::string_view text) {
    const std::string tag = to_lower(trim(text));
    const auto parts = split(tag, '-');
    if (parts.empty() || parts[0].size() < 2 || parts[0].size() > 3) return {};
    for (const std::string& part : parts)
        if (part.empty() || part.size() > 8 || part.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789") != std::string::npos)
            return {};
    if (parts[0].find_first_of("0123456789") != std::string::npos) return {};
    return tag;
}

std::vector<std::string> lists_of(const Yaml& file) {
    std::vector<std::string> names;
    const Yaml* head = file.find("study");
    const Yaml* lists = head ? head->find("lists") : nullptr;
    if (!lists) return names;
    if (lists->kind == Yaml::Kind::scalar) names.push_back(lists->scalar);
    for (const Yaml& name : lists->list) names.push_back(name.scalar);
    return names;
}

std::string model_of(const Yaml& file) {
    const Yaml* head = file.find("study");
    const std::string model = head ? head->text("model") : "";
    return model.empty() ? "3.3.1" : model;
}

} // namespace dossier::tmf
