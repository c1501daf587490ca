#include "core/pdf_flow.hpp"

#include <algorithm>

namespace dossier {

namespace {

constexpr double cell_size = 9, cell_padding = 3.5, cell_line = cell_size * PdfFlow::line_factor, rule = 0.5, rule_gray = 0.35;

using Cells = std::vector<std::vector<std::string>>; // the lines of each cell of a row

class TableSetter {
public:
    TableSetter(PdfFlow& flow, const PdfTable& table) : flow_(flow), table_(table), widths_(column_widths()) {}

    void run() {
        if (widths_.empty()) return;
        header_ = wrap_row(table_.header, PdfFace::bold);
        flow_.keep_together((table_.header.empty() ? 0 : row_height(lines_of(header_))) + row_height(2));
        place_header();
        for (const auto& row : table_.rows) place_row(wrap_row(row, PdfFace::regular));
        flow_.gap(10);
    }

private:
    std::vector<double> column_widths() const {
        std::size_t columns = table_.header.size();
        for (const auto& row : table_.rows) columns = std::max(columns, row.size());
        std::vector<double> widths(columns, 1);
        for (std::size_t i = 0; i < columns && i < table_.weights.size(); ++i) widths[i] = std::max(table_.weights[i], 0.05);
        double sum = 0;
        for (const double weight : widths) sum += weight;
        for (double& weight : widths) weight *= flow_.width() / sum;
        return widths;
    }
    Cells wrap_row(const std::vector<std::string>& row, PdfFace face) const {
        Cells cells;
        for (std::size_t i = 0; i < widths_.size(); ++i)
            cells.push_back(wrap_text(i < row.size() ? row[i] : "", face, cell_size, widths_[i] - 2 * cell_padding, flow_.measure()));
        return cells;
    }
    static std::size_t lines_of(const Cells& cells) {
        std::size_t lines = 1;
        for (const auto& cell : cells) lines = std::max(lines, cell.size());
        return lines;
    }
    static double row_height(std::size_t lines) { return static_cast<double>(lines) * cell_line + 2 * cell_padding; }

    void place_header() {
        if (!table_.header.empty()) place_lines(header_, PdfFace::bold, 0, lines_of(header_));
    }
    // A row goes whole on the next page where this one lacks the room; only one taller than a page is cut.
    void place_row(const Cells& cells) {
        const std::size_t lines = lines_of(cells);
        bool is_new_page = false;
        for (std::size_t from = 0; from < lines;) {
            const auto fits = static_cast<std::size_t>(std::max(0.0, (flow_.room() - 2 * cell_padding + 0.01) / cell_line));
            if (fits < lines - from && !is_new_page) {
                flow_.new_page();
                place_header();
                is_new_page = true;
                continue;
            }
            const std::size_t to = std::min(lines, from + std::max<std::size_t>(fits, 1));
            place_lines(cells, PdfFace::regular, from, to);
            from = to;
            is_new_page = false;
        }
    }
    void place_lines(const Cells& cells, PdfFace face, std::size_t from, std::size_t to) {
        const double height = row_height(to - from), top = flow_.y;
        flow_.y -= height;
        auto& rules = flow_.page().rules;
        double x = PdfFlow::margin_left;
        if (face == PdfFace::bold) rules.push_back({x, flow_.y, flow_.width(), height, 0.9});
        for (std::size_t i = 0; i < cells.size(); ++i) {
            for (std::size_t line = from; line < std::min(to, cells[i].size()); ++line)
                flow_.text(x + cell_padding, top - cell_padding - cell_size * 0.95 - static_cast<double>(line - from) * cell_line,
                           cell_size, face, cells[i][line]);
            rules.push_back({x, flow_.y, rule, height, rule_gray});
            x += widths_[i];
        }
        rules.push_back({x, flow_.y, rule, height, rule_gray});
        rules.push_back({PdfFlow::margin_left, flow_.y, flow_.width() + rule, rule, rule_gray});
        rules.push_back({PdfFlow::margin_left, top, flow_.width() + rule, rule, rule_gray});
    }

    PdfFlow& flow_;
    const PdfTable& table_;
    std::vector<double> widths_;
    Cells header_;
};

} // namespace

void place_table(PdfFlow& flow, const PdfTable& table) { TableSetter(flow, table).run(); }

} // namespace dossier
