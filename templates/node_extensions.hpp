// Node extensions that an agency takes (templates/ectd/node-extensions.tsv).
#pragma once

#include "core/result.hpp"
#include "templates/source.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace dossier::templates {

struct NodeExtension {
    std::string region, section; // us | eu | ca; 3.2.R
    std::string title;
    std::string confidence, note;
    bool is_titled(std::string_view written) const; // the title, letter case aside; a number of its own may stand before it
};

// A malformed table is an error with file, line and column.
Result<std::vector<NodeExtension>> read_node_extensions(const Source& source);

} // namespace dossier::templates
