// CLI11's only door: builds the command tree and runs the chosen command. The only catch-all of the program is here.
#include "cli/command.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <map>
#include <optional>

#include <pwd.h>
#include <unistd.h>

#include <CLI/CLI.hpp>

#include "core/path.hpp"
#include "core/text.hpp"

namespace dossier::cli {

namespace {

class Cli11Options final : public Options {
public:
    explicit Cli11Options(CLI::App& app) : app_(app) {}
    void text(const std::string& names, std::string& into, const std::string& help, bool required) override {
        app_.add_option(names, into, help)->required(required);
    }
    void texts(const std::string& names, std::vector<std::string>& into, const std::string& help, bool required) override {
        app_.add_option(names, into, help)->required(required);
    }
    void number(const std::string& names, std::int64_t& into, const std::string& help) override {
        app_.add_option(names, into, help)->capture_default_str();
    }
    void flag(const std::string& names, bool& into, const std::string& help) override { app_.add_flag(names, into, help); }
    void choice(const std::string& names, std::string& into, const std::vector<std::string>& choices, const std::string& help,
                bool required) override {
        app_.add_option(names, into, help)->required(required)->check(CLI::IsMember(choices));
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

std::string user_data_folder() {
    const std::string data = environment("XDG_DATA_HOME");
    std::string home = environment("HOME");
    const passwd* const entry = home.empty() ? getpwuid(getuid()) : nullptr;
    if (entry) home = entry->pw_dir;
    return path::join(data.empty() ? path::join(home, ".local/share") : data, "dossier");
}

struct Globals {
    std::string now, repository = environment("DOSSIER_REPO"), user = operating_system_user(), format = "text", output;
    std::int64_t jobs = 2;
    bool json = false, no_input = false;
};

void declare_globals(CLI::App& app, Globals& globals) {
    app.add_option("--repo", globals.repository, "Repository folder (or DOSSIER_REPO)");
    app.add_option("--as", globals.user, "Who does this (default: the operating-system user)");
    app.add_option("--format", globals.format, "Form of the result")
        ->check(CLI::IsMember({"text", "json", "csv", "xlsx", "html", "junit", "sarif"}));
    app.add_option("--output", globals.output, "Write the result to this file");
    app.add_flag("--json", globals.json, "Short for --format json");
    app.add_option("--jobs", globals.jobs, "Work done at the same time");
    app.add_flag("--no-input", globals.no_input, "Never ask");
    app.add_option("--now", globals.now, "Act as at this time, RFC 3339 (tests and re-runs; recorded)");
}

Result<Context> make_context(const Globals& globals) {
    Context context;
    context.fs = make_disk_file_system();
    context.clock = make_system_clock();
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
    context.jobs = static_cast<int>(globals.jobs < 1 ? 1 : globals.jobs);
    context.no_input = globals.no_input || !isatty(STDIN_FILENO);
    context.color = isatty(STDOUT_FILENO) && environment("NO_COLOR").empty();
    context.data_folder = user_data_folder();
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
    context->right = command.right;
    auto code = command.run(*context);
    if (!code) return report(code.error());
    std::cout.flush();
    if (!std::cout) return report(Error(ErrorKind::io, "cannot write to standard output"));
    return *code;
}

std::vector<std::string> names_of(const CLI::App& node, bool of_commands) {
    std::vector<std::string> names;
    if (of_commands)
        for (const CLI::App* command : node.get_subcommands([](const CLI::App*) { return true; })) names.push_back(command->get_name());
    else
        for (const CLI::App* at = &node; at; at = at->get_parent())
            for (const CLI::Option* option : at->get_options())
                for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
    return names;
}

Error unknown(const std::string& what, const std::string& name, const std::string& near, const std::string& command) {
    return Error(ErrorKind::usage, fill("there is no {} {}{}", what, name, command.empty() ? "" : fill(" of '{}'", command)), {},
                 near.empty() ? fill("see 'dossier{}{} --help'", std::string_view(command.empty() ? "" : " "), command)
                              : fill("did you mean {}?", near));
}

// The word that is no command, or the option that the command does not have; none where something else is wrong.
std::optional<Error> unknown_word(const CLI::App& app, const std::vector<std::string>& words) {
    const CLI::App* node = &app;
    std::string name;
    for (const std::string& word : words) {
        if (starts_with(word, "--") && word.size() > 2) {
            const std::string option = word.substr(0, word.find('='));
            const auto known = names_of(*node, false);
            const bool is_last = node->get_require_subcommand_min() == 0;
            if (is_last && std::find(known.begin(), known.end(), option) == known.end())
                return unknown("option", option, nearest(option, known), name);
        }
        if (node->get_require_subcommand_min() == 0 || starts_with(word, "-")) continue;
        const auto commands = names_of(*node, true);
        if (std::find(commands.begin(), commands.end(), word) != commands.end()) {
            node = node->get_subcommand(word);
            name += (name.empty() ? "" : " ") + word;
        } else if (!name.empty() || word == words.front()) { // else it may be the value of an option
            return unknown("command", word, nearest(word, commands), name);
        }
    }
    return std::nullopt;
}

} // namespace

int run_program(int count, char** arguments) {
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
                if (name != command.name) slot->require_subcommand(1);
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
        if (error.get_exit_code() != 0)
            if (const auto wrong = unknown_word(app, {arguments + 1, arguments + count})) return report(*wrong);
        const int code = app.exit(error);
        return code == 0 ? exit_done : exit_usage;
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
