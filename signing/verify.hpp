// What the signatures of a PDF are worth. docs/signing.md says what each verdict means.
#pragma once

#include "core/filesystem.hpp"
#include "core/json.hpp"
#include "core/result.hpp"
#include "signing/certificate.hpp"
#include "signing/verdict.hpp"

#include <string>
#include <vector>

namespace dossier::signing {

struct VerifyRequest {
    std::vector<Certificate> trust; // empty: nothing is trusted, an intact signature is indeterminate
    UtcTime at;                     // chains are checked as of this time
};

struct SignatureReport {
    std::string field;
    std::string signer;                  // of the certificate; of /Name when the certificate cannot be read
    std::string name;                    // /Name, as signed
    std::string meaning;                 // /Reason
    std::string signed_at;               // /M as RFC 3339 in UTC, or as written when it is no time
    std::string time_source = "claimed"; // nobody but the signer vouches for it
    std::string level;                   // "B-B", "CMS" (no PAdES), "time stamp" (a document's)
    std::string coverage;                // "entire_file", "entire_revision", "unclear"
    std::string revocation = "not_checked";
    Verdict verdict = Verdict::invalid;
    std::string reason;                     // one sentence or several
    std::vector<std::string> later_changes; // permitted and not
};

struct Verification {
    std::string file;
    Verdict verdict = Verdict::indeterminate; // the worst; indeterminate when there is no signature
    std::string reason;                       // when there is no signature
    std::vector<SignatureReport> signatures;  // in the order of their revisions
};

// Errors: invalid when the file is no PDF, is truncated or cannot be read, with the byte; unsupported with a password; not_found, io.
Result<Verification> verify_file(FileSystem& fs, const std::string& path, const VerifyRequest& request);

Json to_json(const Verification& verification); // the shape "verification" of docs/design.md
std::string to_text(const Verification& verification);

} // namespace dossier::signing
