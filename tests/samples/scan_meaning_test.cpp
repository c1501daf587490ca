// Names that speak clearly of an artifact and mean another document, another day or other readers. What each must and must not become is
// reasoned from the name: nobody has looked at a row that needs no confirmation.
#include <catch2/catch.hpp>

#include "tests/samples/scan_sample.hpp"

using namespace dossier;
using scan_sample::propose;
using scan_sample::sample;
using scan_sample::why;

namespace {

std::string text(const tmf::OptionalDate& date) { return date ? date->text() : ""; }

} // namespace

TEST_CASE("scan: what says that it is for unblinded people is proposed restricted and never sure") {
    for (const char* path : {"Site 101/Unblinded monitoring visit report V101-3.pdf", "Site 101/IP/Unblinded pharmacy temperature log.pdf",
                             "Stats/Unblinded statistical analysis plan v1.0.pdf", "Site 101/Unblinded team/Monitoring visit report.pdf",
                             "Site 101/un-blinded MVR.pdf", "Site 301/Monitoringbericht entblindeter Monitor.pdf",
                             "Site 202/Registre de d\xC3\xA9l\xC3\xA9gation non aveugle.pdf", "Site 101/MVR desenmascarado.pdf"}) {
        const tmf::Proposal proposal = propose(path);
        CAPTURE(path, why(proposal), proposal.confidence);
        CHECK_FALSE(proposal.artifact.empty());
        CHECK(proposal.restricted);
        CHECK_FALSE(proposal.is_sure());
        CHECK(why(proposal).find("proposed as restricted") != std::string::npos);
    }
    // Nothing is proposed, and whoever fills the row in still finds the restriction there.
    CHECK(propose("Site 101/Unblinded/scan0001.pdf").restricted);
}

TEST_CASE("scan: what says unblinding or treatment is for somebody to look at, where the artifact is open") {
    for (const char* path : {"Unblinding plan.pdf", "Emergency unblinding procedure.pdf", "Code break procedure.pdf",
                             "Site 101/Code break/Temperature log.pdf", "Treatment allocation/Monitoring plan.pdf",
                             "Randomisation code/Data management plan.pdf", "DEU/Entblindung/Monitoring plan.pdf",
                             "Lev\xC3\xA9"
                             "e de l'aveugle/Monitoring plan.pdf",
                             "Apertura del ciego/Monitoring plan.pdf"}) {
        const tmf::Proposal proposal = propose(path);
        CAPTURE(path, why(proposal), proposal.confidence);
        CHECK_FALSE(proposal.is_sure());
        CHECK_FALSE(proposal.restricted); // a plan to unblind is read by everybody
        CHECK(why(proposal).find("write yes in restricted if it may unblind") != std::string::npos);
    }
    // The artifact is restricted by itself: its documents are sealed whatever the name says.
    const tmf::Proposal scheme = propose("IP treatment allocation documentation 2025-02-13.pdf");
    CHECK(scheme.artifact == "06.03.01");
    CHECK(scheme.is_sure());
    CHECK(propose("Site 101/Blinded monitoring visit report.pdf").is_sure());
}

TEST_CASE("scan: a date behind another number is read, and only that") {
    const std::vector<std::pair<std::string, std::string>> names = {
        {"IRB approval letter amendment 1 2025-09-15", "2025-09-15"},
        {"Data management plan 1.0 2025-02-10", "2025-02-10"},
        {"Monitoring plan 2 15.09.2025", "2025-09-15"},
        {"Monitoring plan_1_15_09_2025", "2025-09-15"},
        {"Monitoring plan 1 2025.09.15", "2025-09-15"},
        {"Monitoring plan 1.1_2025_09_15", "2025-09-15"},
        {"Monitoring plan 15 Sep 2025", "2025-09-15"},
        {"Monitoring plan Sep 15, 2025", "2025-09-15"},
        {"Monitoring plan 1 2025", ""},
        {"Monitoring plan 1.0 2025", ""},
        {"Monitoring plan received 2025-09-15", ""},
        {"Monitoring plan eingegangen am 15.09.2025", ""},
    };
    for (const auto& [name, date] : names) {
        const tmf::Proposal proposal = propose("Central/" + name + ".pdf");
        CAPTURE(name, why(proposal));
        CHECK(text(proposal.date) == date);
        CHECK(text(proposal.expires).empty());
    }
    for (const char* words : {"valid until", "valid through", "valid to", "expires", "expiry date", "exp", "g\xC3\xBCltig bis",
                              "valable jusqu'au", "v\xC3\xA1lido hasta"}) {
        const tmf::Proposal proposal = propose(fill("Site 101/IRB approval {} 2026-02-20.pdf", std::string_view(words)));
        CAPTURE(words, why(proposal));
        CHECK(text(proposal.expires) == "2026-02-20");
        CHECK(text(proposal.date).empty());
    }
}

