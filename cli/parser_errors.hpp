// What is wrong with a command line, in the program's own words: which command or option, what is wrong with it, how to mend it. Part of
// CLI11's door.
#pragma once

#include "core/result.hpp"

#include <exception>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace dossier::cli {

// Thrown by checks of values while CLI11 parses; it never leaves the door.
class WrongValue final : public std::exception {
public:
    explicit WrongValue(Error error) : error_(std::move(error)) {}
    const Error& error() const { return error_; }
    const char* what() const noexcept override { return "wrong value"; }

private:
    Error error_;
};
// For Option::check: each throws WrongValue, or finds nothing. CLI11 takes the word behind an option as its value whatever it looks like:
// in `--reason --dry-run` the run would not be dry.
std::string check_text(const std::string& option, const std::string& value);
std::string check_number(const std::string& option, const std::string& value);
std::string check_choice(const std::string& option, const std::vector<std::string>& choices, const std::string& value);

// `words` are those behind the program's name; `library` is what CLI11 says, for what is none of the known faults.
Error explain_usage(const CLI::App& app, const std::vector<std::string>& words, const std::string& library);

} // namespace dossier::cli
