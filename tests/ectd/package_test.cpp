// Packing a sequence for a gateway. Oracles: tar, sha256sum, diff.
#include <catch2/catch.hpp>

#include "ectd/transport.hpp"
#include "tests/ectd/command_bench.hpp"
#include "tests/ectd/workbench.hpp"

using namespace dossier;
using namespace dossier::ectd;
using Bench = test::CommandBench;

namespace {

test::Run package(const Bench& bench, std::vector<std::string> more) {
    std::vector<std::string> words{"ectd", "package", "app/0001", "--as-of", "2026-03-01"};
    words.insert(words.end(), more.begin(), more.end());
    return test::dossier(words, bench.scratch.path(), {"DOSSIER_STANDARDS=" + bench.scratch / "none"});
}

} // namespace

TEST_CASE("an archive has the sequence folder as its root, the same bytes each time, and a manifest that sha256sum agrees with") {
    const Bench bench;
    REQUIRE(bench.build("section,title,source\n2.2,A,a.pdf\n2.4,B,sub/a.pdf\n").code == 0);
    // Without the official DTDs a sequence cannot be sent.
    const test::Run refused = package(bench, {"--to", "out.tar.gz"});
    INFO(refused.err);
    CHECK(refused.code == 10);
    CHECK(refused.err.find("not packed: validation says rejected") != std::string::npos);
    CHECK(test::run({"sh", "-c", "ls -A"}, bench.scratch.path()).out == "app\n");
    for (const char* name : {"one.tar.gz", "two.tar.gz"}) {
        const test::Run run = package(bench, {"--to", name, "--despite-findings"});
        INFO(run.err);
        REQUIRE(run.code == 0);
    }
    CHECK(bench.scratch.read("one.tar.gz") == bench.scratch.read("two.tar.gz"));
    CHECK(
        test::run({"sh", "-c", "mkdir back && tar -xzf one.tar.gz -C back && ls back && diff -r back/0001 app/0001"}, bench.scratch.path())
            .out == "0001\n");
    CHECK(test::run({"sh", "-c", "tar -tvzf one.tar.gz | grep -c '0/0 .*1980-01-01'"}, bench.scratch.path()).out ==
          test::run({"sh", "-c", "find app/0001 | wc -l"}, bench.scratch.path()).out);
    const std::string sum = test::run({"sha256sum", "one.tar.gz"}, bench.scratch.path()).out.substr(0, 64);
    const std::string manifest = bench.scratch.read("one.tar.gz.manifest.json");
    CHECK(manifest.find("\"sha256\": \"" + sum + "\"") != std::string::npos);
    CHECK(manifest.find("\"verdict\": \"rejected\"") != std::string::npos);
    CHECK(manifest.find("\"rules\": \"fda-3.2.2\"") != std::string::npos);
    const std::string file = test::run({"sha256sum", "app/0001/index.xml"}, bench.scratch.path()).out.substr(0, 64);
    CHECK(manifest.find(file) != std::string::npos);
}

TEST_CASE("what cannot be packed: a name that is no tar.gz, one that is there, one in the sequence, no sequence, a link in it") {
    const Bench bench;
    REQUIRE(bench.build("section,title,source\n2.2,A,a.pdf\n").code == 0);
    CHECK(package(bench, {"--to", "out.zip"}).code == 2);
    bench.scratch.write("there.tar.gz", "mine");
    const test::Run there = package(bench, {"--to", "there.tar.gz", "--despite-findings"});
    CHECK(there.code == 3);
    CHECK(bench.scratch.read("there.tar.gz") == "mine");
    CHECK(package(bench, {"--to", "app/0001/m2/out.tar.gz", "--despite-findings"}).err.find("would lie in the sequence itself") !=
          std::string::npos);
    CHECK(test::dossier({"ectd", "package", "app", "--to", "x.tar.gz"}, bench.scratch.path()).err.find("it is no sequence folder") !=
          std::string::npos);
    REQUIRE(test::run({"ln", "-s", "/etc/passwd", bench.scratch / "app/0001/m2/22-intro/link.pdf"}).code == 0);
    const test::Run link = package(bench, {"--to", "x.tar.gz", "--despite-findings"});
    CHECK(link.code == 3);
    CHECK(link.err.find("it is a link or a device") != std::string::npos);
    CHECK(test::run({"sh", "-c", "ls -A"}, bench.scratch.path()).out == "app\nthere.tar.gz\n");
}

TEST_CASE("a file that changed since it was validated stops the packing, whether its size changed or not") {
    for (const char* bytes : {"%PDF-1.4\nB\nstartxref\n0\n%%EOF\n", "%PDF-1.4\nlonger\nstartxref\n0\n%%EOF\n"}) {
        test::Workbench bench;
        bench.write("a.pdf", "A");
        REQUIRE(bench.build("section,title,source\n2.2,A,a.pdf\n", 1));
        const auto stock = take_stock(*bench.fs, "/app/0001");
        REQUIRE(stock);
        (void)bench.fs->remove("/app/0001/m2/22-intro/a.pdf").has_value();
        REQUIRE(write_new_file(*bench.fs, "/app/0001/m2/22-intro/a.pdf", bytes));
        const auto packed = write_transport(*bench.fs, "/app/0001", SequenceNumber(1), *stock, "/app/out.tar.gz");
        REQUIRE_FALSE(packed);
        CHECK(packed.error().kind == ErrorKind::conflict);
        const auto left = bench.fs->list("/app");
        REQUIRE(left);
        for (const FolderEntry& entry : *left) CHECK(entry.name.find("tar.gz") == std::string::npos);
    }
}
