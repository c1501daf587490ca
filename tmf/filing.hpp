// Filing documents: a list of rows, or one file. Objects first, durably, then one ledger transaction; what was not acknowledged leaves
// nothing that counts.
#pragma once

#include "tmf/repository.hpp"
#include "tmf/row_check.hpp"

#include <functional>
#include <string>
#include <vector>

namespace dossier::tmf {

struct FilingOptions {
    bool keep_going = false; // refuse the rows that are wrong and file the others; else one wrong row refuses all
    int jobs = 4;            // files read and synced at the same time
    std::function<void(std::size_t done, std::size_t all)> progress;
};

struct FiledRow {
    std::int64_t row = 0;
    std::int64_t document = 0;
    int version = 0;
    std::string artifact, title, file;
    bool was_there = false; // the same bytes with the same particulars had been filed before: nothing was filed
    std::string changed;    // of what was there: "withdrawn on 2026-01-31"
};

struct RefusedRow {
    TableRow row;
    std::vector<Error> errors;
};

struct FilingOutcome {
    std::vector<FiledRow> filed;     // in the order of the rows
    std::vector<std::string> notes;  // "row 5: ..."
    std::vector<RefusedRow> refused; // only with keep_going
    std::size_t drafts = 0;
};

// The table's rows, already read with list_columns(). Every error of every row is reported (as details of one Error); nothing changes then.
Result<FilingOutcome> file_rows(Repository& repository, const RowContext& context, const Table& table, const FilingOptions& options);

} // namespace dossier::tmf
