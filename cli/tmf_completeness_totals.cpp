// tmf completeness --totals.
#include "cli/tmf_completeness.hpp"
#include "core/text.hpp"
#include "tmf/place_level.hpp"
#include "tmf/rollup.hpp"

namespace dossier::cli {

using tmf::Audience;
using tmf::CompletenessReport;

namespace {

// About today, and about the whole study: what the roll-up is kept for.
bool is_plain(const Context& context, const CompletenessOptions& options) {
    return day_of_unblinding(context) == context.clock->now().date() && options.country.empty() && options.site.empty() &&
           options.milestone.empty() && options.days.as_of.empty() && options.days.known_at.empty();
}

// Whoever may not see the whole study is refused here; the audience is the user's.
Result<tmf::CompletenessQuestion> question_of(const Context& context, const StudySession& session, const CompletenessOptions& options) {
    DOSSIER_CHECK(session.require("", ""));
    tmf::CompletenessQuestion question;
    question.as_of = context.clock->now().date();
    question.today = question.as_of;
    DOSSIER_TRY(question.audience, session.audience(context, options.audience, "", ""));
    question.rows = false;
    return question;
}

// Neither the study's facts nor its documents are read unless some of those wait for the roll-up. None where there is no roll-up, or none
// of today.
Result<std::optional<CompletenessReport>> read_rollup(const Context& context, const CompletenessOptions& options) {
    StudySession session; // of its study only the id
    DOSSIER_TRY(session.repository, open_repository(context, tmf::Repository::Access::read));
    session.study.id = options.study;
    tmf::Repository& repository = *session.repository;
    DOSSIER_TRY(const auto snapshot, repository.ledger().snapshot());
    DOSSIER_TRY(const auto record, repository.ledger().study(options.study));
    if (!record) return std::optional<CompletenessReport>(); // opening the study says what is wrong
    DOSSIER_TRY(const auto question, question_of(context, session, options));
    DOSSIER_TRY(const auto catalogue, catalogue_reader(context, repository.stored_ledger())(*record));
    const auto rollup = tmf::present_rollup(repository.stored_ledger(), catalogue, *record, question.audience);
    if (!rollup || !*rollup) return std::optional<CompletenessReport>();
    return tmf::answer(**rollup, catalogue, question);
}

// For the next time. Where the repository cannot be locked or written, that is no fault of this answer.
void store(tmf::Repository& repository, const std::vector<tmf::Rollup>& rollups, std::int64_t audit_sequence) {
    if (repository.try_lock()) (void)repository.rollups().store_rollups(rollups, audit_sequence).has_value();
}

Result<CompletenessReport> count_today(const Context& context, const StudySession& session, const CompletenessOptions& options) {
    DOSSIER_TRY(const auto question, question_of(context, session, options));
    tmf::StudyDocuments loaded;
    std::int64_t sequence = 0;
    {
        tmf::Ledger& ledger = session.repository->stored_ledger(); // a roll-up counts for everybody
        DOSSIER_TRY(const auto snapshot, ledger.snapshot());
        DOSSIER_TRY(const auto head, ledger.audit_head());
        sequence = head.sequence;
        DOSSIER_TRY(loaded, tmf::load_documents(ledger, session.study));
    }
    std::vector<tmf::Rollup> rollups;
    for (const Audience audience : {Audience::blinded, Audience::unblinded})
        rollups.push_back(tmf::make_rollup(session.catalogue, session.study, loaded.documents, loaded.decisions, audience, question.as_of));
    store(*session.repository, rollups, sequence);
    auto report = tmf::answer(rollups[question.audience == Audience::blinded ? 0 : 1], session.catalogue, question);
    if (!report) return Error(ErrorKind::internal, "the roll-up made for this very question does not answer it");
    report->from_rollup = false;
    return std::move(*report);
}

} // namespace

Result<CompletenessReport> make_totals(Context& context, const CompletenessOptions& options) {
    if (!is_plain(context, options)) {
        DOSSIER_TRY(auto loaded, make_completeness(context, options));
        return std::move(loaded.report);
    }
    if (!options.recompute) {
        DOSSIER_TRY(auto answered, read_rollup(context, options));
        if (answered) return std::move(*answered);
    }
    DOSSIER_TRY(const auto session, open_study(context, options.study, tmf::Repository::Access::read));
    return count_today(context, *session, options);
}

std::string totals_text(const CompletenessReport& report) {
    std::string text =
        fill("Completeness of {} as of {}, {} audience\n", report.study, report.question.as_of.text(), to_text(report.question.audience));
    const auto line = [&text](const std::string& name, const tmf::Total& total) { text += fill("  {:<48} {}\n", name, total.text()); };
    line("due now", report.due_now);
    line(report.next ? fill("due by the next milestone ({} on {})", report.next->code, report.next->date.text())
                     : "due by the next milestone (none)",
         report.by_next_milestone);
    line("whole trial", report.whole_trial);
    std::vector<std::vector<std::string>> rows;
    for (const tmf::PlaceTotal& total : report.by_place)
        rows.push_back({tmf::level_text(total), total.country, total.site, total.milestone, total.due_now.text(), total.by_next.text(),
                        total.whole.text()});
    if (!rows.empty()) text += "\n" + text_table({"level", "country", "site", "milestone", "due now", "by the next", "whole"}, rows);
    return text + (report.from_rollup ? "\nread from the roll-up\n" : "\ncounted now\n");
}

} // namespace dossier::cli
