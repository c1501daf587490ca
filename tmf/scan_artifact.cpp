// Which artifact: numbers first, then the words of the file's name with those of the folders above it; abstains where they disagree.
#include <algorithm>
#include <map>

#include "core/text.hpp"
#include "tmf/scan_parts.hpp"

namespace dossier::tmf::scan {

using templates::Artifact;
using templates::Level;

namespace {

constexpr int for_each_further_word = 6, for_the_role = 10, less_for_folder_word = 10, less_for_unknown_site = 15;
constexpr int least_score = 60, least_margin = 10; // below: nothing is proposed
constexpr int most_confidence = 95, without_place = 50, by_folder_number = 70, less_for_unread_word = 5, most_unread = 4;

struct Candidate {
    const Phrase* phrase = nullptr;
    Reading reading;
    int score = 0;
    std::set<std::size_t> from;    // words of the path
    std::set<std::string> of_name; // words of the phrase that stand in the file's name
};

std::string naming(const Artifact& artifact) { return artifact.number + " " + artifact.name; }

class Choosing {
public:
    Choosing(const Lexicon& lexicon, const Path& path, const Findings& found) : lexicon_(lexicon), path_(path), found_(found) {
        level_ = found.sites.size() == 1 ? Level::site : found.countries.size() == 1 ? Level::country : Level::trial;
    }

    Choice choose() {
        find_candidates();
        drop_shorter();
        rank();
        if (!found_.number.empty()) return with_number();
        if (!found_.folder_number.empty()) return with_folder_number();
        return by_words();
    }

private:
    // ---- phrases whose words are all there ----
    void find_candidates() {
        name_terms_ = lexicon_.terms(path_, true);
        std::map<std::string, std::vector<std::size_t>> in_name, in_folder;
        for (const Term& term : name_terms_) in_name[term.word] = term.from;
        for (const Term& term : lexicon_.terms(path_, false)) in_folder[term.word] = term.from;
        std::set<std::size_t> seen;
        for (const auto& [word, from] : in_name) {
            const auto [first, last] = lexicon_.phrases_with.equal_range(word);
            for (auto at = first; at != last; ++at)
                if (seen.insert(at->second).second) try_phrase(lexicon_.phrases[at->second], in_name, in_folder);
        }
    }

    void try_phrase(const Phrase& phrase, const std::map<std::string, std::vector<std::size_t>>& in_name,
                    const std::map<std::string, std::vector<std::size_t>>& in_folder) {
        Candidate candidate;
        candidate.phrase = &phrase;
        int of_folder = 0;
        for (const std::string& word : phrase.words) {
            auto found = in_name.find(word);
            if (found == in_name.end()) {
                found = in_folder.find(word);
                if (found == in_folder.end()) return;
                ++of_folder;
            } else {
                candidate.of_name.insert(word);
            }
            candidate.from.insert(found->second.begin(), found->second.end());
        }
        for (const Reading& reading : phrase.readings) {
            if (!role_fits(reading)) {
                alternatives_.insert(naming(*reading.artifact));
                continue;
            }
            candidate.reading = reading;
            candidate.score = reading.weight + for_each_further_word * (static_cast<int>(phrase.words.size()) - 1) -
                              less_for_folder_word * of_folder + (reading.role.empty() ? 0 : for_the_role);
            candidates_.push_back(candidate);
        }
    }

    bool role_fits(const Reading& reading) const {
        if (reading.role.empty()) return true;
        const std::vector<std::string> roles = templates::roles_in(reading.role);
        if (found_.people.empty()) return false;
        return std::all_of(found_.people.begin(), found_.people.end(), [&](const PersonWords* person) {
            return std::any_of(person->entries.begin(), person->entries.end(),
                               [&](const Person* entry) { return std::find(roles.begin(), roles.end(), entry->role) != roles.end(); });
        });
    }

    // "protocol" says nothing where "protocol signature page" stands.
    void drop_shorter() {
        const std::vector<Candidate> all = candidates_;
        std::erase_if(candidates_, [&all](const Candidate& one) {
            return std::any_of(all.begin(), all.end(), [&one](const Candidate& other) {
                return other.of_name.size() > one.of_name.size() &&
                       std::includes(other.of_name.begin(), other.of_name.end(), one.of_name.begin(), one.of_name.end());
            });
        });
    }

