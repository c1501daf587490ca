// An organisation's own list on top of the model's rules, from the file to the report. What the list does is said in its rows; the
// expected values follow from them and from docs/models.md.
#include "tests/tmf/program.hpp"

#include "core/digest.hpp"

using namespace tmf_test;

namespace {

const std::string head = "# list: ACME-2026\n# version: 3\n# owner: Acme Ltd\n# model: 3.3.1\n";
const std::string columns =
    "action\trule\tunique_id\tsub_artifact\tlevel\tper\trole\tcondition\tdue_anchor\tdue_offset_days\tcount\trestricted\n";
const std::string rows = "\tACME-01\t001\ttrial master file index\ttrial\tstudy\t\t\t02@study\t30\t\t\n" // the model's own name of a part
                         "\tACME-1\t087\tCV cover sheet\tsite\tperson\tprincipal_investigator\t\t03@site\t\t\t\n"
                         "retire\tEDL-036-01\t\t\t\t\t\t\t\t\t\t\n"
                         "change\tEDL-032-01\t\t\t\t\t\t\t02@study\t10\t2\t\n"
                         "\t\t032\tProtocol synopsis in plain words\t\t\t\t\t\t\t\t\n";
const std::string with_list = replace_all(program_study, "review: yes", "review: yes, lists: [ACME-2026@3]");

Json row_of(const Json& report, const std::string& slot) {
    for (const Json& row : report.find("rows")->items())
        if (row.find("slot")->text() == slot) return row;
    return Json::object();
}
std::string text_of(const Json& row, const char* key) { return row.find(key) ? row.find(key)->text() : "no " + std::string(key); }

struct WithList : Program {
    WithList() {
        scratch.write("ACME.tsv", head + columns + rows);
        scratch.write("STUDY.yaml", with_list);
    }
    void adopt() const {
        require({"standards", "add", "ACME.tsv"});
        require({"study", "apply", "STUDY.yaml"});
    }
    Json report(const std::vector<std::string>& more = {}) const {
        std::vector<std::string> arguments{"tmf", "completeness", "S"};
        arguments.insert(arguments.end(), more.begin(), more.end());
        return json(arguments);
    }
    // The faults of a list with these rows, one a line, without the file's name.
    std::string faults(const std::string& bad) const {
        scratch.write("BAD.tsv", head + columns + bad);
        return replace_all(refused({"standards", "add", "BAD.tsv"}), "BAD.tsv, ", "");
    }
};

} // namespace

