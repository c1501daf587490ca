// Entries of the audit trail that are dated before an earlier one, or ahead of the machine's clock, as --now can: not wrong, and worth
// knowing.
#pragma once

#include "tmf/audit.hpp"

#include <set>
#include <string>
#include <vector>

namespace dossier::tmf {

class DatedBack {
public:
    void feed(const AuditView& entry); // in their order
    std::vector<std::string> finish();

private:
    std::string latest_;
    std::int64_t latest_entry_ = 0;
    std::size_t count_ = 0;
    std::vector<std::string> notes_;
};

class DatedAhead {
public:
    static constexpr std::int64_t tolerance = std::int64_t{24} * 60 * 60 * 1'000'000; // microseconds: clocks differ a little
    explicit DatedAhead(UtcTime machine)
        : machine_(machine.text()), limit_(UtcTime::from_microseconds(machine.microseconds() + tolerance).precise_text()) {}
    void feed(const AuditView& entry) { // in their order
        if (entry.time > limit_) take(entry);
    }
    std::string finish() const; // empty: there is none

private:
    void take(const AuditView& entry);

    std::string machine_, limit_;
    std::int64_t count_ = 0, first_ = 0, last_ = 0;
    std::set<std::string, std::less<>> users_;
};

} // namespace dossier::tmf
