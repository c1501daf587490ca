// Persons told apart by the first names that stand beside their last name.
#include "tmf/scan_people.hpp"

#include <algorithm>

namespace dossier::tmf::scan {

Fit fit_of(const PersonWords& person, const Path& path, const Places& run) {
    Fit fit;
    std::vector<bool> used(person.first.size(), false);
    std::string together;
    for (const auto& spellings : person.first) together += *spellings.begin();
    for (const std::size_t at : run) {
        const std::string& word = path.words[at].text;
        std::size_t match = person.first.size();
        for (std::size_t i = person.first.size(); i-- > 0;) {
            const bool initial = word.size() == 1 && person.first[i].begin()->compare(0, 1, word) == 0;
            if (!used[i] && (initial || person.first[i].count(word) > 0)) match = i;
        }
        if (person.first.size() > 1 && word == together) { // "Hanspeter" for Hans-Peter
            fit.score = 2 * static_cast<int>(person.first.size());
            fit.in_full = true;
            std::fill(used.begin(), used.end(), true);
        } else if (match < person.first.size()) {
            if (fit.score == 0 && match > 0 && at != run.front()) return {}; // "Jan Maria" is not Anna Maria
            used[match] = true;
            fit.score += word.size() > 1 ? 2 : 1;
            fit.in_full = fit.in_full || word.size() > 1;
        } else if (fit.score > 0) {
            ++fit.further;
        }
    }
    return fit;
}

namespace {

bool has_first_name(const PersonWords& person, const std::string& word) {
    return std::any_of(person.first.begin(), person.first.end(), [&word](const auto& spellings) { return spellings.count(word) > 0; });
}

} // namespace

Told tell_apart(const Persons& bearers, const Path& path, const Places& run) {
    Told told;
    Persons fitting;
    Fit best;
    for (const PersonWords* person : bearers) {
        const Fit fit = fit_of(*person, path, run);
        if (fit.score == 0) continue;
        fitting.push_back(person);
        if (fit.score < best.score) continue;
        if (fit.score > best.score || fit.further < best.further) {
            told.meant.clear();
            best = fit;
        }
        if (fit.further == best.further) told.meant.push_back(person);
    }
    if (best.further > 0) told.meant = fitting; // "Anna Lena" is not sure to be Anna where there is Anna Maria
    for (const std::size_t at : run) {          // "Jan Anna Braun" may be either
        const auto has = [&](const PersonWords* person) { return has_first_name(*person, path.words[at].text); };
        if (told.meant.size() == 1 && !has(told.meant[0]) && std::any_of(fitting.begin(), fitting.end(), has)) told.meant = fitting;
    }
    told.in_full = best.in_full;
    return told;
}

} // namespace dossier::tmf::scan