    // ---- one score for each artifact, the best first ----
    void rank() {
        std::map<const Artifact*, Candidate> best;
        for (Candidate& candidate : candidates_) {
            const Artifact& artifact = *candidate.reading.artifact;
            if (!is_in_folder(artifact)) {
                elsewhere_.insert(naming(artifact));
                continue;
            }
            if (!can_be_here(artifact)) {
                misplaced_.insert(naming(artifact));
                continue;
            }
            if (!is_placed(artifact)) candidate.score -= less_for_unknown_site;
            const auto [entry, is_new] = best.emplace(&artifact, candidate);
            if (!is_new && candidate.score > entry->second.score) entry->second = candidate;
        }
        for (auto& [artifact, candidate] : best) ranked_.push_back(std::move(candidate));
        std::stable_sort(ranked_.begin(), ranked_.end(), [](const Candidate& a, const Candidate& b) {
            return a.score != b.score ? a.score > b.score : a.reading.artifact->number < b.reading.artifact->number;
        });
    }

    bool is_in_folder(const Artifact& artifact) const {
        return (found_.section.empty() || artifact.section == found_.section) && (found_.zone.empty() || artifact.zone == found_.zone);
    }
    bool is_placed(const Artifact& artifact) const {
        return level_ == Level::site ? artifact.at_site : level_ == Level::country ? artifact.at_country : artifact.at_trial;
    }
    // As it stands, or with a site or country that the path does not name.
    bool can_be_here(const Artifact& artifact) const {
        return is_placed(artifact) || (level_ != Level::site && artifact.at_site) || (level_ == Level::trial && artifact.at_country);
    }

    // ---- the choice ----
    Choice by_words() const {
        Choice choice;
        if (ranked_.empty()) return nothing(choice);
        const Candidate& first = ranked_.front();
        const bool close = ranked_.size() > 1 && first.score - ranked_[1].score < least_margin;
        if (first.score < least_score || close) {
            choice.why.push_back(close ? "the words fit several artifacts" : fill("\"{}\" alone says too little", first.phrase->text));
            return with_alternatives(choice);
        }
        if (const std::string word = doubtful_word(first); !word.empty()) {
            choice.why.push_back(
                fill("\"{}\" speaks for {}, but the name also says \"{}\"", first.phrase->text, naming(*first.reading.artifact), word));
            return with_alternatives(choice);
        }
        choice.why.push_back(fill("\"{}\" in the name", first.phrase->text));
        return take(choice, *first.reading.artifact, std::min(first.score, most_confidence) - less_for_unread_word * unread(first),
                    first.reading);
    }

    Choice by_number(const std::string& number, const std::string& evidence, int confidence) const {
        Choice choice;
        const Artifact& artifact = *lexicon_.catalogue.artifact_by_number(number);
        const Candidate* other = best_other(artifact);
        if (other) {
            choice.why.push_back(fill("{} says {}, the words say {}", evidence, naming(artifact), naming(*other->reading.artifact)));
            return with_alternatives(choice);
        }
        if (!can_be_here(artifact)) {
            choice.why.push_back(fill("{} says {}, which is not kept at {} level", evidence, naming(artifact), templates::to_text(level_)));
            return with_alternatives(choice);
        }
        choice.why.push_back(evidence);
        return take(choice, artifact, confidence, reading_of(artifact));
    }

    Choice with_number() const {
        Choice choice = by_number(found_.number, "the number in the name", most_confidence + 2);
        if (choice.artifact) doubt_number(choice, *choice.artifact);
        return choice;
    }

    Choice with_folder_number() const {
        const Artifact& artifact = *lexicon_.catalogue.artifact_by_number(found_.folder_number);
        const bool agreed =
            std::any_of(ranked_.begin(), ranked_.end(), [&](const Candidate& one) { return one.reading.artifact == &artifact; });
        Choice choice = by_number(found_.folder_number, "the number of the folder", agreed ? most_confidence : by_folder_number);
        if (choice.artifact && agreed) choice.why.emplace_back("the words of the name agree");
        if (choice.artifact && agreed) doubt_number(choice, artifact);
        return choice;
    }

