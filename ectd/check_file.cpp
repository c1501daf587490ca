// Checks of the files and folders of a sequence: referenced, readable, names, first bytes.
#include "ectd/check.hpp"

#include <algorithm>
#include <set>

#include "core/path.hpp"
#include "core/text.hpp"
#include "ectd/names.hpp"

namespace dossier::ectd {

namespace {

bool is_in_util(const SequenceFacts& facts, const std::string& path) { return starts_with(path, facts.sequence->folder + "/util/"); }

// `except`: paths inside the sequence; one that ends with '/' means everything below it. The regional file is excepted too: whether it is
// referenced is a question of its own.
void check_referenced(const SequenceFacts& facts, const Parameters& parameters, CheckOutput& out) {
    std::set<std::string> referenced{facts.regional.path};
    for (const LeafFact& leaf : facts.leaves) referenced.insert(leaf.file);
    for (const FileFact* file : facts.own_files) {
        const std::string inside = facts.seen_from_sequence(file->path);
        const auto& except = parameters.texts("except");
        if (std::any_of(except.begin(), except.end(),
                        [&](const std::string& item) { return item == inside || (ends_with(item, "/") && starts_with(inside, item)); }))
            continue;
        out.examined();
        if (referenced.count(file->path) == 0) out.finding(file->path, "");
    }
}

void check_readable(const SequenceFacts& facts, const Parameters&, CheckOutput& out) {
    for (const FileFact* file : facts.own_files) {
        out.examined();
        if (!file->problem.empty()) out.finding(file->path, "", {{"problem", file->problem}});
    }
}

void check_name_characters(const SequenceFacts& facts, const Parameters& parameters, CheckOutput& out) {
    auto examine = [&](const std::string& path, const std::string& allowed) {
        out.examined();
        const std::string foreign = foreign_characters(path::file_name(path), allowed);
        if (!foreign.empty()) out.finding(path, "", {{"characters", foreign}});
    };
    for (const std::string& folder : facts.folders) examine(folder, parameters.text("in_folders"));
    for (const FileFact* file : facts.own_files) examine(file->path, parameters.text("in_files"));
}

void check_name_length(const SequenceFacts& facts, const Parameters& parameters, CheckOutput& out) {
    auto examine = [&](const std::string& path) {
        out.examined();
        const std::int64_t length = count_characters(path::file_name(path));
        if (length > parameters.number("max")) out.finding(path, "", {{"length", fill("{}", length)}});
    };
    for (const std::string& folder : facts.folders) examine(folder);
    for (const FileFact* file : facts.own_files) examine(file->path);
}

void check_extension(const SequenceFacts& facts, const Parameters& parameters, CheckOutput& out) {
    for (const FileFact* file : facts.own_files) {
        if (is_in_util(facts, file->path)) continue;
        out.examined();
        const std::string extension = to_lower(path::extension(file->path));
        if (!parameters.lists("accepted", extension))
            out.finding(file->path, "", {{"extension", extension.empty() ? "no extension" : "the extension " + extension}});
    }
}

void check_empty_folder(const SequenceFacts& facts, const Parameters&, CheckOutput& out) {
    for (const std::string& folder : facts.folders) {
        out.examined();
        if (std::find(facts.empty_folders.begin(), facts.empty_folders.end(), folder) != facts.empty_folders.end()) out.finding(folder, "");
    }
}

// ISO 32000-1, 7.5.2: the header of a PDF; readers look for it in the first 1024 bytes.
void check_content(const SequenceFacts& facts, const Parameters& parameters, CheckOutput& out) {
    for (const FileFact* file : facts.own_files) {
        if (to_lower(path::extension(file->path)) != parameters.text("extension") || !file->md5) continue;
        out.examined();
        if (file->start.find(parameters.text("holds")) != std::string::npos) continue;
        out.finding(file->path, "", {{"found", file->size == 0 ? "is empty" : "does not begin like one"}});
    }
}

} // namespace

std::vector<Check> file_checks() {
    const ParameterSpec max{"max", ParameterKind::number, true};
    return {
        {"file.referenced", "file", {{"except", ParameterKind::texts, true}}, {}, check_referenced},
        {"file.readable", "file", {}, {"problem"}, check_readable},
        {"file.name_characters",
         "file",
         {{"in_files", ParameterKind::text, true}, {"in_folders", ParameterKind::text, true}},
         {"characters"},
         check_name_characters},
        {"file.name_length", "file", {max}, {"length"}, check_name_length},
        {"file.extension", "file outside util", {{"accepted", ParameterKind::texts, true}}, {"extension"}, check_extension},
        {"file.content",
         "file of this kind",
         {{"extension", ParameterKind::text, true}, {"holds", ParameterKind::text, true}},
         {"found"},
         check_content},
        {"folder.empty", "folder", {}, {}, check_empty_folder},
    };
}

} // namespace dossier::ectd
