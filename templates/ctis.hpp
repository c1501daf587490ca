// The clinical trial application under Regulation (EU) 536/2014 as data: documents of its Annex I, the questions they depend on, kinds of
// submission, member states, names of files (templates/ectd/ctis-*.tsv, docs/templates.md).
#pragma once

#include "core/result.hpp"
#include "templates/source.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace dossier::templates {

enum class CtisPart { one, two, both, modification };
enum class CtisPer { trial, member_state, site };
enum class CtisLanguages { none, english, member_state, any };

struct CtisDocument {
    std::string code;    // D1: letter of Annex I and a number
    std::string section; // D, or II-D of Annex II
    CtisPart part = CtisPart::one;
    std::string title;
    std::string when; // "always", or a condition
    CtisPer per = CtisPer::trial;
    CtisLanguages languages = CtisLanguages::any;
    bool upload = true;     // false: entered in the portal, there is no file
    bool published = false; // the authority publishes it: what must stay confidential needs a redacted twin
    bool protocol = false;  // the protocol or a synopsis of it: its version is the protocol's
    std::vector<std::string> artifacts;
    std::string note, confidence;
};

struct CtisCondition {
    std::string name, question, confidence;
};

struct CtisSubmission {
    std::string type, title;
    bool first = false;        // may open the application
    bool one = false;          // Part I must be complete after it
    bool two = false;          // Part II must be
    bool as_before = false;    // what must be complete is what had to be after the dossier before
    bool modification = false; // it has documents of Annex II
    bool answers = false;      // the reference of what it answers is needed
    std::string confidence;
};

struct CtisMemberState {
    std::string country, alpha2, name; // DEU, DE, Germany
    std::vector<std::string> languages;
    std::string confidence;
};

struct CtisCatalogue {
    std::vector<CtisDocument> documents; // in the order of the Annex
    std::vector<CtisCondition> conditions;
    std::vector<CtisSubmission> submissions;
    std::vector<CtisMemberState> member_states;
    std::string file_pattern, not_published_word;
    std::string folder_one, folder_two, folder_modification;
    std::uint64_t longest_name = 0; // characters of a file's name, extension included
    std::string names_confidence;   // the weakest of the names' rows

    const CtisDocument* document(std::string_view code) const; // letter case aside; null when unknown
    std::vector<const CtisDocument*> of_section(std::string_view section) const;
    const CtisCondition* condition(std::string_view name) const;
    const CtisSubmission* submission(std::string_view type) const;
    const CtisMemberState* member_state(std::string_view alpha2_or_alpha3) const; // letter case aside
    std::vector<std::string> codes() const;
};

// A malformed table is an error with file, line and column.
Result<CtisCatalogue> read_ctis_catalogue(const Source& source);

} // namespace dossier::templates
