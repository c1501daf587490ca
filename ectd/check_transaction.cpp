// Checks of a sequence as one transaction with its agency: what its envelope has to say, which folder holds it, what it goes on with, the
// form that comes with it as XML.
#include "ectd/check.hpp"

#include <algorithm>

#include "core/path.hpp"
#include "core/text.hpp"
#include "ectd/backbone_reader.hpp"

namespace dossier::ectd {

namespace {

std::string place_of(const SequenceFacts& facts, const std::string& field) {
    const auto found = facts.fields_of(field);
    return found.empty() ? field : line_place(found.front()->line, field);
}

// Not there at all, or empty.
void check_required(const SequenceFacts& facts, const Parameters& parameters, CheckOutput& out) {
    for (const std::string& name : parameters.texts("fields")) {
        out.examined();
        if (facts.field(name).empty()) out.finding(facts.regional.path, place_of(facts, name), {{"field", name}});
    }
}

void check_number_form(const SequenceFacts& facts, const Parameters& parameters, CheckOutput& out) {
    for (const FieldFact* field : facts.fields_of(parameters.text("field"))) {
        if (field->value.empty()) continue; // has its own rule
        out.examined();
        const auto fits =
            templates::check_number_form(facts.catalogue->number_forms, parameters.text("region"), parameters.text("type"), field->value);
        if (!fits)
            out.finding(facts.regional.path, line_place(field->line, field->name),
                        {{"value", field->value}, {"problem", fits.error().message}, {"wanted", fits.error().remedy}});
    }
}

bool begins_with_one(const std::string& value, const std::vector<std::string>& beginnings) {
    return std::any_of(beginnings.begin(), beginnings.end(), [&](const std::string& item) { return starts_with(value, item); });
}

// Where the field `where` begins with one of `begins`, `field` has to be one of `values`. Only words of the code list `list` are judged:
// others have a rule of their own.
void check_values(const SequenceFacts& facts, const Parameters& parameters, CheckOutput& out) {
    const std::string where = facts.field(parameters.text("where"));
    if (!begins_with_one(where, parameters.texts("begins"))) return;
    for (const FieldFact* field : facts.fields_of(parameters.text("field"))) {
        const templates::Code* known = facts.catalogue->code(parameters.text("list"), field->value);
        if (!known || known->code != field->value) continue;
        out.examined();
        if (!parameters.lists("values", field->value))
            out.finding(facts.regional.path, line_place(field->line, field->name), {{"value", field->value}, {"where_value", where}});
    }
}

// The number of the application that a field says; empty where it has not the form of one: that has its own rule.
std::string number_in(const SequenceFacts& facts, const std::string& field) {
    const std::string number = facts.field(field);
    const auto& forms = facts.catalogue->number_forms;
    const bool fits = std::any_of(forms.begin(), forms.end(),
                                  [&](const templates::NumberForm& form) { return form.region == facts.region && form.fits(number); });
    return fits ? number : "";
}

void check_top_folder(const SequenceFacts& facts, const Parameters& parameters, CheckOutput& out) {
    const std::string wanted = number_in(facts, parameters.text("field"));
    if (facts.top_folder.empty() || wanted.empty()) return;
    out.examined();
    if (facts.top_folder != wanted) out.finding(facts.index.path, "sequence folder", {{"found", facts.top_folder}, {"wanted", wanted}});
}

// The sequence that a field names as the one that opened the regulatory activity: whether it says itself that it belongs to another one.
void check_opener(const SequenceFacts& facts, const Parameters& parameters, CheckOutput& out) {
    for (const FieldFact* field : facts.fields_of(parameters.text("field"))) {
        const auto number = SequenceNumber::parse(field->value);
        if (!number || *number >= facts.sequence->number) continue; // has its own rule
        const Sequence* opener = facts.earlier(*number);
        if (!opener || !opener->regional.is_read()) {
            out.not_run(fill("sequence {}, which opened the regulatory activity, is not here or cannot be read", number->text()));
            continue;
        }
        out.examined();
        const auto& related = opener->envelope.related_sequences;
        const auto other = std::find_if(related.begin(), related.end(), [&](const std::string& item) { return item != number->text(); });
        if (other != related.end())
            out.finding(facts.regional.path, line_place(field->line, field->name), {{"opening", number->text()}, {"other", *other}});
    }
}

// ---- the regional file ----

std::string namespace_of(const XmlElement& root) {
    const std::size_t colon = root.name.find(':');
    const std::string* uri = root.attribute(colon == std::string::npos ? "xmlns" : "xmlns:" + root.name.substr(0, colon));
    return uri ? *uri : "";
}

// A regional file that follows a schema instead of a DTD: its root element, namespace and version.
void check_schema(const SequenceFacts& facts, const Parameters& parameters, CheckOutput& out) {
    const Backbone& regional = facts.sequence->regional;
    if (!regional.is_read()) return; // has its own rule
    out.examined();
    std::vector<std::string> problems;
    if (local_name(regional.head.name) != parameters.text("root"))
        problems.push_back("the root element is " + regional.head.name);
    else if (const std::string uri = namespace_of(regional.head); uri != parameters.text("namespace"))
        problems.push_back(uri.empty() ? "the root element has no namespace" : "the namespace is \"" + uri + "\"");
    if (!parameters.lists("versions", regional.version))
        problems.push_back(regional.version.empty() ? "there is no schema-version" : "the schema-version is " + regional.version);
    if (!problems.empty()) out.finding(facts.regional.path, "", {{"problem", join(problems, ", ")}});
}

// ---- forms as XML ----

std::vector<const XmlFormFact*> forms_with(const SequenceFacts& facts, const Parameters& parameters) {
    std::vector<const XmlFormFact*> forms;
    for (const XmlFormFact& form : facts.forms)
        if (form.root == parameters.text("root")) forms.push_back(&form);
    return forms;
}

void check_form_present(const SequenceFacts& facts, const Parameters& parameters, CheckOutput& out) {
    out.examined();
    const auto forms = forms_with(facts, parameters);
    if (forms.empty()) out.finding(path::join(facts.sequence->folder, parameters.text("folder")), "", {{"problem", "it is not there"}});
    for (const XmlFormFact* form : forms)
        if (!form->problem.empty()) out.finding(form->path, "", {{"problem", "it cannot be read: " + form->problem}});
}

// A text of the form against the number of the application in the envelope.
void check_form_number(const SequenceFacts& facts, const Parameters& parameters, CheckOutput& out) {
    const std::string& element = parameters.text("element");
    const std::string wanted = number_in(facts, parameters.text("field"));
    if (wanted.empty()) return;
    for (const XmlFormFact* form : forms_with(facts, parameters)) {
        if (!form->problem.empty()) continue;
        out.examined();
        const auto found = form->values.find(element);
        const std::string value = found == form->values.end() ? "" : found->second;
        if (value != wanted) out.finding(form->path, element, {{"value", value.empty() ? "nothing" : value}, {"wanted", wanted}});
    }
}

} // namespace

std::vector<Check> transaction_checks() {
    const char* const subject = "such field in the regional file";
    const ParameterSpec field{"field", ParameterKind::text, true}, root{"root", ParameterKind::text, true};
    return {
        {"field.required", "regional file", {{"fields", ParameterKind::texts, true}}, {"field"}, check_required},
        {"field.number_form",
         subject,
         {field, {"region", ParameterKind::text, true}, {"type", ParameterKind::text, true}},
         {"value", "problem", "wanted"},
         check_number_form},
        {"field.values",
         "transaction of this kind",
         {field,
          {"list", ParameterKind::text, true},
          {"values", ParameterKind::texts, true},
          {"where", ParameterKind::text, true},
          {"begins", ParameterKind::texts, true}},
         {"value", "where_value"},
         check_values},
        {"package.top_folder", "folder above the sequence", {field}, {"found", "wanted"}, check_top_folder},
        {"activity.opener", "continued regulatory activity", {field}, {"opening", "other"}, check_opener},
        {"regional.schema",
         "regional file",
         {root, {"namespace", ParameterKind::text, true}, {"versions", ParameterKind::texts, true}},
         {"problem"},
         check_schema},
        {"form.present", "sequence folder", {root, {"folder", ParameterKind::text, true}}, {"problem"}, check_form_present},
        {"form.number", "such form", {root, {"element", ParameterKind::text, true}, field}, {"value", "wanted"}, check_form_number},
    };
}

} // namespace dossier::ectd
