#include "tmf/check.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "core/text.hpp"
#include "tmf/chain_check.hpp"
#include "tmf/dated_back.hpp"

namespace dossier::tmf {

namespace {

constexpr const char* guard_remedy = "somebody with another program has removed what keeps the ledger's rows from being changed; find out "
                                     "who did, and compare with a backup and a checkpoint";

class RepositoryCheck {
public:
    RepositoryCheck(Repository& repository, const CheckOptions& options) : repository_(repository), options_(options) {}

    Result<CheckReport> run() {
        report_.read_data = options_.read_data;
        report_.counts_withheld = !repository_.sees_everything();
        DOSSIER_TRY(const auto snapshot, repository_.stored_ledger().snapshot()); // somebody may be filing meanwhile
        DOSSIER_CHECK(look_at_visible());
        DOSSIER_TRY(const auto problems, repository_.stored_ledger().check());
        for (const std::string& problem : problems)
            add("ledger-damaged", "error", "ledger.sqlite", without_number(problem), "restore the repository from its last backup");
        DOSSIER_TRY(const auto guards, repository_.stored_ledger().check_guards());
        for (const std::string& problem : guards) add("guard-missing", "warning", "ledger.sqlite", problem, guard_remedy);
        DOSSIER_TRY(const auto index, repository_.stored_ledger().check_search());
        for (const std::string& problem : index)
            add("search-differs", "warning", "ledger.sqlite", problem, "make the search index anew: 'dossier tmf check --rebuild-search'");
        DOSSIER_CHECK(read_trail());
        DOSSIER_CHECK(compare_rows());
        DOSSIER_CHECK(compare_rollups());
        DOSSIER_CHECK(compare_objects());
        return std::move(report_);
    }

private:
    void add(const std::string& rule, const std::string& severity, const std::string& path, const std::string& message,
             const std::string& remedy = {}) {
        report_.findings.push_back({rule, "", severity, path, "", message, remedy});
    }

    // The chain, and for each record the state that its last entry left it in.
    Result<void> read_trail() {
        ChainCheck chain;
        chain.expect_founding();
        DOSSIER_CHECK(repository_.stored_ledger().each_audit("", "", [&](const AuditView& entry) -> Result<void> {
            chain.feed(entry);
            if (entry.new_value.empty()) return {};
            const auto value = parse_json(entry.new_value);
            if (!value) return {}; // the chain has said what is wrong with it
            for (const auto& [kind, record] : value->members()) last_[key_of(kind, record)] = sha256_of(record.dump(-1));
            return {};
        }));
        for (const std::string& problem : chain.finish())
            add("audit-broken", "error", "ledger.sqlite", "audit trail: " + problem,
                "find out who changed the ledger; compare with a backup and a checkpoint");
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

    // Documents that the reader may see, with their words: what may be named, and labels that stand for several.
    Result<void> look_at_visible() {
        std::map<std::string, std::vector<std::string>> labels;
        DOSSIER_CHECK(repository_.ledger().each_document({}, [&](const StoredDocument& stored) {
            const DocumentRecord& document = stored.document;
            if (report_.counts_withheld) visible_.insert(document.number);
            if (!document.external.empty()) labels[document.study + ": " + document.external].push_back(document_id(document.number));
            return Result<void>();
        }));
        for (const auto& [label, ids] : labels)
            if (ids.size() > 1)
                add("label-shared", "info", "ledger.sqlite", fill("{} is the label of {}", label, join(ids, ", ")),
                    "whoever filed one did not see the other; where they are versions of one document, withdraw one and file it as a "
                    "version");
        return {};
    }

    // Whoever may not see every document learns that something is damaged, and not which of those it is about.
    bool may_name(const std::string& kind, const std::string& id) {
        if (!report_.counts_withheld) return true;
        static const std::set<std::string> of_documents = {"document", "version", "review", "query", "query_act", "submission", "decision"};
        if (of_documents.count(kind) == 0) return true;
        const auto reference = parse_version_reference(id);
        return reference && visible_.count(reference->document) > 0;
    }
    std::string name_of_row(const std::string& kind, const std::string& key, const std::string& document) {
        if (may_name(kind, document)) return key;
        if (kind == "document" || kind == "decision") return fill("a {} that you may not see", kind);
        return fill("{} of a document that you may not see", kind);
    }
    std::string name_of_version(const std::string& id) {
        return may_name("version", id) ? id : std::string("a version of a document that you may not see");
    }

    // "document D-000099 has no version", "decision W-000001: until is ..."
    std::string without_number(const std::string& problem) {
        const std::vector<std::string> words = split(problem, ' ');
        if (words.size() < 2) return problem;
        const std::string id = words[1].substr(0, words[1].find(':')), row = words[0] + " " + id;
        const bool is_named =
            words[0] == "document" ? parse_document_id(id).has_value() : words[0] == "decision" && parse_decision_id(id).has_value();
        return is_named ? replace_all(problem, row, name_of_row(words[0], row, id)) : problem;
    }

    void compare(const std::string& kind, const Json& record) {
        const std::string key = key_of(kind, record);
        const auto found = last_.find(key);
        const Json* document = record.find(kind == "document" ? "id" : "document");
        const auto name = [&] { return name_of_row(kind, key, document ? document->text() : ""); };
        if (found == last_.end())
            add("row-without-entry", "error", "ledger.sqlite", name() + ": no audit entry speaks of it",
                "it did not come in through dossier");
        else if (found->second != sha256_of(record.dump(-1)))
            add("row-altered", "error", "ledger.sqlite", name() + ": it is not as its last audit entry left it",
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
                add("standard-damaged", "error", "ledger.sqlite",
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
                    named_.emplace(*version.sha256, fill("{}@{}", document_id(version.document), version.number)),
                        sizes_[*version.sha256] = version.size;
            }
            return Result<void>();
        }));
        for (const auto& [key, hash] : last_) // a row that is gone does not say any more whose it was
            add("row-missing", "error", "ledger.sqlite",
                name_of_row(key.substr(0, key.find(' ')), key, "") + ": the audit trail speaks of it, the ledger has it no more");
        return {};
    }

