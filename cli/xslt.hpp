// Pages: an XML text through a stylesheet of templates/pages (libxslt's only door). Stylesheets are ours; no file, network or extension can
// be reached.
#pragma once

#include "core/result.hpp"

#include <string>

namespace dossier::cli {

// `name` is for messages. The result is HTML in UTF-8.
Result<std::string> apply_stylesheet(const std::string& stylesheet, const std::string& name, const std::string& xml);

} // namespace dossier::cli
