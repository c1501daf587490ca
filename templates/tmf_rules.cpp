// expected-documents.tsv -> Rule: every word of it belongs to a closed list, so that no rule can be read and not understood.
#include <algorithm>
#include <map>
#include <optional>

#include "core/text.hpp"
#include "templates/tmf_catalogue.hpp"

namespace dossier::templates {

namespace {

struct PerWord {
    Per per;
    std::vector<Level> levels; // where its documents are filed
};

const std::map<std::string, PerWord>& per_words() {
    const std::vector<Level> trial{Level::trial}, country{Level::country}, site{Level::site}, trial_or_site{Level::trial, Level::site};
    const std::vector<Level> any{Level::trial, Level::country, Level::site};
    static const std::map<std::string, PerWord> words = {
        {"study", {Per::study, trial}},
        {"country", {Per::country, country}},
        {"site", {Per::site, site}},
        {"study_any", {Per::study_any, trial}},
        {"site_any", {Per::site_any, site}},
        {"study_final", {Per::study_final, trial}},
        {"site_final", {Per::site_final, site}},
        {"site_ctsi", {Per::site_ctsi, site}},
        {"language", {Per::language, country}},
        {"person", {Per::person, any}},
        {"person_gcp", {Per::person_gcp, any}},
        {"person_licence", {Per::person_licence, any}},
        {"committee", {Per::committee, trial}},
        {"vendor", {Per::vendor, trial}},
        {"vendor_contract", {Per::vendor_contract, trial}},
        {"laboratory", {Per::laboratory, trial_or_site}},
        {"laboratory_certificate", {Per::laboratory_certificate, trial_or_site}},
        {"amendment", {Per::amendment, trial}},
        {"notice", {Per::notice, trial}},
        {"protocol_version", {Per::protocol_version, trial}},
        {"ib_version", {Per::ib_version, trial}},
        {"batch", {Per::batch, trial}},
        {"amendment_country", {Per::amendment_country, country}},
        {"notice_country", {Per::notice_country, country}},
        {"batch_country", {Per::batch_country, country}},
        {"amendment_site", {Per::amendment_site, site}},
        {"notice_site", {Per::notice_site, site}},
        {"ib_version_site", {Per::ib_version_site, site}},
        {"icf_version", {Per::icf_version, site}},
        {"monitoring_visit", {Per::monitoring_visit, site}},
        {"committee_meeting", {Per::committee_meeting, trial}},
        {"person_training", {Per::person_training, any}},
        {"shipment", {Per::shipment, site}},
        {"audit", {Per::audit, trial}},
        {"system_release", {Per::system_release, trial}},
        {"rejected_site", {Per::rejected_site, country}},
        {"occurrence", {Per::occurrence, trial_or_site}},
        {"study_year", {Per::study_year, trial}},
        {"country_year", {Per::country_year, country}},
        {"ec_year", {Per::ec_year, site}},
        {"vendor_year", {Per::vendor_year, trial}},
    };
    return words;
}

bool is_fact(const std::string& name) {
    static const std::vector<std::string> facts = {
        "person_on_ec",   "person_physician", "person_joined_later", "amendment_substantial", "amendment_to_ec",
        "notice_susar",   "notice_expedited", "notice_to_ec",        "has_vendors",           "vendor_takes_obligations",
        "lab_accredited", "system_irt",       "system_edc"};
    const auto& types = occurrence_types();
    return std::find(facts.begin(), facts.end(), name) != facts.end() ||
           (starts_with(name, "occ_") && std::find(types.begin(), types.end(), name.substr(4)) != types.end());
}

std::optional<Level> to_level(const std::string& word) {
    if (word == "trial" || word == "study") return Level::trial; // 02@study: milestones call the trial level "study"
    if (word == "country") return Level::country;
    if (word == "site") return Level::site;
    return std::nullopt;
}

// Anchors that mean "the instance's born date", and the milestone their rows are counted under.
std::string reported_under(const std::string& anchor) {
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
    const auto found = known.find(anchor);
    return found == known.end() ? "" : found->second;
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
        anchor.reported = reported_under(text);
        return anchor.reported.empty() ? std::nullopt : std::optional(anchor);
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

std::optional<int> to_number(const std::string& text, int most) {
    if (text.empty() || text.size() > 4) return std::nullopt;
    int value = 0;
    for (const char c : text) {
        if (c < '0' || c > '9') return std::nullopt;
        value = value * 10 + (c - '0');
    }
    return value <= most ? std::optional(value) : std::nullopt;
}

class RuleReader {
public:
    RuleReader(const Tsv& table, const TmfCatalogue& catalogue) : table_(table), catalogue_(catalogue) {}

    Result<Rule> read(const TsvRow& row) const {
        Rule rule;
        rule.id = row.cells[0];
        if (rule.id.size() != 10 || !starts_with(rule.id, "EDL-")) return wrong(row, 0);
        const auto unique_id = to_number(row.cells[1], 999);
        const Artifact* artifact = unique_id ? catalogue_.artifact(*unique_id) : nullptr;
        if (!artifact) return wrong(row, 1);
        if (artifact->number != row.cells[2]) return wrong(row, 2);
        if (artifact->name != row.cells[3]) return wrong(row, 3);
        rule.unique_id = *unique_id;
        rule.artifact = artifact->number;
        rule.name = artifact->name;
        DOSSIER_CHECK(read_what(row, rule));
        DOSSIER_CHECK(read_condition(row, rule));
        DOSSIER_CHECK(read_when(row, rule));
        rule.basis = row.cells[14];
        rule.confidence = row.cells[15];
        rule.note = row.cells[16];
        return rule;
    }

private:
    Error wrong(const TsvRow& row, std::size_t column) const {
        return Error(ErrorKind::invalid, fill("\"{}\" is not known here", row.cells[column]),
                     {table_.path, "", row.line, table_.header[column], -1});
    }

    Result<void> read_what(const TsvRow& row, Rule& rule) const {
        const auto level = row.cells[4] == "study" ? std::nullopt : to_level(row.cells[4]);
        if (!level) return wrong(row, 4);
        rule.level = *level;
        const std::string& kind = row.cells[5];
        if (kind != "expected" && kind != "event" && kind != "optional") return wrong(row, 5);
        rule.kind = kind == "expected" ? RuleKind::expected : kind == "event" ? RuleKind::event : RuleKind::optional;
        const auto per = per_words().find(row.cells[6]);
        if (per == per_words().end()) return wrong(row, 6);
        const auto& levels = per->second.levels;
        if (std::find(levels.begin(), levels.end(), rule.level) == levels.end()) return wrong(row, 4);
        rule.per = per->second.per;
        rule.role = row.cells[7];
        const bool known_role = std::count(person_roles().begin(), person_roles().end(), rule.role) > 0 ||
                                std::count(role_groups().begin(), role_groups().end(), rule.role) > 0;
        if (is_for_person(rule.per) ? !known_role : !rule.role.empty()) return wrong(row, 7);
        return {};
    }

    Result<void> read_condition(const TsvRow& row, Rule& rule) const {
        for (std::string word : split(row.cells[8], ',')) {
            Term term;
            term.negated = starts_with(word, "!");
            term.name = term.negated ? word.substr(1) : word;
            term.is_switch = std::any_of(catalogue_.switches.begin(), catalogue_.switches.end(),
                                         [&term](const Switch& known) { return known.name == term.name; });
            if (!term.is_switch && !is_fact(term.name)) return wrong(row, 8);
            if (starts_with(term.name, "occ_")) {
                // The type selects the entries; as a condition it then always holds.
                if (term.negated || !rule.occurrence_type.empty()) return wrong(row, 8);
                rule.occurrence_type = term.name.substr(4);
                continue;
            }
            rule.condition.push_back(std::move(term));
        }
        if ((rule.per == Per::occurrence) == rule.occurrence_type.empty()) return wrong(row, 8);
        return {};
    }

    Result<void> read_when(const TsvRow& row, Rule& rule) const {
        const auto anchor = to_anchor(row.cells[9], catalogue_);
        if (!anchor) return wrong(row, 9);
        rule.due = *anchor;
        const auto offset = to_number(row.cells[10], 3660);
        if (!offset) return wrong(row, 10);
        rule.offset_days = *offset;
        const auto count = to_number(row.cells[11], 99);
        if (!count || *count == 0) return wrong(row, 11);
        rule.count = *count;
        const auto validity = to_validity(row.cells[12]);
        if (!validity) return wrong(row, 12);
        rule.validity = *validity;
        if (row.cells[13] != "yes" && row.cells[13] != "no") return wrong(row, 13);
        rule.restricted = row.cells[13] == "yes";
        return {};
    }

    const Tsv& table_;
    const TmfCatalogue& catalogue_;
};

} // namespace

Result<std::vector<Rule>> read_rules(const Source& source, const std::string& file, const TmfCatalogue& catalogue) {
    DOSSIER_TRY(const Tsv table,
                source.read_tsv(file, {"rule", "unique_id", "artifact", "name", "level", "kind", "per", "role", "condition", "due_anchor",
                                       "due_offset_days", "count", "validity", "restricted", "basis", "confidence", "note"}));
    const RuleReader reader(table, catalogue);
    std::vector<Rule> rules;
    std::map<std::string, std::int64_t> lines;
    for (const TsvRow& row : table.rows) {
        DOSSIER_TRY(Rule rule, reader.read(row));
        const auto [first, is_new] = lines.emplace(rule.id, row.line);
        if (!is_new)
            return Error(ErrorKind::invalid, fill("rule {} stands already in line {}", rule.id, first->second),
                         {table.path, "", row.line, "rule", -1});
        rules.push_back(std::move(rule));
    }
    std::sort(rules.begin(), rules.end(), [](const Rule& a, const Rule& b) { return a.id < b.id; });
    return rules;
}

} // namespace dossier::templates
