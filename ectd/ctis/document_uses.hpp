// Which versions of documents of a trial master file the dossiers of an application hold, and what became of them: from the manifests of
// all dossiers, folders and archives alike.
#pragma once

#include "ectd/ctis/history.hpp"

#include <string>
#include <vector>

namespace dossier::ectd::ctis {

// The state after each dossier, ascending. Errors: a dossier without a readable manifest.
Result<std::vector<Contents>> read_states(const std::shared_ptr<FileSystem>& fs, const std::string& application_folder);

struct DocumentUse {
    enum class State { current, replaced, withdrawn } state = State::current;
    const Document* document = nullptr; // as the dossier that brought it has it; with an origin
    std::string ended_by;               // replaced: dossier and path of the file that took its place, 0002#part-1/…; withdrawn: 0002
};
// One for each file that came from a trial master file, by dossier. `states` must outlive the result.
std::vector<DocumentUse> document_uses(const std::vector<Contents>& states);

} // namespace dossier::ectd::ctis
