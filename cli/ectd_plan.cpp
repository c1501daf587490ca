#include "cli/ctis_session.hpp"
#include "cli/ectd_from_tmf.hpp"
#include "cli/ectd_session.hpp"
#include "cli/outdated_leaves.hpp"

#include <algorithm>

#include "core/path.hpp"
#include "core/text.hpp"
#include "ectd/checklist.hpp"
#include "ectd/sequence_stock.hpp"

namespace dossier::cli {

namespace {

std::string absolute(const std::string& path) { return path::normalise(path::join(current_folder(), path)); }

// Sources are written as they are found from the plan's own folder.
void refer_from(Sheet& sheet, const std::string& application, const std::string& folder) {
    const std::string prefix = path::relative(absolute(folder), absolute(application));
    const auto source = std::find(sheet.header.begin(), sheet.header.end(), "source") - sheet.header.begin();
    for (auto& row : sheet.rows) {
        std::string& cell = row[static_cast<std::size_t>(source)].text;
        if (!cell.empty()) cell = path::join(prefix, cell);
    }
}

Result<void> write_plan(Context& context, const Sheet& sheet, const std::string& target) {
    DOSSIER_CHECK(check_target(context, target));
    if (ends_with(to_lower(target), ".xlsx"))
        DOSSIER_CHECK(write_xlsx(target, {sheet}));
    else
        DOSSIER_CHECK(write_file_durably(*context.fs, target, to_csv(sheet)));
    print_note(context, fill("{} rows written to {}", sheet.rows.size(), target));
    return {};
}

// The same hole: sequences that are here only as a ZIP.
Result<void> refuse_unread_archives(Context& context, const std::string& folder) {
    DOSSIER_TRY(const auto stock, ectd::read_stock(*context.fs, folder, {}));
    const std::vector<Error> unread =
        stock.archives.empty() ? std::vector<Error>{} : ectd::unread_history(stock, {}, ectd::SequenceNumber(stock.highest()->value() + 1));
    if (!unread.empty()) return unread.front();
    return {};
}

// --export needs no application.yaml: the region is detected, the sequences are the truth.
Result<int> export_current_view(Context& context, const EctdOptions& options, const std::string& target) {
    if (exists(*context.fs, target))
        return Error(ErrorKind::conflict, "it is there already; nothing was changed", {target}, "name another file");
    const std::string seen_from = path::relative(absolute(path::parent(target)), absolute(options.application));
    DOSSIER_TRY(const auto dossier, export_ctis_rows(context, options.application, seen_from));
    if (dossier) {
        DOSSIER_CHECK(write_plan(context, *dossier, target));
        return exit_done;
    }
    DOSSIER_TRY(const auto catalogue, templates::read_ectd_catalogue(context.templates));
    DOSSIER_TRY(const auto history, ectd::read_application(*context.fs, options.application, catalogue));
    if (history.sequences.empty())
        return Error(ErrorKind::not_found, "there is no sequence folder (four digits)", {options.application},
                     "name the application folder");
    for (const auto& sequence : history.sequences)
        if (!sequence.problems.empty()) return sequence.problems.front(); // a view with a hole would be a wrong plan
    DOSSIER_CHECK(refuse_unread_archives(context, options.application));
    ectd::PlanExport exported = ectd::export_plan(history, catalogue);
    refer_from(exported.sheet, options.application, path::parent(target));
    for (const ectd::Leaf* leaf : exported.left_out)
        print_note(context, fill("note: {} \"{}\" has no row: {} is no section of ICH or of the US module 1", leaf->at.text(), leaf->title,
                                 leaf->place->section));
    DOSSIER_CHECK(write_plan(context, exported.sheet, target));
    return exit_done;
}

// What is still missing before day 0: for the first sequence of an application that has a check list.
Result<std::vector<ectd::ChecklistItem>> measure(Context& context, const EctdSession& session) {
    const ectd::ApplicationFile& application = *session.application;
    const templates::Code* type = application.region == "us" ? session.catalogue.code("application-type", application.type) : nullptr;
    const std::string list = type ? type->word : application.region + "-" + application.type; // checklist-ind, checklist-ca-cta
    if (!session.plan.first) return std::vector<ectd::ChecklistItem>{};
    const auto checklist = templates::read_checklist(context.templates, list);
    if (!checklist && checklist.error().kind == ErrorKind::not_found) return std::vector<ectd::ChecklistItem>{};
    if (!checklist) return checklist.error();
    return ectd::measure_checklist(session.plan, *checklist, *session.region);
}

} // namespace

Command make_ectd_plan() {
    auto options = std::make_shared<EctdOptions>();
    auto from_tmf = std::make_shared<FromTmfOptions>();
    std::shared_ptr<std::string> target(from_tmf, &from_tmf->target);
    Command command;
    command.name = "ectd plan";
    command.right = "document.read";
    command.summary = "Show what the next sequence would hold: new, replace, append, delete, and why";
    command.example = "dossier ectd plan nda900172 --sequence 0002";
    command.declare = [options, from_tmf, target](Options& list) {
        declare_ectd_options(list, *options);
        list.text("--export", *target, "Write the current view as a plan (CSV or XLSX) instead; with --from-tmf: the proposed rows");
        list.text("--from-tmf", from_tmf->study, "Propose rows from the trial master file of this study (docs/from_tmf.md)");
        list.text("--study-section", from_tmf->section, "with --from-tmf: the section of the study's report, 5.3.5.1");
    };
    command.run = [options, from_tmf, target](Context& context) -> Result<int> {
        if (!from_tmf->study.empty()) return propose_from_tmf(context, *options, *from_tmf);
        if (!from_tmf->section.empty()) return Error(ErrorKind::usage, "--study-section goes with --from-tmf", {}, "name the study");
        if (!target->empty()) return export_current_view(context, *options, *target);
        DOSSIER_TRY(auto application, read_application_file(context, options->application));
        if (is_ctis(*application)) return show_ctis_plan(context, *options, std::move(application));
        DOSSIER_TRY(const auto session, open_ectd_session(context, *options));
        for (std::string& note : outdated_leaves(context, options->application, session->plan))
            session->plan.notes.push_back(std::move(note));
        const ectd::Plan& plan = session->plan;
        DOSSIER_TRY(const auto checklist, measure(context, *session));
        Rendering rendering;
        rendering.text = [&] { return ectd::to_text(plan) + ectd::to_text(checklist); };
        rendering.json = [&] {
            Json json = ectd::to_json(plan);
            if (!checklist.empty()) json.set("checklist", ectd::to_json(checklist));
            return json;
        };
        rendering.sheets = [&plan] { return std::vector<Sheet>{ectd::to_sheet(plan), ectd::to_sheet_of_unchanged(plan)}; };
        DOSSIER_CHECK(emit(context, rendering));
        return exit_done;
    };
    return command;
}

} // namespace dossier::cli
