// Persons in a path. Whoever is meant has the last name and, where first names stand beside it, has those; of several nobody is taken.
#include "tmf/scan_people.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "core/text.hpp"

namespace dossier::tmf::scan {

namespace {

constexpr std::size_t least_letters = 3;    // of a last name that stands alone: "Li" may be anything
constexpr std::size_t most_first_names = 4; // that are looked for beside a last name

bool is_and(const std::string& word) {
    static const std::set<std::string> words = {"and", "und", "et", "y", "e"};
    return words.count(word) > 0;
}

bool is_small(const std::string& word) { return word[0] >= 'a' && word[0] <= 'z'; }
bool is_close(const std::string& gap) { return gap.size() <= 2 && gap.find_first_of(",;&+/()[]") == std::string::npos; }
bool is_comma(const std::string& gap) { return gap == "," || gap == ", "; }
bool joins(const std::string& gap) { return gap.find_first_of("&+") != std::string::npos; }

// How many words from here are this person's last name: "Marsh-Lee", "O'Brien" and "von Braun" are two. 0: none.
std::size_t last_name_at(const PersonWords& person, const Path& path, std::size_t at) {
    if (path.words[at].use != Use::none) return 0;
    std::size_t most = 0;
    for (const std::string& last : person.last)
        if (last.size() >= least_letters) most = std::max(most, spelt_by(path, at, last, !is_small(path.words[at].raw)));
    if (most == 0 && path.words[at].text.size() >= least_letters && person.last.count(path.words[at].text) > 0) return 1; // "Lee2"
    return most;
}

struct Mention {
    std::size_t at = 0, count = 0;  // its words
    std::size_t begin = 0, end = 0; // with titles and first names
    Persons bearers;                // who has it
    Places before, after;           // words beside it that are first names, or may be somebody's
    Places further;                 // "Anna and Jan von Braun"
    bool titled = false;
    bool unclear = false; // what stands beside it may be a first name of its or another's last name
    Persons meant;        // one: found; several: they cannot be told apart; none: the first name is another's
    bool by_first_name = false;
    bool is_strong() const { return by_first_name || titled; }
    bool is_found() const { return meant.size() == 1; }
};

class PeopleReader {
public:
    PeopleReader(const Lexicon& lexicon, Path& path, Findings& found) : lexicon_(lexicon), path_(path), found_(found) {}

    void read() {
        read_ids();
        find_last_names();
        for (Mention& mention : mentions_) {
            look_before(mention);
            if (!mention.further.empty() && mention.further.front() > 0 && is_last_name(mention.further.front() - 1))
                mention.further.clear(); // "Braun, Anna and Jan Lee"
            look_behind(mention);
            resolve(mention);
        }
        drop_first_names();
        decide();
    }

private:
    Word& word(std::size_t at) const { return path_.words[at]; }
    bool is_free(std::size_t at, std::size_t beside) const {
        return at < path_.words.size() && word(at).part == word(beside).part && word(at).use == Use::none && !word(at).digits;
    }

    void read_ids() {
        for (const PersonWords& person : lexicon_.people)
            for (std::size_t at = 0; at < path_.words.size(); ++at) {
                const std::size_t count = word(at).use == Use::none ? spelt_by_id(path_, at, person.entries[0]->id) : 0;
                if (count < 2) continue; // P101, not CRO
                for (std::size_t i = at; i < at + count; ++i) word(i).use = Use::person;
                by_id_.insert(&person);
            }
    }

    // The longest: words of "Marsh-Quill" are not of somebody called Marsh.
    void find_last_names() {
        for (std::size_t at = 0; at < path_.words.size();) {
            Mention mention;
            for (const PersonWords& person : lexicon_.people) {
                const std::size_t count = last_name_at(person, path_, at);
                if (count > mention.count) mention.bearers.clear();
                mention.count = std::max(mention.count, count);
                if (count > 0 && count == mention.count) mention.bearers.push_back(&person);
            }
            mention.at = mention.begin = at;
            at += std::max<std::size_t>(mention.count, 1);
            mention.end = at;
            if (mention.count > 0) mentions_.push_back(std::move(mention));
        }
    }

