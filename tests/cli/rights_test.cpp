// Every command that touches a trial master file names the right it needs.
#include <catch2/catch.hpp>

#include <algorithm>
#include <set>

#include "cli/command.hpp"
#include "core/text.hpp"
#include "templates/roles.hpp"

using namespace dossier;

TEST_CASE("every command of the trial master file names a right of the role matrix") {
    const auto matrix = templates::read_role_matrix(templates::Source());
    REQUIRE(matrix);
    const std::set<std::string> rights(matrix->rights().begin(), matrix->rights().end());
    std::size_t with_right = 0;
    for (const cli::Command& command : cli::all_commands()) {
        const std::string noun = command.name.substr(0, command.name.find(' '));
        if (command.name == "user key") continue; // it reads and writes the user's own data folder only
        const bool of_repository = std::set<std::string>{"tmf", "study", "milestone", "user"}.count(noun) > 0;
        INFO(command.name);
        CHECK((!of_repository || !command.right.empty()));
        CHECK((command.right.empty() || rights.count(command.right) > 0));
        with_right += of_repository ? 1 : 0;
    }
    CHECK(with_right > 15);
}
