// Where documents stand in submissions, and which of those leaves are out of date.
#include <map>

#include "core/text.hpp"
#include "tmf/hand_over.hpp"
#include "tmf/report_kinds.hpp"
#include "tmf/version_label.hpp"

namespace dossier::tmf {

namespace {

struct Judgement {
    std::string state; // ended, up_to_date, out_of_date, taken_back
    std::string why;
};

// Of a leaf that is part of the application: is it still what the trial master file holds?
Judgement judge(const SubmissionRecord& record, const StoredDocument& document, Date day) {
    using Standing = SubmissionRecord::Standing;
    if (record.standing == Standing::dropped) return {"ended", "the draft was built again without it"};
    if (record.standing != Standing::current) return {"ended", fill("{} by {}", to_text(record.standing), record.ended_by)};
    const Currency currency = currency_of(document, record.version, day);
    switch (currency.state) {
    case Currency::State::out_of_date:
        return {"out_of_date", currency.why};
    case Currency::State::taken_back:
        return {"taken_back", currency.why};
    case Currency::State::up_to_date:
        break;
    }
    return {"up_to_date", ""};
}

} // namespace

Report submissions_report(const ReportFacts& facts) {
    Report report = start_report("submissions", "Documents in submissions", facts);
    ReportTable table{"leaves",
                      "Leaves",
                      {{"application", "Application"},
                       {"sequence", "Sequence"},
                       {"leaf", "Leaf"},
                       {"section", "Section"},
                       {"document", "Document"},
                       {"version", "Version"},
                       {"artifact", "Artifact"},
                       {"title", "Title"},
                       {"sent", "Sent", ColumnKind::date},
                       {"standing", "In the application"},
                       {"state", "State"},
                       {"why", "Why"}},
                      {},
                      "One row a leaf that a version was built into. Not sent: the sequence is a draft."};
    std::map<std::int64_t, const StoredDocument*> documents;
    for (const StoredDocument* stored : documents_in_scope(facts)) documents[stored->document.number] = stored;
    std::map<std::string, std::int64_t> states;
    for (const SubmissionRecord& record : facts.records.submissions) {
        const auto stored = documents.find(record.document);
        if (stored == documents.end()) continue;
        const Judgement judgement = judge(record, *stored->second, facts.question.as_of);
        ++states[judgement.state];
        std::string label = std::to_string(record.version);
        for (const VersionRecord& version : stored->second->versions)
            if (version.number == record.version) label = shown_label(version);
        table.rows.push_back({record.application, record.sequence, record.leaf, record.section, document_id(record.document), label,
                              artifact_number(facts.catalogue, stored->second->document.unique_id), record.title, day_cell(record.sent),
                              std::string(to_text(record.standing)), judgement.state, judgement.why});
        if (judgement.state == "out_of_date" || judgement.state == "taken_back")
            report.findings.push_back({"submission-" + replace_all(judgement.state, "_", "-"), "", "warning",
                                       version_id(record.document, record.version), record.reference(),
                                       fill("{} ({}) stands in {}: {}", version_id(record.document, record.version), record.title,
                                            record.reference(), judgement.why),
                                       "plan its replacement: dossier ectd plan APP --from-tmf " + facts.study.id});
    }
    report.figures = {
        {"leaves", "Leaves", number_cell(static_cast<std::int64_t>(table.rows.size())), "", "rows of leaves"},
        {"up_to_date", "Up to date", number_cell(states["up_to_date"]), "", "rows of leaves with state up_to_date"},
        {"out_of_date", "Out of date", number_cell(states["out_of_date"]), "", "rows of leaves with state out_of_date"},
        {"taken_back", "Document taken back", number_cell(states["taken_back"]), "", "rows of leaves with state taken_back"},
        {"ended", "Replaced, deleted or dropped", number_cell(states["ended"]), "", "rows of leaves with state ended"},
    };
    report.tables = {std::move(table)};
    return report;
}

} // namespace dossier::tmf
