// What the ledger keeps, as plain structs, and their JSON (the audit trail's old and new). Texts are UTF-8; an empty text is "none".
#pragma once

#include "core/digest.hpp"
#include "core/json.hpp"
#include "core/result.hpp"
#include "core/time.hpp"
#include "tmf/completeness.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace dossier::tmf {

struct StudyRecord {
    std::string id, model;
    std::string facts; // JSON in the form of STUDY.yaml (tmf/study.hpp)
};

struct DocumentRecord {
    std::int64_t number = 0; // D-000001 and so on, in the whole repository
    std::string study;
    int unique_id = 0;
    std::string sub_artifact; // the part of the artifact, as the model or a list names it; empty = the artifact as a whole
    std::string country, site;
    bool restricted = false;
    std::string external; // what the list called it; a later list adds versions under the same word
    std::string sealed;   // base64: the words of a restricted document, where they are not opened (tmf/sealing.hpp)
};

// The object that holds the bytes of a restricted version, sealed.
struct StoredAs {
    Sha256 sha256;
    std::uint64_t size = 0;
};

// Dates carried over from a former system are marked: they were not witnessed here.
struct Carried {
    bool received = false, final = false, accepted = false, rejected = false, withdrawn = false;
};

// A copy that stands for an original: who verified it, when, in which words, and where the original is.
struct CertifiedCopy {
    std::string certified_by;
    OptionalDate certified_on;
    std::string statement, source;
    bool is_set() const { return !certified_by.empty(); }
    bool operator==(const CertifiedCopy&) const = default;
};

struct VersionRecord {
    std::int64_t document = 0;
    int number = 0;    // 1, 2, ... in the order of filing
    std::string label; // "2.0", as people call it
    std::string title;
    std::string person, event; // ids, several joined by ';'
    std::string language;
    OptionalDate date, expires;
    OptionalDate received, final, accepted, rejected, withdrawn;
    Carried carried;
    std::string pointer;          // where the record lives, when it is not here
    std::optional<Sha256> sha256; // none: a pointer without a file
    std::uint64_t size = 0;
    std::string media_type, file_name;
    std::string filed_at, filed_by; // UTC with microseconds
    std::string review_comment;
    CertifiedCopy copy;                // not set: an original, or nobody said
    std::string sealed;                // as in DocumentRecord
    std::optional<StoredAs> stored_as; // none: the bytes lie as they are, under `sha256`
};

struct DecisionRecord {
    std::int64_t number = 0; // W-000001 and so on
    std::string study;
    Decision decision;
    bool restricted = false; // about what may unblind: its reason is sealed in the ledger, which is what marks it there
    bool hidden = false;     // the reader may not have the reason: it says "(sealed)"
};

// A list, a model or a table that a study adopted, as it was brought. It never changes.
struct StandardRecord {
    std::string kind, name; // list, model, table; ACME-2026@3, 4.0-acme, EDL@1/switches
    Sha256 sha256;          // of the content
    std::uint64_t size = 0;
    std::string file_name, content;
};

struct StoredDocument {
    DocumentRecord document;
    std::vector<VersionRecord> versions; // by number
};

std::string document_id(std::int64_t number);                         // 12 -> D-000012
std::optional<std::int64_t> parse_document_id(std::string_view text); // D-000012, d-12; without a version
struct VersionReference {
    std::int64_t document = 0;
    int version = 0; // 0 = the newest
};
std::optional<VersionReference> parse_version_reference(std::string_view text); // D-000012, D-000012@2
std::string decision_id(std::int64_t number);                                   // W-000001
std::optional<std::int64_t> parse_decision_id(std::string_view text);           // W-000001, w-1

Json to_json(const StudyRecord& record);
Json to_json(const DocumentRecord& record);
Json to_json(const VersionRecord& record);
Json to_json(const DecisionRecord& record);
Json to_json(const StandardRecord& record); // without the content: its hash stands for it
// The reverse, for what the audit trail holds: from(to_json(r)) == r. invalid when it is no such record.
Result<StudyRecord> study_record_from(const Json& json);
Result<DocumentRecord> document_record_from(const Json& json);
Result<VersionRecord> version_record_from(const Json& json);
Result<DecisionRecord> decision_record_from(const Json& json);

// Indices of the versions, the oldest first: by label when all labels are numbers (1.0 < v2.0 < 10.0), else by date when all have one, else
// by the order of filing, which also breaks ties.
std::vector<std::size_t> order_of(const std::vector<VersionRecord>& versions);
bool label_before(const std::string& a, const std::string& b); // both numeric
bool is_numeric_label(const std::string& label);               // also behind "v" or "version"
// Equal for labels that name the same version: 1 and 1.0; 02.0, 2.0 and v2.0; others as written, letter case aside.
std::string label_key(const std::string& label);

// The versions as completeness wants them, the day each was superseded included: the first day a newer version was final (and accepted
// where the study reviews).
std::vector<DocumentFacts> to_facts(const StoredDocument& document, bool review);

} // namespace dossier::tmf
