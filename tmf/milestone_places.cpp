#include "tmf/milestone_places.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <string>

#include "core/json.hpp"

namespace dossier::tmf {

namespace {

std::string text_of(const Json& entry, const char* key) {
    const Json* const value = entry.find(key);
    return value ? std::string(value->text()) : std::string();
}

// The facts without their milestones, as one text; and how often each milestone entry stands there.
struct Parts {
    std::string others;
    std::map<std::string, int> milestones;
};

Parts parts_of(const Json& facts) {
    Parts parts;
    for (const auto& [key, value] : facts.members()) {
        if (key != "milestones")
            parts.others += key + ": " + value.dump(-1) + "\n";
        else
            for (const Json& entry : value.items()) ++parts.milestones[entry.dump(-1)];
    }
    return parts;
}

// A site's country is what the list of sites says: an entry need not name it.
Scope place_of(const std::string& study, const Json& facts, const Json& entry) {
    Scope place{study, text_of(entry, "country"), text_of(entry, "site")};
    const Json* const sites = facts.find("sites");
    if (place.site.empty() || !sites) return place;
    for (const Json& site : sites->items())
        if (text_of(site, "id") == place.site) place.country = text_of(site, "country");
    return place;
}

} // namespace

std::vector<Scope> places_of_milestones(const StudyRecord& before, const StudyRecord& after) {
    const auto old_facts = parse_json(before.facts), facts = parse_json(after.facts);
    if (!old_facts || !facts || before.id != after.id || before.model != after.model) return {};
    const Parts old_parts = parts_of(*old_facts), parts = parts_of(*facts);
    if (old_parts.others != parts.others) return {};
    std::set<Scope> places;
    const auto take = [&](const Parts& these, const Parts& those) {
        for (const auto& [text, count] : these.milestones) {
            const auto other = those.milestones.find(text);
            if (other != those.milestones.end() && other->second == count) continue;
            if (const auto entry = parse_json(text)) places.insert(place_of(after.id, *facts, *entry));
        }
    };
    take(old_parts, parts);
    take(parts, old_parts);
    return {places.begin(), places.end()};
}

} // namespace dossier::tmf
