// Which of the study's amendments, visits, batches ... a document is about: only what a rule of its artifact asks for.
#include <algorithm>

#include "core/text.hpp"
#include "tmf/instances.hpp"
#include "tmf/scan_parts.hpp"

namespace dossier::tmf::scan {

using templates::Per;

namespace {

constexpr const char* none_of_that_number = "it is about an amendment, and the study has none of that number";
constexpr const char* amendment = "amendment"; // the word, as scan-marks.tsv brings it to

struct Option {
    std::string id;
    std::string kind; // the word that people number them by: amendment 1, visit 2
    OptionalDate day; // that the name may give instead
};

class EventFinding {
public:
    EventFinding(const Lexicon& lexicon, const Path& path, const Findings& found)
        : lexicon_(lexicon), study_(lexicon.study), path_(path), found_(found) {
        terms_ = lexicon.terms(path, true);
        folder_terms_ = lexicon.terms(path, false);
        if (found.sites.size() == 1) site_ = *found.sites.begin();
        amendments_ = amendments_in(has_term(amendment) ? terms_ : folder_terms_);
    }

    EventFound find(const templates::Artifact& artifact) {
        EventFound found;
        std::set<std::string> ids;
        bool for_amendments = false, for_training = false, without_event = false; // the rules that ask for it
        for (const templates::Rule& rule : lexicon_.catalogue.rules) {
            if (rule.unique_id != artifact.unique_id) continue;
            find_of_rule(rule, ids, found.visit_day);
            for_amendments = for_amendments || is_for_amendment(rule.per);
            for_training = for_training || rule.per == Per::person_training;
            without_event = without_event || (rule.kind != templates::RuleKind::event && !is_for_amendment(rule.per));
        }
        std::set<std::string> all = amendments_;
        for (const auto& entry : study_.amendments)
            if (is_by_id(entry.id)) all.insert(number_of(entry.id));
        if (all.size() > 1 && (for_amendments || for_training)) {
            found.unknown = "it is about several amendments: " + join({all.begin(), all.end()}, ", ");
            return found;
        }
        if (ids.size() == 1) found.id = *ids.begin();
        const bool is_part = amendments_.size() == 1 && amendments_.begin()->find('.') != std::string::npos; // of what is not the training
        if (ids.empty() && for_training && is_part) found.unknown = none_of_that_number;
        if (found.id.empty() && for_amendments) doubt_first(artifact, !without_event, ids, found);
        return found;
    }

private:
    static bool is_for_amendment(Per per) { return per == Per::amendment || per == Per::amendment_country || per == Per::amendment_site; }

    // In the name, or a folder of one amendment ("Amendment 2"); "Protocol and amendments" is any folder.
    bool says_amendment() const { return has_term(amendment) || is_numbered_in(folder_terms_, amendment); }

    // Without an event it would be taken for the document from before all amendments, or, of an artifact that is always about one, for that
    // of an amendment that the study may not have.
    void doubt_first(const templates::Artifact& artifact, bool always, const std::set<std::string>& ids, EventFound& found) const {
        if (!ids.empty())
            found.doubt = fill("the name fits several events: {}", join({ids.begin(), ids.end()}, ", "));
        else if (always || says_amendment())
            only_amendment(found);
        else if (!found_.version.empty() && found_.version[0] >= '2' && lexicon_.person_scoped.count(artifact.unique_id) == 0)
            found.doubt = fill("version {} may be that of an amendment", found_.version);
    }

    void only_amendment(EventFound& found) const {
        const bool numbered = is_numbered_in(terms_, amendment) || is_numbered_in(folder_terms_, amendment);
        if (numbered && !study_.amendments.empty()) {
            found.unknown = none_of_that_number;
            return;
        }
        if (numbered || study_.amendments.size() != 1) {
            const std::string_view why = study_.amendments.empty() ? "the study has none" : "the name does not say which";
            found.unknown = fill("it is about an amendment, and {}", why);
            return;
        }
        found.id = study_.amendments[0].id;
        found.doubt = fill("it is about an amendment, and {} is the only one", found.id);
    }

    static bool is_numbered_in(const std::vector<Term>& terms, std::string_view kind) {
        for (std::size_t i = 0; i < terms.size(); ++i) {
            const std::string number = terms[i].word == kind ? behind(terms, i) : "";
            if (!number.empty() && number.find_first_not_of("0123456789") == std::string::npos) return true;
        }
        return false;
    }
    // "amendment 7", "amendment no. 7"; empty: nothing stands there.
    static std::string behind(const std::vector<Term>& terms, std::size_t at) {
        at = index_behind(terms, at);
        return at < terms.size() ? terms[at].word : "";
    }
    static std::size_t index_behind(const std::vector<Term>& terms, std::size_t at) {
        static const std::set<std::string> counting = {"no", "nr", "num", "number", "nummer", "numero"};
        ++at;
        return at < terms.size() && counting.count(terms[at].word) > 0 ? at + 1 : at;
    }

