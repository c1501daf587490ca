// Which documents of a trial master file the leaves of an application were built from. Backbones have no place for it: it is kept beside
// the sequences, in leaf-origins.csv, a row for each such leaf. The trial master file knows the same from its side
// (tmf/submission_records.hpp). A row counts while the leaf it names is there with the checksum it was built with.
#pragma once

#include "ectd/application_file.hpp"
#include "ectd/lifecycle.hpp"
#include "ectd/plan.hpp"

#include <optional>
#include <string>
#include <vector>

namespace dossier::ectd {

inline constexpr const char* leaf_origins_file = "leaf-origins.csv"; // in the folder that holds the sequences

struct LeafOrigin {
    LeafId leaf;
    std::string checksum; // MD5 as in the backbone; lower case
    Origin origin;
};

// By leaf. Empty when there is no such file; a malformed one is an error with file and row.
Result<std::vector<LeafOrigin>> read_leaf_origins(FileSystem& fs, const std::string& folder);

// Puts the origins of what was just built in place of those that the sequence had: `built` is the application with it. Durable. Writes
// nothing where neither has any.
Result<void> remember_origins(FileSystem& fs, const std::string& folder, const Plan& plan, const Application& built);

// What became of them.
struct LeafUse {
    const LeafOrigin* origin = nullptr;
    const LeafHistory* history = nullptr;
    std::optional<Date> sent; // of its sequence
};
// One for each origin that counts, in its order. All arguments must outlive the result.
std::vector<LeafUse> leaf_uses(const std::vector<LeafOrigin>& origins, const Lifecycle& lifecycle, const ApplicationFile& application);

} // namespace dossier::ectd
