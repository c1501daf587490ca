// Whom a path names, where several persons have the same last name, the same particles or the same whole name.
#include "tests/samples/scan_sample.hpp"

using namespace dossier;
using scan_sample::sample;
using scan_sample::why;

namespace {

struct Named {
    const char *name, *person; // "": nobody, and the row is to be confirmed
    bool sure = true;
};

tmf::Study study_of(const std::string& people) {
    const auto yaml = parse_yaml("study: {id: S1, title: small, model: \"3.3.1\", start: 2025-01-01}\n"
                                 "countries: [{code: USA}, {code: DEU}]\n"
                                 "sites: [{id: \"101\", country: USA}, {id: \"201\", country: DEU}]\npeople:\n" +
                                     people,
                                 "study.yaml");
    REQUIRE(yaml);
    auto reading = tmf::read_study(*yaml, sample().catalogue);
    REQUIRE(reading);
    return std::move(reading->study);
}

std::string sub_investigator(const std::string& id, const std::string& name, const std::string& site) {
    return fill("  - {{id: {}, name: \"{}\", role: sub_investigator, site: \"{}\", from: 2025-01-15}}\n", id, name, site);
}

void check(const tmf::Study& study, const std::string& folder, const std::vector<Named>& names) {
    const tmf::Scanner scanner(sample().catalogue, sample().tables, study, *parse_date("2026-06-30"));
    for (const Named& one : names) {
        const tmf::Proposal proposal =
            scanner.propose(fill("{}/05.02.05 Sub-Investigator CV {} 2025-01-20 signed.pdf", folder, std::string_view(one.name)));
        CAPTURE(folder, one.name, why(proposal), proposal.confidence);
        CHECK(proposal.artifact == "05.02.05");
        CHECK(proposal.person == one.person);
        CHECK(proposal.is_sure() == (one.sure && !std::string(one.person).empty()));
    }
}

} // namespace

TEST_CASE("scan: persons with one last name are told apart by their first names, or nobody is proposed") {
    const tmf::Study study =
        study_of(sub_investigator("P3", "Dr. Anna von Braun", "101") + sub_investigator("P4", "Dr. Jan von Braun", "101") +
                 sub_investigator("P5", "Dr. Anna van der Berg", "101") + sub_investigator("P6", "Dr. Jan van der Berg", "101") +
                 sub_investigator("P7", "Dr. Anna Maria Fischer", "101") + sub_investigator("P8", "Dr. Anna Lena Fischer", "101") +
                 sub_investigator("P9", "Dr. Ana de la Cruz", "101") + sub_investigator("P10", "Dr. Jos\xC3\xA9 de la Cruz", "101") +
                 sub_investigator("P11", "Dr. Hans-Peter Sch\xC3\xB6n", "101") + sub_investigator("P12", "Dr. Karl Sch\xC3\xB6n", "101") +
                 sub_investigator("P13", "Dr. Rosa Braun", "101"));
    check(study, "Site 101",
          {
              {"Anna von Braun", "P3"},
              {"Jan von Braun", "P4"},
              {"Dr. Jan von Braun", "P4"},
              {"Anna_von_Braun", "P3"},
              {"AnnaVonBraun", "P3"},
              {"von Braun, Anna", "P3"},
              {"Braun, Anna von", "P3"},
              {"Braun Jan", "P4"},
              {"A. von Braun", "P3"},
              {"Rosa Braun", "P13"},
              {"Rosa von Braun", ""}, // there is a Rosa, and there are others called "von"
              {"von Braun", ""},
              {"Dr. von Braun", ""},
              {"Braun", ""},
              {"Xaver von Braun", ""},
              {"Dr. Xaver von Braun", ""},
              {"Anna van der Berg", "P5"},
              {"Dr. Jan van der Berg", "P6"},
              {"Dr. \xD0\x9E\xD0\xBB\xD1\x8C\xD0\xB3\xD0\xB0 van der Berg", ""},
              {"van der Berg", ""},
              {"Anna Maria Fischer", "P7"},
              {"Anna Lena Fischer", "P8"},
              {"Anna-Lena Fischer", "P8"},
              {"Fischer, Anna Lena", "P8"},
              {"Annalena Fischer", "P8"},
              {"Anna M. Fischer", "P7"},
              {"Lena Fischer", "P8"},
              {"Anna Fischer", ""},
              {"A. Fischer", ""},
              {"Anna Sophie Fischer", ""},
              {"Jan Maria Fischer", ""},
              {"Fischer", ""},
              {"Ana de la Cruz", "P9"},
              {"Jose de la Cruz", "P10"},
              {"Dr. Jos\xC3\xA9 Cruz", "P10"},
              {"de la Cruz", ""},
              {"Hans-Peter Sch\xC3\xB6n", "P11"},
              {"Hanspeter Schoen", "P11"},
              {"Karl Sch\xC3\xB6n", "P12"},
              {"P3 von Braun", "P3"},
          });
    check(study, "Site 101/Jan von Braun", {{"von Braun", "P4"}, {"", "P4"}}); // the folder says who
}

