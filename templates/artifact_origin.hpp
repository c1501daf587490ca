// What an artifact of a newer or an organisation's own model was in the model before: a split gives the new part an identifier of its
// own, and names are all that is left to know it by. Names are compared without regard to letter case.
#pragma once

#include "templates/tmf_catalogue.hpp"

#include <vector>

namespace dossier::templates {

// The artifact that had `name` as a sub-artifact; null when none had. The one sign by which a change of model says "split from".
const Artifact* split_from(const std::string& name, const TmfCatalogue& before);

// Every artifact that `artifact` may hold documents of: it has the name, an alternate name or a sub-artifact of it, or has taken its whole
// content (its name) in as a sub-artifact. Wider than split_from: where something must be protected, one sign too many does less harm
// than one too few.
std::vector<const Artifact*> origins_of(const Artifact& artifact, const TmfCatalogue& before);

} // namespace dossier::templates
