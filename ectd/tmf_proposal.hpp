// From documents of a trial master file to rows of a plan: what is there already, what is out of date, what is new. A pure function; which
// documents may go is the trial master file's to say (tmf/hand_over.hpp).
#pragma once

#include "ectd/leaf_origins.hpp"
#include "ectd/planned_leaf.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace dossier::ectd {

struct OfferedDocument {
    Origin origin;
    std::string artifact, artifact_name; // 02.01.02, Protocol
    std::string title, file_name;
    std::string section; // number; empty: not known (of a study whose section nobody said)
    std::string file_tag;
    std::string use, how, confidence;          // why it is offered
    std::string country, site, language, date; // as the trial master file has them; country as alpha-3, date as YYYY-MM-DD
    bool every_version = false;                // older versions stay beside newer ones
};

struct Proposal {
    enum class Standing {
        propose,     // not in the application
        out_of_date, // an older version is; `leaf` is to be replaced
        planned,     // a row of the plan brings it
        plan_older,  // a row of the plan brings an older version
        there,       // the application contains it
    } standing = Standing::propose;
    OfferedDocument document;
    PlanRow row;                 // for a plan of what this sequence brings (--delta)
    std::string leaf;            // there, out_of_date: in the current view, 0001#ID
    std::int64_t plan_row = 0;   // planned, plan_older; out_of_date: where the plan names the older version
    std::vector<Error> problems; // what keeps the row from being planned as it is
    bool to_add() const { return standing == Standing::propose || standing == Standing::out_of_date; }
};
std::string_view to_text(Proposal::Standing standing);

struct PlannedOrigin { // a row of the plan that names a document of the trial master file
    std::int64_t row = 0;
    Origin origin;
};

// Steps that proposals of every kind of submission share.
bool is_same_document(const Origin& a, const Origin& b);
std::string note_of(const OfferedDocument& document); // what it is and why it is offered
// Marks what a row of the plan brings, in this version or an older one; true: in this one.
bool find_planned(Proposal& proposal, const std::vector<PlannedOrigin>& planned);

// Where the study's documents stand, with what the headings there ask for.
struct StudyPlace {
    std::string study, section;                    // empty section: not known
    std::map<std::string, std::string> attributes; // by XML name: indication …
    std::vector<std::string> unknown;              // columns of attributes that the headings ask for and nobody told
};
std::vector<std::string> unknown_columns(const templates::HeadingTree& ctd, const StudyPlace& place);
// What a row says of them: "; fill in indication: section 5.3.5.1 asks for it …"; empty where there are none.
std::string unknown_note(const StudyPlace& place);

// In the order given. Names and titles that would meet are told apart by document and version. `uses` are of the application's current
// state.
std::vector<Proposal> propose_rows(const RowContext& context, const std::vector<OfferedDocument>& documents,
                                   const std::vector<LeafUse>& uses, const std::vector<PlannedOrigin>& planned, const StudyPlace& place);

// The rows to add as a plan, in its usual columns, with what each is and why in `note`.
Sheet to_plan(const std::vector<Proposal>& proposals);

} // namespace dossier::ectd
