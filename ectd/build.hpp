// Writing a sequence: content, regional backbone, study tagging files, index.xml, index-md5.txt, util. Beside the target, renamed into
// place when complete.
#pragma once

#include "core/finding.hpp"
#include "ectd/plan.hpp"
#include "templates/official_files.hpp"

#include <functional>
#include <string>
#include <vector>

namespace dossier::ectd {

struct BuildRequest {
    std::shared_ptr<FileSystem> fs;
    const templates::EctdCatalogue& catalogue;
    const Region& region;
    const Plan& plan;
    const templates::OfficialFiles& official;
    std::string target; // folder that holds the sequence folders
    bool rebuild = false;
    bool zip = false;   // straight into TARGET/0002.zip
    bool clone = false; // files share their blocks with their sources where the disk can do that
    int jobs = 2;
    std::function<void(const std::string&)> progress; // may be empty
};

struct BuildResult {
    std::string folder; // of the sequence; the archive, where one was asked for
    std::int64_t leaves = 0, files = 0, stfs = 0;
    std::uint64_t bytes = 0;
    std::vector<Finding> findings; // what keeps it from being sent, said and not hidden
};

// conflict when the sequence is there (and not `rebuild`), or was sent. Interrupted or failed: the target is as it was.
Result<BuildResult> build_sequence(const BuildRequest& request);

} // namespace dossier::ectd
