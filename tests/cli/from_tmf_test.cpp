// A trial master file and an application that draws on it: what is proposed, built, remembered on both sides, and found out of date.
// The trial: protocol 1.0 and 2.0 (accepted) and 3.0 (a draft); two versions of the statistical analysis plan; an audit certificate of the
// same title and file name for each of two sites; a laboratory certificate that expired; a master randomisation list, which is restricted;
// a consent form of the trial and one of a site; a decision of an ethics committee; a contract.
#include <catch2/catch.hpp>

#include <algorithm>

#include "tests/tmf/program.hpp"

using namespace dossier;
using tmf_test::Program;

namespace {

const std::string list =
    "file,artifact,title,country,site,date,expires,document,version,status,final,accepted\n"
    "files/p1.txt,02.01.02,Protocol S,,,2025-01-10,,PROTOCOL,1.0,final,2025-02-01,2025-02-01\n"
    "files/p2.txt,02.01.02,Protocol S,,,2025-06-10,,PROTOCOL,2.0,final,2025-07-01,2025-07-01\n"
    "files/p3.txt,02.01.02,Protocol S,,,2025-09-10,,PROTOCOL,3.0,draft,,\n"
    "files/s1.txt,11.01.01,Statistical analysis plan,,,2025-02-10,,SAP,1.0,final,2025-03-01,2025-03-01\n"
    "files/s2.txt,11.01.01,Statistical analysis plan,,,2025-08-10,,SAP,2.0,final,2025-09-01,2025-09-01\n"
    "files/701/certificate.txt,01.01.14,Audit certificate,USA,701,2025-08-01,,AUDIT-701,1.0,final,2025-08-02,2025-08-02\n"
    "files/0702/certificate.txt,01.01.14,Audit certificate,USA,0702,2025-08-01,,AUDIT-702,1.0,final,2025-08-02,2025-08-02\n"
    "files/lab.txt,08.01.01,Accreditation,,,2024-08-01,2025-08-31,LAB,1.0,final,2025-02-02,2025-02-02\n"
    "files/random.txt,11.02.03,Who gets what,,,2025-02-01,,RANDOM,1.0,final,2025-02-02,2025-02-02\n"
    "files/icf.txt,02.02.03,Consent form,,,2025-02-01,,ICF,1.0,final,2025-02-02,2025-02-02\n"
    "files/icf-701.txt,02.02.03,Consent form of site 701,USA,701,2025-02-01,,ICF-701,1.0,final,2025-02-02,2025-02-02\n"
    "files/iec.txt,04.01.02,Approval,USA,701,2025-02-01,,IEC-701,1.0,final,2025-02-02,2025-02-02\n"
    "files/contract.txt,09.02.03,Contract,,,2025-02-01,,CONTRACT,1.0,final,2025-02-02,2025-02-02\n";

const std::string application = R"(application: {region: us, type: nda, number: "900172"}
applicant:
  id: "999999999"
  name: Example
  contacts:
    - {type: regulatory, name: A, phones: [{type: business, number: "1"}], emails: [a@example.org]}
    - {type: technical, name: B, phones: [{type: business, number: "2"}], emails: [b@example.org]}
sequences:
  "0001": {submission_id: "0001", submission_type: original-application, sub_type: application, description: First, form: {type: 356h, source: form.txt}}
  "0002": {submission_id: "0001", submission_type: original-application, sub_type: amendment, description: Second, form: {type: 356h, source: form.txt}}
studies:
  S: {title: Small study, section: 5.3.5.1}
)";

struct Trial : Program {
    Trial() {
        for (const char* name :
             {"p1", "p2", "p3", "s1", "s2", "701/certificate", "0702/certificate", "lab", "random", "icf", "icf-701", "iec", "contract"})
            scratch.write(fill("files/{}.txt", std::string_view(name)), fill("This is {}\n", std::string_view(name)));
        import(list);
        scratch.write("app/application.yaml", application);
        scratch.write("app/form.txt", "form\n");
        // What somebody planned by hand. It says the indication that section 5.3.5 is for.
        scratch.write("app/synopsis.txt", "synopsis\n");
        scratch.write("app/plan.csv", "section,title,source,study,file_tag,indication\n5.3.5.1,Synopsis,synopsis.txt,S,synopsis,itching\n");
    }
    Json proposals() const { return json({"ectd", "plan", "app", "--from-tmf", "S"}); }
};

std::string text(const Json& json, const char* key) {
    const Json* value = json.find(key);
    return value ? value->text() : "";
}

// "standing section source path" of each proposal.
std::vector<std::string> lines(const Json& report) {
    std::vector<std::string> found;
    for (const Json& item : report.find("proposals")->items())
        found.push_back(fill("{} {} {} {}", text(item, "standing"), text(item, "section"), text(item, "source"), text(item, "title")));
    return found;
}

