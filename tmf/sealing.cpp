#include "tmf/sealing.hpp"

#include "core/base64.hpp"
#include "core/text.hpp"

namespace dossier::tmf {

namespace {

constexpr std::string_view text_mark = "sealed:";
constexpr std::size_t padding = 512;
constexpr const char* pointer_mark = "sealed"; // that there is a pointer counts, what it says does not

void set_text(Json& json, const char* key, const std::string& text) {
    if (!text.empty()) json.set(key, text);
}

std::string text_of(const Json& json, const char* key) {
    const Json* const value = json.find(key);
    return value ? value->text() : std::string();
}

Result<std::string> seal_json(Sealer& sealer, const Json& json) {
    std::string text = json.dump(-1);
    text.resize((text.size() + padding - 1) / padding * padding, ' '); // the length of a title says nothing then
    DOSSIER_TRY(const std::string sealed, sealer.seal(text));
    return to_base64(sealed);
}

std::optional<std::string> open_base64(Sealer& sealer, std::string_view base64) {
    const auto sealed = from_base64(base64);
    if (!sealed) return std::nullopt;
    auto opened = sealer.open(*sealed);
    return opened ? std::optional(std::move(*opened)) : std::nullopt;
}

std::optional<Json> open_json(Sealer& sealer, std::string_view base64) {
    const auto text = open_base64(sealer, base64);
    if (!text) return std::nullopt;
    auto json = parse_json(*text);
    return json ? std::optional(std::move(*json)) : std::nullopt;
}

void clear_words(VersionRecord& version) {
    version.title.clear();
    version.file_name.clear();
    version.review_comment.clear();
    version.media_type.clear();
    version.copy.certified_by.clear();
    version.copy.statement.clear();
    version.copy.source.clear();
    if (!version.pointer.empty()) version.pointer = pointer_mark;
    if (!is_numeric_label(version.label)) version.label.clear();
}

// {"version": {..., "sealed": "..."}}: each record with the members that were sealed.
std::string open_records(Sealer& sealer, const std::string& value) {
    const auto records = parse_json(value.empty() ? "{}" : value);
    if (!records) return value;
    Json opened = Json::object();
    for (const auto& [kind, record] : records->members()) {
        Json shown = Json::object();
        const auto inside = open_json(sealer, text_of(record, "sealed"));
        for (const auto& [key, member] : record.members())
            if (!inside || key != "sealed")
                shown.set(key, starts_with(member.text(), text_mark) ? Json(open_text(sealer, member.text())) : member);
        if (inside)
            for (const auto& [key, member] : inside->members()) shown.set(key, member);
        opened.set(kind, record.is_object() ? std::move(shown) : record);
    }
    return value.empty() ? value : opened.dump(-1);
}

} // namespace

Result<DocumentRecord> seal_record(Sealer& sealer, const DocumentRecord& open) {
    if (!open.sealed.empty()) return open; // as it lies: it was not opened, its words are in there
    DocumentRecord stored = open;
    DOSSIER_TRY(stored.sealed, seal_json(sealer, Json::object({{"external", open.external}})));
    stored.external.clear();
    return stored;
}

Result<VersionRecord> seal_record(Sealer& sealer, const VersionRecord& open) {
    VersionRecord stored = open;
    Json inside = Json::object();
    set_text(inside, "title", open.title);
    set_text(inside, "file_name", open.file_name);
    set_text(inside, "pointer", open.pointer);
    set_text(inside, "review_comment", open.review_comment);
    set_text(inside, "media_type", open.media_type);
    set_text(inside, "copy_certified_by", open.copy.certified_by);
    set_text(inside, "copy_statement", open.copy.statement);
    set_text(inside, "copy_source", open.copy.source);
    if (!is_numeric_label(open.label)) set_text(inside, "label", open.label);
    if (open.stored_as) {
        inside.set("sha256", open.sha256 ? open.sha256->hex() : "").set("size", open.size);
        stored.sha256 = open.stored_as->sha256;
        stored.size = open.stored_as->size;
        stored.stored_as.reset();
    }
    DOSSIER_TRY(stored.sealed, seal_json(sealer, inside));
    clear_words(stored);
    return stored;
}

Result<std::string> seal_text(Sealer& sealer, const std::string& text) {
    if (text.empty()) return text;
    DOSSIER_TRY(const std::string sealed, sealer.seal(text));
    return std::string(text_mark) + to_base64(sealed);
}

std::string open_text(Sealer& sealer, const std::string& text) {
    if (!starts_with(text, text_mark) || !sealer.can_open()) return text;
    return open_base64(sealer, std::string_view(text).substr(text_mark.size())).value_or(text);
}

bool is_sealed_text(std::string_view text) { return starts_with(text, text_mark); }

Result<DecisionRecord> seal_record(Sealer& sealer, const DecisionRecord& open) {
    DecisionRecord stored = open;
    DOSSIER_TRY(const std::string sealed, sealer.seal(open.decision.reason));
    stored.decision.reason = std::string(text_mark) + to_base64(sealed);
    return stored;
}

DecisionRecord open_record(Sealer& sealer, const DecisionRecord& stored) {
    DecisionRecord open = stored;
    if (stored.restricted) open.decision.reason = open_text(sealer, stored.decision.reason);
    return open;
}

DocumentRecord open_record(Sealer& sealer, const DocumentRecord& stored) {
    if (stored.sealed.empty()) return stored;
    const auto inside = open_json(sealer, stored.sealed);
    if (!inside) return stored;
    DocumentRecord open = stored;
    open.external = text_of(*inside, "external");
    open.sealed.clear();
    return open;
}

VersionRecord open_record(Sealer& sealer, const VersionRecord& stored) {
    if (stored.sealed.empty()) return stored;
    const auto inside = open_json(sealer, stored.sealed);
    if (!inside) return stored;
    VersionRecord open = stored;
    open.title = text_of(*inside, "title");
    open.file_name = text_of(*inside, "file_name");
    open.pointer = text_of(*inside, "pointer");
    open.review_comment = text_of(*inside, "review_comment");
    open.media_type = text_of(*inside, "media_type");
    open.copy.certified_by = text_of(*inside, "copy_certified_by");
    open.copy.statement = text_of(*inside, "copy_statement");
    open.copy.source = text_of(*inside, "copy_source");
    if (open.label.empty()) open.label = text_of(*inside, "label");
    if (const auto sha256 = Sha256::from_hex(text_of(*inside, "sha256")); sha256 && stored.sha256) {
        open.stored_as = StoredAs{*stored.sha256, stored.size};
        open.sha256 = *sha256;
        const Json* const size = inside->find("size");
        open.size = size ? static_cast<std::uint64_t>(size->integer()) : 0;
    }
    open.sealed.clear();
    return open;
}

StoredDocument open_document(Sealer& sealer, const StoredDocument& stored) {
    if (!stored.document.restricted || !sealer.can_open()) return stored;
    StoredDocument open{open_record(sealer, stored.document), {}};
    for (const VersionRecord& version : stored.versions) open.versions.push_back(open_record(sealer, version));
    return open;
}

Error restriction_stays(std::int64_t document) {
    return Error(ErrorKind::conflict, fill("{} is restricted and stays so: no correction opens it", document_id(document)), {},
                 fill("where all may see it: 'dossier tmf get {0} --output FILE', then 'dossier tmf file FILE --restricted no' with its "
                      "particulars; before the unblinding (S11) 'dossier tmf review {0} --reject other --comment TEXT' first",
                      document_id(document)));
}

StoredDocument without_words(const StoredDocument& stored) {
    StoredDocument bare = stored;
    bare.document.external.clear();
    for (VersionRecord& version : bare.versions) clear_words(version);
    return bare;
}

bool is_sealed(const AuditView& entry) {
    return is_sealed_text(entry.reason) || entry.new_value.find("\"sealed\":\"") != std::string::npos ||
           entry.new_value.find(":\"sealed:") != std::string::npos || entry.old_value.find("\"sealed\":\"") != std::string::npos;
}

AuditEntry open_entry(Sealer& sealer, const AuditView& stored) {
    AuditEntry entry(stored);
    if (!is_sealed(stored)) return entry;
    entry.opened.emplace();
    entry.opened->old_value = open_records(sealer, entry.old_value);
    entry.opened->new_value = open_records(sealer, entry.new_value);
    entry.opened->reason = open_text(sealer, entry.reason);
    return entry;
}

} // namespace dossier::tmf
