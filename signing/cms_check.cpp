#include "signing/cms_check.hpp"

#include <algorithm>

#include <openssl/cms.h>
#include <openssl/err.h>
#include <openssl/ess.h>
#include <openssl/evp.h>
#include <openssl/x509.h>

#include "core/text.hpp"

namespace dossier::signing {

namespace {

CMS_SignerInfo* only_signer(CMS_ContentInfo* cms) {
    STACK_OF(CMS_SignerInfo)* const signers = CMS_get0_SignerInfos(cms);
    return signers && sk_CMS_SignerInfo_num(signers) == 1 ? sk_CMS_SignerInfo_value(signers, 0) : nullptr;
}

// The value of a signed attribute that may stand there once, with one value of this type.
const void* single_attribute(const CMS_SignerInfo* signer, int nid, int type) {
    return CMS_signed_get0_data_by_OBJ(signer, OBJ_nid2obj(nid), -3, type);
}

template <class Value> using Owned = std::unique_ptr<Value, void (*)(Value*)>;

template <class Value>
Owned<Value> parse_attribute(const CMS_SignerInfo* signer, int nid, Value* (*parse)(Value**, const unsigned char**, long),
                             void (*release)(Value*)) {
    const auto* value = static_cast<const ASN1_STRING*>(single_attribute(signer, nid, V_ASN1_SEQUENCE));
    if (!value) return Owned<Value>(nullptr, release);
    const unsigned char* at = ASN1_STRING_get0_data(value);
    return Owned<Value>(parse(nullptr, &at, ASN1_STRING_length(value)), release);
}

bool names_certificate(const CMS_SignerInfo* signer, X509* certificate, const std::vector<Certificate>& others) {
    const auto first =
        parse_attribute<ESS_SIGNING_CERT>(signer, NID_id_smime_aa_signingCertificate, d2i_ESS_SIGNING_CERT, ESS_SIGNING_CERT_free);
    const auto second = parse_attribute<ESS_SIGNING_CERT_V2>(signer, NID_id_smime_aa_signingCertificateV2, d2i_ESS_SIGNING_CERT_V2,
                                                             ESS_SIGNING_CERT_V2_free);
    if (!first && !second) return false;
    const std::unique_ptr<STACK_OF(X509), void (*)(STACK_OF(X509)*)> chain(sk_X509_new_null(),
                                                                           [](STACK_OF(X509) * stack) { sk_X509_free(stack); });
    sk_X509_push(chain.get(), certificate);
    for (const Certificate& other : others)
        if (X509_cmp(other.get(), certificate) != 0) sk_X509_push(chain.get(), other.get());
    return OSSL_ESS_check_signing_certs(first.get(), second.get(), chain.get(), 1) > 0;
}

} // namespace

CmsSignature::CmsSignature(std::string_view contents) {
    const auto* at = reinterpret_cast<const unsigned char*>(contents.data());
    const auto* const end = at + contents.size();
    cms_.reset(d2i_CMS_ContentInfo(nullptr, &at, static_cast<long>(contents.size())), CMS_ContentInfo_free);
    if (!cms_ || OBJ_obj2nid(CMS_get0_type(cms_.get())) != NID_pkcs7_signed)
        flaw_ = "its /Contents holds no signed CMS";
    else if (std::any_of(at, end, [](unsigned char byte) { return byte != 0; }))
        flaw_ = "its /Contents holds other bytes behind the signature";
    else if (!only_signer(cms_.get()))
        flaw_ = "its CMS has not exactly one signer";
    else if (CMS_is_detached(cms_.get()) != 1 || OBJ_obj2nid(CMS_get0_eContentType(cms_.get())) != NID_pkcs7_data)
        flaw_ = "its CMS is not a detached signature of data";
    else
        read_signer();
    ERR_clear_error();
}

void CmsSignature::read_signer() {
    if (STACK_OF(X509)* const certificates = CMS_get1_certs(cms_.get())) {
        while (sk_X509_num(certificates) > 0) certificates_.emplace_back(sk_X509_shift(certificates), X509_free);
        sk_X509_free(certificates);
    }
    CMS_set1_signers_certs(cms_.get(), nullptr, 0);
    CMS_SignerInfo* const info = only_signer(cms_.get());
    X509* signer = nullptr;
    X509_ALGOR *digest = nullptr, *signature = nullptr;
    CMS_SignerInfo_get0_algs(info, nullptr, &signer, &digest, &signature);
    if (!signer) {
        flaw_ = "its CMS does not hold the signer's certificate";
        return;
    }
    X509_up_ref(signer);
    signer_ = Certificate(signer, X509_free);
    const EVP_MD* const algorithm = EVP_get_digestbyobj(digest->algorithm);
    digest_.reset(EVP_MD_CTX_new(), [](void* context) { EVP_MD_CTX_free(static_cast<EVP_MD_CTX*>(context)); });
    if (!algorithm || EVP_DigestInit_ex(static_cast<EVP_MD_CTX*>(digest_.get()), algorithm, nullptr) != 1) {
        digest_.reset();
        flaw_ = "its digest algorithm is not known";
        return;
    }
    const int kind = EVP_MD_get_type(algorithm);
    if (kind == NID_md5 || kind == NID_sha1) doubt_ = fill("it uses {}, which can be forged", std::string_view(OBJ_nid2sn(kind)));
    EVP_PKEY* const key = X509_get0_pubkey(signer);
    if (key && EVP_PKEY_get_security_bits(key) < 112) doubt_ = fill("the signer's key of {} bits can be broken", EVP_PKEY_get_bits(key));
    names_certificate_ = names_certificate(info, signer, certificates_);
    has_time_stamp_ = CMS_unsigned_get_attr_by_NID(info, NID_id_smime_aa_timeStampToken, -1) >= 0;
}

void CmsSignature::update(std::string_view bytes) {
    if (digest_) EVP_DigestUpdate(static_cast<EVP_MD_CTX*>(digest_.get()), bytes.data(), bytes.size());
}

void CmsSignature::finish() {
    if (!flaw_.empty()) return;
    check_attributes();
    ERR_clear_error();
}

void CmsSignature::check_attributes() {
    CMS_SignerInfo* const info = only_signer(cms_.get());
    const auto* stated = static_cast<const ASN1_STRING*>(single_attribute(info, NID_pkcs9_messageDigest, V_ASN1_OCTET_STRING));
    const auto* type = static_cast<const ASN1_OBJECT*>(single_attribute(info, NID_pkcs9_contentType, V_ASN1_OBJECT));
    if (!stated || !type || OBJ_obj2nid(type) != NID_pkcs7_data) {
        flaw_ = "its signed attributes do not state content type and digest, once each";
        return;
    }
    unsigned char computed[EVP_MAX_MD_SIZE];
    unsigned length = 0;
    EVP_DigestFinal_ex(static_cast<EVP_MD_CTX*>(digest_.get()), computed, &length);
    const unsigned char* const expected = ASN1_STRING_get0_data(stated);
    if (static_cast<unsigned>(ASN1_STRING_length(stated)) != length || !std::equal(computed, computed + length, expected))
        flaw_ = "the signed bytes were changed after signing (their digest differs)";
    else if (CMS_SignerInfo_verify(info) != 1)
        flaw_ = "the signature value does not verify with the signer's key";
}

} // namespace dossier::signing
