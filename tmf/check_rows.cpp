// The audit trail, and the rows of the ledger against it.
#include "core/text.hpp"
#include "tmf/chain_check.hpp"
#include "tmf/check_parts.hpp"
#include "tmf/dated_back.hpp"

namespace dossier::tmf::checking {

namespace {

class RowsCheck {
public:
    RowsCheck(Repository& repository, const CheckOptions& options, const Naming& naming, CheckReport& report)
        : repository_(repository), options_(options), naming_(naming), report_(report) {}

    Result<NamedObjects> run() {
        DOSSIER_CHECK(read_trail());
        DOSSIER_CHECK(compare_rows());
        return std::move(named_);
    }

private:
    // The chain, and for each record the state that its last entry left it in.
    Result<void> read_trail() {
        ChainCheck chain;
        chain.expect_founding();
        auto dated_ahead = options_.machine ? std::optional<DatedAhead>(*options_.machine) : std::nullopt;
        DOSSIER_CHECK(repository_.stored_ledger().each_audit("", "", [&](const AuditView& entry) -> Result<void> {
            chain.feed(entry);
            if (dated_ahead) dated_ahead->feed(entry);
            if (entry.new_value.empty()) return {};
            const auto value = parse_json(entry.new_value);
            if (!value) return {}; // the chain has said what is wrong with it
            for (const auto& [kind, record] : value->members()) last_[key_of(kind, record)] = sha256_of(record.dump(-1));
            return {};
        }));
        for (const std::string& problem : chain.finish())
            report_.add("audit-broken", "error", "ledger.sqlite", "audit trail: " + problem,
                        "find out who changed the ledger; compare with a backup and a checkpoint");
        if (const std::string ahead = dated_ahead ? dated_ahead->finish() : ""; !ahead.empty())
            report_.add("dated-ahead", "info", "ledger.sqlite", "audit trail: " + ahead,
                        "--now can do that, and a machine's clock that went wrong; 'dossier tmf audit' shows them");
        report_.audit_entries = chain.entries();
        report_.head = {repository_.id(), chain.entries(), chain.head(), ""};
        return {};
    }

    static std::string key_of(const std::string& kind, const Json& record) {
        const auto text = [&record](const char* name) {
            const Json* value = record.find(name);
            return value ? value->text() : std::string();
        };
        if (kind != "version") return kind + " " + text("id");
        const Json* number = record.find("number");
        return fill("version {}@{}", text("document"), number ? number->integer() : 0);
    }

    void compare(const std::string& kind, const Json& record) {
        const std::string key = key_of(kind, record);
        const auto found = last_.find(key);
        const Json* document = record.find(kind == "document" ? "id" : "document");
        const auto name = [&] { return naming_.row(kind, key, document ? document->text() : ""); };
        if (found == last_.end())
            report_.add("row-without-entry", "error", "ledger.sqlite", name() + ": no audit entry speaks of it",
                        "it did not come in through dossier");
        else if (found->second != sha256_of(record.dump(-1)))
            report_.add("row-altered", "error", "ledger.sqlite", name() + ": it is not as its last audit entry left it",
                        "compare it with 'dossier tmf history' and with a backup");
        if (found != last_.end()) last_.erase(found);
    }

    Result<void> compare_quality() {
        DOSSIER_TRY(const auto reviews, repository_.stored_ledger().reviews("", 0));
        for (const ReviewRecord& review : reviews) compare("review", to_json(review));
        DOSSIER_TRY(const auto queries, repository_.stored_ledger().queries("", 0));
        for (const StoredQuery& stored : queries) {
            compare("query", to_json(stored.query));
            for (const QueryAct& act : stored.acts) compare("query_act", to_json(act));
        }
        return {};
    }

    Result<void> compare_rows() {
        DOSSIER_TRY(const auto studies, repository_.stored_ledger().studies());
        for (const StudyRecord& study : studies) compare("study", to_json(study));
        DOSSIER_TRY(const auto decisions, repository_.stored_ledger().decisions(""));
        for (const DecisionRecord& decision : decisions) compare("decision", to_json(decision));
        DOSSIER_TRY(const auto standards, repository_.ledger().standards());
        for (const StandardRecord& standard : standards) {
            compare("standard", to_json(standard));
            if (sha256_of(standard.content) != standard.sha256 || standard.content.size() != standard.size)
                report_.add("standard-damaged", "error", "ledger.sqlite",
                            fill("{} {}: its stored bytes do not give their hash", standard.kind, standard.name), restore);
        }
        DOSSIER_CHECK(compare_quality());
        DOSSIER_TRY(const auto submissions, repository_.stored_ledger().submissions("", 0));
        for (const SubmissionRecord& record : submissions) compare("submission", to_json(record));
        DOSSIER_TRY(const AccessRecords access, repository_.stored_ledger().access());
        for (const UserRecord& user : access.users) compare("user", to_json(user));
        for (const GrantRecord& grant : access.grants) compare("grant", to_json(grant));
        for (const UnblindingKeyRecord& key : access.keys) compare("unblinding_key", to_json(key));
        for (const EnvelopeRecord& envelope : access.envelopes) compare("envelope", to_json(envelope));
        DOSSIER_CHECK(repository_.stored_ledger().each_document({}, [&](const StoredDocument& stored) {
            ++report_.documents;
            compare("document", to_json(stored.document));
            for (const VersionRecord& version : stored.versions) {
                ++report_.versions;
                compare("version", to_json(version));
                if (version.sha256)
                    named_.names.emplace(*version.sha256, version_id(version.document, version.number)),
                        named_.sizes[*version.sha256] = version.size;
            }
            return Result<void>();
        }));
        for (const auto& [key, hash] : last_) // a row that is gone does not say any more whose it was
            report_.add("row-missing", "error", "ledger.sqlite",
                        naming_.row(key.substr(0, key.find(' ')), key, "") + ": the audit trail speaks of it, the ledger has it no more");
        return {};
    }

    Repository& repository_;
    const CheckOptions& options_;
    const Naming& naming_;
    CheckReport& report_;
    std::map<std::string, Sha256> last_; // by record: what its last entry left
    NamedObjects named_;
};

} // namespace

Result<NamedObjects> check_rows(Repository& repository, const CheckOptions& options, const Naming& naming, CheckReport& report) {
    return RowsCheck(repository, options, naming, report).run();
}

} // namespace dossier::tmf::checking
