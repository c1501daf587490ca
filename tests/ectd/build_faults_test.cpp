// Builds that are interrupted: a disk that fails at any call, a disk that is full, a process that is killed. Nothing half-written stays,
// and the next build gives what an undisturbed one gives.
#include <catch2/catch.hpp>

#include "core/path.hpp"
#include "tests/ectd/command_bench.hpp"
#include "tests/ectd/workbench.hpp"
#include "tests/support/faulty_file_system.hpp"
#include "tests/support/skip.hpp"

using namespace dossier;

namespace {

using Tree = std::map<std::string, std::string>;

Tree tree_of(FileSystem& fs, const std::string& folder) {
    Tree files;
    const auto entries = list_tree(fs, folder);
    if (!entries) return files;
    for (const TreeEntry& entry : *entries)
        if (entry.kind == FileKind::file) files[entry.path] = *read_file(fs, path::join(folder, entry.path));
    return files;
}

void put(FileSystem& fs, const std::string& path, const std::string& bytes) {
    REQUIRE(fs.create_folders(path::parent(path)));
    REQUIRE(write_new_file(fs, path, bytes));
}

// Builds sequence 0001 of a planned application through a file system that fails at one call.
struct FaultyBuild {
    test::Workbench bench;
    std::shared_ptr<test::FaultyFileSystem> faulty = std::make_shared<test::FaultyFileSystem>(bench.fs);
    std::unique_ptr<ectd::Region> region = ectd::make_us_region(bench.catalogue);
    std::unique_ptr<ectd::ContentSource> source = ectd::make_file_source(bench.fs, "/app");
    templates::OfficialFiles official;

