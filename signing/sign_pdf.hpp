// Signing a PDF: PAdES B-B (ETSI EN 319 142-1), appended, earlier signatures untouched.
#pragma once

#include "core/filesystem.hpp"
#include "core/result.hpp"
#include "signing/key.hpp"

#include <string>

namespace dossier::signing {

struct SignRequest {
    std::string meaning;
    UtcTime time;     // the claimed time of signing; the certificate must be valid then
    std::string font; // TrueType bytes for the visible form
};

struct SignedPdf {
    std::string field;   // name of the signature field
    std::string signer;  // printed name
    std::string meaning; // as it was signed
    UtcTime time;
};

// Writes the signed document to `target` (which may be `source`), durably, replacing what is there. Errors: usage (the meaning), denied
// (certificate not valid then, not for signatures; a certified document), unsupported and invalid as PdfIncrement::open says, unsupported
// for characters that the font lacks; io.
Result<SignedPdf> sign_pdf(FileSystem& fs, const std::string& source, const std::string& target, const SigningKey& key,
                           const SignRequest& request);

} // namespace dossier::signing
