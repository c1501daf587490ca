// The ledger with restricted documents sealed: a commit seals what is restricted before it is written, reading opens it for a user whose
// key is at hand; for others it stays as it lies (`sealed` set, no words). `inner` must outlive it.
#pragma once

#include "tmf/ledger.hpp"
#include "tmf/sealer.hpp"

namespace dossier::tmf {

std::unique_ptr<Ledger> make_sealed_ledger(Ledger& inner, std::shared_ptr<Sealer> sealer);

} // namespace dossier::tmf
