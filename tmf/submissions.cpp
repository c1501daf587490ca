#include "tmf/submissions.hpp"

#include <algorithm>

#include "core/text.hpp"

namespace dossier::tmf {

namespace {

bool is_same_leaf(const SubmissionRecord& a, const SubmissionRecord& b) {
    return a.document == b.document && a.version == b.version && a.application == b.application && a.sequence == b.sequence &&
           a.leaf == b.leaf;
}

const SubmissionRecord* find_leaf(const std::vector<SubmissionRecord>& records, const SubmissionRecord& wanted) {
    const auto found = std::find_if(records.begin(), records.end(), [&](const auto& record) { return is_same_leaf(record, wanted); });
    return found == records.end() ? nullptr : &*found;
}

Result<Change> change_to(Ledger& ledger, const SubmissionRecord* before, const SubmissionRecord& after) {
    const std::string name = version_id(after.document, after.version);
    DOSSIER_TRY(const auto stored, ledger.document(after.document));
    const bool has_version = stored && std::any_of(stored->versions.begin(), stored->versions.end(),
                                                   [&](const VersionRecord& version) { return version.number == after.version; });
    if (!has_version) return Error(ErrorKind::not_found, fill("the repository has no {}", name));
    Change change;
    change.action = "submission_recorded";
    change.study = stored->document.study;
    change.object = name;
    if (before) change.old_value = Json::object({{"submission", to_json(*before)}});
    change.submission = after;
    return change;
}

} // namespace

Result<std::size_t> record_submissions(Ledger& ledger, const Author& author, const std::string& application, const std::string& sequence,
                                       const std::vector<SubmissionRecord>& now) {
    DOSSIER_TRY(const auto known, ledger.submissions("", 0));
    std::vector<Change> changes;
    for (const SubmissionRecord& record : now) {
        const SubmissionRecord* before = find_leaf(known, record);
        if (before && *before == record) continue;
        DOSSIER_TRY(Change change, change_to(ledger, before, record));
        changes.push_back(std::move(change));
    }
    for (const SubmissionRecord& record : known) {
        const bool is_draft = record.application == application && record.sequence == sequence && !record.sent;
        if (!is_draft || record.standing == SubmissionRecord::Standing::dropped || find_leaf(now, record)) continue;
        SubmissionRecord dropped = record;
        dropped.standing = SubmissionRecord::Standing::dropped;
        dropped.ended_by.clear();
        DOSSIER_TRY(Change change, change_to(ledger, &record, dropped));
        changes.push_back(std::move(change));
    }
    if (!changes.empty()) DOSSIER_CHECK(ledger.commit(author, changes));
    return changes.size();
}

} // namespace dossier::tmf
