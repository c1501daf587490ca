// Marking a sequence as sent in application.yaml. A sent sequence is never built again; the file keeps every other byte, comments too.
#pragma once

#include "core/filesystem.hpp"
#include "core/time.hpp"
#include "ectd/sequence_number.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace dossier::ectd {

struct SentMark {
    std::string file;
    bool was_there = false;         // marked with this date before: nothing was written
    std::vector<std::string> notes; // earlier sequences of the folder that are not marked
};

// Errors: not_found without the sequence's folder, application.yaml or an entry for it; conflict when it was sent on another day or the
// application is being built; invalid for a day after `today`.
Result<SentMark> mark_sent(FileSystem& fs, const std::string& application, SequenceNumber sequence, Date date, Date today);

// `yaml` with `sent: DATE` in the entry of the sequence. unsupported where the entry is written in a way that is better edited by hand.
Result<std::string> with_sent_date(std::string_view yaml, const std::string& path, SequenceNumber sequence, Date date);

} // namespace dossier::ectd
