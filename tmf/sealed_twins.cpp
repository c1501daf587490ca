#include "tmf/sealed_twins.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>

#include "core/digest.hpp"
#include "core/text.hpp"
#include "tmf/twins.hpp"
#include "tmf/yaml_fields.hpp"

namespace dossier::tmf {

namespace {

class SealedTwins {
public:
    SealedTwins(FileSystem& files, const Table& table, std::vector<RowToFile>& items) : files_(files), table_(table), items_(items) {}

    void refuse() {
        if (std::none_of(items_.begin(), items_.end(), seals)) return;
        std::map<std::string, Group> groups;
        for (std::size_t i = 0; i < items_.size(); ++i) {
            const CheckedRow& row = items_[i].checked;
            if (row.file.empty() && row.version.pointer.empty()) continue;
            Group& group = groups[row.file.empty() ? "pointer " + row.version.pointer : size_of(row.file)];
            (seals(items_[i]) ? group.sealed : group.open).push_back(i);
        }
        for (const auto& [key, group] : groups)
            if (!group.open.empty() && !group.sealed.empty()) compare(group);
    }

private:
    struct Group {
        std::vector<std::size_t> open, sealed; // rows, in their order
    };

    static bool seals(const RowToFile& item) { return item.checked.document.restricted || says_restricted(item); }

    std::string size_of(const std::string& file) {
        const auto info = files_.info(file);
        return info ? fill("{}", info->size) : file; // storing it will tell why
    }

    // Of pointers, or of files of one size.
    void compare(const Group& group) {
        if (items_[group.open.front()].checked.file.empty()) return refuse_same(group);
        std::map<std::string, Group> same;
        for (const std::size_t i : group.open) same[digest(items_[i].checked.file)].open.push_back(i);
        for (const std::size_t i : group.sealed) same[digest(items_[i].checked.file)].sealed.push_back(i);
        for (const auto& [bytes, rows] : same) {
            if (rows.open.empty() || rows.sealed.empty()) continue;
            refuse_other(rows);
            refuse_same(rows);
        }
    }

    std::string digest(const std::string& file) {
        const auto [known, is_new] = digests_.try_emplace(file);
        if (!is_new) return known->second;
        const auto found = digests_of_file(files_, file, Hasher::What::sha256);
        return known->second = found ? found->sha256.hex() : file;
    }

    // Rows that are two records.
    void refuse_other(const Group& rows) {
        for (const std::size_t i : rows.open)
            for (const std::size_t k : rows.sealed)
                if (!may_be_twins(items_[i].checked, items_[k].checked)) refuse(i, k, "bytes", same_in_both);
    }

    // Rows that would be one record. In their order: what is refused for one open row stands for no other.
    void refuse_same(const Group& rows) {
        for (const std::size_t i : rows.open)
            for (const std::size_t k : rows.sealed) {
                if (!may_be_twins(items_[i].checked, items_[k].checked)) continue;
                items_[i].opens = false;
                if (k > i || !items_[k].errors.empty())
                    refuse(i, k, "document", "keep one of the two rows, the one that seals it where it may unblind anybody");
            }
    }

    void refuse(std::size_t open, std::size_t sealed, std::string_view what, const std::string& remedy) {
        const RowToFile &first = items_[open], &second = items_[sealed];
        if (second.is_unclear) { // has its own error; an open row that has one, too, will be looked at when both come again
            if (first.errors.empty())
                tell(open, fill("row {} files the same {}, and whether that is restricted cannot be read", second.row->number, what),
                     "mend that cell; bytes that may unblind anybody are restricted in every row");
            return;
        }
        tell(sealed, fill("row {} files the same {} open to all", first.row->number, what), remedy);
        tell(open, fill("row {} seals the same {}", second.row->number, what), remedy);
    }

    // One word about it is enough.
    void tell(std::size_t i, const std::string& message, const std::string& remedy) {
        if (told_.insert(i).second)
            items_[i].errors.emplace_back(ErrorKind::conflict, message, place_of(table_, *items_[i].row, "restricted"), remedy);
    }

    static constexpr const char* same_in_both = "say the same in restricted of both rows: yes where the bytes may unblind anybody";

    FileSystem& files_;
    const Table& table_;
    std::vector<RowToFile>& items_;
    std::map<std::string, std::string> digests_; // of files that had to be compared
    std::set<std::size_t> told_;
};

} // namespace

bool says_restricted(const RowToFile& item) { return item.is_unclear || to_flag(item.row->cell("restricted")).value_or(false); }

void refuse_open_twins(FileSystem& files, const Table& table, std::vector<RowToFile>& items) { SealedTwins(files, table, items).refuse(); }

} // namespace dossier::tmf
