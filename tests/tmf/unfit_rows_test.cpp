// Rows that no rule can ever count, because what they are about belongs elsewhere: they are filed with a word.
#include "tests/tmf/program.hpp"

using namespace tmf_test;

namespace {

struct Trial : Program {
    Trial() {
        std::string study = replace_all(program_study, "{code: USA,", "{code: USA, languages: [en, es],");
        study = replace_all(study, "{id: A1, approved: 2025-06-15}",
                            "{id: A1, approved: 2025-06-15}, {id: A2, approved: 2025-06-16, countries: [DE]}, "
                            "{id: A3, approved: 2025-06-17, sites: [\"0702\"]}");
        study += "visits:\n  - {id: V1, site: \"701\", type: interim, date: 2025-05-01}\n"
                 "  - {id: V2, site: \"0702\", type: interim, date: 2025-09-15}\n"
                 "  - {id: V3, site: \"701\", type: initiation, date: 2025-03-01}\n"
                 "laboratories: [{id: L1, site: \"0702\"}, {id: L2, name: Central}]\n"
                 "occurrences: [{id: O1, type: ip_complaint, date: 2025-05-02, site: \"701\"}]\n";
        scratch.write("STUDY.yaml", study);
        require({"study", "apply", "STUDY.yaml"});
    }
    // The notes of one row, which has a file of its own.
    std::string notes_of(const std::string& cells) const {
        const std::string file = fill("files/{}.txt", ++count);
        scratch.write(file, file);
        scratch.write("LIST.csv", "file,artifact,country,site,event,language,date,status\n" + file + "," + cells + ",2025-09-20,final\n");
        const test::Run run = this->run({"tmf", "import", "LIST.csv", "--study", "S"});
        INFO(run.out + run.err);
        REQUIRE(run.code == 0);
        return run.err;
    }
    mutable int count = 0;
};

} // namespace

TEST_CASE("unfit rows: a visit, an amendment or a laboratory of another place is said, with where it is") {
    const Trial p;
    CHECK(p.notes_of("05.04.03,,701,V2,") ==
          "note: row 2: event V2 (visit of type interim) is of site 0702, not of site 701, so 05.04.03 Monitoring Visit Report fills no "
          "expectation: correct the place or the event\n");
    CHECK(p.notes_of("05.04.03,,701,V3,") ==
          "note: row 2: 05.04.03 Monitoring Visit Report is not expected for V3 (visit of type initiation) at site level; it fills no "
          "expectation: look whether event is right\n");
    CHECK(p.notes_of("04.01.02,USA,,A2,") == "note: row 2: event A2 (amendment) is of DEU, not of USA, so 04.01.02 IRB or IEC Decision "
                                             "fills no expectation: correct the place or the event\n");
    CHECK(p.notes_of("05.02.03,,701,A2,").find("event A2 (amendment) is of DEU, not of site 701") != std::string::npos);
    CHECK(p.notes_of("05.02.03,,701,A3,").find("event A3 (amendment) is of site 0702, not of site 701") != std::string::npos);
    CHECK(p.notes_of("08.01.04,,701,L1,").find("event L1 (laboratory) is of site 0702, not of site 701") != std::string::npos);
    CHECK(p.notes_of("08.01.04,,701,L2,").find("event L2 (laboratory) is of trial level, not of site 701") != std::string::npos);
    CHECK(p.notes_of("06.01.09,,0702,O1,").find("event O1 (ip_complaint) is of site 701, not of site 0702") != std::string::npos);
    CHECK(p.documents() == 8); // filed all the same
}

TEST_CASE("unfit rows: a language that the country does not have") {
    const Trial p;
    CHECK(p.notes_of("02.02.03,USA,,,de") ==
          "note: row 2: 02.02.03 Informed Consent Form is expected in en, es in USA; in de it fills no expectation: name its language, or "
          "correct the languages of USA in the study file\n");
    CHECK(p.notes_of("02.02.03,USA,,,").find("without a language it fills no expectation") != std::string::npos);
    CHECK(p.notes_of("02.02.03,USA,,,es") == "");
    CHECK(p.notes_of("02.02.03,DE,,,fr") == ""); // a country that names none takes any
}

TEST_CASE("unfit rows: what some rule can count has no note") {
    const Trial p;
    CHECK(p.notes_of("05.04.03,,701,V1,") == "");
    CHECK(p.notes_of("05.04.03,,0702,V1;V2,") == ""); // one of them is of this site
    CHECK(p.notes_of("05.02.03,,701,A1,") == "");
    CHECK(p.notes_of("05.02.03,,0702,A3,") == "");
    CHECK(p.notes_of("08.01.04,,0702,L1,") == "");
    CHECK(p.notes_of("08.01.04,,,L2,") == "");
    CHECK(p.notes_of("04.03.02,,701,Y1,") == ""); // a yearly report, and one that says no year
    CHECK(p.notes_of("04.03.02,,701,,") == "");
    CHECK(p.notes_of("05.02.12,,701,V2,") == ""); // none of its rules asks for an event: the event is ignored
    CHECK(p.notes_of("05.02.18,,701,final,") == "");
    CHECK(p.notes_of("05.04.05,,,,").find("without one it fills no expectation") != std::string::npos); // as before
}
