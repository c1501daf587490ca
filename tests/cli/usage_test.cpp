// What a mistyped command line gets: what is wrong, the nearest that there is, exit code 2.
#include "tests/tmf/program.hpp"

#include <filesystem>
#include <sstream>

#include "core/text.hpp"

TEST_CASE("usage: an unknown command or option names the nearest one") {
    const std::vector<std::pair<std::vector<std::string>, std::string>> cases = {
        {{"tmf", "hsitory", "D-000001"}, "there is no command hsitory of 'tmf'. Mend: did you mean history?"},
        {{"tfm", "list"}, "there is no command tfm. Mend: did you mean tmf?"},
        {{"--repo", "r", "tmf", "lits"}, "there is no command lits of 'tmf'. Mend: did you mean list?"},
        {{"tmf", "list", "--artefact", "032"}, "there is no option --artefact of 'tmf list'. Mend: did you mean --artifact?"},
        {{"tmf", "list", "--ripo=r"}, "there is no option --ripo of 'tmf list'. Mend: did you mean --repo?"},
        {{"tmf", "qqqqqqqq"}, "there is no command qqqqqqqq of 'tmf'. Mend: see 'dossier tmf --help'"},
        {{"completeness", "S"}, "there is no command completeness. Mend: did you mean 'dossier tmf completeness'?"},
        {{"--repo", "r", "completeness", "S"}, "there is no command completeness. Mend: did you mean 'dossier tmf completeness'?"},
        {{"--repo", "tmf", "history"}, "there is no command history. Mend: did you mean 'dossier tmf history'?"}, // tmf is a folder here
        {{"--json", "build", "APP"}, "there is no command build. Mend: did you mean 'dossier ectd build'?"},
        {{"tmf", "apply", "study.yaml"}, "there is no command apply of 'tmf'. Mend: did you mean 'dossier study apply'?"},
        {{"revise"}, "there is no command revise. Mend: see 'dossier --help'"},
        {{"tmf", "query"},
         "'dossier tmf query' needs one word more. Mend: one of open, answer, close, list; see 'dossier tmf query --help'"},
        {{"tmf", "sample", "S", "--seed", "x", "--percent", "abc"}, "--percent abc is not a whole number. Mend: write --percent 5"},
        {{"tmf", "sample", "S", "--seed", "x", "--percent", "99999999999999999999"},
         "--percent 99999999999999999999 is not a whole number. Mend: write --percent 5"},
        {{"ectd", "build", "APP", "--allow-deletes", "x"}, "--allow-deletes x is not a whole number. Mend: write --allow-deletes 5"},
        {{"tmf", "list", "--jobs", "2.5"}, "--jobs 2.5 is not a whole number. Mend: write --jobs 5"},
        {{"tmf", "review", "D-000001", "--accept", "--step", "contents"},
         "--step contents is none of intake, index, content, approval. Mend: did you mean content?"},
        {{"tmf", "list", "--format", "pdf"}, "--format pdf is none of text, json, csv, xlsx, html, junit, sarif. Mend: take one of them"},
        {{"tmf", "list", "--study"}, "--study needs a value. Mend: see 'dossier tmf list --help'"},
        {{"tmf", "list", "--study", "--json"},
         "--study needs a value, and --json behind it is an option. Mend: give the value, or leave the option out"},
        {{"tmf", "reindex", "D-000001", "--site", "701", "--reason", "--dry-run"},
         "--reason needs a value, and --dry-run behind it is an option. Mend: give the value, or leave the option out"},
        {{"tmf", "list", "--repo", "--as"},
         "--repo needs a value, and --as behind it is an option. Mend: give the value, or leave the option out"},
        {{"tmf", "list", "--study", "A", "--study", "B"}, "--study is given more than once. Mend: give it once"},
        {{"tmf", "show"}, "'dossier tmf show' needs DOC. Mend: see 'dossier tmf show --help'"},
        {{"tmf", "reindex", "D-000001", "--site", "701"}, "'dossier tmf reindex' needs --reason. Mend: see 'dossier tmf reindex --help'"},
        {{"tmf", "show", "D-000001", "D-000002"},
         "'dossier tmf show' does not know what to do with D-000002. Mend: put quotes around a value with blanks in it; see 'dossier tmf "
         "show --help'"},
    };
    for (const auto& [arguments, message] : cases) {
        const test::Run run = test::dossier(arguments);
        INFO(run.out);
        CHECK(run.code == 2);
        CHECK(run.err == "dossier: " + message + "\n");
    }
    for (const std::string noun : {"", "tmf", "ectd", "study", "user", "standards", "rules", "milestone"}) {
        const test::Run run = test::dossier(noun.empty() ? std::vector<std::string>{} : std::vector<std::string>{noun});
        INFO(noun + ": " + run.err);
        CHECK(run.code == 2);
        CHECK(run.out.empty());
        CHECK(run.err.find("Mend: one of ") != std::string::npos);
        CHECK(run.err.find("--help'") != std::string::npos);
    }
    CHECK(test::dossier({"tmf", "list", "--help"}).code == 0);
}

