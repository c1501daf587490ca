// How SQLite writes its log (-wal): what it adds in two small writes for each page goes to the file in one write for each commit. For
// sqlite.cpp only.
#pragma once

namespace dossier::tmf {

// The name of SQLite's way to the disk that does so (sqlite3_vfs); otherwise it is the default one. Nothing is held back from who asks for
// it: a commit's last page, reading, syncing, asking for the size all write first what is held.
const char* log_in_large_writes();

// A file control of such a log: where the last write ended, as sqlite3_int64. Unlike the size it is known without asking the system.
constexpr int last_write_ended = 1'146'045'268; // SQLite's own are below 100, other ways to the disk have theirs

} // namespace dossier::tmf
