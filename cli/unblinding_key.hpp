// A user's own key pair for restricted documents, kept in his data folder (keys/<repository>/<user>.pem, readable by him alone), and the
// sealer that a repository gets from it: signing's CMS behind tmf's port.
#pragma once

#include "cli/command.hpp"
#include "signing/envelope.hpp"
#include "tmf/access.hpp"
#include "tmf/sealer.hpp"

#include <memory>
#include <string>

namespace dossier::cli {

std::string own_key_path(const Context& context, const std::string& repository_id, const std::string& user);

// "your key for restricted documents stays closed ...": what is said of the reason that the sealer gives (Sealer::require_open).
std::string closed_key_note(const Error& reason);

// Makes the pair and keeps it there, under a passphrase from --passphrase-file, DOSSIER_PASSPHRASE or a prompt; without any of them it is
// not protected, which is said. Errors: conflict when one is there already.
Result<signing::KeyPair> make_own_key(Context& context, const std::string& repository_id);

// The certificate of the pair that is there; empty when there is none.
std::string own_certificate(const Context& context, const std::string& repository_id);

std::shared_ptr<tmf::Sealer> make_sealer(const Context& context, const std::string& repository_id, const tmf::AccessRecords& records);

} // namespace dossier::cli
