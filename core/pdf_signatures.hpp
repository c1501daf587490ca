// Signatures in a PDF as they are written: fields, dictionaries, byte ranges, what the appearance says, and what came after them. The bytes
// are judged here (structure, coverage, later changes); cryptography is the signing room's.
#pragma once

#include "core/filesystem.hpp"
#include "core/result.hpp"
#include "core/time.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace dossier {

struct PdfSignature {
    std::string field;                        // full name of its form field
    int object = 0;                           // number of the signature dictionary
    std::string type, sub_filter;             // without '/': "Sig" or "DocTimeStamp"; "ETSI.CAdES.detached"
    std::string name, reason, date;           // /Name, /Reason, /M as written
    std::optional<UtcTime> time;              // /M where it is a date
    std::uint64_t gap_start = 0, gap_end = 0; // the hexadecimal string of /Contents with its brackets: all that is not signed
    std::uint64_t signed_end = 0;             // the signed bytes are [0, gap_start) and [gap_end, signed_end)
    std::string contents;                     // /Contents, decoded, with its padding
    std::string appearance;                   // the text that its appearance shows; empty when it shows none
    int page = 0;                             // of its widget, from 1; 0 when it has none
    int permission = 0;                       // /P of a certification (DocMDP): 1 = no changes, 2, 3; 0 when it is none
    bool removed = false;                     // an earlier revision has it, the newest has not
    std::vector<std::string> flaws;           // each makes the signature worthless: what is wrong with range, gap, dictionary or revision
};

struct PdfSignatures {
    std::vector<PdfSignature> signatures; // by signed_end
    std::uint64_t size = 0;               // of the file
    std::string unreadable;               // not empty: only an earlier revision can be read, and why; nothing after it can be trusted
};

// Finds signatures through the form fields of every revision, never by searching the bytes. Errors: invalid when no revision with a
// signature can be read, with the byte; unsupported when it needs a password.
Result<PdfSignatures> read_pdf_signatures(FileSystem& fs, const std::string& path);

// The signed bytes of one signature, piece by piece.
Result<void> read_signed_bytes(FileSystem& fs, const std::string& path, const PdfSignature& signature,
                               const std::function<void(std::string_view)>& use);

struct PdfChange {
    // validation_data: also permitted where a certification forbids every change (ISO 32000-2, 12.8.2.2.2).
    enum class Kind { forbidden, permitted, validation_data } kind = Kind::forbidden;
    std::string what; // "signature field Signature2 was added"; "object 12 was changed: /Contents of page 3"
    int object = 0;   // 0 when it is not about one object
    int page = 0;     // from 1; 0 when it is not about one page
};

// What the revisions after byte `signed_end` changed, permitted or not (docs/signing.md lists what is). Linear in the number of objects.
// Anything that cannot be read is a change that is not permitted, never an error.
std::vector<PdfChange> later_pdf_changes(FileSystem& fs, const std::string& path, std::uint64_t signed_end);

} // namespace dossier
