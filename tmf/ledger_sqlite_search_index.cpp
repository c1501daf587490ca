// Keeping the search index. A document that was just filed is not put into it at once: that would take as long as all else about it. The
// last few wait, by number, and are put in together; while they wait they are searched as they are (ledger_sqlite_search.cpp).
#include "tmf/ledger_search_rows.hpp"
#include "tmf/ledger_sqlite.hpp"

#include <algorithm>
#include <limits>
#include <map>

namespace dossier::tmf {

namespace {

constexpr std::int64_t most_waiting = 255;
constexpr const char* words = "search_words";
constexpr const char* older_words = "search"; // of programs that put every document into it at once

std::string state_table(std::string_view indexed) {
    return fill("CREATE TABLE search_state (indexed INTEGER NOT NULL) STRICT; INSERT INTO search_state (indexed) {};", indexed);
}
constexpr std::string_view up_to = "SELECT indexed FROM search_state";
constexpr std::string_view all_documents = "SELECT coalesce(max(number), 0) FROM document";

const std::string& insert_row() {
    static const std::string insert =
        fill("INSERT INTO {} (rowid, {}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", std::string_view(words), search_rows::columns);
    return insert;
}

} // namespace

std::string search_tables() { return search_rows::create(words) + state_table("VALUES (0)"); }

Result<bool> SqliteLedger::has_table(std::string_view name) {
    DOSSIER_TRY(Statement* const rows, database_->prepare("SELECT count(*) FROM sqlite_schema WHERE name = ?"));
    rows->bind(name);
    DOSSIER_TRY(const bool is_there, rows->step());
    const bool found = is_there && rows->number(0) > 0;
    rows->reset();
    return found;
}

// An older program that worked here meanwhile has made its own index anew, and kept that one only.
Result<std::string> SqliteLedger::search_table() {
    for (const char* const name : {older_words, words}) {
        DOSSIER_TRY(const bool is_there, has_table(name));
        if (is_there) return std::string(name);
    }
    return std::string();
}

Result<std::int64_t> SqliteLedger::last_indexed() {
    DOSSIER_TRY(const bool is_older, has_table(older_words));
    if (is_older) return std::numeric_limits<std::int64_t>::max();
    return highest(up_to);
}

Result<void> SqliteLedger::mark_indexed(std::int64_t number) {
    DOSSIER_TRY(Statement* const put, database_->prepare("UPDATE search_state SET indexed = ?"));
    return put->bind(number).run();
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
    if (touched.empty()) return {};
    DOSSIER_TRY(const std::int64_t indexed, highest(up_to)); // adopt_search() was here
    const std::int64_t present = std::max(last, touched.rbegin()->first);
    const bool all = present - indexed > most_waiting;
    if (all) DOSSIER_CHECK(index_range(indexed, last));
    bool hidden = false;
    for (const auto& [number, filed] : touched) {
        if (number > last && filed) {
            if (all) DOSSIER_CHECK(index_filed(*filed));
        } else if (number > last) {
            if (all) DOSSIER_CHECK(index_range(number - 1, number));
        } else if (number <= indexed) {
            DOSSIER_TRY(const bool has_left, index_anew(number));
            hidden = hidden || has_left;
        }
    }
    if (all) DOSSIER_CHECK(mark_indexed(present));
    // FTS5 keeps the words of a deleted row until its parts are merged; those of a document that became restricted must be gone.
    if (hidden) DOSSIER_CHECK(database_->execute(fill("INSERT INTO {0} ({0}) VALUES ('optimize')", std::string_view(words))));
    return {};
}

// What search_rows::wanted says of a document that was just filed with one version, without asking for what was just written.
Result<void> SqliteLedger::index_filed(const Change& change) {
    const DocumentRecord& document = *change.document;
    const VersionRecord& version = *change.version;
    if (document.restricted) return {};
    DOSSIER_TRY(Statement* const put, database_->prepare(insert_row()));
    put->bind(document.number).bind(fill("u{:03}", document.unique_id)).bind(version.title).bind(version.file_name);
    return put->bind(document.external).bind(version.person).bind(version.event).bind(version.review_comment).run();
}

// True: it was in the index and must not be any more, being restricted now.
Result<bool> SqliteLedger::index_anew(std::int64_t number) {
    DOSSIER_TRY(Statement* const there, database_->prepare(fill("SELECT 1 FROM {}_docsize WHERE id = ?", std::string_view(words))));
    there->bind(number);
    DOSSIER_TRY(const bool is_there, there->step());
    there->reset();
    if (is_there) {
        DOSSIER_TRY(Statement* const remove, database_->prepare(fill("DELETE FROM {} WHERE rowid = ?", std::string_view(words))));
        remove->bind(number);
        DOSSIER_CHECK(remove->run());
    }
    DOSSIER_TRY(const std::int64_t stayed, index_range(number - 1, number));
    return is_there && stayed == 0;
}

// Those above `first`, up to `last`; how many, restricted ones aside. Each row is read first and written by a statement of its own:
// INSERT ... SELECT would be guarded by a savepoint, and FTS5 writes out a part of the index for each savepoint.
Result<std::int64_t> SqliteLedger::index_range(std::int64_t first, std::int64_t last) {
    std::int64_t count = 0;
    static const std::string wanted = search_rows::wanted(" AND d.number > ? AND d.number <= ?");
    DOSSIER_TRY(Statement* const row, database_->prepare(wanted));
    row->bind(first).bind(last);
    for (;;) {
        DOSSIER_TRY(const bool more, row->step());
        if (!more) return count;
        DOSSIER_TRY(Statement* const put, database_->prepare(insert_row()));
        put->bind(row->number(0));
        for (int column = 1; column <= search_rows::column_count; ++column) put->bind(row->view(column));
        const auto done = put->run();
        if (!done) row->reset();
        DOSSIER_CHECK(done);
        ++count;
    }
}

Result<void> SqliteLedger::complete_search() {
    const auto waits = [this]() -> Result<bool> {
        DOSSIER_TRY(const std::int64_t indexed, last_indexed());
        DOSSIER_TRY(const std::int64_t last, last_document());
        return indexed < last;
    };
    DOSSIER_TRY(const bool is_needed, waits());
    if (!is_needed) return {};
    DOSSIER_TRY(const auto transaction, Transaction::begin(*database_));
    DOSSIER_TRY(const std::int64_t indexed, last_indexed());
    DOSSIER_TRY(const std::int64_t last, last_document());
    if (indexed >= last) return {}; // somebody was faster
    DOSSIER_CHECK(index_range(indexed, last));
    DOSSIER_CHECK(mark_indexed(last));
    return transaction->commit();
}

Result<void> SqliteLedger::rebuild_search() {
    DOSSIER_TRY(const auto transaction, Transaction::begin(*database_));
    DOSSIER_CHECK(database_->execute(
        fill("DROP TABLE IF EXISTS {}; DROP TABLE IF EXISTS {}; DROP TABLE IF EXISTS search_state; {} {} INSERT INTO {} (rowid, {}) {}",
             std::string_view(older_words), std::string_view(words), search_rows::create(words), state_table(all_documents),
             std::string_view(words), search_rows::columns, search_rows::wanted())));
    return transaction->commit();
}

// Of a ledger that an older program wrote, or that was written before there was an index.
Result<void> SqliteLedger::adopt_search() {
    DOSSIER_TRY(const std::string present, search_table());
    if (present == words) return {};
    if (present.empty()) return rebuild_search();
    DOSSIER_TRY(const auto transaction, Transaction::begin(*database_));
    DOSSIER_TRY(const bool is_older, has_table(older_words));
    if (!is_older) return {}; // somebody was faster
    DOSSIER_CHECK(database_->execute(fill("DROP TABLE IF EXISTS {0}; DROP TABLE IF EXISTS search_state; ALTER TABLE {1} RENAME TO {0}; {2}",
                                          std::string_view(words), std::string_view(older_words), state_table(all_documents))));
    return transaction->commit();
}

} // namespace dossier::tmf
