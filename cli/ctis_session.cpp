#include "cli/ctis_session.hpp"

#include <algorithm>
#include <optional>

#include "cli/outdated_leaves.hpp"
#include "cli/page.hpp"
#include "cli/submission_record.hpp"
#include "cli/tmf_source.hpp"
#include "cli/validation_rendering.hpp"
#include "core/path.hpp"
#include "core/text.hpp"
#include "ectd/ctis/build.hpp"
#include "ectd/ctis/history.hpp"
#include "templates/application_numbers.hpp"

namespace dossier::cli {

namespace {

using ectd::SequenceNumber;

// The dossier asked for, or the one after the highest that is there; with --rebuild the highest.
Result<SequenceNumber> choose_number(const EctdOptions& options, const std::vector<SequenceNumber>& there,
                                     std::vector<std::string>& notes) {
    if (!options.sequence.empty()) {
        const auto number = SequenceNumber::parse(options.sequence);
        if (!number || number->value() == 0)
            return Error(ErrorKind::usage, fill("--sequence {} is no number of a dossier", options.sequence), {}, "write 0001 or higher");
        return *number;
    }
    int highest = 0;
    for (const SequenceNumber number : there) highest = std::max(highest, number.value());
    const bool again = options.rebuild && highest > 0;
    if (highest == 9999 && !again) return Error(ErrorKind::invalid, "dossier 9999 is there already; there is no number after it");
    const SequenceNumber next(again ? highest : highest + 1);
    notes.push_back(fill("no --sequence was given: {}{}", next.text(), std::string_view(again ? ", the highest there is" : " is next")));
    return next;
}

// The newest dossier before `number` that was sent, where it is not among those that are here: nothing can be compared with it.
std::optional<Error> missing_dossier(const ectd::ApplicationFile& application, const std::vector<SequenceNumber>& there,
                                     SequenceNumber number) {
    for (auto entry = application.sequences.rbegin(); entry != application.sequences.rend(); ++entry) {
        if (!(entry->first < number) || !application.is_sent(entry->first)) continue;
        const bool known =
            std::any_of(there.begin(), there.end(), [&](SequenceNumber here) { return here < number && !(here < entry->first); });
        if (known) return std::nullopt;
        return Error(
            ErrorKind::conflict,
            fill("dossier {} is marked as sent and is not in the folder: what the application contains is not known", entry->first.text()),
            entry->second.place, "put the complete dossier there, as a folder or as a ZIP");
    }
    return std::nullopt;
}

Result<void> refuse_waiting_rows(const ectd::ctis::Plan& plan, const std::string& file) {
    if (plan.waiting.empty()) return {};
    Error error(ErrorKind::invalid,
                fill("rows of the plan without source and without reason: {}; nothing was changed", plan.waiting.size()), {file},
                "fill in the source; where no document is needed, write why in reason; remove the row only when nothing belongs there");
    for (const ectd::ctis::Row* row : plan.waiting)
        error.details.emplace_back(ErrorKind::invalid, fill("section {}: {}", row->section, row->title), row->at("source"));
    return error;
}

std::string built_text(const ectd::ctis::BuildResult& result, const std::string& number) {
    std::string out = fill("Dossier {} written to {}: {} files, {} bytes\n", number, result.place, result.files, result.bytes);
    if (result.missing.empty()) return out;
    out += fill("warning: {} documents of Annex I are not there; dossier ectd validate says more\n", result.missing.size());
    for (const std::string& line : result.missing) out += "  " + line + "\n";
    return out;
}

Result<std::string> index_page(Context& context, const templates::CtisCatalogue& catalogue, const ectd::ctis::Contents& contents) {
    DOSSIER_TRY(const std::string css, context.templates.read("pages/page.css"));
    return make_page(context, "pages/ctis.xsl", ectd::ctis::index_xml(catalogue, contents, tool_name(), css));
}

} // namespace

bool is_ctis(const ectd::ApplicationFile& application) { return application.region == "eu" && application.type == "cta"; }

Result<std::unique_ptr<CtisSession>> open_ctis_session(Context& context, const EctdOptions& options,
                                                       std::shared_ptr<ectd::ApplicationFile> application) {
    auto session = std::make_unique<CtisSession>();
    DOSSIER_TRY(session->catalogue, templates::read_ctis_catalogue(context.templates));
    session->application = std::move(application);
    if (options.allow_deletes < 0) return Error(ErrorKind::usage, "--allow-deletes cannot be negative");
    std::vector<std::string> notes;
    DOSSIER_TRY(const auto there, ectd::ctis::list_dossiers(*context.fs, options.application));
    std::vector<SequenceNumber> taken = there;
    for (const auto& [number, entry] : session->application->sequences)
        if (session->application->is_sent(number)) taken.push_back(number);
    DOSSIER_TRY(session->number, choose_number(options, taken, notes));
    if (const auto missing = missing_dossier(*session->application, there, session->number)) {
        if (options.building) return *missing;
        notes.push_back("before this can be built: " + dossier::to_text(*missing));
    }
    for (const SequenceNumber number : there)
        if (session->number < number)
            notes.push_back(
                fill("dossier {} is there already and was compared with what was before; it is not planned again", number.text()));
    DOSSIER_TRY(const auto forms, templates::read_number_forms(context.templates));
    if (const auto fits = templates::check_number_form(forms, "eu", "cta", session->application->number); !fits)
        notes.push_back(dossier::to_text(
            Error(fits.error().kind, "number: " + fits.error().message, session->application->application_place, fits.error().remedy)));
    DOSSIER_TRY(session->before, ectd::ctis::contents_before(context.fs, options.application, session->number));
    DOSSIER_TRY(const std::string plan, plan_file(context, options));
    DOSSIER_TRY(session->table, ectd::ctis::read_rows(*context.fs, plan));
    for (const std::string& note : session->table.notes) notes.push_back(plan + ": " + note);
    DOSSIER_TRY(session->source, make_content_source(context, path::parent(plan), sources_of(session->table.rows)));
    ectd::KnownDigests known(*context.fs, context.cache_folder);
    const ectd::ctis::PlanRequest request{session->catalogue,    *session->application,
                                          session->table,        session->before ? &*session->before : nullptr,
                                          session->number,       options.delta,
                                          options.allow_deletes, *session->source,
                                          options.building,      &known};
    DOSSIER_TRY(session->plan, ectd::ctis::make_plan(request));
    session->plan.notes.insert(session->plan.notes.begin(), notes.begin(), notes.end());
    return session;
}

Result<int> show_ctis_plan(Context& context, const EctdOptions& options, std::shared_ptr<ectd::ApplicationFile> application) {
    DOSSIER_TRY(const auto session, open_ctis_session(context, options, std::move(application)));
    for (std::string& note : outdated_documents(context, session->plan)) session->plan.notes.push_back(std::move(note));
    Rendering rendering;
    rendering.text = [&] { return ectd::ctis::to_text(session->plan, session->catalogue); };
    rendering.json = [&] { return ectd::ctis::to_json(session->plan, session->catalogue); };
    rendering.sheets = [&] { return std::vector<Sheet>{ectd::ctis::to_sheet(session->plan, session->catalogue)}; };
    DOSSIER_CHECK(emit(context, rendering));
    return exit_done;
}

Result<int> build_ctis_dossier(Context& context, const EctdOptions& options, const BuildWishes& wishes,
                               std::shared_ptr<ectd::ApplicationFile> application) {
    DOSSIER_TRY(const auto session, open_ctis_session(context, options, std::move(application)));
    DOSSIER_CHECK(refuse_waiting_rows(session->plan, session->table.path));
    for (const std::string& note : session->plan.notes) print_note(context, "note: " + note);
    ectd::ctis::BuildRequest request{
        context.fs,
        session->catalogue,
        session->plan,
        options.application,
        wishes.to.empty() ? options.application : wishes.to,
        tool_name(),
        session->application->is_sent(session->number),
        options.rebuild,
        wishes.zip,
        wishes.link,
        context.jobs,
        [&](const ectd::ctis::Contents& contents) { return index_page(context, session->catalogue, contents); },
        [&context](const std::string& line) { print_progress(context, line); }};
    DOSSIER_TRY(const ectd::ctis::BuildResult result, ectd::ctis::build_dossier(request));
    tell_repository(context, request.target, *session->application, session->number);
    Rendering rendering;
    rendering.text = [&] { return built_text(result, session->number.text()); };
    rendering.json = [&] {
        return Json::object({{"report_version", 1},
                             {"sequence", session->number.text()},
                             {"place", result.place},
                             {"files", result.files},
                             {"bytes", result.bytes},
                             {"missing", Json::texts(result.missing)}});
    };
    DOSSIER_CHECK(emit(context, rendering));
    return exit_done;
}

Result<std::optional<Sheet>> export_ctis_rows(Context& context, const std::string& folder, const std::string& seen_from) {
    DOSSIER_TRY(const auto there, ectd::ctis::list_dossiers(*context.fs, folder));
    if (there.empty()) return std::optional<Sheet>();
    DOSSIER_TRY(const auto last, ectd::ctis::open_dossier(context.fs, folder, there.back()));
    if (!exists(*last.fs, path::join(last.root, ectd::ctis::manifest_name))) return std::optional<Sheet>();
    DOSSIER_TRY(const auto state, ectd::ctis::contents_before(context.fs, folder, SequenceNumber(there.back().value() + 1)));
    for (const SequenceNumber number : there)
        if (!is_folder(*context.fs, path::join(folder, number.text())))
            print_note(context,
                       fill("note: dossier {} is an archive; unpack it beside itself before these rows are planned", number.text()));
    return std::optional<Sheet>(ectd::ctis::to_rows(*state, seen_from));
}

} // namespace dossier::cli
