#include "tmf/filing_rows.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <tuple>

#include "core/text.hpp"
#include "tmf/document_words.hpp"
#include "tmf/row_labels.hpp"
#include "tmf/sealed_twins.hpp"
#include "tmf/yaml_fields.hpp"

namespace dossier::tmf {

namespace {

class Rows {
public:
    Rows(Ledger& ledger, const RowContext& context, const Table& table)
        : ledger_(ledger), context_(context), table_(table), check_(context) {}

    Result<RowsToFile> run() {
        check_rows();
        DOSSIER_CHECK(find_documents());
        refuse_open_twins(context_.files, table_, items_);
        return RowsToFile{std::move(items_), std::move(order_)};
    }

private:
    Place place(const TableRow& row, const std::string& column = {}) const { return place_of(table_, row, column); }

    // ---- rows, each for itself ----
    void check_rows() {
        items_.resize(table_.rows.size());
        rank_.resize(table_.rows.size());
        for (std::size_t i = 0; i < items_.size(); ++i) {
            RowToFile& item = items_[i];
            item.row = &table_.rows[i];
            item.leader = i;
            item.errors = item.row->faults;
            item.checked = check_.check(
                *item.row, [&](const std::string& column) { return place(*item.row, column); }, item.errors);
            item.is_unclear = is_unclear(item);
            item.opens = !item.is_unclear && !to_flag(item.row->cell("restricted")).value_or(true);
        }
    }

    // A cell that is neither yes nor no; or one that a fault may have taken, or pushed elsewhere.
    bool is_unclear(const RowToFile& item) const {
        const auto is_said = [](const Error& error) { return error.where.column == "restricted"; };
        if (std::any_of(item.errors.begin(), item.errors.end(), is_said)) return true;
        const bool is_asked = std::find(table_.header.begin(), table_.header.end(), "restricted") != table_.header.end();
        return is_asked && !item.row->faults.empty() && item.row->cell("restricted").empty();
    }

    // ---- rows of one document, and documents that are there ----
    Result<void> find_documents() {
        DOSSIER_CHECK(put_zeros_back(ledger_, context_.study.id, table_, items_));
        std::map<std::string, std::vector<std::size_t>> by_external;
        for (std::size_t i = 0; i < items_.size(); ++i) {
            const std::string& external = items_[i].checked.document.external;
            if (!external.empty()) by_external[external].push_back(i);
        }
        std::map<std::int64_t, std::vector<std::size_t>> by_number; // of what is filed: a label and a number may mean the same document
        for (const auto& [external, rows] : by_external) {
            DOSSIER_TRY(const auto numbers, documents_called(external, rows));
            if (numbers.empty()) join_document(rows, nullptr);
            if (numbers.size() == 1) by_number[numbers.front()].insert(by_number[numbers.front()].end(), rows.begin(), rows.end());
            if (numbers.size() > 1) DOSSIER_CHECK(choose_among(numbers, rows, by_number));
        }
        for (auto& [number, rows] : by_number) {
            DOSSIER_TRY(const auto stored, ledger_.document(number));
            std::sort(rows.begin(), rows.end());
            join_document(rows, stored ? &*stored : nullptr);
        }
        order_.resize(items_.size());
        for (std::size_t i = 0; i < order_.size(); ++i) order_[i] = i;
        // Versions of one document are filed oldest first, in the place of its first row.
        std::stable_sort(order_.begin(), order_.end(), [this](std::size_t a, std::size_t b) {
            return std::tie(items_[a].leader, rank_[a]) < std::tie(items_[b].leader, rank_[b]);
        });
        return {};
    }

