// Steps of reading a path; each marks the words that it used; for scan*.cpp only.
#pragma once

#include "tmf/scan.hpp"
#include "tmf/scan_lexicon.hpp"

namespace dossier::tmf::scan {

struct Findings {                    // what a path says besides the artifact
    std::string number;              // artifact number in the file's name
    std::string folder_number;       // in a folder
    std::string section, zone;       // of a folder without an artifact number
    std::vector<std::string> events; // ids of the study that stand there
    std::set<std::string> sites, countries, languages;
    std::vector<const PersonWords*> people;
    bool person_is_certain = false; // by full name, title or id; else by last name alone
    bool joined = false;            // "Lee and Braun": several, and all are meant
    std::string person_doubt;       // why nobody can be proposed: two that the name fits, or another first name
    bool site_of_person = false;    // the site is known from the person only
    OptionalDate date, expires;
    std::string version, status;
    std::vector<std::string> notes;  // what was left open, and why
    std::string excluded;            // why nothing can be proposed, whatever the words say
    bool is_mail = false;            // by the extension of the file
    bool unblinded = false;          // the path says that it is for unblinded people
    std::string may_unblind;         // why somebody has to look whether it may unblind
    std::vector<std::string> doubts; // why nothing can be sure
};

void read_numbers(const Lexicon& lexicon, Path& path, Findings& found);       // artifact, section and zone numbers, study id, event ids
void read_other_studies(const Lexicon& lexicon, Path& path, Findings& found); // before places: their digits are no site's
void read_versions(Path& path, Findings& found);
void read_dates(const Lexicon& lexicon, Path& path, Date today, Findings& found);
void read_places(const Lexicon& lexicon, Path& path, Findings& found); // sites, countries
void read_people(const Lexicon& lexicon, Path& path, Findings& found);
bool may_be_at(const PersonWords& person, const std::string& site); // is at the site, or at none
std::string naming(const PersonWords& person);                      // Ann Lee (P1)
// Whose last name a word of the file's name almost is; null: nobody's, or two persons'.
const PersonWords* nearest_person(const Lexicon& lexicon, const Path& path);
void read_doubts(const Lexicon& lexicon, Path& path, Findings& found); // before the status: "not signed"
void read_status(const Lexicon& lexicon, Path& path, Findings& found); // and languages
void read_unblinding(const Lexicon& lexicon, const Path& path, Findings& found);
void read_mail(const Lexicon& lexicon, Path& path, Findings& found); // after the numbers
// Signed or completed, or with the number of a subject: of an artifact whose sheets subjects fill in it is one of those sheets.
bool is_filled_in(const Lexicon& lexicon, const Path& path);
// The first word of the file's name that neither the model nor the tables nor the study know, as it is written; empty: none. Beside a
// sheet that subjects put their names to it may be such a name.
std::string unknown_word(const Lexicon& lexicon, const Path& path);

// The artifact, by numbers and words.
struct Choice {
    const templates::Artifact* artifact = nullptr; // null: none, or more than one
    int confidence = 0;
    std::string event; // tag that the words give to the document's event
    std::string part;  // sub-artifact
    std::vector<std::string> why;
    std::vector<std::string> alternatives;
};
Choice choose_artifact(const Lexicon& lexicon, const Path& path, const Findings& found);

struct EventFound {
    std::string id;         // the one event of the study that the document can be about, or empty
    bool visit_day = false; // the date in the name was that of the visit
    std::string doubt;      // why the event is not sure
    std::string unknown;    // it is about an amendment, and which is not known: not the document that was there before
};
EventFound find_event(const Lexicon& lexicon, const Path& path, const Findings& found, const templates::Artifact& artifact);

} // namespace dossier::tmf::scan
