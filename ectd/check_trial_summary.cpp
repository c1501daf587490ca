// Checks of the trial summaries of studies (ts.xpt): the file, and the study start date in it.
#include <algorithm>

#include "core/text.hpp"
#include "ectd/iso_date.hpp"
#include "ectd/study_subject.hpp"

namespace dossier::ectd {

namespace {

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

} // namespace

std::vector<Check> trial_summary_checks() {
    const ParameterSpec sections{"sections", ParameterKind::texts, true}, codes{"date_codes", ParameterKind::table, true};
    const ParameterSpec exempt{"exempt_application_types", ParameterKind::texts, false};
    return {
        {"study.trial_summary",
         "study with data sets in these sections of an application of this kind",
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
    };
}

} // namespace dossier::ectd
