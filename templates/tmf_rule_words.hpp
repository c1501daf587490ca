// The closed lists that a rule's cells are read with; for the readers of rules only.
#pragma once

#include "templates/tmf_catalogue.hpp"

#include <optional>
#include <string>
#include <vector>

namespace dossier::templates {

struct PerWord {
    std::string word;
    Per per;
    std::vector<Level> levels; // where its documents are filed
};
const PerWord* find_per(const std::string& word); // null when unknown
const PerWord* find_per(Per per);                 // never null
std::vector<std::string> per_names();

std::optional<Level> to_level(const std::string& word); // trial (milestones call it study), country, site
bool is_fact(const std::string& name);                  // of an instance: person_on_ec, occ_sae ...
std::vector<std::string> condition_names(const TmfCatalogue& catalogue);

// 03@site, amendment.approved, none; empty when it is no anchor that rows can be counted under.
std::optional<Anchor> to_anchor(const std::string& text, const TmfCatalogue& catalogue);
std::vector<std::string> anchor_names(const TmfCatalogue& catalogue);

std::optional<Validity> to_validity(const std::string& text);
const std::vector<std::string>& validity_names();

} // namespace dossier::templates
