// A repository: one folder with objects/, ledger.sqlite and dossier.yaml (docs/repository_format.md). Opened for reading by many, for
// writing by one: the lock is held until the Repository is gone. Not thread safe.
#pragma once

#include "core/filesystem.hpp"
#include "templates/tmf_catalogue.hpp"
#include "tmf/ledger.hpp"
#include "tmf/object_store.hpp"

#include <memory>
#include <set>
#include <string>

namespace dossier::tmf {

class Repository {
public:
    enum class Access { read, write };

    // Makes the folder (it may be there and empty) and everything in it. conflict when it holds something else.
    static Result<void> create(std::shared_ptr<FileSystem> fs, const std::string& folder, const Author& author);
    // not_found when the folder is no repository; conflict when somebody else keeps writing for more than ten seconds.
    static Result<std::unique_ptr<Repository>> open(std::shared_ptr<FileSystem> fs, const std::string& folder, Access access);

    const std::string& folder() const { return folder_; }
    const std::string& id() const { return id_; } // 32 hex digits, given when it was made
    Ledger& ledger() { return *ledger_; }
    ObjectStore& objects() { return *objects_; }

private:
    Repository() = default;
    std::string folder_, id_;
    std::unique_ptr<FileLock> lock_; // released last
    std::unique_ptr<Ledger> ledger_;
    std::unique_ptr<ObjectStore> objects_;
};

// not_found names the studies there are.
Result<StudyRecord> study_record(Ledger& ledger, const std::string& id);
// The study's facts as the ledger holds them.
Result<Study> load_study(Ledger& ledger, const templates::TmfCatalogue& catalogue, const std::string& id);
Result<Study> study_of(const StudyRecord& record, const templates::TmfCatalogue& catalogue);
// The model the study was applied with: the catalogue to load.
Result<std::string> model_of_study(Ledger& ledger, const std::string& id);
// Studies in which a version is in force only when it is accepted (study.review).
Result<std::set<std::string>> studies_with_review(Ledger& ledger);
// What completeness needs, for one study.
struct StudyDocuments {
    std::vector<DocumentFacts> documents;
    std::vector<Decision> decisions;
};
Result<StudyDocuments> load_documents(Ledger& ledger, const Study& study);

} // namespace dossier::tmf
