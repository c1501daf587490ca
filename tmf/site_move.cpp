#include "tmf/site_move.hpp"

#include <set>

#include "core/text.hpp"

namespace dossier::tmf {

namespace {

class Moving {
public:
    Moving(Ledger& ledger, const Study& study, const std::string& reason, Date today)
        : ledger_(ledger), study_(study), reason_(reason), today_(today) {}

    Result<void> move(const Site& site, const std::string& from) {
        DOSSIER_CHECK(move_documents(site, from));
        DOSSIER_CHECK(move_decisions(site, from));
        return note_roles(site, from);
    }

    SiteMove take() { return std::move(out_); }

private:
    // All go, also those that the reader may not see: as they lie in the ledger. Told are those he may.
    Result<void> move_documents(const Site& site, const std::string& from) {
        DocumentFilter filter;
        filter.study = study_.id;
        filter.site = site.id;
        std::set<std::int64_t> visible;
        DOSSIER_CHECK(ledger_.each_document(filter, [&visible](const StoredDocument& stored) {
            visible.insert(stored.document.number);
            return Result<void>();
        }));
        std::size_t told = 0;
        filter.counting = true;
        DOSSIER_CHECK(ledger_.each_document(filter, [&](const StoredDocument& stored) {
            const DocumentRecord& document = stored.document;
            if (document.country.empty() || document.country == site.country) return Result<void>();
            Change change = change_of(site, "reindexed", document_id(document.number));
            change.old_value = Json::object({{"document", to_json(document)}});
            change.document = document;
            change.document->country = site.country;
            out_.changes.push_back(std::move(change));
            told += visible.count(document.number);
            return Result<void>();
        }));
        if (told > 0)
            out_.lines.push_back(fill("documents of site {}: {} {} from {} to {} with it", site.id, told,
                                      std::string_view(told == 1 ? "goes" : "go"), from, site.country));
        return {};
    }

    Result<void> move_decisions(const Site& site, const std::string& from) {
        DOSSIER_TRY(const auto all, ledger_.decisions(study_.id));
        std::vector<std::string> told;
        for (const DecisionRecord& record : all) {
            if (record.decision.site != site.id || record.decision.country == site.country) continue;
            Change change = change_of(site, "decision_moved", decision_id(record.number));
            change.old_value = Json::object({{"decision", to_json(record)}});
            change.decision = record;
            change.decision->decision.country = site.country;
            out_.changes.push_back(std::move(change));
            if (!record.hidden) told.push_back(decision_id(record.number));
        }
        if (!told.empty())
            out_.lines.push_back(fill("decisions of site {}: {} {} from {} to {} with it", site.id, join(told, ", "),
                                      std::string_view(told.size() == 1 ? "goes" : "go"), from, site.country));
        return {};
    }

    // A role holds where it was given: whoever had it for the site in that country sees nothing of it in another.
    Result<void> note_roles(const Site& site, const std::string& from) {
        DOSSIER_TRY(const AccessRecords access, ledger_.access());
        for (const GrantRecord& grant : access.grants)
            if (grant.in_force(today_) && grant.scope == Scope{study_.id, from, site.id})
                out_.notes.push_back(fill("{} has the role {} for site {} in {}, which does not go with it; give it again: 'dossier user "
                                          "add {} --role {} --study {} --site {}'",
                                          grant.user, grant.role, site.id, from, grant.user, grant.role, study_.id, site.id));
        return {};
    }

    Change change_of(const Site& site, const char* action, std::string object) const {
        Change change;
        change.action = action;
        change.study = study_.id;
        change.object = std::move(object);
        change.reason = fill("site {} is in {}", site.id, site.country) + (reason_.empty() ? "" : ": " + reason_);
        return change;
    }

    Ledger& ledger_;
    const Study& study_;
    const std::string& reason_;
    Date today_;
    SiteMove out_;
};

} // namespace

Result<SiteMove> move_with_sites(Ledger& ledger, const Study& before, const Study& after, const std::string& reason, Date today) {
    Moving moving(ledger, after, reason, today);
    for (const Site& site : after.sites) {
        const Site* const was = before.site(site.id);
        if (was && was->country != site.country) DOSSIER_CHECK(moving.move(site, was->country));
    }
    return moving.take();
}

} // namespace dossier::tmf
