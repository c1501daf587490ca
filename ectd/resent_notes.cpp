#include "ectd/resent_notes.hpp"

#include "core/text.hpp"

namespace dossier::ectd {

namespace {

// The newest leaf of the row's section and form type with these bytes.
const Leaf* sent_before(const Plan& plan, const PlannedLeaf& planned, const std::string& md5) {
    const Leaf* found = nullptr;
    for (const Sequence& sequence : plan.history->sequences)
        for (const Leaf& leaf : sequence.leaves)
            if (leaf.at.file == planned.file && leaf.place->heading_section == planned.section && leaf.operation != "delete" &&
                leaf.place->form_type == planned.form_code && to_lower(leaf.checksum()) == md5)
                found = &leaf;
    return found;
}

void note_form(Plan& plan, ContentDigests& digests) {
    if (!plan.form) return;
    const auto md5 = digests.of(plan.form->content);
    if (!md5) return;
    const Leaf* before = nullptr;
    for (const Sequence& sequence : plan.history->sequences)
        for (const Leaf& leaf : sequence.leaves)
            if (leaf.place->element == "form" && to_lower(leaf.checksum()) == md5->hex()) before = &leaf;
    if (before)
        plan.notes.push_back(to_text(
            Error(ErrorKind::invalid, fill("form: {} has the same bytes as {}, and is sent once more", plan.form->source, before->path),
                  plan.form->place, fill("name the form of sequence {}", plan.sequence.text()))));
}

} // namespace

void note_resent(Plan& plan, ContentDigests& digests) {
    if (plan.history->sequences.empty()) return;
    note_form(plan, digests);
    for (const PlannedOperation& item : plan.operations) {
        if (!item.planned || !item.planned->per_sequence() || !item.planned->content || item.operation == "delete") continue;
        const auto md5 = digests.of(*item.planned->content);
        if (!md5) continue; // the build says why it cannot be read
        if (const Leaf* before = sent_before(plan, *item.planned, md5->hex()))
            plan.notes.push_back(
                to_text(Error(ErrorKind::invalid,
                              fill("\"{}\" (section {}) has the same bytes as {}, and is sent once more: each sequence brings its own",
                                   item.title, item.section, before->path),
                              item.planned->row->at("source"), fill("name the document of sequence {}", plan.sequence.text()))));
    }
}

} // namespace dossier::ectd
