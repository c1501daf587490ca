// A list that a spreadsheet opened and saved again, given to `tmf reindex`: 1.0 became 1, 1.10 became 1.1, 0101 became 101, 1.2 the second
// of January; or that had to cut a text, because a cell of an XLSX ends. Nobody wrote that, so none of it corrects anything. Knows cells,
// not documents.
#pragma once

#include "core/table.hpp"
#include "tmf/study.hpp"

#include <map>
#include <string>
#include <vector>

namespace dossier::tmf {

// Whether a spreadsheet may have made `said` of `filed`: the same number, or a day that consists of its numbers. Not of equal texts.
bool is_resaved(const std::string& filed, const std::string& said);

// Takes out of a row's `cells` what is filed already (`filed`, by column), also as a spreadsheet leaves it or, of a version, in another
// spelling. Returns what has to be said of them: cells that may be meant, because they are another label, title, site, person or event.
// `id`: of the version, for the command that corrects it all the same.
std::vector<std::string> leave_resaved(std::map<std::string, std::string>& cells, const TableRow& filed, const Study& study,
                                       const std::string& id);

} // namespace dossier::tmf
