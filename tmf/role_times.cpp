#include "tmf/role_times.hpp"

#include <algorithm>

namespace dossier::tmf {

void RoleTimesReader::feed(const AuditView& entry) {
    const bool clock_given = entry.clock == "given";
    if (!clock_given) settle(std::string(entry.time));
    if (entry.action == "role_given" || entry.action == "role_taken") {
        RoleTimes& times = by_id_[std::string(entry.object)];
        EntryTime& time = entry.action == "role_given" ? times.given : times.taken;
        time.said = time.counted = entry.time;
        time.clock_given = clock_given;
        time.is_back = time.said < proved_;
        if (clock_given) {
            time.counted = std::max(time.said, proved_);
            waiting_.push_back(&time);
        }
    }
    if (!clock_given) proved_ = std::max(proved_, std::string(entry.time));
}

// A time before what is proved already is left: the system's clock went back, and says nothing about what was made before.
void RoleTimesReader::settle(const std::string& latest) {
    for (EntryTime* time : waiting_) time->counted = std::min(time->counted, std::max(latest, proved_));
    waiting_.clear();
}

std::map<std::int64_t, RoleTimes> RoleTimesReader::finish(const std::string& now) {
    settle(now);
    std::map<std::int64_t, RoleTimes> times;
    for (auto& [id, found] : by_id_)
        if (id.size() > 2) times[std::strtoll(id.c_str() + 2, nullptr, 10)] = std::move(found); // G-000001
    return times;
}

GrantRecord as_counted(const GrantRecord& grant, const RoleTimes& times) {
    GrantRecord counted = grant;
    if (!times.given.said.empty()) counted.from = times.given.counted;
    if (!times.taken.said.empty()) counted.ended = times.taken.counted;
    return counted;
}

} // namespace dossier::tmf
