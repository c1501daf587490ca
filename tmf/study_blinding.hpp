// Facts of a study that say who is blinded: milestone S11 (unblinding), and the switch imp_blinded. To change them so that what may unblind
// is named to everybody, or hidden again afterwards, takes an unblinded role.
#pragma once

#include "tmf/repository.hpp"

namespace dossier::tmf {

// Error denied: who may do it. A study that is new, or a place that is, has nothing yet that could come out.
Result<void> check_blinding(const Repository& repository, const templates::TmfCatalogue& catalogue, const Study& before,
                            const Study& after);

} // namespace dossier::tmf
