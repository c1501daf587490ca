// What the commands of the trial master file share: the repository, who acts, the model of a study.
#pragma once

#include "cli/command.hpp"
#include "tmf/known_state.hpp"
#include "tmf/repository.hpp"
#include "tmf/row_check.hpp"

#include <memory>
#include <string>
#include <vector>

namespace dossier::cli {

tmf::Author author_of(const Context& context);
// The clock's day, but no day that the machine's own clock has not reached: --now unblinds no study before its time.
Date day_of_unblinding(const Context& context);

// --repo, DOSSIER_REPO, or the present folder when it is one. The repository then shows and takes what the context's user may see and do
// with the command's right. Errors: denied when he may do it nowhere.
Result<std::unique_ptr<tmf::Repository>> open_repository(const Context& context, tmf::Repository::Access access);

// Without a user: for what is asked of no row of it.
Result<std::unique_ptr<tmf::Repository>> open_unguarded_repository(const Context& context, tmf::Repository::Access access);

// The model that a study's record names, from the templates in use.
tmf::CatalogueReader catalogue_reader(const Context& context, tmf::Ledger& ledger); // the ledger must outlive it

// A study with the model it names.
struct StudySession {
    std::unique_ptr<tmf::Repository> repository;
    templates::TmfCatalogue catalogue;
    tmf::Study study;
    std::optional<tmf::StudyState> known; // with --known-at: what the ledger knew then; catalogue and study are of then, too
    tmf::RowContext row_context(Context& context, const std::string& folder) const;
    // For commands that read a whole place: its country is found for a site. Either may be empty.
    Result<void> require(const std::string& country, const std::string& site) const;
    // For whom a report of this place is: the wish ("blinded", "unblinded"), or what the user may see there. Being unblinded takes the
    // role and the key, as reading a restricted document does; where only the key is missing a note says so. Errors: denied.
    Result<tmf::Audience> audience(const Context& context, const std::string& wish, const std::string& country,
                                   const std::string& site) const;

private:
    tmf::Scope scope_of(const std::string& country, const std::string& site) const;
};
Result<std::unique_ptr<StudySession>> open_study(const Context& context, const std::string& study, tmf::Repository::Access access);
// The same for a document: its study.
Result<std::unique_ptr<StudySession>> open_study_of(const Context& context, const tmf::VersionReference& reference,
                                                    tmf::Repository::Access access);

// --as-of and --known-at of every report. The session is opened for reading; its documents are those of session_documents().
struct ReportDays {
    std::string as_of, known_at; // as given; empty = today, and what is recorded now
    void declare(Options& options);
};
struct ReportSession {
    std::unique_ptr<StudySession> study;
    Date as_of; // --as-of, else --known-at, else today
    tmf::OptionalDate known_at;
    Date today; // unblinding counts up to here: --known-at, else the clock's day, but never a day that the machine has not reached
};
Result<ReportSession> open_report(const Context& context, const std::string& study, const ReportDays& days);
// Documents and decisions, as they are now or as they were known then.
Result<tmf::StudyDocuments> session_documents(const StudySession& session);
// All records, as they are now or as they were known then.
Result<tmf::StudyState> session_state(const StudySession& session);
Result<void> each_stored_document(const StudySession& session, const std::function<Result<void>(const tmf::StoredDocument&)>& use);

Result<tmf::OptionalDate> date_option(const std::string& option, const std::string& text); // empty text: none

// Columns of text, padded; no trailing blanks; each row on one line, whatever its cells hold.
std::string text_table(const std::vector<std::string>& header, const std::vector<std::vector<std::string>>& rows);

} // namespace dossier::cli
