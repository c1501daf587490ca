// Checks of studies and their data sets (FDA's technical rejection criteria for study data and what belongs to them). A study is what its
// tagging files say, all sequences up to this one together.
#include <algorithm>
#include <set>

#include "core/path.hpp"
#include "core/text.hpp"
#include "ectd/missing_sequences.hpp"
#include "ectd/study_subject.hpp"

namespace dossier::ectd {

namespace {

std::string folder_of(const Leaf& leaf) { // inside its sequence, so that folders of two sequences compare
    const std::string folder = path::parent(leaf.path);
    return folder.substr(std::min(folder.size(), folder.find('/')));
}

void check_stf_required(const SequenceFacts& facts, const Parameters& parameters, CheckOutput& out) {
    if (is_exempt(facts, parameters)) return;
    std::set<LeafId> tagged;
    for (const StudyFact& study : facts.studies)
        for (const StudyFile& file : study.files) tagged.insert(file.content->leaf);
    std::set<LeafId> misnamed; // what such a file names lacks nothing but the name
    for (const Stf& stf : facts.misnamed_stfs) {
        misnamed.insert(stf.leaf);
        for (const StfContent& content : stf.contents) tagged.insert(content.leaf);
    }
    for (const LeafFact& fact : facts.leaves) {
        const Leaf& leaf = *fact.leaf;
        if (leaf.at.file != "index.xml" || leaf.operation == "delete" || is_stf_leaf(leaf) || !is_in_sections(facts, leaf, parameters))
            continue;
        out.examined();
        if (tagged.count(leaf.at)) continue;
        const std::string path = fact.file().empty() ? xml_path(leaf) : fact.file();
        const std::string problem = misnamed.count(leaf.at) > 0
                                        ? "this is a study tagging file, and only one that is called stf-... is taken for it"
                                        : fill("the leaf is under {}, and no study tagging file names it", section_number(facts, leaf));
        out.finding(path, leaf_place(leaf), {{"problem", problem}});
    }
}

// Is there a file `name` for the data sets with the tag `tag`: beside one of them, or tagged like them or as their definition?
bool has_standard_file(const StudyFact& study, const std::string& name, const std::string& tag,
                       const std::vector<std::string>& definition_tags) {
    std::set<std::string> folders;
    for (const StudyFile& file : study.files)
        if (file.current && file.leaf && has_tag(*file.content, {tag})) folders.insert(folder_of(*file.leaf));
    return std::any_of(study.files.begin(), study.files.end(), [&](const StudyFile& file) {
        if (!file.current || !file.leaf || file_name(*file.leaf) != name) return false;
        return folders.count(folder_of(*file.leaf)) > 0 || has_tag(*file.content, {tag}) || has_tag(*file.content, definition_tags);
    });
}

void check_standard_files(const SequenceFacts& facts, const Parameters& parameters, CheckOutput& out) {
    if (is_exempt(facts, parameters)) return;
    for (const StudyFact& study : facts.studies) {
        if (!study.in_sequence || !study_is_in_sections(facts, study, parameters)) continue;
        for (const auto& [tag, names] : parameters.table("names")) {
            if (!study_has_tag(study, {tag})) continue;
            out.examined();
            const auto& definitions = parameters.table("definition_tags");
            const auto definition = definitions.find(tag);
            std::vector<std::string> missing;
            for (const std::string& name : names)
                if (!has_standard_file(study, name, tag, definition == definitions.end() ? std::vector<std::string>{} : definition->second))
                    missing.push_back(name);
            if (!missing.empty()) missing_file(facts, study, join(missing, " and "), "data sets with the file-tag " + tag, out);
        }
    }
}

// `folders`: part of a path -> the tags that files of `extension` there may have; `definitions`: the same for define.xml; `names`: the same
// by file name, where no folder says more. There `other_tags` are those of data that follow no standard (listings): these are left out.
void check_dataset_tags(const SequenceFacts& facts, const Parameters& parameters, CheckOutput& out) {
    if (is_exempt(facts, parameters)) return;
    auto allowed_for = [&](const StudyFile& file) -> const std::vector<std::string>* {
        const std::string &path = file.leaf->path, name = path::file_name(path);
        const bool definition = name == parameters.text("definition");
        if (!definition && path::extension(name) != parameters.text("extension")) return nullptr;
        for (const auto& [folder, tags] : parameters.table(definition ? "definition_folders" : "folders"))
            if (("/" + path).find("/" + folder + "/") != std::string::npos) return &tags;
        if (has_tag(*file.content, parameters.texts("other_tags"))) return nullptr;
        const auto by_name = parameters.table("names").find(name);
        return by_name == parameters.table("names").end() ? nullptr : &by_name->second;
    };
    for (const StudyFact& study : facts.studies)
        for (const StudyFile& file : study.files) {
            if (!file.leaf || file.stf->leaf.sequence != facts.sequence->number || !is_in_sections(facts, *file.leaf, parameters)) continue;
            const std::vector<std::string>* allowed = allowed_for(file);
            if (!allowed) continue;
            out.examined();
            if (has_tag(*file.content, *allowed)) continue;
            std::vector<std::string> tags;
            for (const auto& tag : file.content->file_tags) tags.push_back(tag.first);
            out.finding(file.leaf->path, leaf_place(*file.leaf),
                        {{"tags", tags.empty() ? "no file-tag" : "the file-tag " + join(tags, ", ")},
                         {"allowed", join(*allowed, " or ")},
                         {"stf", facts.seen_from_sequence(file.stf->path)}});
        }
}

// An earlier leaf counts until it is deleted: replaced, it lives on in the leaf that replaced it.
bool is_deleted(const SequenceFacts& facts, const Leaf& leaf) {
    const Leaf* at = &leaf;
    for (;;) {
        const auto history = facts.lifecycle->leaves.find(at->at);
        if (history == facts.lifecycle->leaves.end() || facts.is_current(history->second)) return false;
        if (!history->second.ended_by || history->second.ended_by->operation == "delete") return true;
        at = history->second.ended_by;
    }
}

void check_dataset_twice(const SequenceFacts& facts, const Parameters& parameters, CheckOutput& out) {
    for (const StudyFact& study : facts.studies) {
        std::map<std::pair<std::string, std::string>, const Leaf*> first; // file name, tag -> the first new leaf
        std::set<LeafId> reported;
        for (const StudyFile& file : study.files) {
            if (!file.leaf || file.leaf->operation != "new" || is_deleted(facts, *file.leaf)) continue;
            const bool own = file.leaf->at.sequence == facts.sequence->number;
            const std::string name = to_lower(file_name(*file.leaf)); // names of data sets are the same in capitals
            for (const auto& [tag, realm] : file.content->file_tags) {
                if (!parameters.lists("tags", tag) || path::extension(name) != parameters.text("extension")) continue;
                if (own) out.examined();
                const auto [known, is_first] = first.insert({{name, tag}, file.leaf});
                if (is_first || !own || known->second->path == file.leaf->path || !reported.insert(file.leaf->at).second) continue;
                out.finding(file.leaf->path, leaf_place(*file.leaf),
                            {{"study", study.id}, {"name", file_name(*file.leaf)}, {"first", known->second->path}});
            }
        }
    }
    if (const std::string missing = missing_sequences(facts); out.count > 0 && !missing.empty()) out.not_run(missing);
}

} // namespace

std::vector<Check> study_checks() {
    const ParameterSpec sections{"sections", ParameterKind::texts, true}, extension{"extension", ParameterKind::text, true};
    const ParameterSpec exempt{"exempt_application_types", ParameterKind::texts, false};
    const char* const study = "study with data sets in these sections of an application of this kind";
    return {
        {"study.stf_required",
         "file in a study section of an application of this kind",
         {sections, exempt},
         {"problem"},
         check_stf_required},
        {"study.standard_files",
         study,
         {sections, exempt, {"names", ParameterKind::table, true}, {"definition_tags", ParameterKind::table, true}},
         {"problem"},
         check_standard_files},
        {"study.dataset_tags",
         "data set in these sections of an application of this kind",
         {sections,
          exempt,
          extension,
          {"definition", ParameterKind::text, true},
          {"folders", ParameterKind::table, true},
          {"definition_folders", ParameterKind::table, true},
          {"names", ParameterKind::table, true},
          {"other_tags", ParameterKind::texts, false}},
         {"tags", "allowed", "stf"},
         check_dataset_tags},
        {"study.dataset_twice",
         "data set",
         {extension, {"tags", ParameterKind::texts, true}},
         {"study", "name", "first"},
         check_dataset_twice},
    };
}

} // namespace dossier::ectd
