// What a mistyped command line gets: what is wrong, the nearest that there is, exit code 2.
#include "tests/tmf/program.hpp"

TEST_CASE("usage: an unknown command or option names the nearest one") {
    const std::vector<std::pair<std::vector<std::string>, std::string>> cases = {
        {{"tmf", "hsitory", "D-000001"}, "there is no command hsitory of 'tmf'. Mend: did you mean history?"},
        {{"tfm", "list"}, "there is no command tfm. Mend: did you mean tmf?"},
        {{"--repo", "r", "tmf", "lits"}, "there is no command lits of 'tmf'. Mend: did you mean list?"},
        {{"tmf", "list", "--artefact", "032"}, "there is no option --artefact of 'tmf list'. Mend: did you mean --artifact?"},
        {{"tmf", "list", "--ripo=r"}, "there is no option --ripo of 'tmf list'. Mend: did you mean --repo?"},
        {{"tmf", "qqqqqqqq"}, "there is no command qqqqqqqq of 'tmf'. Mend: see 'dossier tmf --help'"},
    };
    for (const auto& [arguments, message] : cases) {
        const test::Run run = test::dossier(arguments);
        INFO(run.out);
        CHECK(run.code == 2);
        CHECK(run.err == "dossier: " + message + "\n");
    }
    CHECK(test::dossier({"tmf"}).code == 2);
    CHECK(test::dossier({}).code == 2);
    CHECK(test::dossier({"tmf", "list", "--help"}).code == 0);
}

TEST_CASE("usage: a reason of blanks is none") {
    const tmf_test::Program p;
    CHECK_THAT(p.refused({"tmf", "waive", "S", "EDL-133-01", "--reason", "  "}, 2), Catch::Contains("a waiver needs a reason"));
    p.import("file,artifact,status\nfiles/a.txt,02.01.02,final\n");
    CHECK_THAT(p.refused({"tmf", "review", "D-000001", "--reject", "other", "--comment", " "}, 2),
               Catch::Contains("say in --comment what is wrong"));
}
