#include "tmf/repository.hpp"

#include <algorithm>
#include <random>

#include "core/path.hpp"
#include "core/text.hpp"
#include "core/yaml.hpp"
#include "tmf/chain_check.hpp"
#include "tmf/ledger_guarded.hpp"
#include "tmf/ledger_sealed.hpp"
#include "tmf/sealing.hpp"

namespace dossier::tmf {

namespace {

constexpr const char* marker = "dossier.yaml"; // written last: a folder without it is no repository
constexpr const char* ledger_name = "ledger.sqlite";
constexpr const char* objects_name = "objects";
constexpr const char* lock_name = "lock";

bool was_used(Ledger& ledger) {
    const auto studies = ledger.studies();
    const auto access = ledger.access();
    return (studies && !studies->empty()) || (access && std::any_of(access->grants.begin(), access->grants.end(),
                                                                    [](const GrantRecord& grant) { return !grant.by.empty(); }));
}

// An interrupted init leaves parts of a repository and no marker; they hold nothing yet and may go. Anything else stays untouched.
Result<void> clear_unfinished(FileSystem& fs, const std::string& folder) {
    DOSSIER_TRY(const auto entries, fs.list(folder));
    for (const FolderEntry& entry : entries) {
        const bool ours = starts_with(entry.name, ledger_name) || entry.name == lock_name || entry.name == objects_name ||
                          entry.name == std::string(marker) + ".part";
        bool empty = true;
        if (entry.kind == FileKind::folder) {
            const auto inside = fs.list(path::join(folder, entry.name));
            empty = inside && inside->empty();
        }
        if (!ours || !empty)
            return Error(ErrorKind::conflict, fill("the folder is not empty: it holds {}", entry.name), {folder},
                         "name a folder that is empty or not there yet");
    }
    // A ledger that somebody worked with lost its marker, it was not interrupted.
    if (exists(fs, path::join(folder, ledger_name)))
        if (const auto ledger = open_sqlite_ledger(path::join(folder, ledger_name), false))
            if (was_used(**ledger))
                return Error(ErrorKind::conflict, "a ledger with entries lies here, but its dossier.yaml is gone", {folder},
                             "bring dossier.yaml back from a backup");
    DOSSIER_TRY(const auto left, fs.list(folder)); // closing the ledger may have removed its side files
    for (const FolderEntry& entry : left) DOSSIER_CHECK(fs.remove(path::join(folder, entry.name)));
    return {};
}

std::string marker_text(const std::string& id, const UtcTime& created) {
    return "# A dossier repository: documents of trial master files. Its format is described in docs/repository_format.md of dossier.\n"
           "# Do not edit anything in this folder by hand; back it up as a whole, while no command writes to it.\n"
           "format: 2\nid: " +
           id + "\ncreated: " + created.text() + "\n";
}

// A ledger in a folder that may only be read: an inspector's rights, a disk that is mounted read-only. SQLite keeps an index beside a
// ledger that is in use; where none can be made, the ledger is read as it lies there, and writers are kept out meanwhile, readers not.
Result<std::unique_ptr<Ledger>> open_to_read(FileSystem& fs, const std::string& folder, std::unique_ptr<FileLock>& lock) {
    const std::string file = path::join(folder, ledger_name);
    if (auto held = fs.lock(path::join(folder, lock_name), 10)) lock = std::move(*held);
    const auto log = fs.info(file + "-wal");
    const bool has_log = log && log->size > 0;
    auto ledger = open_sqlite_ledger_to_read(file, lock != nullptr && !has_log);
    if (ledger || ledger.error().kind == ErrorKind::invalid || ledger.error().kind == ErrorKind::unsupported) return ledger;
    return Error(ErrorKind::denied, "somebody is writing here, or an interrupted run left work to do, and you may only read this folder",
                 {file}, "try again; if it stays so, somebody who may write runs 'dossier tmf check' once");
}

} // namespace

std::string Repository::new_id() {
    std::random_device random;
    std::string bytes;
    for (int i = 0; i < 16; ++i) bytes += static_cast<char>(random() & 0xFF);
    return sha256_of(bytes).hex().substr(0, 32);
}

Result<void> Repository::create(std::shared_ptr<FileSystem> fs, const std::string& folder, const Author& author,
                                const std::vector<Change>& founding, const std::string& id) {
    if (exists(*fs, path::join(folder, marker)))
        return Error(ErrorKind::conflict, "this is a repository already", {folder}, "use it with --repo, or name another folder");
    if (exists(*fs, folder) && !is_folder(*fs, folder))
        return Error(ErrorKind::conflict, "this is a file; a repository is a folder", {folder},
                     "name a folder that is empty or not there yet");
    if (exists(*fs, folder))
        DOSSIER_CHECK(clear_unfinished(*fs, folder));
    else
        DOSSIER_CHECK(fs->create_folders(folder));
    const std::string parent = path::parent(folder);
    DOSSIER_CHECK(fs->sync_folder(parent.empty() && path::is_absolute(folder) ? "/" : parent));
    DOSSIER_CHECK(fs->create_folders(path::join(folder, objects_name)));
    DOSSIER_TRY(const auto ledger, open_sqlite_ledger(path::join(folder, ledger_name), true));
    Change made;
    made.action = founding_action;
    made.object = "repository";
    std::vector<Change> changes{made};
    changes.insert(changes.end(), founding.begin(), founding.end());
    DOSSIER_CHECK(ledger->commit(author, changes));
    DOSSIER_CHECK(fs->sync_folder(folder));
    return write_file_durably(*fs, path::join(folder, marker), marker_text(id, author.time));
}

Result<std::unique_ptr<Repository>> Repository::open(std::shared_ptr<FileSystem> fs, const std::string& folder, Access access) {
    const std::string marker_path = path::join(folder, marker);
    const auto bytes = read_file(*fs, marker_path, 64u << 10);
    const std::string_view elsewhere = // DOSSIER_REPO=etmf, and the command is run in another folder
        path::is_absolute(folder) || is_folder(*fs, folder) ? "" : "name it in full, for it is looked for where you are now; or ";
    if (!bytes && bytes.error().kind == ErrorKind::not_found)
        return Error(ErrorKind::not_found, "this is no repository: it holds no dossier.yaml", {folder},
                     fill("{}make one with 'dossier init {}'", elsewhere, folder));
    if (!bytes) return bytes.error();
    DOSSIER_TRY(const Yaml yaml, parse_yaml(*bytes, marker_path));
    if (yaml.text("format") != "2")
        return Error(ErrorKind::unsupported, fill("the repository has format \"{}\", this program knows 2", yaml.text("format")),
                     {marker_path},
                     yaml.text("format") == "1" ? "it was made by a dossier before the first release; make a new repository"
                                                : "use a newer dossier");
    std::unique_ptr<Repository> repository(new Repository);
    repository->folder_ = folder;
    repository->fs_ = fs;
    repository->id_ = yaml.text("id");
    if (access == Access::write) {
        DOSSIER_TRY(repository->lock_, fs->lock(path::join(folder, lock_name), 10));
    }
    auto ledger = open_sqlite_ledger(path::join(folder, ledger_name), false);
    const bool is_refused = !ledger && (ledger.error().kind == ErrorKind::denied || ledger.error().kind == ErrorKind::not_found);
    if (access == Access::read && is_refused && exists(*fs, path::join(folder, ledger_name)))
        ledger = open_to_read(*fs, folder, repository->lock_);
    if (!ledger && access == Access::write && is_refused && exists(*fs, path::join(folder, ledger_name)))
        return Error(ErrorKind::denied, "this repository may only be read", {folder}, "a change needs the right to write to its folder");
    if (!ledger) return ledger.error();
    repository->ledger_ = std::move(*ledger);
    repository->objects_ = make_folder_store(fs, path::join(folder, objects_name));
    if (access == Access::write)
        DOSSIER_CHECK(repository->objects_->clean([&ledger = *repository->ledger_](const Sha256& object) -> Result<bool> {
            DOSSIER_TRY(const auto named_by, ledger.versions_with(object));
            return !named_by.empty();
        }));
    return repository;
}

Repository::~Repository() {
    if (lock_ && ledger_) (void)rollups().count_waiting().has_value(); // where it cannot be now, a report does it
}

void Repository::guard(std::shared_ptr<const AccessControl> control, const std::string& right, std::shared_ptr<Sealer> sealer) {
    control_ = std::move(control);
    right_ = right;
    sealer_ = std::move(sealer);
    if (sealer_) sealed_ = make_sealed_ledger(*ledger_, sealer_);
    guarded_ = make_guarded_ledger(sealed_ ? *sealed_ : *ledger_, control_, right_);
}

Result<std::optional<StoredDocument>> Repository::shown(const StoredDocument& stored) {
    DOSSIER_TRY(const auto now, ledger().document(stored.document.number));
    if (!now) return std::optional<StoredDocument>();
    return std::optional(sealer_ ? open_document(*sealer_, stored) : stored);
}

Result<void> Repository::require(const Scope& place) const { return control_ ? control_->require(right_, place) : Result<void>(); }

Result<StoredDocument> Repository::seen(const StoredDocument& stored) {
    StoredDocument document = stored;
    DOSSIER_TRY(const auto now, stored_ledger().document(stored.document.number));
    document.document.restricted = document.document.restricted || (now && now->document.restricted);
    DOSSIER_TRY(auto visible, shown(document));
    return visible ? std::move(*visible) : without_words(document);
}

DecisionRecord Repository::seen(const DecisionRecord& stored) const {
    const DecisionRecord opened = sealer_ ? open_record(*sealer_, stored) : stored;
    if (!control_) return opened;
    RuleNature rules(*ledger_);
    return for_reader(*control_, opened, rules);
}

ReviewRecord Repository::seen(const ReviewRecord& stored) const {
    ReviewRecord opened = stored;
    if (sealer_) opened.comment = open_text(*sealer_, stored.comment);
    return opened;
}

StoredQuery Repository::seen(const StoredQuery& stored) const {
    StoredQuery opened = stored;
    if (sealer_)
        for (QueryAct& act : opened.acts) act.text = open_text(*sealer_, act.text);
    return opened;
}

bool Repository::sees_everything() const {
    if (!control_) return true;
    return control_->may("document.read", {}) && control_->may(right_to_restricted, {}) && (!sealer_ || sealer_->can_open());
}

bool Repository::try_lock() {
    if (lock_) return true;
    auto lock = fs_->lock(path::join(folder_, lock_name), 0);
    if (!lock) return false;
    lock_ = std::move(*lock);
    return true;
}

void Repository::complete_search() {
    std::unique_ptr<FileLock> lock; // let go at once: what is found may be read slowly
    if (!lock_) {
        auto held = fs_->lock(path::join(folder_, lock_name), 0);
        if (!held) return;
        lock = std::move(*held);
    }
    (void)ledger_->complete_search().has_value();
}

Result<StudyRecord> study_record(Ledger& ledger, const std::string& id) {
    DOSSIER_TRY(auto record, ledger.study(id));
    if (record) return std::move(*record);
    DOSSIER_TRY(const auto all, ledger.studies());
    std::vector<std::string> ids;
    for (const StudyRecord& study : all) ids.push_back(study.id);
    const std::string near = nearest(id, ids);
    return Error(ErrorKind::not_found, fill("the repository has no study {}", id), {},
                 ids.empty()      ? "apply a study file first: 'dossier study apply STUDY.yaml'"
                 : !near.empty()  ? fill("did you mean {}?", near)
                 : ids.size() > 5 ? fill("it has {} studies", ids.size())
                                  : "it has " + join(ids, ", "));
}

Result<std::string> model_of_study(Ledger& ledger, const std::string& id) {
    DOSSIER_TRY(const StudyRecord record, study_record(ledger, id));
    return record.model;
}

Result<Study> load_study(Ledger& ledger, const templates::TmfCatalogue& catalogue, const std::string& id) {
    DOSSIER_TRY(const StudyRecord record, study_record(ledger, id));
    return study_of(record, catalogue);
}

Result<Study> study_of(const StudyRecord& record, const templates::TmfCatalogue& catalogue) {
    const std::string place = fill("ledger, study {}", record.id);
    DOSSIER_TRY(const Json facts, parse_json(record.facts, place));
    DOSSIER_TRY(auto reading, read_study(to_yaml(facts, place), catalogue, true));
    return std::move(reading.study);
}

Result<std::set<std::string>> studies_with_review(Ledger& ledger) {
    std::set<std::string> reviewed;
    DOSSIER_TRY(const auto studies, ledger.studies());
    for (const StudyRecord& record : studies) {
        DOSSIER_TRY(const Json facts, parse_json(record.facts, fill("ledger, study {}", record.id)));
        const Json* head = facts.find("study");
        const Json* review = head ? head->find("review") : nullptr;
        if (review && review->boolean()) reviewed.insert(record.id);
    }
    return reviewed;
}

Result<StudyDocuments> load_documents(Ledger& ledger, const Study& study) {
    StudyDocuments result;
    DocumentFilter filter;
    filter.study = study.id;
    filter.counting = true;
    filter.facts_only = true;
    DOSSIER_CHECK(ledger.each_document(filter, [&](const StoredDocument& stored) {
        for (DocumentFacts& facts : to_facts(stored, study.review)) result.documents.push_back(std::move(facts));
        return Result<void>();
    }));
    DOSSIER_TRY(const auto decisions, ledger.decisions(study.id));
    for (const DecisionRecord& record : decisions) result.decisions.push_back(record.decision);
    return result;
}

} // namespace dossier::tmf
