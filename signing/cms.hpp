// The CMS of a PDF signature, made as PAdES baseline wants it (ETSI EN 319 142-1, 6.3): detached, one signer, content type, message digest
// and signing-certificate-v2 signed, no signing time (that is /M).
#pragma once

#include "core/digest.hpp"
#include "core/result.hpp"
#include "signing/key.hpp"

#include <string>

namespace dossier::signing {

// DER. `digest` is of the signed bytes. Errors: internal when OpenSSL refuses.
Result<std::string> make_cms(const SigningKey& key, const Sha256& digest);

// Bytes that make_cms needs at most with this key: a dry run and what signatures vary by.
Result<std::size_t> cms_size(const SigningKey& key);

} // namespace dossier::signing
