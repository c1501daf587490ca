// Bytes sealed for the holder of a certificate's private key, and key pairs for that. CMS AuthEnvelopedData (RFC 5083) with AES-256-GCM;
// the content key is wrapped for an EC key by ECDH with SHA-256 (RFC 5753), for an RSA key by OAEP with SHA-256 (RFC 8017), so that
// `openssl cms -decrypt` opens it. All in memory.
#pragma once

#include "core/result.hpp"
#include "core/time.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace dossier::signing {

struct KeyPair {
    std::string private_key; // PKCS#8, PEM, not encrypted
    std::string certificate; // X.509, PEM
};

// EC P-256 and a certificate signed by itself, for nothing but key agreement; it has no end (RFC 5280, 4.1.2.5: 99991231235959Z).
Result<KeyPair> make_key_pair(const std::string& common_name, UtcTime now);

// The same key as PKCS#8 under a passphrase (PBES2, AES-256, PEM); and back. Errors: denied when the passphrase does not open it, invalid.
Result<std::string> protect_key(const std::string& private_key, const std::string& passphrase);
Result<std::string> open_key(const std::string& pem, const std::string& passphrase); // passphrase unused where the PEM has none
bool is_protected(const std::string& pem);

// `certificate` is PEM. DER. Errors: invalid when it is no certificate with an EC or RSA key that may receive keys.
Result<std::string> seal(std::string_view bytes, const std::string& certificate);
// Opens many envelopes: reading the keys takes three times as long as opening one.
class EnvelopeOpener {
public:
    explicit EnvelopeOpener(const std::vector<KeyPair>& keys); // a pair that cannot be read opens nothing
    EnvelopeOpener(EnvelopeOpener&&) noexcept;
    EnvelopeOpener& operator=(EnvelopeOpener&&) noexcept;
    ~EnvelopeOpener();
    // Tries the pairs in their order. Errors: denied when none of them opens it, invalid when the bytes are no envelope or were altered.
    Result<std::string> open(std::string_view sealed) const;

private:
    struct Pairs;
    std::unique_ptr<Pairs> pairs_;
};
Result<std::string> open_sealed(std::string_view sealed, const std::vector<KeyPair>& keys); // one
// Whether the envelope is for the holder of this certificate's private key, which is not asked for.
bool is_sealed_for(std::string_view sealed, const std::string& certificate);

} // namespace dossier::signing
