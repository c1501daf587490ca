#include "cli/tmf_filed.hpp"
#include "core/text.hpp"

namespace dossier::cli {

Command make_tmf_file() {
    struct Options_ {
        std::string file, study;
        std::vector<std::pair<std::string, std::string>> cells; // column, value
    };
    static const std::vector<std::pair<std::string, std::string>> columns = {
        {"artifact", "Number (02.01.02), unique identifier (032) or exact name"},
        {"sub_artifact", "Part of the artifact, as the model or a list of the study names it"},
        {"country", "Of a country-level document"},
        {"site", "Of a site-level document"},
        {"person", "Persons it is about, ids joined by ';'"},
        {"event", "What it belongs to: amendment, visit, training ..., ids joined by ';'"},
        {"date", "The document's own date"},
        {"version", "What people call the version: 2.0"},
        {"title", "Title (default: the file's name)"},
        {"status", "draft or final"},
        {"expires", "Valid until"},
        {"language", "Two letters: en"},
        {"document", "Add a version to this document: D-000012, or what a list called it"},
        {"restricted", "yes: may unblind; no: all may see it"},
        {"pointer", "Where the record is kept, when it is kept elsewhere"},
        {"copy_certified_by", "It is a certified copy: who verified it against the original"},
        {"copy_certified_on", "Certified copy: when"},
        {"copy_statement", "Certified copy: what was certified, in words"},
        {"copy_source", "Certified copy: where the original is"},
        {"received", "Carried over from a former system: received on"},
        {"final", "Carried over: final on"},
        {"accepted", "Carried over: accepted on"},
        {"rejected", "Carried over: rejected on"},
        {"withdrawn", "Carried over: withdrawn on"},
    };
    auto options = std::make_shared<Options_>();
    for (const auto& [column, help] : columns) options->cells.emplace_back(column, "");
    Command command;
    command.name = "tmf file";
    command.right = "document.file";
    command.forms = {"text", "json"};
    command.summary = "File one document";
    command.example = "dossier tmf file protocol.pdf --study CDISCPILOT01 --artifact 02.01.02 --date 2025-01-05 --status final";
    command.declare = [options](Options& list) {
        list.text("FILE", options->file, "The document (may be left out with --pointer)");
        list.text("--study", options->study, "The study's id", true);
        for (std::size_t i = 0; i < columns.size(); ++i)
            list.text("--" + replace_all(columns[i].first, "_", "-"), options->cells[i].second, columns[i].second,
                      columns[i].first == "artifact");
    };
    command.run = [options](Context& context) -> Result<int> {
        DOSSIER_TRY(const auto session, open_study(context, options->study, tmf::Repository::Access::write));
        Table table; // of one row, without a file: errors then name no row
        TableRow row;
        if (!options->file.empty()) row.cells["file"] = options->file;
        for (const auto& [column, value] : options->cells)
            if (!value.empty()) row.cells[column] = value;
        table.rows.push_back(std::move(row));
        tmf::RowContext rows = session->row_context(context, "");
        rows.any_path = true;
        tmf::FilingOptions filing;
        filing.jobs = 1;
        DOSSIER_TRY(const auto outcome, tmf::file_rows(*session->repository, rows, table, filing));
        return show_filed(context, outcome, false);
    };
    return command;
}

} // namespace dossier::cli
