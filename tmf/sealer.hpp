// The port to the cryptography behind restricted documents: tmf says what is sealed and who may open it, signing's CMS does it, cli
// introduces them (cli/unblinding_key.cpp). A repository has unblinding keys, numbered from 1; everything is sealed for the newest, and
// each key's private part is kept in the ledger, sealed for every unblinded person.
#pragma once

#include "core/result.hpp"

#include <string>
#include <string_view>

namespace dossier::tmf {

struct UnblindingKey {
    std::string private_key, certificate; // PEM
};

class Sealer {
public:
    virtual ~Sealer() = default;

    // For the newest unblinding key: anybody can. Errors: not_found when the repository has none.
    virtual Result<std::string> seal(std::string_view bytes) = 0;
    // Whether this user's own key is at hand; looked for when first asked.
    virtual bool can_open() = 0;
    // The same with the reason why not, and what to do: not_found where the key is not there, other kinds where it stays closed. Who asks
    // tells the user.
    virtual Result<void> require_open() = 0;
    virtual Result<std::string> open(std::string_view sealed) = 0; // denied, or invalid where the bytes were altered

    virtual Result<UnblindingKey> make_key(int number) = 0;
    virtual Result<UnblindingKey> key(int number) = 0; // with its private part: denied to whoever cannot open
    virtual Result<std::string> seal_for(std::string_view bytes, const std::string& certificate) = 0; // for a person's certificate
};

} // namespace dossier::tmf
