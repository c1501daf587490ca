#include "tmf/evidence.hpp"

#include <map>

#include "core/text.hpp"

namespace dossier::tmf {

namespace {

const std::string signed_action = "version_signed", signed_by = " signed by ";

std::string id_of(const VersionRecord& version) { return fill("{}@{}", document_id(version.document), version.number); }

// What the signed version takes over from the one that was signed: what it is, not what happened to it.
VersionRecord successor_of(const FoundVersion& signed_version, const StoredObject& object, const Author& author) {
    VersionRecord version = signed_version.version;
    version.number = signed_version.stored.versions.back().number + 1;
    version.sha256 = object.sha256;
    version.size = object.size;
    version.stored_as = object.stored_as;
    version.received = author.time.date();
    if (version.final) version.final = author.time.date();
    version.accepted = version.rejected = version.withdrawn = OptionalDate();
    version.carried = {};
    version.review_comment.clear();
    version.copy = {}; // it was certified for the bytes before the signature
    version.filed_at = author.time.precise_text();
    version.filed_by = author.user;
    return version;
}

// Signed version -> the one that was signed, as the audit trail says it.
Result<std::map<int, int>> signed_versions(Ledger& ledger, std::int64_t document) {
    std::map<int, int> origins;
    DOSSIER_CHECK(ledger.each_audit("", document_id(document), [&origins](const AuditView& entry) {
        if (entry.action != signed_action) return Result<void>();
        const auto copy = parse_version_reference(entry.object);
        const std::string reason(entry.opened ? entry.opened->reason : entry.reason);
        const auto source = parse_version_reference(reason.substr(0, reason.find(signed_by)));
        // A sealed reason does not say it: what is signed is the newest version, most often the one before.
        if (copy) origins[copy->version] = source ? source->version : copy->version - 1;
        return Result<void>();
    }));
    return origins;
}

} // namespace

Result<FoundVersion> find_version_to_sign(Ledger& ledger, const VersionReference& reference) {
    DOSSIER_TRY(FoundVersion found, find_version(ledger, reference));
    const VersionRecord& version = found.version;
    const VersionRecord& newest = found.stored.versions[order_of(found.stored.versions).back()];
    if (version.number != newest.number)
        return Error(ErrorKind::conflict, fill("{} is not the newest version, that is {}", id_of(version), id_of(newest)), {},
                     "sign the newest version; an older one would be read as the newest then");
    if (version.rejected)
        return Error(ErrorKind::conflict, fill("{} was rejected on {}", id_of(version), version.rejected->text()), {},
                     "file a new version");
    if (version.withdrawn)
        return Error(ErrorKind::conflict, fill("{} was withdrawn on {}", id_of(version), version.withdrawn->text()), {},
                     "file a new version");
    if (!version.sha256)
        return Error(ErrorKind::unsupported, fill("{} is a pointer, it has no file here that could be signed", id_of(version)), {},
                     "sign the record where it is kept: " + version.pointer);
    return found;
}

Result<VersionRecord> file_signed_version(Repository& repository, const FoundVersion& signed_version, FileSystem& from,
                                          const std::string& path, const SignatureEvidence& evidence, const Author& author) {
    DOSSIER_TRY(const StoredObject object, repository.store(from, {{path, signed_version.stored.document.restricted}}, 1).front());
    Change change;
    change.action = signed_action;
    change.study = signed_version.stored.document.study;
    change.version = successor_of(signed_version, object, author);
    change.object = id_of(*change.version);
    change.reason = fill("{}{}{} as \"{}\", {} (claimed), level {}, field {}; SHA-256 before {}, after {}", id_of(signed_version.version),
                         signed_by, evidence.signer, evidence.meaning, evidence.time.text(), evidence.level, evidence.field,
                         signed_version.version.sha256->hex(), object.sha256.hex());
    if (auto done = repository.ledger().commit(author, {change}); !done) {
        if (object.is_new) repository.objects().take_back({name_of(object)});
        repository.objects().settle();
        return done.error();
    }
    repository.objects().settle();
    return *change.version;
}

Result<int> first_signed_version(Ledger& ledger, std::int64_t document, int number) {
    DOSSIER_TRY(const auto origins, signed_versions(ledger, document));
    for (auto origin = origins.find(number); origin != origins.end() && origin->second < number; origin = origins.find(number))
        number = origin->second;
    return number;
}

Result<std::string> author_of_version(Ledger& ledger, const StoredDocument& stored, int number) {
    DOSSIER_TRY(number, first_signed_version(ledger, stored.document.number, number));
    for (const VersionRecord& version : stored.versions)
        if (version.number == number) return version.filed_by;
    return std::string();
}

} // namespace dossier::tmf
