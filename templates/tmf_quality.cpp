#include "templates/tmf_quality.hpp"

#include <algorithm>
#include <set>

#include "core/text.hpp"
#include "templates/row_reader.hpp"

namespace dossier::templates {

namespace {

constexpr std::initializer_list<const char*> confidences = {"high", "medium", "low"};
constexpr std::initializer_list<const char*> sources = {"official", "secondary", "unverified"};

// A model may lack an artifact that these tables name; whatever asks for it then finds no document.
int artifact_of(RowReader& reader, std::string_view column, const std::string& text) {
    if (text.size() == 3 && text.find_first_not_of("0123456789") == std::string::npos && text != "000") return std::stoi(text);
    reader.fail(column, fill("\"{}\" is no unique identifier of three digits", text));
    return 0;
}

Result<std::vector<RejectionCode>> read_codes(const Source& source) {
    DOSSIER_TRY(const Tsv table, source.read_tsv("tmf/review-codes.tsv", {"code", "steps", "text", "remedy", "confidence"}));
    std::vector<RejectionCode> codes;
    std::set<std::string> seen;
    for (const TsvRow& row : table.rows) {
        RowReader reader(table, row);
        RejectionCode code;
        code.code = reader.text("code");
        if (!is_plain_name(replace_all(code.code, "_", "-"))) reader.fail("code", "a code is written in small letters and '_'");
        if (!seen.insert(code.code).second) reader.fail("code", "this code stands there twice");
        for (const std::string& word : reader.list("steps")) {
            const auto step = to_review_step(word);
            if (!step || *step == ReviewStep::approval)
                reader.fail("steps", fill("unknown word \"{}\"; possible are intake, index, content", word));
            else
                code.steps.push_back(*step);
        }
        if (code.steps.empty()) reader.fail("steps", "a code belongs to at least one step");
        code.text = reader.text("text");
        code.remedy = reader.text("remedy");
        code.confidence = reader.one_of("confidence", sources);
        if (reader.error()) return *reader.error();
        codes.push_back(std::move(code));
    }
    return codes;
}

Result<std::vector<CriticalArtifact>> read_critical(const Source& source) {
    DOSSIER_TRY(const Tsv table, source.read_tsv("tmf/critical-artifacts.tsv", {"unique_id", "artifact", "name", "reason", "confidence"}));
    std::vector<CriticalArtifact> critical;
    for (const TsvRow& row : table.rows) {
        RowReader reader(table, row);
        CriticalArtifact artifact;
        artifact.unique_id = artifact_of(reader, "unique_id", reader.text("unique_id"));
        artifact.reason = reader.text("reason");
        artifact.confidence = reader.one_of("confidence", sources);
        if (!critical.empty() && critical.back().unique_id >= artifact.unique_id)
            reader.fail("unique_id", "rows are sorted by unique identifier, each once");
        if (reader.error()) return *reader.error();
        critical.push_back(std::move(artifact));
    }
    return critical;
}

OrderingSide read_side(RowReader& reader, std::string_view column, const std::string& text, const TmfCatalogue& model) {
    OrderingSide side;
    const std::size_t colon = std::min(text.find(':'), text.size());
    const std::string kind = text.substr(0, colon), what = text.substr(std::min(colon + 1, text.size()));
    if (kind == "document" || kind == "final") {
        side.kind = kind == "final" ? OrderingSide::Kind::final : OrderingSide::Kind::document;
        side.unique_id = artifact_of(reader, column, what);
    } else if (kind == "milestone" || kind == "earliest") {
        side.kind = kind == "earliest" ? OrderingSide::Kind::earliest : OrderingSide::Kind::milestone;
        side.code = what;
        if (!model.milestone(what)) reader.fail(column, fill("there is no milestone \"{}\"", what));
    } else if (text == "person:start") {
        side.kind = OrderingSide::Kind::person;
    } else if (text == "shipment:first") {
        side.kind = OrderingSide::Kind::shipment;
    } else {
        reader.fail(column, fill("\"{}\" is no side of a rule; possible are document:101, final:209, milestone:03, earliest:S07, "
                                 "person:start, shipment:first",
                                 text));
    }
    return side;
}

// "shipment:first or document:121", "milestone:03 else document:102".
void read_later(RowReader& reader, OrderingRule& rule, const TmfCatalogue& model) {
    const std::string text = reader.text("later");
    const std::pair<std::string_view, std::optional<OrderingSide> OrderingRule::*> joints[] = {{" or ", &OrderingRule::also},
                                                                                               {" else ", &OrderingRule::instead}};
    for (const auto& [joint, second] : joints) {
        const std::size_t at = text.find(joint);
        if (at == std::string::npos) continue;
        rule.later = read_side(reader, "later", text.substr(0, at), model);
        rule.*second = read_side(reader, "later", text.substr(at + joint.size()), model);
        return;
    }
    rule.later = read_side(reader, "later", text, model);
}

Result<OrderingRule> read_ordering_rule(const Tsv& table, const TsvRow& row, const TmfCatalogue& model) {
    RowReader reader(table, row);
    OrderingRule rule;
    rule.id = reader.text("rule");
    const std::string scope = reader.one_of("scope", {"study", "country", "site", "person"});
    for (const auto known :
         {OrderingRule::Scope::study, OrderingRule::Scope::country, OrderingRule::Scope::site, OrderingRule::Scope::person})
        if (to_text(known) == scope) rule.scope = known;
    rule.earlier = read_side(reader, "earlier", reader.text("earlier"), model);
    read_later(reader, rule, model);
    if (const std::string until = reader.optional_text("until"); !until.empty()) rule.until = read_side(reader, "until", until, model);
    if (rule.until && rule.earlier.kind != OrderingSide::Kind::document)
        reader.fail("until", "only a document covers a span; 'earlier' is none");
    const auto is_for = [&rule](OrderingSide::Kind kind) { return rule.earlier.kind == kind || rule.later.kind == kind; };
    if (is_for(OrderingSide::Kind::person) && rule.scope != OrderingRule::Scope::person)
        reader.fail("scope", "person:start needs the scope person");
    if (is_for(OrderingSide::Kind::shipment) && rule.scope != OrderingRule::Scope::site)
        reader.fail("scope", "shipment:first needs the scope site");
    rule.text = reader.text("text");
    rule.remedy = reader.text("remedy");
    rule.confidence = reader.one_of("confidence", confidences);
    if (reader.error()) return *reader.error();
    return rule;
}

Result<std::vector<OrderingRule>> read_ordering(const Source& source, const TmfCatalogue& model) {
    DOSSIER_TRY(const Tsv table,
                source.read_tsv("tmf/ordering-rules.tsv", {"rule", "scope", "earlier", "later", "until", "text", "remedy", "confidence"}));
    std::vector<OrderingRule> rules;
    for (const TsvRow& row : table.rows) {
        DOSSIER_TRY(OrderingRule rule, read_ordering_rule(table, row, model));
        if (!rules.empty() && rules.back().id >= rule.id)
            return RowReader(table, row).error_at("rule", "rows are sorted by rule, each once");
        rules.push_back(std::move(rule));
    }
    return rules;
}

} // namespace

const std::vector<ReviewStep>& review_steps() {
    static const std::vector<ReviewStep> steps = {ReviewStep::intake, ReviewStep::index, ReviewStep::content, ReviewStep::approval};
    return steps;
}

std::string_view to_text(ReviewStep step) {
    switch (step) {
    case ReviewStep::intake:
        return "intake";
    case ReviewStep::index:
        return "index";
    case ReviewStep::content:
        return "content";
    case ReviewStep::approval:
        break;
    }
    return "approval";
}

std::optional<ReviewStep> to_review_step(std::string_view text) {
    for (const ReviewStep step : review_steps())
        if (to_text(step) == text) return step;
    return std::nullopt;
}

std::string_view to_text(OrderingRule::Scope scope) {
    switch (scope) {
    case OrderingRule::Scope::study:
        return "study";
    case OrderingRule::Scope::country:
        return "country";
    case OrderingRule::Scope::site:
        return "site";
    case OrderingRule::Scope::person:
        break;
    }
    return "person";
}

bool RejectionCode::fits(ReviewStep step) const {
    return step == ReviewStep::approval || std::find(steps.begin(), steps.end(), step) != steps.end();
}

const RejectionCode* QualityCatalogue::code(std::string_view wanted) const {
    const auto found = std::find_if(codes.begin(), codes.end(), [wanted](const RejectionCode& code) { return code.code == wanted; });
    return found == codes.end() ? nullptr : &*found;
}

std::vector<std::string> QualityCatalogue::codes_for(ReviewStep step) const {
    std::vector<std::string> words;
    for (const RejectionCode& code : codes)
        if (code.fits(step)) words.push_back(code.code);
    return words;
}

const CriticalArtifact* QualityCatalogue::critical_artifact(int unique_id) const {
    const auto found = std::lower_bound(critical.begin(), critical.end(), unique_id,
                                        [](const CriticalArtifact& artifact, int id) { return artifact.unique_id < id; });
    return found != critical.end() && found->unique_id == unique_id ? &*found : nullptr;
}

Result<QualityCatalogue> read_quality_catalogue(const Source& source, const TmfCatalogue& model) {
    QualityCatalogue catalogue;
    DOSSIER_TRY(catalogue.codes, read_codes(source));
    DOSSIER_TRY(catalogue.critical, read_critical(source));
    DOSSIER_TRY(catalogue.ordering, read_ordering(source, model));
    return catalogue;
}

} // namespace dossier::templates
