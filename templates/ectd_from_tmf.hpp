// Which documents of a trial master file an application needs, where they go in it, and which of them never leave the file.
#pragma once

#include "core/result.hpp"
#include "templates/source.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace dossier::templates {

enum class HandOver {
    newest, // the newest version of each document that may be submitted
    every,  // each version that may be submitted, superseded ones too
    one,    // one document stands for all of its kind
    list,   // a list made from the file's records; the documents themselves stay
    ask,    // a person decides: it depends on what the submission says
    stays,  // not submitted: its content goes elsewhere
    never,  // must not be submitted
};
std::string_view to_text(HandOver hand_over);

struct FromTmfRow {
    int unique_id = 0;                     // of the artifact
    std::string region;                    // us | ca | eu
    std::vector<std::string> applications; // ind, nda ...
    HandOver choose = HandOver::ask;
    std::string section;    // number; "study": that of the study's report; empty: none
    std::string file_tag;   // of a study's document; empty: none
    std::string use, how;   // the clause that asks for it; what to look at
    std::string confidence; // high | medium | low
};

// Rows for an application of this region and type, by artifact number. A malformed table is an error with file and line.
Result<std::vector<FromTmfRow>> read_from_tmf(const Source& source, const std::string& region, const std::string& application);

} // namespace dossier::templates
