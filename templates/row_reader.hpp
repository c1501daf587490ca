// Reads the cells of one row of our own tables. The first thing wrong is kept with file, line and column; what follows then yields empty
// values, so that a reader may read the whole row and look at error() once. In these tables '-' stands for "none" and an empty cell is an
// error.
#pragma once

#include "core/table.hpp"

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dossier::templates {

class RowReader {
public:
    RowReader(const Tsv& table, const TsvRow& row) : table_(table), row_(row) {}

    std::string text(std::string_view column);                                             // must not be '-'
    std::string optional_text(std::string_view column);                                    // '-' gives ""
    bool yes_no(std::string_view column);                                                  // yes | no
    std::uint64_t number(std::string_view column);                                         // digits; '-' gives 0
    std::string one_of(std::string_view column, std::initializer_list<const char*> words); // '-' is a word like others
    std::vector<std::string> list(std::string_view column);                                // separated by a space; '-' gives none

    void fail(std::string_view column, const std::string& message); // for what only the caller can judge
    Error error_at(std::string_view column, const std::string& message) const;
    const std::optional<Error>& error() const { return error_; }
    std::int64_t line() const { return row_.line; }

private:
    const std::string& cell(std::string_view column);
    const Tsv& table_;
    const TsvRow& row_;
    std::optional<Error> error_;
};

bool is_plain_name(std::string_view text); // a-z, 0-9 and hyphens between them; not empty

} // namespace dossier::templates
