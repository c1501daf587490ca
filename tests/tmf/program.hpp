// A repository with a small study, driven through the program.
#pragma once

#include <catch2/catch.hpp>

#include "core/json.hpp"
#include "core/text.hpp"
#include "tests/support/run.hpp"

#include <string>
#include <vector>

namespace tmf_test {

using namespace dossier;

inline const std::string program_study = R"(study: {id: S, title: Small study, start: 2025-01-10, review: yes, grace_days: 30}
switches: {imp_blinded: yes}
countries: [{code: USA, approved: 2025-02-15}, {code: DE}]
sites:
  - {id: "701", country: USA, activated: 2025-03-01}
  - {id: "0702", country: USA, activated: 2025-09-01}
people:
  - {id: P1, name: Ann Lee, role: principal_investigator, site: "701", from: 2025-01-15}
  - {id: P2, name: Bob Roe, role: principal_investigator, site: "0702", from: 2025-05-01}
milestones: [{code: "02", date: 2025-02-01}]
amendments: [{id: A1, approved: 2025-06-15}]
)";

class Program {
public:
    Program() {
        scratch.write("STUDY.yaml", program_study);
        for (const char* name : {"a", "b", "c", "d"})
            scratch.write(std::string("files/") + name + ".txt", std::string("content of ") + name + "\n");
        require({"init", "repo"});
        require({"study", "apply", "STUDY.yaml"});
    }

    test::Run run(std::vector<std::string> arguments) const {
        arguments.insert(arguments.end(), {"--repo", "repo", "--as", user, "--now", now});
        return test::dossier(std::move(arguments), scratch.path(), {"XDG_DATA_HOME=" + scratch / "data"});
    }
    std::string require(std::vector<std::string> arguments, int code = 0) const {
        const test::Run result = run(std::move(arguments));
        INFO(result.out + result.err);
        REQUIRE(result.code == code);
        return result.out;
    }
    // The error lines of a refused command, the program's name and the folders cut off.
    std::string refused(std::vector<std::string> arguments, int code = 3) const {
        const test::Run result = run(std::move(arguments));
        INFO(result.out);
        CHECK(result.code == code);
        CHECK(result.out.empty());
        return result.err;
    }
    Json json(std::vector<std::string> arguments, int code = 0) const {
        arguments.push_back("--json");
        const std::string text = require(std::move(arguments), code);
        auto value = parse_json(text);
        REQUIRE(value);
        return std::move(*value);
    }
    std::string import(const std::string& list, const std::vector<std::string>& more = {}, int code = 0) const {
        scratch.write("LIST.csv", list);
        std::vector<std::string> arguments{"tmf", "import", "LIST.csv", "--study", "S"};
        arguments.insert(arguments.end(), more.begin(), more.end());
        return require(arguments, code);
    }
    std::string import_refused(const std::string& list) const {
        scratch.write("LIST.csv", list);
        return refused({"tmf", "import", "LIST.csv", "--study", "S"});
    }
    std::size_t documents() const { return json({"tmf", "list"}).find("documents")->items().size(); }

    test::Scratch scratch;
    std::string now = "2025-10-01T12:00:00Z", user = "ann";
};

} // namespace tmf_test
