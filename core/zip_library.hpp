// Internal to core/zip*.cpp: libzip's handles and the names an archive may hold.
#pragma once

#include "core/result.hpp"

#include <memory>
#include <string>
#include <string_view>

struct zip;
struct zip_error;
struct zip_file;

namespace dossier::zip_library {

struct DiscardArchive {
    void operator()(::zip* archive) const;
};
using Archive = std::unique_ptr<::zip, DiscardArchive>;

struct CloseEntry {
    void operator()(::zip_file* entry) const;
};
using Entry = std::unique_ptr<::zip_file, CloseEntry>;

// Message of libzip as an Error about `path`.
Error to_error(::zip_error* error, const std::string& what, const std::string& path);

// Why a name may not be in an archive, or empty: it must be a relative path in its plain form ("a/b", a folder "a/b/"), UTF-8, at most 1024
// bytes and 100 parts.
std::string fault_of_name(std::string_view name);
std::string printable_name(std::string_view name); // for messages: UTF-8, one line, not too long

} // namespace dossier::zip_library
