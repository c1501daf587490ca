// The reference models of several studies, each as its study names it: an identifier has the number and name of the study it is looked at
// in.
#pragma once

#include "cli/command.hpp"
#include "tmf/repository.hpp"

#include <functional>
#include <map>
#include <string>

namespace dossier::cli {

// The artifact that a document is filed under; null when the model lacks it.
using ArtifactOf = std::function<const templates::Artifact*(const tmf::DocumentRecord&)>;
ArtifactOf artifacts_of(const templates::TmfCatalogue& catalogue); // which must outlive it; for documents of one study

class StudyModels {
public:
    // Of one study, or of all that the user may know of. A model that several studies share is read once. Errors: there is no such study.
    static Result<StudyModels> read(const Context& context, tmf::Ledger& ledger, const std::string& study);

    ArtifactOf artifacts() const; // these models must outlive it
    // Study -> unique identifier of the artifact that is called so there. A study whose model has none such is left out; where none has it
    // the error says what is near. Two digits are refused: who asks for "02" may mean the zone.
    Result<std::map<std::string, int>> find_artifact(const std::string& text) const;

private:
    std::map<std::string, std::string> model_of_; // by study
    std::map<std::string, templates::TmfCatalogue> models_;
};

} // namespace dossier::cli