TEST_CASE("scan: version and date in words stand in either order, though together they read like the id of a visit") {
    struct Named { // the study has the visits V101-2, V301-2 ...: "v3.0 12" is none of them
        const char *name, *version, *date;
    };
    for (const Named& one : std::vector<Named>{{"Protocol v3.0 12 March 2025", "3.0", "2025-03-12"},
                                               {"Protocol 12 March 2025 v3.0", "3.0", "2025-03-12"},
                                               {"Protocol V3-0 12 March 2025", "3.0", "2025-03-12"},
                                               {"Protocol v1.0 12 Mar 2025", "1.0", "2025-03-12"},
                                               {"Protocol v3 12 March 2025", "3", "2025-03-12"}}) {
        const tmf::Proposal proposal = propose("Central/" + std::string(one.name) + ".pdf");
        CAPTURE(one.name, why(proposal));
        CHECK(proposal.version == one.version);
        CHECK(text(proposal.date) == one.date);
    }
    for (const char* id : {"V101-2", "V101 2", "V1012", "v101_2", "V 101-2"}) {
        const tmf::Proposal proposal = propose(fill("Site 101/Monitoring visit report {}.pdf", std::string_view(id)));
        CAPTURE(id, why(proposal));
        CHECK(proposal.event == "V101-2");
    }
}

