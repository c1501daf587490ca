// Quality of what was filed: reviewed, rejected, passed at once, and why not. Every figure and every row of a sum is a count of rows of
// `versions`, except `steps`, which counts the checks recorded.
#include <algorithm>
#include <map>

#include "core/text.hpp"
#include "tmf/ahead.hpp"
#include "tmf/refiling.hpp"
#include "tmf/report_kinds.hpp"

namespace dossier::tmf {

namespace {

using Kind = ReviewOutcome::Kind;
constexpr std::string_view no_code = "not_recorded"; // carried over, or rejected before codes were recorded

struct Counts {
    std::int64_t reviewed = 0, rejected = 0;
    std::int64_t first_pass = 0, passed = 0; // reviewed on their first pass; of these accepted
    void add(const ReviewOutcome& outcome) {
        if (outcome.kind == Kind::waiting) return;
        const bool accepted = outcome.kind == Kind::accepted;
        ++reviewed;
        rejected += accepted ? 0 : 1;
        if (!outcome.is_first_pass) return;
        ++first_pass;
        passed += accepted ? 1 : 0;
    }
    Total quality() const { return {reviewed, reviewed - rejected}; }
    Total yield() const { return {first_pass, passed}; }
};

// What was dated ahead and replaced before its time came never happened.
void leave_out_replaced(std::vector<const ReviewRecord*>& records) {
    const auto all = records;
    std::erase_if(records, [&all](const ReviewRecord* one) {
        return std::any_of(all.begin(), all.end(), [one](const ReviewRecord* later) { return replaces(*later, *one); });
    });
}

class QualityReport {
public:
    explicit QualityReport(const ReportFacts& facts)
        : facts_(facts), documents_(documents_in_scope(facts)), refilings_(find_refilings(documents_, facts.question.as_of)) {
        for (const ReviewRecord& record : facts.records.reviews)
            if (const auto day = day_of(record.at); day && *day <= facts.question.as_of)
                records_[{record.document, record.version}].push_back(&record);
        for (auto& [version, records] : records_) leave_out_replaced(records);
    }

    Report make() {
        for (const StoredDocument* stored : documents_)
            for (std::size_t i = 0; i < stored->versions.size(); ++i) add(*stored, i);
        Report report = start_report("quality", "Quality of the filed documents", facts_);
        report.figures = figures();
        report.tables = {std::move(versions_),
                         sums("by_zone", "By zone", "zone", by_zone_),
                         places(),
                         sums("by_period", "By month of the decision", "period", by_period_),
                         classes(),
                         steps()};
        report.notes = {
            "A version that follows a rejected one is not on its first pass: of the same document, or filed as a document of its own in "
            "the "
            "place of one that was rejected before (column follows), for the same person or event, or with the same title or date. A "
            "replacement of which none of this is known counts as a first pass."};
        return report;
    }

private:
    void add(const StoredDocument& stored, std::size_t index) {
        const VersionRecord& version = stored.versions[index];
        const Date as_of = facts_.question.as_of;
        const ReviewOutcome outcome = review_outcome(stored, index, as_of, refilings_);
        const Refiled* const before = refiled_by(refilings_, stored, index);
        const std::string follows = before ? version_id(before->document, before->version) : "";
        if (outcome.kind == Kind::waiting && !waits_for_review(stored, index, as_of, facts_.study.review)) return;
        const ReviewRecord* record = deciding(version, outcome.kind);
        const std::string code = outcome.kind != Kind::rejected ? "" : record ? record->code : std::string(no_code);
        const std::string period = outcome.decided ? outcome.decided->text().substr(0, 7) : "";
        const auto* artifact = facts_.catalogue.artifact(stored.document.unique_id);
        const std::string zone = artifact ? artifact->zone : "";
        const bool carried = outcome.kind == Kind::rejected ? version.carried.rejected : version.carried.accepted;
        versions_.rows.push_back({version_id(version.document, version.number), std::string(to_text(outcome.kind)),
                                  std::string(outcome.is_first_pass ? "first" : "again"), day_cell(outcome.decided), period, zone,
                                  artifact_number(facts_.catalogue, stored.document.unique_id), stored.document.country,
                                  stored.document.site, version.title, std::string(record ? to_text(record->step) : ""), code,
                                  record ? record->comment : "", record ? record->by : "",
                                  std::string(outcome.decided && carried ? "yes" : "no"), follows});
        waiting_ += outcome.kind == Kind::waiting ? 1 : 0;
        all_.add(outcome);
        if (outcome.kind == Kind::waiting) return;
        by_zone_[zone].add(outcome);
        by_place_[{stored.document.country, stored.document.site}].add(outcome);
        by_period_[period].add(outcome);
        if (!code.empty()) ++classes_[code];
    }

    // The step that led to the outcome; none where it was carried over.
    const ReviewRecord* deciding(const VersionRecord& version, Kind kind) const {
        const auto found = records_.find({version.document, version.number});
        if (found == records_.end()) return nullptr;
        const auto& records = found->second; // the last one counts: an approval may have been taken back and given anew
        const auto last = std::find_if(records.rbegin(), records.rend(), [kind](const ReviewRecord* record) {
            if (kind == Kind::rejected) return record->rejected();
            return kind == Kind::accepted && record->accepted() && record->step == ReviewStep::approval;
        });
        return last == records.rend() ? nullptr : *last;
    }