std::vector<std::string> rows_of(const Json& report, const std::vector<const char*>& columns) {
    std::vector<std::string> found;
    for (const Json& row : report.find("tables")->find("leaves")->items()) {
        std::vector<std::string> cells;
        for (const char* column : columns) cells.push_back(text(row, column));
        found.push_back(join(cells, " "));
    }
    return found;
}

using Lines = std::vector<std::string>;

} // namespace

TEST_CASE("from-tmf: what is fit is proposed, what is not is held back with its reason") {
    const Trial trial;
    const Json report = trial.proposals();
    CHECK(lines(report) == Lines{"propose 5.3.5.1 tmf:D-000003@1.0 Audit certificate (D-000003)",
                                 "propose 5.3.5.1 tmf:D-000004@1.0 Audit certificate (D-000004)",
                                 "propose 5.3.5.1 tmf:D-000001@2.0 Protocol S", "propose 5.3.5.1 tmf:D-000007@1.0 Consent form",
                                 "propose 5.3.5.1 tmf:D-000002@1.0 Statistical analysis plan, version 1.0",
                                 "propose 5.3.5.1 tmf:D-000002@2.0 Statistical analysis plan, version 2.0"});
    Lines held;
    for (const Json& item : report.find("held_back")->items())
        held.push_back(fill("{}@{} {}", text(item, "document"), text(item, "version"), text(item, "reason")));
    CHECK(held == Lines{"D-000001@3 is a draft", "D-000005@1 expired on 2025-08-31", "D-000006@1 is restricted (it may unblind)"});
    Lines others;
    for (const Json& item : report.find("others")->items()) others.push_back(text(item, "choose") + " " + text(item, "artifact"));
    CHECK(others == Lines{"one 02.02.03", "list 04.01.02", "never 09.02.03"});

    // What the lists are made of: the people of STUDY.yaml by site, none with a curriculum vitae on file; the one decision.
    Lines investigators;
    for (const Json& row : report.find("lists")->find("investigators")->items())
        investigators.push_back(fill("{} {} {} {} {}|{}", text(row, "country"), text(row, "site"), text(row, "investigator"),
                                     text(row, "role"), text(row, "from"), text(row, "curriculum_vitae")));
    CHECK(investigators ==
          Lines{"USA 0702 Bob Roe principal investigator 2025-05-01|", "USA 701 Ann Lee principal investigator 2025-01-15|"});
    REQUIRE(report.find("lists")->find("ethics_committees")->items().size() == 1);
    CHECK(text(report.find("lists")->find("ethics_committees")->items()[0], "document") == "D-000009@1");

    // Whoever is blinded is not told of the restricted one.
    Trial blinded;
    blinded.require({"user", "add", "bob", "--role", "manager"});
    blinded.user = "bob";
    CHECK(blinded.proposals().find("held_back")->items().size() == 2);
    CHECK(blinded.require({"ectd", "plan", "app", "--from-tmf", "S"}).find("D-000006") == std::string::npos);
}

