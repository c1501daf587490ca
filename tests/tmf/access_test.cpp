// The role matrix, cell by cell, through the program's own enforcement. What is expected is read from the table by the few lines below,
// which know nothing of the program's reader.
#include <catch2/catch.hpp>

#include <map>
#include <sstream>

#include "core/text.hpp"
#include "tests/support/run.hpp"
#include "tests/support/skip.hpp"
#include "tmf/access_control.hpp"

using namespace dossier;
using namespace dossier::tmf;

namespace {

using Cells = std::map<std::pair<std::string, std::string>, std::string>; // role, right -> word

Cells read_cells() {
    Cells cells;
    std::istringstream lines(test::read_bytes(test::source_folder() + "/templates/tmf/roles.tsv"));
    std::vector<std::string> roles;
    for (std::string line; std::getline(lines, line);) {
        if (line.empty() || line[0] == '#') continue;
        std::vector<std::string> words;
        std::istringstream parts(line);
        for (std::string word; std::getline(parts, word, '\t');) words.push_back(word);
        if (roles.empty())
            roles = words;
        else
            for (std::size_t i = 2; i < words.size(); ++i) cells[{roles[i], words[0]}] = words[i];
    }
    return cells;
}

GrantRecord grant(const std::string& user, const std::string& role, const Scope& scope, std::int64_t number = 1) {
    GrantRecord record;
    record.number = number;
    record.user = user;
    record.role = role;
    record.scope = scope;
    record.from = "2025-01-01T00:00:00.000000Z";
    record.by = "ann";
    return record;
}

const Date today = *parse_date("2025-06-30");

AccessControl control_of(const std::string& user, std::vector<GrantRecord> grants) {
    auto matrix = templates::read_role_matrix(templates::Source());
    REQUIRE(matrix);
    AccessRecords records;
    records.users = {{"ann", "", ""}, {"bob", "", ""}};
    records.grants = std::move(grants);
    return AccessControl(*matrix, records, user, today);
}

struct Reach {
    Scope place;
    // The grants of the test, in their order: does each reach this place? Written down, not computed.
    std::vector<bool> reached;
};

} // namespace

TEST_CASE("every cell of the role matrix holds, in scope and out of it, for own versions and others'") {
    const std::vector<Scope> grants = {{"", "", ""}, {"S", "", ""}, {"S", "USA", ""}, {"S", "USA", "701"}};
    const std::vector<Reach> places = {
        {{"S", "USA", "701"}, {true, true, true, true}}, {{"S", "USA", "702"}, {true, true, true, false}},
        {{"S", "USA", ""}, {true, true, true, false}},   {{"S", "DEU", "801"}, {true, true, false, false}},
        {{"S", "", ""}, {true, true, false, false}},     {{"T", "USA", "701"}, {true, false, false, false}},
        {{"", "", ""}, {true, false, false, false}},
    };
    const Cells cells = read_cells();
    REQUIRE(cells.size() >= 5 * 19);
    std::size_t examined = 0, wrong = 0;
    for (const auto& [cell, word] : cells)
        for (std::size_t g = 0; g < grants.size(); ++g) {
            const AccessControl control = control_of("bob", {grant("bob", cell.first, grants[g])});
            for (const Reach& place : places)
                for (const bool own : {false, true}) {
                    const bool expected = place.reached[g] && (word == "yes" || (word == "not_own" && !own));
                    const auto allowed = control.require(cell.second, place.place, own);
                    ++examined;
                    if (allowed.has_value() == expected && control.may(cell.second, place.place, own) == expected) continue;
                    ++wrong;
                    CAPTURE(cell.first, cell.second, word, grants[g].text(), place.place.text(), own);
                    CHECK(allowed.has_value() == expected);
                }
        }
    CHECK(wrong == 0);
    CHECK(examined >= 5000);
}

TEST_CASE("no two words of a cell mean the same: what the matrix does not name is not allowed") {
    const AccessControl control = control_of("bob", {grant("bob", "manager", {})});
    CHECK_FALSE(control.may("document.burn", {}));
    CHECK_FALSE(control_of("bob", {grant("bob", "emperor", {})}).may("document.read", {}));
    CHECK_FALSE(control_of("eve", {grant("bob", "manager", {})}).may("document.read", {}));
}

TEST_CASE("a role ends on the day it was given for, and at once when it is taken") {
    GrantRecord timed = grant("bob", "auditor", {});
    timed.until = today;
    CHECK(control_of("bob", {timed}).may("audit.read", {}));
    timed.until = today.plus_days(-1);
    CHECK_FALSE(control_of("bob", {timed}).may("audit.read", {}));
    GrantRecord ended = grant("bob", "auditor", {});
    ended.ended = "2025-12-31T00:00:00.000000Z"; // whatever the clock says: a clock set back revives nothing
    CHECK_FALSE(control_of("bob", {ended}).may("audit.read", {}));
    CHECK(ended.was_in_force(*parse_date("2025-12-31")));
    CHECK_FALSE(ended.was_in_force(*parse_date("2026-01-01")));
    CHECK_FALSE(ended.was_in_force(*parse_date("2024-12-31")));
}

TEST_CASE("a repository is open until somebody gives the first role, and never opens again") {
    GrantRecord founding = grant("ann", "manager", {});
    founding.by.clear();
    CHECK(control_of("eve", {founding}).may("document.file", {"S", "", ""}));
    CHECK(control_of("eve", {founding}).may("document.review", {"S", "", ""}, true));
    CHECK_FALSE(control_of("eve", {founding}).may(right_to_restricted, {"S", "", ""})); // that takes a role, and a key
    GrantRecord first = grant("bob", "filer", {}, 2);
    first.ended = first.from;
    CHECK_FALSE(control_of("eve", {founding, first}).may("document.file", {"S", "", ""}));
    CHECK(control_of("ann", {founding, first}).may("document.file", {"S", "", ""}) ==
          (read_cells()[{"manager", "document.file"}] == "yes"));
}

TEST_CASE("a refusal says who, what, where, and which role it takes") {
    const auto error = control_of("bob", {grant("bob", "filer", {"S", "USA", "701"})}).require("document.file", {"S", "DEU", "801"});
    REQUIRE_FALSE(error);
    CHECK(error.error().kind == ErrorKind::denied);
    CHECK(error.error().message == "bob may not file documents in site 801 of study S: the roles are filer of site 701 of study S");
    CHECK(error.error().remedy == "it takes the role manager or filer; a manager gives it with 'dossier user add'");
    const auto own = control_of("bob", {grant("bob", "reviewer", {})}).require("document.review", {"S", "", ""}, true);
    REQUIRE_FALSE(own);
    CHECK(own.error().message == "bob may not accept or reject documents that bob filed");
    CHECK(own.error().remedy == "somebody else with the role manager or reviewer has to");
    const auto unknown = control_of("eve", {grant("bob", "filer", {})}).require_somewhere("document.file");
    REQUIRE_FALSE(unknown);
    CHECK(unknown.error().message == "eve is no user of this repository");
}

TEST_CASE("a role matrix with a wrong cell is refused with its line") {
    const test::Scratch scratch;
    std::string table = test::read_bytes(test::source_folder() + "/templates/tmf/roles.tsv");
    scratch.write("tmf/roles.tsv", replace_all(table, "not_own\tno\tnot_own", "perhaps\tno\tnot_own"));
    const auto matrix = templates::read_role_matrix(templates::Source(scratch.path()));
    REQUIRE_FALSE(matrix);
    CHECK(matrix.error().message.find("unknown word \"perhaps\"") != std::string::npos);
    CHECK(matrix.error().where.column == "manager");
}
