#include <catch2/catch.hpp>

#include <vector>

#include "core/text.hpp"
#include "tests/support/run.hpp"
#include "tests/support/skip.hpp"

// The commands of the READMEs are run as they stand there, and what the READMEs show of the output must be in it.
// A block that starts with ```sh is run; a ```text block after it shows lines of its output, "..." for lines left out.

namespace {

struct Block {
    std::string commands;
    std::vector<std::string> shown; // lines
};

std::string squeezed(std::string_view text) { // one space for each run of white space
    std::string result;
    for (const std::string& word : dossier::split(text, ' '))
        if (!word.empty()) result += (result.empty() ? "" : " ") + word;
    return result;
}

std::vector<Block> blocks_of(const std::string& markdown) {
    std::vector<Block> blocks;
    enum { outside, commands, shown, other } state = outside;
    for (const std::string& line : dossier::split(markdown, '\n')) {
        if (dossier::starts_with(line, "```")) {
            if (state != outside) {
                state = outside;
            } else if (line == "```sh") {
                state = commands;
                blocks.push_back({});
            } else {
                state = line == "```text" && !blocks.empty() ? shown : other;
            }
        } else if (state == commands) {
            blocks.back().commands += line + "\n";
        } else if (state == shown && !line.empty() && line != "...") {
            blocks.back().shown.push_back(squeezed(line));
        }
    }
    return blocks;
}

// All blocks in one shell, one after the other, in a folder that looks like the repository after `make demo` and holds nothing else.
void run_tour(const std::string& file, std::size_t least) {
    const auto blocks = blocks_of(test::read_bytes(test::source_folder() + "/" + file));
    REQUIRE(blocks.size() >= least);
    test::Scratch scratch;
    std::string script = "set -eu\n";
    for (std::size_t i = 0; i < blocks.size(); ++i)
        script += "{\n" + blocks[i].commands + "} >" + (scratch / ("out" + std::to_string(i))) + " 2>&1\n";
    scratch.write("tour.sh", script);
    scratch.write("repository/empty", "");
    test::run({"ln", "-s", test::build_folder(), scratch / "repository/build"});
    const auto run = test::run({"sh", scratch / "tour.sh"}, scratch / "repository",
                               {"XDG_DATA_HOME=" + (scratch / "data"), "HOME=" + scratch.path(), "NO_COLOR=1"});
    std::string all;
    for (std::size_t i = 0; i < blocks.size(); ++i) {
        const auto read = test::run({"cat", scratch / ("out" + std::to_string(i))});
        all += "$ " + blocks[i].commands + read.out;
        const std::string output = "\n" + read.out;
        std::string squeezed_output;
        for (const std::string& line : dossier::split(output, '\n')) squeezed_output += squeezed(line) + "\n";
        for (const std::string& line : blocks[i].shown) {
            INFO("after\n" << blocks[i].commands << "came\n" << read.out);
            CHECK_THAT(squeezed_output, Catch::Contains(line));
        }
    }
    INFO(all << run.err);
    CHECK(run.code == 0);
}

} // namespace

TEST_CASE("blocks of a README are told apart") {
    const auto blocks = blocks_of("text\n```\nmake demo\n```\n```sh\na\nb\n```\nwords\n```text\nx  y\n...\nz\n```\n```sh\nc\n```\n");
    REQUIRE(blocks.size() == 2);
    CHECK(blocks[0].commands == "a\nb\n");
    CHECK(blocks[0].shown == std::vector<std::string>{"x y", "z"});
    CHECK(blocks[1].commands == "c\n");
    CHECK(blocks[1].shown.empty());
}

TEST_CASE("the tour of the README runs as it stands there and shows what it says") {
    test::tool_or_skip("openssl");
    run_tour("README.md", 4);
}

TEST_CASE("the demo does the main job to its end, a signature included") {
    test::tool_or_skip("openssl");
    test::Scratch scratch;
    const auto run =
        test::run({test::source_folder() + "/samples/demo.sh", test::program(), test::build_folder() + "/samples", scratch / "demo"}, {},
                  {"HOME=" + scratch.path(), "NO_COLOR=1"});
    INFO(run.out << run.err);
    CHECK(run.code == 0);
    CHECK_THAT(run.out,
               Catch::Contains("414 filed") && Catch::Contains("Sequence 0002 written") && Catch::Contains("\nsigned.pdf: valid\n"));
    CHECK(test::run({"ls", scratch / "demo/key.pem"}).code != 0); // the key does not stay
}
