// ectd view without a browser: its forms, and applications that are not whole. What the page does is shown in tests/browser/view_test.cpp.
#include <catch2/catch.hpp>

#include "core/filesystem.hpp"
#include "core/json.hpp"
#include "core/text.hpp"
#include "tests/ectd/regional_samples.hpp"
#include "tests/support/run.hpp"

using namespace dossier;
using Lines = std::vector<std::string>;

namespace {

struct EuSample {
    test::Scratch scratch;
    EuSample() { test::write_eu_sample(*make_disk_file_system(), scratch / "inventol"); }
    test::Run view(std::vector<std::string> more) const {
        more.insert(more.begin(), {"ectd", "view", "inventol"});
        return test::dossier(more, scratch.path());
    }
    Json json() const {
        const test::Run run = view({"--json"});
        INFO(run.err);
        REQUIRE(run.code == 0);
        auto parsed = parse_json(run.out);
        REQUIRE(parsed);
        return std::move(*parsed);
    }
};

Lines findings(const Json& json) {
    Lines list;
    for (const Json& finding : json.find("findings")->items()) list.push_back(finding.find("kind")->text());
    return list;
}

} // namespace

TEST_CASE("view as text, JSON and CSV says the same of every leaf") {
    const EuSample sample;
    const test::Run text = sample.view({});
    CHECK(text.out.find("Inventol (inventol): 3 sequences, 8 current documents, 1 studies, 2 regulatory activities") == 0);
    CHECK(text.out.find("0001  3 leaves  maa, validation-response: Made up\n") != std::string::npos);
    const Json json = sample.json();
    CHECK(json.find("region")->text() == "eu");
    // 0000: cover letter, two texts, specification, report, regional file; 0001: cover letter, text, regional file; 0002: cover letter,
    // specification, the file used again, regional file
    const auto& leaves = json.find("leaves")->items();
    REQUIRE(leaves.size() == 13);
    const auto state = [&](const std::string& id) {
        for (const Json& leaf : leaves)
            if (leaf.find("id")->text() == id) return leaf.find("state")->text() + " " + leaf.find("ended_by")->text();
        return std::string();
    };
    CHECK(state("spc-de") == "replaced 0001#spc-de-2");
    CHECK(state("spc-fr") == "current ");
    CHECK(state("spec-2") == "current ");
    CHECK(findings(json).empty());
    const test::Run csv = sample.view({"--format", "csv"});
    CHECK(split(csv.out, '\n').size() >= 14);
    CHECK(csv.out.find("replaced") != std::string::npos);
    CHECK(sample.view({"--format", "xlsx", "--output", "leaves.xlsx"}).code == 0);
    CHECK(sample.view({"--format", "sarif"}).code == 2);
    CHECK(test::dossier({"ectd", "view", "nowhere"}, sample.scratch.path()).code == 3);
}

TEST_CASE("the page is one file with relative links, and is written again to the same bytes") {
    const EuSample sample;
    REQUIRE(test::run({"mkdir", "-p", sample.scratch / "pages/a b"}).code == 0);
    REQUIRE(sample.view({"--output", "pages/a b/view.html"}).code == 0);
    const std::string page = sample.scratch.read("pages/a b/view.html");
    CHECK(page.find("\"base\":\"../../inventol/\"") != std::string::npos);
    CHECK(page.find(sample.scratch.path()) == std::string::npos);
    REQUIRE(sample.view({"--output", "pages/a b/view.html"}).code == 0);
    CHECK(sample.scratch.read("pages/a b/view.html") == page);
    REQUIRE(sample.view({"--output", "inventol/view.html"}).code == 0); // in the application folder itself
    CHECK(sample.scratch.read("inventol/view.html").find("\"base\":\"\"") != std::string::npos);
    for (const char* const place : {"inventol/0000/view.html", "inventol/0001/m1/view"}) { // what was sent is not added to
        const test::Run refused = sample.view({"--output", place});
        CHECK(refused.code == 2);
        CHECK(refused.err.find("lies in a sequence") != std::string::npos);
    }
}

TEST_CASE("an application that is not whole is shown as far as it goes, and what is missing is named") {
    const EuSample sample;
    sample.scratch.write("inventol/0001/index.xml", "<ectd:ectd xmlns:ectd='http://www.ich.org/ectd'><broken");
    REQUIRE(test::run({"rm", sample.scratch / "inventol/0002/index.xml",
                       sample.scratch / "inventol/0000/m5/53-clin-stud-rep/535-rep-effic-safety-stud/pain/"
                                        "5351-stud-rep-contr/inv-301/report.pdf"})
                .code == 0);
    REQUIRE(test::run({"mv", sample.scratch / "inventol/0000/m1/eu/10-cover/ema/ema-cover.pdf",
                       sample.scratch / "inventol/0000/m1/eu/10-cover/ema/EMA-Cover.pdf"})
                .code == 0);
    const Json json = sample.json();
    CHECK(findings(json) == Lines{"missing-file", "missing-file", "unreadable", "missing-backbone"});
    Lines messages;
    for (const Json& finding : json.find("findings")->items()) messages.push_back(finding.find("message")->text());
    CHECK(messages[0] == "the file is not there");
    CHECK(messages[1] == "only a file with other letter case is there: 0000/m1/eu/10-cover/ema/EMA-Cover.pdf");
    CHECK(messages[2].find("inventol/0001/index.xml, line 1") != std::string::npos);
    CHECK(messages[3] == "there is no index.xml");
    const test::Run page = sample.view({"--output", "view.html"});
    CHECK(page.code == 0);
    CHECK(page.err.find("4 findings of reading") != std::string::npos);
}
