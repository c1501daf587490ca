// What decisions in force are about stays in the study, and every decision can be ended.
#include "tests/tmf/program.hpp"

using namespace tmf_test;

namespace {

using Texts = std::vector<std::string>;

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

const std::string without_site =
    replace_all(replace_all(program_study, "  - {id: \"0702\", country: USA, activated: 2025-09-01}\n", ""),
                "  - {id: P2, name: Bob Roe, role: principal_investigator, site: \"0702\", from: 2025-05-01}\n", "");

} // namespace

TEST_CASE("study apply: what a decision in force is about cannot be removed before the decision is ended") {
    const Program p;
    p.require({"tmf", "waive", "S", "EDL-066-03", "--site", "0702", "--reason", "a central committee"});
    p.require({"tmf", "waive", "S", "EDL-087-01", "--person", "P2", "--not-applicable", "--reason", "left"});
    p.require({"tmf", "waive", "S", "EDL-034-01", "--event", "A1", "--reason", "no effect on the protocol"});
    p.require({"tmf", "waive", "S", "EDL-066-03", "--site", "701", "--reason", "a central committee"});
    p.scratch.write("STUDY.yaml", replace_all(without_site, "amendments: [{id: A1, approved: 2025-06-15}]\n", ""));
    for (const Texts& form : {Texts{"study", "apply", "STUDY.yaml"}, Texts{"study", "apply", "STUDY.yaml", "--dry-run"}}) {
        const std::string err = p.refused(form);
        CHECK(has(err, "site 0702 is gone, but W-000001 about it is in force. Mend: put it back (a site that ended has a closed date, a "
                       "person a to date), or end the decision first: 'dossier tmf unwaive S W-000001 --reason TEXT'"));
        CHECK(has(err, "person P2 is gone, but W-000002 about it is in force."));
        CHECK(has(err, "event A1 is gone, but W-000003 about it is in force."));
        CHECK_FALSE(has(err, "W-000004")); // of a site that stays
    }
    CHECK(p.json({"study", "show", "S"}).find("sites")->items().size() == 2);
    for (const char* id : {"W-000001", "w-2", "W-000003"})
        p.require({"tmf", "unwaive", "S", id, "--reason", "the site was never selected"});
    CHECK(has(p.require({"study", "apply", "STUDY.yaml"}), "sites 0702: removed"));
    // It comes back without the waiver: what is expected there is expected again.
    p.scratch.write("STUDY.yaml", program_study);
    p.require({"study", "apply", "STUDY.yaml"});
    const Json report = p.json({"tmf", "completeness", "S", "--site", "0702"});
    REQUIRE_FALSE(report.find("rows")->items().empty());
    for (const Json& row : report.find("rows")->items()) CHECK(row.find("state")->text() != "waived");
}

TEST_CASE("study apply: documents and decisions that hold an entry are told together, a decision that may unblind is not told") {
    Program p;
    p.import("file,artifact,site,person,status\nfiles/a.txt,05.02.04,0702,P2,final\n");
    p.require({"tmf", "waive", "S", "EDL-066-03", "--site", "0702", "--reason", "x"});
    p.scratch.write("STUDY.yaml", without_site);
    CHECK(
        has(p.refused({"study", "apply", "STUDY.yaml"}),
            "site 0702 is gone, but D-000001 name it, and W-000001 about it is in force. Mend: put it back (a site that ended has a closed "
            "date, a person a to date), or correct the documents first with 'dossier tmf reindex', or end the decision first: "));
    p.scratch.write("STUDY.yaml", replace_all(program_study, "{code: DE}", "{code: DE}, {code: FR}"));
    p.require({"study", "apply", "STUDY.yaml"});
    p.require({"tmf", "waive", "S", "EDL-121-02", "--country", "FR", "--reason", "canary"});
    p.scratch.write("STUDY.yaml", program_study);
    CHECK(has(p.refused({"study", "apply", "STUDY.yaml"}), "country FRA is gone, but W-000002 about it is in force"));
    p.user = "bob";
    const std::string blind = p.refused({"study", "apply", "STUDY.yaml"});
    CHECK(has(blind, "country FRA is gone, but the record still needs it"));
    CHECK_FALSE(has(blind, "W-000002"));
    CHECK(has(p.refused({"tmf", "unwaive", "S", "W-000002", "--reason", "x"}), "no decision W-000002 is in force in study S"));
}

