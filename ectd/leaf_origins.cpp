#include "ectd/leaf_origins.hpp"

#include <algorithm>

#include "core/path.hpp"
#include "core/table.hpp"
#include "core/text.hpp"

namespace dossier::ectd {

namespace {

const std::vector<std::string> columns = {"sequence", "file", "leaf", "checksum", "repository", "study", "document", "version", "label"};

Result<LeafOrigin> read_row(const Table& table, const TableRow& row) {
    LeafOrigin found;
    const auto number = SequenceNumber::parse(row.cell("sequence"));
    if (!number)
        return Error(ErrorKind::invalid, fill("\"{}\" is no sequence of four digits", row.cell("sequence")), table.place(row, "sequence"),
                     "restore the file from a backup, or remove the row: the leaf then forgets where it came from");
    found.leaf = {*number, row.cell("file"), row.cell("leaf")};
    found.checksum = to_lower(row.cell("checksum"));
    found.origin = {row.cell("repository"), row.cell("study"), row.cell("document"), row.cell("version"), row.cell("label")};
    return found;
}

std::vector<LeafOrigin> origins_of(const Plan& plan, const Application& built) {
    std::vector<LeafOrigin> origins;
    for (const PlannedOperation& item : plan.operations) {
        if (!item.planned || !item.planned->content || !item.planned->content->origin) continue;
        const LeafId id{plan.sequence, item.file, item.id};
        if (const Leaf* leaf = built.find(id)) origins.push_back({id, to_lower(leaf->checksum()), *item.planned->content->origin});
    }
    return origins;
}

Sheet to_sheet(const std::vector<LeafOrigin>& origins) {
    Sheet sheet{"leaf origins", columns, {}};
    for (const LeafOrigin& o : origins)
        sheet.rows.push_back({o.leaf.sequence.text(), o.leaf.file, o.leaf.id, o.checksum, o.origin.repository, o.origin.study,
                              o.origin.document, o.origin.version, o.origin.label});
    return sheet;
}

} // namespace

Result<std::vector<LeafOrigin>> read_leaf_origins(FileSystem& fs, const std::string& folder) {
    const std::string file = path::join(folder, leaf_origins_file);
    std::vector<LeafOrigin> origins;
    if (!exists(fs, file)) return origins;
    std::vector<TableColumn> wanted;
    for (const std::string& name : columns) wanted.push_back({name, {}, true});
    DOSSIER_TRY(const Table table, read_table(fs, file, wanted));
    for (const TableRow& row : table.rows) {
        DOSSIER_TRY(LeafOrigin origin, read_row(table, row));
        origins.push_back(std::move(origin));
    }
    std::stable_sort(origins.begin(), origins.end(), [](const auto& a, const auto& b) { return a.leaf < b.leaf; });
    return origins;
}

Result<void> remember_origins(FileSystem& fs, const std::string& folder, const Plan& plan, const Application& built) {
    DOSSIER_TRY(std::vector<LeafOrigin> origins, read_leaf_origins(fs, folder));
    std::vector<LeafOrigin> made = origins_of(plan, built);
    const auto removed = std::erase_if(origins, [&plan](const LeafOrigin& item) { return item.leaf.sequence == plan.sequence; });
    if (made.empty() && removed == 0) return {};
    origins.insert(origins.end(), made.begin(), made.end());
    std::stable_sort(origins.begin(), origins.end(), [](const auto& a, const auto& b) { return a.leaf < b.leaf; });
    return write_file_durably(fs, path::join(folder, leaf_origins_file), to_csv(to_sheet(origins)));
}

std::vector<LeafUse> leaf_uses(const std::vector<LeafOrigin>& origins, const Lifecycle& lifecycle, const ApplicationFile& application) {
    std::vector<LeafUse> uses;
    for (const LeafOrigin& item : origins) {
        const auto found = lifecycle.leaves.find(item.leaf);
        if (found == lifecycle.leaves.end() || to_lower(found->second.leaf->checksum()) != item.checksum) continue;
        const auto sequence = application.sequences.find(item.leaf.sequence);
        uses.push_back({&item, &found->second, sequence == application.sequences.end() ? std::nullopt : sequence->second.sent});
    }
    return uses;
}

} // namespace dossier::ectd
