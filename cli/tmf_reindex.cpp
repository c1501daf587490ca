#include "cli/horizon.hpp"
#include "cli/named_document.hpp"
#include "cli/tmf_session.hpp"

#include <algorithm>

#include "core/one_line.hpp"
#include "core/table_head.hpp"
#include "core/text.hpp"
#include "tmf/review.hpp"

namespace dossier::cli {

namespace {

struct ReindexOptions {
    std::string target, sheet, reason;
    bool dry_run = false;
    std::vector<std::pair<std::string, std::string>> cells;
};

// What `tmf list` shows and a correction does not change. Such a list, edited, comes back with all its columns.
const std::vector<std::string>& left_columns() {
    static const std::vector<std::string> names = {"state",     "name",    "received", "final",        "accepted",   "rejected",
                                                   "withdrawn", "pointer", "external", "carried_over", "media_type", "file",
                                                   "size",      "sha256",  "filed_at", "filed_by"};
    return names;
}

// Those of corrections; and of a list that `tmf list` made.
std::vector<TableColumn> columns_of_list() {
    std::vector<TableColumn> columns = tmf::correction_columns();
    columns.push_back({"label", {}, false});
    for (const std::string& name : left_columns()) columns.push_back({name, {}, false});
    return columns;
}

bool has_column(const Table& table, const std::string& name) {
    return std::find(table.header.begin(), table.header.end(), name) != table.header.end();
}

void note_left_columns(Context& context, const Table& table) {
    std::vector<std::string> left;
    for (const std::string& name : left_columns())
        if (has_column(table, name)) left.push_back(name);
    if (!left.empty()) print_note(context, fill("note: {}: not corrected, whatever is said there: {}", table.path, join(left, ", ")));
}

// Beside a column label, version is the number that `tmf list` shows, and label what the version is called.
std::optional<Error> take_number(const Table& table, const TableRow& row, tmf::Correction& correction) {
    const std::string text = row.cell("version"), label = row.cell("label");
    correction.cells.erase("version");
    correction.cells.erase("label");
    if (!label.empty()) correction.cells["version"] = label;
    if (text.empty()) return std::nullopt;
    const auto named = tmf::parse_version_reference(fill("{}@{}", tmf::document_id(correction.version.document), text));
    if (!named)
        return Error(
            ErrorKind::invalid, fill("\"{}\" is no number of a version", text), table.place(row, "version"),
            "beside a column label, version is the number that 'dossier tmf list' shows; write in label what the version is called");
    if (correction.version.version != 0 && correction.version.version != named->version)
        return Error(ErrorKind::invalid, fill("version is {} here, and document says {}", text, row.cell("document")),
                     table.place(row, "version"), "clear one of the two");
    correction.version.version = named->version;
    return std::nullopt;
}

// D-000012, a label; else a list, also where a label is called like its file.
bool names_list(const Context& context, const std::string& target) {
    const std::string name = to_lower(target);
    return !tmf::parse_version_reference(target) && (exists(*context.fs, target) || ends_with(name, ".csv") || ends_with(name, ".xlsx"));
}

Result<std::vector<tmf::Correction>> from_list(Context& context, const std::string& path, const std::string& sheet) {
    TableHead head;
    head.sheet_option = "--sheet";
    DOSSIER_TRY(const Table table, read_table(*context.fs, path, columns_of_list(), sheet, head));
    for (const std::string& note : table.notes) print_note(context, "note: " + path + ": " + note);
    note_left_columns(context, table);
    std::vector<tmf::Correction> corrections;
    std::vector<Error> errors;
    NamedDocuments documents(context);
    for (const TableRow& row : table.rows) {
        tmf::Correction correction;
        correction.where = table.place(row);
        const auto reference = documents.find(row.cell("document"));
        if (!reference) {
            errors.push_back(reference.error());
            errors.back().where = table.place(row, "document");
            continue;
        }
        correction.version = *reference;
        correction.cells = row.cells;
        correction.cells.erase("document");
        for (const std::string& name : left_columns()) correction.cells.erase(name);
        if (has_column(table, "label"))
            if (auto error = take_number(table, row, correction)) errors.push_back(std::move(*error));
        corrections.push_back(std::move(correction));
    }
    if (errors.empty() && corrections.empty())
        return Error(ErrorKind::invalid, "the list has no rows", {path}, "write a row for each version to be corrected below the headings");
    if (errors.empty()) return corrections;
    Error all(ErrorKind::invalid, fill("{} errors; nothing was changed", errors.size()), {path});
    all.details = std::move(errors);
    return all;
}

Result<std::vector<tmf::Correction>> from_options(const Context& context, const ReindexOptions& options) {
    tmf::Correction correction;
    DOSSIER_TRY(correction.version, NamedDocuments(context).find(options.target));
    for (const auto& [column, value] : options.cells)
        if (!value.empty()) correction.cells[column] = value;
    if (correction.cells.empty())
        return Error(ErrorKind::usage, "what is to be corrected?", {}, "give --artifact, --site, --date ... with the right value");
    return std::vector<tmf::Correction>{correction};
}

Json reopened_json(const std::vector<tmf::ReopenedCheck>& checks) {
    Json list = Json::array();
    for (const tmf::ReopenedCheck& check : checks)
        list.push(Json::object({{"version", check.version},
                                {"step", "index"},
                                {"passed", check.passed_on},
                                {"by", check.passed_by},
                                {"accepted", check.accepted ? check.accepted->text() : ""}}));
    return list;
}

Result<int> run_reindex(Context& context, const ReindexOptions& options) {
    const bool is_list = names_list(context, options.target);
    if (!is_list && !options.sheet.empty())
        return Error(ErrorKind::usage, "--sheet names a sheet of a list, and one document is given", {}, "leave --sheet out");
    DOSSIER_TRY(const auto corrections, is_list ? from_list(context, options.target, options.sheet) : from_options(context, options));
    DOSSIER_TRY(const auto session, open_study_of(context, corrections.front().version,
                                                  options.dry_run ? tmf::Repository::Access::read : tmf::Repository::Access::write));
    tmf::RowContext rows = session->row_context(context, "");
    rows.is_filed = true;
    DOSSIER_TRY(const auto done,
                tmf::reindex(*session->repository, rows, corrections, options.reason, horizon_of(context), options.dry_run));
    for (const tmf::Corrected& item : done)
        for (const std::string& change : item.changes)
            if (!options.dry_run && starts_with(change, "restricted"))
                print_note(context, fill("note: {} is hidden from now on; what was stored of it before is not sealed, whoever reads the "
                                         "files of the repository can still find it (docs/access.md)",
                                         item.version));
    for (const tmf::Corrected& item : done)
        for (const std::string& note : item.notes) print_note(context, fill("note: {}: {}", item.version, note));
    Rendering rendering;
    rendering.text = [&] {
        std::string text;
        for (const tmf::Corrected& item : done) {
            for (const std::string& change : item.changes) text += fill("{}  {}\n", item.version, one_line(change));
            for (const tmf::ReopenedCheck& check : item.reopened)
                for (const std::string& line : check.lines()) text += fill("{}  {}\n", check.version, one_line(line));
        }
        const auto corrected = std::count_if(done.begin(), done.end(), [](const auto& item) { return !item.changes.empty(); });
        return text +
               fill("{} {}\n", corrected, std::string_view(options.dry_run ? "would be corrected; nothing was changed" : "corrected"));
    };
    rendering.json = [&] {
        Json list = Json::array();
        for (const tmf::Corrected& item : done) {
            if (item.changes.empty()) continue;
            list.push(Json::object({{"version", item.version},
                                    {"changes", Json::texts(item.changes)},
                                    {"reopened", reopened_json(item.reopened)},
                                    {"notes", Json::texts(item.notes)}}));
        }
        return Json::object({{"dry_run", options.dry_run}, {"corrected", std::move(list)}});
    };
    DOSSIER_CHECK(emit(context, rendering));
    return exit_done;
}

} // namespace

Command make_tmf_reindex() {
    auto options = std::make_shared<ReindexOptions>();
    for (const TableColumn& column : tmf::correction_columns())
        if (column.name != "document") options->cells.emplace_back(column.name, "");
    Command command;
    command.name = "tmf reindex";
    command.right = "document.reindex";
    command.forms = {"text", "json"};
    command.summary = "Correct what a document was filed as; its bytes stay";
    command.example = "dossier tmf reindex D-000012 --site 702 --reason 'filed at the wrong site'";
    command.declare = [options](Options& list) {
        list.text("DOC", options->target,
                  "D-000012, D-000012@1, the label that a list gave it, or a list (CSV, XLSX) with a column document", true);
        for (auto& [column, value] : options->cells)
            list.text("--" + replace_all(column, "_", "-"), value,
                      "The right " + column + (tmf::may_be_emptied(column) ? "; - empties it" : ""));
        list.text("--sheet", options->sheet, "The sheet of the workbook; needed where several hold a list");
        list.flag("--dry-run", options->dry_run, "Show what would change, change nothing");
        list.text("--reason", options->reason, "Why it was wrong; stays in the audit trail", true);
    };
    command.run = [options](Context& context) -> Result<int> { return run_reindex(context, *options); };
    return command;
}

} // namespace dossier::cli