TEST_CASE("study apply: of a document with several versions those are named that have to be corrected") {
    const Program p;
    p.scratch.write("STUDY.yaml", replace_all(program_study, "people:\n",
                                              "people:\n  - {id: P3, name: Cy Poe, role: principal_investigator, site: \"0702\", from: "
                                              "2025-05-01}\n"));
    p.require({"study", "apply", "STUDY.yaml"});
    p.import("file,artifact,site,person,document,version,status\nfiles/a.txt,05.02.04,0702,P3,cv,1,final\n"
             "files/b.txt,05.02.04,0702,P2,cv,2,final\n");
    p.scratch.write("STUDY.yaml", program_study);
    const std::string held = p.refused({"study", "apply", "STUDY.yaml"});
    CHECK(has(held, "person P3 is gone, but D-000001@1 name it. Mend: "));
    CHECK(p.require({"tmf", "reindex", "D-000001@1", "--person", "P2", "--reason", "x"}) == "D-000001@1  person P3 -> P2\n1 corrected\n");
    CHECK(has(p.require({"study", "apply", "STUDY.yaml"}), "people P3"));
    // The site is the document's, whatever its version.
    p.scratch.write("STUDY.yaml", without_site);
    const std::string both = p.refused({"study", "apply", "STUDY.yaml"});
    CHECK(has(both, "person P2 is gone, but D-000001@1, D-000001@2 name it"));
    CHECK(has(both, "site 0702 is gone, but D-000001 name it"));
}

TEST_CASE("study apply: a vendor stays as long as documents or decisions are about one of its years") {
    const Program p;
    const std::string with = program_study + "vendors: [{id: V1, name: Labs Ltd, from: 2024-02-01}]\n";
    p.scratch.write("STUDY.yaml", with);
    p.require({"study", "apply", "STUDY.yaml"});
    p.import("file,artifact,event,status\nfiles/a.txt,09.01.03,V1-Y1,final\n");
    p.require({"tmf", "waive", "S", "EDL-258-01", "--event", "V1-Y1", "--reason", "audited by the group"});
    p.scratch.write("STUDY.yaml", program_study);
    CHECK(has(p.refused({"study", "apply", "STUDY.yaml"}), "event V1 is gone, but D-000001 name it, and W-000001 about it is in force."));
}

TEST_CASE("tmf unwaive takes the number of a decision, also where the study has its rule no longer") {
    const Program p;
    p.scratch.write("ACME.tsv", "# list: ACME-2026\n# version: 3\n# owner: Acme Ltd\n# model: 3.3.1\n"
                                "action\trule\tunique_id\tsub_artifact\tlevel\tper\trole\tcondition\tdue_anchor\tdue_offset_days\tcount\t"
                                "restricted\n\tACME-01\t001\tTrial Master File Index\ttrial\tstudy\t\t\t02@study\t30\t\t\n");
    p.require({"standards", "add", "ACME.tsv"});
    p.scratch.write("STUDY.yaml", replace_all(program_study, "review: yes", "review: yes, lists: [ACME-2026@3]"));
    p.require({"study", "apply", "STUDY.yaml"});
    p.require({"tmf", "waive", "S", "ACME-01", "--reason", "the index is the system's"});
    p.scratch.write("STUDY.yaml", program_study);
    const auto without = p.run({"study", "apply", "STUDY.yaml"}); // without the list
    CHECK(without.code == 0);
    CHECK(has(without.err, "note: W-000001 is about ACME-01, which the study no longer has, and holds again when the rule comes back; "
                           "'dossier tmf unwaive S W-000001 --reason TEXT' ends it"));
    CHECK_FALSE(has(p.run({"study", "apply", "STUDY.yaml"}).err, "W-000001")); // said when it happens
    CHECK(has(p.refused({"tmf", "unwaive", "S", "ACME-01", "--reason", "x"}),
              "there is no rule ACME-01. Mend: in force about ACME-01 is W-000001: end one by its number, 'dossier tmf unwaive S W-000001 "
              "--reason TEXT'"));
    CHECK(has(p.refused({"tmf", "unwaive", "S", "W-000001", "--site", "701", "--reason", "x"}, 2), "W-000001 is one decision already"));
    CHECK(has(p.refused({"tmf", "unwaive", "S", "W-000007", "--reason", "x"}), "no decision W-000007 is in force in study S"));
    CHECK(p.require({"tmf", "unwaive", "S", "W-000001", "--reason", "the list is not used"}) == "ended W-000001\n");
    CHECK(has(p.refused({"tmf", "unwaive", "S", "W-000001", "--reason", "x"}), "no decision W-000001 is in force in study S"));
    CHECK(p.json({"tmf", "report", "S", "waivers"}).dump(-1).find("\"state\":\"in_force\"") == std::string::npos);
    p.require({"tmf", "check"});
}
