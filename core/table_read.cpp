#include "core/table.hpp"
#include "core/table_csv.hpp"
#include "core/table_xlsx.hpp"
#include "core/text.hpp"

namespace dossier {

namespace {

Result<void> check_kind(std::string_view bytes, const std::string& path) {
    if (starts_with(bytes, "\xD0\xCF\x11\xE0"))
        return Error(ErrorKind::unsupported, "this is a workbook of the old kind (.xls), or one with a password", {path},
                     "save it without a password as XLSX or CSV");
    if (starts_with(bytes, "%PDF"))
        return Error(ErrorKind::invalid, "this is a PDF, a table is wanted", {path}, "give an XLSX or a CSV file");
    return {};
}

Result<Table> parse_any(std::string_view bytes, const std::string& path, const std::vector<TableColumn>& columns, const std::string& sheet,
                        const TableLimits& limits, TableHead& head) {
    if (bytes.size() > limits.bytes)
        return Error(ErrorKind::invalid, fill("larger than the {} bytes that a table may have", limits.bytes), {path}, "split the file");
    DOSSIER_CHECK(check_kind(bytes, path));
    if (starts_with(bytes, "PK\3\4") || starts_with(bytes, "PK\5\6")) return table_xlsx::parse(bytes, path, columns, sheet, limits, head);
    if (!sheet.empty() && !head.sheet_option.empty())
        return Error(ErrorKind::usage, fill("this is no workbook, it has no sheet {}", sheet), {path},
                     fill("leave {} out", head.sheet_option));
    return table_csv::parse(bytes, path, columns, limits, head);
}

} // namespace

Result<Table> parse_table(std::string_view bytes, const std::string& path, const std::vector<TableColumn>& columns,
                          const std::string& sheet, const TableLimits& limits) {
    TableHead head; // nobody asked for it
    return parse_any(bytes, path, columns, sheet, limits, head);
}

Result<Table> parse_table(std::string_view bytes, const std::string& path, const std::vector<TableColumn>& columns,
                          const std::string& sheet, TableHead& head) {
    return parse_any(bytes, path, columns, sheet, TableLimits(), head);
}

Result<Table> read_table(FileSystem& fs, const std::string& path, const std::vector<TableColumn>& columns, const std::string& sheet,
                         TableHead& head) {
    DOSSIER_TRY(const std::string bytes, read_file(fs, path, TableLimits().bytes));
    return parse_table(bytes, path, columns, sheet, head);
}

Result<Table> read_table(FileSystem& fs, const std::string& path, const std::vector<TableColumn>& columns, const std::string& sheet,
                         const TableLimits& limits) {
    DOSSIER_TRY(const std::string bytes, read_file(fs, path, limits.bytes));
    return parse_table(bytes, path, columns, sheet, limits);
}

} // namespace dossier