TEST_CASE("own list: a study adopts it, rules are added, switched off and changed, and every row says whose it is") {
    const WithList p;
    CHECK(p.refused({"study", "apply", "STUDY.yaml"})
              .find("STUDY.yaml, line 1: there is no list ACME-2026@3. Mend: take it in with 'dossier standards add FILE'") !=
          std::string::npos);
    const std::string added = p.require({"standards", "add", "ACME.tsv"});
    CHECK(added.find("  EDL-032-01 changed: due 01@study + 0 -> 02@study + 10; count 1 -> 2\n") != std::string::npos);
    CHECK(added.find("  EDL-036-01 off: 02.01.06") != std::string::npos);
    CHECK(added.find("list ACME-2026@3: taken in") != std::string::npos);
    CHECK(p.require({"standards", "add", "ACME.tsv"}).find("it was here already") != std::string::npos);
    CHECK(p.require({"standards", "list"}).find("ACME-2026@3") != std::string::npos);

    const Json dry = p.json({"study", "apply", "STUDY.yaml", "--dry-run"});
    CHECK(dry.find("changes")->items().front().text() == "study: lists ACME-2026@3");
    p.require({"study", "apply", "STUDY.yaml"});
    CHECK(p.require({"study", "apply", "STUDY.yaml"}).find("nothing changed") != std::string::npos);

    const Json report = p.report();
    REQUIRE(report.find("lists")->items().size() == 1);
    CHECK(text_of(report.find("lists")->items()[0], "name") == "ACME-2026@3");
    CHECK(text_of(report.find("lists")->items()[0], "owner") == "Acme Ltd");
    CHECK(text_of(report.find("lists")->items()[0], "sha256") == sha256_of(head + columns + rows).hex());
    const Json own = row_of(report, "ACME-01/////");
    CHECK(text_of(own, "basis") == "ACME-2026@3");
    CHECK(text_of(own, "list") == "ACME-2026@3");
    CHECK(text_of(own, "sub_artifact") == "Trial Master File Index"); // as the model spells it
    CHECK(text_of(own, "due") == "2025-03-03");                       // 02 on 2025-02-01, 30 days later
    const Json changed = row_of(report, "EDL-032-01/////");
    CHECK(text_of(changed, "list") == "ACME-2026@3");
    CHECK(text_of(changed, "due") == "2025-02-11");
    CHECK(changed.find("expected")->integer() == 2);
    CHECK(text_of(row_of(report, "EDL-001-01/////"), "list") == "EDL@1");
    CHECK(text_of(row_of(report, "ACME-1/USA/701/P1//"), "due") == "2025-03-01"); // 03 at 701
    CHECK(row_of(report, "EDL-036-01/USA////").members().empty());
    std::string last;
    for (const Json& row : report.find("rows")->items()) { // '-' comes before '/': ACME-01 and ACME-1 as everything else
        CHECK(last < row.find("slot")->text());
        last = row.find("slot")->text();
    }
    CHECK(p.require({"tmf", "completeness", "S"}).find("expected documents EDL@1, ACME-2026@3 (Acme Ltd)") != std::string::npos);
    CHECK(p.require({"tmf", "report", "S", "late"}).find("expected documents EDL@1, ACME-2026@3") != std::string::npos);
    CHECK(p.require({"tmf", "report", "S", "dashboard", "--format", "html"}).find("EDL@1, ACME-2026@3 (Acme Ltd)") != std::string::npos);
    CHECK(p.require({"study", "show", "S"}).find("ACME-2026@3 (Acme Ltd, sha256 ") != std::string::npos);
}

TEST_CASE("own list: a document filed as a part fills the rule for the part, not the rule for the whole") {
    WithList p;
    p.adopt();
    CHECK(p.import_refused("artifact,sub_artifact,file,date\n001,Trial Master File Indx,files/a.txt,2025-02-01\n")
              .find("row 2, column sub_artifact: 01.01.01 Trial Master File Plan has no sub-artifact \"Trial Master File Indx\". Mend: did "
                    "you mean "
                    "Trial Master File Index?") != std::string::npos);
    p.import("artifact,sub_artifact,site,person,file,date,status\n"
             "001,TRIAL MASTER FILE INDEX,,,files/a.txt,2025-09-01,final\n"
             "087,CV cover sheet,701,P1,files/b.txt,2025-09-01,final\n");
    p.require({"tmf", "file", "files/c.txt", "--study", "S", "--artifact", "032", "--sub-artifact", "protocol synopsis in plain words",
               "--status", "final", "--date", "2025-09-01"});
    for (const char* document : {"D-000001", "D-000002", "D-000003"}) p.require({"tmf", "review", document, "--accept"});
    const auto state = [&p](const std::string& slot) { return text_of(row_of(p.report(), slot), "state"); };
    CHECK(state("ACME-01/////") == "satisfied");
    CHECK(state("EDL-001-01/////") == "overdue"); // the index is not the plan
    CHECK(state("ACME-1/USA/701/P1//") == "satisfied");
    CHECK(state("EDL-087-01/USA/701/P1//") == "overdue");
    CHECK(row_of(p.report(), "EDL-032-01/////").find("satisfied")->integer() == 1); // nobody asks for that part: it is a protocol
    CHECK(p.require({"tmf", "show", "D-000001"}).find("01.01.01 Trial Master File Plan: Trial Master File Index") != std::string::npos);
    CHECK(p.require({"tmf", "list", "--study", "S"}).find("P1, CV cover sheet") != std::string::npos);

    p.require({"tmf", "reindex", "D-000001", "--sub-artifact", "-", "--reason", "it is the plan"});
    CHECK(state("ACME-01/////") == "overdue");
    CHECK(state("EDL-001-01/////") == "satisfied");
    p.require({"tmf", "reindex", "D-000002", "--artifact", "090", "--event", "gcp", "--reason", "a certificate"}); // the part goes with it
    CHECK(p.require({"tmf", "show", "D-000002"}).find("CV cover sheet") == std::string::npos);
    CHECK(p.require({"tmf", "check", "--read-data"}).find("sound") != std::string::npos);
}

