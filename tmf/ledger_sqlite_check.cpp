// What the ledger can tell about its own file: that SQLite finds it whole, and that every cell has the form that this program writes. A
// cell of another form would be read as an empty one, and the rows would look as their last audit entries left them.
#include "tmf/ledger_sqlite.hpp"

#include "core/text.hpp"
#include "tmf/ledger_schema.hpp"

namespace dossier::tmf {

namespace {

// Each query gives one text a row: what is wrong.
constexpr const char* whole_file[] = {
    "PRAGMA integrity_check(20)",
    "SELECT DISTINCT 'rows of ' || \"table\" || ' belong to rows of ' || parent || ' that are not there' FROM pragma_foreign_key_check",
    "SELECT printf('document D-%06d has no version', number) FROM document WHERE number NOT IN (SELECT document FROM version)",
    "SELECT printf('document D-%06d version %d: the query Q-%06d was never opened', document, version, number) FROM query "
    "WHERE number NOT IN (SELECT query FROM query_act)"};

struct Cells {
    const char *table, *row; // the row's name: an SQL expression
    std::vector<const char*> columns;
};

constexpr const char* name_of_version = "printf('document D-%06d version %d', document, number)";

// A day is empty or one of the calendar, in ten characters.
const std::vector<Cells> days = {
    {"version", name_of_version, {"date", "expires", "received", "final", "accepted", "rejected", "withdrawn", "copy_certified_on"}},
    {"decision", "printf('decision W-%06d', number)", {"date", "until"}},
    {"role_grant", "printf('grant G-%06d', number)", {"until"}},
    {"submission", "printf('document D-%06d version %d: submission', document, version)", {"sent"}},
};

struct Form {
    const char *table, *row, *column, *wrong; // an SQL condition
    const char* text;
};

// In the order in which the program writes them.
constexpr const char* other_dates_carried = "carried <> substr("
                                            "CASE WHEN instr(';' || carried || ';', ';received;') THEN ';received' ELSE '' END || "
                                            "CASE WHEN instr(';' || carried || ';', ';final;') THEN ';final' ELSE '' END || "
                                            "CASE WHEN instr(';' || carried || ';', ';accepted;') THEN ';accepted' ELSE '' END || "
                                            "CASE WHEN instr(';' || carried || ';', ';rejected;') THEN ';rejected' ELSE '' END || "
                                            "CASE WHEN instr(';' || carried || ';', ';withdrawn;') THEN ';withdrawn' ELSE '' END, 2)";

constexpr Form forms[] = {
    {"document", "printf('document D-%06d', number)", "restricted", "restricted NOT IN (0, 1)", "neither 0 nor 1"},
    {"document", "printf('document D-%06d', number)", "unique_id", "unique_id NOT BETWEEN 1 AND 2147483647", "no unique identifier"},
    {"version", name_of_version, "number", "number NOT BETWEEN 1 AND 2147483647", "no number of a version"},
    {"version", name_of_version, "carried", other_dates_carried, "not the names of dates, in their order"},
    {"version", name_of_version, "sha256", "sha256 <> '' AND (length(sha256) <> 64 OR sha256 GLOB '*[^0-9a-f]*')", "no SHA-256"},
};

std::string query_of(const char* table, const char* row, const char* column, const std::string& wrong, const char* text) {
    return fill("SELECT {} || ': {} is {}' FROM {} WHERE {}", std::string_view(row), std::string_view(column), std::string_view(text),
                std::string_view(table), wrong);
}

std::vector<std::string> all_checks() {
    std::vector<std::string> all(std::begin(whole_file), std::end(whole_file));
    for (const Cells& cells : days)
        for (const char* const column : cells.columns)
            all.push_back(query_of(cells.table, cells.row, column,
                                   fill("{0} <> '' AND date({0}, '+0 days') IS NOT {0}", std::string_view(column)),
                                   "no day of the calendar"));
    for (const Form& form : forms) all.push_back(query_of(form.table, form.row, form.column, form.wrong, form.text));
    return all;
}

} // namespace

Result<std::vector<std::string>> SqliteLedger::check() {
    std::vector<std::string> problems;
    for (const std::string& query : all_checks()) {
        DOSSIER_TRY(Statement* const rows, database_->prepare(query));
        for (;;) {
            DOSSIER_TRY(const bool more, rows->step());
            if (!more) break;
            if (rows->text(0) != "ok") problems.push_back(rows->text(0));
        }
    }
    return problems;
}

// Of a ledger that an older program made.
Result<void> SqliteLedger::adopt_indexes() {
    for (const auto& [name, sql] : ledger_schema::document_indexes) {
        DOSSIER_TRY(Statement* const there,
                    database_->prepare("SELECT 1 FROM sqlite_schema WHERE type = 'index' AND name = ? AND sql = ?"));
        there->bind(name).bind(sql);
        DOSSIER_TRY(const bool is_there, there->step());
        there->reset();
        if (is_there) continue;
        DOSSIER_TRY(const auto transaction, Transaction::begin(*database_));
        DOSSIER_CHECK(database_->execute(fill("DROP INDEX IF EXISTS {}; {};", std::string_view(name), std::string_view(sql))));
        DOSSIER_CHECK(transaction->commit());
    }
    DOSSIER_TRY(Statement* const former, database_->prepare("SELECT 1 FROM sqlite_schema WHERE type = 'index' AND name = ?"));
    former->bind(ledger_schema::former_index);
    DOSSIER_TRY(const bool is_there, former->step());
    former->reset();
    return is_there ? database_->execute(fill("DROP INDEX IF EXISTS {};", ledger_schema::former_index)) : Result<void>();
}

} // namespace dossier::tmf
