// Taking over earlier sequences. What must be there afterwards is the source itself; checksums are compared with md5sum's.
#include <catch2/catch.hpp>

#include "core/path.hpp"
#include "core/text.hpp"
#include "ectd/import.hpp"
#include "templates/ectd_catalogue.hpp"
#include "tests/ectd/import_bench.hpp"
#include "tests/ectd/regional_samples.hpp"
#include "tests/support/run.hpp"
#include "tests/support/skip.hpp"

using namespace dossier;
using namespace dossier::ectd;
using Lines = std::vector<std::string>;

using test::today;
using Source = test::ImportBench;

TEST_CASE("a folder, one sequence and archives as people pack them are taken over byte for byte") {
    test::tool_or_skip("python3");
    const Source source;
    source.zip("flat.zip", "tree(z, 'from/123456', '')");
    source.zip("nested.zip",
               "tree(z, 'from/123456', 'Export of June/123456/')\nz.writestr('__MACOSX/._x', 'x')\nz.writestr('Read me.txt', 'x')");
    source.zip("0001.zip", "tree(z, 'from/123456/0001', '')");
    for (const char* const path : {"from/123456", "from", "flat.zip", "nested.zip"}) {
        INFO(path);
        const test::Run run = source.import(path);
        INFO(run.err << run.out);
        REQUIRE(run.code == 0);
        CHECK(source.same("from/123456/0001", "app/0001"));
        CHECK(source.same("from/123456/0002", "app/0002"));
        // 0001: two documents and the regional file, and index.xml itself; 0002: one document, the regional file, index.xml
        CHECK(run.out.find("7 checksums compared, 0 findings") != std::string::npos);
        CHECK(test::run({"ls", "-A", source.scratch / "app"}).out == "0001\n0002\napplication.yaml\n");
        REQUIRE(test::run({"rm", "-r", source.scratch / "app"}).code == 0);
    }
    CHECK(source.import("nested.zip").err.find("Read me.txt is no part of a sequence and was left out") != std::string::npos);
    REQUIRE(source.import("from/123456/0001", "one").code == 0);
    REQUIRE(source.import("0001.zip", "zipped").code == 0);
    CHECK(source.same("one/0001", "from/123456/0001"));
    CHECK(source.same("one", "zipped"));
}

TEST_CASE("imported sequences count as sent: application.yaml says so, they are not built again, and the next one is") {
    const Source source;
    REQUIRE(source.import("from").code == 0);
    const std::string yaml = source.scratch.read("app/application.yaml");
    CHECK(yaml.find("application: {region: us, type: \"ind\", number: \"123456\"}") != std::string::npos);
    CHECK(yaml.find("\"0002\": {imported: 2026-06-01, submission_id: \"0001\", submission_type: \"original-application\", sub_type: "
                    "\"amendment\", description: \"Answers\"}") != std::string::npos);
    const test::Run rebuilt = source.dossier({"ectd", "plan", "app", "--export", "app/plan.csv"});
    INFO(rebuilt.err);
    REQUIRE(rebuilt.code == 0);
    const test::Run again = source.dossier({"ectd", "build", "app", "--sequence", "0002", "--rebuild"});
    CHECK(again.code == 3);
    CHECK(again.err.find("was sent") != std::string::npos);
    source.scratch.write("app/application.yaml",
                         yaml + "  \"0003\": {submission_id: \"0003\", submission_type: annual-report, sub_type: report}\n");
    source.scratch.write("app/c.pdf", "%PDF-1.4\nc\nstartxref\n0\n%%EOF\n");
    source.scratch.write("app/plan.csv", "section,title,source\n2.4,C,c.pdf\n");
    const test::Run next = source.dossier({"ectd", "build", "app", "--delta"});
    INFO(next.err);
    CHECK(next.code == 0);
    CHECK(next.out.find("0003") != std::string::npos);
    // When it becomes known on which day it was sent, that is added.
    CHECK(source.dossier({"ectd", "sent", "app", "0002", "--date", "2020-01-02"}).code == 0);
    CHECK(source.scratch.read("app/application.yaml").find("\"0002\": {sent: 2020-01-02, imported: 2026-06-01") != std::string::npos);
}

TEST_CASE("the same bytes again are said and skipped, other bytes under a number that is there are refused") {
    const Source source;
    REQUIRE(source.import("from/123456/0001").code == 0);
    const test::Run both = source.import("from");
    CHECK(both.code == 0);
    CHECK(both.out.find("0001  was here already with the same bytes") != std::string::npos);
    CHECK(both.out.find("0002  imported") != std::string::npos);
    source.scratch.write("app/application.yaml", source.scratch.read("app/application.yaml"));
    for (const char* const change : {"printf x >> from/123456/0001/m2/22-intro/a.pdf", "rm from/123456/0001/m2/22-intro/a.pdf",
                                     "cp -r app/0001 from/123456/ && touch from/123456/0001/m2/more.pdf"}) {
        REQUIRE(test::run({"rm", "-rf", source.scratch / "app/0002"}).code == 0);
        REQUIRE(test::run({"sh", "-c", change}, source.scratch.path()).code == 0);
        const test::Run other = source.import("from");
        INFO(change << other.err);
        CHECK(other.code == 3);
        CHECK(other.err.find("sequence 0001 is here already, and m2/") != std::string::npos);
        CHECK(test::run({"ls", "-A", source.scratch / "app"}).out == "0001\napplication.yaml\n"); // 0002 neither, though it is new
    }
}

