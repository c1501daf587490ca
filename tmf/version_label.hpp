// Which version of a document a label means.
#pragma once

#include "tmf/ledger.hpp"

#include <string>

namespace dossier::tmf {

std::string shown_label(const VersionRecord& version); // its label, else its number

// The version with that label: as it is written, else in another spelling of it (2, 2.0 and v2.0 are one), else the one of that number in
// the order of filing. Of a version and its signed copies, which have one label, the newest. An empty label: the newest that was not
// rejected or withdrawn. Errors: not_found; invalid where several versions have that label.
Result<VersionRecord> version_called(Ledger& ledger, const StoredDocument& document, const std::string& label);

} // namespace dossier::tmf