    // What is stored against counting anew, on the stored day. Those counted with other rules, or none at all, are not shown to anybody.
    Result<void> compare_rollups() {
        if (!options_.catalogue) return {};
        DOSSIER_TRY(const auto studies, repository_.stored_ledger().studies());
        for (const StudyRecord& record : studies) {
            const auto catalogue = options_.catalogue(record);
            const auto study = catalogue ? study_of(record, *catalogue) : Result<Study>(catalogue.error());
            if (!study) continue; // whoever asks for its completeness is told
            std::optional<StudyDocuments> loaded;
            for (const Audience audience : {Audience::blinded, Audience::unblinded}) {
                DOSSIER_TRY(const auto stored, repository_.rollups().rollup(record.id, audience));
                if (!stored || stored->head.rules != fingerprint(*catalogue)) continue;
                if (!loaded) {
                    DOSSIER_TRY(loaded, load_documents(repository_.stored_ledger(), *study));
                }
                ++report_.rollups;
                const Rollup counted = make_rollup(*catalogue, *study, loaded->documents, loaded->decisions, audience, stored->head.day);
                if (counted != *stored)
                    add("rollup-differs", "error", "ledger.sqlite",
                        fill("study {}, {} audience: the roll-up of {} is not what counting gives", record.id, to_text(audience),
                             stored->head.day.text()),
                        fill("'dossier tmf completeness {} --totals --recompute' stores it anew; please report how it came about",
                             record.id));
            }
        }
        return {};
    }

    Result<void> compare_objects() {
        DOSSIER_TRY(const ObjectListing listing, repository_.objects().list());
        report_.objects = listing.objects.size();
        std::set<Sha256> there;
        for (const ObjectEntry& object : listing.objects) {
            there.insert(object.sha256);
            const auto name = named_.find(object.sha256);
            if (name == named_.end())
                add("object-unused", "info", path_of(object.sha256),
                    "no document names this object: an interrupted run left it; it does no harm");
            else if (object.size != sizes_[object.sha256])
                add("object-size", "error", path_of(object.sha256),
                    fill("{}: {} bytes, {} were filed", name_of_version(name->second), object.size, sizes_[object.sha256]), restore);
        }
        for (const auto& [sha256, name] : named_)
            if (there.count(sha256) == 0)
                add("object-missing", "error", path_of(sha256), name_of_version(name) + ": its bytes are gone", restore);
        for (const std::string& stray : listing.strays)
            add("stray-file", starts_with(stray, "incoming/") ? "info" : "warning", "objects/" + stray,
                std::string(starts_with(stray, "incoming/") ? "left by an interrupted run; the next change removes it"
                                                            : "this is no object of the repository"));
        if (options_.read_data) read_objects(listing);
        return {};
    }