    FaultyBuild() {
        for (const char* const name : {"a.pdf", "b.pdf", "c.pdf"}) bench.write(name, name);
        (void)bench.fs->create_folders("/out").has_value();
    }
    Result<ectd::BuildResult> build(const ectd::Plan& plan, int fail_at, bool rebuild) {
        faulty->fail_at(fail_at);
        return ectd::build_sequence({faulty, bench.catalogue, *region, plan, official, "/out", rebuild, false, false, 1, {}});
    }
};

const char* const rows = "section,title,source\n2.2,A,a.pdf\n2.4,B,b.pdf\n2.5,C,c.pdf\n";

// An application folder on disk with many documents.
struct BigBench : test::CommandBench {
    BigBench() {
        std::string plan = "section,title,source\n";
        for (int i = 0; i < 200; ++i) {
            const std::string name = "f" + std::to_string(i) + ".pdf";
            scratch.write("app/many/" + name,
                          "%PDF-1.4\n" + std::string(20'000, static_cast<char>('a' + i % 26)) + "\nstartxref\n0\n%%EOF\n");
            plan += "5.4,Reference " + std::to_string(i) + ",many/" + name + "\n";
        }
        scratch.write("app/plan.csv", plan);
    }
    test::Run build_to(const std::string& target, std::vector<std::string> more = {}) const {
        std::vector<std::string> command{"ectd", "build", "app", "--to", target, "--sequence", "0001"};
        command.insert(command.end(), more.begin(), more.end());
        return test::dossier(command, scratch.path());
    }
};

} // namespace

TEST_CASE("a disk that fails at any call of a build leaves no sequence, and the next build is whole") {
    FaultyBuild faults;
    const auto plan = faults.bench.plan(rows, 1);
    REQUIRE(plan);
    REQUIRE(faults.build(*plan, 0, false));
    const Tree whole = tree_of(*faults.bench.fs, "/out/0001");
    REQUIRE(whole.size() == 6); // three documents, two backbones, index-md5.txt
    int failures = 0;
    for (int call = 1; call < 400; ++call) {
        REQUIRE(faults.bench.fs->remove_tree("/out/0001"));
        const auto built = faults.build(*plan, call, false);
        const Tree left = tree_of(*faults.bench.fs, "/out/0001");
        CHECK((left.empty() || left == whole)); // once it has its name it is complete
        if (built) break;                       // the call was never made
        ++failures;
        REQUIRE(faults.build(*plan, 0, !left.empty()));
        CHECK(tree_of(*faults.bench.fs, "/out") == [&] {
            Tree only;
            for (const auto& [name, bytes] : whole) only["0001/" + name] = bytes;
            return only;
        }());
    }
    CHECK(failures > 20);
}

TEST_CASE("a disk that fails at any call of a rebuild leaves the old draft or the new one") {
    FaultyBuild faults;
    const auto first = faults.bench.plan(rows, 1);
    REQUIRE(first);
    REQUIRE(faults.build(*first, 0, false));
    const Tree old_draft = tree_of(*faults.bench.fs, "/out/0001");
    faults.bench.write("a.pdf", "another a");
    const auto second = faults.bench.plan(rows, 1);
    REQUIRE(second);
    REQUIRE(faults.build(*second, 0, true));
    const Tree new_draft = tree_of(*faults.bench.fs, "/out/0001");
    REQUIRE(new_draft != old_draft);
    for (int call = 1; call < 400; ++call) {
        const auto built = faults.build(*second, call, true);
        if (!built) { // the next start puts an interrupted exchange of names right
            const auto next = faults.build(*second, 0, false);
            CHECK(next.error().kind == ErrorKind::conflict);
        }
        const Tree left = tree_of(*faults.bench.fs, "/out/0001");
        CHECK((left == old_draft || left == new_draft));
        REQUIRE(faults.bench.fs->remove_tree("/out"));
        for (const auto& [name, bytes] : old_draft) put(*faults.bench.fs, "/out/0001/" + name, bytes);
        if (built) break;
    }
}

TEST_CASE("a full disk: the build says so, leaves nothing, and works when there is room") {
    const BigBench bench;
    const std::string mount = bench.scratch / "small";
    REQUIRE(test::run({"mkdir", mount}).code == 0);
    if (test::run({"mount", "-t", "tmpfs", "-o", "size=1m", "none", mount}).code != 0) test::skip("no small disk can be mounted here");
    for (const std::vector<std::string>& form : {std::vector<std::string>{}, std::vector<std::string>{"--zip"}}) {
        REQUIRE(test::run({"mount", "-o", "remount,size=1m", mount}).code == 0);
        const test::Run full = bench.build_to(mount, form);
        CHECK(full.code == 3);
        INFO(full.err);
        CHECK(test::says(full, "No space left on device. Mend: make room on the disk and run again"));
        CHECK(test::run({"ls", "-A", mount}).out == "");
        REQUIRE(test::run({"mount", "-o", "remount,size=40m", mount}).code == 0);
        CHECK(bench.build_to(mount, form).code == 0);
        CHECK(test::run({"sh", "-c", "ls -A " + mount}).out == (form.empty() ? "0001\n" : "0001.zip\n"));
        REQUIRE(test::run({"sh", "-c", "rm -r " + mount + "/0001*"}).code == 0);
    }
    CHECK(test::run({"umount", mount}).code == 0);
}

TEST_CASE("a build that is killed leaves nothing under the sequence's name, and the next one is whole") {
    const BigBench bench;
    REQUIRE(bench.build_to("whole").code == 0);
    REQUIRE(bench.build_to("whole-zip", {"--zip"}).code == 0);
    int killed = 0;
    for (const bool zip : {false, true})
        for (const char* const after : {"0.02", "0.03", "0.04", "0.05", "0.07", "0.1"}) {
            const std::string name = zip ? "0001.zip" : "0001", whole = zip ? "whole-zip" : "whole";
            (void)test::run({"rm", "-rf", bench.scratch / "out"});
            std::vector<std::string> command{"timeout", "--foreground", "-s",   "KILL", after,        test::program(), "ectd",
                                             "build",   "app",          "--to", "out",  "--sequence", "0001"};
            if (zip) command.push_back("--zip");
            const test::Run run = test::run(command, bench.scratch.path());
            const bool there = test::run({"test", "-e", bench.scratch / ("out/" + name)}).code == 0;
            if (run.code != 0) ++killed;
            if (there) // it was done, or is complete all the same
                CHECK(test::run({"diff", "-r", bench.scratch / (whole + "/" + name), bench.scratch / ("out/" + name)}).code == 0);
            std::vector<std::string> more;
            if (zip) more.push_back("--zip");
            if (there) more.push_back("--rebuild");
            const test::Run again = bench.build_to("out", more);
            INFO(again.err);
            CHECK(again.code == 0);
            CHECK(test::run({"diff", "-r", bench.scratch / whole, bench.scratch / "out"}).code == 0); // and nothing beside it
        }
    CHECK(killed > 0);
}
