#include "tmf/search.hpp"

#include <algorithm>
#include <set>

#include "core/fold.hpp"
#include "core/text.hpp"

namespace dossier::tmf {

namespace {

std::vector<std::string> words_of(std::string_view text) {
    std::vector<std::string> words;
    std::string word;
    for (const char c : fold_letters(text) + " ") {
        const bool belongs = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80;
        if (belongs)
            word += c;
        else if (!word.empty())
            words.push_back(std::move(word)), word.clear();
    }
    return words;
}

// The term's words in a row, the last one perhaps only begun.
bool is_in(const SearchTerm& term, const std::vector<std::string>& wanted, std::string_view text) {
    const std::vector<std::string> words = words_of(text);
    for (std::size_t at = 0; at + wanted.size() <= words.size(); ++at) {
        bool fits = true;
        for (std::size_t i = 0; i < wanted.size() && fits; ++i) {
            const bool last = i + 1 == wanted.size() && term.begins;
            fits = last ? starts_with(words[at + i], wanted[i]) : words[at + i] == wanted[i];
        }
        if (fits) return true;
    }
    return false;
}

} // namespace

std::vector<SearchTerm> parse_search(const std::string& text) {
    std::vector<SearchTerm> terms;
    const auto add = [&terms](const std::string& words, bool begins) {
        if (!words_of(words).empty()) terms.push_back({words, begins, {}, {}});
    };
    std::string word;
    bool quoted = false;
    for (const char c : text) {
        const bool gap = !quoted && (c == ' ' || c == '\t' || c == '\n' || c == '\r');
        if (c != '"' && !gap) {
            word += c;
            continue;
        }
        add(word, !quoted);
        word.clear();
        if (c == '"') quoted = !quoted;
    }
    add(word, !quoted);
    return terms;
}

bool matches(const std::vector<SearchTerm>& terms, const StoredDocument& stored) {
    const auto has = [&stored](const SearchTerm& term) {
        const DocumentRecord& document = stored.document;
        if (std::find(term.artifacts.begin(), term.artifacts.end(), document.unique_id) != term.artifacts.end()) return true;
        const std::vector<std::string> wanted = words_of(term.text);
        if (is_in(term, wanted, document.external)) return true;
        return std::any_of(stored.versions.begin(), stored.versions.end(), [&](const VersionRecord& version) {
            const std::vector<std::string> persons = split(version.person, ';');
            const auto is_person = [&persons](const std::string& id) {
                return std::find(persons.begin(), persons.end(), id) != persons.end();
            };
            if (std::any_of(term.persons.begin(), term.persons.end(), is_person)) return true;
            for (const std::string* text : {&version.title, &version.file_name, &version.person, &version.event, &version.review_comment})
                if (is_in(term, wanted, *text)) return true;
            return false;
        });
    };
    return !terms.empty() && std::all_of(terms.begin(), terms.end(), has);
}

void add_meanings(std::vector<SearchTerm>& terms, const templates::TmfCatalogue& catalogue, const Study& study) {
    for (SearchTerm& term : terms) {
        const std::vector<std::string> wanted = words_of(term.text);
        term.artifacts.clear();
        term.persons.clear();
        for (const templates::Artifact& artifact : catalogue.artifacts)
            if (is_in(term, wanted, artifact.name) || is_in(term, wanted, artifact.number)) term.artifacts.push_back(artifact.unique_id);
        std::set<std::string> persons;
        for (const Person& person : study.people)
            if (is_in(term, wanted, person.name)) persons.insert(person.id);
        term.persons.assign(persons.begin(), persons.end());
    }
}

} // namespace dossier::tmf
