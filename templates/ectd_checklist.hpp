// Check lists of applications: what the regulation asks for and where it goes.
#pragma once

#include "core/result.hpp"
#include "templates/source.hpp"

#include <string>
#include <vector>

namespace dossier::templates {

struct ChecklistRow {
    std::string cfr;                    // 312.23(a)(5); empty where no clause asks for it
    std::string item;                   // what, in words
    std::string section;                // a section number, maybe of a container ("under it, where it fits"); empty: no place in the eCTD
    std::string form;                   // "FDA 1571"; empty = none
    std::vector<std::string> file_tags; // one of them tells its documents from others of the section; empty: nothing does
    bool each_study = false;            // one for each study
    std::vector<std::string> artifacts; // TMF reference model numbers where the documents are filed
    std::string check;                  // what to look at
    bool original = true;               // belongs into the first submission; false: later, when it happens
    std::string confidence;             // secondary | unverified
};

// `which` is "ind" or "nda" (another one: ErrorKind::not_found). In the order of the regulation, one row for each section. Whether the
// sections exist is for the caller to know: they are numbers of index.xml and of the US module 1. A malformed table is an error with file
// and line.
Result<std::vector<ChecklistRow>> read_checklist(const Source& source, const std::string& which);

} // namespace dossier::templates
