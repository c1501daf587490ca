// What the commands that sign share: key, meaning, level, font.
#pragma once

#include "cli/command.hpp"
#include "signing/sign_pdf.hpp"

#include <string>

namespace dossier::cli {

struct SignOptions {
    std::string key, certificate, meaning, level = "b", stamp_server, passphrase_file, font;
};
void declare_sign_options(Options& list, SignOptions& options);

struct Signer {
    signing::SigningKey key;
    signing::SignRequest request;
};
// Errors: usage for a meaning that cannot stand in a signature; unsupported for a level that cannot be made (nothing is lowered silently);
// what reading key and font says.
Result<Signer> prepare_signer(Context& context, const SignOptions& options);

} // namespace dossier::cli
