#include "cli/tmf_session.hpp"

#include <algorithm>
#include <map>
#include <type_traits>

#include "cli/day_of_roles.hpp"
#include "cli/horizon.hpp"
#include "cli/unblinding_key.hpp"
#include "core/one_line.hpp"
#include "core/path.hpp"
#include "core/text.hpp"
#include "tmf/dated_back.hpp"
#include "tmf/list_date.hpp"
#include "tmf/review.hpp"
#include "tmf/study_standards.hpp"

namespace dossier::cli {

using tmf::Repository;

tmf::Author author_of(const Context& context) { return {context.user, context.clock->now(), context.clock->is_set_by_hand()}; }

Date day_of_unblinding(const Context& context) { return std::min(context.clock->now().date(), context.machine_clock->now().date()); }

void note_clock_ahead(const Context& context) {
    const UtcTime now = context.clock->now(), machine = context.machine_clock->now();
    if (now.microseconds() - machine.microseconds() <= tmf::DatedAhead::tolerance) return;
    print_note_once(context, fill("note: --now {} lies ahead of this machine's clock ({}): what is recorded counts only from then on, and "
                                  "'dossier tmf audit --verify' tells it",
                                  now.text(), machine.date().text()));
}

Result<std::unique_ptr<Repository>> open_unguarded_repository(const Context& context, Repository::Access access) {
    std::string folder = context.repository;
    if (folder.empty() && exists(*context.fs, "dossier.yaml")) folder = ".";
    if (folder.empty())
        return Error(ErrorKind::usage, "which repository?", {}, "add --repo DIR or set DOSSIER_REPO; 'dossier init DIR' makes one");
    DOSSIER_TRY(auto repository, Repository::open(context.fs, folder, access));
    if (access == Repository::Access::write) note_clock_ahead(context);
    repository->rollups().keep_rollups(tmf::make_rollup_keeper(catalogue_reader(context, repository->stored_ledger())));
    return repository;
}

tmf::CatalogueReader catalogue_reader(const Context& context, tmf::Ledger& ledger) {
    return
        [templates = context.templates, &ledger](const tmf::StudyRecord& record) { return tmf::catalogue_of(ledger, templates, record); };
}

Result<Date> day_of_roles(const Context& context, tmf::Ledger& ledger) {
    DOSSIER_TRY(const tmf::Checkpoint newest, ledger.audit_head());
    const auto time = parse_time(newest.time);
    const Date today = context.clock->now().date();
    return time ? std::max(today, time->date()) : today;
}

Result<std::unique_ptr<Repository>> open_repository(const Context& context, Repository::Access access) {
    if (context.right.empty()) return Error(ErrorKind::internal, "this command names no right of templates/tmf/roles.tsv");
    DOSSIER_TRY(auto repository, open_unguarded_repository(context, access));
    DOSSIER_TRY(const auto matrix, templates::read_role_matrix(context.templates));
    DOSSIER_TRY(const auto records, repository->ledger().access());
    DOSSIER_TRY(const Date day, day_of_roles(context, repository->ledger()));
    const auto control = std::make_shared<tmf::AccessControl>(matrix, records, context.user, day);
    DOSSIER_CHECK(control->require_somewhere(context.right));
    repository->guard(control, context.right, make_sealer(context, repository->id(), records));
    return repository;
}

tmf::Scope StudySession::scope_of(const std::string& country, const std::string& site) const {
    const tmf::Site* const of_study = study.site(site);
    return {study.id, of_study ? of_study->country : country, site};
}

Result<void> StudySession::require(const std::string& country, const std::string& site) const {
    return repository->require(scope_of(country, site));
}

Result<tmf::Audience> StudySession::audience(const Context& context, const std::string& wish, const std::string& country,
                                             const std::string& site) const {
    if (wish == "blinded") return tmf::Audience::blinded;
    const tmf::Scope place = scope_of(country, site);
    const bool may = repository->control()->may(tmf::right_to_restricted, place);
    if (wish == "unblinded" && !may) DOSSIER_CHECK(repository->control()->require(tmf::right_to_restricted, place));
    if (!may) return tmf::Audience::blinded;
    const auto open = repository->sealer()->require_open();
    if (open) return tmf::Audience::unblinded;
    const Error& reason = open.error();
    const std::string closed =
        fill("{}'s key for restricted documents {}: {}", context.user,
             std::string_view(reason.kind == ErrorKind::not_found ? "is not at hand" : "stays closed"), reason.message);
    if (wish == "unblinded") return Error(ErrorKind::denied, closed, {}, reason.remedy + ", or ask for --audience blinded");
    print_note_once(context, fill("note: this is the answer for the blinded: {}; {}", closed, reason.remedy));
    return tmf::Audience::blinded;
}

tmf::RowContext StudySession::row_context(Context& context, const std::string& folder) const {
    return {catalogue, study, *context.fs, folder, false, false, author_of(context)};
}

namespace {

Result<std::unique_ptr<StudySession>> with_study(const Context& context, std::unique_ptr<Repository> repository, const std::string& study) {
    auto session = std::make_unique<StudySession>();
    session->repository = std::move(repository);
    DOSSIER_TRY(session->catalogue, tmf::catalogue_of_study(session->repository->ledger(), context.templates, study));
    DOSSIER_TRY(session->study, tmf::load_study(session->repository->ledger(), session->catalogue, study));
    return session;
}

Result<std::unique_ptr<StudySession>> open_study_as_known(const Context& context, const std::string& study, Date day) {
    auto session = std::make_unique<StudySession>();
    DOSSIER_TRY(session->repository, open_repository(context, Repository::Access::read));
    DOSSIER_TRY(const auto snapshot, session->repository->ledger().snapshot());
    DOSSIER_CHECK(tmf::model_of_study(session->repository->ledger(), study)); // is it one that this user may know of?
    DOSSIER_TRY(session->known, tmf::state_known_at(session->repository->stored_ledger(), study, day));
    DOSSIER_TRY(session->catalogue, tmf::catalogue_of(session->repository->ledger(), context.templates, session->known->record));
    DOSSIER_TRY(session->study, tmf::study_of(session->known->record, session->catalogue));
    return session;
}

std::size_t width_of(const std::string& text) { // code points; the tables hold no wide ones of their own
    std::size_t width = 0;
    for (const char c : text) width += (static_cast<unsigned char>(c) & 0xC0) != 0x80 ? 1 : 0;
    return width;
}

} // namespace

Result<std::unique_ptr<StudySession>> open_study(const Context& context, const std::string& study, Repository::Access access) {
    DOSSIER_TRY(auto repository, open_repository(context, access));
    return with_study(context, std::move(repository), study);
}

Result<std::unique_ptr<StudySession>> open_study_of(const Context& context, const tmf::VersionReference& reference,
                                                    Repository::Access access) {
    DOSSIER_TRY(auto repository, open_repository(context, access));
    DOSSIER_TRY(const auto found, tmf::find_version(repository->ledger(), reference));
    return with_study(context, std::move(repository), found.stored.document.study);
}

void ReportDays::declare(Options& options) {
    options.text("--as-of", as_of, "Judged on this day (default: today, or the day of --known-at)");
    options.text("--known-at", known_at, "From what the repository knew at the end of this day (UTC)");
}

Result<ReportSession> open_report(const Context& context, const std::string& study, const ReportDays& days) {
    ReportSession report;
    report.today = context.clock->now().date();
    DOSSIER_TRY(report.known_at, date_option("--known-at", days.known_at));
    DOSSIER_TRY(const auto as_of, date_option("--as-of", days.as_of));
    if (report.known_at && *report.known_at > report.today)
        return Error(ErrorKind::usage, fill("--known-at {} has not come yet (today is {})", report.known_at->text(), report.today.text()),
                     {}, "--as-of looks ahead, from what is recorded now");
    if (!report.known_at) {
        DOSSIER_TRY(report.study, open_study(context, study, Repository::Access::read));
    } else {
        report.today = *report.known_at;
        DOSSIER_TRY(report.study, open_study_as_known(context, study, *report.known_at));
    }
    report.as_of = as_of.value_or(report.today);
    report.today = std::min(report.today, day_of_unblinding(context));
    return report;
}

Result<tmf::StudyDocuments> session_documents(const StudySession& session) {
    if (session.known) {
        DOSSIER_TRY(const tmf::StudyState state, session_state(session));
        return tmf::documents_of(state, session.study);
    }
    DOSSIER_TRY(const auto snapshot, session.repository->ledger().snapshot());
    return tmf::load_documents(session.repository->ledger(), session.study);
}

namespace {

// What was decided, checked and asked, in the words that this user may read; what is about documents that he may not see now is left out,
// as the ledger itself does for what is recorded now.
Result<void> show_known_records(Repository& repository, tmf::StudyState& state) {
    std::map<std::int64_t, bool> visible; // by document
    const auto is_visible = [&](std::int64_t number) -> Result<bool> {
        if (const auto known = visible.find(number); known != visible.end()) return known->second;
        DOSSIER_TRY(const auto document, repository.ledger().document(number));
        return visible[number] = document.has_value();
    };
    const auto keep_visible = [&](auto& records, const auto& document_of) -> Result<void> {
        std::remove_reference_t<decltype(records)> kept;
        for (auto& record : records) {
            DOSSIER_TRY(const bool keep, is_visible(document_of(record)));
            if (keep) kept.push_back(std::move(record));
        }
        records = std::move(kept);
        return {};
    };
    for (tmf::DecisionRecord& record : state.decisions) record = repository.seen(record);
    DOSSIER_CHECK(keep_visible(state.reviews, [](const tmf::ReviewRecord& review) { return review.document; }));
    DOSSIER_CHECK(keep_visible(state.queries, [](const tmf::StoredQuery& query) { return query.query.document; }));
    DOSSIER_CHECK(keep_visible(state.submissions, [](const tmf::SubmissionRecord& record) { return record.document; }));
    for (tmf::ReviewRecord& review : state.reviews) review = repository.seen(review);
    for (tmf::StoredQuery& query : state.queries) query = repository.seen(query);
    return {};
}

} // namespace

Result<tmf::StudyState> session_state(const StudySession& session) {
    DOSSIER_TRY(const auto snapshot, session.repository->ledger().snapshot());
    tmf::StudyState state;
    if (session.known) {
        state = *session.known;
    } else {
        DOSSIER_TRY(state, tmf::state_now(session.repository->ledger(), session.study.id));
    }
    for (tmf::StoredDocument& stored : state.documents) {
        if (!session.known && !stored.document.restricted) continue;
        DOSSIER_TRY(stored, session.repository->seen(stored));
    }
    if (session.known) DOSSIER_CHECK(show_known_records(*session.repository, state));
    return state;
}

Result<void> each_stored_document(const StudySession& session, const std::function<Result<void>(const tmf::StoredDocument&)>& use) {
    tmf::DocumentFilter filter;
    filter.study = session.study.id;
    if (!session.known) return session.repository->ledger().each_document(filter, use);
    for (const tmf::StoredDocument& stored : session.known->documents) {
        DOSSIER_TRY(const auto shown, session.repository->shown(stored));
        if (shown) DOSSIER_CHECK(use(*shown));
    }
    return {};
}

Result<tmf::OptionalDate> date_option(const std::string& option, const std::string& text) {
    if (text.empty()) return tmf::OptionalDate();
    const auto date = tmf::parse_list_date(text);
    if (!date) return Error(ErrorKind::usage, fill("{}: {}", option, date.error().message), {}, date.error().remedy);
    return tmf::OptionalDate(*date);
}

std::string text_table(const std::vector<std::string>& header, const std::vector<std::vector<std::string>>& given) {
    std::vector<std::vector<std::string>> rows = given;
    for (auto& row : rows)
        for (std::string& cell : row) cell = one_line(cell);
    std::vector<std::size_t> widths;
    const auto measure = [&widths](const std::vector<std::string>& cells) {
        widths.resize(std::max(widths.size(), cells.size()));
        for (std::size_t i = 0; i < cells.size(); ++i) widths[i] = std::max(widths[i], width_of(cells[i]));
    };
    measure(header);
    for (const auto& row : rows) measure(row);
    std::string text;
    const auto add = [&](const std::vector<std::string>& cells) {
        std::string line;
        for (std::size_t i = 0; i < cells.size(); ++i) {
            line += cells[i];
            if (i + 1 < cells.size()) line.append(widths[i] - width_of(cells[i]) + 2, ' ');
        }
        while (!line.empty() && line.back() == ' ') line.pop_back();
        text += line + "\n";
    };
    add(header);
    for (const auto& row : rows) add(row);
    return text;
}

} // namespace dossier::cli
