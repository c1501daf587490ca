// The day on which access control judges the last days of roles.
#pragma once

#include "cli/command.hpp"
#include "tmf/ledger.hpp"

namespace dossier::cli {

// Time does not go back in a ledger: a clock set back does not bring a role back whose last day was over when the newest entry was made.
Result<Date> day_of_roles(const Context& context, tmf::Ledger& ledger);

} // namespace dossier::cli
