#include "core/table.hpp"
#include "core/text.hpp"

namespace dossier {

namespace {

std::vector<std::string> cells_of(std::string_view line) {
    std::vector<std::string> cells;
    for (;;) {
        const std::size_t tab = line.find('\t');
        cells.emplace_back(line.substr(0, tab));
        if (tab == std::string_view::npos) return cells;
        line.remove_prefix(tab + 1);
    }
}

} // namespace

std::size_t Tsv::column(std::string_view name) const {
    std::size_t i = 0;
    while (i < header.size() && header[i] != name) ++i;
    return i;
}

Result<Tsv> parse_tsv(std::string_view bytes, const std::string& path, const std::vector<std::string>& expected) {
    Tsv table;
    table.path = path;
    std::int64_t number = 0;
    while (!bytes.empty()) {
        const std::size_t end = bytes.find('\n');
        std::string_view line = bytes.substr(0, end);
        bytes.remove_prefix(end == std::string_view::npos ? bytes.size() : end + 1);
        ++number;
        if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
        if (line.empty() || line.front() == '#') continue;
        const Place place{path, "", number, "", -1};
        if (!is_valid_utf8(line)) return Error(ErrorKind::invalid, "not UTF-8", place);
        std::vector<std::string> cells = cells_of(line);
        if (table.header.empty()) {
            if (cells != expected)
                return Error(ErrorKind::invalid, fill("the columns are {}, expected are {}", join(cells, ", "), join(expected, ", ")),
                             place);
            table.header = std::move(cells);
            continue;
        }
        if (cells.size() != table.header.size())
            return Error(ErrorKind::invalid, fill("{} cells, expected are {}", cells.size(), table.header.size()), place);
        table.rows.push_back({number, std::move(cells)});
    }
    if (table.header.empty()) return Error(ErrorKind::invalid, "no header line", {path});
    return table;
}

} // namespace dossier
