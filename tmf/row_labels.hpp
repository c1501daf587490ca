// The labels of a list's rows that are versions of one document: each version has its own, and the same bytes (or the same pointer) under
// the same label are the same version, which is filed once. Nothing is changed here but the rows' errors.
#pragma once

#include "core/filesystem.hpp"
#include "tmf/filing_rows.hpp"

#include <cstddef>
#include <vector>

namespace dossier::tmf {

struct RowsOfList {
    FileSystem& files;
    const Table& table;
    std::vector<RowToFile>& items;
};

// `rows`: of one document, by index; `stored`: null where it is new. Reads the files of rows whose label stands twice.
void check_labels(const RowsOfList& list, const std::vector<std::size_t>& rows, const StoredDocument* stored);

} // namespace dossier::tmf