TEST_CASE("each leaf's checksum is compared with its bytes, and what differs or is missing is reported") {
    const Source source;
    REQUIRE(test::run({"sh", "-c", "printf x >> from/123456/0001/m2/22-intro/a.pdf; rm from/123456/0001/m2/25-clin-over/b.pdf"},
                      source.scratch.path())
                .code == 0);
    const std::string md5 = test::run({"md5sum", source.scratch / "from/123456/0001/m2/22-intro/a.pdf"}).out.substr(0, 32);
    const test::Run run = source.import("from");
    INFO(run.err << run.out);
    CHECK(run.code == 10);
    CHECK(run.out.find("2 findings") != std::string::npos);
    CHECK(run.out.find("0001/m2/22-intro/a.pdf (0001/index.xml#") != std::string::npos);
    CHECK(run.out.find(", the file has " + md5) != std::string::npos);
    CHECK(run.out.find("0001/m2/25-clin-over/b.pdf") != std::string::npos);
    // A renamed folder is noticed too.
    REQUIRE(test::run({"mv", source.scratch / "from/123456/0002", source.scratch / "from/123456/0003"}).code == 0);
    CHECK(source.import("from/123456/0003", "renamed").out.find("the envelope says sequence 0002, the folder 0003") != std::string::npos);
    CHECK(source.same("from/123456/0001", "app/0001")); // taken over as it is: there may be no better copy
}

TEST_CASE("hostile and mistaken sources are refused, and nothing is left behind") {
    test::tool_or_skip("python3");
    const Source source;
    const auto refused = [&](const std::string& path, const std::string& words) {
        const test::Run run = source.import(path);
        INFO(path << ": " << run.err);
        CHECK(run.code == 3);
        CHECK(run.err.find(words) != std::string::npos);
        CHECK(source.app_is_empty());
    };
    source.zip("climbs.zip", "tree(z, 'from/123456', '')\nz.writestr('0001/../../out.pdf', 'x')");
    refused("climbs.zip", "out.pdf");
    source.zip("twins.zip", "tree(z, 'from/123456', '')\nz.writestr('0001/INDEX.XML', 'x')");
    refused("twins.zip", "INDEX.XML");
    source.zip("link.zip", "tree(z, 'from/123456', '')\ni = zipfile.ZipInfo('0001/m2/link.pdf')\ni.create_system = 3\n"
                           "i.external_attr = 0o120777 << 16\nz.writestr(i, '/etc/passwd')");
    refused("link.zip", "link.pdf");
    source.zip("bomb.zip", "tree(z, 'from/123456', '')\nz.writestr('0001/m2/zeros.pdf', b'0' * (64 << 20))");
    refused("bomb.zip", "zeros.pdf");
    source.zip("two.zip", "tree(z, 'from/123456', 'a/')\ntree(z, 'from/123456', 'b/')");
    refused("two.zip", "which application is meant?");
    source.zip("nameless.zip", "tree(z, 'from/123456/0001', '')");
    refused("nameless.zip", "nameless is not its number");
    source.zip("none.zip", "z.writestr('a.txt', 'x')");
    refused("none.zip", "there is no sequence here");
    source.scratch.write("broken.zip", "PK\x03\x04 and then nothing");
    refused("broken.zip", "broken.zip");
    refused("nowhere", "nowhere");
    REQUIRE(test::run({"ln", "-s", "/etc/passwd", source.scratch / "from/123456/0002/m2/passwd.pdf"}).code == 0);
    refused("from", "passwd.pdf");
    REQUIRE(test::run({"rm", source.scratch / "from/123456/0002/m2/passwd.pdf", source.scratch / "from/123456/0002/index.xml"}).code == 0);
    refused("from", "0002 has no index.xml");
    REQUIRE(test::run({"sh", "-c", "rm -r from/123456/0002; ln -s /tmp from/123456/0002"}, source.scratch.path()).code == 0);
    refused("from", "this is a link, not a folder");
}

TEST_CASE("sequences of another application are not mixed in") {
    const Source source;
    REQUIRE(source.import("from/123456/0001").code == 0);
    REQUIRE(test::run({"sh", "-c", "sed -i 's/>123456</>654321</' from/123456/0002/m1/us/us-regional.xml"}, source.scratch.path()).code ==
            0);
    const test::Run run = source.import("from/123456/0002");
    CHECK(run.code == 3);
    CHECK(run.err.find("sequence 0002 belongs to application 654321, and app/application.yaml to 123456") != std::string::npos);
}