    // A number says what a file is about, not that it is the document: "05.04.03 MVR reminder".
    void doubt_number(Choice& choice, const Artifact& artifact) const {
        for (const Candidate& one : ranked_) {
            const std::string word = one.reading.artifact == &artifact ? doubtful_word(one) : "";
            if (word.empty()) continue;
            choice.confidence = std::min(choice.confidence, without_place);
            choice.why.push_back(fill("the name also says \"{}\"", word));
        }
    }

    // What the words say more clearly than they say this artifact.
    const Candidate* best_other(const Artifact& artifact) const {
        for (const Candidate& one : ranked_)
            if (one.reading.artifact == &artifact && one.score + least_margin >= ranked_.front().score) return nullptr;
        return !ranked_.empty() && ranked_.front().score >= least_score ? &ranked_.front() : nullptr;
    }

    Reading reading_of(const Artifact& artifact) const {
        for (const Candidate& one : ranked_)
            if (one.reading.artifact == &artifact) return one.reading;
        return {};
    }

    Choice take(Choice choice, const Artifact& artifact, int confidence, const Reading& reading) const {
        if (artifact.isf_only) {
            choice.why.push_back(
                fill("this looks like {}, which must never enter the sponsor's trial master file: leave it at the site", naming(artifact)));
            return choice;
        }
        choice.artifact = &artifact;
        choice.event = reading.event;
        choice.part = reading.part;
        choice.confidence = confidence;
        if (!is_placed(artifact)) {
            choice.confidence = std::min(choice.confidence, without_place);
            choice.why.push_back(fill("{} is kept by {}, and the path names none", naming(artifact),
                                      std::string_view(artifact.at_site ? "site" : "country")));
        }
        return with_alternatives(choice);
    }

    // ---- words that the phrase leaves over ----
    std::vector<std::string> left_over(const Candidate& taken) const {
        std::vector<std::string> words;
        for (const Term& term : name_terms_) {
            const bool read = std::any_of(term.from.begin(), term.from.end(), [&](std::size_t at) {
                return taken.from.count(at) > 0 || path_.words[at].use != Use::none || path_.words[at].digits;
            });
            if (!read && term.word.size() > 1) words.push_back(term.word);
        }
        return words;
    }
    std::string doubtful_word(const Candidate& taken) const {
        for (const std::string& word : left_over(taken))
            if (lexicon_.doubt.count(word) > 0) return word;
        return "";
    }
    int unread(const Candidate& taken) const {
        int count = 0;
        for (const std::string& word : left_over(taken)) count += lexicon_.noise.count(word) > 0 ? 0 : 1;
        return std::min(count, most_unread);
    }

    Choice nothing(Choice choice) const {
        if (!misplaced_.empty())
            choice.why.push_back(
                fill("the words speak for {}, which is not kept at {} level", *misplaced_.begin(), templates::to_text(level_)));
        else if (!elsewhere_.empty())
            choice.why.push_back(fill("the words speak for {}, but the folder is {}", *elsewhere_.begin(),
                                      found_.section.empty() ? found_.zone : found_.section));
        else
            choice.why.emplace_back("no word of the name says what it is");
        return with_alternatives(choice);
    }

    Choice with_alternatives(Choice choice) const {
        const auto add = [&choice](const std::string& text) {
            const bool chosen = choice.artifact && naming(*choice.artifact) == text;
            const auto& list = choice.alternatives;
            if (!chosen && list.size() < 4 && std::find(list.begin(), list.end(), text) == list.end()) choice.alternatives.push_back(text);
        };
        for (const Candidate& one : ranked_)
            if (!one.reading.artifact->isf_only) add(naming(*one.reading.artifact));
        for (const auto* more : {&misplaced_, &elsewhere_, &alternatives_})
            for (const std::string& text : *more) add(text);
        return choice;
    }

    const Lexicon& lexicon_;
    const Path& path_;
    const Findings& found_;
    Level level_;
    std::vector<Term> name_terms_;
    std::vector<Candidate> candidates_, ranked_;
    std::set<std::string> alternatives_, misplaced_, elsewhere_;
};

} // namespace

Choice choose_artifact(const Lexicon& lexicon, const Path& path, const Findings& found) { return Choosing(lexicon, path, found).choose(); }

} // namespace dossier::tmf::scan
