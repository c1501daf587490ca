// What a clinical trial application in the EU or in Canada takes from a trial master file, and what both sides remember of it.
// The trial: a brochure, a protocol, consent forms of Germany and of the United States, a contract.
#include <catch2/catch.hpp>

#include "tests/ectd/ctis_bench.hpp"
#include "tests/tmf/program.hpp"

using namespace dossier;
using tmf_test::Program;
using Lines = std::vector<std::string>;

namespace {

const std::string list = "file,artifact,title,country,site,date,document,version,status,language,final,accepted\n"
                         "files/ib.pdf,02.01.01,Brochure,,,2025-01-10,IB,5,final,en,2025-02-01,2025-02-01\n"
                         "files/p1.pdf,02.01.02,Protocol,,,2025-01-10,PROTOCOL,1.0,final,en,2025-02-01,2025-02-01\n"
                         "files/icf-de.pdf,02.02.03,Einwilligung,DEU,,2025-02-01,ICF-DE,1.0,final,,2025-02-02,2025-02-02\n"
                         "files/icf-us.pdf,02.02.03,Consent form,USA,,2025-02-01,ICF-US,1.0,final,en,2025-02-02,2025-02-02\n"
                         "files/log.pdf,09.02.03,Contract,,,2025-02-01,CONTRACT,1.0,final,en,2025-02-02,2025-02-02\n";

struct Trial : Program {
    Trial() {
        for (const char* name : {"ib", "p1", "p2", "icf-de", "icf-us", "log", "letter", "redacted", "redacted-2", "redacted-icf"}) {
            test::PdfSample sample;
            sample.title = name;
            scratch.write(fill("files/{}.pdf", std::string_view(name)), test::make_pdf(sample));
        }
        import(list);
    }
    void new_protocol() {
        now = "2025-12-01T12:00:00Z";
        import("file,artifact,title,date,document,version,status,language,final,accepted\n"
               "files/p2.pdf,02.01.02,Protocol,2025-11-10,PROTOCOL,2.0,final,en,2025-11-20,2025-11-20\n");
    }
    std::string edited(const std::string& name, const std::string& what, const std::string& with) const {
        std::string text = scratch.read(name);
        const std::size_t at = text.find(what);
        INFO(text);
        REQUIRE(at != std::string::npos);
        text.replace(at, what.size(), with);
        scratch.write(name, text);
        return text;
    }
    Lines standing() const {
        Lines found;
        const Json report = json({"tmf", "report", "S", "submissions", "--fail-on", "high"});
        for (const Json& row : report.find("tables")->find("leaves")->items()) {
            Lines cells;
            for (const char* column : {"sequence", "leaf", "section", "document", "version", "sent", "standing", "state"})
                cells.push_back(row.find(column) ? row.find(column)->text() : "?");
            found.push_back(join(cells, "|"));
        }
        return found;
    }
};

std::string text(const Json& json, const char* key) {
    const Json* value = json.find(key);
    return value ? value->text() : "";
}

Lines lines(const Json& report) {
    Lines found;
    for (const Json& item : report.find("proposals")->items())
        found.push_back(
            join({text(item, "standing"), text(item, "section"), text(item, "source"), text(item, "title"), text(item, "leaf")}, "|"));
    return found;
}

struct EuTrial : Trial {
    EuTrial() { scratch.write("cta/application.yaml", test::cta_yaml); }
};

// The path of a document by the published convention (docs/cta.md): code, title, country, language, number, version.
const std::string protocol = "part-1/D1_protocol_en_2026-512345-12-00_1-0_not-for-publication.pdf";

} // namespace

TEST_CASE("from-tmf: a dossier for the EU's portal is proposed by Annex I, with the twin that the public gets") {
    EuTrial trial;
    const Json report = trial.json({"ectd", "plan", "cta", "--from-tmf", "S"});
    CHECK(lines(report) == Lines{"propose|E1|tmf:D-000001@5|Brochure|", "propose|D1|tmf:D-000002@1.0|Protocol|",
                                 "propose|L1|tmf:D-000003@1.0|Einwilligung|"}); // that of the United States is another authority's
    trial.require({"ectd", "plan", "cta", "--from-tmf", "S", "--export", "rows.csv"});
    const std::string rows = trial.scratch.read("rows.csv");
    INFO(rows);
    // section,title,country,site,language,publication,version,date,source,…
    CHECK(rows.find("E1,Brochure,,,en,,5,2025-01-10,tmf:D-000001@5,") != std::string::npos);
    CHECK(rows.find("D1,Protocol,,,en,not-for-publication,1.0,2025-01-10,tmf:D-000002@1.0,") != std::string::npos);
    CHECK(rows.find("D1,Protocol,,,en,for-publication,1.0,2025-01-10,,") != std::string::npos); // waits for the redacted one
    CHECK(rows.find("L1,Einwilligung,DEU,,de,not-for-publication,1.0,2025-02-01,tmf:D-000003@1.0,") != std::string::npos);
    CHECK(rows.find("look at the language: the trial master file does not tell it, de is what the section asks for") != std::string::npos);
    CHECK(trial.refused({"ectd", "plan", "cta", "--from-tmf", "S", "--study-section", "5.3.5.1"}, 2).find("--study-section") !=
          std::string::npos);
}

