// Entries of the audit trail that are dated before an earlier one, as --now can: not wrong, and worth knowing.
#pragma once

#include "tmf/audit.hpp"

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

} // namespace dossier::tmf
