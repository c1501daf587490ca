// What the facts of each study say about what is kept of it.
#include <algorithm>

#include "core/text.hpp"
#include "tmf/check_parts.hpp"

namespace dossier::tmf::checking {

namespace {

class StudyCheck {
public:
    StudyCheck(Repository& repository, const Naming& naming, const templates::TmfCatalogue& catalogue, const Study& study,
               CheckReport& report)
        : repository_(repository), naming_(naming), catalogue_(catalogue), study_(study), report_(report) {}

    // What is stored against counting anew, on the stored day. Those counted with other rules, or none at all, are not shown to anybody.
    Result<void> rollups() {
        std::optional<StudyDocuments> loaded;
        DOSSIER_TRY(const StudyRecord record, study_record(repository_.stored_ledger(), study_.id));
        for (const Audience audience : {Audience::blinded, Audience::unblinded}) {
            DOSSIER_TRY(const auto stored, present_rollup(repository_.stored_ledger(), catalogue_, record, audience));
            if (!stored || stored->head.rules != fingerprint(catalogue_)) continue;
            if (!loaded) {
                DOSSIER_TRY(loaded, load_documents(repository_.stored_ledger(), study_));
            }
            ++report_.rollups;
            const Rollup counted = make_rollup(catalogue_, study_, loaded->documents, loaded->decisions, audience, stored->head.day);
            if (counted != *stored)
                report_.add(
                    "rollup-differs", "error", "ledger.sqlite",
                    fill("study {}, {} audience: the roll-up of {} is not what counting gives", study_.id, to_text(audience),
                         stored->head.day.text()),
                    fill("'dossier tmf completeness {} --totals --recompute' stores it anew; please report how it came about", study_.id));
        }
        return {};
    }

    // A site whose country was corrected before documents and decisions went along: no expected document looks for them there. They are
    // not damaged; who may not see one is not told of it.
    Result<void> places() {
        DOSSIER_CHECK(find_documents());
        for (const auto& [place, ids] : documents_)
            report_.add("site-elsewhere", "warning", "ledger.sqlite",
                        fill("study {}: {} {} filed for site {} in {}, and the site is in {}: no expected document counts {}", study_.id,
                             first_of(ids), is_or_are(ids), place.first, place.second, study_.site(place.first)->country,
                             std::string_view(ids.size() == 1 ? "it" : "them")),
                        fill("'dossier tmf reindex {} --site {} --reason TEXT' files it where the site is; many at once: a list with the "
                             "columns document and site",
                             ids.front(), place.first));
        DOSSIER_TRY(const auto decisions, repository_.ledger().decisions(study_.id));
        for (const DecisionRecord& record : decisions)
            if (!record.hidden) check_decision(record);
        return {};
    }

private:
    using Place = std::pair<std::string, std::string>; // site and the country that was written with it

    bool is_elsewhere(const std::string& site, const std::string& country) const {
        const Site* const of_study = study_.site(site);
        return of_study && !country.empty() && country != of_study->country;
    }

    Result<void> find_documents() {
        DocumentFilter filter;
        filter.study = study_.id;
        return repository_.stored_ledger().each_document(filter, [this](const StoredDocument& stored) {
            const DocumentRecord& document = stored.document;
            const bool stands = std::any_of(stored.versions.begin(), stored.versions.end(),
                                            [](const VersionRecord& version) { return !version.withdrawn; });
            if (stands && is_elsewhere(document.site, document.country) && naming_.shows(document.number))
                documents_[{document.site, document.country}].push_back(document_id(document.number));
            return Result<void>();
        });
    }

    void check_decision(const DecisionRecord& record) {
        const Decision& decision = record.decision;
        if (decision.until || !is_elsewhere(decision.site, decision.country)) return;
        const std::string id = decision_id(record.number);
        report_.add(
            "site-elsewhere", "warning", "ledger.sqlite",
            fill("study {}: {} is about site {} in {}, and the site is in {}: it takes nothing out of the sums", study_.id, id,
                 decision.site, decision.country, study_.site(decision.site)->country),
            fill("end it and decide anew: 'dossier tmf unwaive {} {} --reason TEXT', then 'dossier tmf waive {} {} --site {} --reason "
                 "TEXT'",
                 study_.id, id, study_.id, decision.rule, decision.site));
    }

    static std::string first_of(const std::vector<std::string>& ids) {
        const std::size_t shown = std::min<std::size_t>(3, ids.size());
        return join({ids.begin(), ids.begin() + static_cast<std::ptrdiff_t>(shown)}, ", ") +
               (ids.size() > shown ? fill(" and {} more", ids.size() - shown) : "");
    }
    static std::string_view is_or_are(const std::vector<std::string>& ids) { return ids.size() == 1 ? "is" : "are"; }

    Repository& repository_;
    const Naming& naming_;
    const templates::TmfCatalogue& catalogue_;
    const Study& study_;
    CheckReport& report_;
    std::map<Place, std::vector<std::string>> documents_;
};

} // namespace

Result<void> check_studies(Repository& repository, const CheckOptions& options, const Naming& naming, CheckReport& report) {
    if (!options.catalogue) return {};
    DOSSIER_TRY(const auto studies, repository.stored_ledger().studies());
    for (const StudyRecord& record : studies) {
        const auto catalogue = options.catalogue(record);
        const auto study = catalogue ? study_of(record, *catalogue) : Result<Study>(catalogue.error());
        if (!study) continue; // whoever asks for its completeness is told
        StudyCheck check(repository, naming, *catalogue, *study, report);
        DOSSIER_CHECK(check.rollups());
        DOSSIER_CHECK(check.places());
    }
    return {};
}

} // namespace dossier::tmf::checking
