// A site whose country the study file corrects: what was filed and decided for it goes with it.
#pragma once

#include "tmf/ledger.hpp"

namespace dossier::tmf {

struct SiteMove {
    std::vector<Change> changes;    // documents and decisions, each with its audit entry
    std::vector<std::string> lines; // how many, of those that the reader may see: "documents of site 701: 2 go from USA to CAN with it"
    std::vector<std::string> notes; // roles that were given for the site where it was
};

// `reason`: of who applies the file, may be empty.
Result<SiteMove> move_with_sites(Ledger& ledger, const Study& before, const Study& after, const std::string& reason, Date today);

} // namespace dossier::tmf
