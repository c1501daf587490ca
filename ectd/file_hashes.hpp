// Digests and first bytes of listed files, many at once.
#pragma once

#include "ectd/facts.hpp"

#include <string>
#include <vector>

namespace dossier::ectd {

enum class Sha256For { none, looked_into, all }; // looked_into: files that a worker process would read

// Fills md5, start and, as asked, sha256 of `wanted` (paths below `root`), by `jobs` threads. What cannot be read is said in the file's
// `problem`.
void hash_files(FileSystem& fs, const std::string& root, std::vector<FileFact*> wanted, int jobs, Sha256For sha256 = Sha256For::none);

} // namespace dossier::ectd
