// What a verification says of one signature, and of a file: never a bool.
#pragma once

#include <string>

namespace dossier::signing {

enum class Verdict {
    valid,          // intact, chain trusted, nothing came after it
    valid_extended, // valid, and every later revision changes only what it may (later signatures, validation data, form filling)
    indeterminate,  // intact, but chain, time or revocation cannot be decided: see the reason
    modified,       // intact bytes, forbidden later changes
    invalid,        // digest, signature or structure is broken
};

std::string to_text(Verdict verdict); // "valid_extended"
Verdict worse(Verdict first, Verdict second);

} // namespace dossier::signing