TEST_CASE("from-tmf: dossiers are known on both sides, as folders and as archives, and so is what gets out of date") {
    const bool zip = GENERATE(false, true);
    EuTrial trial;
    trial.require({"ectd", "plan", "cta", "--from-tmf", "S", "--export", "cta/rows.csv"});
    trial.edited("cta/rows.csv", "for-publication,1.0,2025-01-10,,", "for-publication,1.0,2025-01-10,../files/redacted.pdf,");
    trial.edited("cta/rows.csv", "for-publication,1.0,2025-02-01,,", "for-publication,1.0,2025-02-01,../files/redacted-icf.pdf,");
    Lines build{"ectd", "build", "cta", "--plan", "cta/rows.csv", "--delta", "--sequence", "0001"};
    if (zip) build.push_back("--zip");
    trial.require(build);
    REQUIRE(trial.standing().size() == 3); // the redacted twins are files of their own
    CHECK(trial.standing()[1] == "0001|" + protocol + "|D1|D-000002|1.0||current|up_to_date");
    for (const std::string& line : lines(trial.json({"ectd", "plan", "cta", "--from-tmf", "S"}))) CHECK(starts_with(line, "there|"));
    trial.require({"ectd", "sent", "cta", "0001", "--date", "2025-10-01"});
    CHECK(trial.standing()[1] == "0001|" + protocol + "|D1|D-000002|1.0|2025-10-01|current|up_to_date");

    trial.new_protocol();
    CHECK(trial.standing()[1] == "0001|" + protocol + "|D1|D-000002|1.0|2025-10-01|current|out_of_date");
    const std::string shown = trial.require({"ectd", "plan", "cta", "--plan", "cta/rows.csv", "--delta", "--sequence", "0002"});
    CHECK(shown.find("shows D-000002 version 1.0; in the trial master file it is superseded by version 2.0") != std::string::npos);
    const Json report = trial.json({"ectd", "plan", "cta", "--from-tmf", "S"});
    CHECK(lines(report)[1] == "out_of_date|D1|tmf:D-000002@2.0|Protocol|0001#" + protocol);

    if (zip) return; // an archive is unpacked before others are built on it
    trial.require({"ectd", "plan", "cta", "--from-tmf", "S", "--export", "cta/rows2.csv"});
    trial.edited("cta/rows2.csv", ",for-publication,2.0,2025-11-10,,", ",for-publication,2.0,2025-11-10,../files/redacted-2.pdf,");
    trial.require({"ectd", "build", "cta", "--plan", "cta/rows2.csv", "--delta", "--sequence", "0002"});
    const std::string later = "part-1/D1_protocol_en_2026-512345-12-00_2-0_not-for-publication.pdf";
    CHECK(trial.standing()[1] == "0001|" + protocol + "|D1|D-000002|1.0|2025-10-01|replaced|ended");
    CHECK(trial.require({"tmf", "show", "D-000002"}).find("replaced by 0002#" + later) != std::string::npos);
    CHECK(trial.standing()[3] == "0002|" + later + "|D1|D-000002|2.0||current|up_to_date");
    trial.require({"tmf", "audit", "--verify"});
    const auto manifest = parse_json(trial.scratch.read("cta/0002/manifest.json"));
    REQUIRE(manifest);
    Lines origins;
    for (const Json& item : manifest->find("documents")->items())
        if (const Json* origin = item.find("origin"))
            origins.push_back(join({text(item, "code"), text(*origin, "study"), text(*origin, "document"), text(*origin, "label")}, " "));
    CHECK(origins == Lines{"D1 S D-000002 2.0", "E1 S D-000001 5", "L1 S D-000003 1.0"});
}

