// Words of digits in the column `document`, of which a spreadsheet has taken the zeros in front: 123 is 000123, as site 1 is 0001.
#pragma once

#include "core/result.hpp"
#include "tmf/filing_rows.hpp"

#include <string>
#include <vector>

namespace dossier::tmf {

// Rows whose word is filed as it is mean that document. Others mean the only document of the study that this user may see whose word is
// the same but for zeros in front, and take its word with a note; where there are several they get their error. What is not filed is one
// document with other such words of the list, under the longest of them. An Error only where the ledger could not be read.
Result<void> put_zeros_back(Ledger& ledger, const std::string& study, const Table& table, std::vector<RowToFile>& items);

} // namespace dossier::tmf
