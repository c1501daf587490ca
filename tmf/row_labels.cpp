#include "tmf/row_labels.hpp"

#include <map>
#include <optional>
#include <string>
#include <tuple>

#include "core/digest.hpp"
#include "core/text.hpp"

namespace dossier::tmf {

namespace {

class Labels {
public:
    explicit Labels(const RowsOfList& list) : list_(list) {}

    void check(const std::vector<std::size_t>& rows) {
        std::map<std::string, const RowToFile*> seen;
        for (const std::size_t i : rows) {
            RowToFile& item = list_.items[i];
            if (item.checked.version.label.empty()) continue;
            const auto [first, is_new] = seen.emplace(label_key(item.checked.version.label), &item);
            if (!is_new && !holds_same(*first->second, item))
                item.errors.emplace_back(ErrorKind::invalid,
                                         fill("version {} of document {} stands already in row {}{}", item.checked.version.label,
                                              item.checked.document.external, first->second->row->number,
                                              written_as(" (as {})", first->second->checked.version.label, item)),
                                         place(item), "give each version its own");
        }
    }

    // A label that is taken is fine only for the very same content: that row was filed before. A signed version has the label of the one
    // that was signed, and other bytes: any of them may be meant.
    void check_stored(const std::vector<std::size_t>& rows, const StoredDocument& stored) {
        for (const std::size_t i : rows) {
            RowToFile& item = list_.items[i];
            const VersionRecord& wanted = item.checked.version;
            if (!item.errors.empty() || wanted.label.empty()) continue;
            const std::string key = label_key(wanted.label);
            const VersionRecord* taken = nullptr;
            bool is_same = false;
            for (const VersionRecord& version : stored.versions) {
                if (is_same || label_key(version.label) != key) continue;
                taken = &version;
                is_same = is_filed_as(item, version);
            }
            if (taken && !is_same)
                item.errors.emplace_back(ErrorKind::conflict,
                                         fill("version {} of document {} is filed already{}, {} ({})", wanted.label,
                                              item.checked.document.external, written_as(" as {}", taken->label, item),
                                              difference(item, *taken), document_id(stored.document.number)),
                                         place(item), remedy(item, *taken));
        }
    }

private:
    Place place(const RowToFile& item) const { return place_of(list_.table, *item.row, "version"); }

    // How another spelling of the row's label is written there; empty where it is the same.
    static std::string written_as(const char* form, const std::string& label, const RowToFile& item) {
        return label == item.checked.version.label ? std::string() : fill(form, label);
    }

    static std::string difference(const RowToFile& item, const VersionRecord& taken) {
        if (item.checked.file.empty()) return taken.sha256 ? "as a file" : fill("with the pointer \"{}\"", taken.pointer);
        return taken.sha256 ? "with other bytes" : fill("as the pointer \"{}\"", taken.pointer);
    }

    static std::string remedy(const RowToFile& item, const VersionRecord& taken) {
        const bool are_pointers = item.checked.file.empty() && !taken.sha256;
        return are_pointers
                   ? "a pointer that is filed is not changed: where the record is kept now is a new version with a label of its own"
                   : "a new version needs a label of its own";
    }

    // Pointers of two persons, events or languages are two records: those are refused.
    bool holds_same(const RowToFile& a, const RowToFile& b) {
        const auto of = [](const VersionRecord& v) { return std::tie(v.pointer, v.person, v.event, v.language); };
        if (a.checked.file.empty() || b.checked.file.empty())
            return a.checked.file == b.checked.file && of(a.checked.version) == of(b.checked.version);
        if (a.checked.file == b.checked.file) return true;
        const auto first = digest(a.checked.file), second = digest(b.checked.file);
        return first && first == second;
    }

    bool is_filed_as(const RowToFile& item, const VersionRecord& version) {
        if (item.checked.file.empty()) return !version.sha256 && version.pointer == item.checked.version.pointer;
        return version.sha256 && digest(item.checked.file) == version.sha256;
    }

    std::optional<Sha256> digest(const std::string& file) const {
        const auto found = digests_of_file(list_.files, file, Hasher::What::sha256);
        return found ? std::optional(found->sha256) : std::nullopt;
    }

    const RowsOfList& list_;
};

} // namespace

void check_labels(const RowsOfList& list, const std::vector<std::size_t>& rows, const StoredDocument* stored) {
    Labels labels(list);
    labels.check(rows);
    if (stored) labels.check_stored(rows, *stored);
}

} // namespace dossier::tmf
