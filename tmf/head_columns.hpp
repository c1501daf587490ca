// What a CSV says of itself. A workbook has a sheet for it, a CSV has only rows: so each of them says it, in columns after those of the
// list, as in the table of a validation. Mailed around or pasted into another table, a row still names its study, day and audience.
#pragma once

#include "core/table.hpp"

#include <string>
#include <utility>
#include <vector>

namespace dossier::tmf {

struct CompletenessQuestion;

using HeadColumns = std::vector<std::pair<std::string, SheetCell>>; // key and value

// as_of, known_at, audience, only (the filter).
void add_question(HeadColumns& columns, const CompletenessQuestion& question);

// Adds the columns to every row; one that the list has itself stays as it is. A list without rows gets one that is empty but for them:
// "nothing is late" is a statement about a day, too.
void add_head(Sheet& sheet, const HeadColumns& columns);

} // namespace dossier::tmf
