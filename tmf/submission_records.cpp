#include "tmf/submission_records.hpp"

#include "core/text.hpp"
#include "tmf/quality_records.hpp"
#include "tmf/records.hpp"

namespace dossier::tmf {

namespace {

using Standing = SubmissionRecord::Standing;
constexpr std::pair<Standing, std::string_view> words[] = {
    {Standing::current, "current"}, {Standing::replaced, "replaced"}, {Standing::deleted, "deleted"}, {Standing::dropped, "dropped"}};

} // namespace

std::string SubmissionRecord::reference() const { return fill("{}/{}#{}", application, sequence, leaf); }

std::string SubmissionRecord::id() const { return fill("{} {}", version_id(document, version), reference()); }

std::string_view to_text(Standing standing) {
    for (const auto& [value, word] : words)
        if (value == standing) return word;
    return "";
}

std::optional<Standing> standing_from(std::string_view text) {
    for (const auto& [value, word] : words)
        if (word == text) return value;
    return std::nullopt;
}

Json to_json(const SubmissionRecord& record) {
    Json json = Json::object({{"id", record.id()},
                              {"document", version_id(record.document, record.version)},
                              {"application", record.application},
                              {"sequence", record.sequence},
                              {"leaf", record.leaf},
                              {"section", record.section},
                              {"title", record.title},
                              {"standing", to_text(record.standing)}});
    if (!record.ended_by.empty()) json.set("ended_by", record.ended_by);
    if (record.sent) json.set("sent", record.sent->text());
    return json;
}

Result<SubmissionRecord> submission_record_from(const Json& json) {
    const auto text = [&json](const char* key) {
        const Json* value = json.find(key);
        return value ? value->text() : std::string();
    };
    const auto reference = parse_version_reference(text("document"));
    const auto standing = standing_from(text("standing"));
    if (!reference || reference->version == 0 || !standing || text("application").empty())
        return Error(ErrorKind::invalid, "not a record of a submission");
    SubmissionRecord record{text("application"), text("sequence"), text("leaf"), reference->document, reference->version,
                            text("section"),     text("title"),    *standing,    text("ended_by"),    parse_date(text("sent"))};
    return record;
}

} // namespace dossier::tmf
