// What the commands of the trial master file share: the repository, who acts, the model of a study.
#pragma once

#include "cli/command.hpp"
#include "tmf/repository.hpp"
#include "tmf/row_check.hpp"

#include <memory>
#include <string>
#include <vector>

namespace dossier::cli {

tmf::Author author_of(const Context& context);

// --repo, DOSSIER_REPO, or the present folder when it is one.
Result<std::unique_ptr<tmf::Repository>> open_repository(const Context& context, tmf::Repository::Access access);

// A study with the model it names.
struct StudySession {
    std::unique_ptr<tmf::Repository> repository;
    templates::TmfCatalogue catalogue;
    tmf::Study study;
    tmf::RowContext row_context(Context& context, const std::string& folder) const;
};
Result<std::unique_ptr<StudySession>> open_study(const Context& context, const std::string& study, tmf::Repository::Access access);
// The same for a document: its study.
Result<std::unique_ptr<StudySession>> open_study_of(const Context& context, const tmf::VersionReference& reference,
                                                    tmf::Repository::Access access);

Result<tmf::OptionalDate> date_option(const std::string& option, const std::string& text); // empty text: none

// Columns of text, padded; no trailing blanks.
std::string text_table(const std::vector<std::string>& header, const std::vector<std::vector<std::string>>& rows);

} // namespace dossier::cli
