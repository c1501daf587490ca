// Sites and countries in a path.
#include "tmf/scan_parts.hpp"

#include <algorithm>

#include "core/text.hpp"
#include "tmf/row_check.hpp"

namespace dossier::tmf::scan {

namespace {

bool starts_part(const Path& path, std::size_t at) { return at == 0 || path.words[at - 1].part != path.words[at].part; }
bool ends_part(const Path& path, std::size_t after) {
    return after == path.words.size() || path.words[after].part != path.words[after - 1].part;
}

bool is_site_word(const std::string& word) {
    static const std::set<std::string> words = {"site",    "sites",   "center",      "centre",       "ctr",
                                                "zentrum", "zentren", "prufzentrum", "pruefzentrum", "inst"};
    return words.count(word) > 0;
}

// "SOP 201", "subject 201", "Subjects/201".
bool counts_something_else(const Lexicon& lexicon, const Path& path, std::size_t at, bool whole) {
    if (at == 0) return false;
    const std::string& before = path.words[at - 1].text;
    if (lexicon.subject_words.count(before) > 0) return whole || path.words[at - 1].part == path.words[at].part;
    return path.words[at - 1].part == path.words[at].part && (lexicon.counted.count(before) > 0 || lexicon.study_marks.count(before) > 0);
}

// "Site 999" of a study without one: a typing error, or another study's folder. Zeros that a name has more or less are forgiven.
void read_unknown_site(const Lexicon& lexicon, Path& path, std::size_t at, Findings& found) {
    Word& number = path.words[at];
    const bool goes_on = !ends_part(path, at + 1) && path.words[at + 1].digits && path.words[at + 1].gap == "."; // a date, a version
    if (!number.digits || number.text.size() < 2 || number.gap.size() > 1 || goes_on) return;
    if (const auto site = find_site(lexicon.study, number.raw))
        found.sites.insert((*site)->id);
    else
        found.doubts.push_back("the study has no site " + number.raw);
    number.use = path.words[at - 1].use = Use::place;
}

// A site's id: as a whole folder or behind "site"; in the file's name also alone, when it is long enough to be no other number.
void read_site_ids(const Lexicon& lexicon, Path& path, Findings& found) {
    for (std::size_t at = 0; at < path.words.size(); ++at) {
        if (path.words[at].use != Use::none) continue;
        for (const Site& site : lexicon.study.sites) {
            const std::string id = letters_and_digits(site.id);
            std::size_t count = spelt_by_id(path, at, site.id); // "2.02" is not site 202
            const bool behind = at > 0 && path.words[at - 1].part == path.words[at].part && is_site_word(path.words[at - 1].text);
            if (count == 0 && behind && path.words[at].gap.empty() && path.words[at].text == id) count = 1; // "Site101"
            if (count == 0) continue;
            const bool whole = starts_part(path, at) && ends_part(path, at + count);
            if (!behind && counts_something_else(lexicon, path, at, whole)) continue;
            const bool leads_folder = starts_part(path, at) && !path.in_name(path.words[at]); // "101 Lakeview"
            if (!behind && !whole && id.size() < 3) continue;
            if (!behind && !whole && !leads_folder && !path.in_name(path.words[at])) continue;
            for (std::size_t i = at; i < at + count; ++i) path.words[i].use = Use::place;
            if (behind) path.words[at - 1].use = Use::place;
            found.sites.insert(site.id);
            break;
        }
        const bool behind = at > 0 && !starts_part(path, at) && is_site_word(path.words[at - 1].text);
        if (behind && path.words[at].use == Use::none) read_unknown_site(lexicon, path, at, found);
    }
}

void read_names(const Lexicon& lexicon, Path& path, Findings& found) {
    for (std::size_t at = 0; at < path.words.size(); ++at) {
        Word& word = path.words[at];
        if (word.use != Use::none) continue;
        if (const auto site = lexicon.site_words.find(word.text); site != lexicon.site_words.end()) {
            found.sites.insert(site->second);
            word.use = Use::place;
            continue;
        }
        for (const auto& [name, code] : lexicon.country_words) {
            const std::size_t count = spelt_by(path, at, name);
            for (std::size_t i = at; i < at + count; ++i) path.words[i].use = Use::place;
            if (count > 0) found.countries.insert(code);
        }
    }
}

// Codes: three capitals; two only as a whole folder, or where they are a language as well and can only mean this country (DE).
void read_country_codes(const Lexicon& lexicon, Path& path, Findings& found) {
    for (std::size_t at = 0; at < path.words.size(); ++at) {
        Word& word = path.words[at];
        if (word.use != Use::none || word.digits || !word.is_upper()) continue;
        const bool whole = starts_part(path, at) && ends_part(path, at + 1);
        for (const Country& country : lexicon.study.countries) {
            const templates::Country* named = lexicon.catalogue.country(country.code);
            const bool alpha3 = word.raw == country.code, alpha2 = named && word.raw == named->alpha2;
            const bool also_language =
                alpha2 && std::find(country.languages.begin(), country.languages.end(), word.text) != country.languages.end();
            if (!alpha3 && !(alpha2 && ((whole && !path.in_name(word)) || also_language))) continue;
            found.countries.insert(country.code);
            if (!also_language) word.use = Use::place;
        }
    }
}

} // namespace

void read_places(const Lexicon& lexicon, Path& path, Findings& found) {
    read_site_ids(lexicon, path, found);
    read_country_codes(lexicon, path, found);
    read_names(lexicon, path, found);
    if (found.sites.size() > 1) return;
    if (const Site* site = found.sites.empty() ? nullptr : lexicon.study.site(*found.sites.begin())) found.countries.insert(site->country);
}

} // namespace dossier::tmf::scan
