// Checks of studies and their data sets (FDA's technical rejection criteria for study data and what belongs to them). A study is what its
// tagging files say, all sequences up to this one together.
#include "ectd/check.hpp"

#include <algorithm>
#include <set>

#include "core/path.hpp"
#include "core/text.hpp"
#include "ectd/missing_sequences.hpp"

namespace dossier::ectd {

namespace {

std::string section_number(const SequenceFacts& facts, const Leaf& leaf) {
    const templates::Heading* heading = facts.catalogue->ctd.by_element(leaf.place->element);
    return heading ? heading->number : "";
}

// `sections`: numbers; 4.2.3.4 means 4.2.3.4.1 too.
bool is_in_sections(const SequenceFacts& facts, const Leaf& leaf, const Parameters& parameters) {
    const std::string number = section_number(facts, leaf);
    const auto& sections = parameters.texts("sections");
    return std::any_of(sections.begin(), sections.end(),
                       [&](const std::string& section) { return number == section || starts_with(number, section + "."); });
}

bool has_tag(const StfContent& content, const std::vector<std::string>& tags) {
    return std::any_of(content.file_tags.begin(), content.file_tags.end(),
                       [&](const auto& tag) { return std::find(tags.begin(), tags.end(), tag.first) != tags.end(); });
}

std::string file_name(const Leaf& leaf) { return path::file_name(leaf.path); }

std::string folder_of(const Leaf& leaf) { // inside its sequence, so that folders of two sequences compare
    const std::string folder = path::parent(leaf.path);
    return folder.substr(std::min(folder.size(), folder.find('/')));
}

const Stf& newest(const StudyFact& study) { return *study.stfs.back(); }

void check_stf_required(const SequenceFacts& facts, const Parameters& parameters, CheckOutput& out) {
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

bool has_file(const StudyFact& study, const std::string& name) {
    return std::any_of(study.files.begin(), study.files.end(),
                       [&](const StudyFile& file) { return file.current && file.leaf && file_name(*file.leaf) == name; });
}

bool study_is_in_sections(const SequenceFacts& facts, const StudyFact& study, const Parameters& parameters) {
    return std::any_of(study.files.begin(), study.files.end(),
                       [&](const StudyFile& file) { return file.current && file.leaf && is_in_sections(facts, *file.leaf, parameters); });
}

bool study_has_tag(const StudyFact& study, const std::vector<std::string>& tags) {
    return std::any_of(study.files.begin(), study.files.end(),
                       [&](const StudyFile& file) { return (file.current || !file.leaf) && has_tag(*file.content, tags); });
}

void missing_file(const SequenceFacts& facts, const StudyFact& study, const std::string& missing, const std::string& because,
                  CheckOutput& out) {
    std::string unknown = facts.history_gap.empty() ? missing_sequences(facts) : facts.history_gap;
    if (study.is_ambiguous) unknown = "its study tagging file names an ID that several leaves have";
    if (!unknown.empty())
        out.not_run(fill("whether study {} has {} cannot be told: {}", study.id, missing, unknown));
    else
        out.finding(newest(study).path, "study " + study.id, {{"problem", fill("study {} has {} and no {}", study.id, because, missing)}});
}

// ISO 8601 calendar date, as SDTM writes it: 2013, 2013-05, 2013-05-02, 2013-05-02T10:00.
bool is_iso_date(const std::string& text) {
    std::string day = text.substr(0, 10);
    if (text.size() > 10 && text[10] != 'T') return false;
    if (day.size() == 4) day += "-01";
    if (day.size() == 7) day += "-01";
    return parse_date(day).has_value();
}

// What is wrong with the content of a ts.xpt; empty when nothing is.
std::string summary_problem(const TrialSummaryFact& summary, const StudyFact& study, const Parameters& parameters) {
    if (!summary.problem.empty()) return "it cannot be read: " + summary.problem;
    const bool by_reference = std::any_of(summary.rows.begin(), summary.rows.end(),
                                          [&](const TrialSummaryRow& row) { return row.code == "SPREFID" && row.value == study.id; });
    const TrialSummaryRow *date = nullptr, *own = nullptr; // own: the start date is of the study itself, not of another one in the file
    for (const TrialSummaryRow& row : summary.rows) {
        if (!parameters.lists("date_codes", row.code)) continue;
        if (!date) date = &row;
        if (!own && (by_reference || row.study_id == study.id)) own = &row;
    }
    if (!date) return fill("it has no study start date ({})", join(parameters.texts("date_codes"), " or "));
    const TrialSummaryRow& judged = own ? *own : *date;
    const bool is_excepted = judged.value.empty() && !judged.null_flavor.empty(); // FDA accepts an exception code in its place
    if (!is_excepted && !is_iso_date(judged.value))
        return fill("its study start date {} is \"{}\", which is no ISO 8601 date", judged.code, judged.value);
    if (!own) return fill("its STUDYID is {}, the study tagging file says {}", date->study_id, study.id);
    return "";
}

void check_summary_content(const SequenceFacts& facts, const StudyFact& study, const Parameters& parameters, CheckOutput& out) {
    for (const StudyFile& file : study.files) {
        if (!file.current || !file.leaf || file_name(*file.leaf) != parameters.text("name")) continue;
        const auto summary = facts.trial_summaries.find(file.leaf->path);
        if (summary == facts.trial_summaries.end() || !summary->second.present) {
            out.not_run(fill("{} of study {} is not there to be read", parameters.text("name"), study.id));
            continue;
        }
        const std::string problem = summary_problem(summary->second, study, parameters);
        if (!problem.empty()) out.finding(file.leaf->path, "study " + study.id, {{"problem", problem}});
    }
}

void check_trial_summary(const SequenceFacts& facts, const Parameters& parameters, CheckOutput& out) {
    const std::string& application_type = facts.sequence->envelope.application_type;
    if (parameters.lists("exempt_application_types", application_type)) return;
    const bool reports_count = parameters.lists("report_application_types", application_type);
    for (const StudyFact& study : facts.studies) {
        if (!study.in_sequence || !study_is_in_sections(facts, study, parameters)) continue;
        const bool data = study_has_tag(study, parameters.texts("data_tags"));
        if (!data && !(reports_count && study_has_tag(study, parameters.texts("report_tags")))) continue;
        out.examined();
        if (has_file(study, parameters.text("name")))
            check_summary_content(facts, study, parameters, out);
        else
            missing_file(facts, study, parameters.text("name"), data ? "data sets" : "a study report", out);
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
// by file name, where no folder says more.
void check_dataset_tags(const SequenceFacts& facts, const Parameters& parameters, CheckOutput& out) {
    auto allowed_for = [&](const std::string& path) -> const std::vector<std::string>* {
        const std::string name = path::file_name(path);
        const bool definition = name == parameters.text("definition");
        if (!definition && path::extension(name) != parameters.text("extension")) return nullptr;
        for (const auto& [folder, tags] : parameters.table(definition ? "definition_folders" : "folders"))
            if (("/" + path).find("/" + folder + "/") != std::string::npos) return &tags;
        const auto by_name = parameters.table("names").find(name);
        return by_name == parameters.table("names").end() ? nullptr : &by_name->second;
    };
    for (const StudyFact& study : facts.studies)
        for (const StudyFile& file : study.files) {
            if (!file.leaf || file.stf->leaf.sequence != facts.sequence->number || !is_in_sections(facts, *file.leaf, parameters)) continue;
            const std::vector<std::string>* allowed = allowed_for(file.leaf->path);
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
    return {
        {"study.stf_required", "file in a study section", {sections}, {"problem"}, check_stf_required},
        {"study.trial_summary",
         "study with data sets in these sections",
         {sections,
          {"name", ParameterKind::text, true},
          {"date_codes", ParameterKind::texts, true},
          {"data_tags", ParameterKind::texts, true},
          {"report_tags", ParameterKind::texts, true},
          {"report_application_types", ParameterKind::texts, true},
          {"exempt_application_types", ParameterKind::texts, false}},
         {"problem"},
         check_trial_summary},
        {"study.standard_files",
         "study with data sets in these sections",
         {sections, {"names", ParameterKind::table, true}, {"definition_tags", ParameterKind::table, true}},
         {"problem"},
         check_standard_files},
        {"study.dataset_tags",
         "data set in these sections",
         {sections,
          extension,
          {"definition", ParameterKind::text, true},
          {"folders", ParameterKind::table, true},
          {"definition_folders", ParameterKind::table, true},
          {"names", ParameterKind::table, true}},
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
