// Checks of the official files that a sequence carries in util: there, called and placed as published, byte for byte the published ones.
#include "ectd/check.hpp"

#include <algorithm>
#include <set>

#include "core/path.hpp"
#include "core/text.hpp"
#include "ectd/official.hpp"

namespace dossier::ectd {

namespace {

// Official files whose place is not known: those of `anywhere` that are not in the sequence, and that no backbone names.
std::vector<std::string> missing_anywhere(const SequenceFacts& facts, const Parameters& parameters, const std::set<std::string>& wanted) {
    std::vector<std::string> missing;
    for (const std::string& name : parameters.texts("anywhere")) {
        const auto is_it = [&](const std::string& path) { return path::file_name(path) == name; };
        if (std::none_of(wanted.begin(), wanted.end(), is_it) && official_files_called(facts, name).empty()) missing.push_back(name);
    }
    return missing;
}

void check_present(const SequenceFacts& facts, const Parameters& parameters, CheckOutput& out) {
    std::set<std::string> wanted;
    for (const std::string& name : parameters.texts("always")) wanted.insert(path::join(facts.sequence->folder, name));
    const bool own_rules = parameters.has("own_rules"); // for what backbones name, and for files under another name or in another folder
    std::vector<const XmlFileFact*> files = {&facts.index, &facts.regional};
    for (const StfFact& stf : facts.stfs) files.push_back(&stf.xml);
    for (const XmlFileFact* file : files)
        if (!own_rules) wanted.insert(file->references.begin(), file->references.end());
    std::vector<std::string> missing; // where a folder cannot be read, any of them may lie in it
    if (facts.unreadable_folders.empty()) missing = missing_anywhere(facts, parameters, wanted);
    for (const std::string& path : wanted) {
        if (const std::string reason = facts.unknown_presence(path); !reason.empty()) {
            out.not_run(reason);
            continue;
        }
        out.examined();
        if (facts.file(path) || (own_rules && !official_files_called(facts, path::file_name(path)).empty())) continue;
        missing.push_back(facts.seen_from_sequence(path));
    }
    if (missing.empty()) return;
    // A stylesheet shows a backbone to people; without a DTD nobody can tell whether it is valid.
    const bool unsent = std::any_of(missing.begin(), missing.end(), [](const std::string& name) { return !ends_with(name, ".xsl"); });
    const char* const effect = unsent ? "the sequence cannot be sent yet, official files are missing" : "official stylesheets are missing";
    out.finding(path::join(facts.sequence->folder, "util"), "", {{"missing", join(missing, ", ")}, {"effect", effect}}, unsent);
}

void check_name(const SequenceFacts& facts, const Parameters& parameters, CheckOutput& out) {
    for (const FileFact* file : official_files_called(facts, parameters.text("file"))) {
        out.examined();
        if (path::file_name(file->path) != parameters.text("file")) out.finding(file->path, "");
    }
}

void check_place(const SequenceFacts& facts, const Parameters& parameters, CheckOutput& out) {
    const std::string folder = path::join(facts.sequence->folder, parameters.text("folder"));
    const auto files = official_files_called(facts, parameters.text("file"));
    if (files.empty()) return out.not_run(fill("{}/{}: it is not there", parameters.text("folder"), parameters.text("file")));
    out.examined();
    if (std::any_of(files.begin(), files.end(), [&](const FileFact* file) { return path::parent(file->path) == folder; })) return;
    for (const FileFact* file : files) out.finding(file->path, "");
}

struct Accepted {
    std::set<std::string> md5;
    bool official = false;
};

// `versions` empty: every version that is known of.
Accepted accepted_forms(const SequenceFacts& facts, const std::string& name, const std::vector<std::string>& versions) {
    Accepted accepted;
    for (const templates::OfficialFile& known : facts.catalogue->official_files) {
        if (known.name != name || known.md5.empty()) continue;
        if (!versions.empty() && std::find(versions.begin(), versions.end(), known.version) == versions.end()) continue;
        accepted.md5.insert(known.md5);
        accepted.official = accepted.official || known.confidence == "official";
    }
    return accepted;
}

void compare(const SequenceFacts& facts, const FileFact& file, const std::string& name, const Accepted& accepted, CheckOutput& out) {
    if (!file.md5) return;
    out.examined();
    if (accepted.md5.count(file.md5->hex())) return;
    std::string found = file.md5->hex();
    for (const templates::OfficialFile& known : facts.catalogue->official_files)
        if (known.name == name && known.md5 == file.md5->hex()) found += " (that of version " + known.version + ")";
    out.finding(file.path, "", {{"name", name}, {"found", found}, {"expected", join({accepted.md5.begin(), accepted.md5.end()}, " or ")}},
                accepted.official);
}

// Every file in util that is called like an official one.
void check_all_checksums(const SequenceFacts& facts, CheckOutput& out) {
    const std::string util = path::join(facts.sequence->folder, "util/");
    for (const FileFact* file : facts.own_files) {
        if (!starts_with(file->path, util)) continue;
        const std::string name = to_lower(path::file_name(file->path));
        const Accepted accepted = accepted_forms(facts, name, {});
        if (!accepted.md5.empty()) compare(facts, *file, name, accepted, out);
    }
}

void check_checksum(const SequenceFacts& facts, const Parameters& parameters, CheckOutput& out) {
    const std::string& name = parameters.text("file");
    if (name.empty()) return check_all_checksums(facts, out);
    const auto files = official_files_called(facts, name);
    if (files.empty()) return;
    std::vector<std::string> versions = parameters.texts("versions");
    if (parameters.has("version_of")) {
        const XmlFileFact& xml = parameters.text("version_of") == "index" ? facts.index : facts.regional;
        versions = xml.dtd_version.empty() ? shipped_versions(facts, xml) : std::vector<std::string>{xml.dtd_version}; // the DTD's default
        if (versions.empty()) return out.not_run(facts.seen_from_sequence(xml.path) + " does not say which version it follows");
    }
    const Accepted accepted = accepted_forms(facts, name, versions);
    if (accepted.md5.empty()) return out.not_run(fill("the checksum of {} for version {} is not known", name, join(versions, ", ")));
    for (const FileFact* file : files) compare(facts, *file, name, accepted, out);
}

// Nobody looks into util for documents, and nothing leads there.
void check_kinds(const SequenceFacts& facts, const Parameters& parameters, CheckOutput& out) {
    const std::string util = path::join(facts.sequence->folder, "util/");
    for (const FileFact* file : facts.own_files) {
        if (!starts_with(file->path, util)) continue;
        out.examined();
        const bool is_told = parameters.lists("told_elsewhere", path::file_name(file->path));
        if (!is_told && !parameters.lists("accepted", to_lower(path::extension(file->path)))) out.finding(file->path, "");
    }
}

// The DOCTYPE or the stylesheet instruction of a backbone.
void check_reference(const SequenceFacts& facts, const Parameters& parameters, CheckOutput& out) {
    const XmlFileFact& xml = parameters.text("file") == "index" ? facts.index : facts.regional;
    if (!xml.well_formed) return; // has its own rule
    const std::string& reference = parameters.text("by") == "doctype" ? xml.doctype.system_id : xml.stylesheet;
    const std::string wanted = path::join(facts.sequence->folder, parameters.text("target"));
    const std::string found = path::normalise(path::join(path::parent(xml.path), reference));
    std::string problem;
    if (reference.empty())
        problem = "names none";
    else if (!is_uri_reference(reference))
        problem = "names \"" + reference + "\", which is no valid URI reference";
    else if (found != wanted)
        problem = "names \"" + reference + "\"";
    const auto files = official_files_called(facts, path::file_name(wanted));
    const bool is_it = std::any_of(files.begin(), files.end(), [&](const FileFact* file) { return file->path == found; });
    const bool is_right = problem.empty() || is_it; // called or placed otherwise: rules of its own say that
    if (is_right && files.empty()) return out.not_run(parameters.text("target") + ": it is not there");
    out.examined();
    if (is_right) return;
    out.finding(xml.path, "", {{"problem", problem}, {"wanted", path::relative(path::parent(xml.path), wanted)}});
}

} // namespace

std::vector<Check> official_checks() {
    const ParameterSpec file{"file", ParameterKind::text, true};
    return {
        {"util.present",
         "official file asked for",
         {{"always", ParameterKind::texts, false}, {"anywhere", ParameterKind::texts, false}, {"own_rules", ParameterKind::text, false}},
         {"missing", "effect"},
         check_present},
        {"util.name", "such file", {file}, {}, check_name},
        {"util.place", "such file", {file, {"folder", ParameterKind::text, true}}, {}, check_place},
        {"util.checksum",
         "official file in util",
         {{"file", ParameterKind::text, false}, {"versions", ParameterKind::texts, false}, {"version_of", ParameterKind::text, false}},
         {"name", "found", "expected"},
         check_checksum},
        {"util.kinds",
         "file in util",
         {{"accepted", ParameterKind::texts, true}, {"told_elsewhere", ParameterKind::texts, false}},
         {},
         check_kinds},
        {"xml.reference",
         "file of this kind",
         {file, {"by", ParameterKind::text, true}, {"target", ParameterKind::text, true}},
         {"problem", "wanted"},
         check_reference},
    };
}

} // namespace dossier::ectd