TEST_CASE("scan: particles of many languages, and two last names, tell nobody apart") {
    const tmf::Study study =
        study_of(sub_investigator("P1", "Dr. Sofia El Amrani", "101") + sub_investigator("P2", "Dr. Omar El Amrani", "101") +
                 sub_investigator("P3", "Maria di Stefano", "101") + sub_investigator("P4", "Luca di Stefano", "101") +
                 sub_investigator("P5", "Dr. Otto von und zu Stein", "101") + sub_investigator("P6", "Dr. Karl von und zu Stein", "101") +
                 sub_investigator("P7", "Gabriel Vega Ruiz", "101") + sub_investigator("P8", "Ana Vega Ruiz", "101") +
                 sub_investigator("P9", "Van Nguyen", "101") + sub_investigator("P10", "Ben Nguyen", "101"));
    check(study, "Site 101",
          {
              {"Sofia El Amrani", "P1"},
              {"el Amrani, Omar", "P2"},
              {"El Amrani", ""},
              {"Fatima El Amrani", ""},
              {"Maria di Stefano", "P3"},
              {"Luca Di Stefano", "P4"},
              {"di Stefano", ""},
              {"Otto von und zu Stein", "P5"},
              {"Karl Stein", "P6"},
              {"von und zu Stein", ""},
              {"Gabriel Vega Ruiz", "P7"},
              {"Ana Vega Ruiz", "P8"},
              {"Vega Ruiz", ""},
              {"Luis Vega Ruiz", ""},
              {"Van Nguyen", "P9"},
              {"Ben Nguyen", "P10"},
              {"Nguyen", ""},
          });
}

TEST_CASE("scan: who shares a last name with nobody is found by it, but not with somebody else's first name") {
    const tmf::Study study = study_of(sub_investigator("P11", "Dr. Mary Quill", "101") + sub_investigator("P12", "Anna Maria Hale", "101") +
                                      sub_investigator("P16", "Dr. Paul Thomas", "101") +
                                      sub_investigator("P17", "Dr. Thomas Gray", "101") + sub_investigator("P18", "Karl Gray", "101"));
    check(study, "Site 101",
          {
              {"Quill", "P11"},
              {"Dr. Quill", "P11"},
              {"M. Quill", "P11"},
              {"Bob Quill", ""},
              {"Dr. Bob Quill", ""},
              {"Quill, Bob", ""},
              {"B. Quill", ""},
              {"Mary Quill-Bell", ""}, // another last name
              {"Mary Bell-Quill", ""},
              {"Sub-I-CV-Quill-Mary", "P11"},
              {"Anna Hale", "P12"},
              {"Jan Maria Hale", ""},
              {"Dr. Thomas Gray", "P17"}, // not Dr. Thomas as well
              {"Gray, Thomas", "P17"},
              {"Dr. Paul Thomas", "P16"},
              {"Dr. Paul Thomas and Dr. Thomas Gray", "P16;P17"},
              {"Paul Thomas and Karl Gray", "P16;P18"}, // Thomas is no first name here
              {"Thomas and Karl Gray", ""},             // here it may be
              {"Gray, Karl and Thomas Quill", ""},      // she is called Mary
          });
}

