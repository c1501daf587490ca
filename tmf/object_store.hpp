// The bytes of documents, kept under their SHA-256. A narrow interface; a folder is the first implementation, tests/tmf/
// object_store_conformance_test.cpp is what every implementation has to pass. One writer at a time (the repository's lock), many readers.
#pragma once

#include "core/digest.hpp"
#include "core/filesystem.hpp"
#include "core/result.hpp"
#include "tmf/records.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace dossier::tmf {

struct StoredObject {
    Sha256 sha256;
    std::uint64_t size = 0;
    std::string head;                  // its first bytes, at most 512
    bool is_new = false;               // was not there before
    std::optional<StoredAs> stored_as; // Repository::store only: where these bytes lie sealed
};

struct ObjectEntry {
    Sha256 sha256;
    std::uint64_t size = 0;
};

struct ObjectListing {
    std::vector<ObjectEntry> objects; // by hash
    std::vector<std::string> strays;  // names in the store that are no objects
};

class ObjectStore {
public:
    virtual ~ObjectStore() = default;

    // Copies files into the store, up to `jobs` at a time; one result for each path, in order. When it returns, every success is there
    // whole, also after a power cut; a failure left nothing behind. An object that is there already is compared, and replaced when damaged.
    // Only regular files are taken.
    virtual std::vector<Result<StoredObject>> put(FileSystem& from, const std::vector<std::string>& paths, int jobs) = 0;

    // Takes back objects that put() stored as new and that no ledger entry names: the caller's transaction failed.
    virtual void take_back(const std::vector<Sha256>& objects) = 0;

    virtual Result<std::unique_ptr<InputFile>> open(const Sha256& sha256) = 0; // not_found; the reader checks the bytes

    // Gives the object the name `target` beside its own: a second name of one file, for readers that must not write to it. unsupported
    // where the store is no folder of this disk, or the target lies on another one.
    virtual Result<void> link(const Sha256& sha256, const std::string& target);

    virtual Result<ObjectListing> list() = 0;

    // The caller is through with what it put: named by the ledger, or taken back. Until then a run that is cut off leaves a note behind of
    // what it stored.
    virtual void settle() = 0;

    // Removes what an interrupted run left: files under temporary names, and objects of its note that `is_named` does not know. Writers
    // only: somebody else's put() must not be under way. An error of `is_named` ends it, with nothing more removed.
    virtual Result<void> clean(const std::function<Result<bool>(const Sha256&)>& is_named) = 0;
};

// The name in the store of what was put there.
inline Sha256 name_of(const StoredObject& object) { return object.stored_as ? object.stored_as->sha256 : object.sha256; }

// Reads the object and compares its bytes with its name. Error: not_found, or invalid where the bytes are others.
Result<std::uint64_t> verify_object(ObjectStore& store, const Sha256& sha256);

// Objects below `folder`: ab/cdef... (docs/repository_format.md). The folder must be there; it belongs to the store alone.
std::unique_ptr<ObjectStore> make_folder_store(std::shared_ptr<FileSystem> fs, const std::string& folder);

} // namespace dossier::tmf
