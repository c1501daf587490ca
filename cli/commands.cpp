// Every subcommand of the program, in the order of --help. A factory a file: cli/<noun>_<verb>.cpp defines make_<noun>_<verb>().
#include "cli/command.hpp"

namespace dossier::cli {

Command make_ectd_new();
Command make_ectd_plan();
Command make_ectd_build();

Command make_sign();
Command make_verify();

Command make_standards_add();
Command make_standards_list();

std::vector<Command> all_commands() {
    return {
        make_ectd_new(),      make_ectd_plan(),      make_ectd_build(),

        make_sign(),          make_verify(),

        make_standards_add(), make_standards_list(),
    };
}

} // namespace dossier::cli
