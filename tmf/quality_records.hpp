// What quality control leaves in the ledger: steps of reviews and the acts of queries. Rows are written once and never changed. Plain
// structs and their JSON (the audit trail's new value). Texts are UTF-8; an empty text is "none"; times are UTC with microseconds.
#pragma once

#include "core/json.hpp"
#include "core/time.hpp"
#include "templates/tmf_quality.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace dossier::tmf {

using templates::ReviewStep;

struct ReviewRecord { // one step of one version's review
    // reopened: what the step had looked at was corrected afterwards, so an earlier pass says nothing any more
    enum class Outcome { accepted, rejected, reopened };
    std::int64_t number = 0; // R-000001 and so on
    std::int64_t document = 0;
    int version = 0;
    ReviewStep step = ReviewStep::approval;
    Outcome outcome = Outcome::rejected;
    std::string code, comment; // code: of a rejection
    std::string at, by;
    bool accepted() const { return outcome == Outcome::accepted; }
    bool rejected() const { return outcome == Outcome::rejected; }
};
std::string_view to_text(ReviewRecord::Outcome outcome);
std::optional<ReviewRecord::Outcome> to_review_outcome(std::string_view text);

// How the step of the version was passed, as it stands; null when it was not, or was re-opened since. `records` by number.
const ReviewRecord* standing_pass(const std::vector<ReviewRecord>& records, int version, ReviewStep step);

struct QueryRecord {         // a question about one version
    std::int64_t number = 0; // Q-000001 and so on
    std::int64_t document = 0;
    int version = 0;
    std::string to; // who is asked
};

struct QueryAct {
    enum class Kind { opened, answered, closed, reopened } kind = Kind::opened;
    std::int64_t query = 0;
    int number = 0; // 1, 2, ... in the order they happened; 1 opened it
    std::string text;
    std::string at, by;
};
std::string_view to_text(QueryAct::Kind kind);

struct StoredQuery {
    QueryRecord query;
    std::vector<QueryAct> acts; // by number
};

std::string review_id(std::int64_t number);                        // 12 -> R-000012
std::string query_id(std::int64_t number);                         // 12 -> Q-000012
std::optional<std::int64_t> parse_query_id(std::string_view text); // Q-000012, q-12
std::string version_id(std::int64_t document, int version);        // D-000012@1
std::optional<Date> day_of(const std::string& at);                 // of a precise UTC time

Json to_json(const ReviewRecord& record);
Json to_json(const QueryRecord& record);
Json to_json(const QueryAct& act);
// The reverse; invalid when the JSON is no such record.
Result<ReviewRecord> review_record_from(const Json& json);
Result<QueryRecord> query_record_from(const Json& json);
Result<QueryAct> query_act_from(const Json& json);

} // namespace dossier::tmf
