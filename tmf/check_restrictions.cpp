// Documents that were made restricted when a check had spoken against them already. Sealing what may unblind is right at any time; but
// reports for the blinded leave it out from then on, the rejection and the question with it, and somebody who sees both should know.
#include "core/text.hpp"
#include "tmf/check_parts.hpp"
#include "tmf/query.hpp"

namespace dossier::tmf::checking {

namespace {

// What the entries of one document say, in their order, until one makes it restricted.
class Restriction {
public:
    void feed(const AuditView& entry) {
        if (!message_.empty()) return;
        const auto value = parse_json(entry.opened ? std::string_view(entry.opened->new_value) : entry.new_value);
        if (!value) return; // the chain has said what is wrong with it
        if (const Json* document = value->find("document")) {
            const bool is_restricted = document->find("restricted") != nullptr;
            if (is_restricted && was_open_) return tell(entry);
            was_open_ = !is_restricted;
        }
        if (const Json* version = value->find("version")) take_version(*version);
        if (const Json* act = value->find("query_act")) take_act(*act);
    }
    // Empty: it never was open, or nothing stood against it.
    const std::string& message() const { return message_; }

private:
    void take_version(const Json& version) {
        const Json* const document = version.find("document");
        const Json* const number = version.find("number");
        const Json* const day = version.find("rejected");
        if (document && number && day) rejected_.emplace(fill("{}@{}", document->text(), number->integer()), day->text());
    }

    void take_act(const Json& act) {
        const Json* const id = act.find("id"); // Q-000001.2
        const Json* const kind = act.find("act");
        if (!id || !kind) return;
        const std::string query = id->text().substr(0, id->text().find('.'));
        if (kind->text() == to_text(QueryAct::Kind::closed))
            open_queries_.erase(query);
        else
            open_queries_.insert(query);
    }

    void tell(const AuditView& entry) {
        std::vector<std::string> before;
        for (const auto& [version, day] : rejected_) before.push_back(fill("{} had been rejected on {}", version, day));
        for (const std::string& query : open_queries_) before.push_back(fill("{} was not closed", query));
        was_open_ = false;
        if (before.empty()) return;
        message_ = fill("made restricted on {}{} by {}, when {}; reports for the blinded leave it out until the study is unblinded",
                        entry.time.substr(0, 10), std::string_view(entry.clock == "given" ? " (time given by --now)" : ""), entry.user,
                        join(before, " and "));
    }

    bool was_open_ = false;
    std::map<std::string, std::string> rejected_; // days, by version
    std::set<std::string> open_queries_;
    std::string message_;
};

} // namespace

Result<void> check_restrictions(Repository& repository, const Naming& naming, CheckReport& report) {
    std::set<std::int64_t> spoken_against;
    DOSSIER_TRY(const auto reviews, repository.stored_ledger().reviews("", 0));
    for (const ReviewRecord& review : reviews)
        if (review.rejected()) spoken_against.insert(review.document);
    DOSSIER_TRY(const auto queries, repository.stored_ledger().queries("", 0));
    for (const StoredQuery& stored : queries) spoken_against.insert(stored.query.document);
    DocumentFilter filter;
    filter.restricted = true;
    std::vector<std::int64_t> documents; // those that the reader sees; their entries are read when no other statement is open
    DOSSIER_CHECK(repository.ledger().each_document(filter, [&](const StoredDocument& stored) {
        bool asks = spoken_against.count(stored.document.number) > 0;
        for (const VersionRecord& version : stored.versions) asks = asks || version.rejected;
        if (asks && naming.shows(stored.document.number)) documents.push_back(stored.document.number);
        return Result<void>();
    }));
    for (const std::int64_t number : documents) {
        Restriction restriction;
        const std::string id = document_id(number);
        DOSSIER_CHECK(repository.stored_ledger().each_audit("", id, [&restriction](const AuditView& entry) {
            restriction.feed(entry);
            return Result<void>();
        }));
        if (!restriction.message().empty())
            report.add("restricted-later", "info", id, restriction.message(),
                       fill("'dossier tmf history {}' has the reason; where it unblinds nobody, file it anew with restricted no", id));
    }
    return {};
}

} // namespace dossier::tmf::checking
