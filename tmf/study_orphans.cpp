#include "tmf/study_orphans.hpp"

#include <set>

#include "core/text.hpp"
#include "tmf/counting.hpp"

namespace dossier::tmf {

namespace {

constexpr std::size_t most_named = 5;

void move_with_site(DocumentFacts& document, const Study& study) {
    if (const Site* const site = document.site.empty() ? nullptr : study.site(document.site)) document.country = site->country;
}

// Ids of the documents that some slot takes, as good, pending or lapsed.
std::set<std::string> filling(const templates::TmfCatalogue& catalogue, const Study& study, const std::vector<DocumentFacts>& documents,
                              Date day) {
    const MilestoneDates dates(study);
    const Expectations expectations(catalogue, study, dates, {day, {}});
    const Matching matching(study, expectations, documents, Audience::unblinded); // the ledger has left out what may not be seen
    std::set<std::string> found;
    for (const templates::Rule* rule : expectations.rules())
        expectations.each(*rule, [&](const Slot& slot) {
            matching.each_match(slot, [&](const DocumentFacts& document) {
                if (matching.standing(document, slot, day) != Standing::other) found.insert(document.document);
                return true;
            });
        });
    return found;
}

// Places of the decisions in `decisions` that some slot lies in.
std::set<std::size_t> taking_out(const templates::TmfCatalogue& catalogue, const Study& study, const std::vector<Decision>& decisions,
                                 Date day) {
    const MilestoneDates dates(study);
    const Expectations expectations(catalogue, study, dates, {day, {}});
    std::set<std::size_t> found;
    for (const templates::Rule* rule : expectations.rules()) {
        std::vector<std::size_t> about;
        for (std::size_t i = 0; i < decisions.size(); ++i)
            if (decisions[i].rule.empty() || decisions[i].rule == rule->id) about.push_back(i);
        if (about.empty()) continue;
        expectations.each(*rule, [&](const Slot& slot) {
            for (const std::size_t i : about)
                if (covers(decisions[i], slot)) found.insert(i);
        });
    }
    return found;
}

// "W-000001 (EDL-087-01, site 701)"
std::string named(const DecisionRecord& record) {
    const Decision& decision = record.decision;
    std::vector<std::string> parts;
    const auto add = [&parts](const char* what, const std::string& value) {
        if (!value.empty()) parts.push_back(what + value);
    };
    add("", decision.rule);
    if (decision.site.empty()) add("country ", decision.country);
    add("site ", decision.site);
    add("person ", decision.person);
    add("event ", decision.event);
    add("language ", decision.language);
    return fill("{} ({})", decision_id(record.number), join(parts, ", "));
}

} // namespace

Result<std::vector<std::string>> note_idle_decisions(Ledger& ledger, const templates::TmfCatalogue& catalogue_before, const Study& before,
                                                     const templates::TmfCatalogue& catalogue_after, const Study& after, Date day) {
    DOSSIER_TRY(auto records, ledger.decisions(before.id));
    std::erase_if(records, [&](const DecisionRecord& record) {
        const std::string& rule = record.decision.rule;
        const bool is_lost = !rule.empty() && !catalogue_after.rule(rule);
        return record.hidden || !is_in_force(record.decision, day) || is_lost;
    });
    if (records.empty()) return std::vector<std::string>();
    std::vector<Decision> then, now;
    for (const DecisionRecord& record : records) {
        then.push_back(record.decision);
        now.push_back(record.decision);
        if (const Site* const site = record.decision.site.empty() ? nullptr : after.site(record.decision.site))
            now.back().country = site->country; // it goes with its site
    }
    const auto took = taking_out(catalogue_before, before, then, day), take = taking_out(catalogue_after, after, now, day);
    std::vector<std::string> idle, ids;
    for (const std::size_t i : took) {
        if (take.count(i) > 0) continue;
        if (ids.size() < most_named) idle.push_back(named(records[i]));
        ids.push_back(decision_id(records[i].number));
    }
    if (idle.empty()) return std::vector<std::string>();
    const std::string more = ids.size() > idle.size() ? fill(" and {} more", ids.size() - idle.size()) : "";
    return std::vector<std::string>{
        fill("with these facts {}{} would take nothing out any more; where that is meant, end {} ('dossier tmf unwaive {} {} --reason "
             "TEXT'{}), else correct the file",
             join(idle, ", "), more, std::string_view(ids.size() == 1 ? "it" : "them"), before.id, ids.front(),
             std::string_view(ids.size() == 1 ? "" : " and so on"))};
}

Result<std::vector<std::string>> note_orphans(Ledger& ledger, const templates::TmfCatalogue& catalogue_before, const Study& before,
                                              const templates::TmfCatalogue& catalogue_after, const Study& after, Date day) {
    std::vector<DocumentFacts> then, now;
    DocumentFilter filter;
    filter.study = before.id;
    filter.facts_only = true;
    DOSSIER_CHECK(ledger.each_document(filter, [&](const StoredDocument& stored) {
        for (DocumentFacts& facts : to_facts(stored, before.review)) then.push_back(std::move(facts));
        for (DocumentFacts& facts : to_facts(stored, after.review)) {
            move_with_site(facts, after);
            now.push_back(std::move(facts));
        }
        return Result<void>();
    }));
    if (then.empty()) return std::vector<std::string>();
    const std::set<std::string> filled = filling(catalogue_before, before, then, day),
                                fill_after = filling(catalogue_after, after, now, day);
    std::vector<std::string> lost;
    for (const std::string& id : filled)
        if (fill_after.count(id) == 0) lost.push_back(id);
    if (lost.empty()) return std::vector<std::string>();
    const std::size_t named = std::min(lost.size(), most_named);
    std::string ids = join({lost.begin(), lost.begin() + static_cast<std::ptrdiff_t>(named)}, ", ");
    if (lost.size() > named) ids += fill(" and {} more", lost.size() - named);
    return std::vector<std::string>{fill(
        "with these facts {} would fill no expected document any more, and {} today; where that is not meant, correct the file, or the "
        "document with 'dossier tmf reindex'",
        ids, std::string_view(lost.size() == 1 ? "does" : "do"))};
}

} // namespace dossier::tmf
