// What application.yaml says about sequences that were taken over from elsewhere: that they were sent, though not by us.
#pragma once

#include "core/filesystem.hpp"
#include "core/time.hpp"
#include "ectd/application.hpp"

#include <string>
#include <vector>

namespace dossier::ectd {

// "" where there is no application.yaml. An error where it cannot be read: it is mended before anything is imported.
Result<std::string> number_of_application(FileSystem& fs, const std::string& application);

struct ImportMark {
    std::string file; // "" where there is none and none was made
    std::vector<std::string> notes;
};

// `imported: DAY` in the entry of each sequence that is not marked. Where there is no application.yaml, one is made from the envelopes
// (United States only: elsewhere they say too little), with what they say of applicant, contacts and submissions. With it or without,
// imported sequences are no drafts (ectd/drafts.hpp).
Result<ImportMark> mark_imported(FileSystem& fs, const std::string& application, const std::vector<Sequence>& sequences,
                                 const templates::EctdCatalogue& catalogue, Date day);

} // namespace dossier::ectd
