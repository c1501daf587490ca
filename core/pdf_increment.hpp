// Appending a revision to a PDF in the source's own cross-reference style (ISO 32000-1, 7.5.6): the source's bytes stay an untouched
// prefix, /Prev names its last section, only new and changed objects are written. Object streams and linearized files are fine as sources;
// encrypted, hybrid and damaged ones are refused. Why this is not left to PoDoFo: docs/decisions/pdf-increments.md. Not thread safe.
#pragma once

#include "core/digest.hpp"
#include "core/filesystem.hpp"
#include "core/pdf_appearance.hpp"
#include "core/result.hpp"
#include "core/time.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace dossier {

struct PdfSignatureEntry {
    std::string name;   // /Name, UTF-8
    std::string reason; // /Reason, UTF-8
    UtcTime time;       // /M
    std::string sub_filter = "ETSI.CAdES.detached";
    std::size_t contents_size = 0;     // bytes kept for /Contents
    std::optional<PdfDrawing> drawing; // on page 1, in a free place of its lower margin upwards; none: an invisible signature
};

class PdfIncrement {
public:
    // Errors: unsupported (encrypted, hybrid cross-reference, %PDF- not at byte 0, XFA form), invalid (no PDF, truncated, damaged: with
    // what and the byte), denied (a certification forbids any change), not_found, io.
    static Result<PdfIncrement> open(FileSystem& fs, const std::string& path);
    ~PdfIncrement();
    PdfIncrement(PdfIncrement&&) noexcept;
    PdfIncrement& operator=(PdfIncrement&&) noexcept;

    // Adds a signature field with its value; once. Returns the field's name. Errors: unsupported when page 1 has no free place left.
    Result<std::string> add_signature(const PdfSignatureEntry& entry);

    // Copies the source and appends the revision, in one pass and without holding the source. With a signature, `contents` gets the SHA-256
    // of the signed bytes (all but the hexadecimal string of /Contents) and answers the value; it may be shorter than contents_size.
    // Written under a temporary name beside `target`, synced, renamed: nothing half-written is ever at `target`, which is replaced when
    // it exists.
    Result<void> write(const std::string& target, const std::function<Result<std::string>(const Sha256&)>& contents);

    struct State;

private:
    explicit PdfIncrement(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

} // namespace dossier
