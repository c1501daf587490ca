// Checks of a region with an envelope for each country: which envelopes there are, what they say together, and the countries of leaves.
#include "ectd/check.hpp"

#include <algorithm>

#include "core/path.hpp"
#include "core/text.hpp"
#include "ectd/missing_sequences.hpp"

namespace dossier::ectd {

namespace {

std::string envelope_place(const EnvelopeFact& envelope, const std::string& field = {}) {
    return line_place(envelope.line, "envelope " + envelope.country + (field.empty() ? "" : ", " + field));
}

// "ema, de"; of different procedures: "ema (centralised), de (national)".
std::string countries_of(const std::vector<const EnvelopeFact*>& envelopes) {
    const auto procedure = [](const EnvelopeFact* envelope) { return envelope->field("procedure@type"); };
    const bool mixed = std::any_of(envelopes.begin(), envelopes.end(),
                                   [&](const EnvelopeFact* one) { return procedure(one) != procedure(envelopes.front()); });
    std::vector<std::string> countries;
    for (const EnvelopeFact* envelope : envelopes) {
        const std::string words = procedure(envelope).empty() ? "no procedure" : procedure(envelope);
        countries.push_back(envelope->country + (mixed ? " (" + words + ")" : ""));
    }
    return join(countries, ", ");
}

// The envelopes of a kind of procedure or type of submission: how many, of which countries.
void check_countries(const SequenceFacts& facts, const Parameters& parameters, CheckOutput& out) {
    std::vector<const EnvelopeFact*> meant, all;
    bool fits = true;
    for (const EnvelopeFact& envelope : facts.envelopes) {
        all.push_back(&envelope);
        const std::string procedure = envelope.field("procedure@type"), type = envelope.field("submission@type");
        if (parameters.has("procedures") && !parameters.lists("procedures", procedure)) continue;
        if (parameters.has("types") && !parameters.lists("types", type)) continue;
        if (parameters.lists("not_types", type)) continue;
        meant.push_back(&envelope);
        if (parameters.has("only")) fits = fits && parameters.lists("only", envelope.country);
        fits = fits && !parameters.lists("never", envelope.country);
    }
    if (meant.empty()) return;
    out.examined();
    const bool one = parameters.has("one"); // in the whole regional file, of whatever kind
    if (one && all.size() != 1) fits = false;
    if (!fits) out.finding(facts.regional.path, "eu-envelope", {{"countries", countries_of(one ? all : meant)}});
}

bool fits_all(const EnvelopeFact& envelope, const std::map<std::string, std::vector<std::string>>& conditions) {
    return std::all_of(conditions.begin(), conditions.end(), [&](const auto& condition) {
        const std::string value = condition.first == "country" ? envelope.country : envelope.field(condition.first);
        return std::find(condition.second.begin(), condition.second.end(), value) != condition.second.end();
    });
}

// Where an envelope has the values of `when` and not those of `unless`, its `field` has to be one of `values`, to be there, or
// (`absent`) not to be there.
void check_condition(const SequenceFacts& facts, const Parameters& parameters, CheckOutput& out) {
    const std::string& field = parameters.text("field");
    for (const EnvelopeFact& envelope : facts.envelopes) {
        if (!fits_all(envelope, parameters.table("when"))) continue;
        if (!parameters.table("unless").empty() && fits_all(envelope, parameters.table("unless"))) continue;
        out.examined();
        const std::string value = envelope.field(field);
        const bool fits = parameters.has("values")   ? parameters.lists("values", value)
                          : parameters.has("absent") ? envelope.fields_of(field).empty()
                                                     : !value.empty();
        if (fits) continue;
        out.finding(facts.regional.path, envelope_place(envelope, field),
                    {{"value", value.empty() ? "empty" : "\"" + value + "\""},
                     {"country", envelope.country},
                     {"type", envelope.field("submission@type")},
                     {"mode", envelope.field("submission@mode")},
                     {"procedure", envelope.field("procedure@type")}});
    }
}

// `opens`: units that open a regulatory activity, whose related sequence is their own; of every other unit it never is.
void check_related(const SequenceFacts& facts, const Parameters& parameters, CheckOutput& out) {
    const bool own = parameters.text("own") == "yes";
    for (const EnvelopeFact& envelope : facts.envelopes) {
        const std::string unit = envelope.field("submission-unit@type");
        if (parameters.lists("opens", unit) != own) continue;
        for (const FieldFact* related : envelope.fields_of("related-sequence")) {
            out.examined();
            if ((related->value == facts.sequence->folder) != own)
                out.finding(facts.regional.path, line_place(related->line, "envelope " + envelope.country + ", related-sequence"),
                            {{"value", related->value}, {"unit", unit}, {"folder", facts.sequence->folder}});
        }
    }
}

bool is_uuid(const std::string& text) {
    if (text.size() != 36) return false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool hyphen = i == 8 || i == 13 || i == 18 || i == 23;
        const char c = text[i];
        const bool hex = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
        if (hyphen ? c != '-' : !hex) return false;
    }
    return true;
}

// "{0C27-..." and "0c27..." are one identifier, written wrong and right.
std::string hex_digits(const std::string& text) {
    std::string digits = to_lower(text);
    digits.erase(std::remove_if(digits.begin(), digits.end(), [](char c) { return !((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f')); }),
                 digits.end());
    return digits;
}

void check_uuid(const SequenceFacts& facts, const Parameters& parameters, CheckOutput& out) {
    for (const FieldFact* field : facts.fields_of(parameters.text("field"))) {
        out.examined();
        if (!is_uuid(field->value))
            out.finding(facts.regional.path, line_place(field->line, field->name), {{"value", "\"" + field->value + "\""}});
    }
}

void check_same(const SequenceFacts& facts, const Parameters& parameters, CheckOutput& out) {
    const auto fields = facts.fields_of(parameters.text("field"));
    for (std::size_t i = 1; i < fields.size(); ++i) {
        out.examined();
        if (fields[i]->value != fields[0]->value)
            out.finding(facts.regional.path, line_place(fields[i]->line, fields[i]->name),
                        {{"value", fields[i]->value}, {"first", fields[0]->value}});
    }
    if (fields.size() == 1) out.examined();
}

// Why nobody can say what the sequence right before this one has; empty: it is here and was read.
std::string unknown_neighbour(const SequenceFacts& facts) {
    if (!facts.previous) return facts.history_gap.empty() ? "" : "the history is not whole: " + facts.history_gap;
    const SequenceNumber before = facts.previous->number;
    if (const std::string missing = missing_sequences(facts, {before, {}}); !missing.empty()) return missing;
    const Sequence* previous = facts.earlier(before);
    return previous && previous->regional.is_read() ? "" : fill("the regional file of sequence {} cannot be read", before.text());
}

void check_kept(const SequenceFacts& facts, const Parameters& parameters, CheckOutput& out) {
    const auto fields = facts.fields_of(parameters.text("field"));
    if (fields.empty()) return;
    if (const std::string reason = unknown_neighbour(facts); !reason.empty()) out.not_run(reason);
    if (!facts.previous || facts.previous->identifier.empty()) return;
    out.examined();
    const bool is_told = !is_uuid(fields[0]->value) && hex_digits(fields[0]->value) == hex_digits(facts.previous->identifier); // by form
    if (fields[0]->value != facts.previous->identifier && !is_told)
        out.finding(facts.regional.path, line_place(fields[0]->line, fields[0]->name),
                    {{"value", fields[0]->value}, {"earlier", facts.previous->identifier}, {"sequence", facts.previous->number.text()}});
}

const std::string* country_of(const Leaf& leaf) {
    const auto country = leaf.place->attributes.find("country");
    return country == leaf.place->attributes.end() || country->second.empty() ? nullptr : &country->second;
}

void check_leaf_country(const SequenceFacts& facts, const Parameters& parameters, CheckOutput& out) {
    for (const LeafFact& fact : facts.leaves) {
        const Leaf& leaf = *fact.leaf;
        const std::string* country = country_of(leaf);
        if (!country || !parameters.lists("operations", leaf.operation) || parameters.lists("except", *country)) continue;
        out.examined();
        const bool known = std::any_of(facts.envelopes.begin(), facts.envelopes.end(),
                                       [&](const EnvelopeFact& envelope) { return envelope.country == *country; });
        if (!known) out.finding(xml_path(leaf), in_file(leaf), {{"country", *country}});
    }
}

// The country that stands in the path: as a folder, or before the first hyphen of the file's name.
std::string country_in(const std::string& file, const std::string& where, const std::vector<std::string>& codes) {
    auto is_code = [&](const std::string& word) { return std::find(codes.begin(), codes.end(), word) != codes.end(); };
    if (where == "name") {
        const std::string name = path::file_name(file), word = name.substr(0, name.find_first_of("-."));
        return is_code(word) ? word : "";
    }
    std::vector<std::string> parts = path::parts(path::parent(file)); // 0001/m1/eu/10-cover/ema: from the fourth on
    for (std::size_t i = 4; i < parts.size(); ++i)
        if (is_code(parts[i])) return parts[i];
    return "";
}

void check_path_country(const SequenceFacts& facts, const Parameters& parameters, CheckOutput& out) {
    for (const LeafFact& fact : facts.leaves) {
        const std::string* country = country_of(*fact.leaf);
        if (!country || fact.file().empty()) continue;
        const std::string found = country_in(fact.file(), parameters.text("in"), parameters.texts("countries"));
        if (found.empty()) continue; // no country there at all: the rules about names say that
        out.examined();
        if (found != *country) out.finding(fact.file(), leaf_place(*fact.leaf), {{"country", *country}, {"found", found}});
    }
}

} // namespace

std::vector<Check> country_checks() {
    const char* const subject = "envelope of this kind";
    const ParameterSpec field{"field", ParameterKind::text, true};
    const auto perhaps = [](const char* name, ParameterKind kind) { return ParameterSpec{name, kind, false}; };
    return {
        {"envelope.countries",
         subject,
         {perhaps("procedures", ParameterKind::texts), perhaps("types", ParameterKind::texts), perhaps("not_types", ParameterKind::texts),
          perhaps("only", ParameterKind::texts), perhaps("never", ParameterKind::texts), perhaps("one", ParameterKind::text)},
         {"countries"},
         check_countries},
        {"envelope.condition",
         subject,
         {field, perhaps("when", ParameterKind::table), perhaps("unless", ParameterKind::table), perhaps("values", ParameterKind::texts),
          perhaps("absent", ParameterKind::text)},
         {"value", "country", "type", "mode", "procedure"},
         check_condition},
        {"envelope.related",
         subject,
         {{"opens", ParameterKind::texts, true}, {"own", ParameterKind::text, true}},
         {"value", "unit", "folder"},
         check_related},
        {"field.uuid", "such field in the regional file", {field}, {"value"}, check_uuid},
        {"field.same", "such field in the regional file", {field}, {"value", "first"}, check_same},
        {"field.kept", "earlier sequence with such a field", {field}, {"value", "earlier", "sequence"}, check_kept},
        {"leaf.country",
         "leaf with a country",
         {{"operations", ParameterKind::texts, true}, {"except", ParameterKind::texts, true}},
         {"country"},
         check_leaf_country},
        {"leaf.path_country",
         "leaf with a country in its path",
         {{"in", ParameterKind::text, true}, {"countries", ParameterKind::texts, true}},
         {"country", "found"},
         check_path_country},
    };
}

} // namespace dossier::ectd