    // The numbers of the amendments that are named: "1" of "Amd01", "1.1", "1" and "7" of "amendments 1 and 7".
    std::set<std::string> amendments_in(const std::vector<Term>& terms) const {
        std::set<std::string> numbers;
        for (std::size_t i = 0; i < terms.size(); ++i) {
            if (terms[i].word != amendment) continue;
            const std::size_t at = index_behind(terms, i);
            if (at < terms.size() && path_.words[terms[at].from.front()].digits) add_numbers(terms[at].from.front(), numbers);
        }
        return numbers;
    }
    void add_numbers(std::size_t at, std::set<std::string>& numbers) const {
        static const std::set<std::string> also = {"and", "und", "et", "y"};
        const std::vector<Word>& words = path_.words;
        const auto is_number = [&](std::size_t i) {
            return i < words.size() && words[i].part == words[at].part && words[i].digits && words[i].text.size() <= 2 &&
                   words[i].use == Use::none;
        };
        for (;;) {
            const std::size_t last = at + digits_behind_dots(path_, at);
            std::string number = words[at].text;
            while (at < last) number += "." + words[++at].text;
            numbers.insert(number_of(number));
            std::size_t next = at + 1;
            if (next < words.size() && also.count(words[next].text) > 0)
                ++next;
            else if (next == words.size() || words[next].gap.find_first_of(",&+") == std::string::npos)
                return;
            if (!is_number(next)) return;
            at = next;
        }
    }
    // That a text ends with, without zeros in front: "1" of "A01", "1.2" of "1.02".
    static std::string number_of(const std::string& text) {
        std::vector<std::string> pieces;
        for (std::string piece : split(text.substr(text.find_last_not_of("0123456789.") + 1), '.')) {
            piece.erase(0, piece.find_first_not_of('0'));
            if (!piece.empty()) pieces.push_back(piece);
        }
        return join(pieces, ".");
    }
    bool is_by_id(const std::string& id) const { return std::find(found_.events.begin(), found_.events.end(), id) != found_.events.end(); }

    void find_of_rule(const templates::Rule& rule, std::set<std::string>& ids, bool& visit_day) {
        const std::vector<Option> options = options_of(rule);
        bool by_id = false;
        for (const Option& option : options)
            if (is_by_id(option.id)) by_id = ids.insert(option.id).second;
        if (by_id) return;
        for (const Option& option : options) {
            const bool by_day = option.day && found_.date && *option.day == *found_.date;
            visit_day = visit_day || by_day;
            if (by_day || (!option.kind.empty() && is_numbered(option))) ids.insert(option.id);
        }
        if (templates::is_yearly(rule.per)) find_year(rule.per, ids);
        if (rule.per == Per::vendor) named_vendors([&](const Vendor& vendor) { ids.insert(vendor.id); });
        if (rule.per == Per::vendor_contract)
            named_vendors([&](const Vendor& vendor) {
                if (vendor.contracts.size() == 1) ids.insert(vendor.contracts[0].id);
            });
        if (rule.per == Per::laboratory) named_laboratories([&](const Laboratory& laboratory) { ids.insert(laboratory.id); });
        if (rule.per == Per::laboratory_certificate)
            named_laboratories([&](const Laboratory& laboratory) { find_certificate(laboratory, ids); });
        if (rule.per == Per::committee && study_.committees.size() == 1) ids.insert(study_.committees[0].id);
    }

    std::vector<Option> options_of(const templates::Rule& rule) const {
        std::vector<Option> options;
        const auto add = [&options](const auto& entries, const char* kind) {
            for (const auto& entry : entries) options.push_back({entry.id, kind, {}});
        };
        const Per per = rule.per;
        if (is_for_amendment(per)) add(study_.amendments, amendment);
        if (per == Per::notice || per == Per::notice_country || per == Per::notice_site) add(study_.safety_notices, "");
        if (per == Per::protocol_version) add(study_.protocol_versions, "");
        if (per == Per::ib_version || per == Per::ib_version_site) add(study_.ib_versions, "");
        if (per == Per::icf_version) add(study_.icf_versions, "");
        if (per == Per::batch || per == Per::batch_country) add(study_.batches, "");
        if (per == Per::audit) add(study_.audits, "");
        if (per == Per::person_training)
            for (const Training& training : study_.trainings)
                if (is_meant_for_people(training)) options.push_back({training.id, amendment, {}});
        if (per == Per::monitoring_visit)
            for (const Visit& visit : study_.visits)
                if (visit.site == site_) options.push_back({visit.id, "visit", visit.date});
        if (per == Per::shipment)
            for (const Shipment& shipment : study_.shipments)
                if (shipment.site == site_) options.push_back({shipment.id, "shipment", {}});
        if (per == Per::committee_meeting)
            for (const Committee& committee : study_.committees) add(committee.meetings, "meeting");
        if (per == Per::occurrence)
            for (const Occurrence& occurrence : study_.occurrences)
                if (occurrence.type == rule.occurrence_type) options.push_back({occurrence.id, "", {}});
        if (per == Per::system_release)
            for (const System& system : study_.systems)
                if (has_term(to_lower(system.kind))) add(system.releases, "release");
        return options;
    }

