#include "tmf/review.hpp"

#include <algorithm>

#include "core/text.hpp"

namespace dossier::tmf {

const std::vector<std::string>& rejection_codes() {
    static const std::vector<std::string> codes = {"wrong_artifact", "wrong_place", "wrong_version", "missing_page",
                                                   "illegible",      "wrong_date",  "unsigned",      "duplicate",
                                                   "personal_data",  "unblinding",  "not_certified", "other"};
    return codes;
}

Result<VersionReference> to_reference(const std::string& text) {
    if (const auto reference = parse_version_reference(text)) return *reference;
    return Error(ErrorKind::invalid, fill("\"{}\" is not a document", text), {}, "write D-000012, or D-000012@2 for its second version");
}

Result<FoundVersion> find_version(Ledger& ledger, const VersionReference& reference) {
    DOSSIER_TRY(auto stored, ledger.document(reference.document));
    if (!stored)
        return Error(ErrorKind::not_found, fill("there is no document {}", document_id(reference.document)), {}, "see 'dossier tmf list'");
    FoundVersion found{std::move(*stored), {}};
    const auto& versions = found.stored.versions;
    if (reference.version == 0) {
        found.version = versions[order_of(versions).back()];
        return found;
    }
    const auto at = std::find_if(versions.begin(), versions.end(), [&](const VersionRecord& v) { return v.number == reference.version; });
    if (at == versions.end())
        return Error(ErrorKind::not_found, fill("{} has no version {}", document_id(reference.document), reference.version), {},
                     fill("it has 1 to {}", versions.back().number));
    found.version = *at;
    return found;
}

Result<VersionRecord> review(Repository& repository, const Review& wanted, const Author& author) {
    DOSSIER_TRY(FoundVersion found, find_version(repository.ledger(), wanted.version));
    VersionRecord& version = found.version;
    const std::string id = fill("{}@{}", document_id(version.document), version.number);
    const auto refuse = [&](const std::string& text, const std::string& remedy) {
        return Error(ErrorKind::conflict, fill("{} {}", id, text), {}, remedy);
    };
    if (version.rejected) return refuse("was rejected on " + version.rejected->text(), "file a new version");
    if (version.withdrawn) return refuse("was withdrawn on " + version.withdrawn->text(), "file a new version");
    if (wanted.accept && version.accepted) return refuse("is accepted since " + version.accepted->text(), "");
    if (wanted.accept && !version.final)
        return refuse("is a draft", fill("when it is final: 'dossier tmf reindex {} --status final --reason ...'", id));
    if (!wanted.accept && wanted.comment.empty())
        return Error(ErrorKind::usage, "a rejection needs words", {}, "add --comment with what is wrong and what to do");
    Change change;
    change.action = wanted.accept ? "version_accepted" : "version_rejected";
    change.study = found.stored.document.study;
    change.object = id;
    change.reason = wanted.accept ? wanted.comment : fill("{}: {}", wanted.code, wanted.comment);
    change.old_value = Json::object({{"version", to_json(version)}});
    (wanted.accept ? version.accepted : version.rejected) = author.time.date();
    version.review_comment = change.reason;
    change.version = version;
    DOSSIER_CHECK(repository.ledger().commit(author, {change}));
    return version;
}

} // namespace dossier::tmf
