#include "ectd/staged_folder.hpp"

#include "core/path.hpp"
#include "core/text.hpp"
#include "ectd/import_journal.hpp"
#include "ectd/sequence_number.hpp"

namespace dossier::ectd {

namespace {

bool is_leftover(const std::string& name) { // .0002.part, .0002.zip.part
    if (name.size() < 10 || name[0] != '.' || !SequenceNumber::parse(name.substr(1, 4))) return false;
    return name.substr(5) == ".part" || name.substr(5) == ".zip.part";
}

} // namespace

StagedFolder::StagedFolder(FileSystem& fs, SequencePlace place)
    : fs_(fs), place_(std::move(place)), target_(place_.folder), number_(place_.number.text()), final_(path::join(target_, number_)),
      part_(path::join(target_, "." + number_ + ".part")), old_(path::join(target_, "." + number_ + ".old")) {}

Result<void> StagedFolder::begin(bool rebuild) {
    DOSSIER_CHECK(fs_.create_folders(target_));
    DOSSIER_TRY(lock_, fs_.lock(target_, 0)); // two builds at once would clear each other's work
    DOSSIER_TRY(drafts_lock_, lock_drafts(fs_, place_));
    if (!exists(fs_, final_) && exists(fs_, old_)) DOSSIER_CHECK(fs_.rename(old_, final_)); // an interrupted rebuild
    DOSSIER_CHECK(fs_.remove_tree(old_));
    DOSSIER_CHECK(clear_leftovers(fs_, target_));
    DOSSIER_CHECK(refuse_unless_draft(fs_, place_));
    if (exists(fs_, final_) && !rebuild)
        return Error(ErrorKind::conflict, fill("{} {} is already there", place_.what, number_), {final_},
                     "add --rebuild to build this draft again, or --sequence for another number");
    return fs_.create_folders(part_);
}

Result<void> clear_leftovers(FileSystem& fs, const std::string& folder) {
    DOSSIER_TRY(const auto entries, fs.list(folder));
    for (const FolderEntry& entry : entries)
        if (is_leftover(entry.name) || entry.name == import_staging) DOSSIER_CHECK(fs.remove_tree(path::join(folder, entry.name)));
    return {};
}

Result<void> StagedFolder::put_in_place() {
    DOSSIER_CHECK(fs_.sync_tree(part_)); // one call: thousands of files, one wait
    const bool replaces = exists(fs_, final_);
    if (replaces) {
        const auto swapped = fs_.exchange(part_, final_); // old or new at any instant
        if (swapped) {
            DOSSIER_CHECK(fs_.sync_folder(target_));
            return fs_.remove_tree(part_);
        }
        if (swapped.error().kind != ErrorKind::unsupported) return swapped;
    }
    if (replaces) DOSSIER_CHECK(fs_.rename(final_, old_));
    auto done = fs_.rename(part_, final_);
    if (!done) {
        if (replaces) (void)fs_.rename(old_, final_).has_value();
        return done;
    }
    DOSSIER_CHECK(fs_.sync_folder(target_));
    return fs_.remove_tree(old_);
}

void StagedFolder::give_up() { (void)fs_.remove_tree(part_).has_value(); }

} // namespace dossier::ectd
