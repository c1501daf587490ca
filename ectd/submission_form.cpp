#include "ectd/submission_form.hpp"

#include "core/digest.hpp"
#include "core/path.hpp"
#include "core/pdf.hpp"
#include "core/text.hpp"
#include "ectd/names.hpp"
#include "ectd/plan.hpp"

namespace dossier::ectd {

namespace {

Result<SubmissionForm> find_form(const FormEntry& entry, const PlanRequest& request) {
    const auto refuse = [&entry](std::string message, std::string remedy) {
        return Error(ErrorKind::invalid, "form: " + std::move(message), entry.place, std::move(remedy));
    };
    auto content = request.form_source->find(entry.source);
    if (!content) return refuse(content.error().message, content.error().remedy);
    const auto info = content->fs->info(content->path);
    if (info && info->kind == FileKind::file && info->size == 0)
        return refuse(fill("{} is empty", entry.source), "copy or export the form again");
    if (to_lower(path::extension(content->name)) == "pdf")
        if (const auto whole = check_pdf_ends(*content->fs, content->path); !whole)
            return refuse(fill("{}: {}", entry.source, whole.error().message), whole.error().remedy);
    const templates::HeadingTree& module1 = request.region.module1();
    const templates::Heading* forms = module1.by_number("1.1");
    const std::string folder = forms ? module1.folder_of(*forms) : path::parent(request.region.regional_file());
    SubmissionForm form;
    form.path = path::join(folder, legal_name(content->name));
    form.id = "id-" + sha256_of("form|" + form.path).hex().substr(0, 16);
    form.title = "Form FDA " + request.region.form_word(entry.type);
    form.source = entry.source;
    form.place = entry.place;
    form.content = std::move(*content);
    return form;
}

Result<void> check_place(const SubmissionForm& form, const Plan& plan) {
    for (const PlannedOperation& item : plan.operations)
        if (item.operation != "delete" && item.reused.empty() && item.path == form.path && item.planned->content->path != form.content.path)
            return Error(
                ErrorKind::invalid,
                fill("form: {} would lie where the document of row {} does: {}", form.source, item.planned->row->place.line, form.path),
                form.place, "give the form another file name, or the row another path");
    return {};
}

std::string how_to_name(const std::string& number, const std::string& type) {
    return fill("name it in application.yaml: sequences: \"{}\": {{form: {{type: {}, source: …}}}}", number, type);
}

// Rows under 1.1 that bring what belongs into the envelope.
void note_rows(Plan& plan, const Region& region) {
    const std::string word = region.submission_form(plan.application->type), code = region.form_code(word);
    for (const PlannedOperation& item : plan.operations)
        if (item.planned && item.operation != "delete" && !code.empty() && item.planned->form_code == code)
            plan.notes.push_back(to_text(Error(
                ErrorKind::invalid,
                fill("form {} is the submission form, which belongs into the envelope; as a row of section {} it is one form among others",
                     word, item.section),
                item.planned->row->at("form_type"), how_to_name(plan.sequence.text(), word) + ", and remove the row")));
}

} // namespace

Result<void> add_submission_form(Plan& plan, const PlanRequest& request) {
    if (!request.region.wants_form() || !request.form_source) return {};
    note_rows(plan, request.region);
    const auto entry = plan.application->sequences.find(plan.sequence);
    if (entry == plan.application->sequences.end()) return {}; // the envelope's check says it
    if (!entry->second.form) {
        if (!request.building) // a build tells it among its findings
            plan.notes.push_back(fill("sequence {} has no submission form; {}", plan.sequence.text(),
                                      how_to_name(plan.sequence.text(), request.region.submission_form(plan.application->type))));
        return {};
    }
    auto form = find_form(*entry->second.form, request);
    const Result<void> fits = form ? check_place(*form, plan) : form.error();
    if (fits)
        plan.form = std::move(*form);
    else if (request.building)
        return fits;
    else
        plan.notes.push_back("before this can be built: " + to_text(fits.error()));
    return {};
}

} // namespace dossier::ectd
