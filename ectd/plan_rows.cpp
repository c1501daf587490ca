#include "ectd/plan_rows.hpp"

#include <algorithm>

#include "core/table.hpp"
#include "core/text.hpp"

namespace dossier::ectd {

namespace {

// XML attributes whose column has another name; all others only change '-' to '_'.
const std::map<std::string, std::string>& renamed_attributes() {
    static const std::map<std::string, std::string> names{{"product-name", "product"}, {"dosageform", "dosage_form"}};
    return names;
}

const std::vector<std::string>& heading_attributes() {
    static const std::vector<std::string> names{"substance",
                                                "manufacturer",
                                                "product-name",
                                                "dosageform",
                                                "indication",
                                                "excipient",
                                                "promotional-material-audience-type",
                                                "promotional-material-doc-type",
                                                "promotional-material-type",
                                                "material-id",
                                                "issue-date"};
    return names;
}

// Spreadsheets turn 1.2 into a number and 2.7.3 into a date or text with a blank; only what is certain is undone.
std::string tidy_section(std::string text) {
    if (!text.empty() && (text.front() == 'm' || text.front() == 'M') && text.size() > 1 && text[1] >= '0' && text[1] <= '9')
        text.erase(0, 1);
    while (!text.empty() && text.back() == '.') text.pop_back();
    return text;
}

std::vector<TableColumn> columns() {
    std::vector<TableColumn> list;
    for (const std::string& name : plan_columns()) list.push_back({name, {}, name == "section"});
    auto synonyms = [&list](const std::string& name, std::vector<std::string> words) {
        for (TableColumn& column : list)
            if (column.name == name) column.synonyms = std::move(words);
    };
    synonyms("product", {"product_name"});
    synonyms("dosage_form", {"dosageform"});
    synonyms("study", {"study_id"});
    synonyms("language", {"lang"});
    synonyms("extension", {"node_extension"});
    synonyms("note", {"notes", "comment", "what_belongs_here"});
    return list;
}

} // namespace

const std::vector<std::string>& plan_columns() {
    static const std::vector<std::string> names{"section",
                                                "title",
                                                "source",
                                                "path",
                                                "study",
                                                "file_tag",
                                                "substance",
                                                "manufacturer",
                                                "product",
                                                "dosage_form",
                                                "indication",
                                                "excipient",
                                                "language",
                                                "country",
                                                "form_type",
                                                "document_type",
                                                "site",
                                                "id",
                                                "operation",
                                                "replaces",
                                                "note",
                                                "promotional_material_audience_type",
                                                "promotional_material_doc_type",
                                                "promotional_material_type",
                                                "material_id",
                                                "issue_date",
                                                "extension"};
    return names;
}

bool is_rare_column(const std::string& column) {
    return starts_with(column, "promotional_") || column == "material_id" || column == "issue_date" || column == "extension";
}

std::string column_of_attribute(const std::string& attribute) {
    const auto found = renamed_attributes().find(attribute);
    if (found != renamed_attributes().end()) return found->second;
    return replace_all(attribute, "-", "_");
}

std::vector<std::string> split_titles(const std::string& cell) {
    std::vector<std::string> titles;
    std::string title;
    const auto end_title = [&] {
        if (const std::string_view text = trim(title); !text.empty()) titles.emplace_back(text);
        title.clear();
    };
    for (std::size_t i = 0; i < cell.size(); ++i) {
        if (cell[i] == '\\' && i + 1 < cell.size() && (cell[i + 1] == '>' || cell[i + 1] == '\\'))
            title += cell[++i];
        else if (cell[i] == '>')
            end_title();
        else
            title += cell[i];
    }
    end_title();
    return titles;
}

std::string join_titles(const std::vector<std::string>& titles) {
    std::vector<std::string> parts;
    for (const std::string& title : titles) parts.push_back(replace_all(replace_all(title, "\\", "\\\\"), ">", "\\>"));
    return join(parts, " > ");
}

Place PlanRow::at(const std::string& column) const {
    Place result = place;
    result.column = column;
    return result;
}

Result<PlanTable> read_plan(FileSystem& fs, const std::string& path) {
    DOSSIER_TRY(const Table table, read_table(fs, path, columns()));
    PlanTable plan;
    plan.path = path;
    plan.notes = table.notes;
    for (const TableRow& row : table.rows) {
        PlanRow item;
        item.place = table.place(row);
        item.section = tidy_section(row.cell("section"));
        item.section_is_number = row.plain_numbers.count("section") > 0;
        item.title = row.cell("title");
        item.source = row.cell("source");
        item.path = row.cell("path");
        item.study = row.cell("study");
        item.file_tags = split(row.cell("file_tag"), ';');
        item.extensions = split_titles(row.cell("extension"));
        item.language = row.cell("language");
        item.country = row.cell("country");
        item.form_type = row.cell("form_type");
        item.document_type = row.cell("document_type");
        item.site = row.cell("site");
        item.id = row.cell("id");
        item.operation = to_lower(row.cell("operation"));
        item.replaces = row.cell("replaces");
        item.note = row.cell("note");
        for (const std::string& attribute : heading_attributes())
            if (const std::string value = row.cell(column_of_attribute(attribute)); !value.empty()) item.attributes[attribute] = value;
        plan.rows.push_back(std::move(item));
    }
    return plan;
}

} // namespace dossier::ectd
