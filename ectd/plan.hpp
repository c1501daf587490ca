// The lifecycle, computed: what has to be sent so that the application contains what the plan says (docs/design.md, "What a plan means").
#pragma once

#include "core/json.hpp"
#include "core/table.hpp"
#include "ectd/known_digests.hpp"
#include "ectd/lifecycle.hpp"
#include "ectd/planned_leaf.hpp"
#include "ectd/submission_form.hpp"

#include <memory>
#include <string>
#include <vector>

namespace dossier::ectd {

struct PlannedOperation {
    std::string operation;                // new | replace | append | delete
    const PlannedLeaf* planned = nullptr; // absent for a delete by absence
    const Leaf* target = nullptr;         // what it modifies
    std::vector<HeadingStep> steps;       // headings it is written under
    std::string file;                     // backbone, relative to the sequence
    std::string section;                  // number, as people write it
    std::string id, title;
    std::string path;            // of the file in this sequence; of a delete: the target's file; "" none
    std::string reused;          // file of an earlier sequence that is referred to instead of sent again, relative to the application
    std::string reused_checksum; // of that file, as its leaf has it
    std::string source;          // as in the plan
    std::string study;
    std::string language; // "" where neither the plan nor the target says it
    std::string reason;
    std::vector<std::string> likely; // leaves a person may have meant (LeafId text and title), for a new leaf
    bool met_by_path_alone = false;  // of a replace: neither title nor bytes are those of its target
};

struct Plan {
    SequenceNumber sequence;
    bool first = false; // there is no earlier sequence
    bool delta = false;
    std::vector<PlannedOperation> operations;
    std::vector<const Leaf*> unchanged;         // current before and after, without what every sequence sends anew
    std::vector<const PlanRow*> without_source; // rows that wait for a document
    std::vector<std::string> notes;
    bool study_files = false;           // the region has study tagging files
    std::optional<SubmissionForm> form; // that application.yaml names
    std::string regional_leaf_id;       // of the leaf in index.xml that names the regional file
    // what the pointers above point into
    std::shared_ptr<const Application> history;
    std::shared_ptr<const ApplicationFile> application;
    std::shared_ptr<const PlanTable> table;
    std::shared_ptr<const std::vector<PlannedLeaf>> leaves;
    std::shared_ptr<const Lifecycle> lifecycle;
};

struct PlanRequest {
    std::shared_ptr<FileSystem> fs;
    const templates::EctdCatalogue& catalogue;
    const Region& region;
    std::shared_ptr<const ApplicationFile> application;
    std::shared_ptr<const PlanTable> table;
    std::shared_ptr<const Application> history; // sequences before `sequence`
    SequenceNumber sequence;
    bool delta = false;
    std::int64_t allow_deletes = 5;
    ContentSource& source;
    bool building = true; // what is not known of the history is an error; for a plan that is only shown, a note
    KnownDigests* known = nullptr;
    ContentSource* form_source = nullptr; // where the submission form is found; absent: it is not looked for
};

// Every error of every row at once, nothing is written.
Result<Plan> make_plan(const PlanRequest& request);

Json to_json(const Plan& plan);
std::string to_text(const Plan& plan);
Sheet to_sheet(const Plan& plan);
Sheet to_sheet_of_unchanged(const Plan& plan);

// The current view as plan rows: building from it changes nothing.
struct PlanExport {
    Sheet sheet;
    std::vector<const Leaf*> left_out; // under headings that the tables do not have: no row can say where they are
};
PlanExport export_plan(const Application& history, const templates::EctdCatalogue& catalogue);

// Study and file tags of every leaf that a study tagging file names, over all sequences.
struct StudyMembership {
    std::string study_id;
    std::vector<std::string> file_tags;
    std::string site;
};
std::map<LeafId, StudyMembership> study_memberships(const Application& application);

} // namespace dossier::ectd
