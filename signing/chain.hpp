// Whether a certificate leads to one that is trusted (RFC 5280, 6).
#pragma once

#include "signing/certificate.hpp"

#include <string>
#include <vector>

namespace dossier::signing {

// Empty when `certificate` leads to one of `trust` (a root, or any certificate that is named as trusted) at this time; else why not, as a
// sentence part. Revocation is not looked at.
std::string doubt_of_chain(const Certificate& certificate, const std::vector<Certificate>& helpers, const std::vector<Certificate>& trust,
                           UtcTime at);

} // namespace dossier::signing
