// Many files copied at once, each hashed on its way (core/md5_lanes.hpp).
#pragma once

#include "core/digest.hpp"
#include "core/filesystem.hpp"

#include <functional>
#include <string>
#include <vector>

namespace dossier {

struct FileToCopy {
    FileSystem* from = nullptr;
    std::string source;
    FileSystem* to = nullptr;
    std::string target; // its folder is there, the file is not
};

// MD5 and size of each, in this order. After an error some targets may be there: the caller removes them. `done` gets the number of files
// copied so far; may be empty.
Result<std::vector<FileDigests>> copy_files(const std::vector<FileToCopy>& files, int jobs, const std::function<void(std::size_t)>& done);

} // namespace dossier
