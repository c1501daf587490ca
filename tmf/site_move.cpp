#include "tmf/site_move.hpp"

#include <map>
#include <set>

#include "core/text.hpp"

namespace dossier::tmf {

namespace {

struct MovedSite {
    const Site* now = nullptr;
    std::string from;
    std::size_t documents = 0; // that the reader may see, of both
    std::vector<std::string> decisions;
};

// All sites in one reading: a study has few of them corrected, or all.
class Moving {
public:
    Moving(Ledger& ledger, const Study& before, const Study& after, const std::string& reason)
        : ledger_(ledger), study_(after), reason_(reason) {
        for (const Site& site : after.sites) {
            const Site* const was = before.site(site.id);
            if (was && was->country != site.country) moved_[site.id] = {&site, was->country, 0, {}};
        }
    }

    Result<SiteMove> run(Date today) {
        if (moved_.empty()) return std::move(out_);
        DOSSIER_CHECK(move_documents());
        DOSSIER_CHECK(move_decisions());
        for (const Site& site : study_.sites)
            if (const auto found = moved_.find(site.id); found != moved_.end()) tell(found->second);
        DOSSIER_CHECK(note_roles(today));
        return std::move(out_);
    }

private:
    // All go, also those that the reader may not see: as they lie in the ledger. Counted are those he may.
    Result<void> move_documents() {
        DocumentFilter filter;
        filter.study = study_.id;
        std::set<std::int64_t> visible;
        DOSSIER_CHECK(ledger_.each_document(filter, [&](const StoredDocument& stored) {
            if (moved_.count(stored.document.site) > 0) visible.insert(stored.document.number);
            return Result<void>();
        }));
        filter.counting = true;
        return ledger_.each_document(filter, [&](const StoredDocument& stored) {
            const DocumentRecord& document = stored.document;
            const auto moved = moved_.find(document.site);
            if (moved == moved_.end() || document.country.empty() || document.country == moved->second.now->country) return Result<void>();
            Change change = change_of(*moved->second.now, "reindexed", document_id(document.number));
            change.old_value = Json::object({{"document", to_json(document)}});
            change.document = document;
            change.document->country = moved->second.now->country;
            out_.changes.push_back(std::move(change));
            moved->second.documents += visible.count(document.number);
            return Result<void>();
        });
    }

    Result<void> move_decisions() {
        DOSSIER_TRY(const auto all, ledger_.decisions(study_.id));
        for (const DecisionRecord& record : all) {
            const auto moved = moved_.find(record.decision.site);
            if (moved == moved_.end() || record.decision.country == moved->second.now->country) continue;
            Change change = change_of(*moved->second.now, "decision_moved", decision_id(record.number));
            change.old_value = Json::object({{"decision", to_json(record)}});
            change.decision = record;
            change.decision->decision.country = moved->second.now->country;
            out_.changes.push_back(std::move(change));
            if (!record.hidden) moved->second.decisions.push_back(decision_id(record.number));
        }
        return {};
    }

    void tell(const MovedSite& site) {
        const auto line = [&](std::string_view what, const std::string& which, std::size_t count) {
            if (count > 0)
                out_.lines.push_back(fill("{} of site {}: {} {} from {} to {} with it", what, site.now->id, which,
                                          std::string_view(count == 1 ? "goes" : "go"), site.from, site.now->country));
        };
        line("documents", std::to_string(site.documents), site.documents);
        line("decisions", join(site.decisions, ", "), site.decisions.size());
    }

    // A role holds where it was given: whoever had it for the site in that country sees nothing of it in another.
    Result<void> note_roles(Date today) {
        DOSSIER_TRY(const AccessRecords access, ledger_.access());
        for (const GrantRecord& grant : access.grants) {
            const auto moved = moved_.find(grant.scope.site);
            if (moved == moved_.end() || !grant.in_force(today) || grant.scope != Scope{study_.id, moved->second.from, moved->first})
                continue;
            out_.notes.push_back(fill("{} has the role {} for site {} in {}, which does not go with it; give it again: 'dossier user "
                                      "add {} --role {} --study {} --site {}'",
                                      grant.user, grant.role, moved->first, moved->second.from, grant.user, grant.role, study_.id,
                                      moved->first));
        }
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
    std::map<std::string, MovedSite> moved_; // by id
    SiteMove out_;
};

} // namespace

Result<SiteMove> move_with_sites(Ledger& ledger, const Study& before, const Study& after, const std::string& reason, Date today) {
    return Moving(ledger, before, after, reason).run(today);
}

} // namespace dossier::tmf
