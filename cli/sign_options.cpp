#include "cli/sign_options.hpp"

#include "cli/passphrase.hpp"
#include "core/text.hpp"
#include "signing/manifestation.hpp"

namespace dossier::cli {

namespace {

Result<std::string> read_font(Context& context, const std::string& file) {
    if (file.empty()) return context.templates.read("fonts/dejavu-sans-subset.ttf");
    return read_file(*context.fs, file, 64u << 20);
}

} // namespace

void declare_sign_options(Options& list, SignOptions& options) {
    list.text("--key", options.key, "Key: PKCS#12 (.p12, .pfx) or PEM", true);
    list.text("--cert", options.certificate, "The signer's certificate (and issuers), PEM or DER; where the key file has none");
    list.text("--meaning", options.meaning, "What the signature means: Approval, Review, Authorship, ...", true);
    list.choice("--level", options.level, {"b", "t", "lt", "lta"}, "PAdES baseline level (b so far)");
    list.text("--tsa", options.stamp_server, "Time-stamp server, for the levels from t");
    list.text("--font", options.font, "TrueType font for names that the built-in one cannot write");
    declare_passphrase(list, options.passphrase_file);
}

Result<Signer> prepare_signer(Context& context, const SignOptions& options) {
    DOSSIER_CHECK(check_passphrase_file(context, options.passphrase_file));
    Signer signer;
    DOSSIER_TRY(signer.request.meaning, signing::clean_meaning(options.meaning));
    if (options.level != "b")
        return Error(ErrorKind::unsupported,
                     fill("signatures of level {} need a time stamp, which cannot be made yet; nothing was signed", options.level), {},
                     "sign with --level b, or with a program that makes time stamps");
    if (!options.stamp_server.empty())
        return Error(ErrorKind::unsupported, "time stamps cannot be made yet; nothing was signed", {options.stamp_server},
                     "sign without --tsa");
    DOSSIER_TRY(signer.key, signing::read_signing_key(*context.fs, options.key, options.certificate,
                                                      passphrase_source(context, options.passphrase_file)));
    signer.request.time = context.clock->now();
    DOSSIER_TRY(signer.request.font, read_font(context, options.font));
    return signer;
}

} // namespace dossier::cli
