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

} // namespace dossier::tmf
