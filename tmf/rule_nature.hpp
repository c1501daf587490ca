// What is known of rules that decisions name, also of those that no study has any longer. A decision about what may unblind is marked by
// its sealed reason; one that was recorded before reasons were sealed is not, and only its rule says what it is about.
#pragma once

#include "tmf/ledger.hpp"

#include <set>
#include <string>

namespace dossier::tmf {

class RuleNature {
public:
    explicit RuleNature(Ledger& ledger) : ledger_(ledger) {} // must outlive it

    // False: some model or list, of the program or kept in the ledger, has the rule and does not restrict it. Whatever no one knows may.
    // What the ledger keeps is read once, when the program's own model does not settle it.
    bool may_unblind(const std::string& rule);

private:
    void read_kept();
    void add(const templates::TmfCatalogue& catalogue);

    Ledger& ledger_;
    std::set<std::string> harmless_; // rules
    bool is_read_ = false;
};

} // namespace dossier::tmf
