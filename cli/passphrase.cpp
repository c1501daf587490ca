#include "cli/passphrase.hpp"

#include <cstdlib>
#include <iostream>

#include <termios.h>
#include <unistd.h>

#include "core/text.hpp"

namespace dossier::cli {

namespace {

// Switches the terminal's echo off while it lives.
class Silence {
public:
    Silence() {
        changed_ = tcgetattr(STDIN_FILENO, &before_) == 0;
        termios quiet = before_;
        quiet.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        if (changed_) tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet);
    }
    ~Silence() {
        if (changed_) tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_);
    }
    Silence(const Silence&) = delete;
    Silence& operator=(const Silence&) = delete;

private:
    termios before_{};
    bool changed_ = false;
};

Result<std::string> prompt(const std::string& what) {
    std::cerr << "Passphrase for " << what << ": " << std::flush;
    std::string line;
    {
        const Silence silence;
        std::getline(std::cin, line);
    }
    std::cerr << "\n";
    if (!std::cin) return Error(ErrorKind::usage, "no passphrase was given", {what});
    return line;
}

} // namespace

void declare_passphrase(Options& list, std::string& passphrase_file) {
    list.text("--passphrase-file", passphrase_file,
              "File whose first line is the signing key's passphrase (or DOSSIER_PASSPHRASE, or a prompt)");
}

Result<void> check_passphrase_file(const Context& context, const std::string& passphrase_file) {
    if (passphrase_file.empty() || (exists(*context.fs, passphrase_file) && !is_folder(*context.fs, passphrase_file))) return {};
    return Error(ErrorKind::usage, "--passphrase-file: there is no such file; nothing was done", {passphrase_file},
                 "correct the path, or leave the option out where the key has no passphrase");
}

std::function<Result<std::string>(const std::string&)> passphrase_source(Context& context, const std::string& passphrase_file) {
    return [&context, passphrase_file](const std::string& what) -> Result<std::string> {
        if (!passphrase_file.empty()) {
            DOSSIER_TRY(const std::string bytes, read_file(*context.fs, passphrase_file, 64u << 10));
            return bytes.substr(0, bytes.find_first_of("\r\n"));
        }
        if (const char* set = std::getenv("DOSSIER_PASSPHRASE")) return std::string(set);
        if (context.no_input)
            return Error(ErrorKind::usage, "this key file needs its passphrase", {what},
                         "add --passphrase-file FILE or set DOSSIER_PASSPHRASE");
        return prompt(what);
    };
}

} // namespace dossier::cli
