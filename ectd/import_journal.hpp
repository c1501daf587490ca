// The moment at which an import happens: until then everything lies in a folder beside the sequences, afterwards it is finished by whoever
// comes next. Renaming that folder decides; several renames of sequences could be interrupted between any two.
#pragma once

#include "core/filesystem.hpp"
#include "core/time.hpp"
#include "ectd/import_mark.hpp"
#include "ectd/sequence_number.hpp"

#include <optional>
#include <string>
#include <vector>

namespace dossier::ectd {

inline constexpr const char* import_staging = ".import.part"; // in the application folder; cleared by the next import or build
inline constexpr const char* import_ready = ".import.ready";  // decided: to be finished

struct ImportJournal {
    Date day;
    std::vector<SequenceNumber> place; // folders of the staging that get their names
    std::vector<SequenceNumber> mark;  // sequences that application.yaml tells are imported
};

// Everything below import_staging is made durable, then decided. For who holds the lock of the application folder.
Result<void> decide_import(FileSystem& fs, const std::string& application, const ImportJournal& journal);

struct FinishedImport {
    ImportJournal journal;
    ImportMark mark;
};
// Finishes what was decided. Empty: there is nothing to finish. May be repeated after an interruption at any point. For who holds the lock.
Result<std::optional<FinishedImport>> finish_import(FileSystem& fs, const std::string& application,
                                                    const templates::EctdCatalogue& catalogue);
// The same for who does not hold it; conflict when somebody else is at work there.
Result<std::optional<FinishedImport>> finish_interrupted_import(FileSystem& fs, const std::string& application,
                                                                const templates::EctdCatalogue& catalogue);

// After finish_import failed: as if it had not been decided, as far as the disk lets us; what cannot be taken back is finished later.
void take_back_import(FileSystem& fs, const std::string& application);

} // namespace dossier::ectd
