// MD5 of the sources of a plan: each is read once, however often it is asked for, and many at once where it is known beforehand which.
#pragma once

#include "core/digest.hpp"
#include "ectd/content_source.hpp"

#include <map>
#include <string>
#include <vector>

namespace dossier::ectd {

class ContentDigests {
public:
    void read(const std::vector<const Content*>& contents); // together; errors are told by of()
    Result<Md5> of(const Content& content);

private:
    std::map<std::pair<const FileSystem*, std::string>, Result<Md5>> known_; // by where it is read
};

} // namespace dossier::ectd
