// ectd plan --from-tmf for a clinical trial application in the EU: rows for a dossier of the portal.
#include "cli/ctis_session.hpp"
#include "cli/ectd_from_tmf.hpp"
#include "cli/ectd_from_tmf_forms.hpp"
#include "cli/offered_documents.hpp"
#include "cli/tmf_source.hpp"

#include <set>

#include "core/text.hpp"
#include "ectd/ctis/head_check.hpp"
#include "ectd/ctis/history.hpp"
#include "ectd/ctis/tmf_rows.hpp"

namespace dossier::cli {

namespace {

namespace ctis = ectd::ctis;

ctis::RowTable read_rows_if_any(Context& context, const EctdOptions& options, std::vector<std::string>& notes) {
    const auto file = plan_file(context, options);
    if (!file) return {};
    auto table = ctis::read_rows(*context.fs, *file);
    if (table) return std::move(*table);
    notes.push_back("the plan was not looked at: " + to_text(table.error()));
    return {};
}

// Documents that the newest dossier holds in an older version, whatever the table says of their kind.
void offer_successors(const OfferedStudy& opened, const ctis::Contents* before, Date day, std::vector<ectd::OfferedDocument>& documents) {
    std::set<std::string> known;
    for (const ectd::OfferedDocument& document : documents) known.insert(document.origin.document);
    if (!before) return;
    for (const ctis::Document& item : before->documents) {
        if (!item.origin) continue;
        const Successor newer = successor_of(opened, *item.origin, day);
        if (!newer.version || !known.insert(item.origin->document).second) continue;
        ectd::OfferedDocument document = offer(opened, *newer.document, *newer.version);
        document.section = item.code;
        document.how = "a newer version of what the application contains";
        document.confidence = "high";
        documents.push_back(std::move(document));
    }
}

std::set<std::string> member_states(const ctis::Contents& head) {
    std::set<std::string> countries;
    for (const auto& state : head.trial.member_states) countries.insert(state.country);
    return countries;
}

} // namespace

Result<int> propose_dossier_from_tmf(Context& context, const EctdOptions& options, const FromTmfOptions& wanted,
                                     std::shared_ptr<ectd::ApplicationFile> application) {
    if (!wanted.section.empty())
        return Error(ErrorKind::usage, "--study-section is for eCTD applications", {}, "a dossier has the sections of Annex I");
    FromTmfResult result;
    DOSSIER_TRY(const auto catalogue, templates::read_ctis_catalogue(context.templates));
    DOSSIER_TRY(const auto there, ctis::list_dossiers(*context.fs, options.application));
    const ectd::SequenceNumber number(there.empty() ? 1 : std::min(there.back().value() + 1, 9999));
    DOSSIER_TRY(const auto before, ctis::contents_before(context.fs, options.application, number));
    std::vector<Error> head_errors;
    const ctis::Contents head = ctis::read_head(catalogue, *application, number, before ? &*before : nullptr, head_errors);
    for (const Error& error : head_errors) result.notes.push_back("before this can be built: " + to_text(error));
    DOSSIER_TRY(const OfferedStudy opened, open_offered_study(context, wanted.study));
    DOSSIER_TRY(const auto rows, templates::read_from_tmf(context.templates, application->region, application->type));
    result.application = fill("{} {} {}", application->region, application->type, application->number);
    result.study = wanted.study;
    result.as_of = context.clock->now().date();
    const auto hand_over = tmf::propose_hand_over(opened.documents, rows, member_states(head), result.as_of);
    const ctis::RowTable plan = read_rows_if_any(context, options, result.notes);
    const auto source = make_content_source(context, options.application);
    auto documents = offered(opened, hand_over, "");
    offer_successors(opened, before ? &*before : nullptr, result.as_of, documents);
    ctis::TmfRows proposed =
        ctis::propose_rows({catalogue, head, *source}, documents, before ? &*before : nullptr, planned_origins(*source, plan.rows));
    result.proposals = std::move(proposed.proposals);
    result.hand_over = &hand_over;
    result.catalogue = &opened.study->catalogue;
    if (!wanted.target.empty())
        DOSSIER_CHECK(write_proposed_rows(context, options.application, wanted.target, ctis::to_plan(proposed.rows)));
    DOSSIER_CHECK(emit(context, from_tmf_rendering(result)));
    return exit_done;
}

} // namespace dossier::cli
