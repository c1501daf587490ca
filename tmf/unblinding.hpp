// The keys that restricted documents are sealed for: making the first, handing them to a person, changing them when one leaves.
#pragma once

#include "tmf/ledger.hpp"
#include "tmf/sealer.hpp"

#include <string>
#include <vector>

namespace dossier::tmf {

struct UnblindedPerson {
    std::string user, certificate; // PEM
};

// A new key for these people: the first one, or the next after somebody left. What is sealed from then on opens with it only.
Result<std::vector<Change>> new_unblinding_key(Sealer& sealer, const AccessRecords& records, const std::vector<UnblindedPerson>& people,
                                               const Author& author);

// Every key there is, for one more person. Errors: denied when the one who does it cannot open them himself.
Result<std::vector<Change>> hand_over_keys(Sealer& sealer, const AccessRecords& records, const UnblindedPerson& person,
                                           const Author& author);

} // namespace dossier::tmf
