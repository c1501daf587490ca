#include "signing/key.hpp"

#include <optional>

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>
#include <openssl/provider.h>
#include <openssl/x509.h>

#include "core/text.hpp"

namespace dossier::signing {

namespace {

using Bio = std::unique_ptr<BIO, decltype(&BIO_free)>;

Bio memory(const std::string& bytes) { return Bio(BIO_new_mem_buf(bytes.data(), static_cast<int>(bytes.size())), BIO_free); }

struct Read {
    std::shared_ptr<EVP_PKEY> key;
    std::vector<Certificate> certificates;
};

Error wrong_passphrase(const std::string& path) {
    return Error(ErrorKind::denied, "the passphrase does not open this key file", {path},
                 "give the passphrase that the file was protected with");
}

// What the PEM reader's callback needs: it may ask once, and its failure is not OpenSSL's.
struct Question {
    const PassphraseSource* source;
    const std::string* path;
    bool asked = false;
    std::optional<Error> failure;
};

int answer(char* buffer, int size, int, void* data) {
    auto& question = *static_cast<Question*>(data);
    question.asked = true;
    auto phrase = (*question.source)(*question.path);
    if (!phrase) question.failure = phrase.error();
    if (!phrase || phrase->size() > static_cast<std::size_t>(size)) return -1;
    phrase->copy(buffer, phrase->size());
    const int length = static_cast<int>(phrase->size());
    OPENSSL_cleanse(phrase->data(), phrase->size());
    return length;
}

Result<Read> read_pem(const std::string& bytes, const std::string& path, const PassphraseSource& passphrase) {
    Read read;
    Question question{&passphrase, &path, false, std::nullopt};
    const Bio in = memory(bytes);
    read.key.reset(PEM_read_bio_PrivateKey(in.get(), nullptr, answer, &question), EVP_PKEY_free);
    ERR_clear_error();
    if (question.failure) return *question.failure;
    if (!read.key && question.asked) return wrong_passphrase(path);
    if (!read.key)
        return Error(ErrorKind::invalid, "no private key is in this file", {path},
                     "name a PEM file with a private key, or a PKCS#12 file (.p12, .pfx)");
    read.certificates = parse_certificates(bytes);
    return read;
}

bool opens(PKCS12* container, const char* phrase) { return PKCS12_verify_mac(container, phrase, phrase ? -1 : 0) == 1; }

Result<Read> read_pkcs12(const std::string& bytes, const std::string& path, const PassphraseSource& passphrase) {
    const Bio in = memory(bytes);
    const std::unique_ptr<PKCS12, decltype(&PKCS12_free)> container(d2i_PKCS12_bio(in.get(), nullptr), PKCS12_free);
    ERR_clear_error();
    if (!container)
        return Error(ErrorKind::invalid, "this is neither a PEM file nor a PKCS#12 file", {path},
                     "name a PEM file with a private key, or a PKCS#12 file (.p12, .pfx)");
    // Exports of older Windows are protected with RC2 and 3DES, which OpenSSL 3 keeps in a provider of its own.
    static OSSL_PROVIDER* const legacy = OSSL_PROVIDER_try_load(nullptr, "legacy", 1);
    (void)legacy;
    std::string phrase;
    if (!opens(container.get(), nullptr) && !opens(container.get(), "")) {
        DOSSIER_TRY(phrase, passphrase(path));
        if (!opens(container.get(), phrase.c_str())) return wrong_passphrase(path);
    }
    EVP_PKEY* key = nullptr;
    X509* certificate = nullptr;
    STACK_OF(X509)* others = nullptr;
    const int parsed = PKCS12_parse(container.get(), phrase.c_str(), &key, &certificate, &others);
    OPENSSL_cleanse(phrase.data(), phrase.size());
    ERR_clear_error();
    Read read;
    read.key.reset(key, EVP_PKEY_free);
    if (certificate) read.certificates.emplace_back(certificate, X509_free);
    while (others && sk_X509_num(others) > 0) read.certificates.emplace_back(sk_X509_shift(others), X509_free);
    sk_X509_free(others);
    if (parsed != 1 || !key)
        return Error(ErrorKind::unsupported, "the private key in this PKCS#12 file cannot be read", {path},
                     "export it again with AES encryption");
    return read;
}

Result<void> check_kind(EVP_PKEY* key, const std::string& path) {
    const int kind = EVP_PKEY_get_base_id(key), bits = EVP_PKEY_get_bits(key);
    const bool known = (kind == EVP_PKEY_RSA && bits >= 2048) || (kind == EVP_PKEY_EC && (bits == 256 || bits == 384 || bits == 521));
    if (known) return {};
    return Error(ErrorKind::unsupported,
                 fill("a key of this kind ({}, {} bits) does not make signatures here", std::string_view(OBJ_nid2sn(kind)), bits), {path},
                 "use RSA from 2048 bits, or EC on P-256, P-384 or P-521");
}

} // namespace

Result<SigningKey> read_signing_key(FileSystem& fs, const std::string& key, const std::string& certificate,
                                    const PassphraseSource& passphrase) {
    constexpr std::uint64_t most_bytes = 4u << 20;
    if (starts_with(key, "pkcs11:"))
        return Error(ErrorKind::unsupported, "keys on tokens (pkcs11:) cannot be used yet", {key}, "use a PEM or PKCS#12 file");
    DOSSIER_TRY(const std::string bytes, read_file(fs, key, most_bytes));
    DOSSIER_TRY(Read read,
                bytes.find("-----BEGIN ") != std::string::npos ? read_pem(bytes, key, passphrase) : read_pkcs12(bytes, key, passphrase));
    DOSSIER_CHECK(check_kind(read.key.get(), key));
    if (!certificate.empty()) {
        DOSSIER_TRY(const std::string more, read_file(fs, certificate, most_bytes));
        std::vector<Certificate> given = parse_certificates(more);
        if (given.empty())
            return Error(ErrorKind::invalid, "no certificate is in this file", {certificate}, "name a PEM or DER certificate");
        read.certificates.insert(read.certificates.begin(), given.begin(), given.end());
    }
    SigningKey made;
    made.key_ = read.key;
    for (const Certificate& candidate : read.certificates) {
        const bool fits = X509_check_private_key(candidate.get(), read.key.get()) == 1;
        if (fits && !made.certificate_)
            made.certificate_ = candidate;
        else if (!fits && !is_self_issued(candidate))
            made.chain_.push_back(candidate);
    }
    ERR_clear_error();
    if (!made.certificate_)
        return Error(ErrorKind::invalid,
                     read.certificates.empty() ? "no certificate came with this key" : "none of the certificates belongs to this key",
                     {key}, "name the signer's certificate with --cert FILE");
    made.signer_ = printed_name(made.certificate_);
    return made;
}

Result<void> check_may_sign(const SigningKey& key, UtcTime now) {
    const Validity valid = validity_of(key.certificate());
    if (now < valid.from || now > valid.until)
        return Error(ErrorKind::denied,
                     fill("the certificate of {} is valid from {} to {}, not at {}", key.signer(), valid.from.text(), valid.until.text(),
                          now.text()),
                     {}, "sign with a certificate that is valid now");
    if (!may_sign_documents(key.certificate()))
        return Error(ErrorKind::denied,
                     fill("the certificate of {} is not for signatures (its key usage has neither digitalSignature nor nonRepudiation)",
                          key.signer()),
                     {}, "sign with a signing certificate");
    return {};
}

} // namespace dossier::signing