TEST_CASE("from-tmf: a sequence built from it is known on both sides, and so is what gets out of date") {
    Trial trial;
    trial.require({"ectd", "plan", "app", "--from-tmf", "S", "--export", "plan1.csv"});
    // The list of ethics committees waits for its document.
    std::string plan = trial.scratch.read("plan1.csv");
    plan = plan.substr(0, plan.find("5.3.5.1,Iec irb consent form list"));
    trial.scratch.write("plan1.csv", plan);
    trial.require({"ectd", "build", "app", "--plan", "plan1.csv", "--delta", "--sequence", "0001"});

    const auto standing = [&trial] {
        return rows_of(trial.json({"tmf", "report", "S", "submissions", "--fail-on", "high"}),
                       {"sequence", "document", "version", "sent", "standing", "state"});
    };
    CHECK(standing() == Lines{"0001 D-000001 2.0  current up_to_date", "0001 D-000002 1.0  current out_of_date",
                              "0001 D-000002 2.0  current up_to_date", "0001 D-000003 1.0  current up_to_date",
                              "0001 D-000004 1.0  current up_to_date", "0001 D-000007 1.0  current up_to_date"});
    trial.now = "2025-11-02T12:00:00Z";
    trial.require({"ectd", "sent", "app", "0001", "--date", "2025-11-01"});
    CHECK(standing().front() == "0001 D-000001 2.0 2025-11-01 current up_to_date");
    for (const std::string& line : lines(trial.proposals())) CHECK(starts_with(line, "there "));

    // Protocol 3.0 becomes final and is accepted: the leaf of 2.0 is out of date, on both sides.
    trial.now = "2025-12-01T12:00:00Z";
    trial.scratch.write("files/p4.txt", "This is protocol 4\n");
    trial.import("file,artifact,title,date,document,version,status,final,accepted\n"
                 "files/p4.txt,02.01.02,Protocol S,2025-11-10,PROTOCOL,4.0,final,2025-11-20,2025-11-20\n");
    CHECK(standing().front() == "0001 D-000001 2.0 2025-11-01 current out_of_date");
    const std::string shown = trial.require({"ectd", "plan", "app", "--plan", "plan1.csv", "--delta"});
    CHECK(shown.find("\"Protocol S\" shows D-000001 version 2.0; in the trial master file it is superseded by version 4.0") !=
          std::string::npos);
    CHECK(lines(trial.proposals())[2] == "out_of_date 5.3.5.1 tmf:D-000001@4.0 Protocol S");

    // Its replacement: the row names the leaf, the operation is a replace.
    trial.require({"ectd", "plan", "app", "--from-tmf", "S", "--export", "plan2.csv"});
    plan = trial.scratch.read("plan2.csv");
    plan = plan.substr(0, plan.find("5.3.5.1,Iec irb consent form list"));
    trial.scratch.write("plan2.csv", plan);
    const Json planned = trial.json({"ectd", "plan", "app", "--plan", "plan2.csv", "--delta"});
    REQUIRE(planned.find("operations")->items().size() == 1);
    CHECK(text(planned.find("operations")->items()[0], "operation") == "replace");
    trial.require({"ectd", "build", "app", "--plan", "plan2.csv", "--delta", "--sequence", "0002"});
    const Lines now = standing();
    CHECK(now.front() == "0001 D-000001 2.0 2025-11-01 replaced ended");
    CHECK(now.back() == "0002 D-000001 4.0  current up_to_date");

    const Json blame = trial.json({"ectd", "blame", "app", "Protocol S"});
    const auto& operations = blame.find("chains")->items()[0].find("operations")->items();
    REQUIRE(operations.size() == 2);
    CHECK(text(*operations[0].find("origin"), "document") + "@" + text(*operations[0].find("origin"), "label") == "D-000001@2.0");
    CHECK(text(*operations[1].find("origin"), "document") + "@" + text(*operations[1].find("origin"), "label") == "D-000001@4.0");

    // A draft that is built again without it: dropped there, current again here. What was sent stays as it was.
    trial.scratch.write("app/letter.txt", "letter\n");
    trial.scratch.write("app/plan3.csv", "section,title,source\n1.2,Cover letter,letter.txt\n");
    trial.require({"ectd", "build", "app", "--plan", "app/plan3.csv", "--delta", "--sequence", "0002", "--rebuild"});
    CHECK(standing().front() == "0001 D-000001 2.0 2025-11-01 current out_of_date");
    CHECK(standing().back() == "0002 D-000001 4.0  dropped ended");
    CHECK(trial.require({"tmf", "check"}).find("sound") == 0);
    trial.require({"tmf", "audit", "--verify"});
    // As known before the second sequence was built.
    CHECK(rows_of(trial.json({"tmf", "report", "S", "submissions", "--known-at", "2025-11-15"}), {"standing"}) == Lines(6, "current"));
}

TEST_CASE("from-tmf: who may not record submissions still builds, and is told that the file does not know") {
    Trial trial;
    trial.require({"user", "add", "bob", "--role", "auditor"});
    trial.user = "bob";
    trial.scratch.write("app/plan.csv", "section,title,source,study,file_tag,indication\n"
                                        "5.3.5.1,Protocol,tmf:S/PROTOCOL@2.0,S,protocol-or-amendment,itching\n");
    const test::Run built = trial.run({"ectd", "build", "app", "--sequence", "0001"});
    INFO(built.out + built.err);
    CHECK(built.code == 0);
    CHECK(built.err.find("the trial master file was not told of sequence 0001") != std::string::npos);
    trial.user = "ann"; // who may: sent is told with all that the sequence holds
    trial.require({"ectd", "sent", "app", "0001", "--date", "2025-10-01"});
    CHECK(rows_of(trial.json({"tmf", "report", "S", "submissions"}), {"document", "version", "sent"}) == Lines{"D-000001 2.0 2025-10-01"});
}

TEST_CASE("from-tmf: what cannot be asked is refused in words") {
    Trial trial;
    CHECK(trial.refused({"ectd", "plan", "app", "--from-tmf", "T"}).find("T") != std::string::npos);
    CHECK(
        trial.refused({"ectd", "plan", "app", "--from-tmf", "S", "--study-section", "1.2"}, 2).find("section 1.2 holds no study reports") !=
        std::string::npos);
    CHECK(trial.refused({"ectd", "plan", "app", "--study-section", "5.3.5.1"}, 2).find("--study-section goes with --from-tmf") !=
          std::string::npos);
    trial.scratch.write("there.csv", "mine\n");
    CHECK(trial.refused({"ectd", "plan", "app", "--from-tmf", "S", "--export", "there.csv"}).find("there.csv") != std::string::npos);
    CHECK(trial.scratch.read("there.csv") == "mine\n");
    trial.scratch.write("app/leaf-origins.csv",
                        "sequence,file,leaf,checksum,repository,study,document,version,label\n1,x,y,z,r,S,D-1,1,\n");
    CHECK(trial.refused({"ectd", "plan", "app", "--from-tmf", "S"}).find("leaf-origins.csv") != std::string::npos);
}
