#include "tmf/filing.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "core/path.hpp"
#include "core/text.hpp"
#include "tmf/filed_before.hpp"
#include "tmf/filing_rows.hpp"
#include "tmf/media_type.hpp"
#include "tmf/milestone_dates.hpp"
#include "tmf/twins.hpp"

namespace dossier::tmf {

namespace {

constexpr std::size_t rows_per_commit = 200; // with keep_going; else all rows are one commit

class Filing {
public:
    Filing(Repository& repository, const RowContext& context, const Table& table, const FilingOptions& options)
        : repository_(repository), context_(context), table_(table), options_(options), twins_(repository.ledger(), context.study.id) {}

    Result<FilingOutcome> run() {
        DOSSIER_TRY(auto rows, rows_to_file(repository_.ledger(), context_, table_));
        items_ = std::move(rows.items);
        order_ = std::move(rows.order);
        for (RowToFile& item : items_)
            if (item.errors.empty()) take_refusal(item, "site", repository_.require(place_of(item)));
        for (RowToFile& item : items_)
            if (item.errors.empty()) take_refusal(item, "restricted", may_be_open(item));
        if (!options_.keep_going)
            if (auto refused = all_errors()) return *refused;
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
    std::optional<Error> all_errors() const {
        std::vector<Error> all;
        for (const RowToFile& item : items_) all.insert(all.end(), item.errors.begin(), item.errors.end());
        return joined(std::move(all));
    }

    std::optional<Error> joined(std::vector<Error> all) const {
        if (all.empty()) return std::nullopt;
        if (all.size() == 1) return all.front();
        Error error(ErrorKind::invalid, fill("{} errors; nothing was filed", all.size()), {table_.path, table_.sheet});
        error.details = std::move(all);
        return error;
    }

    // ---- rights: one row that this user may not file is that row's error, not the list's ----
    Scope place_of(const RowToFile& item) const { return {context_.study.id, item.checked.document.country, item.checked.document.site}; }

    void take_refusal(RowToFile& item, const char* column, const Result<void>& allowed) const {
        if (allowed) return;
        Error error = allowed.error();
        error.where = tmf::place_of(table_, *item.row, column);
        item.errors.push_back(std::move(error));
    }

    Result<void> require(const char* right, const RowToFile& item) const {
        return repository_.control() ? repository_.control()->require(right, place_of(item)) : Result<void>();
    }

    // That a document of an artifact for unblinded people unblinds nobody can only be said by who may read such documents.
    Result<void> may_be_open(const RowToFile& item) const {
        const AccessControl* const control = repository_.control();
        const templates::Artifact* const artifact = context_.catalogue.artifact(item.checked.document.unique_id);
        if (!control || !artifact || !artifact->restricted || item.checked.document.restricted || item.existing != 0) return {};
        if (control->may(right_to_restricted, place_of(item))) return {};
        return Error(
            ErrorKind::denied,
            fill("documents of {} are for unblinded people, and {} is in no unblinded role here", artifact->number, control->user()), {},
            "leave restricted empty, which seals the document; only an unblinded role may file it open to all");
    }

    // ---- storing and committing ----
    Result<void> file_batch(std::size_t first, std::size_t last) {
        std::vector<std::size_t> batch;
        for (std::size_t at = first; at < last; ++at)
            if (items_[order_[at]].errors.empty()) batch.push_back(order_[at]);
        std::vector<Sha256> created;
        auto done = store(batch, created);
        std::vector<Change> changes;
        if (done) done = commit(batch, changes);
        if (!done) changes.clear();
        if (take_back_unused(created, changes)) repository_.objects().settle(); // else the next run looks again
        return done;
    }

    Result<void> commit(const std::vector<std::size_t>& batch, std::vector<Change>& changes) {
        DOSSIER_TRY(const auto held, repository_.ledger().hold()); // what is filed already is looked for in the state that is added to
        DOSSIER_TRY(last_document_, repository_.ledger().last_document());
        DOSSIER_CHECK(make_changes(batch, changes));
        return changes.empty() ? Result<void>() : repository_.ledger().commit(context_.author, changes);
    }

    // What was stored for rows that turned out to be filed already, or were refused: sealed bytes are other bytes each time. An object that
    // a version names stays, whatever was said of the commit: it was missing and is back, or the error came when all was written. False
    // when the ledger could not be asked.
    bool take_back_unused(const std::vector<Sha256>& created, const std::vector<Change>& changes) {
        std::set<Sha256> used;
        for (const Change& change : changes)
            if (change.version && change.version->sha256)
                used.insert(change.version->stored_as ? change.version->stored_as->sha256 : *change.version->sha256);
        std::vector<Sha256> unused;
        bool is_known = true;
        for (const Sha256& object : created) {
            if (used.count(object) > 0) continue;
            const auto named_by = repository_.stored_ledger().versions_with(object);
            is_known = is_known && named_by.has_value();
            if (named_by && named_by->empty()) unused.push_back(object);
        }
        repository_.objects().take_back(unused);
        return is_known;
    }

    Result<void> store(std::vector<std::size_t>& batch, std::vector<Sha256>& created) {
        constexpr std::size_t slice = 256; // so that progress can be shown
        std::vector<std::size_t> with_file;
        std::vector<Repository::Incoming> files;
        for (const std::size_t i : batch) {
            if (items_[i].checked.file.empty()) continue;
            with_file.push_back(i);
            files.push_back({items_[i].checked.file, items_[i].checked.document.restricted});
        }
        for (std::size_t at = 0; at < files.size(); at += slice) {
            const std::size_t end = std::min(files.size(), at + slice);
            const std::vector<Repository::Incoming> some(files.begin() + static_cast<std::ptrdiff_t>(at),
                                                         files.begin() + static_cast<std::ptrdiff_t>(end));
            const auto results = repository_.store(context_.files, some, options_.jobs);
            for (std::size_t k = 0; k < results.size(); ++k) take(results[k], items_[with_file[at + k]], created);
            stored_ += end - at;
            if (options_.progress) options_.progress(stored_, items_.size());
        }
        if (!options_.keep_going)
            if (auto refused = all_errors()) return *refused;
        batch.erase(std::remove_if(batch.begin(), batch.end(), [this](std::size_t i) { return !items_[i].errors.empty(); }), batch.end());
        return {};
    }

    void take(const Result<StoredObject>& result, RowToFile& item, std::vector<Sha256>& created) const {
        if (!result) {
            Error error = result.error();
            if (!table_.path.empty()) error.where = tmf::place_of(table_, *item.row, "file");
            item.errors.push_back(std::move(error));
            return;
        }
        if (result->is_new) created.push_back(name_of(*result));
        VersionRecord& version = item.checked.version;
        version.sha256 = result->sha256;
        version.size = result->size;
        version.stored_as = result->stored_as;
        version.media_type = media_type(result->head, version.file_name);
    }

    Result<void> make_changes(const std::vector<std::size_t>& batch, std::vector<Change>& changes) {
        changes.reserve(batch.size());
        for (const std::size_t i : batch) {
            RowToFile& item = items_[i];
            VersionRecord& version = item.checked.version;
            RowToFile& leader = items_[item.leader];
            if (item.existing == 0 && &leader != &item) item.existing = leader.existing; // the document's first row has just made it
            DOSSIER_TRY(const bool was_there, look_for_same(item, changes));
            if (!item.errors.empty()) continue;
            if (was_there) {
                item.was_there = true;
                continue;
            }
            if (version.carried.accepted || version.carried.rejected)
                take_refusal(item, version.carried.accepted ? "accepted" : "rejected", require("document.migrate", item));
            if (!item.errors.empty()) continue;
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
        if (!options_.keep_going)
            if (auto refused = all_errors()) return *refused;
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

    // Until S11 of the study, when what was sealed may be filed anew for all.
    bool is_blinded() const {
        const auto unblinded = MilestoneDates(context_.study).at_study("S11", Use::happened);
        return !unblinded || *unblinded > context_.today();
    }

    // Filed before with the same particulars: nothing to do. The same bytes elsewhere: filed, with a note.
    Result<bool> look_for_same(RowToFile& item, std::vector<Change>& changes) {
        const Openness said = table_.path.empty() ? Openness::said : Openness::by_list;
        DOSSIER_TRY(const Twins twins, twins_.find(item.checked, item.existing, item.row->number, item.opens ? said : Openness::unsaid));
        if (!twins.same && !item.checked.document.restricted && !twins.sealed.empty() && !is_opened(item, twins)) return false;
        if (twins.row != 0)
            note(item, fill(twins.same ? "the same document as row {}; filed once" : "the same bytes as row {}", twins.row));
        if (twins.row == 0 && !twins.same && twins.document != 0)
            note(item, fill("the same {} filed as {}", content(item), is_filed(item, twins)));
        if (!twins.same) return false;
        if (item.checked.document.restricted && !twins.restricted) { // to say "filed" would leave open what shall be sealed
            item.errors.push_back(Error(ErrorKind::conflict,
                                        twins.row != 0 ? fill("row {} files the same document open to all", twins.row)
                                                       : fill("it is filed already as {}, open to all", document_id(twins.document)),
                                        tmf::place_of(table_, *item.row, "restricted"),
                                        twins.row != 0
                                            ? "keep the row that says restricted yes"
                                            : fill("dossier tmf reindex {} --restricted yes --reason ...", document_id(twins.document))));
            return false;
        }
        constexpr const char* stays =
            "{} was filed open, is restricted since and stays so; to open it: 'dossier tmf file FILE --restricted no' with its particulars";
        if (twins.once_open) note(item, fill(stays, document_id(twins.document)));
        if (twins.row == 0) DOSSIER_CHECK(compare(item, twins, changes));
        if (twins.row != 0 && item.checked.version.withdrawn && !twins.version.withdrawn)
            note(item, fill("its withdrawal was not taken: row {} is the one that counts", twins.row));
        if (twins.row != 0 && !item.checked.version.withdrawn && twins.version.withdrawn)
            note(item,
                 fill("it is withdrawn on {}: row {} says so, and is the one that counts", twins.version.withdrawn->text(), twins.row));
        if (twins.row != 0)
            for (const std::string& text : compare_with_filed(*item.row, item.checked, twins.version, context_.study.id, "").notes)
                note(item, text);
        item.existing = twins.document;
        item.checked.version.number = twins.version.number;
        return true;
    }

    static std::string_view content(const RowToFile& item) { return item.checked.version.sha256 ? "bytes are" : "pointer is"; }

    static std::string is_filed(const RowToFile& item, const Twins& twins) {
        if (item.checked.document.restricted || twins.sealed.empty()) return twins.text + twins.came;
        return twins.sealed + ", which is restricted and stays so; this one is open to all" + twins.came;
    }

    // What is filed as restricted is filed open where the row says so, and it counts no longer or the study is unblinded; else its error.
    bool is_opened(RowToFile& item, const Twins& twins) const {
        const bool counts = twins.sealed_counts && is_blinded();
        if (item.opens && !counts) return true;
        item.errors.emplace_back(
            ErrorKind::conflict,
            fill("the same {} filed as {}, which is restricted; this would lay {} open to all", content(item), twins.sealed,
                 std::string_view(item.checked.version.sha256 ? "them" : "it")),
            tmf::place_of(table_, *item.row, "restricted"),
            counts ? "say restricted yes; where all may see it, reject or withdraw what was restricted for nothing, then say no"
                   : "say restricted yes, or no where all may see it");
        return false;
    }

    // What the row says of a version that was filed before this list.
    Result<void> compare(RowToFile& item, const Twins& twins, std::vector<Change>& changes) {
        DOSSIER_TRY(const auto stored, repository_.ledger().document(twins.document));
        if (!stored) return {};
        for (const VersionRecord& version : stored->versions) {
            if (version.number != twins.version.number) continue;
            const auto changed = changed_.find({version.document, version.number}); // by an earlier row
            FiledBefore before = compare_with_filed(*item.row, item.checked, changed == changed_.end() ? version : changed->second,
                                                    context_.study.id, reason(item));
            for (const std::string& text : before.notes) note(item, text);
            if (!before.change) continue;
            take_refusal(item, "withdrawn", require("document.reindex", item));
            if (!item.errors.empty()) continue;
            item.changed = before.said;
            changed_[{version.document, version.number}] = *before.change->version;
            changes.push_back(std::move(*before.change));
        }
        return {};
    }

    // Without the folders of the machine that the list lay on.
    std::string reason(const RowToFile& item) const {
        return table_.path.empty() ? "filed again, with a date of withdrawal"
                                   : fill("list {}, row {}", path::file_name(table_.path), item.row->number);
    }

    void note(const RowToFile& item, const std::string& text) { row_notes_[item.row].push_back(text); }

    FilingOutcome finish() {
        FilingOutcome outcome;
        for (RowToFile& item : items_) {
            if (!item.errors.empty()) {
                outcome.refused.push_back({*item.row, item.errors});
                continue;
            }
            const templates::Artifact* artifact = context_.catalogue.artifact(item.checked.document.unique_id);
            const VersionRecord& version = item.checked.version;
            outcome.filed.push_back({item.row->number, item.existing, version.number, artifact ? artifact->number : "", version.title,
                                     version.file_name, item.was_there, item.changed});
            if (!item.was_there && !version.final) ++outcome.drafts;
            if (!item.was_there || !item.changed.empty())
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
    std::vector<RowToFile> items_;
    std::vector<std::size_t> order_; // of filing
    std::int64_t last_document_ = 0;
    std::map<std::int64_t, int> next_version_;
    std::map<std::pair<std::int64_t, int>, VersionRecord> changed_; // by document and version: withdrawn in this list
    TwinFinder twins_;
    std::map<const TableRow*, std::vector<std::string>> row_notes_;
    std::size_t stored_ = 0;
};

} // namespace

Result<FilingOutcome> file_rows(Repository& repository, const RowContext& context, const Table& table, const FilingOptions& options) {
    return Filing(repository, context, table, options).run();
}

} // namespace dossier::tmf
