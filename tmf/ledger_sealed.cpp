#include "tmf/ledger_sealed.hpp"

#include <algorithm>
#include <map>

#include "core/text.hpp"
#include "tmf/restricted_index.hpp"
#include "tmf/sealing.hpp"
#include "tmf/search.hpp"

namespace dossier::tmf {

namespace {

class SealedLedger final : public Ledger {
public:
    SealedLedger(Ledger& inner, std::shared_ptr<Sealer> sealer)
        : inner_(inner), sealer_(std::move(sealer)), restricted_(inner_, *sealer_) {}

    Result<std::unique_ptr<LedgerSnapshot>> snapshot() override { return inner_.snapshot(); }
    Result<std::unique_ptr<LedgerSnapshot>> hold() override { return inner_.hold(); }
    Result<std::vector<StudyRecord>> studies() override { return inner_.studies(); }
    Result<std::optional<StudyRecord>> study(const std::string& id) override { return inner_.study(id); }
    Result<std::vector<DecisionRecord>> decisions(const std::string& study) override {
        DOSSIER_TRY(auto all, inner_.decisions(study));
        for (DecisionRecord& record : all) record = open_record(*sealer_, record);
        return all;
    }
    Result<std::vector<StandardRecord>> standards() override { return inner_.standards(); }
    Result<std::vector<SubmissionRecord>> submissions(const std::string& study, std::int64_t document) override {
        return inner_.submissions(study, document); // what was sent to an agency is no secret; who may not see the document is the guard's
    }
    // What is restricted is in no index, its words must not lie open: it is opened for who can, and read. Behind the others, by number.
    Result<std::vector<std::int64_t>> search(const std::vector<SearchTerm>& terms, const DocumentFilter& filter) override {
        DOSSIER_TRY(auto found, inner_.search(terms, filter));
        if (!sealer_->can_open()) return found;
        DocumentFilter restricted = filter;
        restricted.restricted = true;
        DOSSIER_CHECK(each_document(restricted, [&](const StoredDocument& stored) {
            if (stored.document.sealed.empty() && matches(terms, stored)) found.push_back(stored.document.number);
            return Result<void>();
        }));
        return found;
    }
    Result<std::vector<std::string>> check_search() override { return inner_.check_search(); }
    Result<void> rebuild_search() override { return inner_.rebuild_search(); }
    Result<void> complete_search() override { return inner_.complete_search(); }
    Result<std::int64_t> last_document() override { return inner_.last_document(); }
    Result<std::int64_t> last_decision() override { return inner_.last_decision(); }
    Result<AccessRecords> access() override { return inner_.access(); }
    Result<std::int64_t> last_review() override { return inner_.last_review(); }
    Result<std::int64_t> last_query() override { return inner_.last_query(); }
    Result<std::set<std::string>> given_times(const std::string& study) override { return inner_.given_times(study); }
    Result<Checkpoint> audit_head() override { return inner_.audit_head(); }
    Result<std::vector<std::string>> check() override { return inner_.check(); }

    Result<std::optional<StoredDocument>> document(std::int64_t number) override {
        DOSSIER_TRY(auto found, inner_.document(number));
        if (found) found = open_document(*sealer_, *found);
        return found;
    }

    Result<void> each_document(const DocumentFilter& filter, const std::function<Result<void>(const StoredDocument&)>& use) override {
        if (filter.counting) return inner_.each_document(filter, use); // no words are wanted
        return inner_.each_document(filter, [&](const StoredDocument& stored) {
            return stored.document.restricted ? use(open_document(*sealer_, stored)) : use(stored);
        });
    }

    Result<std::vector<std::int64_t>> documents_by_external(const std::string& study, const std::string& external) override {
        DOSSIER_TRY(auto numbers, inner_.documents_by_external(study, external));
        if (external.empty() || !sealer_->can_open()) return numbers;
        DOSSIER_TRY(const auto sealed, restricted_.documents_called(study, external));
        numbers.insert(numbers.end(), sealed.begin(), sealed.end());
        std::sort(numbers.begin(), numbers.end());
        return numbers;
    }

    Result<std::vector<VersionRecord>> versions_with(const Sha256& sha256) override { return inner_.versions_with(sha256); }

    Result<std::vector<VersionRecord>> sealed_versions_with(const Sha256& sha256, std::uint64_t size) override {
        return sealer_->can_open() ? restricted_.versions_with(sha256, size) : std::vector<VersionRecord>();
    }

    Result<std::vector<ReviewRecord>> reviews(const std::string& study, std::int64_t document) override {
        DOSSIER_TRY(auto all, inner_.reviews(study, document));
        for (ReviewRecord& review : all) review.comment = open_text(*sealer_, review.comment);
        return all;
    }

    Result<std::vector<StoredQuery>> queries(const std::string& study, std::int64_t document) override {
        DOSSIER_TRY(auto all, inner_.queries(study, document));
        for (StoredQuery& stored : all) open(stored);
        return all;
    }

    Result<std::optional<StoredQuery>> query(std::int64_t number) override {
        DOSSIER_TRY(auto found, inner_.query(number));
        if (found) open(*found);
        return found;
    }

