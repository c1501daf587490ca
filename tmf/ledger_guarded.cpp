#include "tmf/ledger_guarded.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "tmf/evidence.hpp"
#include "tmf/milestone_places.hpp"
#include "tmf/sealing.hpp"

namespace dossier::tmf {

namespace {

Scope place_of(const DocumentRecord& document) { return {document.study, document.country, document.site}; }

class GuardedLedger final : public Ledger {
public:
    GuardedLedger(Ledger& inner, std::shared_ptr<const AccessControl> control, std::string right)
        : inner_(inner), control_(std::move(control)), right_(std::move(right)), rules_(inner) {}

    Result<std::unique_ptr<LedgerSnapshot>> snapshot() override { return inner_.snapshot(); }
    Result<std::unique_ptr<LedgerSnapshot>> hold() override { return inner_.hold(); }
    Result<std::vector<StandardRecord>> standards() override { return inner_.standards(); }
    Result<std::int64_t> last_document() override { return inner_.last_document(); }
    Result<std::int64_t> last_decision() override { return inner_.last_decision(); }
    Result<AccessRecords> access() override { return inner_.access(); }
    Result<std::int64_t> last_review() override { return inner_.last_review(); }
    Result<std::int64_t> last_query() override { return inner_.last_query(); }
    Result<std::set<std::string>> given_times(const std::string& study) override { return inner_.given_times(study); }
    Result<Checkpoint> audit_head() override { return inner_.audit_head(); }
    Result<std::vector<std::string>> check() override { return inner_.check(); }

    Result<std::vector<StudyRecord>> studies() override {
        DOSSIER_TRY(auto all, inner_.studies());
        std::erase_if(all, [this](const StudyRecord& study) { return !control_->knows_study(study.id); });
        return all;
    }

    Result<std::optional<StudyRecord>> study(const std::string& id) override {
        if (!control_->knows_study(id)) return std::optional<StudyRecord>();
        return inner_.study(id);
    }

    Result<std::optional<StoredDocument>> document(std::int64_t number) override {
        DOSSIER_TRY(auto found, inner_.document(number));
        if (found && !is_visible(found->document)) found.reset();
        return found;
    }

    Result<void> each_document(const DocumentFilter& filter, const std::function<Result<void>(const StoredDocument&)>& use) override {
        if (filter.counting) return inner_.each_document(filter, use);
        return inner_.each_document(
            filter, [&](const StoredDocument& stored) { return is_visible(stored.document) ? use(stored) : Result<void>(); });
    }

    Result<std::vector<std::int64_t>> documents_by_external(const std::string& study, const std::string& external) override {
        DOSSIER_TRY(const auto all, inner_.documents_by_external(study, external));
        std::vector<std::int64_t> visible;
        for (const std::int64_t number : all) {
            DOSSIER_TRY(const auto stored, document(number));
            if (stored) visible.push_back(number);
        }
        return visible;
    }

    Result<std::vector<VersionRecord>> versions_with(const Sha256& sha256) override {
        DOSSIER_TRY(auto all, inner_.versions_with(sha256));
        return visible_of(std::move(all));
    }

    Result<std::vector<VersionRecord>> sealed_versions_with(const Sha256& sha256, std::uint64_t size) override {
        DOSSIER_TRY(auto all, inner_.sealed_versions_with(sha256, size));
        return visible_of(std::move(all));
    }

    Result<std::vector<std::int64_t>> search(const std::vector<SearchTerm>& terms, const DocumentFilter& filter) override {
        DOSSIER_TRY(const auto all, inner_.search(terms, filter));
        std::vector<std::int64_t> visible;
        for (const std::int64_t number : all) {
            DOSSIER_TRY(const auto stored, document(number));
            if (stored) visible.push_back(number);
        }
        return visible;
    }
    Result<std::vector<std::string>> check_search() override { return inner_.check_search(); }
    Result<void> rebuild_search() override { return inner_.rebuild_search(); }
    Result<void> complete_search() override { return inner_.complete_search(); }

    Result<std::vector<DecisionRecord>> decisions(const std::string& study) override {
        DOSSIER_TRY(auto all, inner_.decisions(study));
        std::erase_if(all, [this](const DecisionRecord& record) { return !control_->knows_study(record.study); });
        for (DecisionRecord& record : all) record = for_reader(*control_, record, rules_);
        return all;
    }

