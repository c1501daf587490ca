// Names that look like a document of the trial and are none, or not a finished one: a proposal that somebody might confirm unread is worse
// than none. What each name must not become is reasoned from the name alone.
#include <catch2/catch.hpp>

#include "tests/samples/scan_sample.hpp"

using namespace dossier;
using scan_sample::propose;
using scan_sample::why;

namespace {

struct Named {
    const char *path, *said;
};

void check_abstains(const Named& one) {
    const tmf::Proposal proposal = propose(one.path);
    CAPTURE(one.path, why(proposal), proposal.confidence);
    CHECK(proposal.artifact.empty());
    CHECK(why(proposal).find(one.said) != std::string::npos);
}

void check_unsure(const Named& one) {
    const tmf::Proposal proposal = propose(one.path);
    CAPTURE(one.path, why(proposal), proposal.confidence);
    CHECK(proposal.confidence <= 50);
    CHECK(why(proposal).find(one.said) != std::string::npos);
}

} // namespace

TEST_CASE("scan: another study's number is neither a site nor this study") { // the study is MDL-201, its sites 101 to 303
    for (const Named& one : std::vector<Named>{
             {"Protocol MDL-202 v1.0.pdf", "MDL-202 is another study"},
             {"Lab manual other study MDL-202.pdf", "MDL-202 is another study"},
             {"MDL202/Protocol v1.0.pdf", "MDL202 is another study"},
             {"MDL 202/Monitoring plan.pdf", "MDL 202 is another study"},
             {"Statistical Analysis Plan of study ABC-999.pdf", "ABC-999 is another study"},
             {"Study XYZ-12345/Site 201/Delegation log.pdf", "XYZ-12345 is another study"},
             {"Monitoring plan trial 305.pdf", "305 is another study"},
             {"Site 201/Visit report protocol MDL-202 2025-05-06.pdf", "MDL-202 is another study"},
         }) {
        check_abstains(one);
        CHECK(propose(one.path).site != "202");
    }
    // The shape of the study's own number, and no word says that it is one.
    check_unsure({"ABC-202 Monitoring plan.pdf", "ABC-202 may be the number of another study"});
    CHECK(propose("ABC-202 Monitoring plan.pdf").site.empty());
}

TEST_CASE("scan: the study's own number, with or without its letters, is no other study") {
    for (const char* path : {"MDL-201 Monitoring plan.pdf", "MDL201_Monitoring plan.pdf", "Study 201 Monitoring plan.pdf",
                             "study MDL-201/Monitoring plan.pdf", "Protocol 201 Monitoring plan.pdf"}) {
        const tmf::Proposal proposal = propose(path);
        CAPTURE(path, why(proposal));
        CHECK(proposal.artifact == "01.01.08");
        CHECK(proposal.site.empty()); // 201 is a site, too
        CHECK(proposal.is_sure());
    }
    CHECK(propose("MDL-201/Site 202/Delegation log.pdf").site == "202");
}

TEST_CASE("scan: a number behind the name of a thing is that thing's, not a site's") {
    for (const char* path : {"SOP 201 list.pdf", "Kit 201 shipment.pdf", "SAE report subject 201.pdf", "Subjects/201/SAE report.pdf",
                             "Batch 201 certificate of analysis.pdf", "SOP-201 list.pdf"}) {
        CAPTURE(path);
        CHECK(propose(path).site.empty());
    }
    CHECK(propose("Delegation log 201.pdf").site == "201");
}

TEST_CASE("scan: a site that the study does not have is said") {
    check_unsure({"Site 999/Delegation log.pdf", "the study has no site 999"});
    check_unsure({"Site 999/Monitoring plan.pdf", "the study has no site 999"}); // else it would be a document of the whole trial
    CHECK(propose("Site 0201/Delegation log.pdf").site == "201");
}

TEST_CASE("scan: what a subject filled in or signed is not the form") {
    for (const char* path : {
             "Site 202/02.02.03 ICF consent signed by patient 003 JD.pdf",
             "Site 202/signed ICF.pdf",
             "Site 202/Informed consent form subject 12.pdf",
             "Site 202/ICF 202-003.pdf",
             "Site 202/Patient 003/Informed consent.pdf",
             "DEU/Einwilligungserklärung unterschrieben.pdf",
             "CAN/02.02.02 Questionnaire completed.pdf",
             "CAN/02.02.01 Diary patient 4.pdf",
         })
        check_abstains({path, "must never enter the sponsor's trial master file"});
    const tmf::Proposal form = propose("CAN/Informed consent form v2.0 EN.pdf");
    CHECK(form.artifact == "02.02.03");
}

TEST_CASE("scan: a sheet that subjects sign, with a word that nobody knows, may be the signed one: it is a name") {
    for (const Named& one : std::vector<Named>{
             {"ICF M\xC3\xBCller.pdf", "\"M\xC3\xBCller\""},
             {"Site 202/ICF_mueller_anna.pdf", "\"mueller\""},
             {"Site 202/02.02.03 Informed consent form JDOE.pdf", "\"JDOE\""},
             {"CAN/02.02.03/Einwilligung Schmidt v2.0.pdf", "\"Schmidt\""},
         }) {
        check_abstains(one);
        check_abstains({one.path, "must never enter the sponsor's trial master file"});
    }
    // Words of the model, of the tables and of the study are no names of subjects: sites are called by their towns.
    for (const char* path : {"CAN/Informed consent form v2.0 EN.pdf", "CAN/ICF main study english v2.0 clean.pdf",
                             "DEU/ICF Germany v2.0.pdf", "DEU/ICF Hamburg v2.0.pdf", "ICF meadolin.pdf"}) {
        const tmf::Proposal proposal = propose(path);
        CAPTURE(path, why(proposal));
        CHECK(proposal.artifact == "02.02.03");
    }
    CHECK(propose("Protocol M\xC3\xBCller.pdf").artifact == "02.01.02"); // no sheet that subjects sign
}

