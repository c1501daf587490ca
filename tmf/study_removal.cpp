#include "tmf/study_removal.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "core/text.hpp"

namespace dossier::tmf {

namespace {

std::set<std::string> ids_of(const Study& study) {
    std::set<std::string> ids;
    for (const Country& country : study.countries) ids.insert("country " + country.code);
    for (const Site& site : study.sites) ids.insert("site " + site.id);
    for (const Person& person : study.people) ids.insert("person " + person.id);
    for (const std::string& event : event_ids(study)) ids.insert("event " + event);
    return ids;
}

bool is_in_force(const DecisionRecord& record, Date today) { return !record.decision.until || *record.decision.until >= today; }

// Documents and decisions, by what of the study they name.
class Naming {
public:
    explicit Naming(const Study& after) : after_(after) {}

    void add(const StoredDocument& stored, bool visible) {
        const std::string id = visible ? document_id(stored.document.number) : "";
        add_place(stored.document.country, stored.document.site, documents_, id);
        // Persons and events are a version's own, and a correction of the document without a number is one of its newest version.
        const bool is_one = stored.versions.size() == 1;
        for (const VersionRecord& version : stored.versions)
            add_parts(version.person, version.event, documents_, is_one || id.empty() ? id : fill("{}@{}", id, version.number));
    }
    void add(const DecisionRecord& record) {
        const std::string id = record.hidden ? "" : decision_id(record.number);
        add_place(record.decision.country, record.decision.site, decisions_, id);
        add_parts(record.decision.person, record.decision.event, decisions_, id);
    }

    bool is_named(const std::string& name) const { return named_.count(name) > 0; }

    Error refusal(const std::string& name, const std::string& study) const {
        const auto documents = documents_.find(name), decisions = decisions_.find(name);
        std::vector<std::string> who, remedies{"put it back (a site that ended has a closed date, a person a to date)"};
        if (documents != documents_.end()) {
            who.push_back(first_of(documents->second) + " name it");
            remedies.emplace_back("correct the documents first with 'dossier tmf reindex'");
        }
        if (decisions != decisions_.end()) {
            who.push_back(fill("{} about it {} in force", first_of(decisions->second),
                               std::string_view(decisions->second.size() == 1 ? "is" : "are")));
            remedies.push_back(fill("end the decision first: 'dossier tmf unwaive {} {} --reason TEXT'", study, decisions->second.front()));
        }
        if (who.empty()) {
            who.emplace_back("the record still needs it");
            remedies.emplace_back("ask somebody in an unblinded role");
        }
        return {ErrorKind::conflict, fill("{} is gone, but {}", name, join(who, ", and ")), Place{}, join(remedies, ", or ")};
    }

private:
    using Lists = std::map<std::string, std::vector<std::string>>;

    // Where a site that stays is now: its documents and decisions go with it.
    void add_place(const std::string& country, const std::string& site, Lists& lists, const std::string& id) {
        const Site* const stays = after_.site(site);
        if (!country.empty()) add_name("country " + (stays ? stays->country : country), lists, id);
        if (!site.empty()) add_name("site " + site, lists, id);
    }
    void add_parts(const std::string& persons, const std::string& events, Lists& lists, const std::string& id) {
        for (const std::string& person : split(persons, ';')) add_name("person " + person, lists, id);
        for (const std::string& event : split(events, ';')) {
            add_name("event " + event, lists, id);
            if (const std::size_t year = event.rfind("-Y"); year != std::string::npos) // V1-Y2: the vendor's second year
                add_name("event " + event.substr(0, year), lists, id);
        }
    }
    void add_name(const std::string& name, Lists& lists, const std::string& id) {
        named_.insert(name);
        if (id.empty()) return;
        auto& list = lists[name];
        if (list.empty() || list.back() != id) list.push_back(id);
    }

    static std::string first_of(const std::vector<std::string>& ids) {
        const std::size_t shown = std::min<std::size_t>(3, ids.size());
        return join({ids.begin(), ids.begin() + static_cast<std::ptrdiff_t>(shown)}, ", ") +
               (ids.size() > shown ? fill(" and {} more", ids.size() - shown) : "");
    }

    const Study& after_;
    std::set<std::string> named_; // by any, hidden ones too
    Lists documents_, decisions_; // by those that the reader may see
};

} // namespace

Result<void> check_removed(Ledger& ledger, const Study& before, const Study& after, Date today) {
    const auto old_ids = ids_of(before), new_ids = ids_of(after);
    std::set<std::string> removed;
    std::set_difference(old_ids.begin(), old_ids.end(), new_ids.begin(), new_ids.end(), std::inserter(removed, removed.end()));
    if (removed.empty()) return {};
    Naming naming(after);
    DocumentFilter filter;
    filter.study = before.id;
    for (const bool counting : {true, false}) {
        filter.counting = counting;
        DOSSIER_CHECK(ledger.each_document(filter, [&](const StoredDocument& stored) {
            naming.add(stored, !counting);
            return Result<void>();
        }));
    }
    DOSSIER_TRY(const auto decisions, ledger.decisions(before.id));
    for (const DecisionRecord& record : decisions)
        if (is_in_force(record, today)) naming.add(record);
    Error all(ErrorKind::conflict, "the study file no longer has what filed documents or decisions name; nothing was changed");
    for (const std::string& name : removed)
        if (naming.is_named(name)) all.details.push_back(naming.refusal(name, before.id));
    if (!all.details.empty()) return all;
    return {};
}

Result<std::vector<std::string>> note_lost_rules(Ledger& ledger, const std::string& study, const templates::TmfCatalogue& before,
                                                 const templates::TmfCatalogue& after, Date today) {
    DOSSIER_TRY(const auto decisions, ledger.decisions(study));
    std::vector<std::string> notes;
    for (const DecisionRecord& record : decisions) {
        const std::string& rule = record.decision.rule;
        if (record.hidden || !is_in_force(record, today) || !before.rule(rule) || after.rule(rule)) continue;
        notes.push_back(
            fill("{} is about {}, which the study no longer has, and holds again when the rule comes back; 'dossier tmf unwaive "
                 "{} {} --reason TEXT' ends it",
                 decision_id(record.number), rule, study, decision_id(record.number)));
    }
    return notes;
}

} // namespace dossier::tmf
