#include "cli/ctis_session.hpp"
#include "cli/ectd_session.hpp"

#include "cli/finding_json.hpp"
#include "cli/submission_record.hpp"
#include "core/text.hpp"

namespace dossier::cli {

namespace {

Result<void> refuse_open_rows(const ectd::Plan& plan) {
    if (plan.without_source.empty()) return {};
    Error error(
        ErrorKind::invalid, fill("rows of the plan without a source: {}; nothing was changed", plan.without_source.size()),
        {plan.table->path},
        "fill in the source; to keep a document that is there, name its present file; remove the row only when nothing belongs there");
    for (const ectd::PlanRow* row : plan.without_source)
        error.details.emplace_back(ErrorKind::invalid, fill("section {}: {}", row->section, row->title), row->at("source"));
    return error;
}

std::string to_text(const ectd::BuildResult& result, const ectd::Plan& plan) {
    std::string out = fill("Sequence {} written to {}: {} leaves, {} files, {} study tagging files, {} bytes\n", plan.sequence.text(),
                           result.folder, result.leaves, result.files, result.stfs, result.bytes);
    for (const Finding& finding : result.findings) out += fill("{}: {}. Mend: {}\n", finding.severity, finding.message, finding.remedy);
    return out;
}

Json to_json(const ectd::BuildResult& result, const ectd::Plan& plan) {
    return Json::object({{"report_version", 1},
                         {"sequence", plan.sequence.text()},
                         {"folder", result.folder},
                         {"leaves", result.leaves},
                         {"files", result.files},
                         {"stfs", result.stfs},
                         {"bytes", result.bytes},
                         {"findings", findings_json(result.findings)}});
}

} // namespace

Command make_ectd_build() {
    struct State {
        EctdOptions options;
        std::string to;
        bool zip = false, link = false;
    };
    auto state = std::make_shared<State>();
    Command command;
    command.name = "ectd build";
    command.right = "document.read";
    command.forms = {"text", "json"};
    command.summary = "Write the sequence that ectd plan shows";
    command.example = "dossier ectd build nda900172 --sequence 0001";
    command.declare = [state](Options& list) {
        declare_ectd_options(list, state->options);
        list.text("--to", state->to, "Folder to write the sequence folder into (default: the application folder)");
        list.flag("--zip", state->zip, "Write it straight into a ZIP (0002.zip) instead of a folder");
        list.flag("--link", state->link,
                  "Files share their blocks with their sources where the disk can do that (reflink), documents of a trial master file are "
                  "read-only second names of its objects; else they are copied");
        list.flag("--rebuild", state->options.rebuild, "Build a draft again that is there and was not sent");
    };
    command.run = [state](Context& context) -> Result<int> {
        state->options.building = true;
        DOSSIER_CHECK(check_target(context, state->to));
        DOSSIER_TRY(auto application, read_application_file(context, state->options.application));
        if (is_ctis(*application))
            return build_ctis_dossier(context, state->options, {state->to, state->zip, state->link}, std::move(application));
        DOSSIER_TRY(const auto session, open_ectd_session(context, state->options));
        DOSSIER_CHECK(refuse_open_rows(session->plan));
        for (const std::string& note : session->plan.notes) print_note(context, "note: " + note);
        if (session->plan.operations.empty()) print_note(context, "note: nothing changes; the sequence holds only its envelope");
        const templates::OfficialFiles official(*context.fs, standards_folders(context), session->catalogue.official_files);
        const ectd::BuildRequest request{context.fs,
                                         session->catalogue,
                                         *session->region,
                                         session->plan,
                                         official,
                                         state->to.empty() ? state->options.application : state->to,
                                         state->options.rebuild,
                                         state->zip,
                                         state->link,
                                         context.jobs,
                                         [&context](const std::string& line) { print_progress(context, line); }};
        DOSSIER_TRY(const ectd::BuildResult result, ectd::build_sequence(request));
        record_built(context, request.target, session->plan, session->catalogue);
        Rendering rendering;
        rendering.text = [&] { return to_text(result, session->plan); };
        rendering.json = [&] { return to_json(result, session->plan); };
        DOSSIER_CHECK(emit(context, rendering));
        return exit_done;
    };
    return command;
}

} // namespace dossier::cli
