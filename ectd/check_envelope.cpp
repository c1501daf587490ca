// Checks of the envelope: single fields, code lists, the regulatory activity a sequence belongs to.
#include "ectd/check.hpp"

#include <algorithm>

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
void check_form(const SequenceFacts& facts, const Parameters&, CheckOutput& out) {
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
        {"envelope.form", "regional file", {}, {}, check_form},
        {"activity.number", subject, {field}, {"value", "problem"}, check_activity},
        {"activity.opened", activity, {}, {"opening", "its_id"}, check_opened},
        {"activity.type", activity, {}, {"opening", "first", "now"}, check_activity_type},
    };
}

} // namespace dossier::ectd
