// Checks of the sequence as a package: what has to lie in its folder.
#include "ectd/check.hpp"

#include <algorithm>

#include "core/path.hpp"
#include "core/text.hpp"
#include "ectd/grouped_applications.hpp"
#include "ectd/missing_sequences.hpp"

namespace dossier::ectd {

namespace {

void check_file_present(const SequenceFacts& facts, const Parameters& parameters, CheckOutput& out) {
    std::string name = parameters.text("file");
    if (name == "regional") {
        const std::string country = facts.region == "unknown" ? "<cc>" : facts.region;
        name = facts.regional.present ? facts.sequence->regional.file : regional_file_of(country);
    }
    const std::string path = path::join(facts.sequence->folder, name);
    if (const std::string reason = facts.unknown_presence(path); !reason.empty()) return out.not_run(reason);
    out.examined();
    if (!facts.file(path)) out.finding(path, "sequence folder", {{"name", name}});
}

void check_regional_referenced(const SequenceFacts& facts, const Parameters&, CheckOutput& out) {
    out.examined();
    const bool named = std::any_of(facts.leaves.begin(), facts.leaves.end(), [&](const LeafFact& leaf) {
        return leaf.leaf->at.file == "index.xml" && leaf.file() == facts.regional.path;
    });
    if (!named)
        out.finding(facts.index.path, "m1-administrative-information-and-prescribing-information",
                    {{"name", facts.seen_from_sequence(facts.regional.path)}});
}

void check_index_md5(const SequenceFacts& facts, const Parameters&, CheckOutput& out) {
    const FileFact* index = facts.file(facts.index.path);
    if (!facts.has_index_md5 || !index || !index->md5) return;
    out.examined();
    const std::string found(trim(facts.index_md5));
    const auto md5 = Md5::from_hex(found);
    if (md5 && *md5 == *index->md5) return;
    out.finding(path::join(facts.sequence->folder, "index-md5.txt"), "",
                {{"found", found.empty() ? "nothing" : found.substr(0, 80)}, {"expected", index->md5->hex()}});
}

// A grouped submission has a sequence number for each application; that of the one which holds the files is this folder's. `every`: each
// envelope has to say it.
void check_sequence_number(const SequenceFacts& facts, const Parameters& parameters, CheckOutput& out) {
    const std::string& name = parameters.text("field");
    for (const GroupedApplication& application : applications_of(facts)) {
        if (!application.holds_files && !parameters.has("every")) continue;
        for (const FieldFact* field : application.fields_of(name)) {
            out.examined();
            if (field->value != facts.sequence->folder)
                out.finding(facts.regional.path, line_place(field->line, name),
                            {{"value", field->value}, {"folder", facts.sequence->folder}});
        }
    }
}

// `file`: a path inside the sequence. A file beside it that is meant, under another name: called so in other letters, or of the same
// extension and beginning with what it has to hold.
const FileFact* misnamed(const SequenceFacts& facts, const std::string& file, const std::string& holds) {
    const std::string path = path::join(facts.sequence->folder, file);
    if (facts.file(path)) return nullptr;
    for (const FileFact* other : facts.own_files) {
        if (path::parent(other->path) != path::parent(path) || path::extension(to_lower(other->path)) != path::extension(path)) continue;
        if (to_lower(other->path) == path || holds.empty() || other->start.find(holds) != std::string::npos) return other;
    }
    return nullptr;
}

void check_file_name(const SequenceFacts& facts, const Parameters& parameters, CheckOutput& out) {
    const std::string& file = parameters.text("file");
    const FileFact* other = misnamed(facts, file, parameters.text("holds"));
    if (!other && !facts.file(path::join(facts.sequence->folder, file))) return; // not there at all: has its own rule
    out.examined();
    if (other) out.finding(other->path, "", {{"name", path::file_name(file)}});
}

void check_file_place(const SequenceFacts& facts, const Parameters& parameters, CheckOutput& out) {
    const std::string& file = parameters.text("file");
    const std::string path = path::join(facts.sequence->folder, file);
    if (misnamed(facts, file, parameters.text("holds"))) return; // has its own rule
    if (const std::string reason = facts.unknown_presence(path); !reason.empty()) return out.not_run(reason);
    out.examined();
    if (facts.file(path)) return;
    std::string found = "it is missing";
    for (const FileFact* other : facts.own_files)
        if (path::file_name(other->path) == path::file_name(path)) found = "it lies at " + facts.seen_from_sequence(other->path);
    out.finding(path, "sequence folder", {{"name", file}, {"found", found}});
}

void check_root_files(const SequenceFacts& facts, const Parameters& parameters, CheckOutput& out) {
    for (const FileFact* file : facts.own_files) {
        if (path::parent(file->path) != facts.sequence->folder) continue;
        out.examined();
        const auto& allowed = parameters.texts("allowed");
        const bool fits = std::any_of(allowed.begin(), allowed.end(), [&](const std::string& name) {
            return name == path::file_name(file->path) || misnamed(facts, name, name == "index.xml" ? "<ectd:ectd" : "") == file;
        });
        if (!fits) out.finding(file->path, "");
    }
}

// Facts are of a folder that was found by its four digits. One that has none is judged by itself (ectd/unnumbered.hpp).
void check_folder_name(const SequenceFacts&, const Parameters&, CheckOutput& out) { out.examined(); }

// Of a folder as of an archive: both give one report.
void check_archive_entry(const SequenceFacts& facts, const Parameters&, CheckOutput& out) {
    out.examined();
    if (!facts.archive) return;
    for (const ZipFault& fault : facts.archive->faults) {
        const std::size_t start = fault.name.find_first_not_of('/');
        out.finding(start == std::string::npos ? "" : fault.name.substr(start), "", {{"name", fault.name}, {"problem", fault.problem}});
    }
}

void check_archive_beside(const SequenceFacts& facts, const Parameters&, CheckOutput& out) {
    out.examined();
    if (!facts.archive) return;
    for (const std::string& name : facts.archive->beside) out.finding(name, "");
}

// As far as the sequences that are here can tell: only the agency knows all that it has received.
void check_number_used(const SequenceFacts& facts, const Parameters&, CheckOutput& out) {
    out.examined();
    for (const Sequence& sequence : facts.application->sequences)
        if (sequence.number < facts.sequence->number && sequence.envelope.sequence_number == facts.sequence->folder)
            out.finding(path::join(sequence.folder, sequence.regional.file), "sequence", {{"other", sequence.folder}});
    if (const std::string missing = missing_sequences(facts); !missing.empty()) out.not_run(missing);
}

} // namespace

std::vector<Check> package_checks() {
    const ParameterSpec file{"file", ParameterKind::text, true}, holds{"holds", ParameterKind::text, false};
    return {
        {"package.file_present", "sequence folder", {file}, {"name"}, check_file_present},
        {"package.regional_referenced", "regional file", {}, {"name"}, check_regional_referenced},
        {"package.index_md5", "index-md5.txt and index.xml", {}, {"found", "expected"}, check_index_md5},
        {"package.sequence_number",
         "sequence number in the regional file",
         {{"field", ParameterKind::text, true}, {"every", ParameterKind::text, false}},
         {"value", "folder"},
         check_sequence_number},
        {"package.file_name", "such file", {file, holds}, {"name"}, check_file_name},
        {"package.file_place", "sequence folder", {file, holds}, {"name", "found"}, check_file_place},
        {"package.root_files", "file beside index.xml", {{"allowed", ParameterKind::texts, true}}, {}, check_root_files},
        {"package.folder_name", "sequence folder", {}, {}, check_folder_name},
        {"archive.entry", "package", {}, {"name", "problem"}, check_archive_entry},
        {"archive.beside", "package", {}, {}, check_archive_beside},
        {"package.number_used", "sequence folder", {}, {"other"}, check_number_used},
    };
}

} // namespace dossier::ectd
