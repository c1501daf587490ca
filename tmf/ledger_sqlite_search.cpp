// Searching: the index, and the documents that were filed too lately to be in it.
#include "tmf/ledger_search_rows.hpp"
#include "tmf/ledger_sqlite.hpp"

namespace dossier::tmf {

namespace {

constexpr const char* make_anew = "run 'dossier tmf check --rebuild-search'";

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

// One state of the ledger for several statements, also where the caller has begun to read one already.
class OneState {
public:
    explicit OneState(Database& database) : database_(database) {}
    OneState(const OneState&) = delete;
    OneState& operator=(const OneState&) = delete;
    Result<void> begin() { return database_.execute("SAVEPOINT one_state"); }
    ~OneState() { (void)database_.execute("RELEASE one_state").has_value(); }

private:
    Database& database_;
};

} // namespace

Result<std::vector<std::int64_t>> SqliteLedger::search(const std::vector<SearchTerm>& terms, const DocumentFilter& filter) {
    std::vector<std::int64_t> found;
    if (terms.empty()) return found;
    const std::string expression = expression_of(terms);
    OneState state(*database_);
    DOSSIER_CHECK(state.begin());
    DOSSIER_TRY(const std::string table, search_table());
    if (table.empty()) return Error(ErrorKind::unsupported, "the repository has no search index yet", {database_->path()}, make_anew);
    DOSSIER_CHECK(search_in(table, expression, filter, found));
    DOSSIER_TRY(const std::int64_t indexed, last_indexed());
    DOSSIER_TRY(const std::int64_t last, last_document());
    if (indexed >= last) return found;
    // The same index once more, in memory, of the few that are left: the same words find them. They come last.
    DOSSIER_CHECK(database_->execute(search_rows::create("temp.search_rest") +
                                     fill("INSERT INTO temp.search_rest (rowid, {}) {}", search_rows::columns,
                                          search_rows::wanted(fill(" AND d.number > {}", indexed)))));
    const auto done = search_in("search_rest", expression, filter, found);
    DOSSIER_CHECK(database_->execute("DROP TABLE temp.search_rest"));
    DOSSIER_CHECK(done);
    return found;
}

Result<void> SqliteLedger::search_in(const std::string& table, const std::string& expression, const DocumentFilter& filter,
                                     std::vector<std::int64_t>& found) {
    DOSSIER_TRY(
        Statement* const rows,
        database_->prepare(fill("SELECT d.number FROM {0} JOIN document d ON d.number = {0}.rowid WHERE {0} MATCH ?1 AND d.restricted = 0 "
                                "AND (?2 = '' OR d.study = ?2) AND (?3 = 0 OR d.unique_id = ?3) AND (?4 = '' OR d.country = ?4) "
                                "AND (?5 = '' OR d.site = ?5) ORDER BY rank, d.number",
                                table)));
    rows->bind(expression).bind(filter.study).bind(std::int64_t{filter.unique_id}).bind(filter.country).bind(filter.site);
    for (;;) {
        DOSSIER_TRY(const bool more, rows->step());
        if (!more) return {};
        found.push_back(rows->number(0));
    }
}

Result<std::vector<std::string>> SqliteLedger::check_search() {
    std::vector<std::string> problems;
    OneState state(*database_);
    DOSSIER_CHECK(state.begin());
    DOSSIER_TRY(const std::string table, search_table());
    if (table.empty()) return std::vector<std::string>{"there is no search index"};
    DOSSIER_TRY(const std::int64_t indexed, last_indexed());
    const auto rows_of = [](std::string_view from) { return fill("SELECT number, {} FROM ({})", search_rows::columns, from); };
    const std::string wanted = rows_of(search_rows::wanted(fill(" AND d.number <= {}", indexed)));
    const std::string there = rows_of(fill("SELECT rowid AS number, {} FROM {}", search_rows::columns, table));
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
