// What was mistyped, a year or a name of a file, is told with what to do.
#include "tests/tmf/program.hpp"

using namespace tmf_test;

TEST_CASE("study apply: a year that is far away is noted, wherever the date stands") {
    const Program p; // today: 2025-10-01
    std::string study = replace_all(program_study, "approved: 2025-02-15", "approved: 2205-02-15");
    study = replace_all(study, "from: 2025-01-15", "from: 1925-01-15");
    p.scratch.write("STUDY.yaml", replace_all(study, "activated: 2025-03-01", "activated: 2055-03-01"));
    const test::Run run = p.run({"study", "apply", "STUDY.yaml", "--dry-run"});
    CHECK(run.code == 0);
    CHECK(run.err.find("note: countries, USA: approved 2205-02-15 is more than 30 years ahead: look whether the year is right\n") !=
          std::string::npos);
    CHECK(run.err.find("note: people, P1: from 1925-01-15 is more than 60 years ago: look whether the year is right\n") !=
          std::string::npos);
    CHECK(run.err.find("2055-03-01 is more than") == std::string::npos); // 30 years
}

TEST_CASE("what cannot be opened or written says what to do, an XLSX as other forms") {
    const Program p;
    CHECK(p.refused({"study", "apply", "none.yaml"}) ==
          "dossier: none.yaml: cannot open: No such file or directory. Mend: look how its name "
          "is written, and in which folder it lies\n");
    for (const char* form : {"csv", "xlsx"})
        CHECK(p.refused({"tmf", "list", "--format", form, "--output", "none/list"}) ==
              "dossier: none/list: there is no folder none. Mend: make it first, or name another place\n");
}
