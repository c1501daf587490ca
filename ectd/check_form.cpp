// Forms against the backbone: FDA's 356h, 1571 and 2252 are PDFs whose fields say what the envelope says.
#include <algorithm>

#include "core/path.hpp"
#include "core/text.hpp"
#include "ectd/pdf_subject.hpp"

namespace dossier::ectd {

namespace {

struct Form {
    std::string file, code;          // of the form-type list
    const PdfContent* pdf = nullptr; // null: nobody can look into it, `unread` says why
    std::string unread;
};

// The forms of this sequence, by the form-type above their leaves; `forms`: codes of the list.
std::vector<Form> forms_of(const SequenceFacts& facts, const Parameters& parameters) {
    std::vector<Form> forms;
    for (const LeafFact& leaf : facts.leaves) {
        const templates::Code* code = facts.catalogue->code("form-type", leaf.leaf->place->form_type);
        if (!code || leaf.leaf->operation == "delete" || !is_called_pdf(leaf.file())) continue;
        if (!parameters.lists("forms", code->code)) continue;
        if (std::any_of(forms.begin(), forms.end(), [&](const Form& known) { return known.file == leaf.file(); })) continue;
        const ContentFact* content = facts.content ? facts.content->find(leaf.file()) : nullptr;
        const std::string unread = content ? why_unread(*content) : "it is not there";
        forms.push_back({leaf.file(), code->code, unread.empty() && content ? content->pdf.get() : nullptr, unread});
    }
    return forms;
}

std::string why_unread(const SequenceFacts& facts, const Form& form) {
    return fill("{}: {}", facts.seen_from_sequence(form.file), form.unread);
}

void check_fillable(const SequenceFacts& facts, const Parameters& parameters, CheckOutput& out) {
    if (!facts.content) return out.not_run("nobody looked into the files");
    for (const Form& form : forms_of(facts, parameters)) {
        if (!form.pdf) {
            out.not_run(why_unread(facts, form));
            continue;
        }
        out.examined();
        if (form.pdf->form.total == 0 && !form.pdf->form.xfa) out.finding(form.file, "");
    }
}

// `types`: form -> application types that it is for.
void check_application_type(const SequenceFacts& facts, const Parameters& parameters, CheckOutput& out) {
    const templates::Code* type = facts.catalogue->code("application-type", facts.field("application-number@application-type"));
    if (!type || type->status != "active") return; // told as a code that may not stand here
    for (const LeafFact& leaf : facts.leaves) {
        const templates::Code* form = facts.catalogue->code("form-type", leaf.leaf->place->form_type);
        const auto types = form ? parameters.table("types").find(form->code) : parameters.table("types").end();
        if (types == parameters.table("types").end()) continue;
        out.examined();
        if (std::find(types->second.begin(), types->second.end(), type->code) == types->second.end())
            out.finding(facts.regional.path, in_file(*leaf.leaf), {{"form", form->display}, {"type", type->display}},
                        form->confidence == "official");
    }
}

// Entries of fields that may be meant: their names hold one of `fields`, and none of `not_fields`.
std::vector<std::string> entries(const PdfContent& pdf, const Parameters& parameters) {
    const auto holds = [](const std::string& name, const std::vector<std::string>& words) {
        return std::any_of(words.begin(), words.end(),
                           [&](const std::string& word) { return name.find(letters_and_digits(word)) != std::string::npos; });
    };
    std::vector<std::string> values;
    for (const PdfField& field : pdf.form.fields) {
        const std::string name = called(field.name);
        if (!holds(name, parameters.texts("fields")) || holds(name, parameters.texts("not_fields"))) continue;
        if (const std::string value(trim(field.value)); !value.empty() && value != "Off") values.push_back(value);
    }
    return values;
}

// "NDA 021234/S-002" has the numbers 21234 and 2.
bool has_number(const std::string& entry, const std::string& number) {
    const auto without_zeros = [](std::string digits) { return digits.erase(0, std::min(digits.find_first_not_of('0'), digits.size())); };
    std::string digits;
    for (const char c : entry + " ") {
        if (c >= '0' && c <= '9') {
            digits += c;
        } else {
            if (!digits.empty() && without_zeros(digits) == without_zeros(number)) return true;
            digits.clear();
        }
    }
    return false;
}

// Does the entry say something else than the envelope? Of a code list only words that the list knows count: "NDA", "New Drug Application".
bool differs(const SequenceFacts& facts, const std::string& entry, const std::string& value, const std::string& list) {
    if (list.empty()) return !has_number(entry, value);
    const auto codes = facts.catalogue->code_lists.find(list);
    const templates::Code *meant = facts.catalogue->code(list, value), *said = nullptr;
    if (codes == facts.catalogue->code_lists.end() || !meant) return false;
    for (const templates::Code& code : codes->second)
        for (const std::string& name : {code.word, code.display, code.display.substr(0, code.display.find(" ("))})
            if (letters_and_digits(name) == letters_and_digits(entry)) said = &code;
    return said && said->code != meant->code;
}

// Of the envelope, without what is told as malformed there: a number of other than `digits` digits, a code that may not stand there.
// `or_folder`: the sequence folder's name is as good (that the two differ has a rule of its own).
std::vector<std::string> wanted_values(const SequenceFacts& facts, const Parameters& parameters) {
    std::vector<std::string> values;
    for (const FieldFact* field : facts.fields_of(parameters.text("field"))) {
        const templates::Code* code = parameters.has("list") ? facts.catalogue->code(parameters.text("list"), field->value) : nullptr;
        const bool is_number = static_cast<std::int64_t>(field->value.size()) == parameters.number("digits") &&
                               field->value.find_first_not_of("0123456789") == std::string::npos;
        if (code ? code->status == "active" : is_number) values.push_back(field->value);
    }
    const std::string& folder = facts.sequence->folder;
    if (parameters.text("or_folder") == "yes" && !values.empty() && values.front() != folder) values.push_back(folder);
    return values;
}

// Why the entry of a form is not known.
std::string why_unknown(const Form& form, const std::string& entry) {
    const std::string file = path::file_name(form.file);
    if (!form.pdf->form.fields.empty()) return fill("no field of the form {} is known to hold the {}, or it is empty", file, entry);
    return fill("the form {} has no fields that can be read{}", file, std::string_view(form.pdf->form.xfa ? " (XFA)" : ""));
}

void check_entry(const SequenceFacts& facts, const Parameters& parameters, CheckOutput& out) {
    if (!facts.content) return out.not_run("nobody looked into the files");
    const std::vector<std::string> wanted = wanted_values(facts, parameters);
    if (wanted.empty()) return;
    for (const Form& form : forms_of(facts, parameters)) {
        const std::vector<std::string> said = form.pdf ? entries(*form.pdf, parameters) : std::vector<std::string>();
        if (said.empty()) {
            if (!form.pdf)
                out.not_run(why_unread(facts, form));
            else if (parameters.text("needed") == "yes")
                out.not_run(why_unknown(form, parameters.texts("fields").front()));
            continue;
        }
        out.examined();
        const bool one_agrees = std::any_of(said.begin(), said.end(), [&](const std::string& entry) {
            return std::any_of(wanted.begin(), wanted.end(),
                               [&](const std::string& value) { return !differs(facts, entry, value, parameters.text("list")); });
        });
        if (!one_agrees) out.finding(form.file, "", {{"entry", join(said, ", ")}, {"value", join(wanted, " or ")}});
    }
}

} // namespace

std::vector<Check> form_checks() {
    const ParameterSpec forms{"forms", ParameterKind::texts, true};
    return {
        {"form.fillable", "form of this kind", {forms}, {}, check_fillable},
        {"form.application_type", "form of this kind", {{"types", ParameterKind::table, true}}, {"form", "type"}, check_application_type},
        {"form.entry",
         "form with such a field",
         {forms,
          {"fields", ParameterKind::texts, true},
          {"not_fields", ParameterKind::texts, false},
          {"field", ParameterKind::text, true},
          {"list", ParameterKind::text, false},
          {"digits", ParameterKind::number, false},
          {"or_folder", ParameterKind::text, false},
          {"needed", ParameterKind::text, false}},
         {"entry", "value"},
         check_entry},
    };
}

} // namespace dossier::ectd
