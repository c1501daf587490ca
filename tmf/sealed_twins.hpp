// Rows of one list with the same bytes, of which one is restricted and another one would file them open to all: neither is filed, since
// bytes that are filed open cannot be sealed afterwards. Nothing is changed here but the rows' errors, and `opens`.
#pragma once

#include "core/filesystem.hpp"
#include "tmf/filing_rows.hpp"

#include <vector>

namespace dossier::tmf {

// Whether the row itself says yes, or may have meant it (RowToFile::is_unclear).
bool says_restricted(const RowToFile& item);

// Documents must be joined: what a row leaves open its document has decided. A good row that seals and comes first is filed, and an open
// one that differs in nothing else is told to be the same. Reads the files of rows whose sizes are the same.
void refuse_open_twins(FileSystem& files, const Table& table, std::vector<RowToFile>& items);

} // namespace dossier::tmf