TEST_CASE("usage: every command and every word that leads to some is described in the help") {
    for (const std::vector<std::string>& words : std::vector<std::vector<std::string>>{
             {}, {"tmf"}, {"tmf", "query"}, {"ectd"}, {"study"}, {"user"}, {"standards"}, {"rules"}, {"milestone"}}) {
        std::vector<std::string> arguments = words;
        arguments.emplace_back("--help");
        const std::string help = test::dossier(arguments).out;
        const std::size_t list = help.find("Subcommands:\n");
        REQUIRE(list != std::string::npos);
        int described = 0;
        std::istringstream lines(help.substr(list));
        for (std::string line; std::getline(lines, line);) {
            if (line.substr(0, 2) != "  " || line.size() < 3 || line[2] == ' ') continue;
            INFO(help);
            const std::size_t end = line.find(' ', 2);
            REQUIRE(end != std::string::npos);
            CHECK(line.find_first_not_of(' ', end) != std::string::npos);
            ++described;
        }
        CHECK(described > 0);
    }
}

TEST_CASE("usage: a reason of blanks is none") {
    const tmf_test::Program p;
    CHECK_THAT(p.refused({"tmf", "waive", "S", "EDL-133-01", "--reason", "  "}, 2), Catch::Contains("a waiver needs a reason"));
    p.import("file,artifact,status\nfiles/a.txt,02.01.02,final\n");
    CHECK_THAT(p.refused({"tmf", "review", "D-000001", "--reject", "other", "--comment", " "}, 2),
               Catch::Contains("say in --comment what is wrong"));
}

TEST_CASE("usage: what is refused for its form or its output has changed nothing") {
    const tmf_test::Program p;
    p.import("file,artifact,status\nfiles/a.txt,02.01.02,final\n");
    std::filesystem::create_directory(p.scratch / "folder");
    const auto entries = [&p] { return p.json({"tmf", "audit"}).find("entries")->items().size(); };
    const auto before = entries();
    const std::vector<std::vector<std::string>> commands = {
        {"tmf", "waive", "S", "EDL-133-01", "--reason", "lost"},
        {"tmf", "review", "D-000001", "--accept"},
        {"tmf", "reindex", "D-000001", "--title", "another", "--reason", "wrong"},
        {"tmf", "query", "open", "D-000001", "--to", "ann", "--text", "why"},
        {"tmf", "file", "files/b.txt", "--study", "S", "--artifact", "02.01.02"},
        {"milestone", "set", "S", "02", "2025-01-05"},
        {"user", "add", "zoe", "--role", "auditor"},
        {"study", "apply", "STUDY.yaml", "--reason", "again"},
    };
    const std::pair<std::vector<std::string>, std::string> wishes[] = {
        {{"--format", "csv"}, "this command has no csv form. Mend: it has text, json"},
        {{"--output", "folder"}, "folder: this is a folder; nothing was done"},
        {{"--output", "nowhere/result.txt"}, "nowhere: there is no such folder; nothing was done"},
    };
    for (const auto& command : commands)
        for (const auto& [wish, message] : wishes) {
            auto arguments = command;
            arguments.insert(arguments.end(), wish.begin(), wish.end());
            const test::Run run = p.run(arguments);
            INFO(dossier::join(arguments, " ") << ": " << run.err);
            CHECK((run.code == 2 || run.code == 3));
            CHECK_THAT(run.err, Catch::Contains(message));
            CHECK(entries() == before);
        }
    CHECK(p.run({"init", "other", "--format", "csv"}).code == 2);
    CHECK_FALSE(std::filesystem::exists(p.scratch / "other"));
    p.require({"tmf", "waive", "S", "EDL-133-01", "--reason", "lost", "--output", "result.txt"});
    CHECK(entries() == before + 1);
    CHECK(std::filesystem::exists(p.scratch / "result.txt"));
}
