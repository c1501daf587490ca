#include "tmf/known_state.hpp"

#include <algorithm>
#include <tuple>

#include "core/text.hpp"

namespace dossier::tmf {

namespace {

constexpr std::string_view nothing_known = "nothing was known of study";

class Replay {
public:
    Result<void> add(const AuditView& entry) {
        if (entry.new_value.empty()) return {};
        const std::string place = fill("audit trail, entry {}", entry.sequence);
        DOSSIER_TRY(const Json value, parse_json(entry.new_value, place));
        for (const auto& [kind, record] : value.members()) {
            auto taken = take(kind, record);
            if (taken) continue;
            taken.error().where.path = place;
            taken.error().remedy = "'dossier tmf check' compares the trail with the ledger's rows";
            return taken;
        }
        if (entry.clock == "given") given_times_.emplace(entry.object);
        return {};
    }

    bool knows_study() const { return !record_.id.empty(); }

    StudyState finish() {
        StudyState state;
        state.record = std::move(record_);
        for (auto& [number, document] : documents_) {
            StoredDocument stored{std::move(document.record), {}};
            for (auto& [version, record] : document.versions) stored.versions.push_back(std::move(record));
            if (!stored.versions.empty()) state.documents.push_back(std::move(stored));
        }
        for (auto& [number, decision] : decisions_) state.decisions.push_back(std::move(decision));
        for (auto& [number, review] : reviews_) state.reviews.push_back(std::move(review));
        for (auto& [number, query] : queries_) state.queries.push_back(std::move(query));
        for (auto& [id, submission] : submissions_) state.submissions.push_back(std::move(submission));
        std::sort(state.submissions.begin(), state.submissions.end(), [](const SubmissionRecord& a, const SubmissionRecord& b) {
            return std::tie(a.application, a.sequence, a.document, a.version, a.leaf) <
                   std::tie(b.application, b.sequence, b.document, b.version, b.leaf);
        });
        state.others = std::move(others_);
        state.given_times = std::move(given_times_);
        return state;
    }

private:
    struct Document {
        DocumentRecord record;
        std::map<int, VersionRecord> versions;
    };

    Result<void> take(const std::string& kind, const Json& record) {
        if (kind == "study") {
            DOSSIER_TRY(record_, study_record_from(record));
        } else if (kind == "document") {
            DOSSIER_TRY(auto document, document_record_from(record));
            documents_[document.number].record = std::move(document);
        } else if (kind == "version") {
            DOSSIER_TRY(auto version, version_record_from(record));
            documents_[version.document].versions[version.number] = std::move(version);
        } else if (kind == "decision") {
            DOSSIER_TRY(auto decision, decision_record_from(record));
            decisions_[decision.number] = std::move(decision);
        } else if (kind == "review") {
            DOSSIER_TRY(auto review, review_record_from(record));
            reviews_[review.number] = std::move(review);
        } else if (kind == "query") {
            DOSSIER_TRY(auto query, query_record_from(record));
            queries_[query.number].query = std::move(query);
        } else if (kind == "query_act") {
            DOSSIER_TRY(auto act, query_act_from(record));
            queries_[act.query].acts.push_back(std::move(act));
        } else if (kind == "submission") {
            DOSSIER_TRY(auto submission, submission_record_from(record));
            const std::string id = submission.id();
            submissions_[id] = std::move(submission);
        } else if (const Json* id = record.find("id")) {
            others_[kind][id->text()] = record;
        }
        return {};
    }

    StudyRecord record_;
    std::map<std::int64_t, Document> documents_;
    std::map<std::int64_t, DecisionRecord> decisions_;
    std::map<std::int64_t, ReviewRecord> reviews_;
    std::map<std::int64_t, StoredQuery> queries_;
    std::map<std::string, SubmissionRecord> submissions_; // by id
    std::map<std::string, std::map<std::string, Json>> others_;
    std::set<std::string> given_times_;
};

// How far the trail goes that was known on a day. What was known is the beginning of the trail, up to the first entry that came later.
class KnownPart {
public:
    explicit KnownPart(Date day) : last_day_(day.text()) {}

    // True: known; false: later, or not certain yet.
    bool feed(const AuditView& entry) {
        if (is_over_) return false;
        const std::string_view day = entry.time.substr(0, last_day_.size()); // UTC: the day stands in front
        const bool is_later = day > last_day_;
        if (is_later && first_later_.empty()) first_later_ = day;
        if (entry.clock == "system") { // what stands before it was there when it was made, whatever time somebody gave it
            is_over_ = is_later;
            if (is_later) first_later_ = std::min(first_later_, std::string(day));
            if (!is_later) first_later_.clear();
        }
        if (first_later_.empty()) last_ = entry.sequence;
        return first_later_.empty();
    }
    std::int64_t last() const { return last_; }                     // sequence of the last entry that was known
    const std::string& first_later() const { return first_later_; } // day on which the next one came; empty: there is none

private:
    std::string last_day_, first_later_;
    std::int64_t last_ = 0;
    bool is_over_ = false;
};

} // namespace

Result<StudyState> state_known_at(Ledger& ledger, const std::string& study, Date day) {
    DOSSIER_CHECK(model_of_study(ledger, study)); // says which studies there are
    Replay replay;
    KnownPart known(day);
    std::int64_t replayed = 0;
    bool waits = false; // for a later entry that makes it certain
    DOSSIER_CHECK(ledger.each_audit(study, "", [&](const AuditView& entry) -> Result<void> {
        waits = !known.feed(entry) || waits;
        if (waits) return {};
        replayed = entry.sequence;
        return replay.add(entry);
    }));
    if (known.last() > replayed)
        DOSSIER_CHECK(ledger.each_audit(study, "", [&](const AuditView& entry) {
            return entry.sequence > replayed && entry.sequence <= known.last() ? replay.add(entry) : Result<void>();
        }));
    if (replay.knows_study()) return replay.finish();
    return Error(ErrorKind::not_found, fill("{} {} on {}", nothing_known, study, day.text()), {},
                 fill("the ledger has it since {}; --as-of judges an earlier day by what is recorded now", known.first_later()));
}

bool is_not_known_then(const Error& error) { return error.kind == ErrorKind::not_found && starts_with(error.message, nothing_known); }

Result<StudyState> state_now(Ledger& ledger, const std::string& study) {
    StudyState state;
    DOSSIER_TRY(auto record, ledger.study(study));
    if (record) state.record = std::move(*record);
    DocumentFilter filter;
    filter.study = study;
    filter.counting = true; // reports count what they may not name
    DOSSIER_CHECK(ledger.each_document(filter, [&state](const StoredDocument& stored) {
        state.documents.push_back(stored);
        return Result<void>();
    }));
    DOSSIER_TRY(state.decisions, ledger.decisions(study));
    DOSSIER_TRY(state.reviews, ledger.reviews(study, 0));
    DOSSIER_TRY(state.queries, ledger.queries(study, 0));
    DOSSIER_TRY(state.submissions, ledger.submissions(study, 0));
    DOSSIER_TRY(state.given_times, ledger.given_times(study));
    return state;
}

StudyDocuments documents_of(const StudyState& state, const Study& study) {
    StudyDocuments result;
    for (const StoredDocument& stored : state.documents)
        for (DocumentFacts& facts : to_facts(stored, study.review)) result.documents.push_back(std::move(facts));
    for (const DecisionRecord& record : state.decisions) result.decisions.push_back(record.decision);
    return result;
}

} // namespace dossier::tmf
