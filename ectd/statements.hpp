// What application.yaml states of an application and no file of its sequences can say: its centre, where sequences go, numbers that were
// never used. The file is the specialist's: it is asked for nothing that the sequences themselves say.
#pragma once

#include "core/filesystem.hpp"
#include "ectd/application.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace dossier::ectd {

struct Statement {
    std::string text;
    std::int64_t line = 0; // in the file
};

struct Statements {
    std::string file = "application.yaml";          // as reports name it, relative to the application folder
    std::string problem;                            // it is there and was not read: why. Empty where there is none
    std::string number;                             // of the application
    Statement center;                               // that reviews the application, as written; empty: not stated
    std::map<SequenceNumber, Statement> centers;    // where sequences go or went
    std::map<SequenceNumber, Statement> never_used; // with the reason
};

// `path`: of the file. None there: nothing is stated.
Statements read_statements(FileSystem& fs, const std::string& path);

// "it is of application 900172, and sequence 0001 of 900171"; empty: no envelope says so. Any field of an envelope may hold the number,
// each region has its own.
std::string other_application(const Statements& stated, const Application& application);

// A centre of the region's agency as it is called there ("CDER"), of the word or code that somebody wrote. Errors say which there are, or
// that the agency has none to choose from.
Result<std::string> center_code(const templates::EctdCatalogue& catalogue, const std::string& region, const std::string& word);

// The first place of a sequence that refers to another one; empty: none does. "leaf intro (index.xml, line 12)"
std::string reference_to(const Sequence& sequence, SequenceNumber other);

// Numbers that are stated as never used, and which no sequence and no reference of one contradicts.
std::map<SequenceNumber, Statement> numbers_never_used(const Statements& stated, const Application& application);

} // namespace dossier::ectd
