// A numbered folder that is written beside its place and renamed into it when complete: interrupted or failed, what was there is as it was.
#pragma once

#include "core/filesystem.hpp"
#include "ectd/drafts.hpp"

#include <memory>
#include <string>

namespace dossier::ectd {

class StagedFolder {
public:
    StagedFolder(FileSystem& fs, SequencePlace place);

    // Locks the target, and the application folder where it is another one, until destruction, clears away what killed builds left, makes
    // the empty folder part(). Errors: conflict when somebody else builds there, when it is there and no draft (ectd/drafts.hpp), or is
    // there already and not to be rebuilt.
    Result<void> begin(bool rebuild);
    const std::string& part() const { return part_; }    // write here
    const std::string& folder() const { return final_; } // where it will be
    Result<void> put_in_place();
    void give_up(); // removes part()

private:
    FileSystem& fs_;
    SequencePlace place_;
    std::string target_, number_, final_, part_, old_;
    std::unique_ptr<FileLock> lock_, drafts_lock_;
};

// What builds that were killed left, of any number: for who holds the lock of the folder.
Result<void> clear_leftovers(FileSystem& fs, const std::string& folder);

} // namespace dossier::ectd
