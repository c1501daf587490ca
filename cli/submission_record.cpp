#include "cli/submission_record.hpp"

#include <algorithm>

#include "cli/ctis_session.hpp"
#include "cli/tmf_session.hpp"
#include "core/path.hpp"
#include "core/text.hpp"
#include "ectd/archived_sequences.hpp"
#include "ectd/ctis/document_uses.hpp"
#include "ectd/leaf_origins.hpp"
#include "ectd/section_name.hpp"
#include "tmf/submissions.hpp"

namespace dossier::cli {

namespace {

using Records = std::vector<tmf::SubmissionRecord>;
using Standing = tmf::SubmissionRecord::Standing;

std::string leaf_name(const ectd::LeafId& leaf) { return fill("{}#{}", leaf.sequence.text(), leaf.id); }

Standing standing_of(const ectd::LeafHistory& history) {
    if (ectd::is_current(history.state)) return Standing::current;
    return history.state == ectd::LeafState::deleted ? Standing::deleted : Standing::replaced;
}

Standing standing_of(const ectd::ctis::DocumentUse& use) {
    using State = ectd::ctis::DocumentUse::State;
    if (use.state == State::current) return Standing::current;
    return use.state == State::withdrawn ? Standing::deleted : Standing::replaced;
}

Result<tmf::VersionReference> version_of(const ectd::Origin& origin, const std::string& where, const std::string& file) {
    const auto reference = tmf::parse_version_reference(origin.document + "@" + origin.version);
    if (reference) return *reference;
    return Error(ErrorKind::invalid, fill("{}: {} version {} is no document", where, origin.document, origin.version), {file});
}

// Of the documents of one repository in the sequences of an application; `folder` holds leaf-origins.csv.
Result<Records> records_of_leaves(Context& context, const std::string& folder, const ectd::ApplicationFile& file,
                                  const std::vector<ectd::LeafOrigin>& origins, const std::string& repository, const std::string& name) {
    DOSSIER_TRY(const auto catalogue, templates::read_ectd_catalogue(context.templates));
    DOSSIER_TRY(const ectd::Application application, ectd::read_with_archives(*context.fs, folder, catalogue));
    const ectd::Lifecycle lifecycle = ectd::compute_lifecycle(application);
    Records records;
    for (const ectd::LeafUse& use : ectd::leaf_uses(origins, lifecycle, file)) {
        const ectd::Origin& origin = use.origin->origin;
        if (origin.repository != repository) continue;
        DOSSIER_TRY(const auto version, version_of(origin, leaf_name(use.origin->leaf), ectd::leaf_origins_file));
        const ectd::Leaf& leaf = *use.history->leaf;
        tmf::SubmissionRecord record{
            name,       leaf.at.sequence.text(),   leaf.at.id, version.document, version.version, ectd::section_number(leaf, catalogue),
            leaf.title, standing_of(*use.history), "",         use.sent};
        if (record.standing != Standing::current && use.history->ended_by) record.ended_by = leaf_name(use.history->ended_by->at);
        records.push_back(std::move(record));
    }
    return records;
}

// The same of the dossiers for the EU's portal. What identifies a leaf there is the path of the file in its dossier.
Result<Records> records_of_dossiers(const std::vector<ectd::ctis::Contents>& states, const ectd::ApplicationFile& file,
                                    const std::string& repository, const std::string& name) {
    Records records;
    for (const ectd::ctis::DocumentUse& use : ectd::ctis::document_uses(states)) {
        const ectd::ctis::Document& document = *use.document;
        if (document.origin->repository != repository) continue;
        const std::string where = document.dossier + "#" + document.path;
        DOSSIER_TRY(const auto version, version_of(*document.origin, where, ectd::ctis::manifest_name));
        const auto number = ectd::SequenceNumber::parse(document.dossier);
        const auto entry = number ? file.sequences.find(*number) : file.sequences.end();
        records.push_back({name, document.dossier, document.path, version.document, version.version, document.code, document.title,
                           standing_of(use), use.ended_by, entry == file.sequences.end() ? std::nullopt : entry->second.sent});
    }
    return records;
}

using MakeRecords = std::function<Result<Records>(const std::string& repository, const std::string& name)>;

Result<std::size_t> tell(Context context, const ectd::ApplicationFile& file, ectd::SequenceNumber sequence, const MakeRecords& make) {
    context.right = "submission.record";
    const std::string name = fill("{} {} {}", file.region, file.type, file.number);
    DOSSIER_TRY(const auto repository, open_repository(context, tmf::Repository::Access::write));
    DOSSIER_TRY(const Records records, make(repository->id(), name));
    return tmf::record_submissions(repository->ledger(), author_of(context), name, sequence.text(), records);
}

// None where nothing came from a trial master file.
Result<std::size_t> tell_of_leaves(Context& context, const std::string& folder, const ectd::ApplicationFile& file,
                                   ectd::SequenceNumber sequence) {
    DOSSIER_TRY(const auto origins, ectd::read_leaf_origins(*context.fs, folder));
    if (origins.empty()) return std::size_t{0};
    return tell(context, file, sequence, [&](const std::string& repository, const std::string& name) {
        return records_of_leaves(context, folder, file, origins, repository, name);
    });
}

Result<std::size_t> tell_of_dossiers(Context& context, const std::string& folder, const ectd::ApplicationFile& file,
                                     ectd::SequenceNumber sequence) {
    DOSSIER_TRY(const auto states, ectd::ctis::read_states(context.fs, folder));
    const bool any = std::any_of(states.begin(), states.end(), [](const ectd::ctis::Contents& state) {
        return std::any_of(state.documents.begin(), state.documents.end(),
                           [](const auto& document) { return document.origin.has_value(); });
    });
    if (!any) return std::size_t{0};
    return tell(context, file, sequence, [&](const std::string& repository, const std::string& name) {
        return records_of_dossiers(states, file, repository, name);
    });
}

bool has_origins(const ectd::Plan& plan) {
    return std::any_of(plan.operations.begin(), plan.operations.end(), [](const ectd::PlannedOperation& item) {
        return item.planned && item.planned->content && item.planned->content->origin;
    });
}

Result<void> remember(Context& context, const std::string& folder, const ectd::Plan& plan, const templates::EctdCatalogue& catalogue) {
    if (!has_origins(plan) && !exists(*context.fs, path::join(folder, ectd::leaf_origins_file))) return {};
    DOSSIER_TRY(const ectd::Application built, ectd::read_with_archives(*context.fs, folder, catalogue));
    return ectd::remember_origins(*context.fs, folder, plan, built);
}

} // namespace

void record_built(Context& context, const std::string& folder, const ectd::Plan& plan, const templates::EctdCatalogue& catalogue) {
    if (const auto remembered = remember(context, folder, plan, catalogue); !remembered) {
        print_note(context, "note: which documents the leaves came from could not be kept: " + to_text(remembered.error()));
        return;
    }
    tell_repository(context, folder, *plan.application, plan.sequence);
}

void tell_repository(Context& context, const std::string& folder, const ectd::ApplicationFile& application, ectd::SequenceNumber sequence) {
    const bool dossiers = is_ctis(application);
    const auto told =
        dossiers ? tell_of_dossiers(context, folder, application, sequence) : tell_of_leaves(context, folder, application, sequence);
    const std::string what = fill("{} {}", std::string_view(dossiers ? "dossier" : "sequence"), sequence.text());
    if (!told) {
        print_note(context, fill("note: the trial master file was not told of {}: {}", what, to_text(told.error())));
    } else if (*told > 0) {
        print_note(context, fill("note: the trial master file knows of {}: {} records written", what, *told));
    }
}

} // namespace dossier::cli
