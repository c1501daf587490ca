// The commands of the trial master file from end to end.
#include "tests/support/skip.hpp"
#include "tests/tmf/program.hpp"

using namespace tmf_test;

namespace {

// The JSON row of one slot.
Json row_of(const Json& report, const std::string& slot) {
    for (const Json& row : report.find("rows")->items())
        if (row.find("slot")->text() == slot) return row;
    return Json();
}

std::string state_of(const Program& p, const std::string& slot, const std::vector<std::string>& more = {}) {
    std::vector<std::string> arguments{"tmf", "completeness", "S"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    const Json row = row_of(p.json(arguments), slot);
    return row.is_null() ? "no slot" : row.find("state")->text();
}

const std::vector<std::string> file_protocol{"tmf",      "file",   "files/a.txt", "--study",  "S",    "--artifact",
                                             "02.01.02", "--date", "2025-01-05",  "--status", "final"};

} // namespace

TEST_CASE("init makes a repository in a new or empty folder and nowhere else") {
    const Program p;
    CHECK(p.refused({"init", "repo"}).find("this is a repository already") != std::string::npos);
    CHECK(p.refused({"init", "files"}).find("the folder is not empty: it holds a.txt") != std::string::npos);
    CHECK(p.require({"init", "deep/new/one"}).find("made the repository deep/new/one") != std::string::npos);
    p.scratch.write("half/ledger.sqlite", ""); // an init that was cut off
    CHECK(p.run({"init", "half"}).code == 0);
    REQUIRE(test::run({"rm", "repo/dossier.yaml"}, p.scratch.path()).code == 0);
    CHECK(p.refused({"init", "repo"}).find("a ledger with entries lies here") != std::string::npos);
}

TEST_CASE("without a repository each command says how to get one") {
    const Program p;
    const test::Run run = test::dossier({"tmf", "list"}, p.scratch.path(), {"DOSSIER_REPO="});
    CHECK(run.code == 2);
    CHECK(run.err == "dossier: which repository? Mend: add --repo DIR or set DOSSIER_REPO; 'dossier init DIR' makes one\n");
    CHECK(test::dossier({"tmf", "list", "--repo", "files"}, p.scratch.path()).err ==
          "dossier: files: this is no repository: it holds no dossier.yaml. Mend: make one with 'dossier init files'\n");
    CHECK(test::dossier({"tmf", "list"}, p.scratch / "repo", {"DOSSIER_REPO="}).code == 0); // the present folder is one
}

TEST_CASE("study apply: shows what changes, is idempotent, writes nothing on --dry-run") {
    const Program p;
    CHECK(p.require({"study", "apply", "STUDY.yaml"}) == "study S: nothing changed\n");
    p.scratch.write("STUDY.yaml", replace_all(replace_all(program_study, "activated: 2025-09-01", "activated: 2025-09-08"),
                                              "amendments:", "audits: [{id: AU1, date: 2025-09-01}]\namendments:"));
    const std::string changes = "  sites 0702: activated 2025-09-01 -> 2025-09-08\n  audits AU1: added\n";
    CHECK(p.require({"study", "apply", "STUDY.yaml", "--dry-run"}) == changes + "study S: 2 changes (not written: --dry-run)\n");
    CHECK(p.require({"study", "apply", "STUDY.yaml"}) == changes + "study S: 2 changes\n");
    CHECK(p.require({"study", "apply", "STUDY.yaml"}) == "study S: nothing changed\n");
    const std::string audit = p.require({"tmf", "audit", "S"});
    CHECK(audit.find("study_applied  S\n        sites 0702: activated 2025-09-01 -> 2025-09-08\n") != std::string::npos);
    CHECK(audit.find("6 entries") != std::string::npos); // the program's four tables adopted, applied twice
}

TEST_CASE("study apply: a file with errors changes nothing") {
    const Program p;
    p.scratch.write("STUDY.yaml", replace_all(program_study, "grace_days", "grace_day"));
    CHECK(p.refused({"study", "apply", "STUDY.yaml"}) ==
          "dossier: STUDY.yaml, line 1: study: unknown key grace_day. Mend: did you mean grace_days?\n");
}

TEST_CASE("study apply: what filed documents name cannot be removed") {
    const Program p;
    p.import("file,artifact,site,person,event,status\nfiles/a.txt,05.02.04,0702,P2,,final\nfiles/b.txt,02.01.04,,,A1,final\n");
    p.scratch.write("STUDY.yaml", "study: {id: S}\ncountries: [{code: USA}]\nsites: [{id: \"701\", country: USA}]\n");
    const std::string err = p.refused({"study", "apply", "STUDY.yaml"});
    CHECK(err.find("event A1 is gone, but D-000002 name it") != std::string::npos);
    CHECK(err.find("person P2 is gone, but D-000001 name it") != std::string::npos);
    CHECK(err.find("site 0702 is gone, but D-000001 name it") != std::string::npos);
    CHECK(err.find("country DEU") == std::string::npos); // nobody names it
    CHECK(p.json({"study", "show", "S"}).find("sites")->items().size() == 2);
}

TEST_CASE("milestone set: recorded, kept when the file is applied again, refused in the future") {
    const Program p;
    CHECK(p.require({"milestone", "set", "S", "08", "2026-05-01", "--planned"}) == "  milestones 08: added\nstudy S: 1 change\n");
    CHECK(p.refused({"milestone", "set", "S", "08", "2026-05-01"})
              .find("2026-05-01 is in the future (today is 2025-10-01). Mend: add --planned") != std::string::npos);
    p.require({"milestone", "set", "S", "T06", "2025-02-20", "--site", "701"});
    p.require({"milestone", "set", "S", "09", "2025-09-30", "--site", "701"});
    CHECK(p.require({"study", "apply", "STUDY.yaml"}) == "study S: nothing changed\n"); // they stay
    CHECK(p.require({"milestone", "set", "S", "09", "none", "--site", "701"}).find("milestones 09 701: removed") != std::string::npos);
    CHECK(p.refused({"milestone", "set", "S", "77", "2025-02-20"}).find("there is no milestone 77") != std::string::npos);
    CHECK(p.refused({"milestone", "set", "S", "T06", "2025-02-20", "--site", "799"}).find("the study has no site 799") !=
          std::string::npos);
    const Json report = p.json({"tmf", "completeness", "S"});
    CHECK(report.find("by_next_milestone")->find("date")->text() == "2026-05-01");
    // A file that plans what a command recorded does not take the date back.
    p.scratch.write("STUDY.yaml",
                    replace_all(program_study, "milestones: [", "milestones: [{code: T06, site: \"701\", planned: 2025-02-25}, "));
    p.require({"study", "apply", "STUDY.yaml"});
    CHECK(p.json({"study", "show", "S"}).dump(-1).find(R"("site":"701","date":"2025-02-20","planned":"2025-02-25")") != std::string::npos);
}

TEST_CASE("tmf file, show, get, history: one document from end to end") {
    const Program p;
    CHECK(p.require(file_protocol) == "filed D-000001@1  02.01.02 a\n");
    CHECK(p.require(file_protocol) == "was filed already as D-000001@1  02.01.02 a\n");
    // `printf 'content of a\n' | sha256sum`
    const std::string sha256 = test::run({"sha256sum", "files/a.txt"}, p.scratch.path()).out.substr(0, 64);
    CHECK(p.require({"tmf", "show", "D-000001"}) ==
          "D-000001  02.01.02 Protocol\nstudy S, trial\nversion 1  final\n  title     a\n  date      2025-01-05\n"
          "  received  2025-10-01\n  final     2025-10-01\n  file      a.txt, text/plain, 13 bytes\n  sha256    " +
              sha256 + "\n  filed     2025-10-01T12:00:00.000000Z by ann\n  clock     time given by --now: document_filed\n");
    CHECK(p.scratch.read("repo/objects/" + sha256.substr(0, 2) + "/" + sha256.substr(2)) == "content of a\n");
    CHECK(p.require({"tmf", "get", "D-000001"}) == "content of a\n");
    p.require({"tmf", "get", "d-1", "--output", "out.txt"});
    CHECK(p.scratch.read("out.txt") == "content of a\n");
    CHECK(p.refused({"tmf", "get", "D-000009"}) == "dossier: there is no document D-000009. Mend: see 'dossier tmf list'\n");
    CHECK(p.refused({"tmf", "get", "D-000001@2"}) == "dossier: D-000001 has no version 2. Mend: it has 1 to 1\n");
    CHECK(p.refused({"tmf", "show", "protocol"}) == "dossier: there is no document protocol. Mend: write D-000012, D-000012@2 for its "
                                                    "second version, or the label that a list gave it; "
                                                    "see 'dossier tmf list'\n");
    p.require({"tmf", "file", "files/b.txt", "--study", "S", "--artifact", "02.01.02", "--date", "2025-06-05", "--status", "final",
               "--document", "D-000001"});
    CHECK(p.require({"tmf", "history", "D-000001"}).find("2 entries") != std::string::npos);
    CHECK(p.require({"tmf", "get", "D-000001"}) == "content of b\n");
}

TEST_CASE("tmf get never hands out bytes that are not the filed ones") {
    const Program p;
    p.require(file_protocol);
    REQUIRE(test::run({"sh", "-c", "f=$(find repo/objects -type f); chmod +w $f; printf X >> $f"}, p.scratch.path()).code == 0);
    CHECK(p.refused({"tmf", "get", "D-000001"}).find("is damaged: its bytes have another SHA-256") != std::string::npos);
    CHECK(p.refused({"tmf", "get", "D-000001", "--output", "out.txt"}).find("is damaged") != std::string::npos);
    CHECK(test::run({"ls", "out.txt", "out.txt.part"}, p.scratch.path()).out.empty());
    CHECK(p.require({"tmf", "check"}, 10).find("object-size") != std::string::npos);
    CHECK(p.require({"tmf", "check", "--read-data"}, 10).find("object-damaged") != std::string::npos);
}

TEST_CASE("tmf review: accepted counts, rejected does not, and neither twice") {
    const Program p;
    p.require(file_protocol);
    CHECK(state_of(p, "EDL-032-01/////") == "in_review");
    CHECK(p.require({"tmf", "review", "D-000001", "--accept", "--comment", "complete"}) == "D-000001@1 accepted on 2025-10-01\n");
    CHECK(state_of(p, "EDL-032-01/////") == "satisfied");
    CHECK(p.refused({"tmf", "review", "D-000001", "--accept"}) == "dossier: D-000001@1 is accepted since 2025-10-01\n");
    CHECK(p.refused({"tmf", "review", "D-000001", "--reject", "unsigned"}, 2).find("a rejection needs words") != std::string::npos);
    p.require({"tmf", "review", "D-000001", "--reject", "unsigned", "--comment", "page 3 has no signature"});
    CHECK(state_of(p, "EDL-032-01/////") == "overdue");
    CHECK(p.refused({"tmf", "review", "D-000001", "--accept"}).find("was rejected on 2025-10-01. Mend: file a new version") !=
          std::string::npos);
    CHECK(p.refused({"tmf", "review", "D-000001"}, 2) == "dossier: say either --accept or --reject CODE\n");
    CHECK(p.require({"tmf", "history", "D-000001"}).find("why: unsigned: page 3 has no signature") != std::string::npos);
    p.require({"tmf", "file", "files/b.txt", "--study", "S", "--artifact", "01.01.01", "--date", "2025-01-05"});
    CHECK(
        p.refused({"tmf", "review", "D-000002", "--accept"}).find("D-000002@1 is a draft. Mend: when it is final: 'dossier tmf reindex") !=
        std::string::npos);
    p.require({"tmf", "reindex", "D-000002", "--status", "final", "--reason", "signed today"});
    p.require({"tmf", "review", "D-000002", "--accept"});
}

TEST_CASE("tmf reindex: a misfiled document is corrected, with the reason in the trail, wrong corrections change nothing") {
    const Program p;
    p.import("file,artifact,site,person,date,status,final,accepted\nfiles/a.txt,05.02.05,701,P1,2025-01-05,final,2025-02-01,2025-02-03\n");
    CHECK(state_of(p, "EDL-087-01/USA/0702/P2//") == "missing");
    CHECK(p.require({"tmf", "reindex", "D-000001", "--artifact", "05.02.04", "--site", "702", "--person", "P2", "--reason",
                     "wrong site and artifact"}) ==
          "D-000001@1  unique_id 088 -> 087\nD-000001@1  site 701 -> 0702\nD-000001@1  person P1 -> P2\n1 corrected\n");
    CHECK(state_of(p, "EDL-087-01/USA/0702/P2//") == "satisfied");
    const std::string history = p.require({"tmf", "history", "D-000001"});
    CHECK(history.find("reindexed  D-000001@1\n        document: unique_id 088 -> 087\n") != std::string::npos);
    CHECK(history.find("why: wrong site and artifact") != std::string::npos);
    CHECK(p.run({"tmf", "reindex", "D-000001", "--site", "701"}).code == 2); // no reason
    CHECK(p.refused({"tmf", "reindex", "D-000001", "--reason", "x"}, 2).find("what is to be corrected?") != std::string::npos);
    CHECK(p.refused({"tmf", "reindex", "D-000001", "--artifact", "05.04.11", "--reason", "x"})
              .find("belongs in the investigator's site file only") != std::string::npos);
    p.scratch.write("fix.csv", "document,title,date\nD-000001,Curriculum vitae,-\nD-000007,Nothing,\n");
    CHECK(
        p.refused({"tmf", "reindex", "fix.csv", "--reason", "x"}).find("fix.csv, row 3, column document: there is no document D-000007") !=
        std::string::npos);
    p.scratch.write("fix.csv", "document,title,date\nD-000001,Curriculum vitae,-\n");
    CHECK(p.require({"tmf", "reindex", "fix.csv", "--reason", "no date on it"}) ==
          "D-000001@1  title a -> Curriculum vitae\nD-000001@1  date 2025-01-05 -> none\n1 corrected\n");
    CHECK(p.require({"tmf", "reindex", "fix.csv", "--reason", "again"}) == "0 corrected\n");
    p.require({"tmf", "check", "--read-data"});
}

TEST_CASE("tmf waive, not applicable, points-to, unwaive") {
    const Program p;
    const std::string allocation = "EDL-133-01/////";
    const std::vector<std::string> unblinded{"--audience", "unblinded"};
    CHECK(state_of(p, allocation, unblinded) == "overdue");
    CHECK(p.refused({"tmf", "waive", "S", "EDL-133-01"}, 2).find("a waiver needs a reason") != std::string::npos);
    CHECK(
        p.refused({"tmf", "waive", "S", "EDL-133-1", "--reason", "x"}).find("there is no rule EDL-133-1. Mend: did you mean EDL-133-01?") !=
        std::string::npos);
    CHECK(p.require({"tmf", "waive", "S", "EDL-133-01", "--reason", "kits are open"}) ==
          "W-000001: EDL-133-01 applies to 1 expected documents today\n");
    CHECK(state_of(p, allocation, unblinded) == "waived");
    CHECK(state_of(p, allocation, {"--audience", "unblinded", "--as-of", "2025-09-30"}) == "overdue"); // not yet decided
    CHECK(p.require({"tmf", "unwaive", "S", "EDL-133-01", "--reason", "kits are blinded"}) == "ended W-000001\n");
    CHECK(state_of(p, allocation, unblinded) == "overdue");
    CHECK(p.refused({"tmf", "unwaive", "S", "EDL-133-01"}).find("no decision about EDL-133-01 is in force") != std::string::npos);
    p.require({"tmf", "waive", "S", "EDL-087-01", "--site", "701", "--key", "P1", "--not-applicable", "--reason", "x"});
    CHECK(state_of(p, "EDL-087-01/USA/701/P1//") == "no slot");
    CHECK(state_of(p, "EDL-087-01/USA/0702/P2//") == "missing");
    CHECK(p.json({"tmf", "completeness", "S"}).find("not_applicable")->items().size() == 1);
    p.require({"tmf", "waive", "S", "EDL-194-01", "--points-to", "EDC vault, folder 7"});
    CHECK(state_of(p, "EDL-194-01/////") == "in_review"); // a pointer has to be accepted
    p.require({"tmf", "review", "D-000001", "--accept"});
    CHECK(state_of(p, "EDL-194-01/////") == "satisfied");
    CHECK(
        p.refused({"tmf", "get", "D-000001"}).find("is a pointer, it has no file here. Mend: the record is kept at: EDC vault, folder 7") !=
        std::string::npos);
    p.require({"tmf", "check", "--read-data"});
}

TEST_CASE("tmf completeness: text, CSV, XLSX and JSON say the same, the audience is what the user may see") {
    const Program p;
    p.require(file_protocol);
    const std::vector<std::string> site{"tmf", "completeness", "S", "--site", "701", "--as-of", "2025-07-10"};
    CHECK(p.require(site).find("completeness on 2025-07-10, audience unblinded, site 701\n") !=
          std::string::npos); // who made the repository
    const std::string text = p.require({"tmf", "completeness", "S", "--site", "701", "--as-of", "2025-07-10", "--audience", "blinded"});
    CHECK(text.find("completeness on 2025-07-10, audience blinded, site 701\n") != std::string::npos);
    CHECK(text.find("site 701 (USA)\n") != std::string::npos);
    CHECK(text.find("overdue   2025-03-01  05.02.04 Principal Investigator Curriculum Vitae (P1)  EDL-087-01\n") != std::string::npos);
    const Json blinded = p.json({"tmf", "completeness", "S", "--audience", "blinded"}), all = p.json({"tmf", "completeness", "S"});
    CHECK(blinded.find("audience")->text() == "blinded");
    CHECK(row_of(blinded, "EDL-133-01/////").is_null());
    CHECK_FALSE(row_of(all, "EDL-133-01/////").is_null());
    CHECK(blinded.find("counted")->find("model")->integer() == 367);
    CHECK(blinded.find("counted")->find("left_out")->items().empty());
    const std::string csv = p.require({"tmf", "completeness", "S", "--audience", "blinded", "--format", "csv"});
    CHECK(static_cast<std::size_t>(std::count(csv.begin(), csv.end(), '\n')) == blinded.find("rows")->items().size() + 1);
    p.require({"tmf", "completeness", "S", "--format", "xlsx", "--output", "report.xlsx"});
    CHECK(p.scratch.read("report.xlsx").substr(0, 2) == "PK");
    CHECK(p.refused({"tmf", "completeness", "S", "--milestone", "S13"}, 2).find("rows are counted under milestones 01 to 12") !=
          std::string::npos);
}

TEST_CASE("the same command on the same facts gives the same bytes") {
    const Program p;
    p.require(file_protocol);
    const std::vector<std::string> command{"tmf", "completeness", "S", "--json"};
    CHECK(p.require(command) == p.require(command));
    const Program q;
    q.require(file_protocol);
    CHECK(p.require(command) == q.require(command));
    CHECK(p.require({"tmf", "list", "--format", "csv"}) == q.require({"tmf", "list", "--format", "csv"}));
}

TEST_CASE("tmf waive: a decision for a place at which the rule expects nothing is refused, and not kept for nothing") {
    const Program p;
    CHECK(p.refused({"tmf", "waive", "S", "EDL-001-01", "--site", "701", "--reason", "x"}, 2) ==
          "dossier: EDL-001-01 is expected at trial level; a decision for a site would match nothing. Mend: leave out --country and "
          "--site\n");
    CHECK(p.refused({"tmf", "waive", "S", "EDL-036-01", "--site", "701", "--reason", "x", "--not-applicable"}, 2)
              .find("EDL-036-01 is expected at country level; a decision for a site would match nothing. Mend: leave out --site") !=
          std::string::npos);
    CHECK(p.require({"tmf", "audit", "S"}).find("waived") == std::string::npos);
    p.require({"tmf", "waive", "S", "EDL-001-01", "--reason", "x"});
    CHECK(p.refused({"tmf", "completeness", "S", "--site", "999"}) ==
          "dossier: the study has no site 999. Mend: it has 701, 0702; a new one comes with the study file\n");
    CHECK(p.refused({"tmf", "list", "--format", "junit"}, 2) ==
          "dossier: this command has no junit form. Mend: it has text, json, csv, xlsx\n");
}

TEST_CASE("tmf get and tmf scan: what is there is not overwritten, the same bytes once more are no loss") {
    const Program p;
    p.require(file_protocol);
    p.require({"tmf", "get", "D-000001", "--output", "out.txt"});
    CHECK(p.run({"tmf", "get", "D-000001", "--output", "out.txt"}).err == "D-000001@1 is there already: out.txt\n");
    p.scratch.write("out.txt", "mine");
    CHECK(p.refused({"tmf", "get", "D-000001", "--output", "out.txt"}) ==
          "dossier: out.txt: the document would overwrite this file. Mend: name another file with --output\n");
    CHECK(p.scratch.read("out.txt") == "mine");
    p.scratch.write("folder/a.txt", "mine, too");
    p.refused({"tmf", "get", "D-000001", "--output", "folder"}); // the document's own name in it
    CHECK(p.scratch.read("folder/a.txt") == "mine, too");
    CHECK(p.refused({"tmf", "get", "D-000001", "--output", "nowhere/out.txt"}) ==
          "dossier: nowhere: there is no such folder. Mend: make it, or name another one with --output\n");
    p.scratch.write("LIST.csv", "corrected for hours");
    CHECK(p.refused({"tmf", "scan", "files", "--study", "S", "--output", "LIST.csv"}) ==
          "dossier: LIST.csv: the list would overwrite this file. Mend: name another file with --output\n");
    CHECK(p.scratch.read("LIST.csv") == "corrected for hours");
    p.scratch.write("LIST.csv", "file,artifact\nfiles/a.txt,99\n");
    CHECK(p.refused({"tmf", "import", "LIST.csv", "--study", "S", "--keep-going", "--rejects", "./LIST.csv"}, 2)
              .find("--rejects would overwrite the list itself") != std::string::npos);
    CHECK(p.scratch.read("LIST.csv") == "file,artifact\nfiles/a.txt,99\n");
    // A restricted document's copy is private: an older file of the same bytes may not be.
    p.require({"tmf", "file", "files/b.txt", "--study", "S", "--artifact", "01.03.03", "--restricted", "yes"});
    p.require({"tmf", "get", "D-000002", "--output", "closed.txt"});
    p.refused({"tmf", "get", "D-000002", "--output", "closed.txt"});
}

TEST_CASE("tmf list: a site that no study has is an error, not an empty list") {
    const Program p;
    p.require(file_protocol);
    CHECK(p.refused({"tmf", "list", "--site", "999"}).find("no study has a site 999") != std::string::npos);
    CHECK(p.refused({"tmf", "list", "--study", "S", "--site", "999"}).find("the study has no site 999. Mend: it has 701, 0702") !=
          std::string::npos);
    CHECK(p.require({"tmf", "list", "--site", "702"}) == "document  state  artifact  place  date  title  about\n0 documents\n"); // 0702
}

TEST_CASE("a country or site that can only be a slip of one is proposed, anything else gets what the study has") {
    const Program p;
    const auto mend = [&p](const char* option, const std::string& text) {
        const std::string said = p.refused({"tmf", "list", "--study", "S", option, text});
        return said.substr(said.find("Mend: ") + 6);
    };
    for (const char* slip : {"UAS", "USAA", "USB"}) { // neighbours, one more, another one
        CAPTURE(slip);
        CHECK(mend("--country", slip) == "did you mean USA?\n");
    }
    for (const char* other : {"FRA", "FR", "GBR", "XYZ", "Atlantis"}) {
        CAPTURE(other);
        CHECK(mend("--country", other) == "it has USA, DEU\n");
    }
    for (const char* slip : {"710", "70l", "7O1", "7011"}) CHECK(mend("--site", slip) == "did you mean 701?\n");
    for (const char* other : {"799", "170x", "9", "Boston"})
        CHECK(mend("--site", other) == "it has 701, 0702; a new one comes with the study file\n");
}

TEST_CASE("tmf list: a country that the study does not have is an error, not an empty list") {
    const Program p;
    p.require(file_protocol);
    CHECK(p.refused({"tmf", "list", "--study", "S", "--country", "FRA"}) ==
          "dossier: the study has no country FRA. Mend: it has USA, DEU\n");
    CHECK(p.refused({"tmf", "list", "--country", "FRA"}).find("no study has a country FRA") != std::string::npos);
    CHECK(p.refused({"tmf", "list", "--country", "Atlantis"}).find("there is no country Atlantis") != std::string::npos);
    for (const char* country : {"DE", "DEU", "Germany"}) // the study has it, and nothing is filed there
        CHECK(p.require({"tmf", "list", "--country", country}).find("\n0 documents\n") != std::string::npos);
}

TEST_CASE("tmf list and search: two digits may be a zone and name no artifact") {
    const Program p;
    p.require(file_protocol); // 02.01.02, unique identifier 032
    CHECK(p.require({"tmf", "list", "--artifact", "032"}).find("\n1 documents\n") != std::string::npos);
    for (const std::string zone : {"02", "32"}) {
        const std::string why = zone + " may be a zone of the model or an artifact's unique identifier. Mend: ";
        CHECK(p.refused({"tmf", "list", "--artifact", zone}).find(why) != std::string::npos);
        CHECK(p.refused({"tmf", "search", "protocol", "--artifact", zone}).find("three digits (0" + zone + ")") != std::string::npos);
    }
}
