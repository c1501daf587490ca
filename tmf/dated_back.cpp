#include "tmf/dated_back.hpp"

#include "core/text.hpp"

namespace dossier::tmf {

namespace {

constexpr std::size_t shown = 20;

} // namespace

void DatedBack::feed(const AuditView& entry) {
    if (entry.time >= latest_) {
        latest_ = entry.time;
        latest_entry_ = entry.sequence;
        return;
    }
    if (++count_ <= shown)
        notes_.push_back(fill("entry {} of {} is dated {}{}, before entry {} ({})", entry.sequence, entry.user, entry.time,
                              std::string_view(entry.clock == "given" ? " (time given by --now)" : ""), latest_entry_, latest_));
}

std::vector<std::string> DatedBack::finish() {
    if (count_ > shown) notes_.push_back(fill("and {} more entries are dated before an earlier one", count_ - shown));
    return std::move(notes_);
}

void DatedAhead::take(const AuditView& entry) {
    if (++count_ == 1) first_ = entry.sequence;
    last_ = entry.sequence;
    users_.emplace(entry.user);
}

std::string DatedAhead::finish() const {
    if (count_ == 0) return {};
    const std::string users = join(std::vector<std::string>(users_.begin(), users_.end()), ", ");
    if (count_ == 1) return fill("entry {} of {} is dated ahead of this machine's clock ({})", first_, users, machine_);
    return fill("{} entries of {} are dated ahead of this machine's clock ({}): the first is entry {}, the last entry {}", count_, users,
                machine_, first_, last_);
}

} // namespace dossier::tmf
