// The PDFs of the cases are what their program makes, byte for byte.
#include <catch2/catch.hpp>

#include "core/filesystem.hpp"
#include "core/path.hpp"
#include "tests/support/run.hpp"
#include "tests/support/skip.hpp"

using namespace dossier;

namespace {

std::vector<std::string> pdfs_below(const std::string& folder) {
    std::vector<std::string> files;
    const auto tree = list_tree(*make_disk_file_system(), folder);
    REQUIRE(tree);
    for (const TreeEntry& entry : *tree)
        if (path::extension(entry.path) == "pdf") files.push_back(entry.path);
    return files;
}

} // namespace

TEST_CASE("the PDFs of the cases are those that their program makes, byte for byte") {
    test::tool_or_skip("qpdf");
    const std::string rules = test::source_folder() + "/tests/rules";
    const test::Scratch scratch;
    REQUIRE(test::run({"python3", "-B", rules + "/make_pdfs.py", scratch.path()}).code == 0);
    const std::vector<std::string> made = pdfs_below(scratch.path());
    CHECK(made.size() > 90);
    for (const std::string& file : made) {
        INFO(file);
        CHECK(test::read_bytes(scratch / file) == test::read_bytes(rules + "/" + file));
    }
    // and every one in the folder is made by it
    for (const std::string& file : pdfs_below(rules + "/pdf")) {
        INFO(file);
        CHECK(std::find(made.begin(), made.end(), "pdf/" + file) != made.end());
    }
}
