// What tmf show and tmf list say of a version must be what completeness counts it as.
#include "tests/tmf/program.hpp"

using namespace tmf_test;

namespace {

std::vector<std::string> states(const Json& document) {
    std::vector<std::string> all;
    for (const Json& version : document.find("versions")->items()) all.push_back(version.find("state")->text());
    return all;
}

} // namespace

TEST_CASE("show, list: where a study reviews, a version is superseded when the next one is accepted, not when it is final") {
    const Program p; // review: yes
    p.import("file,artifact,date,document,version,status,received,final,accepted\n"
             "files/a.txt,02.01.02,2025-01-05,PROT,1.0,final,2025-01-06,2025-01-07,2025-01-08\n"
             "files/b.txt,02.01.02,2025-06-05,PROT,2.0,final,2025-06-06,2025-06-07,\n");
    using Texts = std::vector<std::string>;
    CHECK(states(p.json({"tmf", "show", "D-000001"})) == Texts{"accepted", "final"});
    CHECK(states(p.json({"tmf", "list"}).find("documents")->items()[0]) == Texts{"accepted", "final"});
    CHECK_THAT(p.require({"tmf", "show", "D-000001"}), Catch::Contains("version 1 (1.0)  accepted\n"));
    p.require({"tmf", "review", "D-000001", "--accept"});
    CHECK(states(p.json({"tmf", "show", "D-000001"})) == Texts{"superseded", "accepted"});
    // One version by itself is still what it is beside the others.
    CHECK(states(p.json({"tmf", "show", "D-000001@1"})) == Texts{"superseded"});
    CHECK(p.require({"tmf", "show", "D-000001@1"}).find("version 2") == std::string::npos);
    const std::string csv = p.require({"tmf", "list", "--all-versions", "--format", "csv"});
    CHECK_THAT(csv, Catch::Contains("D-000001,1,superseded") && Catch::Contains("D-000001,2,accepted"));
    CHECK(p.require({"tmf", "list", "--format", "csv"}).find("superseded") == std::string::npos);
}

TEST_CASE("show, list: without review a final version replaces the one before at once") {
    const Program p;
    p.scratch.write("STUDY.yaml", replace_all(program_study, "review: yes", "review: no"));
    p.require({"study", "apply", "STUDY.yaml"});
    p.import("file,artifact,date,document,version,status\n"
             "files/a.txt,02.01.02,2025-01-05,PROT,1.0,final\n"
             "files/b.txt,02.01.02,2025-06-05,PROT,2.0,final\n");
    CHECK(states(p.json({"tmf", "show", "D-000001"})) == std::vector<std::string>{"superseded", "final"});
}
