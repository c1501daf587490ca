// Content of an element in the notation of ectd/grammar.tsv, and the same as a DTD says it.
#pragma once

#include "core/result.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace dossier::templates {

struct ContentModel {
    std::string dtd;                // "(title, (leaf | node-extension)+)", "(#PCDATA)", "EMPTY"
    std::vector<std::string> names; // the elements it mentions, in order
};

// Errors: invalid, without a place (the caller knows the row). "#headings" is not known here.
Result<ContentModel> parse_content_model(std::string_view text);

} // namespace dossier::templates
