#include "cli/outdated_leaves.hpp"

#include <set>

#include "cli/tmf_session.hpp"
#include "core/text.hpp"
#include "ectd/leaf_origins.hpp"
#include "tmf/hand_over.hpp"

namespace dossier::cli {

namespace {

Result<std::vector<std::string>> find_outdated(Context& context, const std::vector<ectd::LeafUse>& uses,
                                               const std::set<ectd::LeafId>& ended) {
    std::vector<std::string> notes;
    DOSSIER_TRY(const auto repository, open_repository(context, tmf::Repository::Access::read));
    for (const ectd::LeafUse& use : uses) {
        const ectd::Origin& origin = use.origin->origin;
        if (origin.repository != repository->id() || !ectd::is_current(use.history->state) || ended.count(use.origin->leaf) > 0) continue;
        const auto reference = tmf::parse_version_reference(origin.document + "@" + origin.version);
        if (!reference) continue;
        DOSSIER_TRY(const auto document, repository->ledger().document(reference->document));
        const std::string why = document ? tmf::currency_of(*document, reference->version, context.clock->now().date()).why : std::string();
        if (!why.empty())
            notes.push_back(fill("{}#{} \"{}\" shows {}; in the trial master file it is {}", use.origin->leaf.sequence.text(),
                                 use.origin->leaf.id, use.history->leaf->title, origin.name(), why));
    }
    return notes;
}

} // namespace

std::vector<std::string> outdated_leaves(Context& context, const std::string& application, const ectd::Plan& plan) {
    if (context.repository.empty()) return {};
    const auto origins = ectd::read_leaf_origins(*context.fs, application);
    if (!origins) return {to_text(origins.error())};
    if (origins->empty()) return {};
    std::set<ectd::LeafId> ended;
    for (const ectd::PlannedOperation& item : plan.operations)
        if (item.target && item.operation != "append") ended.insert(item.target->at);
    const auto notes = find_outdated(context, ectd::leaf_uses(*origins, *plan.lifecycle, *plan.application), ended);
    if (!notes) return {"whether leaves are out of date is not known: " + to_text(notes.error())};
    return *notes;
}

} // namespace dossier::cli
