#include "cli/ectd_session.hpp"

#include <algorithm>

#include "cli/tmf_source.hpp"
#include "core/path.hpp"
#include "core/text.hpp"
#include "ectd/history_check.hpp"
#include "ectd/import_journal.hpp"
#include "ectd/sequence_stock.hpp"

namespace dossier::cli {

namespace {

using ectd::SequenceNumber;

// The sequence asked for, or the one after the highest number that is taken.
Result<SequenceNumber> choose_sequence(const EctdOptions& options, const ectd::SequenceStock& stock, const ectd::Region& region,
                                       std::vector<std::string>& notes) {
    if (!options.sequence.empty()) {
        const auto number = SequenceNumber::parse(options.sequence);
        if (!number) return Error(ErrorKind::usage, fill("--sequence {} is not four digits", options.sequence), {}, "write 0002");
        return *number;
    }
    SequenceNumber next = region.first_sequence();
    if (const auto highest = stock.highest()) next = options.rebuild ? *highest : SequenceNumber(highest->value() + 1);
    if (next.value() > 9999) return Error(ErrorKind::invalid, "sequence 9999 is there already; there is no number after it");
    notes.push_back(
        fill("no --sequence was given: {}{}", next.text(), std::string_view(options.rebuild ? ", the highest there is" : " is next")));
    return next;
}

// A rebuild that was killed between two renames (where names cannot be swapped at once) left the old draft under this name.
Result<void> restore_interrupted_rebuilds(Context& context, const std::string& folder, bool building) {
    const auto entries = context.fs->list(folder);
    if (!entries) return {};
    for (const FolderEntry& entry : *entries) {
        if (entry.name.size() != 9 || entry.name.front() != '.' || !ends_with(entry.name, ".old")) continue;
        const std::string number = entry.name.substr(1, 4);
        if (!SequenceNumber::parse(number) || exists(*context.fs, path::join(folder, number))) continue;
        if (!building)
            return Error(ErrorKind::conflict, fill("a rebuild of sequence {} was interrupted", number), {folder},
                         fill("rename {} back to {}, or run ectd build --rebuild, which does", entry.name, number));
        DOSSIER_CHECK(context.fs->rename(path::join(folder, entry.name), path::join(folder, number)));
        print_note(context, fill("note: a rebuild of sequence {} was interrupted; the draft from before is back", number));
    }
    return {};
}

Result<void> check_envelope(const EctdSession& session, SequenceNumber sequence, const ectd::Application& history) {
    std::vector<Error> errors = session.region->check_envelope(*session.application, sequence, history);
    if (errors.empty()) return {};
    if (errors.size() == 1) return std::move(errors.front());
    Error all(ErrorKind::invalid, fill("{} errors in the application file; nothing was changed", errors.size()),
              {session.application->path});
    all.details = std::move(errors);
    return all;
}

// What keeps a sequence from being built ends a build; a plan is shown all the same.
Result<void> stop_or_note(const EctdOptions& options, std::vector<Error> obstacles, std::vector<std::string>& notes) {
    if (options.building && !obstacles.empty()) return std::move(obstacles.front());
    for (const Error& error : obstacles) notes.push_back("before this can be built: " + to_text(error));
    return {};
}

} // namespace

Result<std::shared_ptr<ectd::ApplicationFile>> read_application_file(Context& context, const std::string& folder) {
    const std::string file = path::join(folder, "application.yaml");
    if (!exists(*context.fs, file))
        return Error(ErrorKind::not_found, "there is no application.yaml", {folder},
                     fill("make one: dossier ectd new {} --region us --type nda --number 123456", folder));
    DOSSIER_TRY(const std::string bytes, read_file(*context.fs, file));
    DOSSIER_TRY(ectd::ApplicationFile parsed, ectd::parse_application_file(bytes, file));
    return std::make_shared<ectd::ApplicationFile>(std::move(parsed));
}

Result<std::string> plan_file(Context& context, const EctdOptions& options) {
    if (!options.plan.empty()) {
        const std::string inside = path::join(options.application, options.plan);
        if (exists(*context.fs, options.plan)) return options.plan;
        return Error(ErrorKind::not_found, "there is no such plan", {options.plan},
                     exists(*context.fs, inside) ? fill("is {} meant?", inside) : "name a CSV or XLSX file, seen from where you are");
    }
    const std::string csv = path::join(options.application, "plan.csv"), xlsx = path::join(options.application, "plan.xlsx");
    const bool has_csv = exists(*context.fs, csv), has_xlsx = exists(*context.fs, xlsx);
    if (has_csv && has_xlsx)
        return Error(ErrorKind::usage, "there is a plan.csv and a plan.xlsx", {options.application}, "say which with --plan");
    if (!has_csv && !has_xlsx)
        return Error(ErrorKind::not_found, "there is no plan.csv or plan.xlsx", {options.application}, "name it with --plan");
    return has_csv ? csv : xlsx;
}

void declare_ectd_options(Options& options, EctdOptions& values) {
    options.text("APP", values.application, "Application folder", true);
    options.text("--plan", values.plan, "Plan, CSV or XLSX (default: plan.csv or plan.xlsx in the application folder)");
    options.text("--sequence", values.sequence, "Sequence number (default: the next one)");
    options.flag("--delta", values.delta, "The plan lists only what this sequence brings; nothing is deleted unless a row says so");
    options.number("--allow-deletes", values.allow_deletes, "How many leaves without a row may be deleted");
}

Result<std::unique_ptr<EctdSession>> open_ectd_session(Context& context, const EctdOptions& options) {
    auto session = std::make_unique<EctdSession>();
    DOSSIER_TRY(session->catalogue, templates::read_ectd_catalogue(context.templates));
    DOSSIER_TRY(session->application, read_application_file(context, options.application));
    auto region = ectd::make_region(session->application->region, session->catalogue);
    if (!region) return Error(region.error().kind, region.error().message, session->application->application_place, region.error().remedy);
    session->region = std::move(*region);

    if (options.allow_deletes < 0) return Error(ErrorKind::usage, "--allow-deletes cannot be negative");
    DOSSIER_CHECK(restore_interrupted_rebuilds(context, options.application, options.building));
    if (options.building) {
        DOSSIER_TRY(const auto finished, ectd::finish_interrupted_import(*context.fs, options.application, session->catalogue));
        if (finished) print_note(context, "note: an import that was interrupted was finished first");
    }
    std::vector<std::string> notes;
    DOSSIER_TRY(ectd::Application all, ectd::read_application(*context.fs, options.application, session->catalogue));
    DOSSIER_TRY(const auto stock, ectd::read_stock(*context.fs, options.application, *session->application));
    DOSSIER_TRY(const SequenceNumber sequence, choose_sequence(options, stock, *session->region, notes));
    ectd::Application later{all.folder, all.region, {}};
    for (ectd::Sequence& item : all.sequences)
        if (item.number > sequence) later.sequences.push_back(std::move(item));
    std::erase_if(all.sequences, [&sequence](const ectd::Sequence& item) { return !(item.number < sequence); });
    auto history = std::make_shared<ectd::Application>(std::move(all));
    for (std::string& note : ectd::stock_notes(stock, session->region->first_sequence(), sequence)) notes.push_back(std::move(note));
    std::vector<Error> obstacles = ectd::unread_history(stock, *session->application, sequence);
    DOSSIER_TRY(const auto finished, ectd::finished_sequences(*context.fs, stock, *session->application, sequence));
    obstacles.insert(obstacles.end(), finished.begin(), finished.end());
    DOSSIER_CHECK(stop_or_note(options, std::move(obstacles), notes));
    if (auto envelope = check_envelope(*session, sequence, *history); !envelope) {
        if (options.building) return std::move(envelope).error();
        notes.push_back("before this can be built: " + to_text(envelope.error()));
    }
    for (std::string& note : session->region->envelope_notes(*session->application, sequence)) notes.push_back(std::move(note));

    DOSSIER_TRY(const std::string plan, plan_file(context, options));
    DOSSIER_TRY(ectd::PlanTable table, ectd::read_plan(*context.fs, plan));
    for (const std::string& note : table.notes) notes.push_back(plan + ": " + note);
    DOSSIER_TRY(session->source, make_content_source(context, path::parent(plan), sources_of(table.rows)));
    session->form_source = make_content_source(context, options.application);
    ectd::KnownDigests known(*context.fs, context.cache_folder);
    const ectd::PlanRequest request{context.fs,
                                    session->catalogue,
                                    *session->region,
                                    session->application,
                                    std::make_shared<ectd::PlanTable>(std::move(table)),
                                    history,
                                    sequence,
                                    options.delta,
                                    options.allow_deletes,
                                    *session->source,
                                    options.building,
                                    &known,
                                    session->form_source.get()};
    DOSSIER_TRY(session->plan, ectd::make_plan(request));
    DOSSIER_CHECK(stop_or_note(options, ectd::check_later_sequences(session->plan, later), notes));
    session->plan.notes.insert(session->plan.notes.begin(), notes.begin(), notes.end());
    return session;
}

std::string standards_store(const Context& context) { return path::join(context.data_folder, "standards"); }

std::vector<std::string> standards_folders(const Context& context) {
    return {context.standards.empty() ? standards_store(context) : context.standards};
}

} // namespace dossier::cli
