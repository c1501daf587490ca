// Which sequences are drafts: built from this application folder and not sent. Only a draft may be built again. What was imported, copied
// here from elsewhere, or sent is none, whatever application.yaml says or does not say. drafts.csv in the application folder keeps number
// and SHA-256 of the file that names everything else in the sequence (index.xml; manifest.json of a dossier for the EU's portal), for each
// draft that was ever built: it is known by it wherever it lies, and another sequence under its number is not taken for it. `ectd sent` and
// `ectd import` take the rows of a number out.
#pragma once

#include "core/digest.hpp"
#include "core/filesystem.hpp"
#include "ectd/sequence_number.hpp"

#include <memory>
#include <string>
#include <vector>

namespace dossier::ectd {

inline constexpr const char* drafts_file = "drafts.csv"; // in the application folder

// A place where a sequence lies, as a folder or as a ZIP, or would.
struct SequencePlace {
    std::string application; // folder that holds drafts.csv
    std::string folder;      // that holds the sequences: the same, or another one
    SequenceNumber number;
    std::string what = "sequence"; // for messages: sequence, dossier
};

// Whether the name of a file within its sequence is that of the one a draft is known by.
bool is_key_of_draft(const std::string& name);

// An error where drafts.csv cannot be read.
Result<bool> is_draft(FileSystem& fs, const SequencePlace& place);

// conflict where something lies there and it is no draft.
Result<void> refuse_unless_draft(FileSystem& fs, const SequencePlace& place);

// For a build that has locked the folder of the sequence, until its end: nobody else writes drafts.csv, marks or imports in the application
// folder meanwhile, where that is another one. Null where it is not, or cannot be locked for want of rights. Errors: conflict.
Result<std::unique_ptr<FileLock>> lock_drafts(FileSystem& fs, const SequencePlace& place);

// What gets its name there next is a draft, known by `key`. Durable, and before it gets its name: a build that is interrupted leaves no
// sequence that nobody owns. Where the application folder cannot be written to and the sequence lies elsewhere, it stays no draft.
Result<void> record_draft(FileSystem& fs, const SequencePlace& place, const Sha256& key);

Result<void> forget_drafts(FileSystem& fs, const std::string& application, const std::vector<SequenceNumber>& numbers);

} // namespace dossier::ectd
