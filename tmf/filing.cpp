#include "tmf/filing.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "core/path.hpp"
#include "core/text.hpp"
#include "tmf/media_type.hpp"
#include "tmf/twins.hpp"

namespace dossier::tmf {

namespace {

constexpr std::size_t rows_per_commit = 200; // with keep_going; else all rows are one commit

struct Item {
    const TableRow* row = nullptr;
    CheckedRow checked;
    std::vector<Error> errors;
    std::int64_t existing = 0; // document that the row adds a version to; 0 = a new one
    std::size_t leader = 0;    // index of the first row of the same new document
    bool was_there = false;
    StoredObject object;
};

class Filing {
public:
    Filing(Repository& repository, const RowContext& context, const Table& table, const FilingOptions& options)
        : repository_(repository), context_(context), table_(table), options_(options), check_(context),
          twins_(repository.ledger(), context.study.id) {}

    Result<FilingOutcome> run() {
        check_rows();
        DOSSIER_CHECK(find_documents());
        if (!options_.keep_going)
            if (auto refused = all_errors()) return *refused;
        DOSSIER_TRY(last_document_, repository_.ledger().last_document());
        const std::size_t batch = options_.keep_going ? rows_per_commit : std::max<std::size_t>(items_.size(), 1);
        for (std::size_t first = 0; first < order_.size(); first += batch) {
            auto done = file_batch(first, std::min(order_.size(), first + batch));
            if (done) continue;
            if (first > 0) done.error().message += fill(" ({} rows were filed before; run again, they will be recognised)", first);
            return done.error();
        }
        return finish();
    }

private:
    Place place(const TableRow& row, const std::string& column = {}) const {
        return table_.path.empty() ? Place{} : table_.place(row, column);
    }

    // ---- rows, each for itself ----
    void check_rows() {
        items_.resize(table_.rows.size());
        rank_.resize(table_.rows.size());
        for (std::size_t i = 0; i < items_.size(); ++i) {
            Item& item = items_[i];
            item.row = &table_.rows[i];
            item.leader = i;
            item.checked = check_.check(
                *item.row, [&](const std::string& column) { return place(*item.row, column); }, item.errors);
        }
    }

    // ---- rows of one document, and documents that are there ----
    Result<void> find_documents() {
        std::map<std::string, std::vector<std::size_t>> by_external;
        for (std::size_t i = 0; i < items_.size(); ++i) {
            const std::string& external = items_[i].checked.document.external;
            if (!external.empty()) by_external[external].push_back(i);
        }
        for (auto& [external, rows] : by_external) DOSSIER_CHECK(join_document(external, rows));
        order_.resize(items_.size());
        for (std::size_t i = 0; i < order_.size(); ++i) order_[i] = i;
        // Versions of one document are filed oldest first, in the place of its first row.
        std::stable_sort(order_.begin(), order_.end(), [this](std::size_t a, std::size_t b) {
            return std::tie(items_[a].leader, rank_[a]) < std::tie(items_[b].leader, rank_[b]);
        });
        return {};
    }

    Result<void> join_document(const std::string& external, const std::vector<std::size_t>& rows) {
        std::optional<StoredDocument> stored;
        DOSSIER_TRY(const auto known, repository_.ledger().document_by_external(context_.study.id, external));
        auto own_id = parse_document_id(external); // written in full: D-000012
        if (own_id && document_id(*own_id) != external) own_id.reset();
        if (const auto number = known ? known : own_id) {
            DOSSIER_TRY(stored, repository_.ledger().document(*number));
        }
        if (own_id && !known && (!stored || stored->document.study != context_.study.id)) {
            for (const std::size_t i : rows)
                items_[i].errors.emplace_back(ErrorKind::invalid, fill("there is no document {} in study {}", external, context_.study.id),
                                              place(*items_[i].row, "document"), "clear the cell to file a new document");
            return {};
        }
        const DocumentRecord& model = stored ? stored->document : first_good(rows).checked.document;
        std::vector<VersionRecord> versions = stored ? stored->versions : std::vector<VersionRecord>();
        for (const std::size_t i : rows) {
            Item& item = items_[i];
            item.leader = rows.front();
            if (stored) item.existing = stored->document.number;
            if (item.errors.empty()) check_same_slot(item, model, stored.has_value());
            VersionRecord version = item.checked.version;
            version.number = static_cast<int>(versions.size()) + 1; // for the order only
            versions.push_back(std::move(version));
        }
        const auto order = order_of(versions);
        const std::size_t before = versions.size() - rows.size();
        for (std::size_t at = 0; at < order.size(); ++at)
            if (order[at] >= before) rank_[rows[order[at] - before]] = at;
        check_labels(rows);
        if (stored) check_stored_labels(rows, *stored);
        return {};
    }

    const Item& first_good(const std::vector<std::size_t>& rows) const {
        for (const std::size_t i : rows)
            if (items_[i].errors.empty()) return items_[i];
        return items_[rows.front()];
    }

