#include <catch2/catch.hpp>

#include "core/filesystem.hpp"
#include "core/path.hpp"
#include "core/text.hpp"
#include "tests/house/architecture.hpp"
#include "tests/support/run.hpp"
#include "tests/support/skip.hpp"

namespace {

// Every source file of the repository, build folders and the like left out.
house::Sources all_sources() {
    const auto disk = dossier::make_disk_file_system();
    house::Sources sources;
    for (const std::string room : {"core", "templates", "tmf", "ectd", "signing", "cli", "samples", "bench", "tests"}) {
        const std::string root = dossier::path::join(test::source_folder(), room);
        if (!dossier::is_folder(*disk, root)) continue;
        const auto tree = dossier::list_tree(*disk, root);
        REQUIRE(tree);
        for (const auto& entry : *tree) {
            const std::string kind = dossier::path::extension(entry.path);
            if (entry.kind == dossier::FileKind::file && (kind == "cpp" || kind == "hpp" || kind == "h"))
                sources[dossier::path::join(room, entry.path)] = test::read_bytes(dossier::path::join(root, entry.path));
        }
    }
    return sources;
}

std::string fault(const std::string& path, const std::string& line) {
    const house::Sources sources = {{path, "// first line\n" + line + "\n"},
                                    {"core/result.hpp", ""},
                                    {"ectd/plan.hpp", ""},
                                    {"tmf/ledger.hpp", ""},
                                    {"signing/cms.hpp", ""},
                                    {"templates/source.hpp", ""},
                                    {"cli/command.hpp", ""},
                                    {"ectd/plan.cpp", ""}};
    const auto faults = house::check_includes(sources);
    REQUIRE(faults.size() <= 1);
    return faults.empty() ? "" : faults.front();
}

} // namespace

TEST_CASE("the rooms of the house know only whom they may, and every library has one door") {
    const house::Sources sources = all_sources();
    REQUIRE(sources.size() > 80);
    for (const std::string& line : house::check_includes(sources)) FAIL_CHECK(line);
}

TEST_CASE("the checker of includes finds what is planted") {
    CHECK(fault("tmf/x.cpp", "#include \"ectd/plan.hpp\"") == "tmf/x.cpp:2: includes ectd/plan.hpp, which tmf may not know");
    for (const std::string wrong : {"core/x.cpp", "templates/x.cpp", "signing/x.hpp", "tmf/deep/x.hpp"})
        CHECK(fault(wrong, "  #  include \"ectd/plan.hpp\"  // why") ==
              wrong + ":2: includes ectd/plan.hpp, which " + wrong.substr(0, wrong.find('/')) + " may not know");
    CHECK_FALSE(fault("signing/x.cpp", "#include \"templates/source.hpp\"").empty());
    CHECK_FALSE(fault("core/x.cpp", "#include \"templates/source.hpp\"").empty());
    CHECK_FALSE(fault("ectd/x.cpp", "#include \"tmf/ledger.hpp\"").empty());
    CHECK_FALSE(fault("ectd/x.cpp", "#include \"cli/command.hpp\"").empty());
    CHECK(fault("cli/x.cpp", "#include \"ectd/plan.hpp\"").empty());
    CHECK(fault("ectd/x.cpp", "#include \"templates/source.hpp\"").empty());
    CHECK(fault("tmf/x.cpp", "// #include \"ectd/plan.hpp\"").empty());
    CHECK_FALSE(fault("ectd/x.cpp", "#include \"plan.hpp\"").empty());
    CHECK_FALSE(fault("ectd/x.cpp", "#include \"ectd/plan.cpp\"").empty());
}

TEST_CASE("the checker of includes guards the doors of the libraries") {
    CHECK(fault("ectd/x.cpp", "#include <libxml/parser.h>") ==
          "ectd/x.cpp:2: includes <libxml/parser.h>, whose door is core/xml*.cpp or cli/xslt*.cpp");
    CHECK(fault("core/xml_more.cpp", "#include <libxml/parser.h>").empty());
    CHECK_FALSE(fault("core/deep/xml.cpp", "#include <libxml/parser.h>").empty());
    CHECK(fault("core/xml.hpp", "#include <libxml/parser.h>") ==
          "core/xml.hpp:2: includes <libxml/parser.h>: outside headers belong in .cpp files");
    CHECK_FALSE(fault("core/x.hpp", "#include <unistd.h>").empty());
    CHECK(fault("core/x.cpp", "#include <sys/stat.h>").empty());
    CHECK(fault("core/x.hpp", "#include <string>").empty());
    CHECK_FALSE(fault("tmf/x.cpp", "#include <sqlite3.h>").empty());
    CHECK(fault("tmf/ledger_write.cpp", "#include <sqlite3.h>").empty());
    CHECK_FALSE(fault("tests/core/x_test.cpp", "#include <zip.h>").empty());
    CHECK(fault("core/x.cpp", "#include <surprise/library.hpp>").find("a library without a door") != std::string::npos);
}

TEST_CASE("no case of a test has a semicolon in its name") { // CMake would cut the name there, and the case would never run
    for (const auto& [path, bytes] : all_sources()) {
        if (!dossier::starts_with(path, "tests/")) continue;
        for (const std::string& line : dossier::split(bytes, '\n')) {
            const std::size_t name = line.find("TEST_CASE(\"");
            if (name == 0 && line.find(';', name) < line.rfind('"')) FAIL_CHECK(path + ": " + line);
        }
    }
}

TEST_CASE("every source file is laid out as clang-format lays it out") {
    test::tool_or_skip("clang-format");
    const auto version = test::run({"clang-format", "--version"});
    if (version.out.find("version 14.") == std::string::npos) test::skip("other versions of clang-format than 14 lay out differently");
    std::vector<std::string> command = {"clang-format", "--dry-run", "-Werror"};
    for (const auto& source : all_sources()) command.push_back(source.first);
    const auto run = test::run(command, test::source_folder());
    INFO(run.err);
    CHECK(run.code == 0);
}

TEST_CASE("clang-format is asked in a way that can fail") {
    test::tool_or_skip("clang-format");
    test::Scratch scratch;
    scratch.write("x.cpp", "int  main( ){return 0;}\n");
    CHECK(test::run({"clang-format", "--dry-run", "-Werror", "x.cpp"}, scratch.path()).code != 0);
}