    Result<std::vector<ReviewRecord>> reviews(const std::string& study, std::int64_t number) override {
        DOSSIER_TRY(auto all, inner_.reviews(study, number));
        std::vector<ReviewRecord> visible;
        for (ReviewRecord& review : all) {
            DOSSIER_TRY(const auto stored, document(review.document));
            if (stored) visible.push_back(std::move(review));
        }
        return visible;
    }

    Result<std::vector<SubmissionRecord>> submissions(const std::string& study, std::int64_t number) override {
        DOSSIER_TRY(auto all, inner_.submissions(study, number));
        std::vector<SubmissionRecord> visible;
        for (SubmissionRecord& record : all) {
            DOSSIER_TRY(const auto stored, document(record.document));
            if (stored) visible.push_back(std::move(record));
        }
        return visible;
    }

    Result<std::vector<StoredQuery>> queries(const std::string& study, std::int64_t number) override {
        DOSSIER_TRY(auto all, inner_.queries(study, number));
        std::vector<StoredQuery> visible;
        for (StoredQuery& query : all) {
            DOSSIER_TRY(const auto stored, document(query.query.document));
            if (stored) visible.push_back(std::move(query));
        }
        return visible;
    }

    Result<std::optional<StoredQuery>> query(std::int64_t number) override {
        DOSSIER_TRY(auto found, inner_.query(number));
        if (!found) return found;
        DOSSIER_TRY(const auto stored, document(found->query.document));
        if (!stored) found.reset();
        return found;
    }

    Result<void> each_audit(const std::string& study, const std::string& object,
                            const std::function<Result<void>(const AuditView&)>& use) override {
        if (const auto asked = parse_version_reference(object)) { // of one document: the others need not be looked at
            DOSSIER_TRY(const auto stored, document(asked->document));
            if (!stored) return {};
            if (control_->may(right_, place_of(stored->document))) return inner_.each_audit(study, object, use);
        }
        if (control_->may("document.read", {}) && control_->may(right_, {})) {
            DOSSIER_TRY(const auto hidden, hidden_documents());
            DOSSIER_TRY(const auto decisions, hidden_decisions());
            return inner_.each_audit(study, object, [&](const AuditView& entry) {
                if (decisions.count(entry.object) > 0) return Result<void>();
                const auto reference = hidden.empty() ? std::nullopt : parse_version_reference(entry.object);
                return reference && hidden.count(reference->document) > 0 ? Result<void>() : use(entry);
            });
        }
        DOSSIER_TRY(const auto places, places_of_documents());
        DOSSIER_TRY(const auto decisions, hidden_decisions());
        return inner_.each_audit(study, object, [&](const AuditView& entry) {
            if (decisions.count(entry.object) > 0) return Result<void>();
            const auto reference = parse_version_reference(entry.object);
            if (!reference) return control_->may(right_, {std::string(entry.study), "", ""}) ? use(entry) : Result<void>();
            const auto place = places.find(reference->document);
            return place != places.end() && control_->may(right_, place->second) ? use(entry) : Result<void>();
        });
    }

    Result<void> commit(const Author& author, const std::vector<Change>& changes) override {
        if (!control_->is_open())
            for (const Change& change : changes) DOSSIER_CHECK(require(change));
        return inner_.commit(author, changes);
    }

private:
    Result<std::vector<VersionRecord>> visible_of(std::vector<VersionRecord> all) {
        std::vector<VersionRecord> visible;
        for (VersionRecord& version : all) {
            DOSSIER_TRY(const auto stored, document(version.document));
            if (stored) visible.push_back(std::move(version));
        }
        return visible;
    }

    // A restricted document takes the role and the key: without the key its words are still sealed.
    bool is_visible(const DocumentRecord& document) const {
        const Scope place = place_of(document);
        if (document.restricted && (!document.sealed.empty() || !control_->may(right_to_restricted, place))) return false;
        return control_->may("document.read", place);
    }

    // Restricted documents that this user may not see.
    Result<std::set<std::int64_t>> hidden_documents() {
        std::set<std::int64_t> hidden;
        DocumentFilter filter;
        filter.restricted = true;
        DOSSIER_CHECK(inner_.each_document(filter, [&](const StoredDocument& stored) {
            if (!is_visible(stored.document)) hidden.insert(stored.document.number);
            return Result<void>();
        }));
        return hidden;
    }

    // As the audit trail names them: "W-000001".
    Result<std::set<std::string, std::less<>>> hidden_decisions() {
        std::set<std::string, std::less<>> hidden;
        DOSSIER_TRY(const auto all, inner_.decisions(""));
        for (const DecisionRecord& record : all)
            if (for_reader(*control_, record, rules_).hidden) hidden.insert(decision_id(record.number));
        return hidden;
    }

