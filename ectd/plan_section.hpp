// A plan row's section where it needs a second look: it is no section, or a spreadsheet may have changed it.
#pragma once

#include "ectd/plan_rows.hpp"
#include "templates/ectd_catalogue.hpp"

#include <optional>
#include <string>

namespace dossier::ectd {

// What to write instead of a section that does not exist: the sections below the nearest one that does, else one that is spelt much alike.
std::string remedy_for_section(const std::string& section, const templates::HeadingTree& tree);

// A cell with the number 1.20 is stored as 1.2, which is a section too.
struct LostZero {
    const templates::Heading* other = nullptr; // 1.20
    bool row_speaks_for_it = false;            // by its title, or since 1.1 takes forms only and the row is none
};
// Empty where the cell is text, no section has the longer number, or the title is that of the shorter one.
std::optional<LostZero> find_lost_zero(const PlanRow& row, const templates::Heading& read_as, const templates::HeadingTree& tree);

} // namespace dossier::ectd