TEST_CASE("from-tmf: a Canadian application takes brochure and protocol, and a sequence built as an archive is remembered") {
    Trial trial;
    trial.scratch.write("ca/application.yaml", "application: {region: ca, type: cta, number: c123456, product_name: Made-up, dossier_type: "
                                               "pharmaceutical, activity_lead: clinical}\napplicant: {name: Example}\nsequences:\n"
                                               "  \"0000\": {submission_type: cta, submission_id: \"0000\", description: First}\n"
                                               "  \"0001\": {submission_type: cta-a, submission_id: \"0001\", description: Second}\n");
    const Json report = trial.json({"ectd", "plan", "ca", "--from-tmf", "S"});
    CHECK(lines(report) == Lines{"propose|1.3.4|tmf:D-000001@5|Brochure|", "propose|1.7.1|tmf:D-000002@1.0|Protocol|"});
    Lines others;
    for (const Json& item : report.find("others")->items()) others.push_back(text(item, "choose") + " " + text(item, "artifact"));
    CHECK(others == Lines{"never 09.02.03"});
    trial.require({"ectd", "plan", "ca", "--from-tmf", "S", "--export", "ca/rows.csv"});
    trial.require({"ectd", "build", "ca", "--plan", "ca/rows.csv", "--delta", "--sequence", "0000", "--zip"});
    REQUIRE(trial.standing().size() == 2);
    CHECK(trial.standing()[0].find("0000|") == 0);
    CHECK(trial.standing()[0].find("|1.3.4|D-000001|5||current|up_to_date") != std::string::npos);
    CHECK(trial.scratch.read("ca/leaf-origins.csv").find("0000,m1/ca/ca-regional.xml,") != std::string::npos);

    // Unpacked, it is the history of the next one: the archive and the folder are one sequence.
    REQUIRE(test::run({"unzip", "-q", "0000.zip"}, trial.scratch / "ca").code == 0);
    trial.new_protocol();
    trial.require({"ectd", "plan", "ca", "--from-tmf", "S", "--export", "ca/rows2.csv"});
    trial.require({"ectd", "build", "ca", "--plan", "ca/rows2.csv", "--delta", "--sequence", "0001"});
    const Lines now = trial.standing();
    REQUIRE(now.size() == 3);
    CHECK(now[1].find("|1.7.1|D-000002|1.0||replaced|ended") != std::string::npos);
    CHECK(now[2].find("|1.7.1|D-000002|2.0||current|up_to_date") != std::string::npos);
}

TEST_CASE("from-tmf: what a heading asks for and nobody told is asked for in the row, and views show where a leaf came from") {
    Trial trial;
    trial.scratch.write("ind/application.yaml",
                        "application: {region: us, type: ind, number: \"123456\"}\napplicant: {id: \"999999999\", name: Example, contacts: "
                        "[{type: regulatory, name: A, phones: [{type: business, number: \"1\"}], emails: [a@example.org]}]}\nsequences:\n"
                        "  \"0001\": {submission_id: \"0001\", submission_type: original-application, sub_type: application}\n"
                        "studies: {S: {title: Small study, section: 5.3.5.1}}\n");
    trial.require({"ectd", "plan", "ind", "--from-tmf", "S", "--export", "ind/rows.csv"});
    const std::string rows = trial.scratch.read("ind/rows.csv");
    INFO(rows);
    CHECK(rows.find("FILL IN indication: section 5.3.5.1 asks for it, and neither the application nor its plan tells it") !=
          std::string::npos);
    trial.scratch.write("ind/plan.csv", "section,title,source,study,file_tag,indication\n"
                                        "5.3.5.1,Protocol,tmf:D-000002@1.0,S,protocol-or-amendment,itching\n"
                                        "1.2,Letter,../files/letter.pdf,,,\n");
    trial.require({"ectd", "build", "ind", "--sequence", "0001"});
    // With the indication in the history there is nothing to ask for.
    trial.new_protocol();
    trial.require({"ectd", "plan", "ind", "--from-tmf", "S", "--export", "ind/rows2.csv"});
    CHECK(trial.scratch.read("ind/rows2.csv").find("FILL IN") == std::string::npos);

    const Json view = trial.json({"ectd", "view", "ind"});
    Lines origins;
    for (const Json& leaf : view.find("leaves")->items()) {
        const Json* origin = leaf.find("origin");
        REQUIRE(origin);
        origins.push_back(text(leaf, "title") + ": " + text(*origin, "study") + " " + text(*origin, "document") + "@" +
                          text(*origin, "label"));
    }
    std::sort(origins.begin(), origins.end());
    REQUIRE(origins.size() == 4); // with the study tagging file and the regional file
    CHECK(origins[0] == "Letter:  @");
    CHECK(origins[1] == "Protocol: S D-000002@1.0");
    trial.require({"ectd", "view", "ind", "--output", "ind/view.html"});
    CHECK(trial.scratch.read("ind/view.html").find("S: D-000002 version 1.0") != std::string::npos);
    CHECK(trial.require({"ectd", "view", "ind", "--format", "csv"}).find("S: D-000002 version 1.0") != std::string::npos);
}
