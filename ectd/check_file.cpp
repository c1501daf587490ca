// Checks of the files and folders of a sequence: referenced, readable, names, first bytes.
#include "ectd/check.hpp"

#include <algorithm>
#include <set>

#include "core/path.hpp"
#include "core/text.hpp"
#include "ectd/content_facts.hpp"
#include "ectd/content_reader.hpp"
#include "ectd/names.hpp"

namespace dossier::ectd {

namespace {

// A link or device is a finding of its own, whatever it is called and whether a leaf names it or not.
bool is_stored_file(const FileFact* file) { return file->kind == FileKind::file; }

bool is_in_util(const SequenceFacts& facts, const std::string& path) { return starts_with(path, facts.sequence->folder + "/util/"); }

// `except`: paths inside the sequence; one that ends with '/' means everything below it. The regional file is excepted too: whether it is
// referenced is a question of its own.
void check_referenced(const SequenceFacts& facts, const Parameters& parameters, CheckOutput& out) {
    std::set<std::string> referenced{facts.regional.path};
    for (const LeafFact& leaf : facts.leaves) {
        referenced.insert(leaf.file());
        // A path with backslashes names no file, which is told; the file that was meant is not told on top.
        if (const std::string& href = leaf.leaf->href(); href.find('\\') != std::string::npos)
            referenced.insert(path::normalise(
                path::join(path::join(leaf.leaf->at.sequence.text(), path::parent(leaf.leaf->at.file)), replace_all(href, "\\", "/"))));
    }
    for (const FileFact* file : facts.own_files) {
        if (!is_stored_file(file)) continue;
        const std::string inside = facts.seen_from_sequence(file->path);
        const auto& except = parameters.texts("except");
        const auto covers = [&](const std::string& item) { return item == inside || (ends_with(item, "/") && starts_with(inside, item)); };
        if (std::any_of(except.begin(), except.end(), covers)) continue;
        const auto& below = parameters.texts("below");
        if (!below.empty() && std::none_of(below.begin(), below.end(), covers)) continue;
        out.examined();
        if (referenced.count(file->path) == 0) out.finding(file->path, "");
    }
}

void check_readable(const SequenceFacts& facts, const Parameters&, CheckOutput& out) {
    for (const FileFact* folder : facts.unreadable_folders) {
        out.examined();
        out.finding(folder->path, "", {{"problem", folder->problem}, {"kind", "folder"}});
        out.not_run(fill("{}: no rule has looked at what is in it", facts.unknown_presence(folder->path + "/")));
    }
    for (const FileFact* file : facts.own_files) {
        out.examined();
        if (!file->problem.empty()) out.finding(file->path, "", {{"problem", file->problem}, {"kind", "file"}});
    }
}

// One, between a name and an extension; null: so it is.
const char* wrong_full_stops(const std::string& name) {
    const auto count = std::count(name.begin(), name.end(), '.');
    if (count > 1) return "more than one full stop";
    if (count == 0) return "no extension";
    if (name.front() == '.') return "nothing before its full stop";
    return name.back() == '.' ? "nothing after its full stop" : nullptr;
}

void check_name_characters(const SequenceFacts& facts, const Parameters& parameters, CheckOutput& out) {
    auto examine = [&](const std::string& path, const std::string& allowed) {
        out.examined();
        const std::string foreign = foreign_characters(path::file_name(path), allowed);
        if (!foreign.empty()) out.finding(path, "", {{"characters", foreign}});
    };
    if (parameters.has("in_folders"))
        for (const std::string& folder : facts.folders) examine(folder, parameters.text("in_folders"));
    if (!parameters.has("in_files")) return;
    for (const FileFact* file : facts.own_files) {
        examine(file->path, parameters.text("in_files"));
        const std::string name = path::file_name(file->path);
        if (!parameters.has("one_full_stop")) continue;
        if (const char* const problem = wrong_full_stops(name)) out.finding(file->path, "", {{"characters", problem}});
    }
}

void check_name_length(const SequenceFacts& facts, const Parameters& parameters, CheckOutput& out) {
    auto examine = [&](const std::string& path) {
        out.examined();
        const std::int64_t length = count_characters(path::file_name(path));
        const bool told_elsewhere = parameters.has("up_to") && length > parameters.number("up_to"); // by a rule with a higher limit
        if (length > parameters.number("max") && !told_elsewhere) out.finding(path, "", {{"length", fill("{}", length)}});
    };
    if (parameters.text("of") != "files")
        for (const std::string& folder : facts.folders) examine(folder);
    if (parameters.text("of") != "folders")
        for (const FileFact* file : facts.own_files) examine(file->path);
}

// With the folder of the sequence: "0001/m2/22-intro/introduction.pdf".
void check_path_length(const SequenceFacts& facts, const Parameters& parameters, CheckOutput& out) {
    for (const FileFact* file : facts.own_files) {
        out.examined();
        const std::int64_t length = count_characters(file->path);
        if (length > parameters.number("max")) out.finding(file->path, "", {{"length", fill("{}", length)}});
    }
}

// What files of an extension begin with; of others nothing is known.
std::string_view start_of(const std::string& extension) {
    if (extension == "png") return "\x89PNG";
    if (extension == "gif") return "GIF8";
    if (extension == "jpg" || extension == "jpeg") return "\xFF\xD8\xFF";
    return extension == "xml" || extension == "svg" ? "<" : "";
}

bool begins_like(const FileFact& file, std::string_view start) {
    return start == "<" ? content::is_markup(file.start) : starts_with(file.start, start);
}

// `below`: folders of the sequence ("m1/"); none: everything outside util. `contents`: the first bytes have to fit the extension too.
void check_extension(const SequenceFacts& facts, const Parameters& parameters, CheckOutput& out) {
    for (const FileFact* file : facts.own_files) {
        if (!is_stored_file(file) || is_in_util(facts, file->path) || file->path.find("/util/") != std::string::npos) continue;
        const std::string inside = facts.seen_from_sequence(file->path);
        const auto& below = parameters.texts("below");
        if (!below.empty() && std::none_of(below.begin(), below.end(), [&](const std::string& item) { return starts_with(inside, item); }))
            continue;
        out.examined();
        const std::string extension = to_lower(path::extension(file->path));
        const std::string_view start = start_of(extension);
        if (!parameters.lists("accepted", extension))
            out.finding(file->path, "", {{"extension", extension.empty() ? "no extension" : "the extension " + extension}});
        else if (parameters.has("contents") && file->md5 && !start.empty() && !begins_like(*file, start))
            out.finding(file->path, "", {{"extension", fill("the extension {} and does not begin like one", extension)}});
    }
}

// `types`: what files of an extension may be by their first bytes. The backbones and study tagging files have rules of their own.
void check_type(const SequenceFacts& facts, const Parameters& parameters, CheckOutput& out) {
    std::set<std::string> told_elsewhere{facts.index.path, facts.regional.path};
    for (const StfFact& stf : facts.stfs) told_elsewhere.insert(stf.xml.path);
    for (const FileFact* file : facts.own_files) {
        const auto types = parameters.table("types").find(to_lower(path::extension(file->path)));
        if (types == parameters.table("types").end() || !file->md5 || told_elsewhere.count(file->path) > 0) continue;
        if (is_in_util(facts, file->path) || parameters.lists("except", path::file_name(file->path))) continue;
        out.examined();
        const std::string type = to_text(content::type_of(file->start, file->size));
        if (std::find(types->second.begin(), types->second.end(), type) != types->second.end()) continue;
        out.finding(file->path, "",
                    {{"type", file->size == 0     ? std::string("the file is empty")
                              : type == "unknown" ? std::string("the file begins like no known format")
                                                  : fill("the file is {}", type)},
                     {"wanted", join(types->second, " or ")}});
    }
}

bool is_video(const Parameters& parameters, const FileFact& file) {
    return parameters.lists("video", to_lower(path::extension(file.path)));
}

// `of`: files that are no videos, or videos.
void check_size(const SequenceFacts& facts, const Parameters& parameters, CheckOutput& out) {
    const auto megabytes = static_cast<std::uint64_t>(parameters.number("max_megabytes"));
    for (const FileFact* file : facts.own_files) {
        if (is_video(parameters, *file) != (parameters.text("of") == "video")) continue;
        out.examined();
        if (file->size > megabytes << 20) out.finding(file->path, "", {{"size", fill("{}", (file->size >> 20) + 1)}});
    }
}

void check_empty_folder(const SequenceFacts& facts, const Parameters&, CheckOutput& out) {
    for (const std::string& folder : facts.folders) {
        out.examined();
        if (std::find(facts.empty_folders.begin(), facts.empty_folders.end(), folder) != facts.empty_folders.end()) out.finding(folder, "");
    }
}

} // namespace

std::vector<Check> file_checks() {
    const ParameterSpec max{"max", ParameterKind::number, true};
    return {
        {"file.referenced", "file", {{"except", ParameterKind::texts, true}, {"below", ParameterKind::texts, false}}, {}, check_referenced},
        {"file.readable", "file", {}, {"problem", "kind"}, check_readable},
        {"file.name_characters",
         "file",
         {{"in_files", ParameterKind::text, false},
          {"in_folders", ParameterKind::text, false},
          {"one_full_stop", ParameterKind::text, false}},
         {"characters"},
         check_name_characters},
        {"file.name_length",
         "file",
         {max, {"up_to", ParameterKind::number, false}, {"of", ParameterKind::text, false}},
         {"length"},
         check_name_length},
        {"file.path_length", "file", {max}, {"length"}, check_path_length},
        {"file.extension",
         "file outside util",
         {{"accepted", ParameterKind::texts, true}, {"below", ParameterKind::texts, false}, {"contents", ParameterKind::text, false}},
         {"extension"},
         check_extension},
        {"file.type",
         "file of this kind",
         {{"types", ParameterKind::table, true}, {"except", ParameterKind::texts, false}},
         {"type", "wanted"},
         check_type},
        {"file.size",
         "file of this kind",
         {{"max_megabytes", ParameterKind::number, true}, {"of", ParameterKind::text, true}, {"video", ParameterKind::texts, true}},
         {"size"},
         check_size},
        {"folder.empty", "folder", {}, {}, check_empty_folder},
    };
}

} // namespace dossier::ectd