    void check_same_slot(Item& item, const DocumentRecord& model, bool stored) const {
        const DocumentRecord& document = item.checked.document;
        const auto differs = [&](const char* column, const std::string& here, const std::string& there) {
            if (here == there) return;
            const std::string_view none = "none";
            item.errors.emplace_back(ErrorKind::invalid,
                                     fill("{} is {} here and {} in {} of document {}", std::string_view(column),
                                          here.empty() ? none : std::string_view(here), there.empty() ? none : std::string_view(there),
                                          std::string_view(stored ? "what is filed" : "another row"), document.external),
                                     place(*item.row, column),
                                     stored ? "versions of one document share these; correct what is filed with 'dossier tmf reindex'"
                                            : "versions of one document share these; give different documents different words in document");
        };
        differs("artifact", fill("{:03}", document.unique_id), fill("{:03}", model.unique_id));
        differs("country", document.country, model.country);
        differs("site", document.site, model.site);
    }

    void check_labels(const std::vector<std::size_t>& rows) {
        std::map<std::string, const TableRow*> seen;
        for (const std::size_t i : rows) {
            Item& item = items_[i];
            if (item.checked.version.label.empty()) continue;
            const auto [first, is_new] = seen.emplace(item.checked.version.label, item.row);
            if (!is_new)
                item.errors.emplace_back(ErrorKind::invalid,
                                         fill("version {} of document {} stands already in row {}", item.checked.version.label,
                                              item.checked.document.external, first->second->number),
                                         place(*item.row, "version"), "give each version its own");
        }
    }

    // A label that is taken is fine only for the very same bytes: that row was filed before. A signed version has the label of the one that
    // was signed, and other bytes: any of them may be meant.
    void check_stored_labels(const std::vector<std::size_t>& rows, const StoredDocument& stored) {
        for (const std::size_t i : rows) {
            Item& item = items_[i];
            const VersionRecord& wanted = item.checked.version;
            if (!item.errors.empty() || wanted.label.empty()) continue;
            bool is_taken = false, is_same = false;
            for (const VersionRecord& version : stored.versions) {
                if (version.label != wanted.label || is_same) continue;
                is_taken = true;
                is_same = holds_same_bytes(item, version);
            }
            if (is_taken && !is_same)
                item.errors.emplace_back(ErrorKind::conflict,
                                         fill("version {} of document {} is filed already, with other bytes ({})", wanted.label,
                                              item.checked.document.external, document_id(stored.document.number)),
                                         place(*item.row, "version"), "a new version needs a label of its own");
        }
    }

    bool holds_same_bytes(const Item& item, const VersionRecord& version) const {
        if (item.checked.file.empty()) return !version.sha256;
        if (!version.sha256) return false;
        const auto found = digests_of_file(context_.files, item.checked.file, Hasher::What::sha256);
        return found && found->sha256 == *version.sha256;
    }

    std::optional<Error> all_errors() const {
        std::vector<Error> all;
        for (const Item& item : items_) all.insert(all.end(), item.errors.begin(), item.errors.end());
        return joined(std::move(all));
    }

    std::optional<Error> joined(std::vector<Error> all) const {
        if (all.empty()) return std::nullopt;
        if (all.size() == 1) return all.front();
        Error error(ErrorKind::invalid, fill("{} errors; nothing was filed", all.size()), {table_.path, table_.sheet});
        error.details = std::move(all);
        return error;
    }

    // ---- storing and committing ----
    Result<void> file_batch(std::size_t first, std::size_t last) {
        std::vector<std::size_t> batch;
        for (std::size_t at = first; at < last; ++at)
            if (items_[order_[at]].errors.empty()) batch.push_back(order_[at]);
        std::vector<Sha256> created;
        auto done = store(batch, created);
        std::vector<Change> changes;
        if (done) done = make_changes(batch, changes);
        if (done && !changes.empty()) done = repository_.ledger().commit(context_.author, changes);
        if (!done) repository_.objects().take_back(created);
        return done;
    }

    Result<void> store(std::vector<std::size_t>& batch, std::vector<Sha256>& created) {
        constexpr std::size_t slice = 256; // so that progress can be shown
        std::vector<std::size_t> with_file;
        std::vector<std::string> paths;
        for (const std::size_t i : batch) {
            if (items_[i].checked.file.empty()) continue;
            with_file.push_back(i);
            paths.push_back(items_[i].checked.file);
        }
        for (std::size_t at = 0; at < paths.size(); at += slice) {
            const std::size_t end = std::min(paths.size(), at + slice);
            const std::vector<std::string> some(paths.begin() + static_cast<std::ptrdiff_t>(at),
                                                paths.begin() + static_cast<std::ptrdiff_t>(end));
            const auto results = repository_.objects().put(context_.files, some, options_.jobs);
            for (std::size_t k = 0; k < results.size(); ++k) take(results[k], items_[with_file[at + k]], created);
            stored_ += end - at;
            if (options_.progress) options_.progress(stored_, items_.size());
        }
        if (!options_.keep_going)
            if (auto refused = all_errors()) return *refused;
        batch.erase(std::remove_if(batch.begin(), batch.end(), [this](std::size_t i) { return !items_[i].errors.empty(); }), batch.end());
        return {};
    }

