// Packing a sequence for a gateway. Oracles: tar, sha256sum, diff.
#include <catch2/catch.hpp>

#include "core/text.hpp"
#include "ectd/transport.hpp"
#include "tests/ectd/command_bench.hpp"
#include "tests/ectd/workbench.hpp"
#include "tests/support/pdf.hpp"

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
    bench.scratch.write("app/a.pdf", test::make_pdf());
    bench.scratch.write("app/sub/a.pdf", test::make_pdf_of_pages(2));
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
        const auto packed = write_transport(*bench.fs, "/app/0001", "0001", *stock, "/app/out.tar.gz");
        REQUIRE_FALSE(packed);
        CHECK(packed.error().kind == ErrorKind::conflict);
        const auto left = bench.fs->list("/app");
        REQUIRE(left);
        for (const FolderEntry& entry : *left) CHECK(entry.name.find("tar.gz") == std::string::npos);
    }
}

TEST_CASE("a Canadian sequence lies below the folder of its dossier, whatever the working folder is called") {
    const test::Scratch scratch;
    scratch.write("app/application.yaml",
                  "application: {region: ca, type: cta, number: c123456, product_name: Acmol, dossier_type: pharmaceutical, "
                  "activity_lead: Made-up Directorate}\napplicant: {name: Made-up Sponsor}\nsequences:\n"
                  "  \"0000\": {submission_type: cta, submission_id: \"0000\", description: Initial application}\n");
    scratch.write("app/a.pdf", test::make_pdf());
    scratch.write("app/plan.csv", "section,title,source\n1.0.1,Cover letter,a.pdf\n");
    const std::vector<std::string> none{"DOSSIER_STANDARDS=" + scratch / "none"};
    REQUIRE(test::dossier({"ectd", "build", "app"}, scratch.path(), none).code == 0);
    const auto pack = [&](const char* to) {
        return test::dossier({"ectd", "package", "app/0000", "--to", to, "--despite-findings", "--as-of", "2026-03-01"}, scratch.path(),
                             none);
    };
    const test::Run packed = pack("out.tar.gz");
    INFO(packed.err);
    REQUIRE(packed.code == 4); // the schema is not at hand, so one rule was not run
    CHECK(packed.out.find("out.tar.gz written: folder c123456/0000, ") == 0);
    const std::string manifest = scratch.read("out.tar.gz.manifest.json");
    CHECK(manifest.find("\"root\": \"c123456/0000\"") != std::string::npos);
    CHECK(manifest.find("\"rules\": \"hc-5.2\"") != std::string::npos);
    CHECK(manifest.find("\"path\": \"m1/ca/ca-regional.xml\"") != std::string::npos);
    CHECK(test::run({"sh", "-c", "mkdir back && tar -xzf out.tar.gz -C back && ls back back/c123456 && diff -r back/c123456/0000 app/0000"},
                    scratch.path())
              .out == "back:\nc123456\n\nback/c123456:\n0000\n");
    // What was unpacked is what Health Canada gets: the folder above it is right.
    const test::Run validated =
        test::dossier({"ectd", "validate", "back/c123456/0000", "--as-of", "2026-03-01", "--json"}, scratch.path(), none);
    CHECK(validated.out.find("lies in a folder called") == std::string::npos);

    const std::string file = "app/0000/m1/ca/ca-regional.xml";
    scratch.write(file, replace_all(scratch.read(file), "c123456", "C123456"));
    const test::Run refused = pack("other.tar.gz");
    CHECK(refused.code == 3);
    CHECK(refused.err.find("the archive's top folder is called by the dossier identifier, and ca-regional.xml says \"C123456\"") !=
          std::string::npos);
    CHECK(refused.err.find("Mend: correct dossier-identifier there: write it like c123456 or c1234567") != std::string::npos);
    CHECK_FALSE(exists(*make_disk_file_system(), scratch / "other.tar.gz"));
}
