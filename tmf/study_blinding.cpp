#include "tmf/study_blinding.hpp"

#include "tmf/expectation.hpp"
#include "tmf/milestone_dates.hpp"

namespace dossier::tmf {

namespace {

bool is_turned_off(const templates::TmfCatalogue& catalogue, const Study& before, const Study& after) {
    const auto off = [&](const Country* old_country, const Site* old_site, const Country* country, const Site* site) {
        return answer_of(catalogue, before, old_country, old_site, "imp_blinded") &&
               !answer_of(catalogue, after, country, site, "imp_blinded");
    };
    if (off(nullptr, nullptr, nullptr, nullptr)) return true;
    for (const Country& country : after.countries) {
        const Country* const old = before.country(country.code);
        if (old && off(old, nullptr, &country, nullptr)) return true;
    }
    for (const Site& site : after.sites) {
        const Site* const old = before.site(site.id);
        if (old && off(before.country(old->country), old, after.country(site.country), &site)) return true;
    }
    return false;
}

} // namespace

Result<void> check_blinding(const Repository& repository, const templates::TmfCatalogue& catalogue, const Study& before,
                            const Study& after) {
    const auto unblinded = [](const Study& study) { return MilestoneDates(study).at_study("S11", Use::happened); };
    if (!repository.control() || (unblinded(before) == unblinded(after) && !is_turned_off(catalogue, before, after))) return {};
    return repository.control()->require(right_to_unblind, {after.id, "", ""});
}

} // namespace dossier::tmf
