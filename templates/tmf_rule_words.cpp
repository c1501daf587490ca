#include "templates/tmf_rule_words.hpp"

#include <algorithm>
#include <map>

#include "core/text.hpp"

namespace dossier::templates {

namespace {

const std::vector<PerWord>& per_words() {
    const std::vector<Level> trial{Level::trial}, country{Level::country}, site{Level::site}, trial_or_site{Level::trial, Level::site};
    const std::vector<Level> any{Level::trial, Level::country, Level::site};
    static const std::vector<PerWord> words = {
        {"study", Per::study, trial},
        {"country", Per::country, country},
        {"site", Per::site, site},
        {"study_any", Per::study_any, trial},
        {"site_any", Per::site_any, site},
        {"study_final", Per::study_final, trial},
        {"site_final", Per::site_final, site},
        {"site_ctsi", Per::site_ctsi, site},
        {"language", Per::language, country},
        {"person", Per::person, any},
        {"person_gcp", Per::person_gcp, any},
        {"person_licence", Per::person_licence, any},
        {"committee", Per::committee, trial},
        {"vendor", Per::vendor, trial},
        {"vendor_contract", Per::vendor_contract, trial},
        {"laboratory", Per::laboratory, trial_or_site},
        {"laboratory_certificate", Per::laboratory_certificate, trial_or_site},
        {"amendment", Per::amendment, trial},
        {"notice", Per::notice, trial},
        {"protocol_version", Per::protocol_version, trial},
        {"ib_version", Per::ib_version, trial},
        {"batch", Per::batch, trial},
        {"amendment_country", Per::amendment_country, country},
        {"notice_country", Per::notice_country, country},
        {"batch_country", Per::batch_country, country},
        {"amendment_site", Per::amendment_site, site},
        {"notice_site", Per::notice_site, site},
        {"ib_version_site", Per::ib_version_site, site},
        {"icf_version", Per::icf_version, site},
        {"monitoring_visit", Per::monitoring_visit, site},
        {"committee_meeting", Per::committee_meeting, trial},
        {"person_training", Per::person_training, any},
        {"shipment", Per::shipment, site},
        {"audit", Per::audit, trial},
        {"system_release", Per::system_release, trial},
        {"rejected_site", Per::rejected_site, country},
        {"occurrence", Per::occurrence, trial_or_site},
        {"study_year", Per::study_year, trial},
        {"country_year", Per::country_year, country},
        {"ec_year", Per::ec_year, site},
        {"vendor_year", Per::vendor_year, trial},
    };
    return words;
}

const std::vector<std::string>& facts() {
    static const std::vector<std::string> facts = {
        "person_on_ec",   "person_physician", "person_joined_later", "amendment_substantial", "amendment_to_ec",
        "notice_susar",   "notice_expedited", "notice_to_ec",        "has_vendors",           "vendor_takes_obligations",
        "lab_accredited", "system_irt",       "system_edc"};
    return facts;
}

// Anchors that mean "the instance's born date", and the milestone their rows are counted under.
const std::map<std::string, std::string>& born_anchors() {
    static const std::map<std::string, std::string> known = {{"visit.date", "04"},
                                                             {"ec_year.end", "06"},
                                                             {"person.from", "03"},
                                                             {"study_year.end", "11"},
                                                             {"country_year.end", "11"},
                                                             {"vendor_year.end", "11"},
                                                             {"audit.date", "05"},
                                                             {"committee_meeting.date", "05"},
                                                             {"training.date", "05"},
                                                             {"ib_version.date", "05"},
                                                             {"protocol_version.date", "05"},
                                                             {"amendment.approved", "05"},
                                                             {"icf_version.approved", "05"},
                                                             {"notice.date", "05"},
                                                             {"occurrence.date", "05"},
                                                             {"shipment.date", "05"},
                                                             {"rejected_site.date", "05"},
                                                             {"batch.released", "05"},
                                                             {"system_release.date", "05"}};
    return known;
}

} // namespace

const PerWord* find_per(const std::string& word) {
    for (const PerWord& known : per_words())
        if (known.word == word) return &known;
    return nullptr;
}

const PerWord* find_per(Per per) {
    for (const PerWord& known : per_words())
        if (known.per == per) return &known;
    return &per_words().front(); // every Per has its word
}

std::string_view name_of(Per per) { return find_per(per)->word; }

std::vector<std::string> per_names() {
    std::vector<std::string> names;
    for (const PerWord& known : per_words()) names.push_back(known.word);
    return names;
}

std::optional<Level> to_level(const std::string& word) {
    if (word == "trial" || word == "study") return Level::trial; // 02@study: milestones call the trial level "study"
    if (word == "country") return Level::country;
    if (word == "site") return Level::site;
    return std::nullopt;
}

bool is_fact(const std::string& name) {
    const auto& types = occurrence_types();
    return std::find(facts().begin(), facts().end(), name) != facts().end() ||
           (starts_with(name, "occ_") && std::find(types.begin(), types.end(), name.substr(4)) != types.end());
}

std::vector<std::string> condition_names(const TmfCatalogue& catalogue) {
    std::vector<std::string> names = facts();
    for (const Switch& known : catalogue.switches) names.push_back(known.name);
    for (const std::string& type : occurrence_types()) names.push_back("occ_" + type);
    return names;
}

std::optional<Anchor> to_anchor(const std::string& text, const TmfCatalogue& catalogue) {
    Anchor anchor;
    anchor.text = text;
    if (text == "none") {
        anchor.reported = "11";
        return anchor;
    }
    const std::size_t at = text.find('@');
    if (at == std::string::npos) {
        anchor.kind = Anchor::Kind::born;
        const auto found = born_anchors().find(text);
        if (found == born_anchors().end()) return std::nullopt;
        anchor.reported = found->second;
        return anchor;
    }
    anchor.kind = Anchor::Kind::milestone;
    anchor.code = text.substr(0, at);
    const auto level = to_level(text.substr(at + 1));
    if (!level || !catalogue.milestone(anchor.code)) return std::nullopt;
    anchor.level = *level;
    // End of trial is reported with the final report: the twelve milestones have no other place for it.
    anchor.reported = anchor.code == "S13" ? "10" : anchor.code;
    if (anchor.reported.size() != 2 || anchor.reported[0] > '1') return std::nullopt;
    return anchor;
}

std::optional<Validity> to_validity(const std::string& text) {
    using Kind = Validity::Kind;
    if (text == "none") return Validity{Kind::none, 0};
    if (text == "until_superseded") return Validity{Kind::until_superseded, 0};
    if (text == "document.expires") return Validity{Kind::document_expires, 0};
    if (text == "P1Y" || text == "P2Y" || text == "P3Y") return Validity{Kind::years, text[1] - '0'};
    return std::nullopt;
}

std::vector<std::string> anchor_names(const TmfCatalogue& catalogue) {
    std::vector<std::string> names{"none"};
    for (const auto& [anchor, milestone] : born_anchors()) names.push_back(anchor);
    for (const Milestone& milestone : catalogue.milestones)
        for (const Level level : milestone.levels) {
            const std::string name = milestone.code + "@" + (level == Level::trial ? "study" : std::string(to_text(level)));
            if (to_anchor(name, catalogue)) names.push_back(name);
        }
    return names;
}

const std::vector<std::string>& validity_names() {
    static const std::vector<std::string> names = {"none", "until_superseded", "P1Y", "P2Y", "P3Y", "document.expires"};
    return names;
}

} // namespace dossier::templates
