#include "signing/envelope.hpp"

#include <memory>

#include <openssl/cms.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/rsa.h>
#include <openssl/x509v3.h>

#include "core/text.hpp"

namespace dossier::signing {

namespace {

using Bio = std::unique_ptr<BIO, decltype(&BIO_free)>;
using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using X509Ptr = std::unique_ptr<X509, decltype(&X509_free)>;
using Cms = std::unique_ptr<CMS_ContentInfo, decltype(&CMS_ContentInfo_free)>;

Bio memory(std::string_view bytes) { return Bio(BIO_new_mem_buf(bytes.data(), static_cast<int>(bytes.size())), BIO_free); }
Bio empty_memory() { return Bio(BIO_new(BIO_s_mem()), BIO_free); }

std::string bytes_of(const Bio& bio) {
    char* data = nullptr;
    const long size = BIO_get_mem_data(bio.get(), &data);
    return size > 0 ? std::string(data, static_cast<std::size_t>(size)) : std::string();
}

Error failed(const char* what) {
    const char* const reason = ERR_reason_error_string(ERR_peek_last_error());
    ERR_clear_error();
    return Error(ErrorKind::internal,
                 fill("{} failed ({})", std::string_view(what), std::string_view(reason ? reason : "no reason given")));
}

int give_passphrase(char* buffer, int size, int, void* data) {
    const auto& phrase = *static_cast<const std::string*>(data);
    if (phrase.size() > static_cast<std::size_t>(size)) return -1;
    phrase.copy(buffer, phrase.size());
    return static_cast<int>(phrase.size());
}

Key read_key(const std::string& pem, const std::string& passphrase) {
    const Bio in = memory(pem);
    Key key(PEM_read_bio_PrivateKey(in.get(), nullptr, give_passphrase, const_cast<std::string*>(&passphrase)), EVP_PKEY_free);
    ERR_clear_error();
    return key;
}

X509Ptr read_certificate(const std::string& pem) {
    const Bio in = memory(pem);
    X509Ptr certificate(PEM_read_bio_X509(in.get(), nullptr, nullptr, nullptr), X509_free);
    ERR_clear_error();
    return certificate;
}

Result<std::string> write_key(EVP_PKEY* key, const std::string& passphrase) {
    const Bio out = empty_memory();
    const bool open = passphrase.empty();
    if (PEM_write_bio_PKCS8PrivateKey(out.get(), key, open ? nullptr : EVP_aes_256_cbc(), open ? nullptr : passphrase.data(),
                                      static_cast<int>(passphrase.size()), nullptr, nullptr) != 1)
        return failed("writing the private key");
    return bytes_of(out);
}

bool add_extension(X509* certificate, int kind, const char* value) {
    const std::unique_ptr<X509_EXTENSION, decltype(&X509_EXTENSION_free)> extension(X509V3_EXT_conf_nid(nullptr, nullptr, kind, value),
                                                                                    X509_EXTENSION_free);
    return extension && X509_add_ext(certificate, extension.get(), -1) == 1;
}

bool set_random_serial(X509* certificate) {
    unsigned char bytes[16];
    if (RAND_bytes(bytes, sizeof bytes) != 1) return false;
    bytes[0] = static_cast<unsigned char>((bytes[0] & 0x7F) | 0x40); // positive, and never shorter
    const std::unique_ptr<BIGNUM, decltype(&BN_free)> number(BN_bin2bn(bytes, sizeof bytes, nullptr), BN_free);
    return number && BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(certificate)) != nullptr;
}

X509Ptr make_certificate(EVP_PKEY* key, const std::string& common_name, UtcTime now) {
    X509Ptr certificate(X509_new(), X509_free);
    X509* const x = certificate.get();
    X509_NAME* const name = x ? X509_get_subject_name(x) : nullptr;
    const std::string most = common_name.substr(0, 64); // ub-common-name
    const auto* text = reinterpret_cast<const unsigned char*>(most.data());
    const bool made = name && X509_set_version(x, 2) == 1 && set_random_serial(x) &&
                      ASN1_TIME_set(X509_getm_notBefore(x), static_cast<time_t>(now.microseconds() / 1'000'000)) &&
                      ASN1_TIME_set_string(X509_getm_notAfter(x), "99991231235959Z") == 1 && X509_set_pubkey(x, key) == 1 &&
                      X509_NAME_add_entry_by_NID(name, NID_commonName, MBSTRING_UTF8, text, static_cast<int>(most.size()), -1, 0) == 1 &&
                      X509_set_issuer_name(x, name) == 1 && add_extension(x, NID_key_usage, "critical,keyAgreement") &&
                      X509_sign(x, key, EVP_sha256()) > 0;
    if (!made) certificate.reset();
    return certificate;
}

// How the content key is wrapped: better than the library's defaults, which are SHA-1.
bool set_wrapping(CMS_RecipientInfo* recipient) {
    EVP_PKEY_CTX* const context = CMS_RecipientInfo_get0_pkey_ctx(recipient);
    if (!context) return false;
    if (CMS_RecipientInfo_type(recipient) == CMS_RECIPINFO_AGREE) return EVP_PKEY_CTX_set_ecdh_kdf_md(context, EVP_sha256()) > 0;
    return EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_OAEP_PADDING) > 0 && EVP_PKEY_CTX_set_rsa_oaep_md(context, EVP_sha256()) > 0 &&
           EVP_PKEY_CTX_set_rsa_mgf1_md(context, EVP_sha256()) > 0;
}

