#include "tmf/sqlite.hpp"

#include <algorithm>
#include <array>
#include <cerrno>

#include <sqlite3.h>

#include "core/text.hpp"
#include "tmf/sqlite_log.hpp"

namespace dossier::tmf {

namespace {

Error to_error(sqlite3* handle, int code, const std::string& path) {
    const std::string message = handle ? sqlite3_errmsg(handle) : sqlite3_errstr(code);
    switch (code & 0xFF) {
    case SQLITE_FULL:
        return Error(ErrorKind::io, "the disk is full; nothing was written", {path}, "make room and run again");
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return Error(ErrorKind::conflict, "the ledger is in use by another program", {path}, "wait until it is done and run again");
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH:
        return Error(ErrorKind::denied, fill("the ledger may not be written: {}", message), {path});
    case SQLITE_CANTOPEN:
        return Error(ErrorKind::not_found, "the ledger cannot be opened", {path}, "check that the repository folder is whole and readable");
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return Error(ErrorKind::invalid, fill("the ledger is damaged: {}", message), {path}, "restore the repository from its last backup");
    case SQLITE_IOERR:
        if (handle && sqlite3_system_errno(handle) == EFBIG)
            return Error(ErrorKind::io, "the ledger would be larger than files may be in this session; nothing was written", {path},
                         "raise the file-size limit (ulimit -f) and run again");
        return Error(ErrorKind::io, fill("the ledger cannot be read or written: {}", message), {path});
    default:
        return Error(ErrorKind::internal, fill("ledger: {}", message), {path});
    }
}

// SQLite's name of a file with options; what has a meaning in a URI is escaped.
std::string uri_of(const std::string& path, bool unchanging) {
    std::string uri = "file:";
    for (const char c : path) {
        if (c == '%' || c == '?' || c == '#')
            uri += fill("%{:02x}", static_cast<unsigned>(static_cast<unsigned char>(c)));
        else
            uri += c;
    }
    return uri + (unchanging ? "?immutable=1" : "");
}

} // namespace

Statement::Statement(sqlite3* database, sqlite3_stmt* statement, const std::string& path)
    : database_(database), statement_(statement), path_(path) {}

Statement::~Statement() { sqlite3_finalize(statement_); }

Statement& Statement::bind(std::string_view text) {
    if (bound_ == 0) used_ = 0;
    const auto at = static_cast<std::size_t>(bound_);
    if (at >= is_empty_.size()) is_empty_.resize(at + 1);
    if (text.empty() && is_empty_[at]) { // as it was bound last time, and what is bound stays
        ++bound_;
        return *this;
    }
    is_empty_[at] = text.empty();
    const bool is_short = text.size() <= texts_.size() - used_; // kept here until the next run: no memory to be had and given back
    char* const kept = texts_.data() + used_;
    if (is_short) used_ += text.copy(kept, text.size());
    const int code = sqlite3_bind_text64(statement_, ++bound_, is_short ? kept : text.data(), text.size(),
                                         is_short ? SQLITE_STATIC : SQLITE_TRANSIENT, SQLITE_UTF8);
    if (code != SQLITE_OK) bind_error_ = code;
    return *this;
}

void Statement::forget_empty() {
    if (static_cast<std::size_t>(bound_) < is_empty_.size()) is_empty_[static_cast<std::size_t>(bound_)] = false;
}

Statement& Statement::bind(std::int64_t number) {
    forget_empty();
    const int code = sqlite3_bind_int64(statement_, ++bound_, number);
    if (code != SQLITE_OK) bind_error_ = code;
    return *this;
}

Statement& Statement::bind_blob(std::string_view bytes) {
    forget_empty();
    const int code = sqlite3_bind_blob64(statement_, ++bound_, bytes.data() ? bytes.data() : "", bytes.size(), SQLITE_TRANSIENT);
    if (code != SQLITE_OK) bind_error_ = code;
    return *this;
}

void Statement::reset() {
    sqlite3_reset(statement_);
    bound_ = 0;
    bind_error_ = 0;
}

Result<bool> Statement::step() {
    const int code = bind_error_ != 0 ? bind_error_ : sqlite3_step(statement_);
    if (code == SQLITE_ROW) return true;
    if (code == SQLITE_DONE) {
        reset();
        return false;
    }
    Error error = to_error(database_, code, path_);
    reset();
    return error;
}

Result<void> Statement::run() {
    for (;;) {
        DOSSIER_TRY(const bool more, step());
        if (!more) return {};
    }
}

std::string Statement::text(int column) const { return std::string(view(column)); }

// The value once, then its text and length: two questions of the statement take twice the time. A connection has one user at a time.
std::string_view Statement::view(int column) const {
    sqlite3_value* const value = sqlite3_column_value(statement_, column);
    const auto* bytes = reinterpret_cast<const char*>(sqlite3_value_text(value));
    return bytes ? std::string_view(bytes, static_cast<std::size_t>(sqlite3_value_bytes(value))) : std::string_view();
}

std::int64_t Statement::number(int column) const { return sqlite3_column_int64(statement_, column); }

std::string Statement::blob(int column) const {
    const auto* bytes = static_cast<const char*>(sqlite3_column_blob(statement_, column));
    return bytes ? std::string(bytes, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))) : std::string();
}

// Once, before SQLite is first used: it need not count its memory, which takes a lock for each piece.
void prepare_sqlite() {
    static const int done = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    (void)done;
}

