#include "tmf/sqlite_log.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

#include <sqlite3.h>

namespace dossier::tmf {

namespace {

constexpr int frame_header = 24; // https://www.sqlite.org/fileformat2.html, section 4.1: bytes 4 to 7 are not 0 in a commit's last frame
constexpr int most_held = 124 << 10; // SQLite never writes 128 KiB or more at once, and its way to the disk takes no more

sqlite3_vfs* default_vfs() { return sqlite3_vfs_find(nullptr); }

// SQLite makes room for it, and for the file proper behind it. Only what continues the last write is held: the frames of a commit do.
struct LogFile {
    sqlite3_file base;
    sqlite3_file* file;
    char* held; // null: there was no memory for it
    int size;   // of what is held
    sqlite3_int64 end;
    bool is_last; // the page to come is the last one of its commit
};

LogFile& log_of(sqlite3_file* base) { return *reinterpret_cast<LogFile*>(base); }

int write_held(LogFile& log) {
    const int size = std::exchange(log.size, 0); // what cannot be written is told once, and SQLite takes its commit back
    return size == 0 ? SQLITE_OK : log.file->pMethods->xWrite(log.file, log.held, size, log.end - size);
}

int write(sqlite3_file* base, const void* bytes, int size, sqlite3_int64 at) {
    LogFile& log = log_of(base);
    const bool continues = log.held && at == log.end && size <= most_held;
    if (!continues || log.size + size > most_held)
        if (const int code = write_held(log); code != SQLITE_OK) return code;
    log.end = at + size;
    if (!continues) return log.file->pMethods->xWrite(log.file, bytes, size, at);
    std::memcpy(log.held + log.size, bytes, static_cast<std::size_t>(size));
    log.size += size;
    if (size != frame_header && log.is_last) {
        log.is_last = false;
        return write_held(log);
    }
    const char* const header = static_cast<const char*>(bytes);
    log.is_last = size == frame_header && std::any_of(header + 4, header + 8, [](char byte) { return byte != 0; });
    return SQLITE_OK;
}

// What the file itself does, once it has everything.
template <class Do> int with_file(sqlite3_file* base, Do does) {
    LogFile& log = log_of(base);
    const int code = write_held(log);
    return code == SQLITE_OK ? does(*log.file->pMethods, log.file) : code;
}

int close(sqlite3_file* base) { // what is still held was never committed
    LogFile& log = log_of(base);
    sqlite3_free(log.held);
    return log.file->pMethods->xClose(log.file);
}

int read(sqlite3_file* base, void* bytes, int size, sqlite3_int64 at) {
    return with_file(base, [&](const sqlite3_io_methods& does, sqlite3_file* file) { return does.xRead(file, bytes, size, at); });
}

int truncate(sqlite3_file* base, sqlite3_int64 size) {
    return with_file(base, [&](const sqlite3_io_methods& does, sqlite3_file* file) { return does.xTruncate(file, size); });
}

int sync(sqlite3_file* base, int flags) {
    return with_file(base, [&](const sqlite3_io_methods& does, sqlite3_file* file) { return does.xSync(file, flags); });
}

int file_size(sqlite3_file* base, sqlite3_int64* size) {
    return with_file(base, [&](const sqlite3_io_methods& does, sqlite3_file* file) { return does.xFileSize(file, size); });
}

int file_control(sqlite3_file* base, int operation, void* argument) {
    if (operation == last_write_ended) {
        *static_cast<sqlite3_int64*>(argument) = log_of(base).end;
        return SQLITE_OK;
    }
    return with_file(base,
                     [&](const sqlite3_io_methods& does, sqlite3_file* file) { return does.xFileControl(file, operation, argument); });
}

int lock(sqlite3_file* base, int level) { return log_of(base).file->pMethods->xLock(log_of(base).file, level); }
int unlock(sqlite3_file* base, int level) { return log_of(base).file->pMethods->xUnlock(log_of(base).file, level); }
int check_lock(sqlite3_file* base, int* is_locked) { return log_of(base).file->pMethods->xCheckReservedLock(log_of(base).file, is_locked); }
int sector_size(sqlite3_file* base) { return log_of(base).file->pMethods->xSectorSize(log_of(base).file); }
int device_characteristics(sqlite3_file* base) { return log_of(base).file->pMethods->xDeviceCharacteristics(log_of(base).file); }

sqlite3_io_methods log_methods() {
    sqlite3_io_methods methods{};
    methods.iVersion = 1; // no shared memory, no mapping: SQLite asks for those of the database only
    methods.xClose = close;
    methods.xRead = read;
    methods.xWrite = write;
    methods.xTruncate = truncate;
    methods.xSync = sync;
    methods.xFileSize = file_size;
    methods.xLock = lock;
    methods.xUnlock = unlock;
    methods.xCheckReservedLock = check_lock;
    methods.xFileControl = file_control;
    methods.xSectorSize = sector_size;
    methods.xDeviceCharacteristics = device_characteristics;
    return methods;
}

int open(sqlite3_vfs*, const char* name, sqlite3_file* base, int flags, int* flags_out) {
    static const sqlite3_io_methods methods = log_methods();
    if ((flags & SQLITE_OPEN_WAL) == 0) return default_vfs()->xOpen(default_vfs(), name, base, flags, flags_out);
    LogFile& log = log_of(base);
    log = {};
    log.file = reinterpret_cast<sqlite3_file*>(&log + 1);
    const int code = default_vfs()->xOpen(default_vfs(), name, log.file, flags, flags_out);
    if (code != SQLITE_OK) {
        if (log.file->pMethods) log.file->pMethods->xClose(log.file);
        return code;
    }
    log.held = static_cast<char*>(sqlite3_malloc(most_held));
    log.end = -1;
    log.base.pMethods = &methods;
    return code;
}

} // namespace

const char* log_in_large_writes() {
    static sqlite3_vfs vfs = [] {
        sqlite3_vfs made = *default_vfs();
        made.zName = "dossier-log";
        made.szOsFile += static_cast<int>(sizeof(LogFile));
        made.xOpen = open;
        return made;
    }();
    static const int code = sqlite3_vfs_register(&vfs, 0);
    return code == SQLITE_OK ? vfs.zName : nullptr; // null: the default one
}

} // namespace dossier::tmf
