// Checks of the envelope: single fields, code lists, the regulatory activity a sequence belongs to.
#include "ectd/check.hpp"

#include <algorithm>
#include <map>

#include "core/text.hpp"

namespace dossier::ectd {

namespace {

bool is_digits(std::string_view text, std::size_t count) {
    return text.size() == count && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

void check_present(const SequenceFacts& facts, const Parameters& parameters, CheckOutput& out) {
    for (const std::string& name : parameters.texts("fields"))
        for (const FieldFact* field : facts.fields_of(name)) {
            out.examined();
            if (field->value.empty()) out.finding(facts.regional.path, line_place(field->line, field->name));
        }
}

void check_digits(const SequenceFacts& facts, const Parameters& parameters, CheckOutput& out) {
    for (const FieldFact* field : facts.fields_of(parameters.text("field"))) {
        out.examined();
        if (!is_digits(field->value, static_cast<std::size_t>(parameters.number("digits"))))
            out.finding(facts.regional.path, line_place(field->line, field->name), {{"value", "\"" + field->value + "\""}});
    }
}

void check_length(const SequenceFacts& facts, const Parameters& parameters, CheckOutput& out) {
    for (const std::string& name : parameters.texts("fields"))
        for (const FieldFact* field : facts.fields_of(name)) {
            out.examined();
            const auto length = std::count_if(field->value.begin(), field->value.end(),
                                              [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; });
            if (length > parameters.number("max"))
                out.finding(facts.regional.path, line_place(field->line, field->name), {{"length", fill("{}", length)}});
        }
}

// The form that goes with a submission (356h, 1571 ...): a leaf under a form element.
// `except_versions`: of module 1, which have no place for a form beside the envelope.
void check_form(const SequenceFacts& facts, const Parameters& parameters, CheckOutput& out) {
    if (parameters.lists("except_versions", facts.regional.dtd_version)) return;
    out.examined();
    const bool has_form =
        std::any_of(facts.leaves.begin(), facts.leaves.end(), [](const LeafFact& leaf) { return !leaf.leaf->place->form_type.empty(); });
    if (!has_form) out.finding(facts.regional.path, "submission-information");
}

bool is_official(const std::vector<templates::Code>& list) {
    return std::all_of(list.begin(), list.end(), [](const templates::Code& code) { return code.confidence == "official"; });
}

void check_code(const SequenceFacts& facts, const Parameters& parameters, CheckOutput& out) {
    const std::string& list = parameters.text("list");
    const auto codes = facts.catalogue->code_lists.find(list);
    if (codes == facts.catalogue->code_lists.end()) return out.not_run(fill("the code list {} is not at hand", list));
    for (const FieldFact* field : facts.fields_of(parameters.text("field"))) {
        out.examined();
        const templates::Code* known = facts.catalogue->code(list, field->value);
        if (known && known->code == field->value && parameters.lists("statuses", known->status)) continue;
        std::string hint = fill("the codes are {} to {}", codes->second.front().code, codes->second.back().code);
        bool sure = is_official(codes->second);
        if (known && known->code == field->value) {
            hint = fill("{} ({}) may not be used here", known->code, known->display);
            sure = known->confidence == "official";
        } else if (known) {
            hint = fill("the code for {} is {}", known->display, known->code);
        }
        out.finding(facts.regional.path, line_place(field->line, field->name), {{"value", "\"" + field->value + "\""}, {"hint", hint}},
                    sure);
    }
}

// The number of the sequence that opened the regulatory activity: four digits, not above this sequence's own.
void check_activity(const SequenceFacts& facts, const Parameters& parameters, CheckOutput& out) {
    for (const FieldFact* field : facts.fields_of(parameters.text("field"))) {
        out.examined();
        const auto number = SequenceNumber::parse(field->value);
        if (number && *number <= facts.sequence->number) continue;
        out.finding(facts.regional.path, line_place(field->line, field->name),
                    {{"value", "\"" + field->value + "\""}, {"problem", number ? "is later than this sequence" : "is not four digits"}});
    }
}

// The sequence that the first submission-id names, where it is an earlier one; with the reason when it cannot be looked at.
const Sequence* opening_sequence(const SequenceFacts& facts, CheckOutput& out) {
    const auto number = SequenceNumber::parse(facts.sequence->envelope.submission_id);
    if (!number || *number >= facts.sequence->number) return nullptr;
    const Sequence* opening = facts.earlier(*number);
    if (!opening)
        out.not_run(fill("sequence {}, which opened the regulatory activity, is not here", number->text()));
    else if (!opening->regional.is_read())
        out.not_run(
            fill("the regional file of sequence {}, which opened the regulatory activity, is not there or cannot be read", number->text()));
    return opening && opening->regional.is_read() ? opening : nullptr;
}

std::int64_t line_of(const SequenceFacts& facts, const char* field) {
    const auto found = facts.fields_of(field);
    return found.empty() ? 0 : found.front()->line;
}

void check_opened(const SequenceFacts& facts, const Parameters&, CheckOutput& out) {
    const Sequence* opening = opening_sequence(facts, out);
    if (!opening) return;
    out.examined();
    const std::string& id = opening->envelope.submission_id;
    if (id != opening->number.text())
        out.finding(facts.regional.path, line_place(line_of(facts, "submission-id"), "submission-id"),
                    {{"opening", opening->number.text()}, {"its_id", id}});
}

void check_activity_type(const SequenceFacts& facts, const Parameters&, CheckOutput& out) {
    const Sequence* opening = opening_sequence(facts, out);
    if (!opening) return;
    out.examined();
    const std::string &first = opening->envelope.submission_type, &now = facts.sequence->envelope.submission_type;
    if (first != now)
        out.finding(facts.regional.path, line_place(line_of(facts, "submission-id"), "submission-id@submission-type"),
                    {{"opening", opening->number.text()}, {"first", first}, {"now", now}});
}

// From `first`, which this sequence is related to, along related sequences back to this one: the shortest way, both ends named. Empty where
// no way leads back; with the reason where one cannot be followed.
std::vector<std::string> circle_through(const SequenceFacts& facts, SequenceNumber first, CheckOutput& out) {
    const SequenceNumber own = facts.sequence->number;
    std::map<SequenceNumber, SequenceNumber> named_by{{first, own}};
    std::vector<SequenceNumber> open{first};
    for (std::size_t at = 0; at < open.size(); ++at) {
        const SequenceNumber number = open[at];
        if (number == own) {
            std::vector<std::string> circle{own.text()};
            for (SequenceNumber step = named_by.at(own); step != own; step = named_by.at(step)) circle.push_back(step.text());
            circle.push_back(own.text());
            return {circle.rbegin(), circle.rend()};
        }
        const Sequence* sequence = facts.earlier(number);
        if (!sequence || !sequence->regional.is_read()) {
            out.not_run(fill("sequence {} is {}: whether the related sequences lead back from there cannot be told", number.text(),
                             number > own          ? "later than this one"
                             : sequence == nullptr ? "not here"
                                                   : "here without a module 1 that can be read"));
            continue;
        }
        for (const std::string& related : sequence->envelope.related_sequences)
            if (const auto next = SequenceNumber::parse(four_digits(related)); next && named_by.emplace(*next, number).second)
                open.push_back(*next);
    }
    return {};
}

// A circle that this sequence is part of. One that it only leads to is said of the sequences that form it.
void check_circle(const SequenceFacts& facts, const Parameters& parameters, CheckOutput& out) {
    for (const FieldFact* field : facts.fields_of(parameters.text("field"))) {
        out.examined();
        const auto number = SequenceNumber::parse(four_digits(field->value));
        if (!number) continue; // names no sequence
        const std::vector<std::string> circle = circle_through(facts, *number, out);
        if (circle.empty()) continue;
        const bool is_itself = *number == facts.sequence->number; // whether that is meant by a circle is not published
        out.finding(facts.regional.path, line_place(field->line, field->name),
                    {{"problem",
                      is_itself ? "the sequence is related to itself" : "the related sequences lead in a circle: " + join(circle, ", ")}},
                    !is_itself);
    }
}

} // namespace

std::vector<Check> envelope_checks() {
    const char* const subject = "such field in the regional file";
    const char* const activity = "continued regulatory activity";
    const ParameterSpec field{"field", ParameterKind::text, true};
    return {
        {"field.present", subject, {{"fields", ParameterKind::texts, true}}, {}, check_present},
        {"field.digits", subject, {field, {"digits", ParameterKind::number, true}}, {"value"}, check_digits},
        {"field.length", subject, {{"fields", ParameterKind::texts, true}, {"max", ParameterKind::number, true}}, {"length"}, check_length},
        {"field.code",
         subject,
         {field, {"list", ParameterKind::text, true}, {"statuses", ParameterKind::texts, true}},
         {"value", "hint"},
         check_code},
        {"envelope.form", "place for a form in the envelope", {{"except_versions", ParameterKind::texts, false}}, {}, check_form},
        {"activity.number", subject, {field}, {"value", "problem"}, check_activity},
        {"activity.opened", activity, {}, {"opening", "its_id"}, check_opened},
        {"activity.circle", "related sequence", {field}, {"problem"}, check_circle},
        {"activity.type", activity, {}, {"opening", "first", "now"}, check_activity_type},
    };
}

} // namespace dossier::ectd
