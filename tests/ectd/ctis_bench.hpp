// A clinical trial application in the EU on disk: one member state, few documents, for tests of the commands.
#pragma once

#include "tests/support/pdf.hpp"
#include "tests/support/run.hpp"

#include <string>

namespace test {

inline constexpr const char* cta_yaml = R"(application: {region: eu, type: cta, number: "2026-512345-12-00"}
applicant: {name: Made-up Sponsor}
trial:
  title: A made-up trial
  protocol: {number: T-1, version: "2.0"}
  member_states: [{country: DE, languages: [de], sites: ["301"]}]
  conditions: {dsmb: no, patient_documents: no, referenced_documents: no, imp_not_authorised: no, imp_made_outside_eu: no, gmp_certificate: no, auxiliary_not_authorised: no, scientific_advice: no, paediatric: no, advertisements: no, other_information: no, samples: no}
sequences:
  "0001": {submission_type: initial}
  "0002": {submission_type: response, answers: RFI-1}
)";

inline constexpr const char* cta_header =
    "section,title,country,site,language,publication,version,date,source,reason,protocol_version,path\n";

struct CtisBench {
    Scratch scratch;
    CtisBench() {
        scratch.write("cta/application.yaml", cta_yaml);
        for (const char* const name : {"a", "b", "c"}) {
            PdfSample sample;
            sample.title = name;
            scratch.write(std::string("cta/") + name + ".pdf", make_pdf(sample));
        }
    }
    void write_plan(const std::string& rows) const { scratch.write("cta/plan.csv", cta_header + rows); }
    Run plan(const std::string& rows, std::vector<std::string> options = {}) const {
        write_plan(rows);
        options.insert(options.begin(), {"ectd", "plan", "cta"});
        return dossier(options, scratch.path());
    }
    Run build(const std::string& rows, std::vector<std::string> options = {}) const {
        write_plan(rows);
        options.insert(options.begin(), {"ectd", "build", "cta"});
        return dossier(options, scratch.path());
    }
    std::string listing() const { return run({"sh", "-c", "ls -A cta"}, scratch.path()).out; }
    void replace_in_yaml(const std::string& text, const std::string& with) const {
        std::string yaml = cta_yaml;
        yaml.replace(yaml.find(text), text.size(), with);
        scratch.write("cta/application.yaml", yaml);
    }
};

} // namespace test
