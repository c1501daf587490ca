#include "ectd/drafts.hpp"

#include <algorithm>

#include "core/path.hpp"
#include "core/table.hpp"
#include "core/text.hpp"
#include "core/zip.hpp"
#include "ectd/ctis/contents.hpp"

namespace dossier::ectd {

namespace {

const std::vector<std::string> keys{"index.xml", ctis::manifest_name};

struct Draft {
    SequenceNumber number;
    std::string key; // hex, lower case
};

Result<std::vector<Draft>> read_drafts(FileSystem& fs, const std::string& folder) {
    std::vector<Draft> drafts;
    const std::string file = path::join(folder, drafts_file);
    if (!exists(fs, file)) return drafts;
    DOSSIER_TRY(const Table table, read_table(fs, file, {{"sequence", {}, true}, {"sha256", {}, true}}));
    for (const TableRow& row : table.rows) {
        const auto number = SequenceNumber::parse(row.cell("sequence"));
        if (!number)
            return Error(ErrorKind::invalid, fill("\"{}\" is no sequence of four digits", row.cell("sequence")),
                         table.place(row, "sequence"),
                         "restore the file from a backup, or remove the row: that sequence is then no draft any more");
        drafts.push_back({*number, to_lower(row.cell("sha256"))});
    }
    return drafts;
}

Result<void> write_drafts(FileSystem& fs, const std::string& folder, std::vector<Draft> drafts) {
    std::stable_sort(drafts.begin(), drafts.end(), [](const Draft& a, const Draft& b) { return a.number < b.number; });
    Sheet sheet{"drafts", {"sequence", "sha256"}, {}};
    for (const Draft& draft : drafts) sheet.rows.push_back({draft.number.text(), draft.key});
    return write_file_durably(fs, path::join(folder, drafts_file), to_csv(sheet));
}

// Of the file in `sequence` that it is known by; "" where it has none.
std::string key_in(FileSystem& fs, const std::string& sequence) {
    for (const std::string& name : keys) {
        const std::string file = path::join(sequence, name);
        if (!exists(fs, file)) continue;
        const auto digests = digests_of_file(fs, file, Hasher::What::sha256);
        return digests ? digests->sha256.hex() : "";
    }
    return "";
}

// Of what lies there: a folder before a ZIP.
std::string key_of(FileSystem& fs, const SequencePlace& place) {
    const std::string sequence = path::join(place.folder, place.number.text());
    if (exists(fs, sequence)) return key_in(fs, sequence);
    auto reader = open_zip(sequence + ".zip");
    return reader ? key_in(*make_zip_file_system(std::move(*reader)), place.number.text()) : "";
}

bool has(const std::vector<Draft>& drafts, SequenceNumber number, const std::string& key) {
    return std::any_of(drafts.begin(), drafts.end(), [&](const Draft& draft) { return draft.number == number && draft.key == key; });
}

} // namespace

bool is_key_of_draft(const std::string& name) { return std::find(keys.begin(), keys.end(), name) != keys.end(); }

Result<bool> is_draft(FileSystem& fs, const SequencePlace& place) {
    DOSSIER_TRY(const std::vector<Draft> drafts, read_drafts(fs, place.application));
    const bool any = std::any_of(drafts.begin(), drafts.end(), [&](const Draft& draft) { return draft.number == place.number; });
    return any && has(drafts, place.number, key_of(fs, place)); // nothing is hashed in vain
}

Result<void> refuse_unless_draft(FileSystem& fs, const SequencePlace& place) {
    const std::string sequence = path::join(place.folder, place.number.text());
    if (!exists(fs, sequence) && !exists(fs, sequence + ".zip")) return {};
    DOSSIER_TRY(const bool draft, is_draft(fs, place));
    if (draft) return {};
    return Error(
        ErrorKind::conflict,
        fill("{} {} is no draft that was built here: it was sent, imported, copied here or changed since, and is never built again",
             place.what, place.number.text()),
        {exists(fs, sequence) ? sequence : sequence + ".zip"},
        fill("build the next {}; where you know it for a draft, move it out of the folder and build it anew", place.what));
}

Result<std::unique_ptr<FileLock>> lock_drafts(FileSystem& fs, const SequencePlace& place) {
    const auto application = fs.real_path(place.application), folder = fs.real_path(place.folder);
    if (!application || (folder && *application == *folder)) return std::unique_ptr<FileLock>();
    auto lock = fs.lock(place.application, 0);
    if (lock || lock.error().kind == ErrorKind::conflict) return lock;
    return std::unique_ptr<FileLock>();
}

Result<void> record_draft(FileSystem& fs, const SequencePlace& place, const Sha256& key) {
    DOSSIER_TRY(std::vector<Draft> drafts, read_drafts(fs, place.application));
    if (has(drafts, place.number, key.hex())) return {};
    drafts.push_back({place.number, key.hex()});
    auto written = write_drafts(fs, place.application, std::move(drafts));
    if (!written && path::normalise(place.application) != path::normalise(place.folder)) return {};
    return written;
}

Result<void> forget_drafts(FileSystem& fs, const std::string& application, const std::vector<SequenceNumber>& numbers) {
    DOSSIER_TRY(std::vector<Draft> drafts, read_drafts(fs, application));
    const auto removed = std::erase_if(
        drafts, [&numbers](const Draft& draft) { return std::find(numbers.begin(), numbers.end(), draft.number) != numbers.end(); });
    if (removed == 0) return {};
    return write_drafts(fs, application, std::move(drafts));
}

} // namespace dossier::ectd
