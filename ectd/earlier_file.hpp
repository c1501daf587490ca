// A source that is the file of an earlier sequence: it is referred to and not sent again (ICH 3.2.2, appendix 6, file reuse).
#pragma once

#include "ectd/application.hpp"
#include "ectd/content_source.hpp"

#include <map>
#include <memory>
#include <string>

namespace dossier::ectd {

struct EarlierFile {
    std::string path;           // relative to the application folder: 0001/m2/22-intro/introduction.pdf
    const Leaf* leaf = nullptr; // one that refers to it
};

class EarlierFiles {
public:
    EarlierFiles(std::shared_ptr<FileSystem> fs, const Application& history);

    // Null when it is no file of an earlier sequence, or none that a leaf there refers to.
    const EarlierFile* find(const Content& content) const;
    // Whether nobody wrote to the file since its backbone was written: then its bytes are those of the checksum, and need no hashing.
    bool is_as_written(const EarlierFile& file) const;
    // Error when the file is not any more what its leaf says.
    Result<void> check_unchanged(const EarlierFile& file) const;

private:
    std::shared_ptr<FileSystem> fs_;
    std::string folder_;
    std::map<std::string, EarlierFile> by_path_;
};

} // namespace dossier::ectd