    const Mention* mention_with(std::size_t at) const {
        for (const Mention& mention : mentions_)
            if (mention.at <= at && at < mention.at + mention.count) return &mention;
        return nullptr;
    }
    bool is_last_name(std::size_t at) const { return mention_with(at) != nullptr; }

    bool is_first_name(const Mention& mention, std::size_t at) const {
        return std::any_of(mention.bearers.begin(), mention.bearers.end(),
                           [&](const PersonWords* person) { return fit_of(*person, path_, {at}).score > 0; });
    }

    // A word that neither model nor tables nor study know: beside a last name it may be the first name of somebody else.
    bool may_be_a_name(std::size_t at, const Mention& mention) const {
        const Word &one = word(at), &last = word(mention.at + mention.count - 1);
        if (one.text.size() > 1 && one.is_upper() && !last.is_upper()) return false; // EN, PSP
        if (is_small(one.raw) && !is_small(last.raw)) return false;                  // "search_Rivera"
        return !is_last_name(at) && !lexicon_.is_known(one.text) && lexicon_.study_words.count(one.text) == 0 &&
               lexicon_.final_words.count(one.text) == 0 && lexicon_.draft_words.count(one.text) == 0 &&
               lexicon_.filled_words.count(one.text) == 0 && lexicon_.language_words.count(one.text) == 0 &&
               lexicon_.doubt.count(singular(one.text)) == 0 && lexicon_.doubt_phrases.count(one.text) == 0 &&
               lexicon_.taken_apart(one.text).size() == 1;
    }

    // A word that is no first name, or may be another's, ends what "and" adds: "Anna Lena" of someone else is not Anna as well.
    bool ends_further(Mention& mention, std::size_t at, bool is_first) const {
        const bool of_another = is_last_name(at) || (!is_first && may_be_a_name(at, mention));
        if (of_another) mention.further.clear();
        if (is_first && is_last_name(at))
            mention.unclear = mention_with(at)->before.empty() && !mention_with(at)->titled; // "Thomas and Ann Lee"
        return of_another || !is_first || word(at).text.size() == 1;
    }

    void look_before(Mention& mention) {
        Places* run = &mention.before;
        for (std::size_t at = mention.at; at > 0 && is_free(at - 1, mention.at) && run->size() < most_first_names; --at) {
            const std::string& text = word(at - 1).text;
            const bool is_first = is_first_name(mention, at - 1);
            if (joins(word(at).gap) || (is_and(text) && !is_first)) { // "Anna and Jan von Braun"
                if (run == &mention.further || mention.before.empty()) return;
                run = &mention.further;
                if (is_and(text) && !is_first) continue;
            } else if (!is_close(word(at).gap)) {
                return;
            }
            if (is_title_of_person(text)) {
                mention.titled = true;
                if (run == &mention.before) mention.begin = at - 1;
                continue;
            }
            if (!is_first && is_name_particle(text)) continue;
            if (run == &mention.further && ends_further(mention, at - 1, is_first)) return;
            if (!is_first && (mention.titled || !may_be_a_name(at - 1, mention))) return;
            run->insert(run->begin(), at - 1);
            if (run == &mention.before) mention.begin = at - 1;
        }
    }

    void look_behind(Mention& mention) {
        Places* run = &mention.after;
        const std::size_t first = mention.at + mention.count;
        for (std::size_t at = first; is_free(at, mention.at) && run->size() < most_first_names; ++at) {
            const std::string& text = word(at).text;
            const bool is_first = is_first_name(mention, at), with_comma = at == first && is_comma(word(at).gap);
            if (joins(word(at).gap) || (is_and(text) && !is_first)) { // "von Braun, Anna und Jan"
                if (run == &mention.further || mention.after.empty()) return;
                run = &mention.further;
                if (is_and(text) && !is_first) continue;
            } else if (!is_close(word(at).gap) && !with_comma) {
                return;
            }
            if (is_title_of_person(text) || (!is_first && is_name_particle(text))) continue;
            if (!is_first && is_last_name(at)) { // what stands before another's last name is that one's first name
                (run == &mention.after ? mention.after : mention.further).clear();
                break;
            }
            if (run == &mention.further && ends_further(mention, at, is_first)) break;
            if (!is_first && (text.size() == 1 || !may_be_a_name(at, mention))) break;
            run->push_back(at);
        }
        if (!mention.after.empty()) mention.end = mention.after.back() + 1;
    }

