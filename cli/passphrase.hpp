// Passphrases come from --passphrase-file, DOSSIER_PASSPHRASE or a prompt, in that order; never from an argument.
#pragma once

#include "cli/command.hpp"

#include <functional>
#include <string>

namespace dossier::cli {

// Of commands that sign: the signer's key, which is not the user's own one for restricted documents (Context::passphrase_file).
void declare_passphrase(Options& list, std::string& passphrase_file);

// An option that names a file which is not there is an error, also where nobody asks for the passphrase.
Result<void> check_passphrase_file(const Context& context, const std::string& passphrase_file);

// Asks for the passphrase of `what` when called. Errors: usage when there is no source and no terminal to ask at.
std::function<Result<std::string>(const std::string& what)> passphrase_source(Context& context, const std::string& passphrase_file);

} // namespace dossier::cli
