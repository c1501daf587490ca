// SQLite's door: a database and its statements, errors as Result. For ledger_sqlite*.cpp, and for the benchmark that weighs a plain
// commit. Not thread safe.
#pragma once

#include "core/result.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

struct sqlite3;
struct sqlite3_stmt;

namespace dossier::tmf {

class Statement { // prepared once, run often
public:
    Statement(sqlite3* database, sqlite3_stmt* statement, const std::string& path);
    ~Statement();
    Statement(const Statement&) = delete;
    Statement& operator=(const Statement&) = delete;

    // Parameters in order, from the first; text is copied.
    Statement& bind(std::string_view text);
    Statement& bind(std::int64_t number);
    Statement& bind_blob(std::string_view bytes);
    Result<bool> step(); // true: a row is there; false: done, and the statement is ready for the next run
    Result<void> run();  // to the end, rows are not wanted
    void reset();        // ready for the next run

    std::string text(int column) const;      // from 0
    std::string_view view(int column) const; // until the next step
    std::int64_t number(int column) const;
    std::string blob(int column) const;

private:
    void forget_empty(); // of the parameter that is bound next

    sqlite3* database_;
    sqlite3_stmt* statement_;
    const std::string& path_;
    int bound_ = 0;
    int bind_error_ = 0;
    std::array<char, 2048> texts_; // that are bound, one after the other; longer ones SQLite keeps
    std::size_t used_ = 0;
    std::vector<bool> is_empty_; // which parameters an empty text is bound to
};

class Database {
public:
    // read_only needs a log (-wal) with its index (-shm) beside the file, or none; unchanging: nobody writes while it is open, no log is
    // read.
    enum class Mode { open, create, read_only, unchanging };
    static Result<std::unique_ptr<Database>> open(const std::string& path, Mode mode);
    ~Database();
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;

    Result<void> execute(const std::string& sql);     // several statements at once
    Result<Statement*> prepare(std::string_view sql); // kept, and given again for the same text; reset before use
    // Pages kept in memory: few for reading, which goes through once, so that its memory does not grow with the ledger; many for changes,
    // which come back to the same pages of an index.
    Result<void> make_room_for_changes();
    // After how many pages of the log they go into the file itself: batch after batch of an import comes back to the same pages, which
    // should not be written there each time; one by one, a short log stays where it is on the disk and is written over.
    Result<void> expect_changes(std::size_t changes);
    // Inside a transaction, of one who commits again and again: the log is made longer at once, not a little by each commit.
    void make_room_in_log();
    // Another number once anybody has committed: inside a transaction it says whether what was known at its beginning is still so.
    std::uint32_t state() const;
    const std::string& path() const { return path_; }

private:
    Database(sqlite3* handle, std::string path) : handle_(handle), path_(std::move(path)) {}
    sqlite3* handle_;
    std::string path_;
    bool has_room_ = false, takes_long_strides_ = false, has_log_ = false;
    std::int64_t log_size_ = 0; // when the last transaction began
    struct TextHash {
        using is_transparent = void;
        // The end tells statements apart well enough, and they are looked for at each filing.
        std::size_t operator()(std::string_view text) const {
            return std::hash<std::string_view>()(text.substr(text.size() - std::min<std::size_t>(text.size(), 32))) + text.size();
        }
    };
    std::unordered_map<std::string, std::unique_ptr<Statement>, TextHash, std::equal_to<>> statements_;
};

// Begins at once (IMMEDIATE), takes everything back unless commit() was called and succeeded.
class Transaction {
public:
    static Result<std::unique_ptr<Transaction>> begin(Database& database);
    ~Transaction();
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;
    Result<void> commit();

private:
    explicit Transaction(Database& database) : database_(database) {}
    Database& database_;
    bool open_ = true;
};

} // namespace dossier::tmf
