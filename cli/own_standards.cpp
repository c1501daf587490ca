#include "cli/own_standards.hpp"

#include <algorithm>

#include "core/digest.hpp"
#include "core/path.hpp"
#include "core/text.hpp"
#include "core/yaml.hpp"
#include "core/zip.hpp"
#include "templates/model_changes.hpp"
#include "templates/own_list.hpp"
#include "templates/own_model.hpp"
#include "templates/own_standard.hpp"

namespace dossier::cli {

using templates::StandardFile;

namespace {

constexpr std::uint64_t largest = 64u << 20;

struct Added {
    StandardFile file;
    bool is_new = false;
    std::vector<std::string> changes, notes; // against what it stands on
};

Result<int> show_added(Context& context, const Added& added) {
    for (const std::string& note : added.notes) print_note(context, "note: " + note);
    Rendering rendering;
    rendering.text = [&added] {
        std::string text;
        for (const std::string& change : added.changes) text += "  " + change + "\n";
        text += fill("{} {}: {}\n", added.file.kind, added.file.name, std::string_view(added.is_new ? "taken in" : "it was here already"));
        const bool is_list = added.file.kind == "list";
        return text + (is_list ? fill("name it in a study file: study: {{lists: [{}]}}\n", added.file.name)
                               : fill("name it in a study file: study: {{model: \"{}\"}}\n", added.file.name));
    };
    rendering.json = [&added] {
        return Json::object({{"report_version", 1},
                             {"kind", added.file.kind},
                             {"name", added.file.name},
                             {"new", added.is_new},
                             {"sha256", sha256_of(added.file.bytes).hex()},
                             {"changes", Json::texts(added.changes)},
                             {"notes", Json::texts(added.notes)}});
    };
    DOSSIER_CHECK(emit(context, rendering));
    return exit_done;
}

Result<int> add_list(Context& context, const templates::OwnStandards& own, const std::string& path, const std::string& bytes) {
    DOSSIER_TRY(const auto head, templates::read_own_list_head(bytes, path));
    const auto find = [&own](const std::string& kind, const std::string& name) { return own.find(kind, name); };
    auto found = templates::read_study_catalogue(context.templates, head.model, {}, find);
    if (!found) {
        if (found.error().where.path.empty()) found.error().where.path = path; // the list names the model
        return found.error();
    }
    const templates::TmfCatalogue& base = *found;
    DOSSIER_TRY(const auto list, templates::read_own_list(bytes, path, base));
    templates::TmfCatalogue with = base;
    templates::adopt(list, with);
    Added added;
    added.changes = templates::describe_rule_changes(base, with);
    for (const auto& part : list.sub_artifacts) added.changes.push_back(fill("sub-artifact of {:03} added: {}", part.unique_id, part.name));
    added.file = {"list", list.head.name(), path::file_name(path), bytes, path};
    DOSSIER_TRY(added.is_new, own.add(added.file));
    return show_added(context, added);
}

Result<int> add_model(Context& context, const templates::OwnStandards& own, const std::string& path, const std::string& bytes,
                      const OwnStandardOptions& options) {
    templates::WorkbookWish wish;
    wish.model = options.model;
    wish.sheet = options.sheet;
    wish.workbook_definitions = options.definitions == "workbook";
    Yaml mapping;
    if (!options.mapping.empty()) {
        DOSSIER_TRY(const std::string text, read_file(*context.fs, options.mapping, largest));
        DOSSIER_TRY(mapping, parse_yaml(text, options.mapping));
        wish.mapping = &mapping;
    }
    auto read = templates::read_model_workbook(context.templates, bytes, path, wish);
    if (!read) {
        if (read.error().where.path.empty() && !options.mapping.empty()) read.error().where.path = options.mapping; // its base, its model
        return read.error();
    }
    templates::WorkbookOutcome& outcome = *read;
    DOSSIER_TRY(const auto model, templates::read_own_model(context.templates, outcome.table, path));
    DOSSIER_TRY(const auto base, templates::read_tmf_catalogue(context.templates, outcome.base));
    Added added;
    added.notes = std::move(outcome.notes);
    if (outcome.other_definitions > 0)
        added.notes.push_back(
            fill("{} definitions differ from the program's own words; {}", outcome.other_definitions,
                 std::string_view(wish.workbook_definitions ? "the workbook's were taken"
                                                            : "those were kept (--definitions workbook takes the others)")));
    for (const std::string& line : templates::describe_artifact_changes(base, model)) added.changes.push_back("artifact " + line);
    for (const std::string& rule : model.rules_left_out)
        added.changes.push_back(fill("rule {} off: its artifact is not in the model", rule));
    added.file = {"model", outcome.model, "reference-model.tsv", outcome.table, path};
    DOSSIER_TRY(added.is_new, own.add(added.file));
    return show_added(context, added);
}

std::vector<StandardFile> all_own(Context& context) {
    const templates::OwnStandards own(*context.fs, context.data_folder);
    std::vector<StandardFile> files;
    for (const char* kind : {"model", "list"})
        for (const std::string& name : own.names(kind))
            if (auto file = own.find(kind, name); file && *file) files.push_back(std::move(**file));
    return files;
}

} // namespace

void OwnStandardOptions::declare(Options& options) {
    options.text("--model", model, "Workbook: what studies will call this model, 4.0-acme");
    options.text("--mapping", mapping, "Workbook: YAML file that gives our names to its columns");
    options.text("--sheet", sheet, "Workbook: the sheet (default: the first with the columns of a model)");
    options.choice("--definitions", definitions, {"ours", "workbook"}, "Workbook: whose definitions stay where both have one");
}

Result<bool> is_own_standard(Context& context, const std::string& path) {
    if (is_folder(*context.fs, path)) return false;
    const auto archive = open_zip(path);
    if (!archive) return to_lower(path::extension(path)) != "zip"; // a table, then; or whoever reads it says what is wrong
    const auto& entries = (*archive)->entries();
    return std::any_of(entries.begin(), entries.end(), [](const ZipEntry& entry) { return entry.name == "xl/workbook.xml"; });
}

Result<int> add_own_standard(Context& context, const std::string& path, const OwnStandardOptions& options) {
    DOSSIER_TRY(const std::string bytes, read_file(*context.fs, path, largest));
    const templates::OwnStandards own(*context.fs, context.data_folder);
    if (templates::looks_like_own_list(bytes, path)) return add_list(context, own, path, bytes);
    return add_model(context, own, path, bytes, options);
}

Json own_standards_json(Context& context) {
    Json list = Json::array();
    for (const StandardFile& file : all_own(context))
        list.push(Json::object({{"kind", file.kind}, {"name", file.name}, {"sha256", sha256_of(file.bytes).hex()}, {"path", file.place}}));
    return list;
}

std::string own_standards_text(Context& context) {
    std::string text;
    for (const StandardFile& file : all_own(context))
        text += fill("  {:<8} {:<28} {}\n", file.kind, file.name, sha256_of(file.bytes).hex().substr(0, 16));
    return text.empty() ? "" : "Own models and lists\n" + text;
}

} // namespace dossier::cli