    void take(const Result<StoredObject>& result, Item& item, std::vector<Sha256>& created) const {
        if (!result) {
            Error error = result.error();
            if (!table_.path.empty()) error.where = place(*item.row, "file");
            item.errors.push_back(std::move(error));
            return;
        }
        item.object = *result;
        if (result->is_new) created.push_back(result->sha256);
        VersionRecord& version = item.checked.version;
        version.sha256 = result->sha256;
        version.size = result->size;
        version.media_type = media_type(result->head, version.file_name);
    }

    Result<void> make_changes(const std::vector<std::size_t>& batch, std::vector<Change>& changes) {
        for (const std::size_t i : batch) {
            Item& item = items_[i];
            VersionRecord& version = item.checked.version;
            Item& leader = items_[item.leader];
            if (item.existing == 0 && &leader != &item) item.existing = leader.existing; // the document's first row has just made it
            DOSSIER_TRY(const bool was_there, look_for_same(item));
            if (was_there) {
                item.was_there = true;
                continue;
            }
            Change change;
            change.study = context_.study.id;
            if (item.existing == 0) {
                item.checked.document.number = ++last_document_;
                item.existing = leader.existing = last_document_;
                next_version_[item.existing] = 1;
                change.document = item.checked.document;
            }
            DOSSIER_TRY(version.number, next_version(item.existing));
            version.document = item.existing;
            change.version = version;
            change.action = change.document ? "document_filed" : "version_filed";
            change.object = fill("{}@{}", document_id(version.document), version.number);
            twins_.remember(item.checked, item.existing, version, item.row->number);
            changes.push_back(std::move(change));
        }
        return {};
    }

    Result<int> next_version(std::int64_t document) {
        const auto known = next_version_.find(document);
        if (known != next_version_.end()) return known->second++;
        DOSSIER_TRY(const auto stored, repository_.ledger().document(document));
        int next = 1;
        if (stored)
            for (const VersionRecord& version : stored->versions) next = std::max(next, version.number + 1);
        next_version_[document] = next + 1;
        return next;
    }

    // Filed before with the same particulars: nothing to do. The same bytes elsewhere: filed, with a note.
    Result<bool> look_for_same(Item& item) {
        DOSSIER_TRY(const Twins twins, twins_.find(item.checked, item.existing, item.row->number));
        if (twins.row != 0)
            note(item, fill(twins.same ? "the same document as row {}; filed once" : "the same bytes as row {}", twins.row));
        if (twins.row == 0 && !twins.same && twins.document != 0) note(item, fill("the same bytes are filed as {}", twins.text));
        if (!twins.same) return false;
        note_other_dates(item, twins.version);
        item.existing = twins.document;
        item.checked.version.number = twins.version.number;
        return true;
    }

    void note_other_dates(const Item& item, const VersionRecord& version) {
        const VersionRecord& wanted = item.checked.version;
        if ((wanted.accepted && wanted.accepted != version.accepted) || (wanted.rejected && wanted.rejected != version.rejected))
            note(item, fill("it is filed already as {}; its dates of review were left as they are: use 'dossier tmf review'",
                            document_id(version.document)));
    }

    void note(const Item& item, const std::string& text) { row_notes_[item.row].push_back(text); }

    FilingOutcome finish() {
        FilingOutcome outcome;
        for (Item& item : items_) {
            if (!item.errors.empty()) {
                outcome.refused.push_back({*item.row, item.errors});
                continue;
            }
            const templates::Artifact* artifact = context_.catalogue.artifact(item.checked.document.unique_id);
            const VersionRecord& version = item.checked.version;
            outcome.filed.push_back({item.row->number, item.existing, version.number, artifact ? artifact->number : "", version.title,
                                     version.file_name, item.was_there});
            if (!item.was_there && !version.final) ++outcome.drafts;
            if (!item.was_there)
                for (const std::string& text : item.checked.notes) add_note(outcome, *item.row, text);
            for (const std::string& text : row_notes_[item.row]) add_note(outcome, *item.row, text);
        }
        return outcome;
    }

    void add_note(FilingOutcome& outcome, const TableRow& row, const std::string& text) const {
        outcome.notes.push_back(table_.path.empty() ? text : fill("row {}: {}", row.number, text));
    }

    Repository& repository_;
    const RowContext& context_;
    const Table& table_;
    const FilingOptions& options_;
    RowCheck check_;
    std::vector<Item> items_;
    std::vector<std::size_t> order_; // of filing
    std::vector<std::size_t> rank_;  // of a version among those of its document
    std::int64_t last_document_ = 0;
    std::map<std::int64_t, int> next_version_;
    TwinFinder twins_;
    std::map<const TableRow*, std::vector<std::string>> row_notes_;
    std::size_t stored_ = 0;
};

} // namespace

Result<FilingOutcome> file_rows(Repository& repository, const RowContext& context, const Table& table, const FilingOptions& options) {
    return Filing(repository, context, table, options).run();
}

} // namespace dossier::tmf
