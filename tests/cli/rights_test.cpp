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

// Rights whose name ends in .read change nothing; what has none writes files or the user's own folder.
TEST_CASE("every command that changes something says in which forms it answers, so that it can refuse others before it begins") {
    const std::set<std::string> without_right = {"init",     "user key",   "standards add", "sign",
                                                 "ectd new", "ectd build", "ectd sent",     "ectd package"};
    std::size_t changing = 0;
    for (const cli::Command& command : cli::all_commands()) {
        const bool changes = without_right.count(command.name) > 0 || (!command.right.empty() && !ends_with(command.right, ".read"));
        INFO(command.name);
        CHECK((!changes || !command.forms.empty()));
        changing += changes ? 1 : 0;
    }
    CHECK(changing > 20);
}
