// The search index: one row of an FTS5 table for each document that is not restricted, written in the transaction that changes the
// document.
#include "tmf/ledger_sqlite.hpp"

#include <map>

#include "core/text.hpp"
#include "tmf/ledger_schema.hpp"

namespace dossier::tmf {

namespace {

// What the row of a document has to hold; the texts of all its versions, in the order of filing. `where` chooses documents.
std::string wanted_rows(std::string_view where = "") {
    const auto of_versions = [](std::string_view column) { return fill("coalesce(group_concat(v.{0}, char(10)), '') AS {0}", column); };
    return fill(
        "SELECT d.number AS number, 'u' || printf('%03d', d.unique_id) AS artifact, {}, {}, d.external AS external, {}, {}, "
        "coalesce(group_concat(v.review_comment, char(10)), '') AS comment FROM document d LEFT JOIN version v ON v.document = d.number "
        "WHERE d.restricted = 0{} GROUP BY d.number",
        of_versions("title"), of_versions("file_name"), of_versions("person"), of_versions("event"), where);
}
constexpr const char* make_anew = "run 'dossier tmf check --rebuild-search'";
constexpr std::string_view columns = "artifact, title, file_name, external, person, event, comment";

const std::string& insert_row() {
    static const std::string insert = fill("INSERT INTO search (rowid, {}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", columns);
    return insert;
}

std::string quoted(const std::string& text) {
    return "\"" + replace_all(replace_all(text, "\"", "\"\""), std::string(1, '\0'), " ") + "\"";
}

// FTS5's language, made of nothing but quoted strings and operators of ours.
std::string expression_of(const std::vector<SearchTerm>& terms) {
    std::vector<std::string> all;
    for (const SearchTerm& term : terms) {
        std::string any =
            fill("({{title file_name external person event comment}} : {}{}", quoted(term.text), std::string_view(term.begins ? " *" : ""));
        for (const std::string& person : term.persons) any += " OR person : " + quoted(person);
        for (const int unique_id : term.artifacts) any += fill(" OR artifact : \"u{:03}\"", unique_id);
        all.push_back(any + ")");
    }
    return join(all, " AND ");
}

} // namespace

Result<std::vector<std::int64_t>> SqliteLedger::search(const std::vector<SearchTerm>& terms, const DocumentFilter& filter) {
    std::vector<std::int64_t> found;
    if (terms.empty()) return found;
    DOSSIER_TRY(const bool there, has_search());
    if (!there) return Error(ErrorKind::unsupported, "the repository has no search index yet", {database_->path()}, make_anew);
    DOSSIER_TRY(Statement* const rows,
                database_->prepare(
                    "SELECT d.number FROM search JOIN document d ON d.number = search.rowid WHERE search MATCH ?1 AND d.restricted = 0 "
                    "AND (?2 = '' OR d.study = ?2) AND (?3 = 0 OR d.unique_id = ?3) AND (?4 = '' OR d.country = ?4) "
                    "AND (?5 = '' OR d.site = ?5) ORDER BY rank, d.number"));
    rows->bind(expression_of(terms)).bind(filter.study).bind(std::int64_t{filter.unique_id}).bind(filter.country).bind(filter.site);
    for (;;) {
        DOSSIER_TRY(const bool more, rows->step());
        if (!more) return found;
        found.push_back(rows->number(0));
    }
}

Result<void> SqliteLedger::index_documents(const std::vector<Change>& changes, std::int64_t last) {
    std::map<std::int64_t, const Change*> touched; // by number; the change that filed it where nothing else touched it
    for (const Change& change : changes) {
        if (!change.document && !change.version) continue;
        const std::int64_t number = change.document ? change.document->number : change.version->document;
        const bool is_filed_whole = change.document && change.version && number > last;
        const auto [place, is_first] = touched.try_emplace(number, is_filed_whole ? &change : nullptr);
        if (!is_first) place->second = nullptr;
    }
    bool hidden = false;
    for (const auto& [number, filed] : touched) {
        if (filed) {
            DOSSIER_CHECK(index_filed(*filed));
            continue;
        }
        DOSSIER_TRY(Statement* const there, database_->prepare("SELECT 1 FROM search_docsize WHERE id = ?"));
        there->bind(number);
        DOSSIER_TRY(const bool is_there, there->step());
        there->reset();
        if (is_there) {
            DOSSIER_TRY(Statement* const remove, database_->prepare("DELETE FROM search WHERE rowid = ?"));
            remove->bind(number);
            DOSSIER_CHECK(remove->run());
        }
        DOSSIER_TRY(const bool stayed, index_document(number));
        hidden = hidden || (is_there && !stayed);
    }
    // FTS5 keeps the words of a deleted row until its parts are merged; those of a document that became restricted must be gone.
    if (hidden) DOSSIER_CHECK(database_->execute("INSERT INTO search (search) VALUES ('optimize')"));
    return {};
}

// What `wanted_rows` says of a document that was just filed with one version, without asking for what was just written.
Result<void> SqliteLedger::index_filed(const Change& change) {
    const DocumentRecord& document = *change.document;
    const VersionRecord& version = *change.version;
    if (document.restricted) return {};
    DOSSIER_TRY(Statement* const put, database_->prepare(insert_row()));
    put->bind(document.number).bind(fill("u{:03}", document.unique_id)).bind(version.title).bind(version.file_name);
    return put->bind(document.external).bind(version.person).bind(version.event).bind(version.review_comment).run();
}

// False: it is restricted and must not be in the index. The row is read first and written by a statement of its own: INSERT ... SELECT
// would be guarded by a savepoint, and FTS5 writes out a part of the index for each savepoint.
Result<bool> SqliteLedger::index_document(std::int64_t number) {
    static const std::string wanted = wanted_rows(" AND d.number = ?");
    DOSSIER_TRY(Statement* const row, database_->prepare(wanted));
    row->bind(number);
    DOSSIER_TRY(const bool is_open, row->step());
    if (!is_open) return false;
    DOSSIER_TRY(Statement* const put, database_->prepare(insert_row()));
    put->bind(number);
    for (int column = 1; column <= 7; ++column) put->bind(row->view(column));
    const auto done = put->run();
    row->reset();
    DOSSIER_CHECK(done);
    return true;
}

Result<bool> SqliteLedger::has_search() {
    DOSSIER_TRY(const std::int64_t tables, highest("SELECT count(*) FROM sqlite_schema WHERE name = 'search'"));
    return tables > 0;
}

Result<void> SqliteLedger::rebuild_search() {
    DOSSIER_TRY(const auto transaction, Transaction::begin(*database_));
    DOSSIER_CHECK(database_->execute(fill("DROP TABLE IF EXISTS search; {} INSERT INTO search (rowid, {}) {}",
                                          std::string_view(ledger_schema::search_table), columns, wanted_rows())));
    return transaction->commit();
}

Result<std::vector<std::string>> SqliteLedger::check_search() {
    const auto rows_of = [](std::string_view from) { return fill("SELECT number, {} FROM ({})", columns, from); };
    const std::string wanted = rows_of(wanted_rows());
    const std::string there = rows_of(fill("SELECT rowid AS number, {} FROM search", columns));
    std::vector<std::string> problems;
    DOSSIER_TRY(const bool has_index, has_search());
    if (!has_index) return std::vector<std::string>{"there is no search index"};
    const auto compare = [&](const std::string& some, const std::string& others, std::string_view what) -> Result<void> {
        DOSSIER_TRY(Statement* const rows,
                    database_->prepare(fill("SELECT number FROM ({} EXCEPT {}) ORDER BY number LIMIT 20", some, others)));
        for (;;) {
            DOSSIER_TRY(const bool more, rows->step());
            if (!more) return {};
            problems.push_back(fill("{} {}", document_id(rows->number(0)), what));
        }
    };
    DOSSIER_CHECK(compare(there, wanted, "is in the search index otherwise than in its rows, or must not be in it"));
    DOSSIER_CHECK(compare(wanted, there, "is not in the search index as it should be"));
    return problems;
}

} // namespace dossier::tmf
