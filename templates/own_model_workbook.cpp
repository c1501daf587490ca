// Reads the rows of a reference-model workbook by unique identifier, over the rows of the model it is based on.
#include "templates/own_model.hpp"

#include <algorithm>
#include <map>

#include "core/digest.hpp"
#include "core/path.hpp"
#include "core/table_head.hpp"
#include "core/text.hpp"
#include "templates/artifact_origin.hpp"
#include "templates/own_model_columns.hpp"
#include "templates/tmf_model_table.hpp"

namespace dossier::templates {

namespace {

std::string one_line(std::string text, std::string_view between) {
    text = replace_all(replace_all(std::move(text), "\r", ""), "\t", " ");
    std::vector<std::string> parts;
    for (const std::string& part : split(text, '\n'))
        if (!part.empty()) parts.push_back(part);
    return join(parts, between);
}

using Cells = std::map<std::string, std::string>; // of a row of the stored table

class WorkbookReader {
public:
    WorkbookReader(const Table& table, const Tsv& base, const TmfCatalogue& known, const WorkbookWish& wish)
        : table_(table), known_(known), wish_(wish) {
        for (const TsvRow& row : base.rows) {
            Cells cells;
            for (std::size_t i = 0; i < row.cells.size(); ++i) cells[base.header[i]] = row.cells[i];
            zone_names_.emplace(cells["zone"], cells["zone_name"]);
            section_names_.emplace(cells["section"], cells["section_name"]);
            base_.emplace(cells["unique_id"], std::move(cells));
        }
    }

    Result<std::map<std::string, Cells>> read() {
        for (const TableRow& row : table_.rows) read_row(row);
        if (table_.rows.empty()) errors_.emplace_back(ErrorKind::invalid, "the sheet has no rows", Place{table_.path, table_.sheet});
        if (errors_.empty()) return std::move(rows_);
        if (errors_.size() == 1) return errors_.front();
        Error all(ErrorKind::invalid, fill("the model has {} errors; nothing was taken", errors_.size()), {table_.path, table_.sheet});
        all.details = std::move(errors_);
        return all;
    }
    std::size_t other_definitions() const { return other_definitions_; }
    const std::vector<std::string>& notes() const { return notes_; }

private:
    void fail(const TableRow& row, const std::string& column, const std::string& message, const std::string& remedy) {
        errors_.emplace_back(ErrorKind::invalid, message, table_.place(row, column), remedy);
    }
    bool has(const std::string& column) const {
        return std::find(table_.header.begin(), table_.header.end(), column) != table_.header.end();
    }

    void read_row(const TableRow& row) {
        if (row.cell("unique_id").empty() && row.cell("artifact").empty()) return; // a heading of a zone, a remark
        const std::string id = read_id(row);
        const std::string number = row.cell("artifact");
        const bool is_number = number.size() == 8 && number[2] == '.' && number[5] == '.' && replace_all(number, ".", "").size() == 6 &&
                               number.find_first_not_of("0123456789.") == std::string::npos;
        if (!is_number)
            fail(row, "artifact", fill("\"{}\" is no artifact number", number),
                 "write zone, section and artifact with two digits each: 02.01.02; format the column as text");
        if (row.cell("name").empty()) fail(row, "name", "the artifact has no name", "give its name");
        if (id.empty() || !is_number) return;
        if (const auto [first, is_new] = lines_.emplace(number, row.number); !is_new)
            return fail(row, "artifact", fill("number {} stands already in row {}", number, first->second),
                        "each artifact has a number of its own");
        const auto base = base_.find(id);
        Cells cells = base == base_.end() ? new_artifact() : base->second;
        cells["unique_id"] = id;
        take_place(row, number, cells);
        take_texts(row, base != base_.end(), cells);
        take_flags(row, cells);
        if (base == base_.end()) take_protection(row, cells);
        if (cells["trial"] != "yes" && cells["country"] != "yes" && cells["site"] != "yes")
            fail(row, has("trial") ? "trial" : "unique_id", fill("artifact {} is filed at no level", id),
                 "mark trial, country or site with X");
        rows_[id] = std::move(cells);
    }

