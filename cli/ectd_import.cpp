#include "cli/command.hpp"
#include "cli/finding_json.hpp"
#include "core/path.hpp"
#include "core/text.hpp"
#include "core/zip.hpp"
#include "ectd/import.hpp"
#include "ectd/import_journal.hpp"
#include "templates/ectd_catalogue.hpp"

namespace dossier::cli {

namespace {

struct Opened {
    std::shared_ptr<FileSystem> fs;
    std::string folder, name;
};

Result<Opened> open_source(Context& context, const std::string& given) {
    const std::string path = path::normalise(path::join(current_folder(), given));
    if (is_folder(*context.fs, path)) return Opened{context.fs, path, path::file_name(path)};
    DOSSIER_TRY(auto reader, open_zip(path));
    const std::string name = path::file_name(path);
    const std::string extension = path::extension(name);
    return Opened{make_zip_file_system(std::move(reader)), "",
                  name.substr(0, name.size() - extension.size() - (extension.empty() ? 0 : 1))};
}

std::string to_text(const ectd::ImportResult& result) {
    std::string out;
    for (const ectd::ImportedSequence& item : result.sequences)
        out += item.was_there ? fill("{}  was here already with the same bytes ({} files)\n", item.number.text(), item.files)
                              : fill("{}  imported: {} files, {} bytes\n", item.number.text(), item.files, item.bytes);
    out += fill("{} checksums compared, {} findings\n", result.checksums, result.findings.size());
    for (const Finding& finding : result.findings)
        out += fill("\n{}{}\n  {}\n  Mend: {}\n", finding.path, finding.location.empty() ? "" : " (" + finding.location + ")",
                    finding.message, finding.remedy);
    out += result.application_file.empty()
               ? std::string("\nThey count as sent and are not built again\n")
               : fill("\nMarked as imported in {}: they count as sent and are not built again\n", result.application_file);
    return out;
}

Json to_json(const ectd::ImportResult& result) {
    Json sequences = Json::array();
    for (const ectd::ImportedSequence& item : result.sequences)
        sequences.push(Json::object({{"sequence", item.number.text()},
                                     {"was_there", item.was_there},
                                     {"files", static_cast<std::int64_t>(item.files)},
                                     {"bytes", item.bytes}}));
    return Json::object({{"report_version", 1},
                         {"sequences", std::move(sequences)},
                         {"checksums", static_cast<std::int64_t>(result.checksums)},
                         {"findings", findings_json(result.findings)},
                         {"application_file", result.application_file}});
}

Sheet to_sheet(const ectd::ImportResult& result) {
    Sheet sheet{"findings", {"rule", "path", "location", "message", "remedy"}, {}};
    for (const Finding& finding : result.findings)
        sheet.rows.push_back({finding.rule, finding.path, finding.location, finding.message, finding.remedy});
    return sheet;
}

// Without a source: what an interrupted import still has to do.
Result<int> finish(Context& context, const std::string& application, const templates::EctdCatalogue& catalogue) {
    DOSSIER_TRY(const auto finished, ectd::finish_interrupted_import(*context.fs, application, catalogue));
    if (!finished)
        return Error(ErrorKind::usage, "there is no interrupted import to finish, and nothing is named to be imported", {application},
                     fill("name a folder or a ZIP: dossier ectd import PATH --to {}", application));
    std::vector<std::string> numbers;
    for (const ectd::SequenceNumber number : finished->journal.place) numbers.push_back(number.text());
    for (const std::string& note : finished->mark.notes) print_note(context, "note: " + note);
    Rendering rendering;
    rendering.text = [&] { return fill("An interrupted import is finished: {}\n", join(numbers, ", ")); };
    rendering.json = [&] { return Json::object({{"report_version", 1}, {"finished", Json::texts(numbers)}}); };
    DOSSIER_CHECK(emit(context, rendering));
    return exit_done;
}

} // namespace

Command make_ectd_import() {
    struct State {
        std::string path, application;
    };
    auto state = std::make_shared<State>();
    Command command;
    command.name = "ectd import";
    command.summary = "Take over earlier sequences, from a folder or a ZIP";
    command.example = "dossier ectd import from-the-former-owner.zip --to nda900172";
    command.declare = [state](Options& list) {
        list.text("PATH", state->path,
                  "Folder of sequences, one sequence, or a ZIP of either; left out: finish an import that was interrupted");
        list.text("--to", state->application, "Application folder; made where it is not there", true);
    };
    command.run = [state](Context& context) -> Result<int> {
        DOSSIER_CHECK(check_target(context, state->application));
        DOSSIER_TRY(const auto catalogue, templates::read_ectd_catalogue(context.templates));
        if (state->path.empty()) return finish(context, state->application, catalogue);
        DOSSIER_TRY(const Opened opened, open_source(context, state->path));
        const ectd::ImportRequest request{*opened.fs,
                                          opened.folder,
                                          opened.name,
                                          *context.fs,
                                          state->application,
                                          catalogue,
                                          context.clock->now().date(),
                                          [&context](const std::string& line) { print_progress(context, line); }};
        DOSSIER_TRY(const ectd::ImportResult result, ectd::import_sequences(request));
        for (const std::string& note : result.notes) print_note(context, "note: " + note);
        Rendering rendering;
        rendering.text = [&] { return to_text(result); };
        rendering.json = [&] { return to_json(result); };
        rendering.sheets = [&] { return std::vector<Sheet>{to_sheet(result)}; };
        DOSSIER_CHECK(emit(context, rendering));
        return result.findings.empty() ? exit_done : exit_findings;
    };
    return command;
}

} // namespace dossier::cli
