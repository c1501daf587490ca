// A repository: one folder with objects/, ledger.sqlite and dossier.yaml (docs/repository_format.md). Opened for reading by many, for
// writing by one: the lock is held until the Repository is gone. Not thread safe.
#pragma once

#include "core/filesystem.hpp"
#include "templates/tmf_catalogue.hpp"
#include "tmf/access_control.hpp"
#include "tmf/ledger.hpp"
#include "tmf/object_store.hpp"
#include "tmf/rollup.hpp"
#include "tmf/sealer.hpp"

#include <memory>
#include <set>
#include <string>

namespace dossier::tmf {

class Repository {
public:
    enum class Access { read, write };
    ~Repository(); // what was filed here and waits for the roll-up is counted before the lock is let go
    Repository(const Repository&) = delete;
    Repository& operator=(const Repository&) = delete;

    // Makes the folder (it may be there and empty) and everything in it. conflict when it holds something else.
    // `founding` are the first changes after its making.
    static Result<void> create(std::shared_ptr<FileSystem> fs, const std::string& folder, const Author& author,
                               const std::vector<Change>& founding = {}, const std::string& id = new_id());
    static std::string new_id(); // 32 hex digits
    // not_found when the folder is no repository; conflict when somebody else keeps writing for more than ten seconds.
    static Result<std::unique_ptr<Repository>> open(std::shared_ptr<FileSystem> fs, const std::string& folder, Access access);

    const std::string& folder() const { return folder_; }
    const std::string& id() const { return id_; } // 32 hex digits, given when it was made
    Ledger& ledger() { return guarded_ ? *guarded_ : *ledger_; }
    Ledger& stored_ledger() { return *ledger_; } // every row, as it lies: for checks of the whole and for counting
    ObjectStore& objects() { return *objects_; }
    RollupStore& rollups() { return *ledger_->rollups(); }

    // False when somebody else keeps writing. A repository opened for writing is locked already.
    bool try_lock();
    // For a search to come: ranks the last documents filed among the others. Where nothing may be written now, they stay behind them.
    void complete_search();

    // From now on ledger() is what this user may see, and takes what `right` allows him.
    void guard(std::shared_ptr<const AccessControl> control, const std::string& right, std::shared_ptr<Sealer> sealer = {});
    // May the user do there what the command is for? Yes without a guard.
    Result<void> require(const Scope& place) const;
    const AccessControl* control() const { return control_.get(); }
    Sealer* sealer() const { return sealer_.get(); }

    // Bytes into the store: one result for each file, in order, with hash and size of the file itself; what is restricted is sealed on its
    // way, in memory. Take back what was not committed with take_back(name_of(object)).
    struct Incoming {
        std::string path;
        bool restricted = false;
    };
    std::vector<Result<StoredObject>> store(FileSystem& from, const std::vector<Incoming>& files, int jobs);
    // The bytes of a version, opened where they are sealed. Of sealed ones the hash was checked, of others the reader does that.
    Result<std::unique_ptr<InputFile>> open(const VersionRecord& version);
    Result<std::string> read(const VersionRecord& version); // the whole, checked
    // A document from the audit trail, as this user may see it now; none when he may not.
    Result<std::optional<StoredDocument>> shown(const StoredDocument& stored);
    // The same for counting: without its words where this user may not see it, restricted where it is by now.
    Result<StoredDocument> seen(const StoredDocument& stored);
    DecisionRecord seen(const DecisionRecord& stored) const;
    ReviewRecord seen(const ReviewRecord& stored) const; // whether its document may be seen is another question
    StoredQuery seen(const StoredQuery& stored) const;
    // Every document there is, the restricted ones opened: the roles and the key. Yes without a guard.
    bool sees_everything() const;

private:
    Repository() = default;
    Result<StoredObject> store_sealed(FileSystem& from, const std::string& path);
    std::string folder_, id_;
    std::shared_ptr<FileSystem> fs_;
    std::unique_ptr<FileLock> lock_; // released last
    std::unique_ptr<Ledger> ledger_;
    std::unique_ptr<ObjectStore> objects_;
    std::shared_ptr<const AccessControl> control_;
    std::string right_;
    std::shared_ptr<Sealer> sealer_;
    std::unique_ptr<Ledger> sealed_, guarded_; // one around the other, the stored one inside
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
