#include <algorithm>

#include "cli/tmf_session.hpp"
#include "core/one_line.hpp"
#include "core/text.hpp"
#include "tmf/check.hpp"
#include "tmf/review.hpp"
#include "tmf/study_apply.hpp"

namespace dossier::cli {

namespace {

using tmf::AuditEntry;

// A step of a review, an act of a query: "R-000001: intake accepted", "Q-000001.2: answered".
std::vector<std::string> quality_lines(const Json& after) {
    std::vector<std::string> lines;
    const auto text = [](const Json& record, const char* name) {
        const Json* value = record.find(name);
        return value ? value->text() : std::string();
    };
    if (const Json* review = after.find("review"))
        lines.push_back(fill("{}: {} {}", text(*review, "id"), text(*review, "step"), text(*review, "outcome")));
    if (const Json* query = after.find("query"); query && !text(*query, "to").empty())
        lines.push_back(fill("{}: to {}", text(*query, "id"), text(*query, "to")));
    if (const Json* act = after.find("query_act")) lines.push_back(fill("{}: {}", text(*act, "id"), text(*act, "act")));
    return lines;
}

// What an entry changed, in lines; a first filing says what was filed.
std::vector<std::string> changes_of(const AuditEntry& entry) {
    const std::string& old_value = entry.opened ? entry.opened->old_value : entry.old_value;
    const std::string& new_value = entry.opened ? entry.opened->new_value : entry.new_value;
    const auto before = parse_json(old_value.empty() ? "{}" : old_value);
    const auto all = parse_json(new_value.empty() ? "{}" : new_value);
    if (!before || !all) return {"(not readable)"};
    std::vector<std::string> lines = quality_lines(*all);
    Json after = Json::object();
    for (const auto& [kind, record] : all->members())
        if (kind != "review" && kind != "query" && kind != "query_act") after.set(kind, record);
    if (entry.old_value.empty()) {
        const Json* version = after.find("version");
        const Json* title = version ? version->find("title") : nullptr;
        if (title) lines.push_back(title->text());
        return lines;
    }
    const Json* study = after.find("study");
    const Json* old_study = before->find("study");
    if (study && old_study && study->find("facts") && old_study->find("facts"))
        return tmf::describe_changes(*old_study->find("facts"), *study->find("facts"));
    const auto changes = tmf::describe_changes(*before, after);
    lines.insert(lines.end(), changes.begin(), changes.end());
    return lines;
}

std::string to_text(const std::vector<AuditEntry>& entries) {
    std::string text;
    for (const AuditEntry& entry : entries) {
        text += fill("{:>6}  {}{}  {}  {}  {}\n", entry.sequence, entry.time,
                     std::string_view(entry.clock == "given" ? " (time given by --now)" : ""), one_line(entry.user), entry.action,
                     one_line(entry.object));
        for (const std::string& line : changes_of(entry)) text += "        " + one_line(line) + "\n";
        const std::string& reason = entry.opened ? entry.opened->reason : entry.reason;
        if (!reason.empty()) text += "        why: " + one_line(reason) + "\n";
    }
    return text + fill("{} entries\n", entries.size());
}

Sheet to_sheet(const std::vector<AuditEntry>& entries) {
    // "changes" last: what "old" and "new" differ in, also where a cell cannot hold the facts of a whole study.
    Sheet sheet{"Audit trail",
                {"sequence", "time", "clock", "user", "action", "study", "object", "old", "new", "reason", "previous", "hash", "changes"},
                {}};
    for (const AuditEntry& e : entries) {
        const tmf::AuditOpened as_stored{e.old_value, e.new_value, e.reason};
        const tmf::AuditOpened& shown = e.opened ? *e.opened : as_stored;
        sheet.rows.push_back({e.sequence, e.time, e.clock, e.user, e.action, e.study, e.object, shown.old_value, shown.new_value,
                              shown.reason, e.previous, e.hash, join(changes_of(e), "\n")});
    }
    return sheet;
}

Result<int> show_entries(Context& context, tmf::Repository& repository, const std::string& study, const std::string& object) {
    std::vector<AuditEntry> entries;
    DOSSIER_CHECK(repository.ledger().each_audit(study, object, [&entries](const tmf::AuditView& entry) {
        entries.emplace_back(entry);
        return Result<void>();
    }));
    Rendering rendering;
    rendering.text = [&] { return to_text(entries); };
    rendering.json = [&] {
        Json list = Json::array();
        for (const AuditEntry& entry : entries) list.push(to_json(entry));
        return Json::object({{"repository", repository.id()}, {"entries", std::move(list)}});
    };
    rendering.sheets = [&] { return std::vector<Sheet>{to_sheet(entries)}; };
    DOSSIER_CHECK(emit(context, rendering));
    return exit_done;
}

// A document whose row is gone may still have its entries; one that has neither is not there.
Result<int> show_document(Context& context, tmf::Repository& repository, const tmf::VersionReference& reference) {
    const std::string document = tmf::document_id(reference.document);
    const std::string object = reference.version > 0 ? tmf::version_id(reference.document, reference.version) : document;
    bool has_entries = false;
    DOSSIER_CHECK(repository.ledger().each_audit("", object, [&has_entries](const tmf::AuditView&) {
        has_entries = true;
        return Result<void>();
    }));
    if (!has_entries) DOSSIER_CHECK(tmf::find_version(repository.ledger(), reference));
    return show_entries(context, repository, "", object);
}

struct AuditOptions {
    std::string target, checkpoint, write_checkpoint;
    bool verify = false;
};

Result<tmf::Checkpoint> read_checkpoint(Context& context, const std::string& path) {
    DOSSIER_TRY(const std::string bytes, read_file(*context.fs, path, 64u << 10));
    return tmf::parse_checkpoint(bytes, path);
}

// Against one of another repository nothing can be compared: no entry of it is here, and none is missing.
Result<tmf::Checkpoint> checkpoint_of(Context& context, const tmf::Repository& repository, const std::string& path) {
    DOSSIER_TRY(const auto checkpoint, read_checkpoint(context, path));
    if (checkpoint.repository == repository.id()) return checkpoint;
    return Error(
        ErrorKind::conflict,
        fill("the checkpoint is of another repository ({}, this is {}); nothing was checked", checkpoint.repository, repository.id()),
        {path},
        "give a checkpoint of this one; where it should be of this one, another repository was put in its place: compare with a "
        "backup");
}

// The checkpoint that is to be replaced: it may be the only witness of what was cut off since.
Result<std::optional<tmf::Checkpoint>> checkpoint_to_replace(Context& context, const tmf::Repository& repository, const std::string& path) {
    if (path.empty() || !exists(*context.fs, path)) return std::optional<tmf::Checkpoint>();
    const auto before = read_checkpoint(context, path);
    if (before && before->repository == repository.id()) return std::optional(*before);
    return Error(ErrorKind::conflict,
                 fill("this file is there already and is no checkpoint of {}; nothing was written",
                      std::string_view(before ? "this repository" : "an audit trail")),
                 {path}, "name another file");
}

// Against the checkpoint that is to be replaced, too. What both find is said once.
Result<void> hold_against(tmf::Repository& repository, const tmf::Checkpoint& before, const std::string& path, tmf::TrailReport& report) {
    DOSSIER_TRY(const auto found, tmf::check_trail(repository, before));
    for (const std::string& problem : found.problems)
        if (std::find(report.problems.begin(), report.problems.end(), problem) == report.problems.end()) report.problems.push_back(problem);
    if (!found.problems.empty())
        report.notes.push_back(fill("{} was left as it is: the trail does not hold against it; keep it, it is what shows this", path));
    return {};
}

Result<int> verify(Context& context, tmf::Repository& repository, const AuditOptions& options) {
    std::optional<tmf::Checkpoint> checkpoint;
    if (!options.checkpoint.empty()) {
        DOSSIER_TRY(checkpoint, checkpoint_of(context, repository, options.checkpoint));
    }
    DOSSIER_CHECK(check_target(context, options.write_checkpoint));
    DOSSIER_TRY(const auto replaced, checkpoint_to_replace(context, repository, options.write_checkpoint));
    DOSSIER_TRY(auto report, tmf::check_trail(repository, checkpoint, context.machine_clock->now()));
    if (replaced) DOSSIER_CHECK(hold_against(repository, *replaced, options.write_checkpoint, report));
    report.head.time = context.clock->now().text();
    const bool holds = report.problems.empty();
    // A broken trail gets no checkpoint: it would make the break look witnessed.
    if (holds && !options.write_checkpoint.empty())
        DOSSIER_CHECK(write_file_durably(*context.fs, options.write_checkpoint, to_text(report.head)));
    Rendering rendering;
    rendering.text = [&] {
        std::string text;
        for (const std::string& problem : report.problems) text += problem + "\n";
        for (const std::string& note : report.notes) text += "note: " + note + "\n";
        text += fill("{}: {} entries, head {}\n", std::string_view(holds ? "the audit trail holds" : "THE AUDIT TRAIL IS BROKEN"),
                     report.head.sequence, report.head.hash.hex());
        if (holds && !checkpoint && options.write_checkpoint.empty())
            text += "that nothing was cut off its end shows only against a checkpoint kept elsewhere (--write-checkpoint, --checkpoint)\n";
        return text;
    };
    rendering.json = [&] {
        return Json::object({{"verdict", holds ? "holds" : "broken"},
                             {"entries", report.head.sequence},
                             {"head", report.head.hash.hex()},
                             {"checkpoint", checkpoint ? Json(checkpoint->sequence) : Json()},
                             {"problems", Json::texts(report.problems)},
                             {"notes", Json::texts(report.notes)}});
    };
    DOSSIER_CHECK(emit(context, rendering));
    return holds ? exit_done : exit_findings;
}

} // namespace

Command make_tmf_audit() {
    auto options = std::make_shared<AuditOptions>();
    Command command;
    command.name = "tmf audit";
    command.right = "audit.read";
    command.summary = "Show the audit trail of a study or document, or check that it is unbroken";
    command.example = "dossier tmf audit --verify --checkpoint /mnt/elsewhere/checkpoint.json";
    command.declare = [options](Options& list) {
        list.text("TARGET", options->target,
                  "A study's id, a document (D-000012), or the label that a list gave it; without it everything");
        list.flag("--verify", options->verify, "Check the chain of hashes");
        list.text("--checkpoint", options->checkpoint, "Check against this checkpoint, too");
        list.text("--write-checkpoint", options->write_checkpoint,
                  "Check, and write the head of the chain to this file; keep it elsewhere. An older checkpoint there is replaced when the "
                  "trail holds against it");
    };
    command.run = [options](Context& context) -> Result<int> {
        DOSSIER_TRY(const auto repository, open_repository(context, tmf::Repository::Access::read));
        if (options->verify || !options->checkpoint.empty() || !options->write_checkpoint.empty())
            return verify(context, *repository, *options);
        if (options->target.empty()) return show_entries(context, *repository, "", "");
        const auto study = tmf::model_of_study(repository->ledger(), options->target); // says which studies there are
        if (study) return show_entries(context, *repository, options->target, "");
        const auto reference = tmf::find_reference(repository->ledger(), options->target);
        if (reference) return show_document(context, *repository, *reference);
        return reference.error().kind == ErrorKind::not_found ? study.error() : reference.error();
    };
    return command;
}

Command make_tmf_history() {
    auto document = std::make_shared<std::string>();
    Command command;
    command.name = "tmf history";
    command.right = "document.read";
    command.summary = "Everything that happened to a document";
    command.example = "dossier tmf history D-000012";
    command.declare = [document](Options& options) { options.text("DOC", *document, "D-000012, or the label that a list gave it", true); };
    command.run = [document](Context& context) -> Result<int> {
        DOSSIER_TRY(const auto repository, open_repository(context, tmf::Repository::Access::read));
        DOSSIER_TRY(const auto reference, tmf::find_reference(repository->ledger(), *document));
        DOSSIER_CHECK(tmf::find_version(repository->ledger(), reference));
        return show_entries(context, *repository, "", tmf::document_id(reference.document));
    };
    return command;
}

} // namespace dossier::cli
