// Which of the study's amendments, visits, batches ... a document is about: only what a rule of its artifact asks for.
#include <algorithm>

#include "core/text.hpp"
#include "tmf/scan_parts.hpp"

namespace dossier::tmf::scan {

using templates::Per;

namespace {

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
        if (found.sites.size() == 1) site_ = *found.sites.begin();
    }

    std::string find(const templates::Artifact& artifact, bool& visit_day) {
        std::set<std::string> ids;
        for (const templates::Rule& rule : lexicon_.catalogue.rules)
            if (rule.unique_id == artifact.unique_id) find_of_rule(rule, ids, visit_day);
        return ids.size() == 1 ? *ids.begin() : "";
    }

private:
    void find_of_rule(const templates::Rule& rule, std::set<std::string>& ids, bool& visit_day) {
        const std::vector<Option> options = options_of(rule);
        bool by_id = false;
        for (const Option& option : options)
            if (std::find(found_.events.begin(), found_.events.end(), option.id) != found_.events.end())
                by_id = ids.insert(option.id).second;
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
        if (per == Per::amendment || per == Per::amendment_country || per == Per::amendment_site) add(study_.amendments, "amendment");
        if (per == Per::notice || per == Per::notice_country || per == Per::notice_site) add(study_.safety_notices, "");
        if (per == Per::protocol_version) add(study_.protocol_versions, "");
        if (per == Per::ib_version || per == Per::ib_version_site) add(study_.ib_versions, "");
        if (per == Per::icf_version) add(study_.icf_versions, "");
        if (per == Per::batch || per == Per::batch_country) add(study_.batches, "");
        if (per == Per::audit) add(study_.audits, "");
        if (per == Per::person_training) add(study_.trainings, "amendment");
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

    bool has_term(const std::string& word) const {
        return std::any_of(terms_.begin(), terms_.end(), [&word](const Term& term) { return term.word == word; });
    }

    // "amendment 1", "Amd01" for A1; "visit 2" for V101-2: the number at the end of the id.
    bool is_numbered(const Option& option) const {
        const std::size_t last = option.id.find_last_not_of("0123456789");
        return last + 1 < option.id.size() && stands_behind(option.kind, option.id.substr(last + 1));
    }
    bool stands_behind(const std::string& kind, std::string number) const {
        number.erase(0, std::min(number.find_first_not_of('0'), number.size()));
        for (std::size_t i = 0; i + 1 < terms_.size(); ++i) {
            std::string next = terms_[i + 1].word;
            next.erase(0, std::min(next.find_first_not_of('0'), next.size()));
            if (terms_[i].word == kind && next == number && !number.empty()) return true;
        }
        return false;
    }

    void find_year(Per per, std::set<std::string>& ids) const {
        for (int year = 1; year <= 30; ++year) {
            const std::string number = fill("{}", year);
            if (!stands_behind("year", number) && !stands_behind("y", number)) continue;
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
    std::vector<Term> terms_;
    std::string site_;
};

} // namespace

std::string find_event(const Lexicon& lexicon, const Path& path, const Findings& found, const templates::Artifact& artifact,
                       bool& visit_day) {
    return EventFinding(lexicon, path, found).find(artifact, visit_day);
}

} // namespace dossier::tmf::scan
