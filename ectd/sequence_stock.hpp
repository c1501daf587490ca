// Which sequence numbers of an application are taken: by a folder, which is read, by a ZIP alone, or by a mark in application.yaml alone,
// neither of which is. A plan that did not know of the latter would send everything in them again as new.
#pragma once

#include "core/filesystem.hpp"
#include "ectd/application_file.hpp"
#include "ectd/sequence_number.hpp"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace dossier::ectd {

struct SequenceStock {
    std::string folder;                               // of the application
    std::set<SequenceNumber> folders;                 // sequences that are here
    std::set<SequenceNumber> archives;                // NNNN.zip, without a folder
    std::set<SequenceNumber> sent_only;               // marked as sent or imported, with neither
    std::map<SequenceNumber, std::string> never_used; // stated so, with the reason; not taken, and not given to a new sequence either
    std::optional<SequenceNumber> highest() const;
};

Result<SequenceStock> read_stock(FileSystem& fs, const std::string& folder, const ApplicationFile& application);

// Errors: earlier sequences that have to be here as folders before `planned` can be built on them, and those that are here and stated as
// never used.
std::vector<Error> unread_history(const SequenceStock& stock, const ApplicationFile& application, SequenceNumber planned);

// Errors: `planned` itself, or a sequence after it, was sent or is no draft of ours (ectd/drafts.hpp). What was sent is never built again,
// and nothing is written before it any more.
Result<std::vector<Error>> finished_sequences(FileSystem& fs, const SequenceStock& stock, const ApplicationFile& application,
                                              SequenceNumber planned);

// Notes: numbers between `first` and `planned` that nothing is known of, and archives after `planned`.
std::vector<std::string> stock_notes(const SequenceStock& stock, SequenceNumber first, SequenceNumber planned);

} // namespace dossier::ectd
