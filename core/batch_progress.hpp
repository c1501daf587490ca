// Internal to core: what became of each file of a batch that several threads work on.
#pragma once

#include "core/digest.hpp"

#include <functional>
#include <map>
#include <mutex>
#include <vector>

namespace dossier {

// The first error in the order of the files, whatever thread meets it.
class BatchProgress {
public:
    BatchProgress(std::size_t count, const std::function<void(std::size_t)>& done) : digests_(count), done_(done) {}

    void give(std::size_t index, Result<FileDigests> digests) {
        const std::lock_guard<std::mutex> lock(mutex_);
        if (!digests) {
            errors_.emplace(index, std::move(digests).error());
            return;
        }
        digests_[index] = *digests;
        if (done_) done_(++finished_);
    }
    bool failed() const {
        const std::lock_guard<std::mutex> lock(mutex_);
        return !errors_.empty();
    }
    Result<std::vector<FileDigests>> result() {
        if (!errors_.empty()) return std::move(errors_.begin()->second);
        return std::move(digests_);
    }

private:
    mutable std::mutex mutex_;
    std::vector<FileDigests> digests_;
    std::map<std::size_t, Error> errors_;
    const std::function<void(std::size_t)>& done_;
    std::size_t finished_ = 0;
};

} // namespace dossier
