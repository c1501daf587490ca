#include "cli/command.hpp"

int main(int count, char** arguments) { return dossier::cli::run_program(count, arguments); }
