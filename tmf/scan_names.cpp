// Persons by their names: who has these first names, whose last name is almost this.
#include "tmf/scan_people.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "core/text.hpp"

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

std::string naming(const PersonWords& person) { return fill("{} ({})", person.entries[0]->name, person.entries[0]->id); }

bool may_be_at(const PersonWords& person, const std::string& site) {
    bool has_none = true;
    for (const Person* entry : person.entries) {
        if (entry->site == site) return true;
        has_none = has_none && entry->site.empty();
    }
    return has_none;
}

const PersonWords* nearest_person(const Lexicon& lexicon, const Path& path) {
    std::multimap<std::string, const PersonWords*> by_name;
    std::vector<std::string> names;
    for (const PersonWords& person : lexicon.people)
        for (const std::string& last : person.last) {
            by_name.emplace(last, &person);
            names.push_back(last);
        }
    std::set<const PersonWords*> near;
    for (const Word& word : path.words) {
        if (!path.in_name(word) || word.use != Use::none || word.digits || word.text.size() < 4 || lexicon.is_known(word.text)) continue;
        const auto [first, last] = by_name.equal_range(nearest(word.text, names));
        for (auto person = first; person != last; ++person) near.insert(person->second);
    }
    return near.size() == 1 ? *near.begin() : nullptr;
}

} // namespace dossier::tmf::scan
