#include "tmf/ahead.hpp"

namespace dossier::tmf {

namespace {

using Outcome = ReviewRecord::Outcome;

bool decides(const ReviewRecord& record) { return record.rejected() || (record.accepted() && record.step == ReviewStep::approval); }

std::vector<ReviewRecord> not_replaced(const std::vector<ReviewRecord>& records) {
    std::vector<ReviewRecord> kept;
    for (const ReviewRecord& record : records)
        if (!is_replaced(records, record)) kept.push_back(record);
    return kept;
}

} // namespace

bool are_about_the_same(const ReviewRecord& a, const ReviewRecord& b) {
    if (a.document != b.document || a.version != b.version) return false;
    return a.step == b.step || (decides(a) && decides(b));
}

bool replaces(const ReviewRecord& later, const ReviewRecord& earlier) {
    if (later.number <= earlier.number || later.at >= earlier.at || !are_about_the_same(later, earlier)) return false;
    if (earlier.outcome == Outcome::reopened) return false;
    return later.outcome != Outcome::reopened || earlier.accepted(); // a correction of the index takes no rejection back
}

bool is_replaced(const std::vector<ReviewRecord>& records, const ReviewRecord& record) {
    return std::any_of(records.begin(), records.end(), [&](const ReviewRecord& later) { return replaces(later, record); });
}

std::vector<ReviewRecord> happened(std::vector<ReviewRecord> records, const Horizon& horizon) {
    records = not_replaced(records);
    std::erase_if(records, [&](const ReviewRecord& record) { return record.outcome != Outcome::reopened && horizon.is_ahead(record.at); });
    return records;
}

std::vector<ReviewRecord> happened_or_passed_ahead(std::vector<ReviewRecord> records, const Horizon& horizon) {
    records = not_replaced(records);
    std::erase_if(records, [&](const ReviewRecord& record) { return record.rejected() && horizon.is_ahead(record.at); });
    return records;
}

} // namespace dossier::tmf
