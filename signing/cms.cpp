#include "signing/cms.hpp"

#include <algorithm>

#include <openssl/cms.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/x509.h>

#include "core/text.hpp"

namespace dossier::signing {

namespace {

Error refused(const char* what) {
    const unsigned long code = ERR_peek_last_error();
    const char* const reason = ERR_reason_error_string(code);
    ERR_clear_error();
    return Error(ErrorKind::internal, fill("the signature could not be made: {} failed ({})", std::string_view(what),
                                           std::string_view(reason ? reason : "no reason given")));
}

template <class Object> std::string to_der(Object* object, int (*encode)(const Object*, unsigned char**)) {
    const int length = encode(object, nullptr);
    if (length <= 0) return {};
    std::string der(static_cast<std::size_t>(length), '\0');
    auto* at = reinterpret_cast<unsigned char*>(der.data());
    encode(object, &at);
    return der;
}

// A DER length (X.690, 8.1.3).
std::string der_length(std::size_t length) {
    if (length < 128) return std::string(1, static_cast<char>(length));
    std::string bytes;
    for (; length > 0; length >>= 8) bytes.insert(bytes.begin(), static_cast<char>(length & 255));
    return static_cast<char>(0x80 | bytes.size()) + bytes;
}

// What is signed: the attributes as a SET OF in DER (RFC 5652, 5.4), sorted.
std::string attributes_to_sign(CMS_SignerInfo* signer) {
    std::vector<std::string> attributes;
    for (int i = 0; i < CMS_signed_get_attr_count(signer); ++i)
        attributes.push_back(to_der<X509_ATTRIBUTE>(CMS_signed_get_attr(signer, i), i2d_X509_ATTRIBUTE));
    std::sort(attributes.begin(), attributes.end());
    const std::string all = join(attributes, "");
    return "\x31" + der_length(all.size()) + all;
}

Result<std::string> sign_bytes(EVP_PKEY* key, const std::string& bytes) {
    const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
    const auto* data = reinterpret_cast<const unsigned char*>(bytes.data());
    std::size_t length = 0;
    if (EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, key) != 1 ||
        EVP_DigestSign(context.get(), nullptr, &length, data, bytes.size()) != 1)
        return refused("EVP_DigestSign");
    std::string value(length, '\0');
    if (EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(value.data()), &length, data, bytes.size()) != 1)
        return refused("EVP_DigestSign");
    value.resize(length);
    return value;
}

void set_algorithm(CMS_SignerInfo* signer, EVP_PKEY* key) {
    X509_ALGOR *digest = nullptr, *signature = nullptr;
    CMS_SignerInfo_get0_algs(signer, nullptr, nullptr, &digest, &signature);
    if (EVP_PKEY_get_base_id(key) == EVP_PKEY_EC)
        X509_ALGOR_set0(signature, OBJ_nid2obj(NID_ecdsa_with_SHA256), V_ASN1_UNDEF, nullptr);
    else
        X509_ALGOR_set0(signature, OBJ_nid2obj(NID_rsaEncryption), V_ASN1_NULL, nullptr);
}

} // namespace

Result<std::string> make_cms(const SigningKey& key, const Sha256& digest) {
    const std::unique_ptr<STACK_OF(X509), void (*)(STACK_OF(X509)*)> chain(sk_X509_new_null(),
                                                                           [](STACK_OF(X509) * stack) { sk_X509_free(stack); });
    for (const Certificate& issuer : key.chain()) sk_X509_push(chain.get(), issuer.get());
    const unsigned flags = CMS_DETACHED | CMS_BINARY | CMS_PARTIAL;
    const std::unique_ptr<CMS_ContentInfo, decltype(&CMS_ContentInfo_free)> cms(CMS_sign(nullptr, nullptr, chain.get(), nullptr, flags),
                                                                                CMS_ContentInfo_free);
    if (!cms) return refused("CMS_sign");
    CMS_SignerInfo* const signer =
        CMS_add1_signer(cms.get(), key.certificate().get(), key.handle(), EVP_sha256(), flags | CMS_CADES | CMS_NOSMIMECAP);
    if (!signer) return refused("CMS_add1_signer");
    // OpenSSL 3.0's own finish would add a signing time, which PAdES forbids: the attributes are completed and signed here.
    if (CMS_signed_add1_attr_by_NID(signer, NID_pkcs9_contentType, V_ASN1_OBJECT, OBJ_nid2obj(NID_pkcs7_data), -1) != 1 ||
        CMS_signed_add1_attr_by_NID(signer, NID_pkcs9_messageDigest, V_ASN1_OCTET_STRING, digest.bytes.data(),
                                    static_cast<int>(digest.bytes.size())) != 1)
        return refused("CMS_signed_add1_attr");
    DOSSIER_TRY(const std::string value, sign_bytes(key.handle(), attributes_to_sign(signer)));
    ASN1_STRING_set(CMS_SignerInfo_get0_signature(signer), value.data(), static_cast<int>(value.size()));
    set_algorithm(signer, key.handle());
    const std::string der = to_der<CMS_ContentInfo>(cms.get(), i2d_CMS_ContentInfo);
    if (der.empty()) return refused("i2d_CMS_ContentInfo");
    return der;
}

Result<std::size_t> cms_size(const SigningKey& key) {
    DOSSIER_TRY(const std::string sample, make_cms(key, Sha256{}));
    return sample.size() + 32; // an EC signature's two numbers lose their leading zeros, which moves lengths as well
}

} // namespace dossier::signing
