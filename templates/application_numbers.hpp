// The form of an application's number, by region and type (templates/ectd/application-numbers.tsv).
#pragma once

#include "core/result.hpp"
#include "templates/source.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace dossier::templates {

struct NumberForm {
    std::string region, type;
    std::string pattern; // # = a digit, @ = a lower-case letter, everything else stands for itself
    std::string what;    // with its article: an EU CT number
    std::string example, confidence, note;
    bool fits(std::string_view number) const;
};

// A malformed table is an error with file, line and column.
Result<std::vector<NumberForm>> read_number_forms(const Source& source);

// invalid when the forms know region and type and none of theirs fits; the message says what is wanted and how sure that is.
Result<void> check_number_form(const std::vector<NumberForm>& forms, std::string_view region, std::string_view type,
                               const std::string& number);

} // namespace dossier::templates
