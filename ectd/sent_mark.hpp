// Marking a sequence as sent in application.yaml, and keeping what was answered. A sent sequence is never built again; the file keeps every
// other byte, comments too.
#pragma once

#include "core/filesystem.hpp"
#include "core/time.hpp"
#include "ectd/sequence_number.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dossier::ectd {

struct KeptAcknowledgement {
    std::string file;       // below the application folder: acknowledgements/0001/receipt.xml
    std::string sha256;     // lower-case hexadecimal
    bool was_there = false; // recorded before
};

struct SentMark {
    std::string file;
    Date date;
    bool was_there = false;         // marked with this date before
    std::string center;             // where it went, as application.yaml says now; empty: it does not
    std::vector<std::string> notes; // earlier sequences of the folder that are not marked
    std::vector<KeptAcknowledgement> acknowledgements;
};

struct SentRequest {
    std::string application; // folder
    SequenceNumber sequence;
    std::optional<Date> date;                  // may be left out for a sequence that is marked already
    std::vector<std::string> acknowledgements; // files; copied into the application folder, where they are not changed again
    Date today;
    std::string center = {}; // of the agency, where it went: cder, cber; empty: not said
};

// Errors: not_found without the sequence's folder, application.yaml, an entry for it or an acknowledgement file; conflict when it was sent
// on another day or to another centre, is stated as never used, another file of that name is kept, or the application is being built;
// invalid for a day after `today`.
Result<SentMark> mark_sent(FileSystem& fs, const SentRequest& request);

// `yaml` with `sent: DATE` in the entry of the sequence. unsupported where the entry is written in a way that is better edited by hand.
Result<std::string> with_sent_date(std::string_view yaml, const std::string& path, SequenceNumber sequence, Date date);

} // namespace dossier::ectd
