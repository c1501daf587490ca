// Where a sequence is written to: a folder, or straight into a ZIP. Beside the target under a hidden name, and in place only when complete.
#pragma once

#include "core/digest.hpp"
#include "ectd/content_source.hpp"
#include "ectd/drafts.hpp"
#include "ectd/sequence_number.hpp"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace dossier::ectd {

struct SinkFile {
    Content source;
    std::string target; // relative to the sequence folder
};

struct SinkRequest {
    std::shared_ptr<FileSystem> fs;
    std::string folder; // that holds the sequences
    SequenceNumber number;
    std::string application; // folder that keeps which drafts were built (ectd/drafts.hpp)
    bool rebuild = false;    // a draft that is there is replaced
    bool clone = false;      // files share their blocks with their sources where the disk can do that
    int jobs = 2;
    std::function<void(const std::string&)> progress; // may be empty
};

inline SequencePlace place_of(const SinkRequest& request) { return {request.application, request.folder, request.number}; }

// Destroyed without put_in_place(): nothing stays of it, and the target is as it was. One build at a time: a folder is locked.
class SequenceSink {
public:
    virtual ~SequenceSink() = default;
    virtual Result<std::vector<FileDigests>> copy(const std::vector<SinkFile>& files) = 0;
    virtual Result<void> write(const std::string& target, const std::string& bytes) = 0;
    virtual Result<std::string> put_in_place() = 0; // where it is now
};

// conflict when the sequence is there and no draft, or not to be built again, as a folder or as a ZIP. What killed builds left is cleared
// first.
Result<std::unique_ptr<SequenceSink>> make_folder_sink(const SinkRequest& request);
Result<std::unique_ptr<SequenceSink>> make_zip_sink(const SinkRequest& request); // FOLDER/0002.zip, the sequence folder in it

} // namespace dossier::ectd