    // Of the documents that this user may see.
    Result<std::map<std::int64_t, Scope>> places_of_documents() {
        std::map<std::int64_t, Scope> places;
        DOSSIER_CHECK(inner_.each_document({}, [&](const StoredDocument& stored) {
            if (is_visible(stored.document)) places.emplace(stored.document.number, place_of(stored.document));
            return Result<void>();
        }));
        return places;
    }

    // The change must be allowed where the record was and where it goes.
    Result<void> require(const Change& change) {
        std::vector<Scope> places;
        std::optional<StoredDocument> stored;
        if (change.document) places.push_back(place_of(*change.document));
        if (const auto number = document_of(change)) {
            DOSSIER_TRY(stored, inner_.document(*number));
            if (stored) places.push_back(place_of(stored->document));
        }
        if (change.decision) {
            const Decision& decision = change.decision->decision;
            places.push_back({change.decision->study, decision.country, decision.site});
        }
        if (change.grant) places.push_back(change.grant->scope);
        if (change.study_record) DOSSIER_CHECK(add_places_of(*change.study_record, places));
        if (places.empty() && (change.user || change.unblinding_key || change.envelope)) return control_->require_somewhere(right_);
        if (places.empty()) places.push_back({change.study, "", ""});
        DOSSIER_TRY(const bool own, is_own(change, stored));
        for (const Scope& place : places) {
            DOSSIER_CHECK(control_->require(right_, place, own));
            if (brings_review(change, stored)) DOSSIER_CHECK(control_->require("document.migrate", place));
            if (withdraws(change, stored)) DOSSIER_CHECK(control_->require("document.reindex", place));
        }
        return {};
    }

    // A milestone of a country or a site is recorded there. Every other fact is the whole study's, as a study file brings them.
    Result<void> add_places_of(const StudyRecord& record, std::vector<Scope>& places) {
        std::vector<Scope> changed;
        if (right_ == "milestone.set") {
            DOSSIER_TRY(const auto stored, inner_.study(record.id));
            if (stored) changed = places_of_milestones(*stored, record);
        }
        if (changed.empty()) changed.push_back({record.id, "", ""});
        places.insert(places.end(), changed.begin(), changed.end());
        return {};
    }

    // Whether the change passes or rejects what this user wrote.
    Result<bool> is_own(const Change& change, const std::optional<StoredDocument>& stored) {
        if (!change.review || !stored) return false;
        DOSSIER_TRY(const std::string author, author_of_version(inner_, *stored, change.review->version));
        return author == control_->user();
    }

    // Dates of review that come with a new version: whoever files could accept his own work that way.
    static bool brings_review(const Change& change, const std::optional<StoredDocument>& stored) {
        if (!change.version || (!change.version->carried.accepted && !change.version->carried.rejected)) return false;
        return !stored || std::none_of(stored->versions.begin(), stored->versions.end(),
                                       [&](const VersionRecord& version) { return version.number == change.version->number; });
    }

    // Of a version that is filed: it does not count any longer, which is more than filing.
    static bool withdraws(const Change& change, const std::optional<StoredDocument>& stored) {
        return change.version && stored && std::any_of(stored->versions.begin(), stored->versions.end(), [&](const VersionRecord& version) {
                   return version.number == change.version->number && version.withdrawn != change.version->withdrawn;
               });
    }

    Ledger& inner_;
    std::shared_ptr<const AccessControl> control_;
    std::string right_;
    RuleNature rules_;
};

} // namespace

DecisionRecord for_reader(const AccessControl& control, const DecisionRecord& record, RuleNature& rules) {
    DecisionRecord seen = record;
    const Decision& decision = record.decision;
    const bool may = control.may(right_to_restricted, {record.study, decision.country, decision.site});
    // Marked for this reader only: when he ends or moves it, what the ledger has of its reason stays.
    seen.restricted = record.restricted || (!may && rules.may_unblind(decision.rule));
    seen.hidden = seen.restricted && (!may || is_sealed_text(decision.reason));
    if (seen.hidden) seen.decision.reason = "(sealed)";
    return seen;
}

std::unique_ptr<Ledger> make_guarded_ledger(Ledger& inner, std::shared_ptr<const AccessControl> control, std::string right) {
    return std::make_unique<GuardedLedger>(inner, std::move(control), std::move(right));
}

} // namespace dossier::tmf
