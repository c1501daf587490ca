#include "tmf/report_kinds.hpp"

#include "core/text.hpp"

namespace dossier::tmf {

Report timeliness_report(const ReportFacts& facts);
Report dashboard_report(const ReportFacts& facts);
Report overview_report(const ReportFacts& facts);
Report site_report(const ReportFacts& facts);
Report late_report(const ReportFacts& facts);
Report waivers_report(const ReportFacts& facts);
Report duplicates_report(const ReportFacts& facts);

Report quality_report(const ReportFacts& facts);
Report queries_report(const ReportFacts& facts);
Report ordering_report(const ReportFacts& facts);
Report submissions_report(const ReportFacts& facts);

const std::vector<ReportKind>& report_kinds() {
    static const std::vector<ReportKind> kinds = {
        {"overview", "one line a study; without STUDY, of all studies", {}, overview_report, true},
        {"dashboard",
         "the study at a glance: totals, trend, heat maps; --format html is the page",
         {"country", "site", "milestone"},
         dashboard_report},
        {"site",
         "health of sites; with --site a card of one: late, running out, queries, order, quality, people",
         {"country", "site", "within"},
         site_report},
        {"late", "what is due and not there, with its age", {"country", "site", "milestone"}, late_report},
        {"expiring",
         "what runs out within 30, 60, 90 days, whose it is, and whether it is replaced",
         {"country", "site", "milestone", "within"},
         expiring_report},
        {"timeliness",
         "days from a document's date to received and to final; share in target",
         {"country", "site", "target"},
         timeliness_report,
         false,
         "Titles of documents that may unblind"},
        {"waivers", "what is waived or not applicable, by whom and why, and which slots it takes out", {"country", "site"}, waivers_report},
        {"duplicates",
         "the same bytes filed as several documents",
         {"country", "site"},
         duplicates_report,
         false,
         "Copies of documents that may unblind, whose bytes are sealed,"},
        {"quality",
         "what was reviewed and rejected, first-pass yield, error classes, by zone, place and month",
         {"country", "site"},
         quality_report,
         false,
         "Titles and checks of documents that may unblind"},
        {"queries",
         "questions about documents: open, answered, closed, with their ages",
         {"country", "site"},
         queries_report,
         false,
         "Queries about documents that may unblind"},
        {"ordering",
         "what has to come before what: consent, approval, delegation, training, insurance ...",
         {"country", "site"},
         ordering_report},
        {"submissions",
         "documents in applications: sequence and leaf, sent or draft, and which are out of date",
         {"country", "site"},
         submissions_report,
         false,
         "Leaves of documents that may unblind"},
    };
    return kinds;
}

const ReportKind* report_kind(std::string_view name) {
    for (const ReportKind& kind : report_kinds())
        if (kind.name == name) return &kind;
    return nullptr;
}

std::string note_on_unseen(const ReportKind& kind, const ReportFacts& facts, const std::string& reader) {
    if (kind.unseen.empty()) return "";
    const MilestoneDates dates(facts.study);
    const CompletenessQuestion& question = facts.question;
    const Blinding blinding(facts.catalogue, facts.study, dates, {question.as_of, question.today});
    const Site* const site = facts.study.site(question.site);
    const bool hides = blinding.hides_at(facts.study.country(site ? site->country : question.country), site);
    return fill("{} are not part of this report for {}.", hides ? std::string_view("Documents that may unblind") : kind.unseen, reader);
}

Report start_report(std::string kind, std::string title, const ReportFacts& facts) {
    Report report;
    report.kind = std::move(kind);
    report.title = std::move(title);
    report.study = facts.study.id;
    report.study_title = facts.study.title;
    report.model = facts.catalogue.model;
    report.edl = facts.catalogue.edl;
    for (const templates::AdoptedList& list : facts.catalogue.lists) report.lists.push_back(list.name);
    report.question = facts.question;
    return report;
}

std::vector<DocumentFacts> document_facts(const ReportFacts& facts) {
    std::vector<DocumentFacts> documents;
    for (const StoredDocument& stored : facts.records.documents)
        for (DocumentFacts& document : to_facts(stored, facts.study.review)) documents.push_back(std::move(document));
    return documents;
}

std::vector<Decision> plain_decisions(const ReportFacts& facts) {
    std::vector<Decision> decisions;
    for (const DecisionRecord& record : facts.records.decisions) decisions.push_back(record.decision);
    return decisions;
}

CompletenessReport completeness_of(const ReportFacts& facts) {
    return completeness(facts.catalogue, facts.study, document_facts(facts), plain_decisions(facts), facts.question);
}

bool place_in_scope(const CompletenessQuestion& question, const std::string& country, const std::string& site) {
    return (question.country.empty() || question.country == country) && (question.site.empty() || question.site == site);
}

std::vector<const StoredDocument*> documents_in_scope(const ReportFacts& facts) {
    const MilestoneDates dates(facts.study);
    const Blinding blinding(facts.catalogue, facts.study, dates, {facts.question.as_of, facts.question.today});
    std::vector<const StoredDocument*> documents;
    for (const StoredDocument& stored : facts.records.documents) {
        const DocumentRecord& document = stored.document;
        if (!place_in_scope(facts.question, document.country, document.site)) continue;
        const bool hidden = document.restricted && facts.question.audience == Audience::blinded &&
                            blinding.hides_at(facts.study.country(document.country), facts.study.site(document.site));
        if (!hidden) documents.push_back(&stored);
    }
    return documents;
}

std::string place_name(const std::string& country, const std::string& site) {
    return country.empty() ? "trial" : site.empty() ? country : country + " " + site;
}

std::size_t column_of(const ReportTable& table, std::string_view key) {
    std::size_t index = 0;
    while (index < table.columns.size() && table.columns[index].key != key) ++index;
    return index;
}

PersonNames::PersonNames(const Study& study) {
    for (const Person& person : study.people) names_.emplace(person.id, person.name); // the first entry of an id has its name
}

std::string PersonNames::of(const std::string& id) const {
    const auto found = names_.find(id);
    return found == names_.end() || found->second.empty() ? id : fill("{} ({})", found->second, id);
}

std::string artifact_number(const templates::TmfCatalogue& catalogue, int unique_id) {
    const templates::Artifact* artifact = catalogue.artifact(unique_id);
    return artifact ? artifact->number : fill("{:03}", unique_id);
}

std::string artifact_name(const templates::TmfCatalogue& catalogue, int unique_id) {
    const templates::Artifact* artifact = catalogue.artifact(unique_id);
    return artifact ? artifact->name : "";
}

} // namespace dossier::tmf
