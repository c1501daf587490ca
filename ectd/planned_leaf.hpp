// A plan row understood: heading, attributes, place in the sequence, study. Everything that can be wrong with a row by itself is found
// here.
#pragma once

#include "ectd/application_file.hpp"
#include "ectd/backbone_tree.hpp"
#include "ectd/content_source.hpp"
#include "ectd/plan_rows.hpp"
#include "ectd/region/region.hpp"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace dossier::ectd {

struct PlannedLeaf {
    const PlanRow* row = nullptr;
    const templates::Heading* heading = nullptr;
    std::vector<HeadingStep> steps; // from the module's heading down, without node extensions
    std::string file;               // backbone it goes into, relative to the sequence
    std::string section;            // comparable with Leaf::heading_section
    std::string path;               // of the file, relative to the sequence; "" for a row without source
    std::string standard_path;      // where a file of that name lies by the standard; "" for a row without source
    std::string own_path;           // the path it would have had alone: another row may bring the same file
    std::string study_folder;       // where the study's tagging file lies; "" without study
    std::vector<const templates::StudyValue*> tags;
    std::string form_code;
    std::optional<Content> content; // absent: nothing to send yet, or a delete
    // What keeps the row from sending anything. A row that only keeps a leaf may be so: earlier sequences, other people's too, are as they
    // are.
    std::vector<Error> when_sent;
    std::vector<std::string> notes; // what may be meant otherwise
    bool is_broken = false;         // has errors that no operation can be computed with; what it may mean is still looked for
    bool per_sequence() const { return heading->per_sequence || !form_code.empty(); }
};

struct RowContext {
    const templates::EctdCatalogue& catalogue;
    const Region& region;
    const ApplicationFile& application;
    ContentSource& source;
    const std::set<std::string>& studies_sent;                       // that the earlier sequences have study tagging files of
    const std::map<std::string, std::set<std::string>>& values_sent; // attributes of the current leaves' headings, as they are written
};

// Errors are added to `errors`, each with file, row and column. Empty when the row has no section that there is.
std::optional<PlannedLeaf> resolve_row(const RowContext& context, const PlanRow& row, std::vector<Error>& errors);

} // namespace dossier::ectd
