// Signatures on filed documents: the signed bytes become a version of their own, and the audit trail says who signed what, meaning what.
// This room knows nothing of keys or PDF: whoever signs hands over the bytes and what they carry.
#pragma once

#include "tmf/repository.hpp"
#include "tmf/review.hpp"

#include <string>

namespace dossier::tmf {

struct SignatureEvidence {
    std::string signer, meaning; // as printed
    std::string field, level;    // where it is in the document, what kind it is: "Signature1", "B-B"
    UtcTime time;                // as the signer claims
};

// The version whose bytes are to be signed: the newest, with a file. Errors: a pointer, rejected, withdrawn, not the newest.
Result<FoundVersion> find_version_to_sign(Ledger& ledger, const VersionReference& reference);

// Files the bytes at `path` as a further version of the document, final when the signed one is and not accepted yet, with one audit entry
// "version_signed" that names signer, meaning, time and the SHA-256 before and after. Nothing is filed on an error.
Result<VersionRecord> file_signed_version(Repository& repository, const FoundVersion& signed_version, FileSystem& from,
                                          const std::string& path, const SignatureEvidence& evidence, const Author& author);

// The version that was signed first; `number` itself where it is no signed copy. A copy has its label.
Result<int> first_signed_version(Ledger& ledger, std::int64_t document, int number);

// Who wrote what the version says: who filed it, or, of a signed copy, who filed the version that was signed first. A signer puts his name
// to a document, he does not make it.
Result<std::string> author_of_version(Ledger& ledger, const StoredDocument& stored, int number);

} // namespace dossier::tmf
