// A list on its way into the repository: each row checked, the rows that are versions of one document found, with what is filed already,
// and the order in which they are filed. Nothing is changed here.
#pragma once

#include "tmf/ledger.hpp"
#include "tmf/row_check.hpp"

#include <cstdint>
#include <vector>

namespace dossier::tmf {

struct RowToFile {
    const TableRow* row = nullptr;
    CheckedRow checked;
    std::vector<Error> errors;
    std::int64_t existing = 0; // document that the row adds a version to; 0 = a new one
    std::size_t leader = 0;    // index of the first row of the same new document
    bool is_unclear = false;   // whether it is restricted: its cell cannot be read, so it may be
    bool opens = false;        // its cell says no, and no other row seals the same record
    bool was_there = false;    // filed before: nothing is filed
    std::string changed;       // of what was filed before: "withdrawn on 2026-01-31"
};

struct RowsToFile {
    std::vector<RowToFile> items;   // in the order of the table
    std::vector<std::size_t> order; // of filing: versions of one document oldest first, in the place of its first row
};

// Where a row stands, for errors; nowhere for a table that is no file.
Place place_of(const Table& table, const TableRow& row, const std::string& column = {});

// What is wrong with a row is in its `errors`; an Error only where the ledger could not be read. The table must outlive the result.
Result<RowsToFile> rows_to_file(Ledger& ledger, const RowContext& context, const Table& table);

} // namespace dossier::tmf
