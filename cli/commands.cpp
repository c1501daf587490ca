// Every subcommand of the program, in the order of --help.
#include "cli/command.hpp"

namespace dossier::cli {

// A factory a file: cli/<noun>_<verb>.cpp defines make_<noun>_<verb>().

std::vector<Command> all_commands() { return {}; }

} // namespace dossier::cli