TEST_CASE("own list: the repository keeps what the study adopted, versions never change, days before are as they were") {
    WithList p;
    p.now = "2025-11-01T12:00:00Z";
    p.adopt();
    test::run({"rm", "-r", p.scratch / "data"});
    CHECK(text_of(row_of(p.report(), "ACME-01/////"), "state") == "overdue");
    CHECK(row_of(p.report({"--known-at", "2025-10-31"}), "ACME-01/////").members().empty());
    CHECK(text_of(row_of(p.report({"--known-at", "2025-11-01"}), "ACME-01/////"), "state") == "overdue");
    CHECK(text_of(row_of(p.report({"--known-at", "2025-10-31"}), "EDL-036-01/USA////"), "list") == "EDL@1");
    CHECK(p.report({"--known-at", "2025-10-31"}).find("lists")->items().empty());
    CHECK(p.require({"study", "apply", "STUDY.yaml"}).find("nothing changed") != std::string::npos);
    CHECK(p.require({"tmf", "audit", "S"}).find("standard_adopted") != std::string::npos);

    p.scratch.write("ACME.tsv", head + columns + replace_all(rows, "\t10\t2\t", "\t20\t2\t"));
    p.require({"standards", "add", "ACME.tsv"}); // this data folder is fresh: it cannot know
    CHECK(p.refused({"study", "apply", "STUDY.yaml"})
              .find("list ACME-2026@3 in the repository has other content than the one in your data folder") != std::string::npos);
    p.scratch.write("ACME.tsv", head + columns + rows);
    CHECK(p.refused({"standards", "add", "ACME.tsv"}).find("list ACME-2026@3 is there already, with other content") != std::string::npos);

    p.scratch.write("ACME.tsv", replace_all(head, "version: 3", "version: 4") + columns + replace_all(rows, "\t10\t2\t", "\t20\t2\t"));
    p.require({"standards", "add", "ACME.tsv"});
    p.scratch.write("STUDY.yaml", replace_all(with_list, "@3", "@4"));
    test::run({"rm", "-r", p.scratch / "data/dossier/own/list/ACME-2026@3"});
    const std::string changes = p.require({"study", "apply", "STUDY.yaml"});
    CHECK(changes.find("  study: lists ACME-2026@3 -> ACME-2026@4\n") != std::string::npos);
    CHECK(changes.find("  rule EDL-032-01 changed: due 02@study + 10 -> 02@study + 20\n") != std::string::npos);
}

