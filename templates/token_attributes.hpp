// The attributes of the grammars that are no free text but words: an identifier, one of a list. A reader of XML takes the blanks around
// such a value away (XML 1.0, section 3.3.3), and whoever receives a submission reads so: operation=" replace" replaces.
#pragma once

#include "core/result.hpp"
#include "templates/source.hpp"

#include <map>
#include <set>
#include <string>
#include <string_view>

namespace dossier::templates {

class TokenAttributes {
public:
    // `element`: without prefix. No two grammars differ in this, so none is asked for. ID is a word wherever it stands.
    bool contains(std::string_view element, std::string_view attribute) const;

private:
    friend Result<TokenAttributes> read_token_attributes(const Source& source);
    std::map<std::string, std::set<std::string, std::less<>>, std::less<>> all_; // by element
};

// From ectd/grammar.tsv. Errors: invalid, where one grammar declares as text what another one declares as words.
Result<TokenAttributes> read_token_attributes(const Source& source);

} // namespace dossier::templates