TEST_CASE("scan: a name that names two persons gives both, or nobody where one of them is not clear") {
    const tmf::Study study =
        study_of(sub_investigator("P1", "Ann Lee", "101") + sub_investigator("P3", "Dr. Anna von Braun", "101") +
                 sub_investigator("P4", "Dr. Jan von Braun", "101") + sub_investigator("P5", "Dr. Anna van der Berg", "101") +
                 sub_investigator("P6", "Dr. Jan van der Berg", "101") + sub_investigator("P11", "Dr. Mary Quill", "101") +
                 sub_investigator("P12", "H\xC3\xA9l\xC3\xA8ne Hale", "101"));
    check(study, "Site 101",
          {
              {"Lee and Quill", "P1;P11", false}, // by last name alone: to be confirmed
              {"Dr. Lee and Dr. Quill", "P1;P11"},
              {"Ann Lee and Quill", "P1;P11"},
              {"Ann Lee, Mary Quill", "P1;P11"},
              {"Lee & Quill", "P1;P11", false},
              {"Lee_Quill", ""}, // may be one person
              {"Ann Lee and Anna von Braun", "P1;P3"},
              {"Ann Lee and von Braun", ""},
              {"Ann Lee and Bob Quill", ""},
              {"Ann Lee and M. Quill", "P1;P11"},
              {"Lee, Ann and M. Quill", "P1;P11"},
              {"AnnLee and MaryQuill", "P1;P11"},
              {"Ann Lee and H\xC3\x89L\xC3\x88NE HALE", "P1;P12"},
              {"Dr. von Braun and ANNA VON BRAUN", ""},
              {"Jan Anna von Braun", ""},
              {"Anna von Braun and Jan von Braun", "P3;P4"},
              {"Anna and Jan von Braun", "P3;P4"},
              {"Dr. Anna & Dr. Jan von Braun", "P3;P4"},
              {"von Braun, Anna und Jan", "P3;P4"},
              {"Anna von Braun, Jan van der Berg", "P3;P6"},
              {"Anna_von_Braun_Jan_van_der_Berg", "P3;P6"},
              {"von Braun Anna, van der Berg Jan", "P3;P6"},
              {"von Braun Anna van der Berg Jan", ""}, // whose Anna?
          });
    check(study, "Site 101/Ann Lee", {{"Mary Quill", ""}, {"Ann Lee", "P1"}, {"Ann Lee and Mary Quill", "P1;P11"}});
}

TEST_CASE("scan: of persons with the same whole name the one at the path's site is meant, without a site nobody") {
    const tmf::Study study = study_of(sub_investigator("P3", "Dr. Paul Smith", "201") + sub_investigator("P4", "Dr. Paul Smith", "101") +
                                      sub_investigator("P5", "Dr. Mary Quill", "101") + sub_investigator("P6", "Dr. Tom Hale", "201"));
    check(study, "Site 101", {{"Dr. Paul Smith", "P4"}, {"Paul Smith", "P4"}, {"Dr. Smith", "P4"}, {"Mary Quill", "P5"}, {"Tom Hale", ""}});
    check(study, "Site 201", {{"Dr. Paul Smith", "P3"}, {"Paul Smith", "P3"}, {"Mary Quill", ""}});
    check(study, "Site 101", {{"Mary Quill and Tom Hale", ""}}); // one of them is at another site
    check(study, "Uploads", {{"Dr. Paul Smith", ""}, {"Smith", ""}});
    check(study, "DEU", {{"Dr. Paul Smith", ""}});
}
