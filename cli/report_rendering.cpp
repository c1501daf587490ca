#include "cli/report_rendering.hpp"

#include "cli/page.hpp"
#include "cli/paper_columns.hpp"
#include "cli/tmf_session.hpp"
#include "core/one_line.hpp"
#include "core/text.hpp"
#include "core/xml.hpp"

namespace dossier::cli {

namespace {

using tmf::Report;
using tmf::ReportTable;

constexpr std::size_t most_rows = 200; // of a table on a terminal; the whole list is a file's business

std::string_view kind_word(tmf::ColumnKind kind) {
    switch (kind) {
    case tmf::ColumnKind::text:
        return "text";
    case tmf::ColumnKind::number:
        return "number";
    case tmf::ColumnKind::date:
        return "date";
    case tmf::ColumnKind::percent:
        return "percent";
    case tmf::ColumnKind::list:
        return "list";
    }
    return "text";
}

std::string head_text(const Report& report) {
    std::string text =
        report.study.empty() ? report.title + "\n" : fill("{}  {}\n{}\n", report.study, one_line(report.study_title), report.title);
    text += fill("as of {}, audience {}", report.question.as_of.text(), tmf::to_text(report.question.audience));
    if (report.question.known_at) text += fill(", from what was known on {}", report.question.known_at->text());
    if (const std::string filter = tmf::filter_text(report.question); !filter.empty()) text += ", " + one_line(filter);
    for (const auto& [name, value] : report.settings) text += fill(", {} {}", replace_all(name, "_", " "), tmf::cell_text(value));
    if (!report.model.empty()) text += fill("\nreference model {}, expected documents {}", report.model, tmf::expected_text(report));
    return text + "\n\n";
}

std::string table_text(const ReportTable& table) {
    std::string text = fill("\n{} ({})\n", table.title, table.rows.size());
    if (table.rows.empty()) return text;
    std::vector<bool> used(table.columns.size(), false); // columns without a value would only widen the table
    std::vector<std::vector<std::string>> rows;
    for (const auto& cells : table.rows) {
        if (rows.size() == most_rows) break;
        auto& row = rows.emplace_back();
        for (std::size_t i = 0; i < cells.size(); ++i) {
            row.push_back(tmf::cell_text(cells[i]));
            if (!row.back().empty()) used[i] = true;
        }
    }
    std::vector<std::string> header;
    for (std::size_t i = 0; i < table.columns.size(); ++i)
        if (used[i]) header.push_back(to_lower(table.columns[i].title));
    for (auto& row : rows) {
        std::vector<std::string> kept;
        for (std::size_t i = 0; i < row.size(); ++i)
            if (used[i]) kept.push_back(std::move(row[i]));
        row = std::move(kept);
    }
    text += text_table(header, rows);
    if (table.rows.size() > most_rows) text += fill("and {} more: --format csv or xlsx shows all\n", table.rows.size() - most_rows);
    return text;
}

// The report as XML: head as attributes, then figures, tables with columns and rows, findings, notes.
class ReportXml {
public:
    std::string write(const Report& report, const std::string& subject, const std::string& css, const std::string& script) {
        writer_.declaration();
        writer_.start("report", {{"kind", report.kind},
                                 {"subject", subject},
                                 {"title", report.title},
                                 {"study", report.study},
                                 {"study_title", report.study_title},
                                 {"as_of", report.question.as_of.text()},
                                 {"known_at", report.question.known_at ? report.question.known_at->text() : ""},
                                 {"audience", std::string(tmf::to_text(report.question.audience))},
                                 {"model", report.model},
                                 {"edl", tmf::expected_text(report)},
                                 {"filter", tmf::filter_text(report.question)},
                                 {"tool", report.tool}});
        for (const auto& [name, value] : report.settings)
            empty("setting", {{"name", replace_all(name, "_", " ")}, {"value", tmf::cell_text(value)}});
        for (const tmf::ReportFigure& figure : report.figures)
            empty("figure", {{"key", figure.key}, {"label", figure.label}, {"value", tmf::figure_text(figure)}, {"from", figure.from}});
        for (const ReportTable& table : report.tables) write_table(table);
        for (const Finding& f : report.findings)
            empty("finding", {{"rule", f.rule},
                              {"severity", f.severity},
                              {"place", f.path + (f.location.empty() ? "" : " " + f.location)},
                              {"message", f.message},
                              {"remedy", f.remedy}});
        for (const std::string& note : report.notes) writer_.text_element("note", note);
        writer_.text_element("css", css);
        writer_.text_element("script", script);
        return writer_.finish();
    }

private:
    void empty(const std::string& name, const std::vector<XmlAttribute>& attributes) { write_empty(writer_, name, attributes); }

