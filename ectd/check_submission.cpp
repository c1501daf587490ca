// Checks of what kind of submission a sequence is and what has to go with it: promotional material, supplements, grouped submissions.
#include "ectd/check.hpp"

#include <algorithm>

#include "core/text.hpp"

namespace dossier::ectd {

namespace {

// The first field `name` whose value is one of `values`; null when the submission is of no such kind.
const FieldFact* field_among(const SequenceFacts& facts, const std::string& name, const Parameters& parameters, const char* values) {
    for (const FieldFact* field : facts.fields_of(name))
        if (parameters.lists(values, field->value)) return field;
    return nullptr;
}

bool is_official(const SequenceFacts& facts, const std::string& list, const std::string& code) {
    const templates::Code* known = facts.catalogue->code(list, code);
    return known && known->confidence == "official";
}

// A submission of `types` with one of `forms` needs a document that is sent under the heading `element`.
void check_section_with_form(const SequenceFacts& facts, const Parameters& parameters, CheckOutput& out) {
    const FieldFact* type = field_among(facts, parameters.text("field"), parameters, "types");
    const FieldFact* form = field_among(facts, "form@form-type", parameters, "forms");
    if (!type || !form) return;
    out.examined();
    const bool is_there = std::any_of(facts.leaves.begin(), facts.leaves.end(), [&](const LeafFact& fact) {
        return fact.leaf->operation != "delete" && fact.leaf->place->element == parameters.text("element");
    });
    if (!is_there)
        out.finding(facts.regional.path, line_place(form->line, form->name), {},
                    is_official(facts, "submission-type", type->value) && is_official(facts, "form-type", form->value));
}

void check_forms_of_type(const SequenceFacts& facts, const Parameters& parameters, CheckOutput& out) {
    const FieldFact* type = field_among(facts, parameters.text("field"), parameters, "types");
    if (!type) return;
    for (const FieldFact* form : facts.fields_of("form@form-type")) {
        out.examined();
        if (parameters.lists("forms", form->value)) continue;
        const templates::Code* known = facts.catalogue->code("form-type", form->value);
        out.finding(facts.regional.path, line_place(form->line, form->name), {{"form", known ? known->display : form->value}},
                    is_official(facts, "submission-type", type->value) && is_official(facts, "form-type", form->value));
    }
}

// An attribute that only submissions of some types carry. The facts hold an element's text before its attributes, in document order.
void check_attribute_of_type(const SequenceFacts& facts, const Parameters& parameters, CheckOutput& out) {
    const std::string &type_name = parameters.text("field"), &name = parameters.text("attribute");
    const std::string element = type_name.substr(0, type_name.find('@'));
    for (auto at = facts.fields.begin(); at != facts.fields.end(); ++at) {
        if (at->name != element) continue;
        const FieldFact *type = nullptr, *attribute = nullptr;
        for (auto next = at + 1; next != facts.fields.end() && starts_with(next->name, element + "@"); ++next) {
            if (next->name == type_name) type = &*next;
            if (next->name == name) attribute = &*next;
        }
        if (!type || !attribute) continue;
        out.examined();
        if (parameters.lists("types", type->value)) continue;
        const templates::Code* known = facts.catalogue->code("submission-type", type->value);
        out.finding(facts.regional.path, line_place(attribute->line, name),
                    {{"type", known ? known->display : type->value}, {"value", "\"" + attribute->value + "\""}});
    }
}

// Applications that are sent as a group: a field that has to be the same in all of them.
void check_grouped(const SequenceFacts& facts, const Parameters& parameters, CheckOutput& out) {
    for (const std::string& name : parameters.texts("fields")) {
        const std::vector<const FieldFact*> fields = facts.fields_of(name);
        for (std::size_t i = 1; i < fields.size(); ++i) {
            out.examined();
            if (fields[i]->value != fields.front()->value)
                out.finding(facts.regional.path, line_place(fields[i]->line, name),
                            {{"value", fields[i]->value}, {"first", fields.front()->value}});
        }
    }
}

} // namespace

std::vector<Check> submission_checks() {
    const ParameterSpec field{"field", ParameterKind::text, true}, types{"types", ParameterKind::texts, true},
        forms{"forms", ParameterKind::texts, true};
    return {
        {"submission.section_with_form",
         "submission of that type with that form",
         {field, types, forms, {"element", ParameterKind::text, true}},
         {},
         check_section_with_form},
        {"submission.forms_of_type", "form of a submission of that type", {field, types, forms}, {"form"}, check_forms_of_type},
        {"submission.attribute_of_type",
         "such attribute in the regional file",
         {field, types, {"attribute", ParameterKind::text, true}},
         {"type", "value"},
         check_attribute_of_type},
        {"submission.grouped", "group of applications", {{"fields", ParameterKind::texts, true}}, {"value", "first"}, check_grouped},
    };
}

} // namespace dossier::ectd