    Result<void> each_audit(const std::string& study, const std::string& object,
                            const std::function<Result<void>(const AuditView&)>& use) override {
        return inner_.each_audit(study, object, [&](const AuditView& entry) {
            return is_sealed(entry) && sealer_->can_open() ? use(open_entry(*sealer_, entry)) : use(entry);
        });
    }

    Result<void> commit(const Author& author, const std::vector<Change>& changes) override {
        std::vector<Change> sealed;
        std::map<std::int64_t, bool> made; // by documents of this very commit: restricted?
        DOSSIER_TRY(const std::int64_t last, inner_.last_document());
        for (const Change& change : changes) {
            const auto number = document_of(change);
            std::optional<StoredDocument> stored;
            if (number && *number <= last) {
                DOSSIER_TRY(stored, inner_.document(*number));
            }
            if (change.document) made[*number] = change.document->restricted;
            const bool was = stored && stored->document.restricted;
            if (number && !(made.count(*number) > 0 ? made[*number] : was)) {
                if (was) return restriction_stays(*number);
                if (change.version && change.version->stored_as)
                    return Error(ErrorKind::internal, fill("{}: sealed bytes for a document that is not restricted", change.object));
                sealed.push_back(change);
            } else if (number || (change.decision && change.decision->restricted)) {
                DOSSIER_TRY(Change hidden, seal(change, stored));
                sealed.push_back(std::move(hidden));
            } else {
                sealed.push_back(change);
            }
        }
        DOSSIER_TRY(const Checkpoint head, inner_.audit_head());
        DOSSIER_CHECK(inner_.commit(author, sealed));
        restricted_.committed(sealed, head.sequence);
        return {};
    }

private:
    void open(StoredQuery& stored) {
        for (QueryAct& act : stored.acts) act.text = open_text(*sealer_, act.text);
    }

    Result<Change> seal(const Change& open, const std::optional<StoredDocument>& stored) {
        Change change = open;
        if (open.document) {
            DOSSIER_TRY(change.document, seal_record(*sealer_, *open.document));
        }
        if (open.version) {
            DOSSIER_TRY(change.version, seal_record(*sealer_, *open.version));
        }
        if (open.decision) {
            DOSSIER_TRY(change.decision, seal_decision(*open.decision));
        }
        if (open.review) {
            DOSSIER_TRY(change.review->comment, seal_text(*sealer_, open.review->comment));
        }
        if (open.query_act) {
            DOSSIER_TRY(change.query_act->text, seal_text(*sealer_, open.query_act->text));
        }
        DOSSIER_TRY(change.reason, seal_text(*sealer_, open.reason));
        DOSSIER_TRY(change.old_value, seal_old(open, stored));
        return change;
    }

    // Why it was made never changes: of one that is ended or moved the sealed words stay what they are.
    Result<DecisionRecord> seal_decision(const DecisionRecord& open) {
        DOSSIER_TRY(const auto stored, stored_decision(open));
        if (!stored) return seal_record(*sealer_, open);
        DecisionRecord sealed = open;
        sealed.decision.reason = stored->decision.reason;
        return sealed;
    }

    // As it lies in the ledger; none: it is new.
    Result<std::optional<DecisionRecord>> stored_decision(const DecisionRecord& open) {
        DOSSIER_TRY(const auto all, inner_.decisions(open.study));
        for (const DecisionRecord& stored : all)
            if (stored.number == open.number) return std::optional(stored);
        return std::optional<DecisionRecord>();
    }

    // The state before as it lies in the ledger; whatever else the caller says of it, sealed as a whole.
    Result<Json> seal_old(const Change& open, const std::optional<StoredDocument>& stored) {
        if (open.old_value.is_null()) return Json();
        std::optional<DecisionRecord> decision;
        if (open.decision) {
            DOSSIER_TRY(decision, stored_decision(*open.decision));
        }
        Json old = Json::object();
        for (const auto& [kind, record] : open.old_value.members()) {
            if (kind == "document" && stored) {
                old.set(kind, to_json(stored->document));
            } else if (const VersionRecord* const before = kind == "version" ? version_before(open, stored) : nullptr) {
                old.set(kind, to_json(*before));
            } else if (kind == "decision" && decision) {
                old.set(kind, to_json(*decision));
            } else {
                DOSSIER_TRY(const std::string text, seal_text(*sealer_, record.dump(-1)));
                old.set(kind, Json::object({{"sealed", text.substr(text.find(':') + 1)}}));
            }
        }
        return old;
    }

    static const VersionRecord* version_before(const Change& change, const std::optional<StoredDocument>& stored) {
        if (!stored || !change.version) return nullptr;
        const auto at = std::find_if(stored->versions.begin(), stored->versions.end(),
                                     [&](const VersionRecord& version) { return version.number == change.version->number; });
        return at == stored->versions.end() ? nullptr : &*at;
    }

    Ledger& inner_;
    std::shared_ptr<Sealer> sealer_;
    RestrictedIndex restricted_;
};

} // namespace

std::unique_ptr<Ledger> make_sealed_ledger(Ledger& inner, std::shared_ptr<Sealer> sealer) {
    return std::make_unique<SealedLedger>(inner, std::move(sealer));
}

} // namespace dossier::tmf
