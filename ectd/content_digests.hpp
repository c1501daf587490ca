// MD5 of the sources of a plan: each is read once, however often it is asked for, many at once where it is known beforehand which, and not
// at all where its bytes were read by an earlier run.
#pragma once

#include "core/digest.hpp"
#include "ectd/content_source.hpp"
#include "ectd/known_digests.hpp"

#include <map>
#include <string>
#include <vector>

namespace dossier::ectd {

class ContentDigests {
public:
    explicit ContentDigests(KnownDigests* known = nullptr) : earlier_(known) {}
    void read(const std::vector<const Content*>& contents); // together; errors are told by of()
    Result<Md5> of(const Content& content);

private:
    struct Wanted;
    std::vector<Wanted> unknown(const std::vector<const Content*>& contents);

    KnownDigests* earlier_;
    std::map<std::pair<const FileSystem*, std::string>, Result<Md5>> known_; // by where it is read
};

} // namespace dossier::ectd
