// Dates of a site, a country or the trial that cannot be true together. `activated` and milestone 03 of a site are the same fact, `closed`
// and 09 are another (docs/expected_documents.md, "Milestone dates"); of two dates for one fact the milestone's counts. Plans are no facts.
// `study apply` notes them, `milestone set` refuses them; a study that is stored is read whatever it says.
#pragma once

#include "core/result.hpp"
#include "core/yaml.hpp"
#include "tmf/study.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace dossier::tmf {

// Sites that closed before they were opened, or were rejected and opened or closed. `file`: the study file, for the lines; what `milestone
// set` recorded stands in no line, the other date's is named then. What the reader of the file says of two keys of one entry is not said
// again.
std::vector<Error> check_site_dates(const Study& study, const Yaml& file);

// The same for `milestone set` of the milestone `code` at `site`. What was so before and this date does not touch is no error; neither is
// `none` where it was so before. `takes_back`: the date was taken back.
Result<void> check_site_milestone(const Study& before, const Study& after, std::string_view code, const std::string& site, bool takes_back);

// Of `after`, what is not so in `before` (null: nothing is): a country or the trial that ended (C06, S13) before it began.
std::vector<std::string> note_impossible_order(const Study* before, const Study& after);

} // namespace dossier::tmf
