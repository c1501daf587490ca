// What is known about one dossier for the EU clinical trials portal, built once: its manifest, its files, the dossier before. Checks read
// these facts and nothing else. Paths are relative to the dossier's folder, exactly as stored.
#pragma once

#include "core/time.hpp"
#include "ectd/content_facts.hpp"
#include "ectd/ctis/history.hpp"
#include "ectd/ctis/questions.hpp"
#include "templates/application_numbers.hpp"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace dossier::ectd::content {
class Work;
}

namespace dossier::ectd::ctis {

struct DossierFile {
    std::string path;
    std::uint64_t size = 0;
    std::string sha256;                   // empty when it cannot be read
    std::string problem;                  // why
    std::string pdf_problem;              // of a .pdf that does not begin and end as one: what it lacks
    const ContentFact* content = nullptr; // what a worker process found in it; null: nobody looked
};

struct FileNow {
    std::string sha256;  // empty when it is not there or cannot be read
    std::string problem; // why it cannot be read
};

struct DossierFacts {
    const templates::CtisCatalogue* catalogue = nullptr;
    std::vector<templates::NumberForm> number_forms;
    std::string folder; // its name: "0001"
    Date as_of;
    std::optional<Contents> contents;
    std::string manifest_problem; // why there are no contents
    std::vector<DossierFile> files;
    std::optional<ContentFacts> content; // none: nobody looked into the files
    std::vector<Slot> slots;             // of the contents
    // Files of earlier dossiers that the state after this one rests on: by "0001/path"; absent where that dossier is not at hand.
    std::map<std::string, FileNow> earlier_files;
    std::string history_gap;                                     // earlier dossiers that are needed and not at hand
    std::vector<ZipFault> archive_faults;                        // entries of the ZIP it came in that no folder could hold
    std::map<std::string, std::vector<ZipFault>> earlier_faults; // the same, by the number of an earlier dossier that was looked at

    const DossierFile* file(const std::string& path) const;
};

struct FactsRequest {
    const templates::CtisCatalogue& catalogue;
    std::vector<templates::NumberForm> number_forms;
    std::shared_ptr<FileSystem> fs;
    std::string application_folder; // earlier dossiers lie in it
    Date as_of;
    int jobs = 1;
    const ContentOptions* content = nullptr; // null: nobody looks into the files
    std::vector<ZipFault> faults = {};       // of the ZIP that holds the application
};

class DossierReader {
public:
    explicit DossierReader(FactsRequest request); // starts processes where files are looked into: while the process has one thread
    ~DossierReader();
    // Errors only when the dossier itself is not there: what is wrong with files is a fact.
    Result<std::unique_ptr<DossierFacts>> read(SequenceNumber number);

private:
    FactsRequest request_;
    std::unique_ptr<content::Work> work_;
};

} // namespace dossier::ectd::ctis