TEST_CASE("own list: every fault is told with its row, its column and the nearest known word") {
    const WithList p;
    const auto one = [&](const std::string& row, const std::string& message) {
        INFO(row);
        const std::string told = p.faults(row);
        INFO(told);
        CHECK(told.find(message) != std::string::npos);
    };
    one("\tEDL-999-01\t001\t\ttrial\tstudy\t\t\tnone\t\t\t\n", "row 6, column rule: there is no rule EDL-999-01 to change");
    one("retire\tEDL-087-11\t\t\t\t\t\t\t\t\t\t\n",
        "row 6, column rule: there is no rule EDL-087-11 to retire. Mend: did you mean EDL-087-01?");
    one("add\tEDL-001-09\t001\t\ttrial\tstudy\t\t\tnone\t\t\t\n", "EDL- is for the rules that the program brings");
    one("\tA B\t001\t\ttrial\tstudy\t\t\tnone\t\t\t\n", "row 6, column rule: \"A B\" is not an identifier");
    one("\tX1\t998\t\ttrial\tstudy\t\t\tnone\t\t\t\n", "row 6, column unique_id: \"998\" is not known here");
    one("\tX1\t001\t\tsite\tstudy\t\t\tnone\t\t\t\n",
        "row 6, column level: documents per study are not filed at site level. Mend: write trial");
    one("\tX1\t001\t\ttrial\tstudie\t\t\tnone\t\t\t\n", "row 6, column per: \"studie\" is not known here. Mend: did you mean study?");
    one("\tX1\t001\t\ttrial\tperson\tmonitr\t\tnone\t\t\t\n",
        "row 6, column role: \"monitr\" is not known here. Mend: did you mean monitor?");
    one("\tX1\t001\t\ttrial\tstudy\tmonitor\t\tnone\t\t\t\n",
        "row 6, column role: \"monitor\" is not known here. Mend: a role goes with person");
    one("\tX1\t001\t\ttrial\tstudy\t\timp_blind\tnone\t\t\t\n",
        "row 6, column condition: \"imp_blind\" is not known here. Mend: did you mean imp_blinded?");
    one("\tX1\t001\t\ttrial\tstudy\t\t\t03@site\t\t\t\n", "row 6, column due_anchor: 03@site has no meaning for documents at trial level");
    one("\tX1\t001\t\ttrial\tstudy\t\t\tvisit.date\t\t\t\n", "row 6, column due_anchor: what is expected per study has no date of its own");
    one("\tX1\t001\t\ttrial\tstudy\t\t\t02@stdy\t\t\t\n",
        "row 6, column due_anchor: \"02@stdy\" is not known here. Mend: did you mean 02@study?");
    one("\tX1\t001\t\ttrial\tstudy\t\t\tnone\t-3\t\t\n",
        "row 6, column due_offset_days: \"-3\" is not known here. Mend: write a number from 0 to 3660");
    one("\tX1\t001\t\ttrial\tstudy\t\t\tnone\t\t0\t\n", "row 6, column count: \"0\" is not known here");
    one("change\tEDL-133-01\t\t\t\t\t\t\t\t\t\tno\n", "row 6, column restricted: rule EDL-133-01 may unblind and stays restricted");
    one("remove\tEDL-001-01\t\t\t\t\t\t\t\t\t\t\n", "row 6, column action: \"remove\" is not known here");
    one("\t\t001\t\ttrial\t\t\t\t\t\t\t\n", "row 6, column rule: neither rule nor sub_artifact is given");
    one("\t\t001\tPart\ttrial\t\t\t\t\t\t\t\n", "row 6, column rule: level is given, but no rule");
    one("\tX1\t218\t\tsite\tsite\t\t\tnone\t\t\t\n\tX1\t001\t\ttrial\tstudy\t\t\tnone\t\t\t\n",
        "row 7, column rule: rule X1 stands already in row 6");
    one("\tX1\t001\t\ttrial\tstdy\t\t\tnone\t\t\t\n\tX2\t998\t\ttrial\tstudy\t\t\tnone\t\t\t\n",
        "the list has 2 errors; nothing was taken");
    p.scratch.write("NOHEAD.tsv", "# list: ACME-2026\n" + columns + rows);
    CHECK(p.refused({"standards", "add", "NOHEAD.tsv"}).find("the head of the list does not say: version, owner, model") !=
          std::string::npos);
    p.scratch.write("UNKNOWN.csv", "list,A\nversion,1\nowner,B\nmodel,3.3.1\nrule,unique_id,levels\nX1,001,trial\n");
    CHECK(p.refused({"standards", "add", "UNKNOWN.csv"}).find("unknown column levels. Mend: did you mean level?") != std::string::npos);
    p.scratch.write("MODEL.csv", "list,A\nversion,1\nowner,B\nmodel,9.9\nrule,unique_id,level\nX1,001,trial\n");
    CHECK(p.refused({"standards", "add", "MODEL.csv"}).find("there is no model 9.9") != std::string::npos);
}

TEST_CASE("own list: a rule about an investigator's document stays optional, nothing could ever fill it") {
    const WithList p;
    p.scratch.write("BAD.tsv", head + "action\trule\tkind\tdue_offset_days\nchange\tEDL-234-01\texpected\t10\n");
    CHECK(p.refused({"standards", "add", "BAD.tsv"}) ==
          "dossier: BAD.tsv, row 6, column kind: 05.04.10 Subject Identification Log must never enter the sponsor's trial master file, so "
          "nothing could fill this rule. Mend: leave it optional\n");
    p.scratch.write("GOOD.tsv", head + "action\trule\tkind\tdue_offset_days\nchange\tEDL-234-01\toptional\t10\n");
    p.require({"standards", "add", "GOOD.tsv"});
}
