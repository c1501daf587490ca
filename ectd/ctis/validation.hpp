// Runs a rule set over a dossier for the EU clinical trials portal.
#pragma once

#include "ectd/ctis/facts.hpp"
#include "ectd/validation.hpp"

namespace dossier::ectd::ctis {

inline constexpr const char* rule_set_name = "ctis";

ValidationReport run_rules(const RuleSet& rules, const DossierFacts& facts);

} // namespace dossier::ectd::ctis
