// The lists that a study report's appendices are made of (ICH E3 16.1.3, 16.1.4), from the study's facts and documents: what the trial
// master file knows, for whoever writes the list. Pure functions.
#pragma once

#include "core/table.hpp"
#include "tmf/records.hpp"
#include "tmf/study.hpp"

#include <vector>

namespace dossier::tmf {

// One row for each principal or sub-investigator and place, by country and site: name, role, from, to, and the newest curriculum vitae that
// may be submitted on `day` (empty: there is none).
Sheet investigator_list(const Study& study, const std::vector<StoredDocument>& documents, Date day);

// One row for each decision of an ethics committee, by country and site: title, day, document. The newest fit version of each.
Sheet ethics_list(const Study& study, const std::vector<StoredDocument>& documents, Date day);

} // namespace dossier::tmf
