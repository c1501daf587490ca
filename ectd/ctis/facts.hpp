// What is known about one dossier for the EU clinical trials portal, built once: its manifest, its files, the dossier before. Checks read
// these facts and nothing else. Paths are relative to the dossier's folder, exactly as stored.
#pragma once

#include "core/pdf.hpp"
#include "core/time.hpp"
#include "ectd/ctis/history.hpp"
#include "ectd/ctis/questions.hpp"
#include "templates/application_numbers.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace dossier::ectd::ctis {

struct DossierFile {
    std::string path;
    std::uint64_t size = 0;
    std::string sha256;          // empty when it cannot be read
    std::string problem;         // why
    std::optional<PdfFacts> pdf; // of a .pdf that can be read as one
    std::string pdf_problem;     // why a .pdf cannot
};

struct DossierFacts {
    const templates::CtisCatalogue* catalogue = nullptr;
    std::vector<templates::NumberForm> number_forms;
    std::string folder; // its name: "0001"
    Date as_of;
    std::optional<Contents> contents;
    std::string manifest_problem; // why there are no contents
    std::vector<DossierFile> files;
    std::vector<Slot> slots; // of the contents
    // Files of earlier dossiers that the state after this one rests on: by "0001/path"; absent where that dossier is not at hand.
    std::map<std::string, std::string> earlier_files; // SHA-256
    std::string history_gap;                          // earlier dossiers that are needed and not at hand

    const DossierFile* file(const std::string& path) const;
};

struct FactsRequest {
    const templates::CtisCatalogue& catalogue;
    std::vector<templates::NumberForm> number_forms;
    std::shared_ptr<FileSystem> fs;
    std::string application_folder; // earlier dossiers lie in it
    SequenceNumber number;
    Date as_of;
};

// Errors only when the dossier itself is not there: what is wrong with files is a fact.
Result<std::unique_ptr<DossierFacts>> read_dossier_facts(const FactsRequest& request);

} // namespace dossier::ectd::ctis
