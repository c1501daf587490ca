// Numbers, versions, dates, status and language in a path.
#include "tmf/scan_parts.hpp"

#include <algorithm>

#include "core/text.hpp"
#include "tmf/list_date.hpp"

namespace dossier::tmf::scan {

namespace {

bool is_dot(const Word& word) { return word.gap == "."; }

bool is_month(const Word& word) { return !word.digits && word.text.size() >= 3 && parse_list_date("1 " + word.text + " 2000").has_value(); }

bool is_year(const Word& word) { return word.digits && word.text.size() == 4 && (word.text[0] == '1' || word.text[0] == '2'); }

void use(Path& path, std::size_t first, std::size_t count, Use what) {
    for (std::size_t i = first; i < first + count; ++i) path.words[i].use = what;
}

// "05", "05.02" or "05.02.04" that a part starts with, or a whole number in dots anywhere in the file's name.
void read_artifact_number(const Lexicon& lexicon, Path& path, std::size_t at, Findings& found) {
    auto& words = path.words;
    const std::size_t part = words[at].part;
    const bool starts_part = at == 0 || words[at - 1].part != part;
    std::vector<std::string> pieces;
    for (std::size_t i = at; i < words.size() && pieces.size() < 4; ++i) {
        const bool belongs = words[i].part == part && words[i].digits && words[i].text.size() <= 2 && (i == at || is_dot(words[i]));
        if (!belongs) break;
        pieces.push_back(words[i].text.size() == 1 ? "0" + words[i].text : words[i].text);
    }
    const std::string number = join(pieces, ".");
    if (pieces.size() == 3 && lexicon.catalogue.artifact_by_number(number)) {
        (path.in_name(words[at]) ? found.number : found.folder_number) = number;
        return use(path, at, 3, Use::number);
    }
    if (path.in_name(words[at]) || !starts_part || pieces.empty() || pieces.size() > 2 || words[at].text.size() != 2) return;
    // A folder "05 Site Management": only when its words are the model's; "05 Site ..." may as well be the fifth folder of a binder.
    for (const templates::Artifact& artifact : lexicon.catalogue.artifacts) {
        const bool of_section = pieces.size() == 2;
        if ((of_section ? artifact.section : artifact.zone) != number) continue;
        std::string name = of_section ? artifact.section_name : artifact.zone_name, there = path.parts[part];
        if (letters_and_digits(there).find(letters_and_digits(name)) == std::string::npos) continue;
        (of_section ? found.section : found.zone) = number;
        return use(path, at, pieces.size(), Use::number);
    }
}

} // namespace

void read_numbers(const Lexicon& lexicon, Path& path, Findings& found) {
    for (std::size_t at = 0; at < path.words.size(); ++at) {
        if (path.words[at].use != Use::none) continue;
        if (const std::size_t count = spelt_by_id(path, at, lexicon.study.id)) {
            use(path, at, count, Use::study);
            continue;
        }
        if (path.words[at].digits) read_artifact_number(lexicon, path, at, found);
        if (path.words[at].use != Use::none || !path.in_name(path.words[at])) continue;
        for (const std::string& id : lexicon.event_ids) {
            const std::size_t count = spelt_by_id(path, at, id);
            if (count == 0) continue;
            if (digits_behind_dots(path, at + count - 1) > 0) { // "A1.1" is not A1, nor the document from before it
                found.doubts.push_back("the name goes on behind " + id);
                continue;
            }
            use(path, at, count, Use::event);
            found.events.push_back(id);
            break;
        }
    }
}

void read_versions(Path& path, Findings& found) {
    static const std::set<std::string> marks = {"v", "ver", "vers", "version", "rev", "revision"};
    auto& words = path.words;
    std::set<std::string> versions;
    for (std::size_t i = 0; i + 1 < words.size(); ++i) {
        if (!path.in_name(words[i]) || words[i].use != Use::none || marks.count(words[i].text) == 0) continue;
        if (!words[i + 1].digits || words[i + 1].text.size() > 2 || words[i + 1].use != Use::none) continue;
        std::size_t count = 2;
        std::string label = words[i + 1].text;
        if (i + 2 < words.size()) {
            const Word& next = words[i + 2];
            const bool joined = next.gap == "." || next.gap == "-" || next.gap == "_";
            const bool goes_on = i + 3 < words.size() && words[i + 3].part == next.part &&
                                 (words[i + 3].gap.empty() || words[i + 3].gap == next.gap) &&
                                 (words[i + 3].digits || is_month(words[i + 3])); // "v2-15Jan2025", "v1_01_02_2025"
            if (joined && next.digits && next.text.size() <= 2 && !goes_on) {
                label += "." + next.text;
                count = 3;
            }
        }
        use(path, i, count, Use::version);
        versions.insert(label);
    }
    if (versions.size() == 1) found.version = *versions.begin();
    if (versions.size() > 1) found.notes.push_back("two versions in the name: " + join({versions.begin(), versions.end()}, ", "));
}

namespace {

class DateReading {
public:
    DateReading(const Lexicon& lexicon, Path& path, Date today, Findings& found)
        : lexicon_(lexicon), path_(path), today_(today), found_(found) {}

