// Writing a dossier: its files, the manifest, an index page. Beside the target, renamed into place when complete.
#pragma once

#include "core/finding.hpp"
#include "ectd/ctis/plan.hpp"

#include <functional>
#include <string>
#include <vector>

namespace dossier::ectd::ctis {

struct BuildRequest {
    std::shared_ptr<FileSystem> fs;
    const templates::CtisCatalogue& catalogue;
    const Plan& plan;
    std::string application; // its folder
    std::string target;      // folder that holds the dossiers
    std::string tool;        // "dossier 0.1.0"
    bool sent = false, rebuild = false;
    bool zip = false;  // an archive 0001.zip instead of a folder
    bool link = false; // files share their blocks with their sources where the disk can do that
    int jobs = 2;
    std::function<Result<std::string>(const Contents&)> make_index; // the page: whoever knows how makes it from index_xml
    std::function<void(const std::string&)> progress;               // may be empty
};

struct BuildResult {
    std::string place; // folder or archive
    std::int64_t files = 0;
    std::uint64_t bytes = 0;
    std::vector<std::string> missing; // what the Annex asks for and is not there: said, not hidden
};

// conflict when the dossier is there (and not `rebuild`), was sent, or a file changed since it was planned. Interrupted or failed: the
// target is as it was.
Result<BuildResult> build_dossier(const BuildRequest& request);

// What the index page shows, for templates/pages/ctis.xsl.
std::string index_xml(const templates::CtisCatalogue& catalogue, const Contents& contents, const std::string& tool, const std::string& css);

} // namespace dossier::ectd::ctis
