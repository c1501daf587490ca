// What speaks against a file being a document of this study, or a finished one: another study's number, folders of templates and of what
// is old, "not signed", what a subject has filled in.
#include <algorithm>

#include "core/text.hpp"
#include "tmf/scan_parts.hpp"

namespace dossier::tmf::scan {

namespace {

// ---- other studies ----
class StudyNumbers {
public:
    StudyNumbers(const Lexicon& lexicon, Path& path, Findings& found) : lexicon_(lexicon), path_(path), found_(found) {
        const std::size_t digit = std::min(lexicon.study_id.find_first_of("0123456789"), lexicon.study_id.size());
        letters_ = lexicon.study_id.substr(0, digit);
        digits_ = lexicon.study_id.substr(digit);
        if (digits_.find_first_not_of("0123456789") != std::string::npos) digits_.clear(); // of no simple shape
    }

    void read() {
        for (std::size_t at = 0; at < path_.words.size(); ++at) {
            if (path_.words[at].use != Use::none || follows_without_gap(at)) continue;
            if (path_.words[at].digits)
                read_digits(at);
            else if (is_code(at))
                read_code(at);
        }
    }

private:
    bool follows_without_gap(std::size_t at) const {
        return at > 0 && path_.words[at - 1].part == path_.words[at].part && path_.words[at].gap.empty();
    }
    bool behind_study_word(std::size_t at) const {
        return at > 0 && path_.words[at - 1].part == path_.words[at].part && lexicon_.study_marks.count(path_.words[at - 1].text) > 0;
    }
    // Letters and the digits that belong to them: ABC-999, ABC999.
    bool is_code(std::size_t at) const {
        if (at + 1 >= path_.words.size()) return false;
        const Word &letters = path_.words[at], &digits = path_.words[at + 1];
        if (letters.part != digits.part || !digits.digits || digits.use != Use::none || letters.text.size() < 2) return false;
        return at + 2 == path_.words.size() || path_.words[at + 2].part != digits.part || !path_.words[at + 2].gap.empty();
    }
    std::string written(std::size_t at) const { return path_.words[at].raw + path_.words[at + 1].gap + path_.words[at + 1].raw; }

    void read_code(std::size_t at) {
        const Word &letters = path_.words[at], &digits = path_.words[at + 1];
        const bool joined = digits.gap.empty() || digits.gap == "-";
        if (letters.text == letters_ && !digits_.empty() && digits.text != digits_ && digits.text.size() == digits_.size()) {
            const bool is_own_site = digits.gap == "_" && lexicon_.study.site(digits.text); // the letters alone for the study
            return is_own_site ? take(at, 1) : exclude(at, 2, written(at));
        }
        if (!joined || !letters.is_upper() || digits.text.size() < 2 || lexicon_.is_known(letters.text) || is_of_study(at)) return;
        if (behind_study_word(at)) return exclude(at, 2, written(at));
        if (letters.text.size() != letters_.size() || digits.text.size() != digits_.size()) return;
        found_.doubts.push_back(fill("{} may be the number of another study", written(at)));
        take(at, 2);
    }

    // "study 305": the digits of another study's number; those of this one's are no site's here.
    void read_digits(std::size_t at) {
        const std::string& digits = path_.words[at].text;
        if (!behind_study_word(at) || digits.size() < 3 || digits_.empty()) return;
        if (digits == digits_) return take(at, 1);
        if (digits.size() == digits_.size()) exclude(at, 1, path_.words[at].raw);
    }

    // An id of the study's own: a person, a site, a country.
    bool is_of_study(std::size_t at) const {
        const std::string code = path_.words[at].text + path_.words[at + 1].text;
        const auto is_country = [&](const Country& country) { return to_lower(country.code) == path_.words[at].text; };
        return std::any_of(lexicon_.people.begin(), lexicon_.people.end(),
                           [&](const PersonWords& person) { return letters_and_digits(person.entries[0]->id) == code; }) ||
               std::any_of(lexicon_.study.sites.begin(), lexicon_.study.sites.end(),
                           [&](const Site& site) { return letters_and_digits(site.id) == code; }) ||
               std::any_of(lexicon_.study.countries.begin(), lexicon_.study.countries.end(), is_country);
    }

    void exclude(std::size_t at, std::size_t count, const std::string& number) {
        if (found_.excluded.empty()) found_.excluded = fill("{} is another study: this one is {}", number, lexicon_.study.id);
        take(at, count);
    }
    void take(std::size_t at, std::size_t count) {
        for (std::size_t i = at; i < at + count; ++i) path_.words[i].use = Use::study;
    }