    void read() {
        for (std::size_t at = 0; at < path_.words.size(); ++at)
            if (path_.in_name(path_.words[at]) && is_free(at)) read_at(at);
        if (dates_.size() == 1) found_.date = *dates_.begin();
        if (dates_.size() > 1) {
            std::vector<std::string> texts;
            for (const Date& date : dates_) texts.push_back(date.text());
            note("several dates in the name: " + join(texts, ", "));
        }
    }

private:
    bool is_free(std::size_t at) const {
        return at < path_.words.size() && path_.in_name(path_.words[at]) && path_.words[at].use == Use::none;
    }
    void note(const std::string& text) { found_.notes.push_back(text); }

    void read_at(std::size_t at) {
        const Word& word = path_.words[at];
        if (word.digits && word.text.size() == 8) {
            if (const auto date = parse_list_date(word.text)) take(at, 1, *date);
            return;
        }
        if (word.digits && word.text.size() == 6) {
            use(path_, at, 1, Use::date);
            return note(fill("{} may be a date, but of which order", word.text));
        }
        const bool is_before_date = !is_year_first(at) && (is_year_first(at + 1) || is_year_first(at + 2)); // "1.0 2025-02-10"
        if (is_before_date) return;
        if (is_free(at + 1) && is_free(at + 2) && read_three(at)) return;
        const bool month_and_year = is_month(word) && is_free(at + 1) && is_year(path_.words[at + 1]);
        if (!month_and_year) return;
        use(path_, at, 2, Use::date);
        note("the name has a month only, no day");
    }

    bool is_small(std::size_t at) const { return path_.words[at].digits && path_.words[at].text.size() <= 2; }
    // 2025-02-10, 2025.02.10, 2025_02_10
    bool is_year_first(std::size_t at) const {
        return is_free(at) && is_free(at + 1) && is_free(at + 2) && is_year(path_.words[at]) && is_small(at + 1) && is_small(at + 2) &&
               path_.words[at + 1].gap == path_.words[at + 2].gap;
    }

    bool read_three(std::size_t at) {
        int years = 0, months = 0, small = 0;
        std::string text;
        for (std::size_t i = at; i < at + 3; ++i) {
            const Word& word = path_.words[i];
            years += is_year(word) ? 1 : 0;
            months += is_month(word) ? 1 : 0;
            small += is_small(i) ? 1 : 0;
            text += (text.empty() ? "" : "-") + word.text;
        }
        const bool even = path_.words[at + 1].gap == path_.words[at + 2].gap;
        const bool year_follows = is_free(at + 3) && is_year(path_.words[at + 3]) && path_.words[at + 3].gap == path_.words[at + 2].gap;
        const bool two_digit_year = small == 3 && even && path_.words[at + 1].gap != " " && !year_follows;
        const bool four_digit_year =
            years == 1 && !is_year(path_.words[at + 1]) && small + months == 2 && (months == 1 || (months == 0 && even));
        if (!four_digit_year && !two_digit_year) return false;
        const auto date = parse_list_date(text);
        if (date) return take(at, 3, *date), true;
        use(path_, at, 3, Use::date);
        note(date.error().message);
        return true;
    }

    void take(std::size_t at, std::size_t count, Date date) {
        use(path_, at, count, Use::date);
        if (const std::size_t words = words_before(at, lexicon_.expiry_phrases); words > 0) {
            use(path_, at - words, words, Use::date);
            found_.expires = date;
        } else if (const std::size_t handled = words_before(at, lexicon_.handling_phrases); handled > 0) {
            use(path_, at - handled, handled, Use::date);
            note(fill("{} is the day it was {}", date.text(), path_.words[at - 1].text));
        } else if (date > today_) {
            note(fill("{} is in the future", date.text()));
        } else {
            dates_.insert(date);
        }
    }

    // "valid until 2026-02-20": how many words, of the longest.
    std::size_t words_before(std::size_t at, const std::vector<std::vector<std::string>>& phrases) const {
        std::size_t most = 0;
        for (const std::vector<std::string>& words : phrases) {
            if (words.size() > at || words.size() <= most) continue;
            bool fits = true;
            for (std::size_t i = 0; i < words.size(); ++i)
                fits = fits && is_free(at - words.size() + i) && path_.words[at - words.size() + i].text == words[i];
            if (fits) most = words.size();
        }
        return most;
    }

    const Lexicon& lexicon_;
    Path& path_;
    Date today_;
    Findings& found_;
    std::set<Date> dates_;
};

} // namespace

void read_dates(const Lexicon& lexicon, Path& path, Date today, Findings& found) { DateReading(lexicon, path, today, found).read(); }

void read_status(const Lexicon& lexicon, Path& path, Findings& found) {
    bool is_final = false, is_draft = false;
    for (Word& word : path.words) {
        if (!path.in_name(word) || word.use != Use::none) continue;
        const bool final = lexicon.final_words.count(word.text) > 0, draft = lexicon.draft_words.count(word.text) > 0;
        if (final || draft) word.use = Use::status;
        is_final = is_final || final;
        is_draft = is_draft || draft;
        const auto language = lexicon.language_words.find(word.text);
        const bool code = word.is_upper() && word.raw.size() == 2 && lexicon.languages.count(word.text) > 0;
        if (language == lexicon.language_words.end() && !code) continue;
        found.languages.insert(code ? word.text : language->second);
        word.use = Use::language;
    }
    if (is_final != is_draft) found.status = is_final ? "final" : "draft";
    if (is_final && is_draft) found.notes.emplace_back("the name says both draft and final");
}

} // namespace dossier::tmf::scan
