// A source that is the file of an earlier sequence: it is referred to and not sent again (ICH 3.2.2, appendix 6, file reuse).
#pragma once

#include "ectd/application.hpp"
#include "ectd/content_digests.hpp"

#include <map>
#include <memory>
#include <set>
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
    // Whether nobody touched the file since its backbone was written: then its bytes are those of the checksum, and need no hashing.
    bool is_as_written(const EarlierFile& file) const;
    // Error when the file is not any more what its leaf says.
    Result<void> check_unchanged(const EarlierFile& file, ContentDigests& digests) const;

private:
    const EarlierFile* search(const std::string& file) const;
    void add_files_of(const Sequence& sequence) const;

    std::shared_ptr<FileSystem> fs_;
    const Application& history_;
    // Filled as they are asked for: most sources lie in no sequence.
    mutable std::set<SequenceNumber> read_;
    mutable std::map<std::string, EarlierFile> by_path_;
    mutable std::map<std::string, const EarlierFile*> found_; // by path as it was asked for
};

} // namespace dossier::ectd
