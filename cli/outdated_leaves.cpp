#include "cli/outdated_leaves.hpp"

#include <set>

#include "cli/tmf_session.hpp"
#include "core/text.hpp"
#include "ectd/leaf_origins.hpp"
#include "tmf/hand_over.hpp"

namespace dossier::cli {

namespace {

struct Shown { // a document that the application contains
    std::string name, title;
    ectd::Origin origin;
};

Result<std::vector<std::string>> find_outdated(Context& context, const std::vector<Shown>& documents) {
    std::vector<std::string> notes;
    DOSSIER_TRY(const auto repository, open_repository(context, tmf::Repository::Access::read));
    for (const Shown& item : documents) {
        if (item.origin.repository != repository->id()) continue;
        const auto reference = tmf::parse_version_reference(item.origin.document + "@" + item.origin.version);
        if (!reference) continue;
        DOSSIER_TRY(const auto document, repository->ledger().document(reference->document));
        const std::string why = document ? tmf::currency_of(*document, reference->version, context.clock->now().date()).why : std::string();
        if (!why.empty())
            notes.push_back(fill("{} \"{}\" shows {}; in the trial master file it is {}", item.name, item.title, item.origin.name(), why));
    }
    return notes;
}

std::vector<std::string> notes_on(Context& context, const std::vector<Shown>& documents) {
    if (documents.empty()) return {};
    const auto notes = find_outdated(context, documents);
    if (!notes) return {"whether documents are out of date is not known: " + to_text(notes.error())};
    return *notes;
}

} // namespace

std::vector<std::string> outdated_leaves(Context& context, const std::string& application, const ectd::Plan& plan) {
    if (context.repository.empty()) return {};
    const auto origins = ectd::read_leaf_origins(*context.fs, application);
    if (!origins) return {to_text(origins.error())};
    std::set<ectd::LeafId> ended;
    for (const ectd::PlannedOperation& item : plan.operations)
        if (item.target && item.operation != "append") ended.insert(item.target->at);
    std::vector<Shown> documents;
    for (const ectd::LeafUse& use : ectd::leaf_uses(*origins, *plan.lifecycle, *plan.application))
        if (ectd::is_current(use.history->state) && ended.count(use.origin->leaf) == 0)
            documents.push_back(
                {fill("{}#{}", use.origin->leaf.sequence.text(), use.origin->leaf.id), use.history->leaf->title, use.origin->origin});
    return notes_on(context, documents);
}

std::vector<std::string> outdated_documents(Context& context, const ectd::ctis::Plan& plan) {
    if (context.repository.empty()) return {};
    std::vector<Shown> documents;
    for (const ectd::ctis::Document& item : plan.contents.documents)
        if (item.origin && item.operation == "unchanged") documents.push_back({item.dossier + "#" + item.path, item.title, *item.origin});
    return notes_on(context, documents);
}

} // namespace dossier::cli
