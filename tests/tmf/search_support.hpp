// Searching through the program, and the index as Debian's sqlite3 sees it.
#pragma once

#include "tests/support/skip.hpp"
#include "tests/tmf/program.hpp"

#include <algorithm>
#include <string>

namespace tmf_test {

inline test::Run search(const Program& p, const std::vector<std::string>& words, const std::vector<std::string>& more = {}) {
    std::vector<std::string> arguments{"tmf", "search", "--repo", "repo", "--json"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    arguments.emplace_back("--"); // what follows are words, also those that begin with '-'
    arguments.insert(arguments.end(), words.begin(), words.end());
    return test::dossier(arguments, p.scratch.path());
}

inline std::string found(const Program& p, const std::vector<std::string>& words, const std::vector<std::string>& more = {}) {
    const test::Run run = search(p, words, more);
    INFO(run.err);
    REQUIRE(run.code == 0);
    std::vector<std::string> ids;
    const auto documents = parse_json(run.out);
    REQUIRE(documents);
    for (const Json& document : documents->find("documents")->items())
        ids.push_back(std::to_string(std::stoi(document.find("id")->text().substr(2))));
    std::sort(ids.begin(), ids.end());
    return join(ids, " ");
}

// A value from the ledger by Debian's sqlite3, which knows nothing of us.
inline std::string sql(const Program& p, const std::string& statement) {
    test::tool_or_skip("sqlite3");
    const auto run = test::run({"sqlite3", p.scratch / "repo/ledger.sqlite", statement});
    INFO(run.err);
    REQUIRE(run.code == 0);
    return run.out;
}

} // namespace tmf_test
