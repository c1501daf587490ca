#include "tmf/scan_lexicon.hpp"

#include <algorithm>

#include "core/fold.hpp"
#include "core/text.hpp"

namespace dossier::tmf::scan {

namespace {

constexpr int weight_of_name = 75, weight_of_alternate = 70, weight_of_sub_artifact = 65, less_for_one_word = 15;

std::vector<std::string> singular_words(const std::string& text) {
    std::vector<std::string> words = plain_words(text);
    for (std::string& word : words) word = singular(word);
    return words;
}

} // namespace

std::vector<std::string> plain_words(const std::string& text) {
    std::vector<std::string> words;
    for (const Word& word : read_path(replace_all(text, "/", " ") + " .x").words) words.push_back(word.text);
    return words;
}

std::string singular(const std::string& word) {
    if (word.size() <= 3 || ends_with(word, "ss") || ends_with(word, "us") || ends_with(word, "is") || word.back() != 's') return word;
    if (word.size() > 4 && ends_with(word, "ies")) return word.substr(0, word.size() - 3) + "y";
    return word.substr(0, word.size() - 1);
}

bool is_title_of_person(const std::string& word) {
    static const std::set<std::string> titles = {"dr", "prof", "professor", "mr", "mrs", "ms", "med", "pd", "md", "phd", "herr", "frau"};
    return titles.count(word) > 0;
}

bool is_name_particle(const std::string& word) {
    static const std::set<std::string> particles = {"von", "vom", "van", "zu",  "zum", "zur", "der", "den", "dem", "de",  "del", "della",
                                                    "dei", "di",  "da",  "do",  "dos", "das", "du",  "la",  "le",  "las", "les", "los",
                                                    "lo",  "el",  "al",  "ten", "ter", "te",  "af",  "av",  "bin", "ibn", "ben"};
    return particles.count(word) > 0;
}

Lexicon::Lexicon(const templates::TmfCatalogue& model, const templates::ScanTables& tables, const Study& facts)
    : catalogue(model), study(facts), study_id(letters_and_digits(facts.id)) {
    read_marks(tables.marks);
    add_artifacts(tables.words);
    add_people();
    add_places(tables.marks);
    for (const std::string& id : tmf::event_ids(study))
        if (id.find_first_of("0123456789") != std::string::npos) event_ids.push_back(id);
    std::stable_sort(event_ids.begin(), event_ids.end(), [](const auto& a, const auto& b) { return a.size() > b.size(); });
}

void Lexicon::read_marks(const std::vector<templates::ScanMark>& marks) {
    for (const templates::ScanMark& mark : marks) {
        const std::vector<std::string> words = singular_words(mark.words);
        if (mark.kind == "same" && !words.empty()) {
            same_.emplace(words.front(), Same{words, singular_words(mark.means)});
            vocabulary_.insert(words.begin(), words.end());
        }
        if (mark.kind == "stop") stop_.insert(mark.words);
        if (mark.kind == "doubt") doubt.insert(join(words, " "));
        if (mark.kind == "noise") noise.insert(join(words, " "));
        if (mark.kind == "final") final_words.insert(mark.words);
        if (mark.kind == "draft") draft_words.insert(mark.words);
        if (mark.kind == "language") language_words[mark.words] = mark.means;
        read_doubt_mark(mark);
    }
}

void Lexicon::read_doubt_mark(const templates::ScanMark& mark) {
    using Says = DoubtPhrase::Says;
    static const std::map<std::string, Says> says = {{"excludes", Says::excluded},
                                                     {"denies", Says::denied},
                                                     {"weakens", Says::unsure},
                                                     {"unblinded", Says::unblinded},
                                                     {"unblinding", Says::unblinding}};
    if (const auto kind = says.find(mark.kind); kind != says.end()) {
        DoubtPhrase phrase{plain_words(mark.words), kind->second};
        const bool may_unblind = kind->second == Says::unblinded || kind->second == Says::unblinding;
        if (!phrase.words.empty()) (may_unblind ? unblinding_phrases : doubt_phrases).emplace(phrase.words.front(), std::move(phrase));
    }
    if (mark.kind == "expires") expiry_phrases.push_back(plain_words(mark.words));
    if (mark.kind == "handled") handling_phrases.push_back(plain_words(mark.words));
    if (mark.kind == "reply") reply_words.insert(mark.words);
    if (mark.kind == "mail") mail_extensions.insert(mark.words);
    if (mark.kind == "filled") filled_words.insert(mark.words);
    if (mark.kind == "subject") subject_words.insert(mark.words);
    if (mark.kind == "study") study_marks.insert(mark.words);
    if (mark.kind == "counted") counted.insert(mark.words);
    if (mark.kind == "form" || mark.kind == "signed")
        if (const templates::Artifact* artifact = catalogue.artifact_by_number(mark.words))
            (mark.kind == "form" ? forms : signed_forms).insert(artifact->unique_id);
}

bool Lexicon::is_known(const std::string& word) const {
    return vocabulary_.count(singular(word)) > 0 || noise.count(singular(word)) > 0 || stop_.count(word) > 0 || counted.count(word) > 0;
}

void Lexicon::add_artifacts(const std::vector<templates::ScanWords>& words) {
    for (const templates::ScanWords& row : words) {
        add_phrase(row.words, {row.artifact, row.weight, row.role, row.event, row.part});
        if (!row.role.empty()) person_scoped.insert(row.artifact->unique_id);
    }
    for (const templates::Artifact& artifact : catalogue.artifacts) {
        add_phrase(artifact.name, {&artifact, weight_of_name, "", "", ""});
        for (const std::string& name : split(artifact.alternate_names, ';')) add_phrase(name, {&artifact, weight_of_alternate, "", "", ""});
        for (const std::string& name : split(artifact.sub_artifacts, ';'))
            add_phrase(name, {&artifact, weight_of_sub_artifact, "", "", name == artifact.name ? "" : name});
    }
    for (const templates::Rule& rule : catalogue.rules)
        if (templates::is_for_person(rule.per)) person_scoped.insert(rule.unique_id);
    for (std::size_t i = 0; i < phrases.size(); ++i)
        for (const std::string& word : phrases[i].words) {
            phrases_with.emplace(word, i);
            vocabulary_.insert(word);
        }
}

void Lexicon::add_phrase(const std::string& text, const Reading& reading) {
    std::vector<Term> words;
    for (const std::string& word : plain_words(text)) words.push_back({word, {}});
    Phrase phrase;
    for (const Term& term : canonical(std::move(words))) phrase.words.insert(term.word);
    if (phrase.words.empty()) return;
    Reading weighed = reading;
    const bool from_model = reading.role.empty() && (reading.weight == weight_of_alternate || reading.weight == weight_of_sub_artifact);
    if (from_model && phrase.words.size() == 1) weighed.weight -= less_for_one_word;
    auto known = std::find_if(phrases.begin(), phrases.end(), [&phrase](const Phrase& other) { return other.words == phrase.words; });
    if (known == phrases.end()) {
        phrase.text = to_lower(text);
        known = phrases.insert(phrases.end(), std::move(phrase));
    }
    for (const Reading& other : known->readings) // the table, read first, has the last word
        if (other.artifact == weighed.artifact && other.role == weighed.role) return;
    known->readings.push_back(std::move(weighed));
}

void Lexicon::add_people() {
    for (const Person& person : study.people) {
        auto known =
            std::find_if(people.begin(), people.end(), [&](const PersonWords& other) { return other.entries[0]->id == person.id; });
        if (known == people.end()) known = people.insert(people.end(), PersonWords());
        const bool is_read = std::any_of(known->entries.begin(), known->entries.end(),
                                         [&person](const Person* entry) { return entry->name == person.name; });
        known->entries.push_back(&person);
        if (!is_read) read_name(person.name, *known);
    }
}

// "Prof. Dr. Anna Maria von der Heide": titles, first names, particles, the last name.
void Lexicon::read_name(const std::string& name, PersonWords& into) {
    std::vector<std::string> names;
    for (const std::string& word : split(name, ' '))
        if (!letters_and_digits(word).empty() && !is_title_of_person(letters_and_digits(word))) names.push_back(word);
    if (names.empty()) return;
    const auto is_particle = [&names](std::size_t i) { // somebody may be called Ben or Van: then it stands first, with a capital
        const std::string word = letters_and_digits(names[i]);
        if (i > 0 && (word == "und" || word == "y")) return true; // von und zu Stein, Vega y Ruiz
        return is_name_particle(word) && (i > 0 || (names[i][0] >= 'a' && names[i][0] <= 'z'));
    };
    std::size_t last = names.size() - 1;
    while (last > 0 && is_particle(last - 1)) --last;
    const std::string with_particles = join({names.begin() + static_cast<std::ptrdiff_t>(last), names.end()}, "");
    for (const std::string& spelling : {names.back(), with_particles}) {
        into.last.insert(letters_and_digits(spelling));
        into.last.insert(letters_and_digits(fold_umlauts(spelling)));
    }
    for (std::size_t i = 0; i < last; ++i)
        for (const Word& word : read_path(replace_all(names[i], "/", " ") + " .x").words)
            if (!is_particle(i)) into.first.push_back({word.text, letters_and_digits(fold_umlauts(word.raw))});
}

void Lexicon::add_places(const std::vector<templates::ScanMark>& marks) {
    std::map<std::string, std::set<std::string>> sites_with;
    for (const std::string& text : {study.title, study.sponsor})
        for (const std::string& word : plain_words(text)) study_words.insert(word);
    for (const Site& site : study.sites)
        for (const std::string& word : plain_words(site.name)) study_words.insert(word);
    for (const Site& site : study.sites)
        for (const std::string& word : plain_words(site.name.substr(0, site.name.find(',')))) // without the town
            if (word.size() >= 5 && vocabulary_.count(singular(word)) == 0 && noise.count(singular(word)) == 0)
                sites_with[word].insert(site.id);
    for (const auto& [word, ids] : sites_with)
        if (ids.size() == 1) site_words[word] = *ids.begin();
    for (const Country& country : study.countries) {
        languages.insert(country.languages.begin(), country.languages.end());
        const templates::Country* named = catalogue.country(country.code);
        if (named) country_words[letters_and_digits(named->name)] = country.code;
        for (const templates::ScanMark& mark : marks)
            if (mark.kind == "country" && mark.means == country.code) country_words[letters_and_digits(mark.words)] = country.code;
    }
}

std::vector<Term> Lexicon::terms(const Path& path, bool of_name) const {
    std::vector<Term> words;
    for (std::size_t i = 0; i < path.words.size(); ++i) {
        const Word& word = path.words[i];
        if (path.in_name(word) != of_name || (!of_name && word.part + 2 < path.name())) continue; // the two folders above the file
        if (word.use != Use::none && word.use != Use::event && word.use != Use::status) continue;
        for (const std::string& part : word.digits ? std::vector<std::string>{word.text} : taken_apart(word.text))
            words.push_back({part, {i}});
    }
    return canonical(std::move(words));
}

std::vector<Term> Lexicon::canonical(std::vector<Term> words) const {
    std::erase_if(words, [this](const Term& term) { return stop_.count(term.word) > 0; });
    for (Term& term : words) term.word = singular(term.word);
    for (int rounds = 0; rounds < 20 && replace_once(words); ++rounds) {}
    return words;
}

// The longest spelling of a canonical form, from the left.
bool Lexicon::replace_once(std::vector<Term>& words) const {
    for (std::size_t at = 0; at < words.size(); ++at) {
        const Same* best = nullptr;
        const auto [first, last] = same_.equal_range(words[at].word);
        for (auto entry = first; entry != last; ++entry) {
            const Same& same = entry->second;
            if (at + same.words.size() > words.size() || (best && best->words.size() >= same.words.size())) continue;
            const bool fits = std::equal(same.words.begin(), same.words.end(), words.begin() + static_cast<std::ptrdiff_t>(at),
                                         [](const std::string& word, const Term& term) { return word == term.word; });
            if (fits) best = &same;
        }
        if (!best) continue;
        const auto begin = words.begin() + static_cast<std::ptrdiff_t>(at), end = begin + static_cast<std::ptrdiff_t>(best->words.size());
        std::vector<std::size_t> from;
        for (auto term = begin; term != end; ++term) from.insert(from.end(), term->from.begin(), term->from.end());
        std::vector<Term> means;
        for (const std::string& word : best->means) means.push_back({word, from});
        words.insert(words.erase(begin, end), means.begin(), means.end());
        return true;
    }
    return false;
}

std::vector<std::string> Lexicon::taken_apart(const std::string& word) const {
    const auto is_known = [this](const std::string& part) {
        return vocabulary_.count(singular(part)) > 0 || (part.size() <= 3 && stop_.count(part) > 0);
    };
    if (word.size() < 5 || is_known(word) || noise.count(word) > 0) return {word};
    for (std::size_t cut = 2; cut + 2 <= word.size(); ++cut) {
        const std::string head = word.substr(0, cut), tail = word.substr(cut);
        if (!is_known(head) || (head.size() == 2 && tail.size() == 2)) continue;
        if (tail.size() >= 3 && is_known(tail)) return {head, tail};
        if (tail.size() < 6) continue;
        std::vector<std::string> rest = taken_apart(tail);
        if (rest.size() < 2) continue;
        rest.insert(rest.begin(), head);
        return rest;
    }
    return {word};
}

} // namespace dossier::tmf::scan