    bool is_meant_for_people(const Training& training) const {
        const auto is_named = [&training](const Person* entry) { return holds(training.roles, entry->role); };
        return training.roles.empty() || found_.people.empty() ||
               std::any_of(found_.people.begin(), found_.people.end(), [&is_named](const PersonWords* person) {
                   return std::any_of(person->entries.begin(), person->entries.end(), is_named);
               });
    }

    bool has_term(const std::string& word) const {
        return std::any_of(terms_.begin(), terms_.end(), [&word](const Term& term) { return term.word == word; });
    }

    // "amendment 1", "Amd01" for A1; "visit 2" for V101-2: the number at the end of the id.
    bool is_numbered(const Option& option) const {
        if (option.kind == amendment) return amendments_.count(number_of(option.id)) > 0;
        const std::size_t last = option.id.find_last_not_of("0123456789");
        if (last + 1 >= option.id.size()) return false;
        const std::string number = option.id.substr(last + 1);
        return stands_behind(terms_, option.kind, number);
    }
    static bool stands_behind(const std::vector<Term>& terms, const std::string& kind, std::string number) {
        number.erase(0, std::min(number.find_first_not_of('0'), number.size()));
        for (std::size_t i = 0; i < terms.size(); ++i) {
            if (terms[i].word != kind) continue;
            std::string next = behind(terms, i);
            next.erase(0, std::min(next.find_first_not_of('0'), next.size()));
            if (next == number && !number.empty()) return true;
        }
        return false;
    }

    void find_year(Per per, std::set<std::string>& ids) const {
        for (int year = 1; year <= 30; ++year) {
            const std::string number = fill("{}", year);
            if (!stands_behind(terms_, "year", number) && !stands_behind(terms_, "y", number)) continue;
            if (per == Per::vendor_year)
                named_vendors([&](const Vendor& vendor) { ids.insert(fill("{}-Y{}", vendor.id, year)); });
            else
                ids.insert("Y" + number);
        }
    }

    // By a word of its name that no other of the list has, or by its id.
    template <class Entry> bool is_named(const Entry& entry, const std::vector<Entry>& all) const {
        const auto words_of = [](const Entry& one) {
            std::set<std::string> words;
            for (const std::string& word : plain_words(one.name)) words.insert(word);
            return words;
        };
        for (const std::string& word : words_of(entry)) {
            if (word.size() < 5) continue;
            const bool shared = std::any_of(all.begin(), all.end(),
                                            [&](const Entry& other) { return &other != &entry && words_of(other).count(word) > 0; });
            const bool there = std::any_of(path_.words.begin(), path_.words.end(),
                                           [&](const Word& one) { return path_.in_name(one) && one.text == word; });
            if (there && !shared && lexicon_.noise.count(word) == 0 && lexicon_.phrases_with.count(singular(word)) == 0) return true;
        }
        return false;
    }
    template <class Use_> void named_vendors(const Use_& use) const {
        for (const Vendor& vendor : study_.vendors)
            if (is_named(vendor, study_.vendors)) use(vendor);
    }
    template <class Use_> void named_laboratories(const Use_& use) const {
        for (const Laboratory& laboratory : study_.laboratories)
            if (is_named(laboratory, study_.laboratories)) use(laboratory);
    }

    void find_certificate(const Laboratory& laboratory, std::set<std::string>& ids) const {
        for (const Certificate& certificate : laboratory.certificates) {
            const std::string last = to_lower(certificate.id.substr(certificate.id.rfind('-') + 1));
            if (laboratory.certificates.size() == 1 || has_term(last)) ids.insert(certificate.id);
        }
    }

    const Lexicon& lexicon_;
    const Study& study_;
    const Path& path_;
    const Findings& found_;
    std::vector<Term> terms_, folder_terms_;
    std::set<std::string> amendments_; // numbers of those that the name, else a folder, speaks of
    std::string site_;
};

} // namespace

EventFound find_event(const Lexicon& lexicon, const Path& path, const Findings& found, const templates::Artifact& artifact) {
    return EventFinding(lexicon, path, found).find(artifact);
}

} // namespace dossier::tmf::scan
