// `init` where something is already: refused with what is there, and nothing is touched or left behind.
#include "tests/tmf/program.hpp"

#include "core/filesystem.hpp"

using namespace tmf_test;

namespace {

std::vector<std::string> files_below(const std::string& folder) {
    std::vector<std::string> names;
    const auto tree = list_tree(*make_disk_file_system(), folder);
    if (tree)
        for (const TreeEntry& entry : *tree) names.push_back(entry.path);
    return names;
}

} // namespace

TEST_CASE("init: a file, a folder that holds something and a repository are refused and stay as they are") {
    const Program p;
    p.scratch.write("a-file", "mine");
    p.scratch.write("full/notes.txt", "mine");
    const auto refused = [&p](const std::string& where) {
        const auto before = files_below(p.scratch.path());
        const test::Run run = p.run({"init", where});
        INFO(run.err);
        CHECK(run.code == 3);
        CHECK(run.out.empty());
        CHECK(run.err.find(where) != std::string::npos);
        CHECK(run.err.find("Mend: ") != std::string::npos);
        CHECK(run.err.find("note: no repository was made, so the key was removed again\n") != std::string::npos);
        CHECK(files_below(p.scratch.path()) == before); // no folder, no key for a repository that is none
        return run.err;
    };
    refused("a-file");
    refused("full");
    CHECK(refused("repo").find("repository") != std::string::npos);
    CHECK(p.run({"init", "a-file/below"}).err.find("dossier: a-file/below: cannot create the folder: a file is in the way\n") !=
          std::string::npos);
    CHECK(p.scratch.read("a-file") == "mine");
    CHECK(p.scratch.read("full/notes.txt") == "mine");
    p.import("file,artifact,status\nfiles/a.txt,02.01.02,final\n"); // the repository works on
    p.require({"tmf", "check"});
    // An empty folder is fine, and one that is not there with its parents.
    REQUIRE(make_disk_file_system()->create_folders(p.scratch / "empty"));
    p.require({"init", "empty"});
    p.require({"init", "one/two"});
    CHECK(p.run({"init", "one/two"}).code == 3);
}
