// Checks of names and places against those that a region recommends or asks for.
#include "ectd/check.hpp"

#include <algorithm>
#include <set>

#include "core/path.hpp"
#include "core/text.hpp"

namespace dossier::ectd {

namespace {

using templates::FileName;

const std::vector<FileName>* names_of(const SequenceFacts& facts, const Parameters& parameters, CheckOutput& out) {
    const auto found = facts.catalogue->file_names.find(parameters.text("region"));
    if (found != facts.catalogue->file_names.end()) return &found->second;
    out.not_run("there is no table of names for " + parameters.text("region"));
    return nullptr;
}

// Parts of the folder that holds a file, inside the sequence; empty for files beside index.xml and in util.
std::vector<std::string> folder_of(const SequenceFacts& facts, const FileFact& file) {
    std::vector<std::string> parts = path::parts(path::parent(facts.seen_from_sequence(file.path)));
    if (!parts.empty() && parts.front() == "util") parts.clear();
    return parts;
}

std::size_t parts_that_fit(const std::vector<FileName>& names, const std::vector<std::string>& folder) {
    std::size_t most = 0;
    for (const FileName& name : names) most = std::max(most, name.common_parts(folder));
    return most;
}

bool may_hold_files(const std::vector<FileName>& names, const std::vector<std::string>& folder) {
    return std::any_of(names.begin(), names.end(), [&](const FileName& name) { return name.is_folder(folder); });
}

// The backbone of module 1, also where it is called in other letters: what it has to be called is a question of its own.
bool is_regional_file(const SequenceFacts& facts, const FileFact& file) {
    return file.path == facts.regional.path || ends_with(to_lower(file.path), "-regional.xml");
}

// The first folder of a path that is not in the table speaks for those inside.
void check_folders(const SequenceFacts& facts, const Parameters& parameters, CheckOutput& out) {
    const auto* names = names_of(facts, parameters, out);
    std::set<std::string> said;
    for (const FileFact* file : facts.own_files) {
        std::vector<std::string> folder = folder_of(facts, *file);
        if (!names || folder.empty() || is_regional_file(facts, *file)) continue;
        out.examined();
        const std::size_t fit = parts_that_fit(*names, folder);
        const bool whole = fit == folder.size();
        if (whole && may_hold_files(*names, folder)) continue;
        folder.resize(std::min(fit + 1, folder.size()));
        if (said.insert(join(folder, "/")).second)
            out.finding(
                path::join(facts.sequence->folder, join(folder, "/")), "",
                {{"problem", whole ? "holds files, and files belong into a folder below it" : "is not among the recommended folders"}});
    }
}

// Only in folders that are as recommended: of others nothing is known. Study tagging files have names of their own.
void check_files(const SequenceFacts& facts, const Parameters& parameters, CheckOutput& out) {
    const auto* names = names_of(facts, parameters, out);
    for (const FileFact* file : facts.own_files) {
        const std::vector<std::string> folder = folder_of(facts, *file);
        const std::string name = path::file_name(file->path);
        if (!names || folder.empty() || is_regional_file(facts, *file) || (starts_with(name, "stf-") && path::extension(name) == "xml"))
            continue;
        std::set<std::string> wanted;
        bool fits = false;
        for (const FileName& row : *names) {
            if (!row.is_folder(folder)) continue;
            wanted.insert(row.name);
            fits = fits || row.is_name(name);
        }
        if (wanted.empty()) continue;
        out.examined();
        if (!fits) out.finding(file->path, "", {{"wanted", join({wanted.begin(), wanted.end()}, ", ")}});
    }
}

// Countries whose folder has to hold a tracking table: by the kind of procedure; "country" stands for that of the envelope.
std::set<std::string> tracking_countries(const SequenceFacts& facts, const Parameters& parameters) {
    std::set<std::string> countries;
    for (const EnvelopeFact& envelope : facts.envelopes) {
        if (parameters.lists("except_countries", envelope.country)) continue;
        const auto place = parameters.table("places").find(envelope.field("procedure@type"));
        if (place == parameters.table("places").end()) continue;
        for (const std::string& country : place->second) countries.insert(country == "country" ? envelope.country : country);
    }
    return countries;
}

// problem: missing, or name (one is there under another name).
void check_tracking_table(const SequenceFacts& facts, const Parameters& parameters, CheckOutput& out) {
    for (const std::string& country : tracking_countries(facts, parameters)) {
        const std::string folder = path::join(path::join(facts.sequence->folder, parameters.text("folder")), country);
        const FileName wanted{"", {}, country + "-tracking", {"pdf"}, FileName::Below::none};
        const FileFact* other = nullptr;
        bool there = false;
        for (const FileFact* file : facts.own_files) {
            if (path::parent(file->path) != folder || file->path.find("track", folder.size()) == std::string::npos) continue;
            const bool fits = wanted.is_name(path::file_name(file->path));
            there = there || fits;
            if (!fits && !other) other = file;
        }
        const std::string name = country + "-tracking.pdf";
        if (parameters.text("problem") == "name") {
            if (!there && !other) continue; // missing: has its own rule
            out.examined();
            if (!there) out.finding(other->path, "", {{"name", name}});
        } else {
            out.examined();
            if (!there && !other) out.finding(path::join(folder, name), "sequence folder", {{"name", name}});
        }
    }
}

} // namespace

std::vector<Check> name_checks() {
    const ParameterSpec region{"region", ParameterKind::text, true};
    return {
        {"name.folder", "file outside util", {region}, {"problem"}, check_folders},
        {"name.file", "file in such a folder", {region}, {"wanted"}, check_files},
        {"name.tracking_table",
         "procedure with a tracking table",
         {{"places", ParameterKind::table, true},
          {"folder", ParameterKind::text, true},
          {"except_countries", ParameterKind::texts, true},
          {"problem", ParameterKind::text, true}},
         {"name"},
         check_tracking_table},
    };
}

} // namespace dossier::ectd
