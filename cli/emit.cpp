#include "cli/command.hpp"

#include <algorithm>
#include <cstdio>
#include <iostream>

#include <unistd.h>

#include "core/finding.hpp"
#include "core/path.hpp"
#include "core/text.hpp"
#include "core/xlsx_cut.hpp"

namespace dossier::cli {

namespace {

Error not_offered(const std::vector<std::string>& forms, const std::string& format) {
    return Error(ErrorKind::usage, fill("this command has no {} form", format), {}, "it has " + join(forms, ", "));
}

Error not_offered(const Rendering& rendering, const std::string& format) {
    std::vector<std::string> forms;
    const auto offer = [&forms](bool is_there, const char* name) {
        if (is_there) forms.emplace_back(name);
    };
    offer(static_cast<bool>(rendering.text), "text");
    offer(static_cast<bool>(rendering.json), "json");
    offer(static_cast<bool>(rendering.sheets), "csv");
    offer(static_cast<bool>(rendering.sheets), "xlsx");
    offer(static_cast<bool>(rendering.html), "html");
    offer(static_cast<bool>(rendering.junit), "junit");
    offer(static_cast<bool>(rendering.sarif), "sarif");
    return not_offered(forms, format);
}

// A text that was cut must not pass for the whole of it. A CSV is of the first sheet.
void note_cut_cells(Context& context, const std::vector<Sheet>& sheets, bool has_json) {
    constexpr std::size_t shown = 20;
    const auto cut = cut_cells(sheets);
    for (std::size_t i = 0; i < std::min(cut.size(), shown); ++i) {
        const bool in_csv = cut[i].sheet == sheets.front().name;
        const std::string_view all = in_csv ? "; --format csv has all of it" : has_json ? "; --format json has all of it" : "";
        print_note(context, fill("note: sheet {}, row {}, column {}: cut, a cell of an XLSX holds {} characters and this text has {}{}",
                                 cut[i].sheet, cut[i].row, cut[i].column, most_cell_characters, cut[i].characters, all));
    }
    if (cut.size() > shown) print_note(context, fill("note: {} more cells are cut and end with [cut: ...]", cut.size() - shown));
}

Result<std::string> bytes_of(const Context& context, const Rendering& rendering) {
    const std::string& format = context.format;
    if (format == "text" && rendering.text) return rendering.text();
    if (format == "json" && rendering.json) return rendering.json().dump() + "\n";
    if (format == "html" && rendering.html) return rendering.html();
    if (format == "junit" && rendering.junit) return rendering.junit();
    if (format == "sarif" && rendering.sarif) return rendering.sarif();
    if (format == "csv" && rendering.csv_sheet) return to_csv(rendering.csv_sheet());
    if (format == "csv" && rendering.sheets) return to_csv(rendering.sheets().front());
    return not_offered(rendering, format);
}

} // namespace

Result<void> check_target(const Context& context, const std::string& path) {
    if (path.empty()) return {};
    std::string folder = path::normalise(path::join(current_folder(), path));
    for (;;) { // where it really lies: a link may lead into a repository
        if (const auto real = context.fs->real_path(folder)) {
            folder = *real;
            break;
        }
        const std::string above = path::parent(folder);
        if (above == folder || above.empty()) break;
        folder = above;
    }
    for (std::string at = folder; !at.empty(); at = at == "/" ? "" : path::parent(at))
        if (exists(*context.fs, path::join(at, "dossier.yaml")) && exists(*context.fs, path::join(at, "ledger.sqlite")))
            return Error(ErrorKind::conflict, fill("this lies in the repository {}, where only its own commands write", at), {path},
                         "name a file outside of it");
    return {};
}

Result<void> check_result(const Context& context, const std::vector<std::string>& forms) {
    if (std::find(forms.begin(), forms.end(), context.format) == forms.end()) return not_offered(forms, context.format);
    if (context.output.empty()) return {};
    if (is_folder(*context.fs, context.output))
        return Error(ErrorKind::usage, "this is a folder; nothing was done", {context.output}, "name a file with --output");
    const std::string folder = path::parent(path::normalise(path::join(current_folder(), context.output)));
    if (!is_folder(*context.fs, folder))
        return Error(ErrorKind::not_found, "there is no such folder; nothing was done", {folder},
                     "make it, or name another file with --output");
    if (access(folder.c_str(), W_OK) != 0)
        return Error(ErrorKind::denied, "the result may not be written to this folder; nothing was done", {folder},
                     "name a file elsewhere with --output");
    return {};
}

Result<void> emit(Context& context, const Rendering& rendering) {
    if (context.format == "xlsx") {
        if (!rendering.sheets) return not_offered(rendering, "xlsx");
        if (context.output.empty()) return Error(ErrorKind::usage, "an XLSX needs a file to go to", {}, "add --output report.xlsx");
        const std::vector<Sheet> sheets = rendering.sheets();
        DOSSIER_CHECK(write_xlsx(context.output, sheets));
        note_cut_cells(context, sheets, static_cast<bool>(rendering.json));
        return {};
    }
    DOSSIER_TRY(const std::string bytes, bytes_of(context, rendering));
    if (!context.output.empty()) return write_file_durably(*context.fs, context.output, bytes);
    std::cout << bytes;
    return {};
}

Result<int> rank_of_severity(const std::string& option, const std::string& word) {
    if (word == "rejecting") return 3;
    const std::vector<std::string> words = {"high", "medium", "low", "fail", "best_practice", "error", "warning", "info"};
    if (std::find(words.begin(), words.end(), word) != words.end()) return severity_rank(word);
    return Error(ErrorKind::usage, fill("{} {} is no severity", option, word), {}, "use rejecting, " + join(words, ", "));
}

void print_progress(Context&, const std::string& line) {
    if (isatty(STDERR_FILENO)) std::fprintf(stderr, "\r\033[K%s", line.c_str());
}

void print_note(Context&, const std::string& line) { std::cerr << line << "\n"; }

void print_note_once(const Context& context, const std::string& line) {
    if (context.once->notes.insert(line).second) std::cerr << line << "\n";
}

} // namespace dossier::cli