bool may_receive(X509* certificate) {
    const int kind = EVP_PKEY_get_base_id(X509_get0_pubkey(certificate));
    const std::uint32_t usage = X509_get_key_usage(certificate); // all bits when there is no such extension
    return (kind == EVP_PKEY_EC && (usage & KU_KEY_AGREEMENT) != 0) || (kind == EVP_PKEY_RSA && (usage & KU_KEY_ENCIPHERMENT) != 0);
}

} // namespace

Result<KeyPair> make_key_pair(const std::string& common_name, UtcTime now) {
    const Key key(EVP_EC_gen("P-256"), EVP_PKEY_free);
    if (!key) return failed("making a key pair");
    const X509Ptr certificate = make_certificate(key.get(), common_name, now);
    if (!certificate) return failed("making a certificate");
    KeyPair pair;
    DOSSIER_TRY(pair.private_key, write_key(key.get(), ""));
    const Bio out = empty_memory();
    if (PEM_write_bio_X509(out.get(), certificate.get()) != 1) return failed("writing a certificate");
    pair.certificate = bytes_of(out);
    return pair;
}

bool is_protected(const std::string& pem) { return pem.find("ENCRYPTED") != std::string::npos; }

Result<std::string> protect_key(const std::string& private_key, const std::string& passphrase) {
    const Key key = read_key(private_key, "");
    if (!key) return failed("reading the private key");
    return write_key(key.get(), passphrase);
}

Result<std::string> open_key(const std::string& pem, const std::string& passphrase) {
    const Key key = read_key(pem, passphrase);
    if (key) return write_key(key.get(), "");
    if (is_protected(pem)) return Error(ErrorKind::denied, "the passphrase does not open this key");
    return Error(ErrorKind::invalid, "this is no private key in PEM form");
}

Result<std::string> seal(std::string_view bytes, const std::string& certificate) {
    const X509Ptr to = read_certificate(certificate);
    if (!to) return Error(ErrorKind::invalid, "this is no certificate in PEM form", {}, "give a file with -----BEGIN CERTIFICATE-----");
    if (!may_receive(to.get()))
        return Error(ErrorKind::invalid,
                     "nothing can be sealed for this certificate: it takes an EC key for key agreement or an RSA key for "
                     "key encipherment",
                     {}, "make one with 'dossier user key', or ask for an encryption certificate");
    const Cms cms(CMS_AuthEnvelopedData_create(EVP_aes_256_gcm()), CMS_ContentInfo_free);
    if (!cms) return failed("CMS_AuthEnvelopedData_create");
    CMS_RecipientInfo* const recipient = CMS_add1_recipient_cert(cms.get(), to.get(), CMS_KEY_PARAM);
    if (!recipient || !set_wrapping(recipient)) return failed("CMS_add1_recipient_cert");
    const Bio in = memory(bytes);
    if (CMS_set_detached(cms.get(), 0) != 1 || CMS_final(cms.get(), in.get(), nullptr, CMS_BINARY) != 1) return failed("CMS_final");
    const Bio out = empty_memory();
    if (i2d_CMS_bio(out.get(), cms.get()) != 1) return failed("i2d_CMS_bio");
    return bytes_of(out);
}