TEST_CASE("scan: folders and names of templates, of what is missing and of what shall not be used") {
    for (const Named& one : std::vector<Named>{
             {"Templates/Site 201/Delegation log.pdf", "\"templates\""},
             {"02 Vorlagen/Site 201/Delegation log.pdf", "\"vorlagen\""},
             {"Missing documents/Site 201/GCP certificate.pdf", "\"missing\""},
             {"To be destroyed/Monitoring plan.pdf", "\"to be destroyed\""},
             {"02.01.02 Protocol/Protocol v1.0 DO NOT USE.pdf", "\"do not use\""},
             {"Site 201/No GCP certificate available.txt", "\"no\""},
             {"Site 201/Delegation log not ours.pdf", "\"not\""},
         })
        check_abstains(one);
    for (const Named& one : std::vector<Named>{
             {"Archive/Site 201/Delegation log.pdf", "\"archive\""},
             {"Site 201/Old/Delegation log.pdf", "\"old\""},
             {"02.01.02 superseded/Protocol v1.0.pdf", "\"superseded\""},
             {"Drafts/Monitoring plan.pdf", "\"drafts\""},
             {"Site 201/05.04.03_MVR_201_rejected.pdf", "\"rejected\""},
             {"02.01.02 Protocol/Protocol translation.pdf", "\"translation\""}, // the folder's number is of the protocol
         })
        check_unsure(one);
}

TEST_CASE("scan: not signed is not signed") {
    for (const Named& one : std::vector<Named>{
             {"Site 201/Not signed protocol signature page.pdf", "\"not signed\""},
             {"Site 201/Protocol signature page unsigned.pdf", "\"unsigned\""},
             {"Site 201/05.02.18 Delegation log - to be signed.pdf", "\"to be signed\""},
             {"Site 201/Delegation log not yet signed.pdf", "\"not yet signed\""},
             {"DEU/Monitoring plan nicht unterschrieben.pdf", "\"nicht unterschrieben\""},
             {"Monitoring plan not final.pdf", "\"not final\""},
         }) {
        check_unsure(one);
        CHECK(propose(one.path).status != "final");
    }
    const tmf::Proposal draft = propose("Monitoring plan DRAFT.pdf"); // one reads on only when its status is right
    CHECK(draft.status == "draft");
    CHECK_FALSE(draft.is_sure());
    CHECK(propose("Monitoring plan signed.pdf").status == "final");
}

TEST_CASE("scan: a person who is at another site than the path says is no evidence of either") {
    check_unsure({"Site 202/CV Dr Claire Desrosiers.pdf", "Dr. Claire Desrosiers (P201) is at site 201, the path says 202"});
    CHECK(propose("Site 202/CV Dr Claire Desrosiers.pdf").person.empty());
    // No person of the study has the name: whoever has almost the same is said.
    const tmf::Proposal misspelt = propose("Site 201/PI CV Dr Desrosier.pdf");
    CHECK_FALSE(misspelt.is_sure());
    CHECK(why(misspelt).find("did you mean Dr. Claire Desrosiers (P201)?") != std::string::npos);
}

TEST_CASE("scan: a last name of two written words is the person's, and a second person beside it is seen") {
    tmf::Study study = scan_sample::sample().study;
    std::string second; // of the same site
    for (tmf::Person& person : study.people)
        if (person.id == "P201")
            person.name = "Dr. Claire Marsh-Quill";
        else if (person.site == "201" && (second.empty() || second == person.id)) {
            second = person.id;
            person.name = "Tom O'Brien";
        }
    REQUIRE_FALSE(second.empty());
    const tmf::Scanner scanner(scan_sample::sample().catalogue, scan_sample::sample().tables, study, *parse_date("2026-06-30"));
    for (const char* path :
         {"CV Claire Marsh-Quill 2025-01-20 signed.pdf", "Site 201/CV_MarshQuill_Claire.pdf", "Site 201/CV Dr Marsh Quill.pdf"}) {
        const tmf::Proposal cv = scanner.propose(path);
        CAPTURE(path, why(cv));
        CHECK(cv.person == "P201");
        CHECK(cv.site == "201");
        CHECK(cv.artifact == "05.02.04"); // she is the principal investigator
    }
    CHECK(scanner.propose("Site 201/GCP certificate O'Brien.pdf").person == second);
    const tmf::Proposal both = scanner.propose("Site 201/1572 Marsh-Quill and O'Brien.pdf");
    CAPTURE(why(both));
    CHECK_FALSE(both.is_sure());
    CHECK(both.person != second); // it is not about him alone
    CHECK(scanner.propose("Site 201/CV Marshall Leeds.pdf").person.empty());
}
