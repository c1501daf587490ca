// Reading and checking the CMS of a signature (RFC 5652, ETSI EN 319 122-1), apart from trust.
#pragma once

#include "signing/certificate.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

struct CMS_ContentInfo_st;

namespace dossier::signing {

class CmsSignature {
public:
    // `contents`: DER and zero padding. What is wrong with it goes to flaw(): not one signer, not detached, rubbish after it.
    explicit CmsSignature(std::string_view contents);

    const std::string& flaw() const { return flaw_; }     // not empty: the signature is worthless
    const std::string& doubt() const { return doubt_; }   // not empty: intact, but it cannot be relied on (weak algorithms)
    const Certificate& signer() const { return signer_; } // null with a flaw
    const std::vector<Certificate>& certificates() const { return certificates_; }
    bool names_its_certificate() const { return names_certificate_; } // signing-certificate(-v2) is there and right
    bool has_time_stamp() const { return has_time_stamp_; }

    // Feed the signed bytes, then finish: compares the digest and verifies the signature, adds to flaw() and doubt().
    void update(std::string_view bytes);
    void finish();

private:
    void read_signer();
    void check_attributes();
    std::shared_ptr<CMS_ContentInfo_st> cms_;
    std::shared_ptr<void> digest_; // EVP_MD_CTX
    std::string flaw_, doubt_;
    Certificate signer_;
    std::vector<Certificate> certificates_;
    bool names_certificate_ = false, has_time_stamp_ = false;
};

} // namespace dossier::signing
