// One row of a table of expected documents -> Rule, for the shipped table and for an organisation's own lists: the same words, the same
// checks. Every fault of the row is told with its column and the nearest known word.
#pragma once

#include "core/table.hpp"
#include "templates/tmf_catalogue.hpp"

#include <string>
#include <vector>

namespace dossier::templates {

const std::vector<std::string>& rule_columns(); // of the shipped table, in its order

class RuleReader {
public:
    RuleReader(const TmfCatalogue& catalogue, const Table& table) : catalogue_(catalogue), table_(table) {}

    // A whole rule. `may_be_renamed`: number and name of the artifact are the catalogue's, whatever the row says.
    Rule read(const TableRow& row, bool may_be_renamed, std::vector<Error>& errors) const;
    // Only the cells that are given; "-" empties a condition or a role. The rule keeps its identifier and artifact.
    Rule change(const TableRow& row, Rule rule, std::vector<Error>& errors) const;

    // The artifact of `unique_id`; null and an error when there is none.
    const Artifact* read_artifact(const TableRow& row, std::vector<Error>& errors) const;
    void fail(const TableRow& row, const std::string& column, const std::string& message, const std::string& remedy,
              std::vector<Error>& errors) const;
    void unknown(const TableRow& row, const std::string& column, const std::vector<std::string>& known, std::vector<Error>& errors) const;

private:
    struct Reading { // the cells of one row; `partly`: an absent cell keeps what the rule has
        const TableRow& row;
        bool partly;
        std::vector<Error>& errors;
        std::string cell(const char* column) const { return row.cell(column); }
        bool skips(const char* column) const { return partly && row.cell(column).empty(); }
    };
    void read_what(const Reading& reading, Rule& rule) const;
    void read_role(const Reading& reading, Rule& rule) const;
    void read_condition(const Reading& reading, Rule& rule) const;
    void read_anchor(const Reading& reading, Rule& rule) const;
    void read_when(const Reading& reading, Rule& rule) const;
    void read_restricted(const Reading& reading, Rule& rule) const;
    int read_number(const Reading& reading, const char* column, int least, int most, int fallback) const;

    const TmfCatalogue& catalogue_;
    const Table& table_;
};

} // namespace dossier::templates
