// An application folder on disk with two documents, for tests of the commands.
#pragma once

#include "tests/support/run.hpp"

#include <string>

namespace test {

inline constexpr const char* application_yaml = R"(application: {region: us, type: ind, number: "123456"}
applicant: {id: "999999999", name: Made-up Sponsor, contacts: [{type: regulatory, name: R. Person, phones: [{type: business, number: "1"}], emails: [r@example.org]}]}
sequences: {"0001": {submission_id: "0001", submission_type: original-application, sub_type: application}}
studies: {}
)";

inline constexpr const char* canada_yaml =
    R"(application: {region: ca, type: cta, number: c123456, product_name: A, dossier_type: pharmaceutical, activity_lead: D}
applicant: {name: M}
sequences:
  "0000": {submission_type: cta, submission_id: "0000", description: Initial}
  "0001": {submission_type: cta-a, submission_id: "0001", description: Amendment}
studies:
  S1: {title: Study one, categories: {type-of-control: placebo}}
)";

struct CommandBench {
    Scratch scratch;
    CommandBench() {
        scratch.write("app/application.yaml", application_yaml);
        scratch.write("app/a.pdf", "%PDF-1.4\na\nstartxref\n0\n%%EOF\n");
        scratch.write("app/sub/a.pdf", "%PDF-1.4\nanother\nstartxref\n0\n%%EOF\n");
    }
    Run build(const std::string& plan) const {
        scratch.write("app/plan.csv", plan);
        return dossier({"ectd", "build", "app"}, scratch.path());
    }
    bool nothing_written() const {
        return run({"sh", "-c", "ls -A app"}, scratch.path()).out == "a.pdf\napplication.yaml\nplan.csv\nsub\n";
    }
};

inline bool says(const Run& run, const std::string& words) { return run.err.find(words) != std::string::npos; }

} // namespace test
