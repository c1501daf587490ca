// What can be recognised in a path: the words of the model's artifacts and of the study's facts, prepared once; for scan*.cpp only.
#pragma once

#include "templates/scan_words.hpp"
#include "tmf/scan_path.hpp"
#include "tmf/study.hpp"

#include <map>
#include <set>
#include <string>
#include <vector>

namespace dossier::tmf::scan {

struct Term { // a word in the form that all comparing is done in
    std::string word;
    std::vector<std::size_t> from; // words of the path that it comes from
};

struct Reading { // what the words of a phrase mean
    const templates::Artifact* artifact = nullptr;
    int weight = 0;
    std::string role, event, part;
};

struct Phrase {
    std::set<std::string> words;
    std::string text; // as the table or the model has it
    std::vector<Reading> readings;
};

struct DoubtPhrase {                                                     // words of a folder or a name, in their order
    enum class Says { excluded, denied, unsure, unblinded, unblinding }; // denied: excluded in a name, unsure as a folder
    std::vector<std::string> words;
    Says says = Says::unsure;
};

struct PersonWords {
    std::vector<const Person*> entries;       // same id, several roles or places
    std::set<std::string> last;               // spellings of the last name, with "von" and the like before it and without
    std::vector<std::set<std::string>> first; // each first name in its spellings, in their order
};

class Lexicon {
public:
    Lexicon(const templates::TmfCatalogue& catalogue, const templates::ScanTables& tables, const Study& study);

    const templates::TmfCatalogue& catalogue;
    const Study& study;
    std::string study_id;               // letters and digits
    std::vector<std::string> event_ids; // those with a digit, the longest first
    std::vector<PersonWords> people;
    std::map<std::string, std::string> site_words;    // that only this site's name has -> its id
    std::map<std::string, std::string> country_words; // letters and digits -> alpha-3, of the study's countries
    std::set<std::string> languages;                  // of the study's countries, "en"
    std::map<std::string, std::string> language_words;
    std::set<std::string> final_words, draft_words, doubt, noise;
    std::multimap<std::string, DoubtPhrase> doubt_phrases, unblinding_phrases; // by first word
    std::vector<std::vector<std::string>> expiry_phrases, handling_phrases;    // in front of the day of expiry, of receipt
    std::set<std::string> reply_words, mail_extensions;                        // what the subject of a mail begins with; "msg"
    std::set<std::string> filled_words, subject_words, study_marks, counted;   // what a number behind it counts: no site
    std::set<int> forms, signed_forms; // unique identifiers: subjects fill them in or sign them; put their names to them
    std::set<std::string> study_words; // of its title, its sponsor, the names and towns of its sites
    std::vector<Phrase> phrases;
    std::multimap<std::string, std::size_t> phrases_with; // word -> index of the phrase
    std::set<int> person_scoped;                          // unique identifiers

    // Without stop words, singular, in the canonical words of `same`.
    std::vector<Term> terms(const Path& path, bool of_name) const;
    bool is_known(const std::string& word) const; // a word of the model or of the tables
    // "irbmembers" -> irb, members, when both are known; else the word alone.
    std::vector<std::string> taken_apart(const std::string& word) const;

private:
    void read_marks(const std::vector<templates::ScanMark>& marks);
    void read_doubt_mark(const templates::ScanMark& mark);
    void add_artifacts(const std::vector<templates::ScanWords>& words);
    void add_people();
    static void read_name(const std::string& name, PersonWords& into);
    void add_places(const std::vector<templates::ScanMark>& marks);
    void add_phrase(const std::string& text, const Reading& reading);
    std::vector<Term> canonical(std::vector<Term> words) const;
    bool replace_once(std::vector<Term>& words) const;

    struct Same {
        std::vector<std::string> words, means;
    };
    std::multimap<std::string, Same> same_; // by first word
    std::set<std::string> stop_, vocabulary_;
};

std::vector<std::string> plain_words(const std::string& text); // folded, split at everything else
std::string singular(const std::string& word);
bool is_title_of_person(const std::string& word); // "dr"
bool is_name_particle(const std::string& word);   // "von", "de", "la": between first and last name, it tells no one apart

} // namespace dossier::tmf::scan