TEST_CASE("scan: what is about an amendment is never the document from before it") { // the study has one amendment, A1
    struct Named {
        const char *path, *event;
        bool sure;
    };
    for (const Named& one : std::vector<Named>{
             {"Site 101/IRB approval letter amendment 1 2025-09-15.pdf", "A1", true},
             {"Site 101/Amendment 1/IRB approval letter.pdf", "A1", true},
             {"Site 101/Amd01 training log Rivera.pdf", "A1", true},
             {"DEU/EK Votum \xC3\x84nderung 1.pdf", "A1", true},
             {"Site 101/IRB approval amendment.pdf", "A1", false}, // there is one only, and the name does not say so
             {"Protocol amendment signature page site 101.pdf", "A1", false},
             {"Protocol amendment 1 signature page site 101.pdf", "A1", true},
             {"Site 101/05.02.03 Marsh.pdf", "A1", false}, // the artifact is about an amendment, whatever the name says
             {"Protocol amendment.pdf", "A1", false},
             {"Site 101/IRB approval protocol v2.0.pdf", "", false},
         }) {
        const tmf::Proposal proposal = propose(one.path);
        CAPTURE(one.path, why(proposal), proposal.confidence);
        CHECK_FALSE(proposal.artifact.empty());
        CHECK(proposal.event == one.event);
        CHECK(proposal.is_sure() == one.sure);
    }
    for (const char* path : {"Site 101/IRB approval amendment 2 2025-09-15.pdf", "Site 101/Amendment 2/IRB approval letter.pdf",
                             "Amendment 7 signature page.pdf", "Protocol amendment 7 signature page site 101.pdf",
                             "Protocol signature page amendment 7 Marsh.pdf", "02.01.04 amendment 7.pdf", "Protocol amendment 7.pdf",
                             "02.01.04 amendment Nr 7.pdf", "Site 301/Unterschriftenseite Amendment Nr. 7.pdf",
                             "Site 101/Amendment 7/Protocol amendment signature page.pdf"}) {
        const tmf::Proposal proposal = propose(path);
        CAPTURE(path, why(proposal));
        CHECK(proposal.artifact.empty());
        CHECK(proposal.event.empty());
        CHECK(why(proposal).find("it is about an amendment, and the study has none of that number") != std::string::npos);
    }
    CHECK(propose("Site 101/Protocol and amendments/IRB approval letter.pdf").event.empty()); // a folder of all of them
    for (const char* path : {"Site 101/IRB approval amendment 1 and amendment 7.pdf", "Site 101/IRB approval amendments 1 and 7.pdf",
                             "Site 101/IRB approval amendment 7, amendment 1.pdf", "Site 101/IRB approval amendment 1 & 2 2025-09-15.pdf",
                             "Site 101/Amendment 1 und 2/IRB approval letter.pdf", "Site 101/IRB approval A1 and amendment 7.pdf",
                             "Site 101/Amendment 1 and amendment 7 training log Rivera.pdf"}) {
        const tmf::Proposal proposal = propose(path);
        CAPTURE(path, why(proposal));
        CHECK(proposal.artifact.empty());
        CHECK(proposal.event.empty());
        CHECK(why(proposal).find("it is about several amendments: 1, ") != std::string::npos);
    }
    for (const char* path : {"Site 101/IRB approval amendment 1.1.pdf", "Site 101/IRB approval Amd01.02 2025-09-15.pdf",
                             "Site 101/Amendment 1.1/IRB approval letter.pdf", "Site 101/Amendment 1.1 training log Rivera.pdf"}) {
        const tmf::Proposal proposal = propose(path);
        CAPTURE(path, why(proposal));
        CHECK(proposal.artifact.empty());
        CHECK(why(proposal).find("it is about an amendment, and the study has none of that number") != std::string::npos);
    }
    const tmf::Proposal longer = propose("Site 101/IRB approval A1.1.pdf"); // nor the document from before the amendment
    CHECK(longer.event.empty());
    CHECK_FALSE(longer.is_sure());
    for (const char* path : {"Site 101/IRB approval amendment 1 v1.1.pdf", "Site 101/IRB approval amendment 1.15.09.2025.pdf",
                             "Site 101/IRB approval A1.15.09.2025.pdf", "Site 101/IRB approval amendment 1 (A1).pdf",
                             "Site 101/IRB approval amendment 1, amendment 1.pdf"}) {
        const tmf::Proposal proposal = propose(path);
        CAPTURE(path, why(proposal));
        CHECK(proposal.event == "A1");
    }
    CHECK(propose("Site 101/IRB approval letter 2025-02-15.pdf").is_sure());
}

TEST_CASE("scan: the digits of a site's number stand together") { // the study has the sites 101, 202 ...
    for (const char* path :
         {"Monitoring visit report 2.02.pdf", "Delegation log 1.01.pdf", "Delegation log 20.2.pdf", "Site 2.02/Delegation log.pdf"}) {
        const tmf::Proposal proposal = propose(path);
        CAPTURE(path, why(proposal));
        CHECK(proposal.site.empty());
        CHECK_FALSE(proposal.is_sure());
    }
    for (const char* path :
         {"Delegation log 202.pdf", "Delegation log.202.pdf", "Site 202/Delegation log.pdf", "Delegation log Site202.pdf"}) {
        const tmf::Proposal proposal = propose(path);
        CAPTURE(path, why(proposal));
        CHECK(proposal.site == "202");
    }
}

