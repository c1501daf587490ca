#include "tmf/reopening.hpp"

#include "core/text.hpp"

namespace dossier::tmf {

namespace {

// Which slot the document is for. What it is called decides nothing.
bool counts_elsewhere(const DocumentRecord& a, const DocumentRecord& b) {
    return a.unique_id != b.unique_id || a.sub_artifact != b.sub_artifact || a.country != b.country || a.site != b.site ||
           a.restricted != b.restricted;
}

// Whose slot it is, and when it is filled.
bool counts_elsewhere(const VersionRecord& a, const VersionRecord& b) {
    return a.person != b.person || a.event != b.event || a.language != b.language || a.date != b.date || a.expires != b.expires ||
           a.label != b.label;
}

// The corrected one first: records are numbered in the order of the audit trail.
std::vector<const VersionRecord*> in_order(const std::vector<VersionRecord>& versions, int corrected) {
    std::vector<const VersionRecord*> order;
    for (const VersionRecord& version : versions) order.insert(version.number == corrected ? order.begin() : order.end(), &version);
    return order;
}

ReviewRecord reopened_record(const ReopeningRules& rules, const VersionRecord& version, std::int64_t number) {
    ReviewRecord record;
    record.number = number;
    record.document = version.document;
    record.version = version.number;
    record.step = ReviewStep::index;
    record.outcome = ReviewRecord::Outcome::reopened;
    record.comment = rules.reason;
    record.at = rules.author.time.precise_text();
    record.by = rules.author.user;
    return record;
}

Change step_reopened(const ReopeningRules& rules, const std::string& study, const VersionRecord& version) {
    Change change;
    change.action = "step_reopened";
    change.study = study;
    change.object = version_id(version.document, version.number);
    change.reason = rules.reason;
    return change;
}

void end_acceptance(VersionRecord& version) {
    version.accepted.reset();
    version.review_comment.clear(); // of the approval; its record stays
}

} // namespace

std::vector<std::string> ReopenedCheck::lines() const {
    std::vector<std::string> lines = {passed_on.empty()
                                          ? "index: to be checked"
                                          : fill("index: to be checked again (was passed on {}, checked by {})", passed_on, passed_by)};
    if (accepted) lines.push_back(fill("accepted on {}: no longer, the study demands the index check first", accepted->text()));
    return lines;
}

std::vector<ReopenedCheck> reopen_index_checks(const ReopeningRules& rules, const StoredDocument& stored,
                                               const std::vector<ReviewRecord>& records, std::int64_t& last_review, Change& corrected,
                                               std::vector<Change>& more) {
    std::vector<ReopenedCheck> reopened;
    const int number = corrected.version->number;
    const auto standing = happened_or_passed_ahead(records, rules.horizon); // a pass that is dated ahead looked at the old index, too
    const bool of_all = counts_elsewhere(stored.document, *corrected.document);
    for (const VersionRecord* const version : in_order(stored.versions, number)) {
        const bool is_corrected = version->number == number;
        if (!of_all && !(is_corrected && counts_elsewhere(*version, *corrected.version))) continue;
        const auto has_come = [&rules](const OptionalDate& day) { return day && !rules.horizon.is_ahead(day); };
        if (has_come(version->rejected) || has_come(version->withdrawn)) continue; // nothing waits to be checked
        const ReviewRecord* const pass = standing_pass(standing, version->number, ReviewStep::index);
        const bool ends_acceptance = rules.index_is_demanded && version->accepted && !version->carried.accepted;
        if (!pass && !ends_acceptance) continue;
        Change own = step_reopened(rules, corrected.study, *version);
        Change& change = is_corrected ? corrected : own;
        change.review = reopened_record(rules, *version, ++last_review);
        if (ends_acceptance && !is_corrected) {
            own.old_value = Json::object({{"version", to_json(*version)}});
            own.version = *version;
        }
        if (ends_acceptance) end_acceptance(*change.version);
        reopened.push_back({version_id(version->document, version->number), pass ? pass->at.substr(0, 10) : "", pass ? pass->by : "",
                            ends_acceptance ? version->accepted : OptionalDate()});
        if (!is_corrected) more.push_back(std::move(own));
    }
    return reopened;
}

} // namespace dossier::tmf
