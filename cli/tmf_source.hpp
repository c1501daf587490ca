// Introduces the trial master file to the submission builder: documents named "tmf:DOCUMENT[@VERSION]" are read from the repository.
#pragma once

#include "cli/command.hpp"
#include "ectd/content_source.hpp"

#include <memory>
#include <string>
#include <vector>

namespace dossier::cli {

// Files beside `folder`, and documents of the context's repository where one is named.
std::unique_ptr<ectd::ContentSource> make_content_source(Context& context, const std::string& folder);
// For these sources: where one is a document, the repository is opened now, so that what is wrong with it is said once and not with each.
Result<std::unique_ptr<ectd::ContentSource>> make_content_source(Context& context, const std::string& folder,
                                                                 const std::vector<std::string>& sources);

} // namespace dossier::cli