    void read_objects(const ObjectListing& listing) {
        std::size_t done = 0;
        for (const ObjectEntry& object : listing.objects) {
            if (options_.progress && !report_.counts_withheld) options_.progress(done, listing.objects.size());
            ++done;
            const auto read = verify_object(repository_.objects(), object.sha256);
            if (read) {
                report_.bytes_read += *read;
                continue;
            }
            const auto name = named_.find(object.sha256);
            const bool used = name != named_.end();
            add(used ? "object-damaged" : "object-unused-damaged", used ? "error" : "info", path_of(object.sha256),
                (used ? name_of_version(name->second) : std::string("no document")) + ": " + read.error().message, used ? restore : "");
        }
    }

    static std::string path_of(const Sha256& sha256) {
        const std::string hex = sha256.hex();
        return "objects/" + hex.substr(0, 2) + "/" + hex.substr(2);
    }

    static constexpr const char* restore = "bring it back from a backup: the name is the SHA-256 of the right bytes";

    Repository& repository_;
    const CheckOptions& options_;
    CheckReport report_;
    std::set<std::int64_t> visible_;
    std::map<std::string, Sha256> last_;
    std::map<Sha256, std::string> named_; // one version that holds the object
    std::map<Sha256, std::uint64_t> sizes_;
};

} // namespace

bool CheckReport::sound() const {
    return std::none_of(findings.begin(), findings.end(), [](const Finding& finding) { return finding.severity == "error"; });
}

Result<CheckReport> check_repository(Repository& repository, const CheckOptions& options) {
    return RepositoryCheck(repository, options).run();
}

Result<TrailReport> check_trail(Repository& repository, const std::optional<Checkpoint>& checkpoint) {
    TrailReport report;
    if (checkpoint && checkpoint->repository != repository.id())
        report.problems.push_back(
            fill("the checkpoint is of another repository ({}, this is {})", checkpoint->repository, repository.id()));
    ChainCheck chain;
    chain.expect_founding();
    if (checkpoint) chain.expect(*checkpoint);
    DatedBack dated_back;
    DOSSIER_CHECK(repository.stored_ledger().each_audit("", "", [&](const AuditView& entry) {
        chain.feed(entry);
        dated_back.feed(entry);
        return Result<void>();
    }));
    report.notes = dated_back.finish();
    DOSSIER_TRY(const auto guards, repository.stored_ledger().check_guards());
    if (!guards.empty()) report.notes.push_back(fill("{}: {}", join(guards, "; "), std::string_view(guard_remedy)));
    for (std::string& problem : chain.finish()) report.problems.push_back(std::move(problem));
    report.head = {repository.id(), chain.entries(), chain.head(), ""};
    return report;
}

Json to_json(const CheckReport& report) {
    Json json = Json::object();
    json.set("report_version", 1).set("verdict", report.sound() ? "sound" : "damaged").set("read_data", report.read_data);
    const auto count = [&report](std::size_t value) { return report.counts_withheld ? Json() : Json(static_cast<std::int64_t>(value)); };
    json.set("documents", count(report.documents)).set("versions", count(report.versions)).set("rollups", count(report.rollups));
    json.set("objects", count(report.objects)).set("audit_entries", report.audit_entries);
    json.set("audit_head", report.head.hash.hex());
    Json findings = Json::array();
    for (const Finding& finding : report.findings)
        findings.push(Json::object({{"rule", finding.rule},
                                    {"severity", finding.severity},
                                    {"path", finding.path},
                                    {"message", finding.message},
                                    {"remedy", finding.remedy}}));
    json.set("findings", std::move(findings));
    return json;
}

} // namespace dossier::tmf