    void write_table(const ReportTable& table) {
        const PaperColumns paper = paper_columns(table);
        writer_.start("table", {{"key", table.key}, {"title", table.title}, {"note", table.note}, {"tight", paper.tight ? "yes" : ""}});
        for (const tmf::ReportColumn& column : table.columns)
            empty("column", {{"key", column.key}, {"title", column.title}, {"kind", std::string(kind_word(column.kind))}});
        for (const auto& part : paper.parts) {
            std::string columns = " ";
            for (const std::size_t column : part) columns += fill("{} ", column + 1);
            empty("part", {{"columns", columns}});
        }
        for (const auto& cells : table.rows) {
            writer_.start("row");
            for (std::size_t i = 0; i < cells.size(); ++i) write_cell(tmf::cell_text(cells[i]), table.columns[i]);
            writer_.end();
        }
        writer_.end();
    }

    void write_cell(const std::string& text, const tmf::ReportColumn& column) {
        std::string kind(kind_word(column.kind));
        if (with_long_word(text)) kind += " long";
        writer_.text_element("cell", text, {{"key", column.key}, {"kind", kind}});
    }

    XmlWriter writer_;
};

} // namespace

std::string report_text(const Report& report) {
    std::string text = head_text(report);
    std::vector<std::vector<std::string>> figures;
    for (const tmf::ReportFigure& figure : report.figures)
        figures.push_back({figure.label, tmf::figure_text(figure), figure.from.empty() ? "" : "(" + figure.from + ")"});
    if (!figures.empty()) text += text_table({"figure", "value", ""}, figures);
    for (const ReportTable& table : report.tables) text += table_text(table);
    for (const Finding& f : report.findings)
        text += fill("\n{}  {}  {} {}\n  {}\n  -> {}\n", f.severity, f.rule, one_line(f.path), one_line(f.location), one_line(f.message),
                     one_line(f.remedy));
    for (const std::string& note : report.notes) text += "\n" + one_line(note) + "\n";
    return text;
}

Result<std::string> report_html(const Context& context, const Report& report) {
    DOSSIER_TRY(const std::string css, context.templates.read("pages/page.css"));
    DOSSIER_TRY(const std::string script, context.templates.read("pages/sort.js"));
    const bool card = report.kind == "site" && !report.question.site.empty();
    const std::string subject = subject_of(report.study, report.title, report.question);
    if (card) return make_page(context, "pages/site.xsl", ReportXml().write(report, subject, css, script)); // one sheet
    return make_page(context, "pages/report.xsl", ReportXml().write(report, subject, css + running_line(subject), script));
}

Rendering report_rendering(const Context& context, const Report& report) {
    Rendering rendering;
    rendering.text = [&] { return report_text(report); };
    rendering.json = [&] { return tmf::to_json(report); };
    rendering.sheets = [&] { return tmf::to_sheets(report); };
    rendering.csv_sheet = [&] { return tmf::to_csv_sheet(report); };
    rendering.html = [&] { return report_html(context, report); };
    return rendering;
}

} // namespace dossier::cli
