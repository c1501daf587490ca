// CLI11's door (with parser_errors.cpp): builds the command tree and runs the chosen command. The only catch-all of the program is here.
#include "cli/command.hpp"

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <map>

#include <pwd.h>
#include <unistd.h>

#include <CLI/CLI.hpp>

#include "cli/parser_errors.hpp"
#include "cli/passphrase.hpp"
#include "core/path.hpp"
#include "core/text.hpp"

namespace dossier::cli {

namespace {

CLI::Option* add_choice(CLI::App& app, const std::string& names, std::string& into, const std::vector<std::string>& choices,
                        const std::string& help) {
    return app.add_option(names, into, help)
        ->check([names, choices](const std::string& value) { return check_choice(names, choices, value); })
        ->check(CLI::IsMember(choices)); // shows them in --help
}

void check_value(CLI::Option* option, const std::string& names) {
    if (starts_with(names, "-")) option->check([names](const std::string& value) { return check_text(names, value); });
}

class Cli11Options final : public Options {
public:
    explicit Cli11Options(CLI::App& app) : app_(app) {}
    void text(const std::string& names, std::string& into, const std::string& help, bool required) override {
        check_value(app_.add_option(names, into, help)->required(required), names);
    }
    void texts(const std::string& names, std::vector<std::string>& into, const std::string& help, bool required) override {
        check_value(app_.add_option(names, into, help)->required(required), names);
    }
    void number(const std::string& names, std::int64_t& into, const std::string& help) override {
        CLI::Option* const option = app_.add_option(names, into, help);
        option->check([names](const std::string& value) { return check_number(names, value); });
        if (into > 0) option->capture_default_str(); // else the help says what is meant without it
    }
    void flag(const std::string& names, bool& into, const std::string& help) override { app_.add_flag(names, into, help); }
    void choice(const std::string& names, std::string& into, const std::vector<std::string>& choices, const std::string& help,
                bool required) override {
        add_choice(app_, names, into, choices, help)->required(required);
    }

private:
    CLI::App& app_;
};

std::string environment(const char* name) {
    const char* value = std::getenv(name);
    return value ? value : "";
}

std::string operating_system_user() {
    const passwd* entry = getpwuid(getuid());
    return entry ? entry->pw_name : fill("uid-{}", static_cast<std::int64_t>(getuid()));
}

// Of the user: what `variable` says, or what it stands for below the home folder (XDG Base Directory Specification).
std::string user_folder(const char* variable, const char* below_home) {
    const std::string said = environment(variable);
    std::string home = environment("HOME");
    const passwd* const entry = home.empty() ? getpwuid(getuid()) : nullptr;
    if (entry) home = entry->pw_dir;
    return path::join(said.empty() ? path::join(home, below_home) : said, "dossier");
}

struct Globals {
    std::string now, repository = environment("DOSSIER_REPO"), user = operating_system_user(), format = "text", output, passphrase_file;
    std::int64_t jobs = 2;
    bool json = false, no_input = false;
};

void declare_globals(CLI::App& app, Globals& globals) {
    check_value(app.add_option("--repo", globals.repository, "Repository folder (or DOSSIER_REPO)"), "--repo");
    check_value(app.add_option("--as", globals.user, "Who does this (default: the operating-system user)"), "--as");
    add_choice(app, "--format", globals.format, {"text", "json", "csv", "xlsx", "html", "junit", "sarif"}, "Form of the result");
    check_value(app.add_option("--output", globals.output, "Write the result to this file"), "--output");
    app.add_flag("--json", globals.json, "Short for --format json");
    app.add_option("--jobs", globals.jobs, "Work done at the same time")->check([](const std::string& value) {
        return check_number("--jobs", value);
    });
    app.add_flag("--no-input", globals.no_input, "Never ask");
    check_value(app.add_option("--passphrase-file", globals.passphrase_file,
                               "File whose first line is the passphrase of your key (or DOSSIER_PASSPHRASE, or a prompt)"),
                "--passphrase-file");
    check_value(app.add_option("--now", globals.now, "Act as at this time, RFC 3339 (tests and re-runs; recorded)"), "--now");
}

Result<Context> make_context(const Globals& globals) {
    Context context;
    context.fs = make_disk_file_system();
    context.clock = context.machine_clock = make_system_clock();
    if (!globals.now.empty()) {
        const auto now = parse_time(globals.now);
        if (!now) return Error(ErrorKind::usage, fill("--now {} is not an RFC 3339 time", globals.now), {}, "write 2026-03-01T12:00:00Z");
        context.clock = make_fixed_clock(*now);
    }
    context.templates = templates::Source(environment("DOSSIER_TEMPLATES"));
    context.repository = globals.repository;
    context.user = globals.user;
    context.format = globals.json ? "json" : globals.format;
    context.output = globals.output;
    context.passphrase_file = globals.passphrase_file;
    context.jobs = static_cast<int>(globals.jobs < 1 ? 1 : globals.jobs);
    context.no_input = globals.no_input || !isatty(STDIN_FILENO);
    context.color = isatty(STDOUT_FILENO) && environment("NO_COLOR").empty();
    context.data_folder = user_folder("XDG_DATA_HOME", ".local/share");
    context.cache_folder = user_folder("XDG_CACHE_HOME", ".cache");
    context.standards = environment("DOSSIER_STANDARDS");
    return context;
}

int report(const Error& error) {
    std::fflush(stdout);
    std::cerr << "dossier: " << to_text(error) << "\n";
    return error.kind == ErrorKind::usage ? exit_usage : exit_failed;
}

int run_command(const Command& command, const Globals& globals) {
    auto context = make_context(globals);
    if (!context) return report(context.error());
    if (const auto there = check_passphrase_file(*context, context->passphrase_file); !there) return report(there.error());
    context->right = command.right;
    if (const auto outside = check_target(*context, context->output); !outside) return report(outside.error());
    if (!command.forms.empty())
        if (const auto can_be_given = check_result(*context, command.forms); !can_be_given) return report(can_be_given.error());
    auto code = command.run(*context);
    if (!code) return report(code.error());
    std::cout.flush();
    if (!std::cout) return report(Error(ErrorKind::io, "cannot write to standard output"));
    return *code;
}

// Of the words that only lead to commands.
const std::map<std::string, std::string> group_summaries = {
    {"study", "The facts of a trial, which its expected documents follow from"},
    {"milestone", "What happened when, in a trial, its countries and sites"},
    {"user", "Who may do what"},
    {"tmf", "The trial master file: filing, finding, quality, completeness, reports, audit trail"},
    {"tmf query", "Questions about filed versions, and their answers"},
    {"ectd", "Submissions: planned, built, validated, viewed"},
    {"rules", "The rules that submissions are validated by"},
    {"standards", "Official files of the agencies, and your own lists and reference models"},
};

} // namespace

int run_program(int count, char** arguments) {
    std::signal(SIGXFSZ, SIG_IGN); // a write beyond the file-size limit is an error that can be said, not the end of the program
    CLI::App app("dossier: the paper side of clinical trials: trial master file and regulatory submissions", "dossier");
    app.set_version_flag("--version", std::string("dossier ") + DOSSIER_VERSION);
    app.require_subcommand(1);
    app.fallthrough(); // global options may stand after the verb
    Globals globals;
    declare_globals(app, globals);

    const std::vector<Command> commands = all_commands();
    std::map<std::string, CLI::App*> nodes{{"", &app}};
    const Command* chosen = nullptr;
    for (const Command& command : commands) {
        CLI::App* node = &app;
        std::string name;
        for (const std::string& word : split(command.name, ' ')) {
            name += (name.empty() ? "" : " ") + word;
            CLI::App*& slot = nodes[name];
            if (!slot) {
                slot = node->add_subcommand(word);
                slot->fallthrough();
                if (name != command.name) {
                    slot->require_subcommand(1);
                    slot->description(group_summaries.at(name));
                }
            }
            node = slot;
        }
        node->description(command.summary);
        if (!command.example.empty()) node->footer("Example:\n  " + command.example);
        Cli11Options options(*node);
        if (command.declare) command.declare(options);
        node->final_callback([&chosen, &command, node] {
            if (node->get_subcommands().empty()) chosen = &command;
        });
    }
    try {
        app.parse(count, arguments);
    } catch (const CLI::ParseError& error) {
        if (error.get_exit_code() != 0) return report(explain_usage(app, {arguments + 1, arguments + count}, error.what()));
        app.exit(error); // --help, --version
        return exit_done;
    } catch (const WrongValue& wrong) {
        return report(wrong.error());
    }
    try {
        if (chosen) return run_command(*chosen, globals);
        std::cerr << app.help();
        return exit_usage;
    } catch (const std::exception& error) {
        std::cerr << "dossier: internal error: " << error.what() << "\n";
        return exit_failed;
    }
}

} // namespace dossier::cli