TEST_CASE("scan: a note about a document, a document that is not there, and a letter about a visit are not the document") {
    for (const char* path : {
             "Site 101/Note to file delegation log 2025-03-03.pdf",
             "Site 101/NTF GCP certificate Marsh.pdf",
             "Site 101/IRB approval pending 2025-02-03.pdf",
             "Site 101/IRB approval withdrawn 2025-02-03.pdf",
             "Site 101/IRB disapproval letter.pdf",
             "Site 101/IRB approval refused.pdf",
             "Site 101/CV Marsh requested.pdf",
             "Site 101/Monitoring visit report cancelled.pdf",
             "Site 101/Request for IRB approval.pdf",
             "Site 101/Reminder financial disclosure Marsh.pdf",
             "Database lock planned.pdf",
             "Site 101/IRB approval recruitment flyer.pdf",
             "Site 101/IRB approval ICF.pdf",
             "Site 101/Delegation log page 2 of 3.pdf",
             "DEU/EK Votum ausstehend.pdf",
             "Site 301/Aktennotiz Delegationsliste.pdf",
             "Site 301/Delegationsliste Mahnung.pdf",
             "Site 202/Approbation CER en attente.pdf",
             "Site 101/IRB approval pendiente.pdf",
             "Monitoring plan signature page.pdf",
             "Site 101/RE FW CV update Marsh 2025-09-16.msg",
             "Site 101/CV Marsh.eml",
         }) {
        const tmf::Proposal proposal = propose(path);
        CAPTURE(path, why(proposal), proposal.artifact);
        CHECK(proposal.artifact.empty());
    }
    for (const char* path :
         {"Site 101/RE CV Marsh.pdf", "Site 301/WG Delegationsliste.pdf", "Site 202/TR CV Lavoie.pdf",
          "Site 101/GCP certificate Marsh expired.pdf", "Site 101/05.04.03_MVR reminder.pdf", "Site 101/Pending/CV Marsh.pdf",
          "Site 101/IRB conditional approval.pdf", "Site 101/IRB approval site closure.pdf"}) {
        const tmf::Proposal proposal = propose(path);
        CAPTURE(path, why(proposal));
        CHECK_FALSE(proposal.artifact.empty());
        CHECK(proposal.confidence <= 50);
    }
    CHECK(propose("Site 101/TR-A1 training log.pdf").confidence > 50); // the id of a training, no mail
    struct Letter {
        const char *path, *artifact, *part;
    };
    for (const Letter& one : std::vector<Letter>{
             {"Site 101/SIV follow-up letter 2025-03-12.pdf", "05.03.01", "Trial Initiation Visit Follow Up Letter"},
             {"Site 101/Site initiation visit follow up letter.pdf", "05.03.01", "Trial Initiation Visit Follow Up Letter"},
             {"Site 101/SIV confirmation letter.pdf", "05.03.01", "Trial Initiation Visit Confirmation Letter"},
             {"Site 101/COV follow-up letter.pdf", "05.04.08", "Close Out Visit Follow-Up Letter"},
             {"Site 101/Close out visit follow up letter.pdf", "05.04.08", "Close Out Visit Follow-Up Letter"},
             {"Site 101/SQV confirmation letter.pdf", "05.01.04", "Pre Trial Visit Confirmation Letter"},
             {"Site 101/PSSV FU letter.pdf", "05.01.04", "Pre Trial Visit Follow Up Letter"},
             {"Site 101/Monitoring visit confirmation letter.pdf", "05.04.03", "Monitoring Visit Confirmation Letter"},
         }) {
        const tmf::Proposal proposal = propose(one.path);
        CAPTURE(one.path, why(proposal));
        CHECK(proposal.artifact == one.artifact);
        CHECK(proposal.sub_artifact == one.part);
        CHECK_FALSE(proposal.is_sure()); // filed as the artifact it would stand for the report
    }
    CHECK(propose("Site 101/Site initiation visit report.pdf").sub_artifact.empty());
}

TEST_CASE("scan: every part that the table of words names is one of its artifact") {
    std::size_t parts = 0;
    for (const templates::ScanWords& row : sample().tables.words) parts += row.part.empty() ? 0 : 1;
    const std::string table = test::read_bytes(test::source_folder() + "/templates/tmf/scan-words.tsv");
    std::size_t written = 0;
    for (const std::string& line : split(table, '\n'))
        if (!line.empty() && line[0] != '#') written += ends_with(line, "\t-") ? 0 : 1;
    CHECK(parts == written - 1); // the line of the columns' names
}
