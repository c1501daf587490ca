// Port: where the bytes of a planned document are. Files are ours; "tmf:DOCUMENT[@VERSION]" is answered by whoever wires the trial master
// file in.
#pragma once

#include "core/filesystem.hpp"
#include "core/result.hpp"

#include <memory>
#include <string>

namespace dossier::ectd {

struct Content {
    std::shared_ptr<FileSystem> fs; // where `path` is read; a document of a repository has a file system of its own
    std::string path;               // equal for equal documents
    std::string name;               // the name it would have: file name of the source, or the document's own
};

class ContentSource {
public:
    virtual ~ContentSource() = default;
    virtual Result<Content> find(const std::string& source) = 0; // not_found with a reason people understand
};

// Files beside `folder`, or absolute.
std::unique_ptr<ContentSource> make_file_source(std::shared_ptr<FileSystem> fs, std::string folder);

} // namespace dossier::ectd
