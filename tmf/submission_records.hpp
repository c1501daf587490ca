// Where versions of documents stand in submissions. One row for each leaf that a version was built into; the submission itself knows the
// same (ectd/leaf_origins.hpp). Plain structs and their JSON (the audit trail's old and new value). Texts are UTF-8.
#pragma once

#include "core/json.hpp"
#include "core/result.hpp"
#include "core/time.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace dossier::tmf {

struct SubmissionRecord {
    enum class Standing {
        current,  // the leaf is part of what the application contains
        replaced, // a later leaf took its place
        deleted,  // a later sequence took it out
        dropped,  // the draft was built again without it
    };
    std::string application;    // "us nda 900172": region, type, number
    std::string sequence, leaf; // 0001, ID
    std::int64_t document = 0;
    int version = 0;
    std::string section, title; // as the leaf has them
    Standing standing = Standing::current;
    std::string ended_by;          // replaced, deleted: 0002#ID of the leaf that did it
    std::optional<Date> sent;      // none: the sequence is a draft
    std::string reference() const; // us nda 900172/0001#ID
    std::string id() const;        // D-000012@2 us nda 900172/0001#ID
    bool operator==(const SubmissionRecord&) const = default;
};
std::string_view to_text(SubmissionRecord::Standing standing);
std::optional<SubmissionRecord::Standing> standing_from(std::string_view text);

Json to_json(const SubmissionRecord& record);
Result<SubmissionRecord> submission_record_from(const Json& json); // the reverse; invalid when it is no such record

} // namespace dossier::tmf
