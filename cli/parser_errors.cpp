#include "cli/parser_errors.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <set>

#include <CLI/CLI.hpp>

#include "core/text.hpp"

namespace dossier::cli {

namespace {

std::vector<std::string> commands_of(const CLI::App& node) {
    std::vector<std::string> names;
    for (const CLI::App* command : node.get_subcommands([](const CLI::App*) { return true; })) names.push_back(command->get_name());
    return names;
}

std::vector<std::string> options_of(const CLI::App& node) {
    std::vector<std::string> names;
    for (const CLI::App* at = &node; at; at = at->get_parent())
        for (const CLI::Option* option : at->get_options())
            for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
    return names;
}

const CLI::Option* find_option(const CLI::App& node, const std::string& name) {
    for (const CLI::App* at = &node; at; at = at->get_parent())
        for (const CLI::Option* option : at->get_options())
            if (option->check_name(name)) return option;
    return nullptr;
}

bool is_option(const std::string& word) { return starts_with(word, "--") && word.size() > 2; }

std::string see_help(const std::string& command) {
    return fill("see 'dossier{}{} --help'", std::string_view(command.empty() ? "" : " "), command);
}

Error unknown(const std::string& what, const std::string& name, const std::string& near, const std::string& command) {
    return Error(ErrorKind::usage, fill("there is no {} {}{}", what, name, command.empty() ? "" : fill(" of '{}'", command)), {},
                 near.empty() ? see_help(command) : fill("did you mean {}?", near));
}

// "tmf completeness" for completeness; empty: no command is called so, or several are.
std::string command_called(const CLI::App& node, const std::string& name) {
    std::string found;
    for (const CLI::App* command : node.get_subcommands([](const CLI::App*) { return true; })) {
        const std::string below = command_called(*command, name);
        const std::string path = command->get_name() == name ? name : below.empty() ? "" : command->get_name() + " " + below;
        if (path.empty()) continue;
        if (!found.empty()) return "";
        found = path;
    }
    return found;
}

// Follows the words down the tree of commands.
class Reading {
public:
    Reading(const CLI::App& app, const std::vector<std::string>& words) : root_(app), node_(&app), words_(words) {}

    // The word that is no command, or the option that the command does not have.
    std::optional<Error> unknown_word() {
        for (std::size_t i = 0; i < words_.size(); ++i) {
            const std::string& word = words_[i];
            if (is_option(word)) {
                const std::string option = word.substr(0, word.find('='));
                const auto known = options_of(*node_);
                if (is_last() && std::find(known.begin(), known.end(), option) == known.end())
                    return unknown("option", option, nearest(option, known), command_);
            }
            if (is_last() || starts_with(word, "-") || is_value(i)) continue;
            const auto commands = commands_of(*node_);
            if (std::find(commands.begin(), commands.end(), word) != commands.end()) {
                node_ = node_->get_subcommand(word);
                command_ += (command_.empty() ? "" : " ") + word;
            } else {
                const std::string elsewhere = command_called(root_, word);
                return unknown("command", word, elsewhere.empty() ? nearest(word, commands) : fill("'dossier {}'", elsewhere), command_);
            }
        }
        return std::nullopt;
    }

    std::optional<Error> missing_command() const {
        if (is_last()) return std::nullopt;
        return usage(command_.empty() ? "which command?" : fill("'dossier {}' needs one word more", command_),
                     fill("one of {}; {}", join(commands_of(*node_), ", "), see_help(command_)));
    }

    std::optional<Error> missing_value() const {
        for (std::size_t i = 0; i < words_.size() && words_[i] != "--"; ++i) {
            if (!is_option(words_[i]) || words_[i].find('=') != std::string::npos) continue;
            const CLI::Option* const option = find_option(*node_, words_[i]);
            const bool is_followed = i + 1 < words_.size() && !is_option(words_[i + 1]);
            if (option && option->get_items_expected_min() > 0 && !is_followed)
                return usage(fill("{} needs a value", words_[i]), see_help(command_));
        }
        return std::nullopt;
    }

