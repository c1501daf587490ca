#include "tmf/unblinding.hpp"

#include "core/base64.hpp"
#include "core/text.hpp"

namespace dossier::tmf {

namespace {

Result<Change> envelope_for(Sealer& sealer, int key, const std::string& private_key, const UnblindedPerson& person) {
    if (person.certificate.empty())
        return Error(ErrorKind::usage, fill("{} has no certificate yet", person.user), {},
                     "add --cert FILE.pem; 'dossier user key' makes a key pair and prints its certificate");
    DOSSIER_TRY(const std::string sealed, sealer.seal_for(private_key, person.certificate));
    Change change;
    change.action = "unblinding_key_handed_over";
    change.envelope = EnvelopeRecord{key, person.user, to_base64(sealed)};
    change.object = envelope_id(*change.envelope);
    return change;
}

} // namespace

Result<std::vector<Change>> new_unblinding_key(Sealer& sealer, const AccessRecords& records, const std::vector<UnblindedPerson>& people,
                                               const Author& author) {
    const int number = records.keys.empty() ? 1 : records.keys.back().number + 1;
    DOSSIER_TRY(const UnblindingKey key, sealer.make_key(number));
    Change made;
    made.action = "unblinding_key_made";
    made.unblinding_key = UnblindingKeyRecord{number, key.certificate, author.time.precise_text()};
    made.object = key_id(number);
    std::vector<Change> changes{made};
    for (const UnblindedPerson& person : people) {
        DOSSIER_TRY(Change change, envelope_for(sealer, number, key.private_key, person));
        changes.push_back(std::move(change));
    }
    return changes;
}

Result<std::vector<Change>> hand_over_keys(Sealer& sealer, const AccessRecords& records, const UnblindedPerson& person,
                                           const Author& author) {
    if (records.keys.empty()) return new_unblinding_key(sealer, records, {person}, author);
    std::vector<Change> changes;
    for (const UnblindingKeyRecord& record : records.keys) {
        DOSSIER_TRY(const UnblindingKey key, sealer.key(record.number));
        DOSSIER_TRY(Change change, envelope_for(sealer, record.number, key.private_key, person));
        changes.push_back(std::move(change));
    }
    return changes;
}

} // namespace dossier::tmf