    std::string read_id(const TableRow& row) {
        std::string id = row.cell("unique_id");
        if (id.empty() || id.size() > 3 || id.find_first_not_of("0123456789") != std::string::npos || std::stoi(id) == 0) {
            fail(row, "unique_id", id.empty() ? "the unique identifier is missing" : fill("\"{}\" is no unique identifier", id),
                 "it is a number from 001 to 999, and never changes");
            return {};
        }
        id.insert(0, 3 - id.size(), '0'); // a spreadsheet drops the zeros
        const auto [first, is_new] = ids_.emplace(id, row.number);
        if (is_new) return id;
        fail(row, "unique_id", fill("unique identifier {} stands already in row {}", id, first->second),
             "each artifact has one of its own; a split gives the new part a new one");
        return {};
    }

    static Cells new_artifact() {
        Cells cells;
        for (const std::string& column : model_table_columns()) cells[column] = "";
        for (const char* flag : {"core", "sponsor", "investigator", "device_sponsor", "device_investigator", "trial", "country", "site",
                                 "restricted", "expiring", "person_scoped", "facility_scoped", "vendor_scoped", "isf_only"})
            cells[flag] = "no";
        return cells;
    }

    void take_place(const TableRow& row, const std::string& number, Cells& cells) {
        cells["artifact"] = number;
        cells["zone"] = number.substr(0, 2);
        cells["section"] = number.substr(0, 5);
        const auto name = [&](const std::string& column, const std::string& key, std::map<std::string, std::string>& known) {
            if (!row.cell(column).empty()) known[key] = one_line(row.cell(column), " ");
            cells[column] = known.count(key) > 0 ? known[key] : "";
        };
        name("zone_name", cells["zone"], zone_names_);
        name("section_name", cells["section"], section_names_);
    }

    void take_texts(const TableRow& row, bool in_base, Cells& cells) {
        for (const char* column : {"name", "alternate_names", "sub_artifacts", "iis", "process", "dating", "ich_e6r2"})
            if (!row.cell(column).empty()) cells[column] = one_line(row.cell(column), std::string_view(column) == "name" ? " " : "; ");
        const std::string definition = one_line(row.cell("definition"), " ");
        if (definition.empty() || definition == cells["definition"]) return;
        if (in_base) ++other_definitions_;
        if (!in_base || wish_.workbook_definitions) cells["definition"] = definition;
    }

    void take_flags(const TableRow& row, Cells& cells) {
        for (const std::string& column : table_.header) {
            if (!is_flag(column)) continue;
            const std::string word = to_yes_no(row.cell(column));
            if (word.empty())
                fail(row, column, fill("\"{}\" is neither yes nor no", row.cell(column)),
                     column == "core" ? "write Core or Recommended" : "mark it with X, or leave it empty");
            else if (word == "no" && (column == "restricted" || column == "isf_only") && cells[column] == "yes")
                fail(row, column, fill("artifact {} is {} in {}", cells["unique_id"], column, wish_.base),
                     "what may unblind, or must not enter the sponsor's file, stays so");
            else
                cells[column] = word;
        }
    }

    // A part of what may unblind, or must not enter the sponsor's file, is as its whole, unless its row says no in so many words.
    void take_protection(const TableRow& row, Cells& cells) {
        Artifact artifact;
        artifact.name = cells["name"];
        artifact.alternate_names = cells["alternate_names"];
        artifact.sub_artifacts = cells["sub_artifacts"];
        for (const Artifact* origin : origins_of(artifact, known_)) {
            const auto inherit = [&](const char* column, bool of_origin, std::string_view consequence) {
                if (!of_origin || cells[column] == "yes" || !trim(row.cell(column)).empty()) return;
                cells[column] = "yes";
                notes_.push_back(fill("artifact {} {} {}, as {:03} {} of {} does, which it comes from; where that is wrong, say \"no\" in "
                                      "its row in a column that a mapping names {}",
                                      cells["unique_id"], cells["name"], consequence, origin->unique_id, origin->name, wish_.base,
                                      std::string_view(column)));
            };
            inherit("restricted", origin->restricted, "may unblind");
            inherit("isf_only", origin->isf_only, "stays in the investigator's file");
        }
    }