Result<std::unique_ptr<Database>> Database::open(const std::string& path, Mode mode) {
    prepare_sqlite();
    sqlite3* handle = nullptr;
    const bool writes = mode == Mode::open || mode == Mode::create;
    const int flags = (writes ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY | SQLITE_OPEN_URI) | SQLITE_OPEN_NOMUTEX |
                      (mode == Mode::create ? SQLITE_OPEN_CREATE | SQLITE_OPEN_EXCLUSIVE : 0);
    const std::string name = writes ? path : uri_of(path, mode == Mode::unchanging);
    const int code = sqlite3_open_v2(name.c_str(), &handle, flags, log_in_large_writes());
    if (code != SQLITE_OK) {
        Error error = to_error(handle, code, path);
        sqlite3_close(handle);
        return error;
    }
    sqlite3_extended_result_codes(handle, 1);
    sqlite3_busy_timeout(handle, 10'000);
    std::unique_ptr<Database> database(new Database(handle, path));
    // FULL: each commit reaches the disk before it is acknowledged. A ledger from elsewhere must not run code through its schema.
    if (writes) {
        DOSSIER_TRY(Statement* const mode_row, database->prepare("PRAGMA journal_mode=WAL"));
        DOSSIER_TRY(const bool has_row, mode_row->step());
        database->has_log_ = has_row && mode_row->view(0) == "wal";
        mode_row->reset();
        DOSSIER_CHECK(database->execute("PRAGMA synchronous=FULL"));
    }
    DOSSIER_CHECK(database->execute("PRAGMA foreign_keys=ON; PRAGMA trusted_schema=OFF; PRAGMA recursive_triggers=ON; "
                                    "PRAGMA temp_store=MEMORY; PRAGMA cache_size=-8192"));
    return database;
}

Database::~Database() {
    statements_.clear();
    sqlite3_close(handle_);
}

Result<void> Database::execute(const std::string& sql) {
    const int code = sqlite3_exec(handle_, sql.c_str(), nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) return to_error(handle_, code, path_);
    return {};
}

Result<void> Database::make_room_for_changes() {
    if (has_room_) return {};
    has_room_ = true;
    return execute("PRAGMA cache_size=-65536");
}

Result<void> Database::expect_changes(std::size_t changes) {
    const bool many = changes >= 500;
    if (many == takes_long_strides_) return {};
    takes_long_strides_ = many;
    return execute(many ? "PRAGMA wal_autocheckpoint=16384" : "PRAGMA wal_autocheckpoint=1000");
}

// A commit that makes the file longer has the disk write the file's new size besides: twice the time of one that writes into what is there.
// Until the log is so long that it starts again at its beginning, it is made so with zeros, which are no frames to whoever reads it: 4 MB,
// a few milliseconds, at the third commit of a process. One that commits once or twice never does it. What cannot be written here the
// commit itself will tell.
void Database::make_room_in_log() {
    constexpr sqlite3_int64 full = 1024 * (4096 + 24); // where the log starts again, with what one commit adds
    sqlite3_file* log = nullptr;
    if (!has_log_ || sqlite3_file_control(handle_, "main", SQLITE_FCNTL_JOURNAL_POINTER, &log) != SQLITE_OK) return;
    if (!log || !log->pMethods) return;
    // Whoever asks the system for a file's size has it keep a finer time of the next write, which that commit then waits for.
    sqlite3_int64 size = 0, written = 0;
    if (log_size_ > 0 && log->pMethods->xFileControl(log, last_write_ended, &written) == SQLITE_OK && written <= log_size_) return;
    if (log->pMethods->xFileSize(log, &size) != SQLITE_OK) return;
    if (log_size_ > 0 && size > log_size_) {
        static const std::array<char, 1 << 14> zeros{};
        while (size < full && log->pMethods->xWrite(log, zeros.data(), static_cast<int>(zeros.size()), size) == SQLITE_OK)
            size += static_cast<sqlite3_int64>(zeros.size());
    }
    log_size_ = size;
}

std::uint32_t Database::state() const {
    unsigned int state = 0;
    (void)sqlite3_file_control(handle_, "main", SQLITE_FCNTL_DATA_VERSION, &state);
    return state;
}

Result<Statement*> Database::prepare(std::string_view sql) {
    const auto known = statements_.find(sql);
    if (known != statements_.end()) {
        known->second->reset();
        return known->second.get();
    }
    sqlite3_stmt* statement = nullptr;
    const int code = sqlite3_prepare_v3(handle_, sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
    if (code != SQLITE_OK) return to_error(handle_, code, path_);
    auto& slot = statements_[std::string(sql)];
    slot = std::make_unique<Statement>(handle_, statement, path_);
    return slot.get();
}

Result<std::unique_ptr<Transaction>> Transaction::begin(Database& database) {
    DOSSIER_CHECK(database.make_room_for_changes());
    DOSSIER_TRY(Statement* const begin, database.prepare("BEGIN IMMEDIATE")); // kept: reading these words again costs more than doing them
    DOSSIER_CHECK(begin->run());
    database.make_room_in_log();
    return std::unique_ptr<Transaction>(new Transaction(database));
}

Transaction::~Transaction() {
    if (open_) (void)database_.execute("ROLLBACK").has_value();
}

Result<void> Transaction::commit() {
    DOSSIER_TRY(Statement* const commit, database_.prepare("COMMIT"));
    DOSSIER_CHECK(commit->run());
    open_ = false;
    return {};
}

} // namespace dossier::tmf
