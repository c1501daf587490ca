// Checks of the sequence as a package: what has to lie in its folder.
#include "ectd/check.hpp"

#include <algorithm>
#include <set>

#include "core/path.hpp"
#include "core/text.hpp"

namespace dossier::ectd {

namespace {

void check_file_present(const SequenceFacts& facts, const Parameters& parameters, CheckOutput& out) {
    std::string name = parameters.text("file");
    if (name == "regional") {
        const std::string country = facts.region == "unknown" ? "<cc>" : facts.region;
        name = facts.regional.present ? facts.sequence->regional.file : fill("m1/{}/{}-regional.xml", country, country);
    }
    const std::string path = path::join(facts.sequence->folder, name);
    out.examined();
    if (!facts.file(path)) out.finding(path, "sequence folder", {{"name", name}});
}

void check_regional_referenced(const SequenceFacts& facts, const Parameters&, CheckOutput& out) {
    out.examined();
    const bool named = std::any_of(facts.leaves.begin(), facts.leaves.end(), [&](const LeafFact& leaf) {
        return leaf.leaf->at.file == "index.xml" && leaf.file == facts.regional.path;
    });
    if (!named)
        out.finding(facts.index.path, "m1-administrative-information-and-prescribing-information",
                    {{"name", facts.sequence->regional.file}});
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

// A grouped submission has a sequence number for each application; one of them is this folder's.
void check_sequence_number(const SequenceFacts& facts, const Parameters& parameters, CheckOutput& out) {
    const auto fields = facts.fields_of(parameters.text("field"));
    if (fields.empty()) return;
    out.examined();
    for (const FieldFact* field : fields)
        if (field->value == facts.sequence->folder) return;
    out.finding(facts.regional.path, line_place(fields.front()->line, parameters.text("field")),
                {{"value", fields.front()->value}, {"folder", facts.sequence->folder}});
}

void check_util_present(const SequenceFacts& facts, const Parameters& parameters, CheckOutput& out) {
    std::set<std::string> wanted;
    for (const std::string& name : parameters.texts("always")) wanted.insert(path::join(facts.sequence->folder, name));
    std::vector<const XmlFileFact*> files = {&facts.index, &facts.regional};
    for (const StfFact& stf : facts.stfs) files.push_back(&stf.xml);
    for (const XmlFileFact* file : files) wanted.insert(file->references.begin(), file->references.end());
    std::vector<std::string> missing;
    for (const std::string& path : wanted) {
        out.examined();
        if (!facts.file(path)) missing.push_back(facts.seen_from_sequence(path));
    }
    if (!missing.empty()) out.finding(path::join(facts.sequence->folder, "util"), "", {{"missing", join(missing, ", ")}});
}

void check_util_checksum(const SequenceFacts& facts, const Parameters&, CheckOutput& out) {
    const std::string util = path::join(facts.sequence->folder, "util/");
    for (const FileFact* file : facts.own_files) {
        if (!starts_with(file->path, util) || !file->md5) continue;
        const std::string name = to_lower(path::file_name(file->path));
        std::set<std::string> accepted;
        bool official = false;
        for (const auto& known : facts.catalogue->official_files) {
            if (known.name != name || known.md5.empty()) continue;
            accepted.insert(known.md5);
            official = official || known.confidence == "official";
        }
        if (accepted.empty()) continue;
        out.examined();
        if (accepted.count(file->md5->hex())) continue;
        out.finding(file->path, "",
                    {{"name", name}, {"found", file->md5->hex()}, {"expected", join({accepted.begin(), accepted.end()}, " or ")}},
                    official);
    }
}

} // namespace

std::vector<Check> package_checks() {
    return {
        {"package.file_present", "sequence folder", {{"file", ParameterKind::text, true}}, {"name"}, check_file_present},
        {"package.regional_referenced", "regional file", {}, {"name"}, check_regional_referenced},
        {"package.index_md5", "index-md5.txt and index.xml", {}, {"found", "expected"}, check_index_md5},
        {"package.sequence_number",
         "sequence number in the regional file",
         {{"field", ParameterKind::text, true}},
         {"value", "folder"},
         check_sequence_number},
        {"util.present", "official file asked for", {{"always", ParameterKind::texts, false}}, {"missing"}, check_util_present},
        {"util.checksum", "official file in util", {}, {"name", "found", "expected"}, check_util_checksum},
    };
}

} // namespace dossier::ectd
