// One file per subcommand: a factory that returns a Command with its options and its run function. No business logic here: a command reads
// options, calls one room (or introduces two), and renders. CLI11 stays behind cli/parser.cpp.
#pragma once

#include "core/filesystem.hpp"
#include "core/json.hpp"
#include "core/result.hpp"
#include "core/table.hpp"
#include "core/time.hpp"
#include "templates/source.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace dossier::cli {

// Exit codes, append-only (docs/design.md, section 4).
constexpr int exit_done = 0, exit_usage = 2, exit_failed = 3, exit_not_all_run = 4, exit_findings = 10;

// What one run of the program has asked and said already.
struct Once {
    std::set<std::string> notes;
    std::map<std::string, std::string> passphrases; // by key file
};

// What every command may use. Filled from the global options before a command runs.
struct Context {
    std::shared_ptr<FileSystem> fs;
    std::shared_ptr<Clock> clock;         // --now, else the machine's
    std::shared_ptr<Clock> machine_clock; // whatever --now says
    templates::Source templates;
    std::string repository;      // --repo, DOSSIER_REPO; empty when neither
    std::string user;            // --as, else the operating-system user
    std::string right;           // of the command that runs: what it does with the repository (templates/tmf/roles.tsv)
    std::string format = "text"; // --format, --json
    std::string output;          // --output
    int jobs = 2;                // --jobs
    std::string passphrase_file; // --passphrase-file: of the user's own key for restricted documents
    bool no_input = false;       // --no-input, or stdin is no terminal
    bool color = false;          // stdout is a terminal and NO_COLOR is not set
    std::string data_folder;     // XDG_DATA_HOME/dossier
    std::string cache_folder;    // XDG_CACHE_HOME/dossier: what may be thrown away at any time
    std::string standards;       // DOSSIER_STANDARDS; empty when not set
    std::shared_ptr<Once> once = std::make_shared<Once>();
};

// The option list of a command, declared in the order it should show in --help. `into` keeps its value when the option is not given.
class Options {
public:
    virtual ~Options() = default;
    // names: "--study", "-o,--output", or a bare "FILE" for a positional
    virtual void text(const std::string& names, std::string& into, const std::string& help, bool required = false) = 0;
    virtual void texts(const std::string& names, std::vector<std::string>& into, const std::string& help, bool required = false) = 0;
    virtual void number(const std::string& names, std::int64_t& into, const std::string& help) = 0;
    virtual void flag(const std::string& names, bool& into, const std::string& help) = 0;
    virtual void choice(const std::string& names, std::string& into, const std::vector<std::string>& choices, const std::string& help,
                        bool required = false) = 0;
};

struct Command {
    std::string name;    // "ectd plan": noun and verb; a group's own help line is in cli/commands.cpp
    std::string right;   // row of templates/tmf/roles.tsv that its user needs in the repository; empty: it opens none
    std::string summary; // one line
    std::string example; // shown under --help
    // Of its result, where it changes something: another one is refused before anything is done. Empty: whatever it renders.
    std::vector<std::string> forms;
    std::function<void(Options&)> declare;
    std::function<Result<int>(Context&)> run; // the exit code; an Error is printed and ends with exit_failed (usage errors: exit_usage)
};

// ---- rendering: a result in the forms a command offers; an absent form is a usage error when asked for ----
struct Rendering {
    std::function<std::string()> text;
    std::function<Json()> json;
    std::function<std::vector<Sheet>()> sheets; // CSV takes the first sheet, XLSX all
    std::function<Sheet()> csv_sheet;           // where a CSV says more than the first sheet: it has no other sheets that say it
    std::function<Result<std::string>()> html;
    std::function<std::string()> junit;
    std::function<std::string()> sarif;
};
// Before a command writes a file that its user named. Error conflict: the file would lie in the folder of a repository.
Result<void> check_target(const Context& context, const std::string& path);

// Before a command changes something: that its result can be given in the form, and written to the file, that its user named.
Result<void> check_result(const Context& context, const std::vector<std::string>& forms);

// Writes to stdout, or durably to --output (XLSX needs --output).
Result<void> emit(Context& context, const Rendering& rendering);

// The rank (severity_rank) from which findings give exit code 10: of "rejecting" or of a severity's name; usage error for other words.
Result<int> rank_of_severity(const std::string& option, const std::string& word);

void print_progress(Context& context, const std::string& line); // stderr, only when it is a terminal
void print_note(Context& context, const std::string& line);     // stderr, always
void print_note_once(const Context& context, const std::string& line);

std::vector<Command> all_commands();
int run_program(int count, char** arguments);

} // namespace dossier::cli