bool is_sealed_for(std::string_view sealed, const std::string& certificate) {
    const X509Ptr to = read_certificate(certificate);
    const Bio in = memory(sealed);
    const Cms cms(d2i_CMS_bio(in.get(), nullptr), CMS_ContentInfo_free);
    ERR_clear_error();
    STACK_OF(CMS_RecipientInfo)* const recipients = cms && to ? CMS_get0_RecipientInfos(cms.get()) : nullptr;
    for (int i = 0; i < sk_CMS_RecipientInfo_num(recipients); ++i) {
        CMS_RecipientInfo* const recipient = sk_CMS_RecipientInfo_value(recipients, i);
        const int kind = CMS_RecipientInfo_type(recipient);
        if (kind == CMS_RECIPINFO_TRANS && CMS_RecipientInfo_ktri_cert_cmp(recipient, to.get()) == 0) return true;
        if (kind != CMS_RECIPINFO_AGREE) continue;
        STACK_OF(CMS_RecipientEncryptedKey)* const keys = CMS_RecipientInfo_kari_get0_reks(recipient);
        for (int k = 0; k < sk_CMS_RecipientEncryptedKey_num(keys); ++k)
            if (CMS_RecipientEncryptedKey_cert_cmp(sk_CMS_RecipientEncryptedKey_value(keys, k), to.get()) == 0) return true;
    }
    return false;
}

struct EnvelopeOpener::Pairs {
    std::vector<std::pair<Key, X509Ptr>> read;
};

EnvelopeOpener::EnvelopeOpener(const std::vector<KeyPair>& keys) : pairs_(std::make_unique<Pairs>()) {
    for (const KeyPair& pair : keys) {
        Key key = read_key(pair.private_key, "");
        X509Ptr certificate = read_certificate(pair.certificate);
        if (key && certificate) pairs_->read.emplace_back(std::move(key), std::move(certificate));
    }
}

EnvelopeOpener::EnvelopeOpener(EnvelopeOpener&&) noexcept = default;
EnvelopeOpener& EnvelopeOpener::operator=(EnvelopeOpener&&) noexcept = default;
EnvelopeOpener::~EnvelopeOpener() = default;

Result<std::string> EnvelopeOpener::open(std::string_view sealed) const {
    bool fits = false;
    for (const auto& [key, certificate] : pairs_->read) {
        const Bio in = memory(sealed);
        const Cms cms(d2i_CMS_bio(in.get(), nullptr), CMS_ContentInfo_free); // anew: the first that fits leaves its mark in it
        ERR_clear_error();
        if (!cms) return Error(ErrorKind::invalid, "these bytes are no sealed envelope");
        if (CMS_decrypt_set1_pkey(cms.get(), key.get(), certificate.get()) != 1) continue;
        fits = true;
        const Bio out = empty_memory();
        const int opened = CMS_decrypt(cms.get(), nullptr, nullptr, nullptr, out.get(), CMS_BINARY);
        ERR_clear_error();
        if (opened == 1) return bytes_of(out);
    }
    ERR_clear_error();
    if (fits) return Error(ErrorKind::invalid, "the sealed envelope was altered: it does not open with its own key");
    return Error(ErrorKind::denied, "none of the keys at hand opens this envelope");
}

Result<std::string> open_sealed(std::string_view sealed, const std::vector<KeyPair>& keys) { return EnvelopeOpener(keys).open(sealed); }

} // namespace dossier::signing
