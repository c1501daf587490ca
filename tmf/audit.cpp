#include "tmf/audit.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "core/text.hpp"

namespace dossier::tmf {

namespace {

constexpr std::size_t most_problems = 100; // a chain that is wrong everywhere says enough in a hundred lines

constexpr std::size_t most_digits = 20; // of a length or a sequence number

char* put_number(char* at, std::uint64_t number) { return std::to_chars(at, at + most_digits, number).ptr; }

char* put_field(char* at, std::string_view field) {
    at = put_number(at, field.size());
    *at++ = ':';
    at = std::copy(field.begin(), field.end(), at);
    *at++ = ',';
    return at;
}

char* put_field(char* at, const Sha256& hash) {
    static const char* const digit = "0123456789abcdef";
    at = put_number(at, 2 * hash.bytes.size());
    *at++ = ':';
    for (const std::uint8_t byte : hash.bytes) {
        *at++ = digit[byte >> 4];
        *at++ = digit[byte & 15];
    }
    *at++ = ',';
    return at;
}

} // namespace

std::string hashed_bytes(const AuditEntry& entry) {
    std::string bytes;
    put_hashed_bytes(entry, bytes);
    return bytes;
}

void put_hashed_bytes(const AuditEntry& entry, std::string& bytes) {
    const std::array<const std::string*, 9> texts = {&entry.time,   &entry.clock,     &entry.user,      &entry.action, &entry.study,
                                                     &entry.object, &entry.old_value, &entry.new_value, &entry.reason};
    const std::string number = std::to_string(entry.sequence);
    std::size_t most = (texts.size() + 2) * (most_digits + 2) + number.size() + 2 * entry.previous.bytes.size();
    for (const std::string* text : texts) most += text->size();
    bytes.resize(most);
    char* at = put_field(bytes.data(), number);
    for (const std::string* text : texts) at = put_field(at, *text);
    at = put_field(at, entry.previous);
    bytes.resize(static_cast<std::size_t>(at - bytes.data()));
}

Sha256 hash_of(const AuditEntry& entry) { return sha256_of(hashed_bytes(entry)); }

Json to_json(const AuditEntry& entry) {
    Json json = Json::object();
    json.set("sequence", entry.sequence).set("time", entry.time).set("clock", entry.clock).set("user", entry.user);
    json.set("action", entry.action).set("study", entry.study).set("object", entry.object).set("old", entry.old_value);
    json.set("new", entry.new_value).set("reason", entry.reason).set("previous", entry.previous.hex()).set("hash", entry.hash.hex());
    if (entry.opened)
        json.set("opened",
                 Json::object({{"old", entry.opened->old_value}, {"new", entry.opened->new_value}, {"reason", entry.opened->reason}}));
    return json;
}

std::string to_text(const Checkpoint& checkpoint) {
    return Json::object({{"checkpoint_version", 1},
                         {"repository", checkpoint.repository},
                         {"sequence", checkpoint.sequence},
                         {"hash", checkpoint.hash.hex()},
                         {"time", checkpoint.time}})
               .dump() +
           "\n";
}

Result<Checkpoint> parse_checkpoint(std::string_view bytes, const std::string& path) {
    DOSSIER_TRY(const Json json, parse_json(bytes, path));
    Checkpoint checkpoint;
    const Json* repository = json.find("repository");
    const Json* sequence = json.find("sequence");
    const Json* hash = json.find("hash");
    const auto digest = hash ? Sha256::from_hex(hash->text()) : std::nullopt;
    if (!repository || !sequence || !digest)
        return Error(ErrorKind::invalid, "this is no checkpoint of an audit trail", {path},
                     "give a file that 'dossier tmf audit --write-checkpoint' wrote");
    checkpoint.repository = repository->text();
    checkpoint.sequence = sequence->integer();
    checkpoint.hash = *digest;
    if (const Json* time = json.find("time")) checkpoint.time = time->text();
    return checkpoint;
}

void ChainCheck::feed(const AuditEntry& entry) {
    const auto problem = [&](const std::string& text) {
        if (problems_.size() < most_problems) problems_.push_back(text);
    };
    ++count_;
    if (entry.sequence != last_sequence_ + 1)
        problem(entry.sequence > last_sequence_ + 1 ? fill("entries {} to {} are missing", last_sequence_ + 1, entry.sequence - 1)
                                                    : fill("entry {} stands after entry {}", entry.sequence, last_sequence_));
    if (entry.previous != previous_)
        problem(fill("entry {} does not follow from the entry before it: its previous hash is another", entry.sequence));
    put_hashed_bytes(entry, bytes_);
    if (sha256_of(bytes_) != entry.hash) problem(fill("entry {} was changed: its text does not give its hash", entry.sequence));
    if (checkpoint_ && entry.sequence == checkpoint_->sequence) {
        met_checkpoint_ = true;
        if (entry.hash != checkpoint_->hash)
            problem(
                fill("entry {} is not the one that the checkpoint of {} saw: the trail was rewritten", entry.sequence, checkpoint_->time));
    }
    last_sequence_ = entry.sequence;
    previous_ = entry.hash;
}

std::vector<std::string> ChainCheck::finish() {
    if (checkpoint_ && checkpoint_->sequence > 0 && !met_checkpoint_)
        problems_.push_back(fill("the checkpoint of {} saw entry {}, the trail ends at {}: it was cut, or an old copy was put in its place",
                                 checkpoint_->time, checkpoint_->sequence, last_sequence_));
    return problems_;
}

} // namespace dossier::tmf
