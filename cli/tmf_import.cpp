#include "cli/tmf_filed.hpp"

#include <algorithm>

#include "core/path.hpp"
#include "core/table_head.hpp"
#include "core/text.hpp"
#include "core/xlsx_cut.hpp"
#include "tmf/list_date.hpp"

namespace dossier::cli {

namespace {

// A number of days is written as the day it counts: the rejects no longer know from which year the workbook counted.
// What was a fault of the row is one again, until somebody has mended it.
std::string cell_of(const TableRow& row, const std::string& column, const LostCells& lost) {
    if (const auto found = lost.by_column.find(column); found != lost.by_column.end()) return found->second;
    const std::string text = row.cell(column);
    static const std::vector<std::string> days = {"date",     "expires",  "received",  "final",
                                                  "accepted", "rejected", "withdrawn", "copy_certified_on"};
    if (std::find(days.begin(), days.end(), column) == days.end()) return text;
    const auto counted = tmf::date_of_day_number(text, row.counts_from_1904);
    if (counted) return counted->date.text() + (counted->time.empty() ? "" : " " + counted->time);
    const auto time = row.times.find(column);
    return time == row.times.end() ? text : text + " " + time->second;
}

// The refused rows as a list that can be mended and imported again: `row` and `problem` are ignored then.
Result<void> write_rejects(Context& context, const std::string& path, const Table& table, const TableHead& head,
                           const std::vector<tmf::RefusedRow>& refused) {
    static const LostCells nothing;
    Sheet sheet{"refused", table.header, {}};
    std::erase_if(sheet.header, [](const std::string& name) { return name == "row" || name == "problem"; });
    const std::size_t columns = sheet.header.size();
    sheet.header.emplace_back("row");
    sheet.header.emplace_back("problem");
    for (const tmf::RefusedRow& item : refused) {
        std::vector<SheetCell> cells;
        const auto found = head.lost.find(item.row.number);
        const LostCells& lost = found == head.lost.end() ? nothing : found->second;
        for (std::size_t i = 0; i < columns; ++i) cells.emplace_back(cell_of(item.row, sheet.header[i], lost));
        cells.emplace_back(item.row.number);
        std::vector<std::string> problems;
        for (const Error& error : item.errors)
            problems.push_back((error.where.column.empty() ? "" : error.where.column + ": ") + error.message +
                               (error.remedy.empty() ? "" : " (" + error.remedy + ")"));
        cells.emplace_back(join(problems, " | "));
        cells.insert(cells.end(), lost.beyond.begin(), lost.beyond.end()); // under no column name, as they were
        sheet.rows.push_back(std::move(cells));
    }
    if (ends_with(to_lower(path), ".xlsx")) {
        for (const CutCell& cut : cut_cells({sheet}))
            print_note(context, fill("note: {}, row {}, column {}: cut, a cell of an XLSX holds {} characters and this text has {}; as a "
                                     "CSV the refused rows hold all of it",
                                     path, cut.row, cut.column, most_cell_characters, cut.characters));
        return write_xlsx(path, {sheet});
    }
    return write_file_durably(*context.fs, path, to_csv(sheet));
}

// Before anything is filed: the refused rows must not get lost, nor replace what is there.
Result<void> check_rejects(Context& context, const std::string& rejects, const std::string& list) {
    if (rejects.empty()) return {};
    DOSSIER_CHECK(check_target(context, rejects));
    if (path::normalise(rejects) == path::normalise(list))
        return Error(ErrorKind::usage, "--rejects would overwrite the list itself", {rejects}, "name another file");
    if (const std::string folder = path::parent(rejects); !folder.empty() && !is_folder(*context.fs, folder))
        return Error(ErrorKind::not_found, "there is no such folder; nothing was filed", {folder},
                     "--rejects names a file in a folder that is there");
    if (is_folder(*context.fs, rejects))
        return Error(ErrorKind::usage, "--rejects names a folder; nothing was filed", {rejects}, "name a file in it");
    return {};
}

// Rows that an earlier run refused may have been mended in it since: it is kept beside, under the next free number.
Result<void> keep_earlier(Context& context, const std::string& rejects) {
    if (!exists(*context.fs, rejects)) return {};
    const std::string name = path::extension(rejects), ending = name.empty() ? "" : "." + name;
    const std::string stem = rejects.substr(0, rejects.size() - ending.size());
    for (int number = 1;; ++number) {
        const std::string kept = fill("{}-{}{}", stem, number, ending);
        if (exists(*context.fs, kept)) continue;
        DOSSIER_CHECK(context.fs->rename(rejects, kept));
        print_note(context, fill("note: {} was there; what it held is {} now", rejects, kept));
        return {};
    }
}

} // namespace

Command make_tmf_import() {
    struct Options_ {
        std::string list, sheet, study, files, rejects;
        bool keep_going = false;
    };
    auto options = std::make_shared<Options_>();
    Command command;
    command.name = "tmf import";
    command.right = "document.file";
    command.forms = {"text", "json"};
    command.summary = "File the documents of a list (CSV or XLSX), all or none";
    command.example = "dossier tmf import LIST.xlsx --study CDISCPILOT01";
    command.declare = [options](Options& list) {
        list.text("LIST", options->list,
                  "Columns: file, artifact, title, country, site, person, event, date, expires, document, version, status, ...", true);
        list.text("--sheet", options->sheet, "The sheet of the workbook; needed where several hold a list");
        list.text("--study", options->study, "The study's id", true);
        list.text("--files", options->files,
                  "The folder the list's files lie in (default: the list's own); absolute paths below it are accepted");
        list.flag("--keep-going", options->keep_going, "File the good rows, refuse the others");
        list.text("--rejects", options->rejects, "Write the refused rows with what is wrong here (CSV or XLSX)");
    };
    command.run = [options](Context& context) -> Result<int> {
        if (!options->rejects.empty() && !options->keep_going)
            return Error(ErrorKind::usage, "--rejects goes with --keep-going: without it nothing is filed when a row is wrong");
        if (!options->files.empty() && !is_folder(*context.fs, options->files))
            return Error(ErrorKind::not_found, "there is no such folder", {options->files},
                         "--files names the folder that the list's files lie in");
        TableHead head;
        head.keep_faulty_rows = true;
        head.sheet_option = "--sheet";
        DOSSIER_TRY(const Table table, read_table(*context.fs, options->list, tmf::list_columns(), options->sheet, head));
        for (const std::string& note : table.notes) print_note(context, "note: " + options->list + ": " + note);
        if (table.rows.empty())
            return Error(ErrorKind::invalid, "the list has no rows", {options->list}, "write a row for each document below the headings");
        DOSSIER_CHECK(check_rejects(context, options->rejects, options->list));
        DOSSIER_TRY(const auto session, open_study(context, options->study, tmf::Repository::Access::write));
        tmf::RowContext rows = session->row_context(context, options->files.empty() ? path::parent(options->list) : options->files);
        rows.any_absolute = !options->files.empty();
        tmf::FilingOptions filing;
        filing.keep_going = options->keep_going;
        filing.jobs = context.jobs > 1 ? context.jobs * 4 : 1; // most of the time is spent waiting for the disk
        filing.progress = [&context](std::size_t done, std::size_t all) { print_progress(context, fill("stored {} of {}", done, all)); };
        auto outcome = tmf::file_rows(*session->repository, rows, table, filing);
        print_progress(context, "");
        if (!outcome) return outcome.error();
        if (!options->rejects.empty()) {
            auto written = keep_earlier(context, options->rejects);
            if (written) written = write_rejects(context, options->rejects, table, head, outcome->refused);
            if (!written) {
                written.error().message += "; the good rows were filed";
                written.error().remedy = "import the list again with another --rejects: what is filed is recognised";
                return written.error();
            }
        }
        return show_filed(context, *outcome, true);
    };
    return command;
}

} // namespace dossier::cli
