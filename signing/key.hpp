// A signer's key and certificate, from PEM or PKCS#12 files. Not thread safe.
#pragma once

#include "core/filesystem.hpp"
#include "core/result.hpp"
#include "signing/certificate.hpp"

#include <functional>
#include <memory>
#include <string>
#include <vector>

struct evp_pkey_st;

namespace dossier::signing {

// Asked only when a file is protected; `file` is what the passphrase is for.
using PassphraseSource = std::function<Result<std::string>(const std::string& file)>;

class SigningKey {
public:
    const std::string& signer() const { return signer_; } // the printed name: of the certificate, never of an option
    const Certificate& certificate() const { return certificate_; }
    const std::vector<Certificate>& chain() const { return chain_; } // issuers that came with the key, without self-issued ones
    evp_pkey_st* handle() const { return key_.get(); }               // for the CMS code

private:
    friend Result<SigningKey> read_signing_key(FileSystem&, const std::string&, const std::string&, const PassphraseSource&);
    std::shared_ptr<evp_pkey_st> key_;
    Certificate certificate_;
    std::vector<Certificate> chain_;
    std::string signer_;
};

// `key`: a PEM file (which may hold the certificates as well) or a PKCS#12 file. `certificate`: a PEM or DER file, may be empty.
// Errors: denied (wrong passphrase), invalid (no key in it, no certificate for it), unsupported (pkcs11:, kinds of keys other than RSA from
// 2048 bits and EC on P-256, P-384, P-521), not_found, io.
Result<SigningKey> read_signing_key(FileSystem& fs, const std::string& key, const std::string& certificate,
                                    const PassphraseSource& passphrase);

// Whether the certificate may make document signatures at this time. Errors: denied, with the dates or the usage.
Result<void> check_may_sign(const SigningKey& key, UtcTime now);

} // namespace dossier::signing
