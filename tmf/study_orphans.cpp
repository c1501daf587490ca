#include "tmf/study_orphans.hpp"

#include <set>

#include "core/text.hpp"
#include "tmf/matching.hpp"

namespace dossier::tmf {

namespace {

constexpr std::size_t most_named = 5;

void move_with_site(DocumentFacts& document, const Study& study) {
    if (const Site* const site = document.site.empty() ? nullptr : study.site(document.site)) document.country = site->country;
}

// Ids of the documents that some slot takes, as good, pending or lapsed.
std::set<std::string> filling(const templates::TmfCatalogue& catalogue, const Study& study, const std::vector<DocumentFacts>& documents,
                              Date day) {
    const MilestoneDates dates(study);
    const Expectations expectations(catalogue, study, dates, {day, {}});
    const Matching matching(study, expectations, documents, Audience::unblinded); // the ledger has left out what may not be seen
    std::set<std::string> found;
    for (const templates::Rule* rule : expectations.rules())
        expectations.each(*rule, [&](const Slot& slot) {
            matching.each_match(slot, [&](const DocumentFacts& document) {
                if (matching.standing(document, slot, day) != Standing::other) found.insert(document.document);
                return true;
            });
        });
    return found;
}

} // namespace

Result<std::vector<std::string>> note_orphans(Ledger& ledger, const templates::TmfCatalogue& catalogue_before, const Study& before,
                                              const templates::TmfCatalogue& catalogue_after, const Study& after, Date day) {
    std::vector<DocumentFacts> then, now;
    DocumentFilter filter;
    filter.study = before.id;
    filter.facts_only = true;
    DOSSIER_CHECK(ledger.each_document(filter, [&](const StoredDocument& stored) {
        for (DocumentFacts& facts : to_facts(stored, before.review)) then.push_back(std::move(facts));
        for (DocumentFacts& facts : to_facts(stored, after.review)) {
            move_with_site(facts, after);
            now.push_back(std::move(facts));
        }
        return Result<void>();
    }));
    if (then.empty()) return std::vector<std::string>();
    const std::set<std::string> filled = filling(catalogue_before, before, then, day),
                                fill_after = filling(catalogue_after, after, now, day);
    std::vector<std::string> lost;
    for (const std::string& id : filled)
        if (fill_after.count(id) == 0) lost.push_back(id);
    if (lost.empty()) return std::vector<std::string>();
    const std::size_t named = std::min(lost.size(), most_named);
    std::string ids = join({lost.begin(), lost.begin() + static_cast<std::ptrdiff_t>(named)}, ", ");
    if (lost.size() > named) ids += fill(" and {} more", lost.size() - named);
    return std::vector<std::string>{fill(
        "with these facts {} would fill no expected document any more, and {} today; where that is not meant, correct the file, or the "
        "document with 'dossier tmf reindex'",
        ids, std::string_view(lost.size() == 1 ? "does" : "do"))};
}

} // namespace dossier::tmf
