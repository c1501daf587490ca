// Checks of the envelope: single fields and code lists.
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

} // namespace

std::vector<Check> envelope_checks() {
    const char* const subject = "such field in the regional file";
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
    };
}

} // namespace dossier::ectd
