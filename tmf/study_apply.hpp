// Bringing a study file into the ledger: declarative (the file says how the study is), idempotent, every change shown and audited.
#pragma once

#include "tmf/repository.hpp"
#include "tmf/study_standards.hpp"

#include <string>
#include <vector>

namespace dossier::tmf {

struct ApplyOutcome {
    std::string study;
    bool is_new = false;
    std::vector<std::string> changes; // "sites 702: activated 2025-09-01 -> 2025-09-08"; empty: the ledger says it already
    std::vector<std::string> notes;
};

struct ApplyWish {
    bool dry_run = false;
    bool accept_model_change = false;
    const templates::TmfCatalogue* before = nullptr; // of the study as it is stored; null when it is new
    std::vector<StandardRecord> standards;           // that the ledger lacks: committed with the study
    std::string reason;                              // for the audit trail; may be empty
    const Yaml* file = nullptr;                      // the study file, for the lines of errors; may be null
};

// What `milestone set` recorded stays, unless the file gives that very date itself. Removing an entry that filed documents or decisions in
// force name is an error; where a site's country is corrected, they go with it. Another model is written only when `accept_model_change`;
// one that lacks the artifact of a filed document is an error.
Result<ApplyOutcome> apply_study(Repository& repository, const templates::TmfCatalogue& catalogue, StudyReading reading,
                                 const Author& author, const ApplyWish& wish);

struct MilestoneSetting {
    std::string study, code, country, site;
    OptionalDate date; // none: takes back what was recorded
    bool planned = false;
    // Of a milestone that happens again and again (05, 06, 11):
    bool another = false; // it happened once more
    OptionalDate entry;   // the entry of this date is meant
    std::string reason;   // for the audit trail; may be empty
};
// A date of the study file is set anew, but never taken back: the file would bring it again.
Result<ApplyOutcome> set_milestone(Repository& repository, const templates::TmfCatalogue& catalogue, const MilestoneSetting& setting,
                                   const Author& author);

// Lines that say how two studies in the form of STUDY.yaml differ, in the order of the file.
std::vector<std::string> describe_changes(const Json& before, const Json& after);

} // namespace dossier::tmf