    // What is filed under these words: a label that lists gave, or a number of the repository. None: the words are a new label, or the rows
    // have got their error.
    Result<std::vector<std::int64_t>> documents_called(const std::string& external, const std::vector<std::size_t>& rows) {
        DOSSIER_TRY(auto found, ledger_.documents_by_external(context_.study.id, external));
        const auto reference = parse_version_reference(external);
        if (!found.empty() || !reference) return found;
        DOSSIER_TRY(auto stored, ledger_.document(reference->document));
        if (stored && stored->document.study != context_.study.id) stored.reset();
        const std::string id = document_id(reference->document);
        if (to_lower(trim(external.substr(0, external.find('@')))) != to_lower(id)) { // D-12: somebody's label, or the number in short
            if (stored)
                for (const std::size_t i : rows)
                    items_[i].checked.notes.push_back(
                        fill("{0} was taken for a label of its own; to add a version to {1} write {1} in document", external, id));
            return found;
        }
        if (!stored || !has_version(*stored, reference->version)) {
            refuse(rows,
                   stored ? fill("{} has no version {}", id, reference->version)
                          : fill("there is no document {} in study {}", id, context_.study.id),
                   stored                ? fill("write {} alone: it gets a new version", id)
                   : table_.path.empty() ? "leave --document out to file a new document"
                                         : "clear the cell to file a new document");
            return found;
        }
        found.push_back(reference->document);
        return found;
    }

    static bool has_version(const StoredDocument& stored, int number) {
        return number == 0 || std::any_of(stored.versions.begin(), stored.versions.end(),
                                          [number](const VersionRecord& version) { return version.number == number; });
    }

    void refuse(const std::vector<std::size_t>& rows, const std::string& message, const std::string& remedy) {
        for (const std::size_t i : rows)
            items_[i].errors.emplace_back(ErrorKind::invalid, message, place(*items_[i].row, "document"), remedy);
    }

    // Of several documents with one label each row means the one that it describes, or it gets its error.
    Result<void> choose_among(const std::vector<std::int64_t>& numbers, const std::vector<std::size_t>& rows,
                              std::map<std::int64_t, std::vector<std::size_t>>& by_number) {
        std::vector<DocumentRecord> documents;
        std::vector<std::string> ids;
        for (const std::int64_t number : numbers) {
            DOSSIER_TRY(const auto stored, ledger_.document(number));
            if (stored) documents.push_back(stored->document);
            ids.push_back(document_id(number));
        }
        for (const std::size_t i : rows) {
            RowToFile& item = items_[i];
            std::vector<std::int64_t> same;
            for (const DocumentRecord& document : documents)
                if (is_same_slot(item.checked.document, document)) same.push_back(document.number);
            if (same.size() == 1)
                by_number[same.front()].push_back(i);
            else
                item.errors.emplace_back(
                    ErrorKind::conflict,
                    fill("{} documents are called {}: {}", ids.size(), item.checked.document.external, join(ids, ", ")),
                    place(*item.row, "document"), fill("write the number of the one that is meant, {} or another", ids.front()));
        }
        return {};
    }

    static bool is_same_slot(const DocumentRecord& a, const DocumentRecord& b) {
        return std::tie(a.unique_id, a.sub_artifact, a.country, a.site) == std::tie(b.unique_id, b.sub_artifact, b.country, b.site);
    }

    // `stored`: null for rows that make a new document.
    void join_document(const std::vector<std::size_t>& rows, const StoredDocument* stored) {
        const DocumentRecord& model = stored ? stored->document : first_good(rows).checked.document;
        std::vector<VersionRecord> versions = stored ? stored->versions : std::vector<VersionRecord>();
        const RowToFile* const sealing = stored || model.restricted ? nullptr : row_that_seals(rows);
        for (const std::size_t i : rows) {
            RowToFile& item = items_[i];
            item.leader = rows.front();
            if (stored) item.existing = stored->document.number;
            if (item.errors.empty()) check_same_slot(item, model, stored != nullptr);
            item.checked.document.restricted = model.restricted; // what a row leaves open the document has decided
            VersionRecord version = item.checked.version;
            version.number = static_cast<int>(versions.size()) + 1; // for the order only
            versions.push_back(std::move(version));
        }
        const auto order = order_of(versions);
        if (sealing) refuse_open_rows(rows, *sealing);
        const std::size_t before = versions.size() - rows.size();
        for (std::size_t at = 0; at < order.size(); ++at)
            if (order[at] >= before) rank_[rows[order[at] - before]] = at;
        check_labels({context_.files, table_, items_}, rows, stored);
    }

