// The columns of a list that say a copy was certified (ICH E6 1.63): who verified it, when, in which words, where the original is.
#pragma once

#include "core/table.hpp"
#include "tmf/records.hpp"

#include <functional>
#include <string>
#include <vector>

namespace dossier::tmf {

const std::vector<TableColumn>& copy_columns();

// `read_date(column)` reads a date and tells its faults itself, `fail(column, message, remedy)` takes each other fault. All three of who,
// when and statement are needed once one column is filled.
CertifiedCopy read_certified_copy(const TableRow& row, const std::function<OptionalDate(const std::string&)>& read_date,
                                  const std::function<void(const std::string&, std::string, std::string)>& fail);
void put_certified_copy(const CertifiedCopy& copy, TableRow& row); // the cells that say it

} // namespace dossier::tmf