    // "Marsh-Quill" where the study has a Marsh only, "Quill-Marsh"; not "CV-Marsh-Quill".
    bool is_part_of_longer(const Mention& mention) const {
        const std::size_t next = mention.at + mention.count, before = mention.at - 1;
        const bool after_hyphen = mention.at > 0 && is_free(before, mention.at) && word(mention.at).gap == "-";
        const auto is_other = [&](std::size_t at) { return !is_first_name(mention, at) && may_be_a_name(at, mention); };
        if (after_hyphen) return word(before).gap != "-" && is_other(before);
        return is_free(next, mention.at) && word(next).gap == "-" && is_other(next) &&
               (next + 1 >= path_.words.size() || word(next + 1).gap != "-");
    }

    void resolve(Mention& mention) const {
        if (is_part_of_longer(mention)) return;
        if (mention.unclear) {
            mention.by_first_name = true;
            if (mention.bearers.size() > 1) mention.meant = mention.bearers;
            return;
        }
        const Told before = tell_apart(mention.bearers, path_, mention.before);
        const Told after = tell_apart(mention.bearers, path_, mention.after);
        mention.by_first_name = before.in_full || after.in_full;
        mention.meant = before.meant.empty() ? after.meant : before.meant;
        if (!before.meant.empty() && !after.meant.empty()) {
            Persons both;
            for (const PersonWords* person : before.meant)
                if (std::count(after.meant.begin(), after.meant.end(), person) > 0) both.push_back(person);
            if (both.empty()) mention.meant.insert(mention.meant.end(), after.meant.begin(), after.meant.end());
            if (!both.empty()) mention.meant = both;
        }
        if (mention.meant.empty() && mention.before.empty() && mention.after.empty()) mention.meant = mention.bearers;
        keep_those_at_site(mention.meant);
    }

    // Of several who are called alike, the one at the site that the path says.
    void keep_those_at_site(Persons& persons) const {
        if (persons.size() < 2 || found_.sites.size() != 1) return;
        Persons there;
        for (const PersonWords* person : persons)
            if (may_be_at(*person, *found_.sites.begin())) there.push_back(person);
        if (!there.empty()) persons = there;
    }

    // "Thomas Smith" is not somebody's whose last name is Thomas.
    void drop_first_names() {
        std::set<std::size_t> firsts;
        for (const Mention& mention : mentions_)
            if (mention.is_found() && mention.by_first_name)
                for (const Places* run : {&mention.before, &mention.after})
                    for (const std::size_t at : *run)
                        if (fit_of(*mention.meant[0], path_, {at}).score > 0) firsts.insert(at);
        std::erase_if(mentions_, [&](const Mention& mention) { return firsts.count(mention.at) > 0 && !mention.by_first_name; });
        for (Mention& mention : mentions_)
            if (firsts.count(mention.at) > 0) mention.meant = mention.bearers.size() > 1 ? mention.bearers : Persons(); // it may be either
    }

    // Nothing but "and", "&", "," and titles between them.
    bool are_joined(const Mention& one, const Mention& next) const {
        if (next.begin < one.end || word(one.at).part != word(next.at).part) return false;
        bool joined = false;
        for (std::size_t at = one.end; at < next.begin; ++at) {
            joined = joined || is_and(word(at).text);
            if (!is_and(word(at).text) && !is_title_of_person(word(at).text) && !is_name_particle(word(at).text)) return false;
        }
        return joined || word(one.end).gap.find_first_of(",;&+/") != std::string::npos;
    }

