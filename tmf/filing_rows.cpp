#include "tmf/filing_rows.hpp"

#include <algorithm>
#include <map>
#include <tuple>

#include "core/text.hpp"

namespace dossier::tmf {

namespace {

class Rows {
public:
    Rows(Ledger& ledger, const RowContext& context, const Table& table)
        : ledger_(ledger), context_(context), table_(table), check_(context) {}

    Result<RowsToFile> run() {
        check_rows();
        DOSSIER_CHECK(find_documents());
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
        DOSSIER_TRY(const auto known, ledger_.document_by_external(context_.study.id, external));
        auto own_id = parse_document_id(external); // written in full: D-000012
        if (own_id && document_id(*own_id) != external) own_id.reset();
        if (const auto number = known ? known : own_id) {
            DOSSIER_TRY(stored, ledger_.document(*number));
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
            RowToFile& item = items_[i];
            item.leader = rows.front();
            if (stored) item.existing = stored->document.number;
            if (item.errors.empty()) check_same_slot(item, model, stored.has_value());
            item.checked.document.restricted = model.restricted; // what a row leaves open the document has decided
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

    const RowToFile& first_good(const std::vector<std::size_t>& rows) const {
        for (const std::size_t i : rows)
            if (items_[i].errors.empty()) return items_[i];
        return items_[rows.front()];
    }

    void check_same_slot(RowToFile& item, const DocumentRecord& model, bool stored) const {
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
        differs("sub_artifact", document.sub_artifact, model.sub_artifact);
        differs("country", document.country, model.country);
        differs("site", document.site, model.site);
        const auto yes_no = [](bool value) { return std::string(value ? "yes" : "no"); };
        if (!item.row->cell("restricted").empty()) differs("restricted", yes_no(document.restricted), yes_no(model.restricted));
    }

    void check_labels(const std::vector<std::size_t>& rows) {
        std::map<std::string, const RowToFile*> seen;
        for (const std::size_t i : rows) {
            RowToFile& item = items_[i];
            if (item.checked.version.label.empty()) continue;
            const auto [first, is_new] = seen.emplace(label_key(item.checked.version.label), &item);
            if (!is_new)
                item.errors.emplace_back(ErrorKind::invalid,
                                         fill("version {} of document {} stands already in row {}{}", item.checked.version.label,
                                              item.checked.document.external, first->second->row->number,
                                              written_as(" (as {})", first->second->checked.version.label, item)),
                                         place(*item.row, "version"), "give each version its own");
        }
    }

    // How another spelling of the row's label is written there; empty where it is the same.
    static std::string written_as(const char* form, const std::string& label, const RowToFile& item) {
        return label == item.checked.version.label ? std::string() : fill(form, label);
    }

    // A label that is taken is fine only for the very same bytes: that row was filed before. A signed version has the label of the one that
    // was signed, and other bytes: any of them may be meant.
    void check_stored_labels(const std::vector<std::size_t>& rows, const StoredDocument& stored) {
        for (const std::size_t i : rows) {
            RowToFile& item = items_[i];
            const VersionRecord& wanted = item.checked.version;
            if (!item.errors.empty() || wanted.label.empty()) continue;
            const std::string key = label_key(wanted.label);
            const VersionRecord* taken = nullptr;
            bool is_same = false;
            for (const VersionRecord& version : stored.versions) {
                if (is_same || label_key(version.label) != key) continue;
                taken = &version;
                is_same = holds_same_bytes(item, version);
            }
            if (taken && !is_same)
                item.errors.emplace_back(ErrorKind::conflict,
                                         fill("version {} of document {} is filed already{}, with other bytes ({})", wanted.label,
                                              item.checked.document.external, written_as(" as {}", taken->label, item),
                                              document_id(stored.document.number)),
                                         place(*item.row, "version"), "a new version needs a label of its own");
        }
    }

    bool holds_same_bytes(const RowToFile& item, const VersionRecord& version) const {
        if (item.checked.file.empty()) return !version.sha256;
        if (!version.sha256) return false;
        const auto found = digests_of_file(context_.files, item.checked.file, Hasher::What::sha256);
        return found && found->sha256 == *version.sha256;
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
