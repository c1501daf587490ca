// Pages in a real browser, and trials to make them of.
#pragma once

#include <catch2/catch.hpp>

#include "core/json.hpp"
#include "core/text.hpp"
#include "tests/support/run.hpp"
#include "tests/support/skip.hpp"

#include <cstdio>
#include <string>
#include <vector>

namespace browser_test {

using namespace dossier;

inline void browser_or_skip() {
    test::tool_or_skip("chromium");
    test::tool_or_skip("python3");
}

// Opens the page and evaluates the expressions in it, one after the other; console and requests must be empty.
inline std::vector<Json> in_browser(const std::string& page, const std::vector<std::string>& expressions,
                                    const std::vector<std::string>& options = {}) {
    std::vector<std::string> command{"python3", test::source_folder() + "/tests/browser/chromium.py", page};
    command.insert(command.end(), options.begin(), options.end());
    command.insert(command.end(), expressions.begin(), expressions.end());
    const auto result = test::run(command);
    INFO(result.err);
    REQUIRE(result.code == 0);
    const auto answer = parse_json(result.out);
    REQUIRE(answer);
    INFO(result.out);
    CHECK(answer->find("console")->items().empty());
    CHECK(answer->find("requests")->items().empty());
    std::printf("ready after %lld ms\n", static_cast<long long>(answer->find("ready_ms")->integer()));
    return answer->find("values")->items();
}

class Trial {
public:
    // Applies the study file; documents when a list is given.
    Trial(const std::string& study_file, std::string study, const std::string& list = {}) : study_(std::move(study)) {
        browser_or_skip();
        run({"init", scratch_ / "repository"});
        run({"study", "apply", study_file});
        if (!list.empty()) run({"tmf", "import", list, "--study", study_});
    }
    std::string run(std::vector<std::string> arguments) const {
        arguments.insert(arguments.end(), {"--repo", scratch_ / "repository", "--as", "demo", "--now", "2026-06-30T12:00:00Z"});
        const auto result = test::dossier(arguments, {}, {"XDG_DATA_HOME=" + (scratch_ / "data")});
        INFO(result.err);
        REQUIRE(result.code == 0);
        return result.out;
    }
    // Opens the dashboard and evaluates the expressions in it; console and requests must be empty.
    std::vector<Json> open(const std::vector<std::string>& expressions, const std::vector<std::string>& options = {}) const {
        return open_page({"tmf", "report", study_, "dashboard"}, expressions, options);
    }
    std::vector<Json> open_page(std::vector<std::string> arguments, const std::vector<std::string>& expressions,
                                const std::vector<std::string>& options = {}) const {
        arguments.insert(arguments.end(), {"--format", "html", "--output", scratch_ / "page.html"});
        run(arguments);
        return in_browser(scratch_ / "page.html", expressions, options);
    }
    // Open slots by completeness, which knows nothing of the page.
    std::int64_t open_slots(const std::string& site, const std::string& milestone) const {
        const auto json = parse_json(run({"tmf", "completeness", study_, "--site", site, "--milestone", milestone, "--json"}));
        REQUIRE(json);
        std::int64_t open = 0;
        for (const Json& row : json->find("rows")->items()) {
            const std::string state = row.find("state")->text();
            if (state == "missing" || state == "overdue" || state == "expired" || state == "in_review") ++open;
        }
        return open;
    }

    test::Scratch scratch_;

private:
    std::string study_;
};

} // namespace browser_test