    // The clearest of the mentions and what is joined to them; the others are said on the way.
    void decide() {
        Persons sure(by_id_.begin(), by_id_.end());
        std::map<const PersonWords*, std::size_t> part_of; // where the person is named clearly, the last such part
        for (const Mention& mention : mentions_)
            if (mention.is_strong() && mention.is_found()) {
                sure.push_back(mention.meant[0]);
                part_of[mention.meant[0]] = word(mention.at).part;
            }
        std::erase_if(mentions_, [&](const Mention& mention) { // the same person again, with less of the name
            const auto is_same = [&](const PersonWords* person) {
                const auto known = part_of.find(person);
                return by_id_.count(person) > 0 || (known != part_of.end() && known->second != word(mention.at).part);
            };
            return mention.meant.size() > 1 && mention.further.empty() && !mention.by_first_name &&
                   std::any_of(mention.meant.begin(), mention.meant.end(), is_same);
        });
        std::vector<bool> counts(mentions_.size(), sure.empty());
        found_.joined = true;
        for (std::size_t i = 0; i < mentions_.size(); ++i) {
            if (mentions_[i].is_strong()) counts[i] = true;
            if (i > 0 && are_joined(mentions_[i - 1], mentions_[i]))
                counts[i] = counts[i] || counts[i - 1];
            else if (i > 0)
                found_.joined = false;
        }
        for (std::size_t i = mentions_.size(); i-- > 1;)
            if (counts[i] && are_joined(mentions_[i - 1], mentions_[i])) counts[i - 1] = true;
        std::set<const PersonWords*> people = by_id_;
        for (std::size_t i = 0; i < mentions_.size(); ++i)
            if (counts[i]) take(mentions_[i], people);
        for (const PersonWords& person : lexicon_.people) // in the study's order
            if (people.count(&person) > 0) found_.people.push_back(&person);
        const auto of_name = [this](const auto& known) { return known.second == path_.name(); };
        const auto named = std::count_if(part_of.begin(), part_of.end(), of_name);
        if (named > 0 && named < static_cast<std::ptrdiff_t>(part_of.size()) && found_.person_doubt.empty())
            found_.person_doubt = "the folder names somebody else than the name";
        found_.person_is_certain = !sure.empty() && found_.person_doubt.empty();
        found_.joined = found_.joined && found_.person_doubt.empty();
    }

    void take(const Mention& mention, std::set<const PersonWords*>& people) {
        people.insert(mention.meant.begin(), mention.meant.end());
        if (!mention.is_found()) doubt(mention, mention.meant);
        Told further = tell_apart(mention.bearers, path_, mention.further);
        keep_those_at_site(further.meant);
        people.insert(further.meant.begin(), further.meant.end());
        if (further.meant.size() > 1) doubt(mention, further.meant);
        if (mention.meant.empty()) return;
        for (std::size_t at = mention.at; at < mention.at + mention.count; ++at) word(at).use = Use::person;
        for (const Places* run : {&mention.before, &mention.after, &mention.further})
            for (const std::size_t at : *run)
                if (is_first_name(mention, at)) word(at).use = Use::person;
    }

    void doubt(const Mention& mention, const Persons& meant) {
        constexpr std::size_t most = 3;
        std::vector<std::string> names;
        for (const PersonWords* person : meant.empty() ? mention.bearers : meant) names.push_back(naming(*person));
        std::string who = join({names.begin(), names.begin() + static_cast<std::ptrdiff_t>(std::min(most, names.size()))}, " or ");
        if (names.size() > most) who += fill(" or one of {} more", names.size() - most);
        std::string written;
        for (std::size_t at = mention.begin; at < mention.end; ++at) written += (at > mention.begin ? word(at).gap : "") + word(at).raw;
        if (!found_.person_doubt.empty()) return;
        found_.person_doubt = meant.empty() ? fill("the study has no person called \"{}\": did you mean {}?", written, who)
                                            : fill("\"{}\" may be {}", written, who);
    }

    const Lexicon& lexicon_;
    Path& path_;
    Findings& found_;
    std::set<const PersonWords*> by_id_;
    std::vector<Mention> mentions_;
};

} // namespace

void read_people(const Lexicon& lexicon, Path& path, Findings& found) { PeopleReader(lexicon, path, found).read(); }

} // namespace dossier::tmf::scan
