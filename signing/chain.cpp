#include "signing/chain.hpp"

#include <openssl/err.h>
#include <openssl/x509v3.h>

#include "core/text.hpp"

namespace dossier::signing {

namespace {

template <class Object> using Owned = std::unique_ptr<Object, void (*)(Object*)>;

std::string describe(X509_STORE_CTX* context, UtcTime at) {
    const int code = X509_STORE_CTX_get_error(context);
    X509* const current = X509_STORE_CTX_get_current_cert(context);
    if (!current) return X509_verify_cert_error_string(code);
    X509_up_ref(current);
    const Certificate certificate(current, X509_free);
    const std::string name = printed_name(certificate);
    switch (code) {
    case X509_V_ERR_CERT_HAS_EXPIRED:
        return fill("the certificate of {} expired on {}, before {}", name, validity_of(certificate).until.text(), at.text());
    case X509_V_ERR_CERT_NOT_YET_VALID:
        return fill("the certificate of {} is valid only from {}, after {}", name, validity_of(certificate).from.text(), at.text());
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
        return fill("the issuer of {}, {}, is not among the trusted certificates", name, issuer_name(certificate));
    case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
    case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
        return fill("it leads to {}, which is not among the trusted certificates", name);
    case X509_V_ERR_INVALID_CA:
    case X509_V_ERR_KEYUSAGE_NO_CERTSIGN:
        return fill("{} issued a certificate without the right to", name);
    default:
        return fill("the certificate of {} does not pass: {}", name, std::string_view(X509_verify_cert_error_string(code)));
    }
}

} // namespace

std::string doubt_of_chain(const Certificate& certificate, const std::vector<Certificate>& helpers, const std::vector<Certificate>& trust,
                           UtcTime at) {
    if (trust.empty()) return "no certificate was named as trusted, so nobody vouches for the signer";
    const Owned<X509_STORE> store(X509_STORE_new(), X509_STORE_free);
    for (const Certificate& anchor : trust) X509_STORE_add_cert(store.get(), anchor.get());
    const Owned<STACK_OF(X509)> others(sk_X509_new_null(), [](STACK_OF(X509) * stack) { sk_X509_free(stack); });
    for (const Certificate& helper : helpers) sk_X509_push(others.get(), helper.get());
    const Owned<X509_STORE_CTX> context(X509_STORE_CTX_new(), X509_STORE_CTX_free);
    if (X509_STORE_CTX_init(context.get(), store.get(), certificate.get(), others.get()) != 1) return "its certificate cannot be checked";
    X509_VERIFY_PARAM* const parameters = X509_STORE_CTX_get0_param(context.get());
    X509_VERIFY_PARAM_set_time(parameters, at.microseconds() / 1'000'000);
    X509_VERIFY_PARAM_set_purpose(parameters, X509_PURPOSE_ANY);        // the default is S/MIME; usages are looked at by may_sign_documents
    X509_VERIFY_PARAM_set_flags(parameters, X509_V_FLAG_PARTIAL_CHAIN); // an issuing authority may be named without its root
    X509_VERIFY_PARAM_set_auth_level(parameters, 2);                    // issuers with 112 bits of security and no SHA-1
    X509_VERIFY_PARAM_set_depth(parameters, 10);
    const bool trusted = X509_verify_cert(context.get()) == 1;
    std::string doubt = trusted ? "" : describe(context.get(), at);
    ERR_clear_error();
    if (trusted && !may_sign_documents(certificate))
        doubt = fill("the certificate of {} is not for signatures (its key usage says so)", printed_name(certificate));
    return doubt;
}

} // namespace dossier::signing
