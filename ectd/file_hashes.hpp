// Digests and first bytes of listed files, many at once.
#pragma once

#include "ectd/content_facts.hpp"

#include <set>
#include <string>
#include <vector>

namespace dossier::ectd {

enum class Sha256For { none, looked_into, all }; // looked_into: files that a worker process would read

struct HashRequest {
    Sha256For sha256 = Sha256For::none;
    int jobs = 1;                         // threads
    std::size_t lanes = 0;                // of MD5 (core/md5_lanes.hpp); 0: as many as the processor has
    std::set<ContentType> leave_out = {}; // of looked_into
};

// Fills md5, start and, as asked, sha256 of `wanted` (paths below `root`). What cannot be read is said in the file's `problem`.
void hash_files(FileSystem& fs, const std::string& root, std::vector<FileFact*> wanted, const HashRequest& request);

} // namespace dossier::ectd
