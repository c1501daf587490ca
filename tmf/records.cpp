#include "tmf/records.hpp"

#include <algorithm>
#include <numeric>

#include "core/text.hpp"

namespace dossier::tmf {

namespace {

std::optional<std::int64_t> digits(std::string_view text) {
    if (text.empty() || text.size() > 12) return std::nullopt;
    std::int64_t value = 0;
    for (const char c : text) {
        if (c < '0' || c > '9') return std::nullopt;
        value = value * 10 + (c - '0');
    }
    return value;
}

void set_date(Json& json, const char* key, const OptionalDate& date, bool carried = false) {
    if (date) json.set(key, date->text());
    if (date && carried) json.set(std::string(key) + "_carried_over", true);
}

void set_text(Json& json, const char* key, const std::string& text) {
    if (!text.empty()) json.set(key, text);
}

} // namespace

namespace {

// By hand: completeness makes one for each document.
std::string numbered(char letter, std::int64_t number) {
    const std::string digits_ = std::to_string(number);
    std::string id{letter, '-'};
    if (digits_.size() < 6) id.append(6 - digits_.size(), '0');
    return id += digits_;
}

} // namespace

std::string document_id(std::int64_t number) { return numbered('D', number); }
std::string decision_id(std::int64_t number) { return numbered('W', number); }

std::optional<std::int64_t> parse_document_id(std::string_view text) {
    text = trim(text);
    if (text.size() < 3 || (text[0] != 'D' && text[0] != 'd') || text[1] != '-') return std::nullopt;
    const auto number = digits(text.substr(2));
    return number && *number > 0 ? number : std::nullopt;
}

std::optional<std::int64_t> parse_decision_id(std::string_view text) {
    text = trim(text);
    if (text.size() < 3 || (text[0] != 'W' && text[0] != 'w') || text[1] != '-') return std::nullopt;
    const auto number = digits(text.substr(2));
    return number && *number > 0 ? number : std::nullopt;
}

std::optional<VersionReference> parse_version_reference(std::string_view text) {
    const std::size_t at = text.find('@');
    const auto document = parse_document_id(text.substr(0, at));
    if (!document) return std::nullopt;
    if (at == std::string_view::npos) return VersionReference{*document, 0};
    const auto version = digits(trim(text.substr(at + 1)));
    if (!version || *version < 1 || *version > 1'000'000) return std::nullopt;
    return VersionReference{*document, static_cast<int>(*version)};
}

Json to_json(const StudyRecord& record) {
    Json json = Json::object({{"id", record.id}, {"model", record.model}});
    const auto facts = parse_json(record.facts);
    json.set("facts", facts ? *facts : Json(record.facts));
    return json;
}

Json to_json(const DocumentRecord& record) {
    Json json = Json::object({{"id", document_id(record.number)}, {"study", record.study}});
    json.set("unique_id", fill("{:03}", record.unique_id));
    set_text(json, "sub_artifact", record.sub_artifact);
    set_text(json, "country", record.country);
    set_text(json, "site", record.site);
    if (record.restricted) json.set("restricted", true);
    set_text(json, "external", record.external);
    set_text(json, "sealed", record.sealed);
    return json;
}

Json to_json(const VersionRecord& record) {
    Json json = Json::object({{"document", document_id(record.document)}, {"number", record.number}});
    set_text(json, "label", record.label);
    set_text(json, "title", record.title);
    set_text(json, "person", record.person);
    set_text(json, "event", record.event);
    set_text(json, "language", record.language);
    set_date(json, "date", record.date);
    set_date(json, "expires", record.expires);
    set_date(json, "received", record.received, record.carried.received);
    set_date(json, "final", record.final, record.carried.final);
    set_date(json, "accepted", record.accepted, record.carried.accepted);
    set_date(json, "rejected", record.rejected, record.carried.rejected);
    set_date(json, "withdrawn", record.withdrawn, record.carried.withdrawn);
    set_text(json, "pointer", record.pointer);
    if (record.sha256) json.set("sha256", record.sha256->hex()).set("size", record.size);
    set_text(json, "media_type", record.media_type);
    set_text(json, "file_name", record.file_name);
    set_text(json, "filed_at", record.filed_at);
    set_text(json, "filed_by", record.filed_by);
    set_text(json, "review_comment", record.review_comment);
    set_text(json, "copy_certified_by", record.copy.certified_by);
    set_date(json, "copy_certified_on", record.copy.certified_on);
    set_text(json, "copy_statement", record.copy.statement);
    set_text(json, "copy_source", record.copy.source);
    set_text(json, "sealed", record.sealed);
    return json;
}

Json to_json(const DecisionRecord& record) {
    const Decision& decision = record.decision;
    Json json = Json::object({{"id", decision_id(record.number)}, {"study", record.study}});
    json.set("kind", decision.kind == Decision::Kind::waived ? "waived" : "not_applicable");
    set_text(json, "rule", decision.rule);
    set_text(json, "country", decision.country);
    set_text(json, "site", decision.site);
    set_text(json, "person", decision.person);
    set_text(json, "event", decision.event);
    set_text(json, "language", decision.language);
    set_date(json, "date", decision.date);
    set_date(json, "until", decision.until);
    set_text(json, "by", decision.by);
    set_text(json, "reason", decision.reason);
    return json;
}

Json to_json(const StandardRecord& record) {
    return Json::object({{"id", record.kind + " " + record.name},
                         {"kind", record.kind},
                         {"name", record.name},
                         {"sha256", record.sha256.hex()},
                         {"size", record.size},
                         {"file_name", record.file_name}});
}

namespace {

// The numbers of "2.0", "02.0", "v2", "Version 2.0", without zeros at the end; none when it has anything else in it.
std::optional<std::vector<std::int64_t>> label_numbers(const std::string& label) {
    const std::string lower = to_lower(trim(label));
    std::string_view text = lower;
    for (const std::string_view prefix : {"version", "vers", "ver", "v"})
        if (starts_with(text, prefix)) {
            text.remove_prefix(prefix.size());
            if (starts_with(text, ".")) text.remove_prefix(1);
            text = trim(text);
            break;
        }
    std::vector<std::int64_t> values;
    for (const std::string& part : split(text, '.')) {
        const auto value = digits(part);
        if (!value) return std::nullopt;
        values.push_back(*value);
    }
    if (values.empty()) return std::nullopt;
    while (!values.empty() && values.back() == 0) values.pop_back();
    return values;
}

} // namespace

bool is_numeric_label(const std::string& label) { return label_numbers(label).has_value(); }

bool label_before(const std::string& a, const std::string& b) { return label_numbers(a) < label_numbers(b); }

std::string label_key(const std::string& label) {
    const auto numbers = label_numbers(label);
    if (!numbers) return to_lower(trim(label));
    std::vector<std::string> parts;
    for (const std::int64_t number : *numbers) parts.push_back(std::to_string(number));
    return parts.empty() ? "0" : join(parts, ".");
}

std::vector<std::size_t> order_of(const std::vector<VersionRecord>& versions) {
    std::vector<std::size_t> order(versions.size());
    if (order.size() < 2) return order;
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return versions[a].number < versions[b].number; });
    const auto all = [&](auto test) { return std::all_of(versions.begin(), versions.end(), test); };
    if (all([](const VersionRecord& v) { return is_numeric_label(v.label); }))
        std::stable_sort(order.begin(), order.end(),
                         [&](std::size_t a, std::size_t b) { return label_before(versions[a].label, versions[b].label); });
    else if (all([](const VersionRecord& v) { return v.date.has_value(); }))
        std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return *versions[a].date < *versions[b].date; });
    return order;
}

