// The ledger as one user may see and change it: rows out of his reach are not there for him, and a commit that his roles do not allow is
// refused as a whole. Every command works through it, so none can forget to ask. `inner` must outlive it.
#pragma once

#include "tmf/access_control.hpp"
#include "tmf/ledger.hpp"
#include "tmf/rule_nature.hpp"

namespace dossier::tmf {

// A decision about what may unblind takes the role where it holds, and the key: for others the reason is left out, the rest is counted. So
// does one that is not marked as such and whose rule is not known to be harmless.
DecisionRecord for_reader(const AccessControl& control, const DecisionRecord& record, RuleNature& rules);

// `right` is what the command needs for its changes (and for audit entries): "document.file".
std::unique_ptr<Ledger> make_guarded_ledger(Ledger& inner, std::shared_ptr<const AccessControl> control, std::string right);

} // namespace dossier::tmf
