// Inside core/pdf*.cpp only: opening a PDF with libqpdf through the file-system seam, and walking its page tree. libqpdf's types are only
// named here; its headers stay in the .cpp files.
#pragma once

#include "core/filesystem.hpp"
#include "core/result.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

class QPDF;
class QPDFExc;
class QPDFObjectHandle;
class InputSource;

namespace dossier::pdf {

constexpr std::uint64_t whole_file = ~0ull;
constexpr std::int64_t most_pages = 200'000;

// The file seen through the seam, up to `limit` bytes (an earlier revision is a prefix of its file).
Result<std::shared_ptr<InputSource>> open_source(FileSystem& fs, const std::string& path, std::uint64_t limit = whole_file);
std::shared_ptr<InputSource> make_source(std::unique_ptr<InputFile> file, const std::string& name, std::uint64_t limit = whole_file);

// libqpdf takes what the file system could not read for damage of the file, and goes on: the error of the file system, if there was one.
Result<void> check_was_read(const InputSource& source);

enum class Repair { allowed, refused };

struct Opened {
    std::shared_ptr<QPDF> qpdf; // null when only the password is missing
    bool needs_password = false;
    bool is_standard = true; // of what needs one: a password; else a certificate or a policy server
};

// Errors: invalid when it is no PDF, is empty, is truncated or cannot be read (with repair: not even after it), with the byte; io.
Result<Opened> open_qpdf(FileSystem& fs, const std::string& path, Repair repair, std::uint64_t limit = whole_file);
Result<Opened> open_qpdf(std::shared_ptr<InputSource> source, const std::string& name, Repair repair);

// Runs `work` and turns what libqpdf throws into an Error of kind invalid.
Result<void> guarded(const std::string& path, const std::function<Result<void>()>& work);

std::vector<std::string> warnings_of(QPDF& qpdf);

// Calls `use` with each page, in order, until it returns false. Nodes of the tree are entered once; /Count is not trusted.
struct PageWalk {
    std::int64_t pages = 0;
    std::vector<std::string> warnings;
};
PageWalk walk_pages(QPDF& qpdf, const std::function<bool(QPDFObjectHandle)>& use);

} // namespace dossier::pdf
