#include "tmf/audit.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "core/text.hpp"

namespace dossier::tmf {

namespace {

constexpr std::size_t most_digits = 20; // of a length or a sequence number
constexpr std::size_t long_entry = 1 << 16;

using Texts = std::array<std::string_view, 9>;
Texts texts_of(const AuditView& entry) {
    return {entry.time, entry.clock, entry.user, entry.action, entry.study, entry.object, entry.old_value, entry.new_value, entry.reason};
}

std::string_view number_text(std::uint64_t number, std::array<char, most_digits>& room) {
    return {room.data(), static_cast<std::size_t>(std::to_chars(room.data(), room.data() + room.size(), number).ptr - room.data())};
}

// Gives the hashed bytes to `put`, piece by piece.
template <class Put> void put_entry(const AuditView& entry, Put put) {
    std::array<char, most_digits> room;
    const auto put_field = [&put](std::string_view field) {
        std::array<char, most_digits> length;
        put(number_text(field.size(), length));
        put(":");
        put(field);
        put(",");
    };
    put_field(number_text(static_cast<std::uint64_t>(entry.sequence), room));
    for (const std::string_view text : texts_of(entry)) put_field(text);
    put_field(entry.previous);
}

template <class To, class From> void take_fields(To& to, const From& from) {
    to.sequence = from.sequence;
    to.time = from.time;
    to.clock = from.clock;
    to.user = from.user;
    to.action = from.action;
    to.study = from.study;
    to.object = from.object;
    to.old_value = from.old_value;
    to.new_value = from.new_value;
    to.reason = from.reason;
    to.previous = from.previous;
    to.hash = from.hash;
}

} // namespace

AuditEntry::AuditEntry(const AuditView& view) {
    take_fields(*this, view);
    if (view.opened) opened = *view.opened;
}

AuditEntry::operator AuditView() const {
    AuditView view;
    take_fields(view, *this);
    view.opened = opened ? &*opened : nullptr;
    return view;
}

std::size_t hashed_bytes_at_most(const AuditView& entry) {
    std::size_t most = (texts_of(entry).size() + 2) * (most_digits + 2) + most_digits + entry.previous.size();
    for (const std::string_view text : texts_of(entry)) most += text.size();
    return most;
}

void add_hashed_bytes(const AuditView& entry, std::string& bytes) {
    const std::size_t before = bytes.size();
    bytes.resize(before + hashed_bytes_at_most(entry));
    char* at = bytes.data() + before;
    put_entry(entry, [&at](std::string_view piece) { at = std::copy(piece.begin(), piece.end(), at); });
    bytes.resize(static_cast<std::size_t>(at - bytes.data()));
}

std::string hashed_bytes(const AuditView& entry) {
    std::string bytes;
    add_hashed_bytes(entry, bytes);
    return bytes;
}

Sha256 hash_of(const AuditView& entry) {
    if (hashed_bytes_at_most(entry) < long_entry) return sha256_of(hashed_bytes(entry));
    Hasher hasher(Hasher::What::sha256);
    put_entry(entry, [&hasher](std::string_view piece) { hasher.update(piece); });
    return hasher.finish().sha256;
}

Json to_json(const AuditView& entry) {
    Json json = Json::object();
    json.set("sequence", entry.sequence).set("time", entry.time).set("clock", entry.clock).set("user", entry.user);
    json.set("action", entry.action).set("study", entry.study).set("object", entry.object).set("old", entry.old_value);
    json.set("new", entry.new_value).set("reason", entry.reason).set("previous", entry.previous).set("hash", entry.hash);
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

} // namespace dossier::tmf
