// The reports there are: a table of kinds, each with its function from facts to a Report (one file a kind: tmf/report_<kind>.cpp).
#pragma once

#include "tmf/known_state.hpp"
#include "tmf/report.hpp"

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace dossier::tmf {

struct OrderingJudgement;

struct ReportOptions {
    std::int64_t within_days = 90; // how far `expiring` looks ahead
    // How soon a document should be received, and be final. None: the study's own target, else 30.
    std::optional<std::int64_t> target_days;
};

// Everything a report is a function of. All of it must outlive the call.
struct ReportFacts {
    const templates::TmfCatalogue& catalogue;
    const templates::QualityCatalogue& quality;
    const Study& study;
    const StudyState& records; // as they are now, or as they were known on a day
    CompletenessQuestion question;
    ReportOptions options;
};

struct ReportKind {
    std::string_view name;
    std::string_view summary;            // one line, for --help
    std::vector<std::string_view> takes; // options beyond --as-of and --audience: country, site, milestone, within, target
    Report (*make)(const ReportFacts&);
    bool of_all_studies = false; // may be asked without a study: joined_overview()
    // What of documents that may unblind it lacks for who has no unblinded role, also when the study is unblinded. Empty: it counts slots,
    // and what they count is said by its audience.
    std::string_view unseen = {};
};
const std::vector<ReportKind>& report_kinds();        // in the order of --help
const ReportKind* report_kind(std::string_view name); // null when there is none

// The line of a study of which nothing was known on the day of `known_at`.
Report unknown_overview(const std::string& study, const CompletenessQuestion& question);
// The overviews of several studies, or of several parts of one, as one report.
Report joined_overview(std::vector<Report> studies, const CompletenessQuestion& question);

// What the report lacks for a reader without an unblinded role in the question's place, in words that hold whether there is any or not;
// empty for kinds that say it by their audience.
std::string note_on_unseen(const ReportKind& kind, const ReportFacts& facts, const std::string& reader);

// ---- what the kinds share ----

// The head of every report: kind, title, study, model, question.
Report start_report(std::string kind, std::string title, const ReportFacts& facts);
// Every version in the records, as completeness judges it.
std::vector<DocumentFacts> document_facts(const ReportFacts& facts);
std::vector<Decision> plain_decisions(const ReportFacts& facts);
Report expiring_report(const ReportFacts& facts);
// The completeness that the question asks for, over the facts' documents and decisions.
CompletenessReport completeness_of(const ReportFacts& facts);

// Documents in the question's country and site that its audience may see: who is blinded sees no document that may unblind until the
// study is unblinded.
std::vector<const StoredDocument*> documents_in_scope(const ReportFacts& facts);
bool place_in_scope(const CompletenessQuestion& question, const std::string& country, const std::string& site);

std::string place_name(const std::string& country, const std::string& site); // "trial", "USA", "USA 701"

std::size_t column_of(const ReportTable& table, std::string_view key); // the table must have it

// The rules of order, judged in the question's place.
std::vector<OrderingJudgement> order_of(const ReportFacts& facts);

// Names of the study's people, looked up once. The study must outlive it.
class PersonNames {
public:
    explicit PersonNames(const Study& study);
    std::string of(const std::string& id) const; // "Ann Lee (P1)"; the id alone when it has no name

private:
    std::unordered_map<std::string_view, std::string_view> names_;
};

std::string artifact_number(const templates::TmfCatalogue& catalogue, int unique_id);
std::string artifact_name(const templates::TmfCatalogue& catalogue, int unique_id);

} // namespace dossier::tmf