    std::optional<Error> given_twice() const {
        for (const CLI::App* at = node_; at; at = at->get_parent())
            for (const CLI::Option* option : at->get_options())
                if (!option->get_positional() && option->get_items_expected_max() > 0 &&
                    option->count() > static_cast<std::size_t>(option->get_items_expected_max()))
                    return usage(fill("{} is given more than once", option->get_name()), "give it once");
        return std::nullopt;
    }

    std::optional<Error> missing_option() const {
        std::vector<std::string> missing;
        for (const CLI::Option* option : node_->get_options())
            if (option->get_required() && option->count() == 0) missing.push_back(option->get_name());
        if (missing.empty()) return std::nullopt;
        return usage(fill("'dossier {}' needs {}", command_, join(missing, ", ")), see_help(command_));
    }

    std::optional<Error> word_too_many() const {
        const std::vector<std::string> left = root_.remaining(true);
        if (left.empty()) return std::nullopt;
        return usage(fill("'dossier {}' does not know what to do with {}", command_, join(left, " ")),
                     "put quotes around a value with blanks in it; " + see_help(command_));
    }

    Error other(const std::string& library) const { return usage(library, see_help(command_)); }

private:
    static Error usage(const std::string& message, const std::string& remedy) { return Error(ErrorKind::usage, message, {}, remedy); }
    bool is_value(std::size_t word) const { // of the option before it
        if (word == 0 || !is_option(words_[word - 1])) return false;
        const CLI::Option* const option = find_option(*node_, words_[word - 1]);
        return !option || (option->get_items_expected_max() > 0 && words_[word - 1].find('=') == std::string::npos);
    }
    bool is_last() const { return node_->get_require_subcommand_min() == 0; } // no command below it

    const CLI::App& root_;
    const CLI::App* node_;
    const std::vector<std::string>& words_;
    std::string command_;
};

} // namespace

std::string check_text(const std::string& option, const std::string& value) {
    static const std::set<std::string> of_days = {"--as-of", "--known-at", "--until", "--entry"};
    if (value.empty() && of_days.count(option) > 0) // a variable of a script that was never set would mean another day
        throw WrongValue(
            Error(ErrorKind::usage, fill("{} needs a day, and got none", option), {}, "write YYYY-MM-DD, or leave the option out"));
    const std::size_t end = value.find_first_not_of("abcdefghijklmnopqrstuvwxyz-");
    const bool looks_like_one = is_option(value) && value[2] != '-' && (end == std::string::npos || value[end] == '=');
    if (!looks_like_one) return ""; // words may begin with a dash
    throw WrongValue(Error(ErrorKind::usage, fill("{} needs a value, and {} behind it is an option", option, value), {},
                           "give the value, or leave the option out"));
}

std::string check_number(const std::string& option, const std::string& value) {
    std::int64_t number = 0;
    const char* const end = value.data() + value.size();
    const auto read = std::from_chars(value.data(), end, number);
    if (read.ec == std::errc() && read.ptr == end) return "";
    throw WrongValue(Error(ErrorKind::usage, fill("{} {} is not a whole number", option, value), {}, fill("write {} 5", option)));
}

std::string check_choice(const std::string& option, const std::vector<std::string>& choices, const std::string& value) {
    if (std::find(choices.begin(), choices.end(), value) != choices.end()) return "";
    const std::string near = nearest(value, choices);
    throw WrongValue(Error(ErrorKind::usage, fill("{} {} is none of {}", option, value, join(choices, ", ")), {},
                           near.empty() ? "take one of them" : fill("did you mean {}?", near)));
}

Error explain_usage(const CLI::App& app, const std::vector<std::string>& words, const std::string& library) {
    Reading reading(app, words);
    if (auto error = reading.unknown_word()) return *error;
    if (auto error = reading.missing_command()) return *error;
    if (auto error = reading.missing_value()) return *error;
    if (auto error = reading.given_twice()) return *error;
    if (auto error = reading.missing_option()) return *error;
    if (auto error = reading.word_too_many()) return *error;
    return reading.other(library);
}

} // namespace dossier::cli
