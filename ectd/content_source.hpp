// Port: where the bytes of a planned document are. Files are ours; "tmf:DOCUMENT[@VERSION]" is answered by whoever wires the trial master
// file in.
#pragma once

#include "core/filesystem.hpp"
#include "core/result.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace dossier::ectd {

// The version of a document of a trial master file that bytes came from, so that the submission remembers it (ectd/leaf_origins.hpp).
struct Origin {
    std::string repository;        // its id
    std::string study;             // there
    std::string document, version; // D-000012, 2
    std::string label;             // "2.0", as people call the version; may be empty
    std::string name() const { return document + " version " + (label.empty() ? version : label); }
    bool operator==(const Origin&) const = default;
};

struct Content {
    std::shared_ptr<FileSystem> fs;              // where `path` is read; a document of a repository has a file system of its own
    std::string path;                            // equal for equal documents
    std::string name;                            // the name it would have: file name of the source, or the document's own
    std::optional<Origin> origin = std::nullopt; // of a document of a trial master file
    // Gives the file another name on the disk, where it lies in a place that is never written to again (the object store of a repository);
    // an error where the disk cannot, empty where it must not be.
    std::function<Result<void>(const std::string& target)> link = {};
};

class ContentSource {
public:
    virtual ~ContentSource() = default;
    virtual Result<Content> find(const std::string& source) = 0; // not_found with a reason people understand
};

// Files beside `folder`, or absolute.
std::unique_ptr<ContentSource> make_file_source(std::shared_ptr<FileSystem> fs, std::string folder);

} // namespace dossier::ectd