    const RowToFile& first_good(const std::vector<std::size_t>& rows) const {
        for (const std::size_t i : rows)
            if (items_[i].errors.empty()) return items_[i];
        return items_[rows.front()];
    }

    void check_same_slot(RowToFile& item, const DocumentRecord& model, bool stored) const {
        const DocumentRecord& document = item.checked.document;
        const std::string shared = stored ? "versions of one document share these; correct what is filed with 'dossier tmf reindex'"
                                          : "versions of one document share these; give different documents different words in document";
        const auto differs = [&](const char* column, const std::string& here, const std::string& there, const std::string& remedy) {
            if (here == there) return;
            const std::string_view none = "none";
            item.errors.emplace_back(ErrorKind::invalid,
                                     fill("{} is {} here and {} in {} of document {}", std::string_view(column),
                                          here.empty() ? none : std::string_view(here), there.empty() ? none : std::string_view(there),
                                          std::string_view(stored ? "what is filed" : "another row"), document.external),
                                     place(*item.row, column), remedy);
        };
        differs("artifact", fill("{:03}", document.unique_id), fill("{:03}", model.unique_id), shared);
        differs("sub_artifact", document.sub_artifact, model.sub_artifact, shared);
        differs("country", document.country, model.country, shared);
        differs("site", document.site, model.site, shared);
        const auto yes_no = [](bool value) { return std::string(value ? "yes" : "no"); };
        if (!item.row->cell("restricted").empty())
            differs("restricted", yes_no(document.restricted), yes_no(model.restricted), stored ? restriction_remedy(model) : shared);
    }

    std::string restriction_remedy(const DocumentRecord& filed) const {
        if (!filed.restricted) return fill("'dossier tmf reindex {} --restricted yes --reason TEXT' first", document_id(filed.number));
        return fill("it stays restricted; {} to file it open to all as a document of its own",
                    std::string_view(table_.path.empty() ? "leave --document out" : "write a new word in document, or none,"));
    }

    // ---- what one row seals and another one would file open: filed is filed, so neither is, whichever comes first ----
    const RowToFile* row_that_seals(const std::vector<std::size_t>& rows) const {
        for (const std::size_t i : rows)
            if (says_restricted(items_[i])) return &items_[i];
        return nullptr;
    }

    void refuse_open_rows(const std::vector<std::size_t>& rows, const RowToFile& sealing) {
        const std::string_view form =
            sealing.is_unclear ? "whether document {1} is restricted cannot be read in row {0}, this one would file it open to all"
                               : "row {} says that document {} is restricted, this one would file it open to all";
        for (const std::size_t i : rows)
            if (items_[i].errors.empty())
                items_[i].errors.emplace_back(ErrorKind::conflict, fill(form, sealing.row->number, items_[i].checked.document.external),
                                              place(*items_[i].row, "restricted"),
                                              "versions of one document share this; say the same in all its rows");
    }

    Ledger& ledger_;
    const RowContext& context_;
    const Table& table_;
    RowCheck check_;
    std::vector<RowToFile> items_;
    std::vector<std::size_t> order_;
    std::vector<std::size_t> rank_; // of a version among those of its document
};

} // namespace

Place place_of(const Table& table, const TableRow& row, const std::string& column) {
    return table.path.empty() ? Place{} : table.place(row, column);
}

Result<RowsToFile> rows_to_file(Ledger& ledger, const RowContext& context, const Table& table) {
    return Rows(ledger, context, table).run();
}

} // namespace dossier::tmf
