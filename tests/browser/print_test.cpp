// The pages on paper, read back from the PDF that a browser prints: heads on every page, every column, what each page is about.
#include <catch2/catch.hpp>

#include "tests/browser/trial.hpp"

using namespace dossier;
using browser_test::Trial;

namespace {

const std::string samples = test::build_folder() + "/samples";

// The text of each printed page, by an independent reader of PDF.
std::vector<std::string> printed(const Trial& trial, const std::vector<std::string>& arguments) {
    test::tool_or_skip("pdftotext");
    const std::string file = trial.scratch_ / "page.pdf";
    trial.open_page(arguments, {}, {"--pdf", file});
    std::vector<std::string> pages = split(test::run({"pdftotext", "-layout", file, "-"}).out, '\f');
    while (!pages.empty() && trim(pages.back()).empty()) pages.pop_back();
    return pages;
}

bool holds(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

} // namespace

TEST_CASE("browser: a printed list has its column heads on every page") {
    const Trial trial(samples + "/trial/study.yaml", "MDL-201", samples + "/trial/documents.csv");
    struct List {
        std::vector<std::string> arguments;
        std::string cell, head; // each page with that cell of the list has that head
        std::size_t pages;      // that the list covers at least
    };
    for (const List& list : {List{{"tmf", "report", "MDL-201", "late"}, "EDL-", "Bucket", 2},
                             List{{"tmf", "report", "MDL-201", "quality"}, "accepted", "Outcome", 5},
                             List{{"tmf", "report", "MDL-201", "timeliness"}, "@1", "Artifact", 5},
                             List{{"tmf", "completeness", "MDL-201"}, "EDL-", "Rule", 2},
                             List{{"tmf", "report", "MDL-201", "dashboard"}, "EDL-", "Rule", 2}}) {
        INFO(join(list.arguments, " "));
        std::size_t pages = 0;
        for (const std::string& page : printed(trial, list.arguments)) {
            if (!holds(page, list.cell)) continue;
            ++pages;
            INFO(page);
            CHECK(holds(page, list.head));
        }
        CHECK(pages >= list.pages);
    }
}