std::vector<DocumentFacts> to_facts(const StoredDocument& stored, bool review) {
    std::vector<DocumentFacts> all(stored.versions.size());
    OptionalDate taken_over; // the first day a newer version was in force
    const auto order = order_of(stored.versions);
    for (auto at = order.rbegin(); at != order.rend(); ++at) {
        const VersionRecord& version = stored.versions[*at];
        DocumentFacts& facts = all[*at];
        facts.document = document_id(stored.document.number);
        facts.unique_id = stored.document.unique_id;
        facts.sub_artifact = stored.document.sub_artifact;
        facts.country = stored.document.country;
        facts.site = stored.document.site;
        facts.persons = split(version.person, ';');
        facts.events = split(version.event, ';');
        facts.language = version.language;
        facts.date = version.date;
        facts.expires = version.expires;
        facts.received = version.received;
        facts.final = version.final;
        facts.accepted = version.accepted;
        facts.rejected = version.rejected;
        facts.withdrawn = version.withdrawn;
        facts.superseded = taken_over;
        facts.pointer = !version.pointer.empty();
        facts.restricted = stored.document.restricted;
        OptionalDate in_force = version.final;
        if (in_force && (review || facts.pointer))
            in_force = version.accepted ? OptionalDate(std::max(*in_force, *version.accepted)) : std::nullopt;
        // Refused or taken back before it came into force: it never replaced anything. On the same day it did, however short.
        if (in_force && ((version.rejected && *version.rejected < *in_force) || (version.withdrawn && *version.withdrawn < *in_force)))
            in_force.reset();
        if (in_force && (!taken_over || *in_force < *taken_over)) taken_over = in_force;
    }
    return all;
}

} // namespace dossier::tmf
