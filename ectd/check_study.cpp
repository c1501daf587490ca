// Checks of studies and their data sets (FDA's technical rejection criteria for study data and what belongs to them). A study is what its
// tagging files say, all sequences up to this one together.
#include "ectd/check.hpp"

#include <algorithm>
#include <set>

#include "core/path.hpp"
#include "core/text.hpp"
#include "ectd/iso_date.hpp"
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

// The criteria are not for an application of every type.
bool is_exempt(const SequenceFacts& facts, const Parameters& parameters) {
    return parameters.lists("exempt_application_types", facts.sequence->envelope.application_type);
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

// What the study start date of a study is called, as far as its headings, folders and file-tags tell: where they contradict each other,
// each of the names will do.
std::vector<std::string> date_codes_of(const SequenceFacts& facts, const StudyFact& study, const Parameters& parameters) {
    const auto shows = [&](const StudyFile& file, const std::string& sign) {
        if (!file.current || !file.leaf) return false;
        if (sign.find('/') != std::string::npos) return file.leaf->path.find("/" + sign + "/") != std::string::npos;
        return starts_with(section_number(facts, *file.leaf) + ".", sign + ".") || has_tag(*file.content, {sign});
    };
    std::vector<std::string> codes;
    for (const auto& [sign, meant] : parameters.table("date_codes"))
        if (std::any_of(study.files.begin(), study.files.end(),
                        [&sign = sign, &shows](const StudyFile& file) { return shows(file, sign); }))
            for (const std::string& code : meant)
                if (std::find(codes.begin(), codes.end(), code) == codes.end()) codes.push_back(code);
    return codes;
}

bool names_study(const TrialSummaryFact& summary, const StudyFact& study) {
    return std::any_of(summary.rows.begin(), summary.rows.end(),
                       [&](const TrialSummaryRow& row) { return row.code == "SPREFID" && row.value == study.id; });
}

struct StartDate {
    const TrialSummaryRow *first = nullptr, *own = nullptr; // own: of the study itself, not of another one in the file
    const TrialSummaryRow* judged() const { return own ? own : first; }
};

StartDate start_date_in(const TrialSummaryFact& summary, const StudyFact& study, const std::vector<std::string>& codes) {
    StartDate date;
    const bool by_reference = names_study(summary, study);
    for (const TrialSummaryRow& row : summary.rows) {
        if (std::find(codes.begin(), codes.end(), row.code) == codes.end()) continue;
        if (!date.first) date.first = &row;
        if (!date.own && (by_reference || row.study_id == study.id)) date.own = &row;
    }
    return date;
}

// FDA accepts an exception code in the place of the date. Which ones is not in what is known of its list: any is taken, and told.
bool is_excepted(const TrialSummaryRow& date) { return date.value.empty() && !date.null_flavor.empty(); }

// Without a study start date under its name; perhaps there is one under that of the other kind of study.
std::string no_date_problem(const TrialSummaryFact& summary, const std::vector<std::string>& codes, const Parameters& parameters) {
    for (const auto& [sign, others] : parameters.table("date_codes"))
        for (const TrialSummaryRow& row : summary.rows)
            if (std::find(others.begin(), others.end(), row.code) != others.end())
                return fill("its study start date is called {}, for a study like this one it is {}", row.code, join(codes, " or "));
    return fill("it has no study start date ({})", join(codes, " or "));
}

// What is wrong with the content of a ts.xpt; empty when nothing is.
std::string summary_problem(const SequenceFacts& facts, const TrialSummaryFact& summary, const StudyFact& study,
                            const Parameters& parameters) {
    if (!summary.problem.empty()) return "it cannot be read: " + summary.problem;
    const std::vector<std::string> codes = date_codes_of(facts, study, parameters);
    const StartDate date = start_date_in(summary, study, codes);
    if (!date.first) return no_date_problem(summary, codes, parameters);
    const TrialSummaryRow& judged = *date.judged();
    if (!is_excepted(judged) && !is_iso_date(judged.value))
        return fill("its study start date {} is \"{}\", which is no ISO 8601 date", judged.code, judged.value);
    if (!date.own) return fill("its STUDYID is {}, the study tagging file says {}", date.first->study_id, study.id);
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
        const std::string problem = summary_problem(facts, summary->second, study, parameters);
        if (!problem.empty()) out.finding(file.leaf->path, "study " + study.id, {{"problem", problem}});
    }
}

void check_trial_summary(const SequenceFacts& facts, const Parameters& parameters, CheckOutput& out) {
    if (is_exempt(facts, parameters)) return;
    const bool reports_count = parameters.lists("report_application_types", facts.sequence->envelope.application_type);
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

// Said for information: whether FDA accepts the code cannot be told here.
void check_date_exception(const SequenceFacts& facts, const Parameters& parameters, CheckOutput& out) {
    if (is_exempt(facts, parameters)) return;
    for (const StudyFact& study : facts.studies) {
        if (!study.in_sequence || !study_is_in_sections(facts, study, parameters)) continue;
        for (const StudyFile& file : study.files) {
            const auto summary = file.current && file.leaf ? facts.trial_summaries.find(file.leaf->path) : facts.trial_summaries.end();
            if (summary == facts.trial_summaries.end()) continue;
            const TrialSummaryRow* date = start_date_in(summary->second, study, date_codes_of(facts, study, parameters)).judged();
            if (!date) continue; // has its own rule
            out.examined();
            if (is_excepted(*date)) out.finding(file.leaf->path, "study " + study.id, {{"name", date->code}, {"code", date->null_flavor}});
        }
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
    const ParameterSpec codes{"date_codes", ParameterKind::table, true}, exempt{"exempt_application_types", ParameterKind::texts, false};
    const char* const study = "study with data sets in these sections of an application of this kind";
    return {
        {"study.stf_required",
         "file in a study section of an application of this kind",
         {sections, exempt},
         {"problem"},
         check_stf_required},
        {"study.trial_summary",
         study,
         {sections,
          exempt,
          codes,
          {"name", ParameterKind::text, true},
          {"data_tags", ParameterKind::texts, true},
          {"report_tags", ParameterKind::texts, true},
          {"report_application_types", ParameterKind::texts, true}},
         {"problem"},
         check_trial_summary},
        {"study.date_exception", "study start date in a trial summary", {sections, exempt, codes}, {"name", "code"}, check_date_exception},
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
