// X.509 certificates (OpenSSL behind it): reading them from files, and what people need to know of one. Values may be shared between
// threads.
#pragma once

#include "core/filesystem.hpp"
#include "core/result.hpp"
#include "core/time.hpp"

#include <memory>
#include <string>
#include <vector>

struct x509_st;

namespace dossier::signing {

using Certificate = std::shared_ptr<x509_st>; // never null in a list

struct Validity {
    UtcTime from, until; // both inclusive
};

// All certificates of a file: PEM (others than certificates are passed over) or one in DER. Empty when it holds none.
std::vector<Certificate> parse_certificates(std::string_view bytes);

// A file, or every file of a folder (not below it) that holds certificates. Errors: invalid when a named file, or the whole folder, holds
// none; not_found, io.
Result<std::vector<Certificate>> read_trust(FileSystem& fs, const std::string& path);

std::string printed_name(const Certificate& certificate); // the common name, else the organisation, else the whole subject; UTF-8
std::string issuer_name(const Certificate& certificate);  // the same of the issuer
Validity validity_of(const Certificate& certificate);     // to the second
bool may_sign_documents(const Certificate& certificate);  // key usage absent, or digitalSignature or nonRepudiation (RFC 5280, 4.2.1.3)
bool is_self_issued(const Certificate& certificate);

} // namespace dossier::signing
