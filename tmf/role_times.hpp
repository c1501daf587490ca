// When roles were given and taken, by the audit trail: what was said with --now is kept apart from what the system's clock said.
#pragma once

#include "tmf/access.hpp"
#include "tmf/audit.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace dossier::tmf {

// An entry's time. One that was given with --now is believed as far as the entries before and after it that the system's clock dated let it
// be true: it was made after the former and before the latter.
struct EntryTime {
    std::string said, counted; // UTC with microseconds; what the entry says, and what is believed of it
    bool clock_given = false;
    bool is_back = false; // before an entry of the system's clock that was there already
    bool is_ahead() const { return counted < said; }
};

struct RoleTimes { // of one grant; `said` is empty where no entry speaks of it
    EntryTime given, taken;
};

class RoleTimesReader {
public:
    void feed(const AuditView& entry); // in their order
    // `now`: what the machine's clock says; nothing was made later. By number of the grant.
    std::map<std::int64_t, RoleTimes> finish(const std::string& now);

private:
    void settle(const std::string& latest);
    std::map<std::string, RoleTimes> by_id_;
    std::vector<EntryTime*> waiting_; // given with --now since the last entry of the system's clock
    std::string proved_;              // the latest time that the system's clock has said so far
};

// The grant with the times that are believed.
GrantRecord as_counted(const GrantRecord& grant, const RoleTimes& times);

} // namespace dossier::tmf
