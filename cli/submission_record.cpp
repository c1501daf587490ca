#include "cli/submission_record.hpp"

#include <algorithm>

#include "cli/tmf_session.hpp"
#include "core/path.hpp"
#include "core/text.hpp"
#include "ectd/leaf_origins.hpp"
#include "ectd/section_name.hpp"
#include "tmf/submissions.hpp"

namespace dossier::cli {

namespace {

using Standing = tmf::SubmissionRecord::Standing;

std::string leaf_name(const ectd::LeafId& leaf) { return fill("{}#{}", leaf.sequence.text(), leaf.id); }

Standing standing_of(const ectd::LeafHistory& history) {
    if (ectd::is_current(history.state)) return Standing::current;
    return history.state == ectd::LeafState::deleted ? Standing::deleted : Standing::replaced;
}

// Of the documents of this repository.
Result<std::vector<tmf::SubmissionRecord>> records_of(const std::vector<ectd::LeafUse>& uses, const std::string& repository,
                                                      const std::string& application, const templates::EctdCatalogue& catalogue) {
    std::vector<tmf::SubmissionRecord> records;
    for (const ectd::LeafUse& use : uses) {
        if (use.origin->origin.repository != repository) continue;
        const auto reference = tmf::parse_version_reference(use.origin->origin.document + "@" + use.origin->origin.version);
        if (!reference)
            return Error(ErrorKind::invalid,
                         fill("{}: {} version {} is no document", leaf_name(use.origin->leaf), use.origin->origin.document,
                              use.origin->origin.version),
                         {ectd::leaf_origins_file});
        const ectd::Leaf& leaf = *use.history->leaf;
        tmf::SubmissionRecord record{application,
                                     leaf.at.sequence.text(),
                                     leaf.at.id,
                                     reference->document,
                                     reference->version,
                                     ectd::section_number(leaf, catalogue),
                                     leaf.title,
                                     standing_of(*use.history),
                                     "",
                                     use.sent};
        if (record.standing != Standing::current && use.history->ended_by) record.ended_by = leaf_name(use.history->ended_by->at);
        records.push_back(std::move(record));
    }
    return records;
}

Result<std::size_t> tell(Context context, const std::string& folder, const ectd::ApplicationFile& file, ectd::SequenceNumber sequence,
                         const templates::EctdCatalogue& catalogue, const std::vector<ectd::LeafOrigin>& origins) {
    context.right = "submission.record";
    DOSSIER_TRY(const ectd::Application application, ectd::read_application(*context.fs, folder, catalogue));
    const ectd::Lifecycle lifecycle = ectd::compute_lifecycle(application);
    const std::string name = fill("{} {} {}", file.region, file.type, file.number);
    DOSSIER_TRY(const auto repository, open_repository(context, tmf::Repository::Access::write));
    DOSSIER_TRY(const auto records, records_of(ectd::leaf_uses(origins, lifecycle, file), repository->id(), name, catalogue));
    return tmf::record_submissions(repository->ledger(), author_of(context), name, sequence.text(), records);
}

bool has_origins(const ectd::Plan& plan) {
    return std::any_of(plan.operations.begin(), plan.operations.end(), [](const ectd::PlannedOperation& item) {
        return item.planned && item.planned->content && item.planned->content->origin;
    });
}

Result<void> remember(Context& context, const std::string& folder, const ectd::Plan& plan, const templates::EctdCatalogue& catalogue) {
    if (!has_origins(plan) && !exists(*context.fs, path::join(folder, ectd::leaf_origins_file))) return {};
    DOSSIER_TRY(const ectd::Application built, ectd::read_application(*context.fs, folder, catalogue));
    return ectd::remember_origins(*context.fs, folder, plan, built);
}

} // namespace

void record_built(Context& context, const std::string& folder, const ectd::Plan& plan, const templates::EctdCatalogue& catalogue,
                  bool zipped) {
    if (zipped) {
        if (has_origins(plan))
            print_note(context,
                       "note: which documents of the trial master file the leaves came from is kept when the sequence is built as a "
                       "folder, not with --zip");
        return;
    }
    const auto remembered = remember(context, folder, plan, catalogue);
    if (!remembered) {
        print_note(context, "note: which documents the leaves came from could not be kept: " + to_text(remembered.error()));
        return;
    }
    tell_repository(context, folder, *plan.application, plan.sequence, catalogue);
}

void tell_repository(Context& context, const std::string& folder, const ectd::ApplicationFile& application, ectd::SequenceNumber sequence,
                     const templates::EctdCatalogue& catalogue) {
    const auto origins = ectd::read_leaf_origins(*context.fs, folder);
    if (origins && origins->empty()) return;
    const auto told = !origins ? Result<std::size_t>(origins.error()) : tell(context, folder, application, sequence, catalogue, *origins);
    if (!told) {
        print_note(context, fill("note: the trial master file was not told of sequence {}: {}", sequence.text(), to_text(told.error())));
    } else if (*told > 0) {
        print_note(context, fill("note: the trial master file knows of sequence {}: {} records written", sequence.text(), *told));
    }
}

} // namespace dossier::cli
