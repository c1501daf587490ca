// Checks of what kind of submission a sequence is and what has to go with it: promotional material, supplements, grouped submissions.
#include "ectd/check.hpp"

#include <algorithm>

#include "core/text.hpp"
#include "ectd/grouped_applications.hpp"

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

std::string display_of(const SequenceFacts& facts, const std::string& list, const std::string& code) {
    const templates::Code* known = facts.catalogue->code(list, code);
    return known ? known->display : code;
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
        out.finding(facts.regional.path, line_place(form->line, form->name), {{"form", display_of(facts, "form-type", form->value)}},
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
        out.finding(facts.regional.path, line_place(attribute->line, name),
                    {{"type", display_of(facts, "submission-type", type->value)}, {"value", "\"" + attribute->value + "\""}});
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

// A submission type that the law leaves no room for in an application of that type. Fields come in document order, an application's type
// before its submission's.
void check_application(const SequenceFacts& facts, const Parameters&, CheckOutput& out) {
    const FieldFact* application = nullptr;
    for (const FieldFact& field : facts.fields) {
        if (field.name == "application-number@application-type") application = &field;
        if (field.name != "submission-id@submission-type" || !application) continue;
        out.examined();
        const auto* refusal = templates::find_refusal(facts.catalogue->us_submissions, field.value, application->value);
        if (!refusal) continue;
        out.finding(facts.regional.path, line_place(field.line, field.name),
                    {{"type", display_of(facts, "submission-type", field.value)},
                     {"application", display_of(facts, "application-type", application->value)},
                     {"basis", refusal->basis}});
    }
}

// Whether a sub-type is one to open an activity with or one to continue it, as FDA's examples use them. Each application of a group has
// activities of its own.
void check_sub_type(const SequenceFacts& facts, const Parameters&, CheckOutput& out) {
    using Says = templates::SubmissionUse::Says;
    for (const GroupedApplication& application : applications_of(facts)) {
        const FieldFact *id = application.field("submission-id"), *type = application.field("sequence-number@submission-sub-type");
        if (!id || !type) continue;
        out.examined();
        const auto number = SequenceNumber::parse(id->value), own = application.number(facts);
        if (!number || !own || *number > *own) continue; // no activity that could be told; another rule's
        const bool opens = *number == *own;
        if (!templates::find_use(facts.catalogue->us_submissions, type->value, opens ? Says::continues : Says::opens)) continue;
        out.finding(facts.regional.path, line_place(type->line, type->name),
                    {{"type", display_of(facts, "submission-sub-type", type->value)},
                     {"does", opens ? "opens an activity of its own" : "continues activity " + number->text()}});
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
        {"submission.of_application", "submission of an application", {}, {"type", "application", "basis"}, check_application},
        {"submission.sub_type", "submission with an activity", {}, {"type", "does"}, check_sub_type},
        {"submission.grouped", "group of applications", {{"fields", ParameterKind::texts, true}}, {"value", "first"}, check_grouped},
    };
}

} // namespace dossier::ectd
