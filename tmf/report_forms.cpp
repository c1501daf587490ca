// The forms of a report that any program can read: JSON and sheets.
#include "tmf/report.hpp"

#include "core/text.hpp"
#include "tmf/head_columns.hpp"

namespace dossier::tmf {

namespace {

std::string tenths_text(std::int64_t tenths) { return fill("{}.{}", tenths / 10, tenths % 10); }

Json cell_json(const ReportCell& cell) {
    if (const auto* text = std::get_if<std::string>(&cell)) return *text;
    if (const auto* number = std::get_if<std::int64_t>(&cell)) return *number;
    if (const auto* date = std::get_if<Date>(&cell)) return date->text();
    if (const auto* tenths = std::get_if<Tenths>(&cell)) return static_cast<double>(tenths->value) / 10;
    if (const auto* texts = std::get_if<std::vector<std::string>>(&cell)) return Json::texts(*texts);
    return {};
}

SheetCell sheet_cell(const ReportCell& cell) {
    if (const auto* number = std::get_if<std::int64_t>(&cell)) return *number;
    if (const auto* tenths = std::get_if<Tenths>(&cell)) return static_cast<double>(tenths->value) / 10;
    if (const auto* date = std::get_if<Date>(&cell)) return SheetCell::date(date->text());
    return cell_text(cell);
}

Json figure_json(const ReportFigure& figure) {
    if (const auto* cell = std::get_if<ReportCell>(&figure.value)) return cell_json(*cell);
    const Total& total = std::get<Total>(figure.value);
    return Json::object({{"expected", total.expected}, {"satisfied", total.satisfied}, {"percent", total.percent()}});
}

Json table_json(const ReportTable& table) {
    Json rows = Json::array();
    for (const auto& cells : table.rows) {
        Json row = Json::object();
        for (std::size_t i = 0; i < table.columns.size(); ++i) row.set(table.columns[i].key, cell_json(cells[i]));
        rows.push(std::move(row));
    }
    return rows;
}

Json findings_json(const std::vector<Finding>& findings) {
    Json list = Json::array();
    for (const Finding& f : findings)
        list.push(Json::object({{"rule", f.rule},
                                {"number", f.number},
                                {"severity", f.severity},
                                {"path", f.path},
                                {"location", f.location},
                                {"message", f.message},
                                {"remedy", f.remedy}}));
    return list;
}

Sheet table_sheet(const ReportTable& table) {
    Sheet sheet;
    sheet.name = table.title;
    for (const ReportColumn& column : table.columns) sheet.header.push_back(column.key);
    for (const auto& cells : table.rows) {
        auto& row = sheet.rows.emplace_back();
        for (const ReportCell& cell : cells) row.push_back(sheet_cell(cell));
    }
    return sheet;
}

Sheet findings_sheet(const std::vector<Finding>& findings) {
    Sheet sheet{"Findings", {"rule", "number", "severity", "path", "location", "message", "remedy"}, {}};
    for (const Finding& f : findings) sheet.rows.push_back({f.rule, f.number, f.severity, f.path, f.location, f.message, f.remedy});
    return sheet;
}

Sheet summary_sheet(const Report& report) {
    Sheet sheet{"Summary", {"what", "value", "made of"}, {}};
    const auto add = [&sheet](const std::string& what, const SheetCell& value, const std::string& from = {}) {
        sheet.rows.push_back({what, value, from});
    };
    add("report", report.title);
    if (!report.study.empty()) add("study", report.study + " " + report.study_title);
    add("as of", SheetCell::date(report.question.as_of.text()));
    if (report.question.known_at) add("known at", SheetCell::date(report.question.known_at->text()));
    add("audience", std::string(to_text(report.question.audience)));
    if (const std::string filter = filter_text(report.question); !filter.empty()) add("only", filter);
    for (const auto& [name, value] : report.settings) add(replace_all(name, "_", " "), sheet_cell(value));
    if (!report.model.empty()) add("reference model", report.model);
    if (!report.edl.empty()) add("expected documents", expected_text(report));
    add("tool", report.tool);
    for (const ReportFigure& figure : report.figures) {
        const auto* cell = std::get_if<ReportCell>(&figure.value);
        add(figure.unit.empty() ? figure.label : fill("{} ({})", figure.label, figure.unit),
            cell ? sheet_cell(*cell) : SheetCell(figure_text(figure)), figure.from);
    }
    for (const std::string& note : report.notes) add("note", note);
    return sheet;
}

} // namespace

void count_row(const CompletenessRow& row, Date as_of, Total& due, Total& whole) {
    if (row.state == SlotState::waived) return;
    whole.expected += row.expected;
    whole.satisfied += row.satisfied;
    if (!row.due || *row.due > as_of) return;
    due.expected += row.expected;
    due.satisfied += row.satisfied;
}

ReportCell percent_cell(const Total& total) { return Tenths{total.tenths(), total.expected == 0}; }
ReportCell share_cell(const Total& total) { return total.expected == 0 ? ReportCell() : percent_cell(total); }

std::string cell_text(const ReportCell& cell) {
    if (const auto* text = std::get_if<std::string>(&cell)) return *text;
    if (const auto* number = std::get_if<std::int64_t>(&cell)) return std::to_string(*number);
    if (const auto* date = std::get_if<Date>(&cell)) return date->text();
    if (const auto* tenths = std::get_if<Tenths>(&cell)) return tenths->of_nothing ? "n/a" : tenths_text(tenths->value);
    if (const auto* texts = std::get_if<std::vector<std::string>>(&cell)) return join(*texts, "; ");
    return "";
}

std::string figure_text(const ReportFigure& figure) {
    if (const auto* total = std::get_if<Total>(&figure.value)) return total->text();
    const std::string text = cell_text(std::get<ReportCell>(figure.value));
    if (text.empty()) return "n/a";
    return figure.unit.empty() ? text : text + " " + figure.unit;
}

std::string filter_text(const CompletenessQuestion& question) {
    std::vector<std::string> parts;
    const auto add = [&parts](const char* what, const std::string& value) {
        if (!value.empty()) parts.push_back(what + value);
    };
    add("country ", question.country);
    add("site ", question.site);
    add("milestone ", question.milestone);
    return join(parts, ", ");
}

std::string expected_text(const Report& report) { // as completeness names them
    std::string text = "EDL@" + report.edl;
    for (const std::string& list : report.lists) text += ", " + list;
    return text;
}

Json to_json(const Report& report) {
    Json json = Json::object();
    const CompletenessQuestion& q = report.question;
    json.set("report_version", 1).set("report", report.kind).set("title", report.title).set("study", report.study);
    json.set("as_of", q.as_of.text()).set("known_at", q.known_at ? Json(q.known_at->text()) : Json());
    json.set("audience", to_text(q.audience)).set("model", report.model).set("edl", report.edl).set("lists", Json::texts(report.lists));
    json.set("tool", report.tool);
    json.set("filter", Json::object({{"country", q.country}, {"site", q.site}, {"milestone", q.milestone}}));
    Json settings = Json::object(), figures = Json::object(), made_of = Json::object(), tables = Json::object();
    for (const auto& [name, value] : report.settings) settings.set(name, cell_json(value));
    for (const ReportFigure& figure : report.figures) {
        figures.set(figure.key, figure_json(figure));
        made_of.set(figure.key, figure.from);
    }
    for (const ReportTable& table : report.tables) tables.set(table.key, table_json(table));
    json.set("settings", std::move(settings)).set("figures", std::move(figures)).set("tables", std::move(tables));
    json.set("findings", findings_json(report.findings)).set("notes", Json::texts(report.notes));
    json.set("made_of", std::move(made_of));
    return json;
}

std::vector<Sheet> to_sheets(const Report& report) {
    std::vector<Sheet> sheets;
    for (const ReportTable& table : report.tables) sheets.push_back(table_sheet(table));
    if (!report.findings.empty()) sheets.push_back(findings_sheet(report.findings));
    sheets.push_back(summary_sheet(report));
    return sheets;
}

Sheet to_csv_sheet(const Report& report) {
    HeadColumns columns = {{"report", report.title}, {"study", report.study}};
    add_question(columns, report.question);
    columns.emplace_back("model", report.model);
    columns.emplace_back("edl", expected_text(report));
    for (const auto& [name, value] : report.settings) columns.emplace_back(name, sheet_cell(value));
    columns.emplace_back("tool", report.tool);
    Sheet sheet = table_sheet(report.tables.front());
    add_head(sheet, columns);
    return sheet;
}

} // namespace dossier::tmf
