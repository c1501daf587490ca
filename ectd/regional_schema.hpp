// The regional file of a sequence against the agency's own XML schema, where the region has one and it was added (dossier standards add).
// Its verdict is the agency's, whatever our tables say.
#pragma once

#include "core/filesystem.hpp"
#include "core/finding.hpp"
#include "ectd/facts.hpp"
#include "ectd/region/region.hpp"
#include "ectd/validation.hpp"
#include "templates/official_files.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dossier::ectd {

inline constexpr const char* regional_schema_rule = "dossier:regional-schema";
inline constexpr const char* regional_schema_title = "Regional file that the agency's own schema does not allow";

struct SchemaVerdict {
    std::string schema;      // its name; empty: the region has none
    std::string not_checked; // why, and `remedy`; empty: it was checked
    std::string remedy;
    std::vector<Finding> findings; // one for each thing that the schema does not allow, with its line
};

// The schema of a region; empty where it has none, or where nobody added it. `fs`: where the official files are. Errors: it is there and
// cannot be read.
Result<std::optional<SchemaText>> find_schema(FileSystem& fs, const templates::OfficialFiles& official, const Region& region);

// Of a fact about the regional file of a sequence; empty: the schema is not at hand.
SchemaVerdict verdict_of(const Region& region, const std::optional<SchemaFact>& fact);

// Of a regional file that this program wrote itself: strangers' files are judged by worker processes (FactsRequest::schema_of).
Result<SchemaVerdict> judge_by_schema(FileSystem& fs, const templates::OfficialFiles& official, const Region& region,
                                      std::string_view written);

// Into a validation: as a rule that passed, has findings or was not run; the report's verdict and counts follow.
void add_to(ValidationReport& report, const SchemaVerdict& verdict);

} // namespace dossier::ectd