    const Lexicon& lexicon_;
    Path& path_;
    Findings& found_;
    std::string letters_, digits_; // of the study's own number
};

// ---- words ----
bool stands_at(const Path& path, std::size_t at, const DoubtPhrase& phrase) {
    for (std::size_t i = 0; i < phrase.words.size(); ++i) {
        if (at + i == path.words.size() || path.words[at + i].part != path.words[at].part) return false;
        if (path.words[at + i].use != Use::none || path.words[at + i].text != phrase.words[i]) return false;
    }
    return true;
}

const DoubtPhrase* longest_at(const std::multimap<std::string, DoubtPhrase>& phrases, const Path& path, std::size_t at) {
    const DoubtPhrase* best = nullptr;
    const auto [first, last] = phrases.equal_range(path.words[at].text);
    for (auto entry = first; entry != last; ++entry)
        if ((!best || best->words.size() < entry->second.words.size()) && stands_at(path, at, entry->second)) best = &entry->second;
    return best;
}

std::string saying(const Path& path, std::size_t at, const std::string& words) {
    return fill("the {} says \"{}\"", std::string_view(path.in_name(path.words[at]) ? "name" : "folder"), words);
}

bool is_subject_word(const Lexicon& lexicon, const Path& path, std::size_t at) {
    return lexicon.subject_words.count(path.words[at].text) > 0;
}

// "subject 12", "Patient No. 003", "Subjects/003".
bool has_subject_number(const Lexicon& lexicon, const Path& path) {
    static const std::set<std::string> between = {"no", "nr", "number", "nummer", "id", "num"};
    for (std::size_t at = 0; at < path.words.size(); ++at) {
        if (!is_subject_word(lexicon, path, at)) continue;
        std::size_t next = at + 1;
        if (next < path.words.size() && between.count(path.words[next].text) > 0) ++next;
        if (next < path.words.size() && path.words[next].digits && path.words[next].use != Use::version &&
            path.words[next].use != Use::date)
            return true;
    }
    return false;
}

// 202-003: the third subject of site 202.
bool has_screening_number(const Path& path) {
    for (std::size_t at = 1; at < path.words.size(); ++at) {
        const Word &site = path.words[at - 1], &number = path.words[at];
        const bool joined = site.part == number.part && (number.gap == "-" || number.gap == "/" || number.gap == ".");
        if (joined && site.digits && site.use == Use::place && number.digits && number.use == Use::none && number.text.size() >= 2 &&
            number.text.size() <= 4)
            return true;
    }
    return false;
}

} // namespace

void read_other_studies(const Lexicon& lexicon, Path& path, Findings& found) { StudyNumbers(lexicon, path, found).read(); }

void read_doubts(const Lexicon& lexicon, Path& path, Findings& found) {
    for (std::size_t at = 0; at < path.words.size(); ++at) {
        const DoubtPhrase* phrase = longest_at(lexicon.doubt_phrases, path, at);
        const bool draft_folder = !phrase && !path.in_name(path.words[at]) && lexicon.draft_words.count(path.words[at].text) > 0;
        if (!phrase && !draft_folder) continue;
        const std::string text = saying(path, at, phrase ? join(phrase->words, " ") : path.words[at].text);
        const bool excludes = phrase && (phrase->says == DoubtPhrase::Says::excluded ||
                                         (phrase->says == DoubtPhrase::Says::denied && path.in_name(path.words[at])));
        if (excludes && found.excluded.empty())
            found.excluded = text;
        else
            found.doubts.push_back(text);
        for (std::size_t i = at; i < at + (phrase ? phrase->words.size() : 1); ++i) path.words[i].use = Use::status;
    }
}

// The words stay free: "unblinding plan" is an artifact's name.
void read_unblinding(const Lexicon& lexicon, const Path& path, Findings& found) {
    for (std::size_t at = 0; at < path.words.size(); ++at) {
        const DoubtPhrase* phrase = longest_at(lexicon.unblinding_phrases, path, at);
        if (!phrase) continue;
        const bool unblinded = phrase->says == DoubtPhrase::Says::unblinded;
        if (!found.may_unblind.empty() && (found.unblinded || !unblinded)) continue;
        found.unblinded = unblinded;
        found.may_unblind = saying(path, at, join(phrase->words, " ")) + (unblinded ? ": proposed as restricted, for unblinded people only"
                                                                                    : ": write yes in restricted if it may unblind");
    }
}

void read_mail(const Lexicon& lexicon, Path& path, Findings& found) {
    found.is_mail = lexicon.mail_extensions.count(path.extension) > 0;
    std::size_t at = 0;
    while (at < path.words.size() && !path.in_name(path.words[at])) ++at;
    for (; at < path.words.size() && path.words[at].use == Use::none && lexicon.reply_words.count(path.words[at].text) > 0; ++at) {
        path.words[at].use = Use::status;
        found.doubts.push_back(fill("\"{}\" is how the subject of a mail begins", path.words[at].raw));
    }
}

bool is_filled_in(const Lexicon& lexicon, const Path& path) {
    const bool by_word = std::any_of(path.words.begin(), path.words.end(),
                                     [&](const Word& word) { return path.in_name(word) && lexicon.filled_words.count(word.text) > 0; });
    return by_word || has_subject_number(lexicon, path) || has_screening_number(path);
}

std::string unknown_word(const Lexicon& lexicon, const Path& path) {
    constexpr std::size_t least_letters = 3; // initials say too little: "EN", "v"
    const auto is_known = [&lexicon](const std::string& word) {
        return lexicon.is_known(word) || lexicon.study_words.count(word) > 0 || lexicon.taken_apart(word).size() > 1;
    };
    for (const Word& word : path.words)
        if (path.in_name(word) && !word.digits && word.use == Use::none && word.text.size() >= least_letters && !is_known(word.text))
            return word.raw;
    return "";
}

} // namespace dossier::tmf::scan
