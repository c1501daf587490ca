#include "tmf/access.hpp"

#include <algorithm>
#include <tuple>

#include "core/text.hpp"

namespace dossier::tmf {

namespace {

void set_text(Json& json, const char* key, const std::string& text) {
    if (!text.empty()) json.set(key, text);
}

std::optional<Date> day_of(const std::string& time) { return parse_date(std::string_view(time).substr(0, 10)); }

} // namespace

bool Scope::covers(const Scope& place) const {
    const auto fits = [](const std::string& part, const std::string& there) { return part.empty() || part == there; };
    return fits(study, place.study) && fits(country, place.country) && fits(site, place.site);
}

std::string Scope::text() const {
    const std::string of_study = study.empty() ? "" : " of study " + study;
    if (!site.empty()) return "site " + site + of_study;
    if (!country.empty()) return "country " + country + of_study;
    return study.empty() ? "the whole repository" : "study " + study;
}

bool GrantRecord::was_in_force(Date day) const {
    const auto first = day_of(from), last = day_of(ended);
    return (!first || *first <= day) && (!until || day <= *until) && (!last || day <= *last);
}

std::string grant_id(std::int64_t number) { return fill("G-{:06}", number); }

Json to_json(const UserRecord& record) {
    Json json = Json::object({{"id", record.name}});
    set_text(json, "printed_name", record.printed_name);
    set_text(json, "certificate", record.certificate);
    return json;
}

Json to_json(const GrantRecord& record) {
    Json json = Json::object({{"id", grant_id(record.number)}, {"user", record.user}, {"role", record.role}});
    set_text(json, "study", record.scope.study);
    set_text(json, "country", record.scope.country);
    set_text(json, "site", record.scope.site);
    set_text(json, "from", record.from);
    if (record.until) json.set("until", record.until->text());
    set_text(json, "by", record.by);
    set_text(json, "reason", record.reason);
    set_text(json, "ended", record.ended);
    set_text(json, "ended_by", record.ended_by);
    return json;
}

std::string key_id(int number) { return fill("K-{}", number); }
std::string envelope_id(const EnvelopeRecord& record) { return fill("{}/{}", key_id(record.key), record.user); }

Json to_json(const UnblindingKeyRecord& record) {
    return Json::object({{"id", key_id(record.number)}, {"certificate", record.certificate}, {"from", record.from}});
}

Json to_json(const EnvelopeRecord& record) {
    return Json::object({{"id", envelope_id(record)}, {"user", record.user}, {"envelope", record.envelope}});
}

std::vector<GrantRecord> grants_on(const AccessRecords& records, Date day) {
    std::vector<GrantRecord> found;
    for (const GrantRecord& grant : records.grants)
        if (grant.was_in_force(day)) found.push_back(grant);
    std::stable_sort(found.begin(), found.end(), [](const GrantRecord& a, const GrantRecord& b) { return a.user < b.user; });
    return found;
}

} // namespace dossier::tmf
