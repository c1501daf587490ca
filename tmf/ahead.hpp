// What is dated ahead, as --now can: for a command before its time it has not happened yet, and may be replaced. Pure functions.
#pragma once

#include "core/time.hpp"
#include "tmf/quality_records.hpp"

#include <algorithm>
#include <optional>
#include <string_view>
#include <vector>

namespace dossier::tmf {

// How far time has come for a command: to its own, or to the machine's where that is later. An earlier --now undoes nothing that happened.
class Horizon {
public:
    Horizon(UtcTime command, UtcTime machine) : time_(std::max(command, machine)), text_(time_.precise_text()) {}
    Date day() const { return time_.date(); }
    bool is_ahead(std::string_view at) const { return at > text_; } // a precise UTC time
    bool is_ahead(const std::optional<Date>& date) const { return date && *date > day(); }

private:
    UtcTime time_;
    std::string text_;
};

// Both are about the same: the same step of one version, or both decide on it (accepted at approval, rejected at any step).
bool are_about_the_same(const ReviewRecord& a, const ReviewRecord& b);

// What the earlier record was dated ahead for does not come: the later one is about the same and bears an earlier time. A check that was
// re-opened stays re-opened: the index was corrected at once, whatever time was given.
bool replaces(const ReviewRecord& later, const ReviewRecord& earlier);
bool is_replaced(const std::vector<ReviewRecord>& records, const ReviewRecord& record); // by one of the records

// Of one document, by number, without what was replaced: what has happened; and that with the checks that were passed ahead.
std::vector<ReviewRecord> happened(std::vector<ReviewRecord> records, const Horizon& horizon);
std::vector<ReviewRecord> happened_or_passed_ahead(std::vector<ReviewRecord> records, const Horizon& horizon);

} // namespace dossier::tmf
