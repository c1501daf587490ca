// What a dossier would hold: the rows of the plan understood, compared with the dossier before, measured by the Annex. Nothing is written.
#pragma once

#include "core/digest.hpp"
#include "core/json.hpp"
#include "core/table.hpp"
#include "ectd/application_file.hpp"
#include "ectd/content_source.hpp"
#include "ectd/ctis/plan_rows.hpp"
#include "ectd/ctis/questions.hpp"
#include "ectd/known_digests.hpp"

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace dossier::ectd::ctis {

struct PlanRequest {
    const templates::CtisCatalogue& catalogue;
    const ApplicationFile& application;
    const RowTable& table;
    const Contents* before = nullptr; // of the dossier before this one; null: this is the first
    SequenceNumber number;
    bool delta = false; // the plan lists only what this dossier brings
    std::int64_t allow_deletes = 5;
    ContentSource& source;
    bool building = true; // what keeps it from being built is an error; else a note
    KnownDigests* known = nullptr;
};

struct PlannedFile {
    Content content;
    Md5 md5; // when it was planned
};

struct Plan {
    Contents contents;
    std::map<std::string, PlannedFile> sources; // of new and replaced files, by path in the dossier
    std::vector<const Row*> waiting;            // rows whose document is to come
    std::vector<std::string> notes;
};

// Every error of application file and rows at once.
Result<Plan> make_plan(const PlanRequest& request);

Json to_json(const Plan& plan, const templates::CtisCatalogue& catalogue);
std::string to_text(const Plan& plan, const templates::CtisCatalogue& catalogue);
Sheet to_sheet(const Plan& plan, const templates::CtisCatalogue& catalogue);

// The state after a dossier as rows: planning from them changes nothing. `folder`: where the dossiers lie, seen from the plan.
Sheet to_rows(const Contents& contents, const std::string& folder);

} // namespace dossier::ectd::ctis
