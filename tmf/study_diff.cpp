#include <map>
#include <set>

#include "core/text.hpp"
#include "tmf/study_apply.hpp"

namespace dossier::tmf {

namespace {

std::string short_text(const Json& value) {
    if (value.is_array()) {
        std::vector<std::string> texts;
        for (const Json& item : value.items()) texts.push_back(item.text());
        return texts.empty() ? "[]" : join(texts, ", "); // an empty list was said, too
    }
    const std::string text = value.dump(-1);
    if (text == "true" || text == "false") return text == "true" ? "yes" : "no"; // as the file says it
    return text.size() > 1 && text.front() == '"' ? value.text() : text;
}

// What tells one entry of a list from the others.
std::string key_of(const std::string& list, const Json& entry) {
    std::string key;
    const auto add = [&](const char* name) {
        const Json* part = entry.find(name);
        if (part && !part->text().empty()) key += (key.empty() ? "" : " ") + part->text();
    };
    add("id");
    add("code");
    if (list == "people") add("role");
    if (list == "people" || list == "milestones") {
        if (entry.find("site"))
            add("site");
        else
            add("country");
    }
    return key;
}

void describe_lists(const std::string& list, const Json& before, const Json& after, std::vector<std::string>& lines);

bool holds_entries(const Json& value) { return value.is_array() && !value.items().empty() && value.items().front().is_object(); }

// Who gave a milestone's dates: said where the study file now gives what a command had recorded; the dates themselves say the rest.
void describe_recorder(const std::string& what, const Json& before, const Json& after, std::vector<std::string>& lines) {
    const auto text = [](const Json& entry, const char* key) {
        const Json* const value = entry.find(key);
        return value ? value->text() : std::string();
    };
    const auto recorded = [&](const Json& entry, const char* date) {
        return entry.find("from_command") && entry.find(date) && text(entry, "from_file") != date;
    };
    for (const char* const date : {"date", "planned"})
        if (recorded(before, date) && after.find(date) && !recorded(after, date))
            lines.push_back(fill("{}: {} {} is the study file's now", what, std::string_view(date), text(after, date)));
}

void describe_maps(const std::string& what, const Json& before, const Json& after, std::vector<std::string>& lines) {
    static const Json nothing;
    static const std::set<std::string> recorder = {"from_command", "from_file"};
    // Lists of entries and maps within an entry (contracts of a vendor, switches of a site) are told entry by entry.
    const auto describe = [&](const std::string& key, const Json& old, const Json& now) {
        if (old.dump(-1) == now.dump(-1) || recorder.count(key) > 0) return;
        if (holds_entries(old) || holds_entries(now))
            describe_lists(what + ", " + key, old, now, lines);
        else if (old.is_object() || now.is_object())
            describe_maps(what + ", " + key, old, now, lines);
        else if (old.is_null())
            lines.push_back(fill("{}: {} {}", what, key, short_text(now)));
        else
            lines.push_back(fill("{}: {} {} -> {}", what, key, short_text(old), now.is_null() ? "none" : short_text(now)));
    };
    for (const auto& [key, value] : after.members()) {
        const Json* old = before.find(key);
        describe(key, old ? *old : nothing, value);
    }
    for (const auto& [key, value] : before.members())
        if (!after.find(key)) describe(key, value, nothing);
    describe_recorder(what, before, after, lines);
}

void describe_lists(const std::string& list, const Json& before, const Json& after, std::vector<std::string>& lines) {
    // Entries with one key (a person twice in a role) are compared in their order.
    std::map<std::string, std::vector<const Json*>> old;
    for (const Json& entry : before.items()) old[key_of(list, entry)].push_back(&entry);
    std::map<std::string, std::size_t> used;
    for (const Json& entry : after.items()) {
        const std::string key = key_of(list, entry);
        const auto found = old.find(key);
        const std::size_t at = used[key]++;
        if (found == old.end() || at >= found->second.size())
            lines.push_back(fill("{} {}: added", list, key));
        else
            describe_maps(list + " " + key, *found->second[at], entry, lines);
    }
    for (const auto& [key, entries] : old)
        for (std::size_t at = used[key]; at < entries.size(); ++at) lines.push_back(fill("{} {}: removed", list, key));
}

} // namespace

std::vector<std::string> describe_changes(const Json& before, const Json& after) {
    std::vector<std::string> lines;
    static const Json nothing;
    std::set<std::string> done;
    const auto describe = [&](const std::string& section, const Json& old, const Json& now) {
        if (!done.insert(section).second) return;
        if (old.is_array() || now.is_array())
            describe_lists(section, old, now, lines);
        else
            describe_maps(section, old, now, lines);
    };
    for (const auto& [section, value] : after.members()) {
        const Json* old = before.find(section);
        describe(section, old ? *old : nothing, value);
    }
    for (const auto& [section, value] : before.members()) describe(section, value, nothing);
    return lines;
}

} // namespace dossier::tmf