    const Table& table_;
    const TmfCatalogue& known_;
    const WorkbookWish& wish_;
    std::map<std::string, Cells> base_, rows_;
    std::map<std::string, std::string> zone_names_, section_names_;
    std::map<std::string, std::int64_t> ids_, lines_;
    std::size_t other_definitions_ = 0;
    std::vector<Error> errors_;
    std::vector<std::string> notes_;
};

std::string to_table(const std::map<std::string, Cells>& rows, const WorkbookWish& wish, std::string_view bytes, const std::string& path) {
    std::string text = fill("# model: {}\n# title: {}\n# base: {}\n", wish.model, wish.title, wish.base);
    text += fill("# source: {}, sha256 {}\n", path::file_name(path), sha256_of(bytes).hex());
    text += join(model_table_columns(), "\t") + "\n";
    for (const auto& [id, cells] : rows) {
        std::vector<std::string> line;
        for (const std::string& column : model_table_columns()) line.push_back(cells.at(column));
        text += join(line, "\t") + "\n";
    }
    return text;
}

Result<void> check_model_name(const Source& source, const std::string& model, const std::string& path) {
    if (model.empty() || model.size() > 40 ||
        model.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-") != std::string::npos)
        return Error(ErrorKind::usage, model.empty() ? "which version of the model is this?" : fill("\"{}\" names no model", model), {},
                     "add --model with a name for it that studies will use: 4.0-acme (letters, digits, '.', '_', '-')");
    const auto shipped = tmf_models(source);
    if (std::find(shipped.begin(), shipped.end(), model) != shipped.end())
        return Error(ErrorKind::conflict, fill("the program brings model {}", model), {path},
                     "give yours another name: " + model + "-acme");
    return {};
}

} // namespace

Result<WorkbookOutcome> read_model_workbook(const Source& source, std::string_view bytes, const std::string& path,
                                            const WorkbookWish& asked) {
    WorkbookWish wish = asked;
    std::vector<TableColumn> columns = workbook_columns();
    if (wish.mapping) DOSSIER_CHECK(add_mapping(*wish.mapping, wish, columns));
    if (!wish.model.empty()) DOSSIER_CHECK(check_model_name(source, wish.model, path));
    TableHead head;
    head.other_columns = true;
    DOSSIER_TRY(const Table table, parse_table(bytes, path, columns, wish.sheet, head));
    if (wish.model.empty()) DOSSIER_CHECK(check_model_name(source, wish.model, path)); // only now: what is no model needs no name
    DOSSIER_TRY(const Tsv base, read_model_table(source, wish.base));
    DOSSIER_TRY(const TmfCatalogue known, read_tmf_catalogue(source, wish.base));
    WorkbookReader reader(table, base, known, wish);
    DOSSIER_TRY(const auto rows, reader.read());
    if (wish.title.empty()) wish.title = fill("TMF Reference Model {}", wish.model);
    WorkbookOutcome outcome;
    outcome.table = to_table(rows, wish, bytes, path);
    outcome.model = wish.model;
    outcome.base = wish.base;
    outcome.artifacts = rows.size();
    outcome.other_definitions = reader.other_definitions();
    outcome.notes = table.notes;
    outcome.notes.insert(outcome.notes.end(), reader.notes().begin(), reader.notes().end());
    return outcome;
}

} // namespace dossier::templates