    std::vector<ReportFigure> figures() const {
        return {
            {"reviewed", "Versions reviewed", number_cell(all_.reviewed), "", "rows of versions with outcome accepted or rejected"},
            {"rejected", "Versions rejected", number_cell(all_.rejected), "", "rows of versions with outcome rejected"},
            {"waiting", "Versions waiting for review", number_cell(waiting_), "", "rows of versions with outcome waiting"},
            {"quality", "Not rejected, of those reviewed", all_.quality(), "",
             "rows of versions with outcome accepted, of accepted or rejected"},
            {"first_pass_yield", "First-pass yield", all_.yield(), "",
             "rows of versions with outcome accepted, of accepted or rejected, with pass first"},
        };
    }

    static std::vector<ReportColumn> sum_columns(std::vector<ReportColumn> columns) {
        for (const ReportColumn& column :
             {ReportColumn{"reviewed", "Reviewed", ColumnKind::number}, ReportColumn{"rejected", "Rejected", ColumnKind::number},
              ReportColumn{"quality", "Not rejected", ColumnKind::percent}, ReportColumn{"first_pass", "First pass", ColumnKind::number},
              ReportColumn{"passed", "Passed at once", ColumnKind::number},
              ReportColumn{"first_pass_yield", "First-pass yield", ColumnKind::percent}})
            columns.push_back(column);
        return columns;
    }
    static void add_sums(std::vector<ReportCell>& cells, const Counts& counts) {
        for (const ReportCell& cell : {number_cell(counts.reviewed), number_cell(counts.rejected), share_cell(counts.quality()),
                                       number_cell(counts.first_pass), number_cell(counts.passed), share_cell(counts.yield())})
            cells.push_back(cell);
    }

    ReportTable sums(const char* key, const char* title, const char* column, const std::map<std::string, Counts>& groups) const {
        ReportTable table{key, title, sum_columns({{column, std::string(column) == "zone" ? "Zone" : "Month"}}), {}, ""};
        for (const auto& [name, counts] : groups) add_sums(table.rows.emplace_back(std::vector<ReportCell>{name}), counts);
        return table;
    }

    ReportTable places() const {
        ReportTable table{"by_place", "By place", sum_columns({{"country", "Country"}, {"site", "Site"}}), {}, "No country: trial level."};
        for (const auto& [place, counts] : by_place_)
            add_sums(table.rows.emplace_back(std::vector<ReportCell>{place.first, place.second}), counts);
        return table;
    }

    ReportTable classes() const {
        ReportTable table{"error_classes",
                          "Why versions were rejected",
                          {{"code", "Code"}, {"meaning", "Meaning"}, {"rejected", "Rejected", ColumnKind::number}},
                          {},
                          "not_recorded: carried over from a former system, or rejected without a record of the step."};
        for (const auto& [code, count] : classes_) {
            const auto* known = facts_.quality.code(code);
            table.rows.push_back({code, known ? known->text : std::string(), count});
        }
        return table;
    }

    ReportTable steps() const {
        std::map<ReviewStep, std::map<ReviewRecord::Outcome, std::int64_t>> counts;
        for (const StoredDocument* stored : documents_)
            for (const VersionRecord& version : stored->versions) {
                const auto found = records_.find({version.document, version.number});
                if (found == records_.end()) continue;
                for (const ReviewRecord* record : found->second) ++counts[record->step][record->outcome];
            }
        ReportTable table{"steps",
                          "Checks by step",
                          {{"step", "Step"},
                           {"passed", "Passed", ColumnKind::number},
                           {"rejected", "Rejected", ColumnKind::number},
                           {"reopened", "Re-opened", ColumnKind::number}},
                          {},
                          "Checks recorded here; what was carried over has none. Re-opened: what the check had looked at was corrected "
                          "afterwards."};
        using Outcome = ReviewRecord::Outcome;
        for (auto& [step, count] : counts)
            table.rows.push_back(
                {std::string(to_text(step)), count[Outcome::accepted], count[Outcome::rejected], count[Outcome::reopened]});
        return table;
    }

    const ReportFacts& facts_;
    std::vector<const StoredDocument*> documents_;
    Refilings refilings_;
    std::map<std::pair<std::int64_t, int>, std::vector<const ReviewRecord*>> records_;
    std::int64_t waiting_ = 0;
    Counts all_;
    std::map<std::string, Counts> by_zone_, by_period_;
    std::map<std::pair<std::string, std::string>, Counts> by_place_;
    std::map<std::string, std::int64_t> classes_;
    ReportTable versions_{"versions",
                          "Versions",
                          {{"document", "Document"},
                           {"outcome", "Outcome"},
                           {"pass", "Pass"},
                           {"decided", "Decided", ColumnKind::date},
                           {"period", "Month"},
                           {"zone", "Zone"},
                           {"artifact", "Artifact"},
                           {"country", "Country"},
                           {"site", "Site"},
                           {"title", "Title"},
                           {"step", "Step"},
                           {"code", "Code"},
                           {"comment", "Comment"},
                           {"by", "By"},
                           {"carried_over", "Carried over"},
                           {"follows", "Filed in the place of"}},
                          {},
                          "What was decided by that day, and final versions that wait: not those that a later version superseded."};
};

} // namespace

Report quality_report(const ReportFacts& facts) { return QualityReport(facts).make(); }

} // namespace dossier::tmf
