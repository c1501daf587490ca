// What is odd about a row although each of its cells is right: days in an order that cannot be, persons who are elsewhere, a document that
// no rule can ever count. Filed is filed; whoever imports should look again. Pure.
#pragma once

#include "tmf/row_check.hpp"

#include <string>
#include <vector>

namespace dossier::tmf {

// What the row is held against, looked up by whoever checks many of them.
struct NotedFacts {
    const templates::Artifact& artifact;
    const std::vector<const templates::Rule*>& rules; // of the artifact
    const PeopleById& people;                         // of the study; not asked for a row that names nobody
    const EventPlaces& events;                        // likewise, of a row without an event
};

// Only days that the row itself says are compared; of those that filing fills in, today as the day of receipt with a final day or one of
// review that was before.
std::vector<std::string> row_notes(const RowContext& context, const NotedFacts& facts, const TableRow& row, const CheckedRow& checked);

// Of a document without date where a validity counts from it; `artifact` as number and name.
std::string note_on_missing_date(const std::string& artifact);

} // namespace dossier::tmf
