// ZIP archives (libzip behind it). Hostile on reading: names are checked, sizes are counted while inflating, twins and links are refused.
#pragma once

#include "core/filesystem.hpp"
#include "core/result.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace dossier {

struct ZipEntry {
    std::string name; // as stored; '/' separated; a folder ends with '/'
    std::uint64_t size = 0;
    bool is_folder = false;
};

struct ZipLimits {
    std::uint64_t total_bytes = 10ull << 30;
    std::uint64_t entries = 200'000;
    std::uint64_t ratio = 200; // inflated to stored, of entries over 10 MB
};

struct ZipFault {
    std::string name; // of an entry that no folder could hold; printable
    std::string problem;
};

// Different entries may be read from different threads. Checksums are verified when an entry is read to its end.
class ZipReader {
public:
    virtual ~ZipReader() = default;
    virtual const std::vector<ZipEntry>& entries() const = 0; // sorted by name
    virtual const std::vector<ZipFault>& faults() const = 0;  // of open_zip_in_part
    virtual Result<std::string> read(const std::string& name, std::uint64_t limit = read_limit_default) = 0;
    virtual Result<void> read_pieces(const std::string& name, const std::function<Result<void>(std::string_view)>& use) = 0;
    // May outlive the reader. Going backwards in a deflated entry inflates it again from its start.
    virtual Result<std::unique_ptr<InputFile>> open(const std::string& name) = 0;
};

// Opens with consistency checks: each entry's own header must agree with the directory, and no two entries may share bytes. Errors: invalid
// for a damaged archive, two entries of one name (also by case), an entry that would
// leave its folder, a link, a name that is a file and a folder, too many or too large; unsupported for passwords and for other methods than
// store and deflate.
Result<std::unique_ptr<ZipReader>> open_zip(const std::string& path, const ZipLimits& limits = {});
// For judging an archive: what is wrong with one entry is no reason not to read the others. An entry that would be refused is listed under
// its name and says why when it is opened; one whose name no folder could hold is among faults(). Names that differ by case are two
// entries. Errors: where the archive itself cannot be read, or is too large.
Result<std::unique_ptr<ZipReader>> open_zip_in_part(const std::string& path, const ZipLimits& limits = {});
Result<std::unique_ptr<ZipReader>> open_zip_bytes(std::string bytes, const std::string& name, const ZipLimits& limits = {});

// Stored or deflated; every entry with the same fixed time stamp, so that equal content gives equal bytes. Nothing at `path` until
// finish(), which makes it durable. Errors: conflict when `path` is there already or a name is added twice; usage for a name that would not
// be read back.
class ZipWriter {
public:
    virtual ~ZipWriter() = default;
    virtual Result<void> add_bytes(const std::string& name, std::string bytes) = 0;
    virtual Result<void> add_file(const std::string& name, const std::string& path) = 0; // read when finish() runs
    virtual Result<void> finish() = 0;
};
Result<std::unique_ptr<ZipWriter>> make_zip(const std::string& path, bool deflate = false);

// A read-only FileSystem over an archive, so that a ZIP and a folder are read by the same code. The root is "".
std::shared_ptr<FileSystem> make_zip_file_system(std::unique_ptr<ZipReader> reader);

} // namespace dossier
