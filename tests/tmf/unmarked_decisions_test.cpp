// Decisions that were recorded before their reasons were sealed: only their rule says whether they are about what may unblind.
#include "tests/support/skip.hpp"
#include "tests/tmf/program.hpp"
#include "tests/tmf/report_support.hpp"

using namespace tmf_test;

namespace {

using Texts = std::vector<std::string>;

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

// ann holds the key, bob is blinded. Decisions as a former program left them: their reasons lie open.
struct Unmarked : Program {
    Unmarked() {
        test::tool_or_skip("python3");
        for (const char* reason : {"canary", "open words"})
            require({"tmf", "waive", "S", "EDL-087-01", "--site", "701", "--reason", reason});
    }
    void rename_rule(int decision, const std::string& rule) const { // in the row as in its audit entry
        const std::string script = fill("import sqlite3\nd = sqlite3.connect('repo/ledger.sqlite')\n"
                                        "d.execute(\"UPDATE decision SET rule = '{}' WHERE number = {}\")\nd.commit()\n",
                                        rule, decision);
        const test::Run run = test::run({"python3", "-c", script}, scratch.path());
        INFO(run.err);
        REQUIRE(run.code == 0);
    }
    std::string by(const std::string& who, const Texts& arguments) {
        user = who;
        const std::string text = require(arguments);
        user = "ann";
        return text;
    }
};

const Texts waivers{"tmf", "report", "S", "waivers"}, audit{"tmf", "audit", "S"};

} // namespace

TEST_CASE("a decision without a mark whose rule is in no catalogue is hidden from the blinded, as marked ones are") {
    Unmarked p;
    p.rename_rule(1, "OLD-133");
    const auto decisions = [&p](const std::string& who) {
        return column(*parse_json(p.by(who, {"tmf", "report", "S", "waivers", "--json"})), "decisions", "decision");
    };
    CHECK(decisions("ann") == Texts{"W-000001", "W-000002"});
    CHECK(decisions("bob") == Texts{"W-000002"});
    CHECK(has(p.by("ann", audit), "W-000001"));
    CHECK_FALSE(has(p.by("bob", audit), "W-000001"));
    CHECK(has(p.by("bob", audit), "W-000002"));
    p.user = "bob";
    CHECK(has(p.refused({"tmf", "unwaive", "S", "W-000001", "--reason", "x"}), "no decision W-000001 is in force in study S"));
    p.user = "ann";
    // After unblinding it is named, its reason stays with the unblinded.
    p.require({"milestone", "set", "S", "S11", "2025-09-30"});
    CHECK(decisions("bob") == Texts{"W-000001", "W-000002"});
    CHECK(has(p.by("ann", waivers), "canary"));
    CHECK(has(p.by("bob", waivers), "(sealed)"));
    CHECK_FALSE(has(p.by("bob", waivers), "canary"));
    CHECK(has(p.by("bob", waivers), "open words"));
}

TEST_CASE("a decision without a mark whose rule may unblind is hidden, also where no study has the rule any longer") {
    Unmarked p;
    p.rename_rule(1, "EDL-133-01");
    CHECK_FALSE(has(p.by("bob", waivers) + p.by("bob", audit), "W-000001"));
    p.scratch.write("ACME.tsv", "# list: ACME\n# version: 1\n# owner: Acme Ltd\n# model: 3.3.1\naction\trule\nretire\tEDL-133-01\n");
    p.require({"standards", "add", "ACME.tsv"});
    p.scratch.write("STUDY.yaml", replace_all(program_study, "review: yes", "review: yes, lists: [ACME@1]"));
    p.user = "bob";
    const test::Run blind = p.run({"study", "apply", "STUDY.yaml"});
    p.user = "ann";
    CHECK(blind.code == 0);
    CHECK_FALSE(has(blind.err, "W-000001"));
    CHECK_FALSE(has(p.by("bob", waivers) + p.by("bob", audit), "W-000001"));
    CHECK(has(p.by("ann", waivers), "canary"));
}

TEST_CASE("a blinded user who moves a decision without a mark with its site leaves its reason as it was") {
    Unmarked p;
    p.rename_rule(1, "OLD-133");
    p.scratch.write("STUDY.yaml", replace_all(program_study, "{id: \"701\", country: USA", "{id: \"701\", country: DE"));
    p.by("bob", {"study", "apply", "STUDY.yaml"});
    const Json report = p.json(waivers);
    CHECK(column(report, "decisions", "reason") == Texts{"canary", "open words"});
    CHECK(column(report, "decisions", "country") == Texts{"DEU", "DEU"});
}

TEST_CASE("a decision about an organisation's own rule stays open where a list that is kept says that it does not unblind") {
    Unmarked p;
    p.scratch.write("ACME.tsv", "# list: ACME\n# version: 1\n# owner: Acme Ltd\n# model: 3.3.1\n"
                                "action\trule\tunique_id\tsub_artifact\tlevel\tper\trole\tcondition\tdue_anchor\tdue_offset_days\tcount\t"
                                "restricted\n\tACME-01\t001\tTrial Master File Index\ttrial\tstudy\t\t\t02@study\t30\t\t\n"
                                "\tACME-02\t133\tKit letters\ttrial\tstudy\t\t\t02@study\t30\t\tyes\n");
    p.require({"standards", "add", "ACME.tsv"});
    p.scratch.write("STUDY.yaml", replace_all(program_study, "review: yes", "review: yes, lists: [ACME@1]"));
    p.require({"study", "apply", "STUDY.yaml"});
    p.scratch.write("STUDY.yaml", program_study);
    p.require({"study", "apply", "STUDY.yaml"});
    p.rename_rule(1, "ACME-01");
    p.rename_rule(2, "ACME-02");
    CHECK(has(p.by("bob", waivers), "W-000001"));
    CHECK_FALSE(has(p.by("bob", waivers), "W-000002"));
    CHECK(has(p.by("ann", waivers), "W-000002"));
}
