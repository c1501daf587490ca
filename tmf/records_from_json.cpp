// The audit trail's records, read back: the reverse of to_json in records.cpp.
#include "core/text.hpp"
#include "tmf/records.hpp"
#include "tmf/sealing.hpp"

namespace dossier::tmf {

namespace {

class Fields {
public:
    explicit Fields(const Json& json) : json_(json) {}
    std::string text(const char* key) const {
        const Json* value = json_.find(key);
        return value ? value->text() : "";
    }
    OptionalDate date(const char* key) const { return parse_date(text(key)); }
    bool flag(const std::string& key) const {
        const Json* value = json_.find(key);
        return value && value->boolean();
    }
    OptionalDate date(const char* key, bool& carried) const {
        carried = flag(std::string(key) + "_carried_over");
        return date(key);
    }
    std::int64_t integer(const char* key) const {
        const Json* value = json_.find(key);
        return value ? value->integer() : 0;
    }

private:
    const Json& json_;
};

Error no_record(const char* kind) { return Error(ErrorKind::invalid, fill("this is no record of a {}", std::string_view(kind))); }

std::int64_t number_of(const std::string& id, std::string_view prefix) { // W-000001
    if (!starts_with(id, prefix)) return 0;
    return parse_document_id("D-" + id.substr(prefix.size())).value_or(0);
}

} // namespace

Result<StudyRecord> study_record_from(const Json& json) {
    const Fields fields(json);
    const Json* facts = json.find("facts");
    if (fields.text("id").empty() || !facts) return no_record("study");
    return StudyRecord{fields.text("id"), fields.text("model"), facts->dump(-1)};
}

Result<DocumentRecord> document_record_from(const Json& json) {
    const Fields fields(json);
    DocumentRecord record;
    record.number = parse_document_id(fields.text("id")).value_or(0);
    record.study = fields.text("study");
    for (const char digit : fields.text("unique_id"))
        record.unique_id = digit >= '0' && digit <= '9' ? record.unique_id * 10 + (digit - '0') : 1000;
    record.sub_artifact = fields.text("sub_artifact");
    record.country = fields.text("country");
    record.site = fields.text("site");
    record.restricted = fields.flag("restricted");
    record.external = fields.text("external");
    record.sealed = fields.text("sealed");
    if (record.number == 0 || record.unique_id < 1 || record.unique_id > 999) return no_record("document");
    return record;
}

Result<VersionRecord> version_record_from(const Json& json) {
    const Fields fields(json);
    VersionRecord record;
    record.document = parse_document_id(fields.text("document")).value_or(0);
    record.number = static_cast<int>(fields.integer("number"));
    if (record.document == 0 || record.number < 1) return no_record("version");
    record.label = fields.text("label");
    record.title = fields.text("title");
    record.person = fields.text("person");
    record.event = fields.text("event");
    record.language = fields.text("language");
    record.date = fields.date("date");
    record.expires = fields.date("expires");
    record.received = fields.date("received", record.carried.received);
    record.final = fields.date("final", record.carried.final);
    record.accepted = fields.date("accepted", record.carried.accepted);
    record.rejected = fields.date("rejected", record.carried.rejected);
    record.withdrawn = fields.date("withdrawn", record.carried.withdrawn);
    record.pointer = fields.text("pointer");
    record.sha256 = Sha256::from_hex(fields.text("sha256"));
    record.size = static_cast<std::uint64_t>(fields.integer("size"));
    record.media_type = fields.text("media_type");
    record.file_name = fields.text("file_name");
    record.filed_at = fields.text("filed_at");
    record.filed_by = fields.text("filed_by");
    record.review_comment = fields.text("review_comment");
    record.copy.certified_by = fields.text("copy_certified_by");
    record.copy.certified_on = fields.date("copy_certified_on");
    record.copy.statement = fields.text("copy_statement");
    record.copy.source = fields.text("copy_source");
    record.sealed = fields.text("sealed");
    return record;
}

Result<DecisionRecord> decision_record_from(const Json& json) {
    const Fields fields(json);
    DecisionRecord record;
    record.number = number_of(fields.text("id"), "W-");
    record.study = fields.text("study");
    Decision& decision = record.decision;
    const auto date = fields.date("date");
    if (record.number == 0 || !date) return no_record("decision");
    decision.kind = fields.text("kind") == "waived" ? Decision::Kind::waived : Decision::Kind::not_applicable;
    decision.rule = fields.text("rule");
    decision.country = fields.text("country");
    decision.site = fields.text("site");
    decision.person = fields.text("person");
    decision.event = fields.text("event");
    decision.language = fields.text("language");
    decision.date = *date;
    decision.until = fields.date("until");
    decision.by = fields.text("by");
    decision.reason = fields.text("reason");
    record.restricted = is_sealed_text(decision.reason);
    return record;
}

} // namespace dossier::tmf
