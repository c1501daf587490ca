// When a version stops being the one in force: edl.md, step 8.
#include <catch2/catch.hpp>

#include "tmf/records.hpp"

using namespace dossier;
using namespace dossier::tmf;

namespace {

// The day on which the first of two versions is superseded; the second is final on 1 February and accepted on 3 February.
std::string superseded(bool review, const char* rejected, const char* withdrawn = "") {
    StoredDocument stored;
    for (const int number : {1, 2}) {
        VersionRecord version;
        version.number = number;
        version.received = version.final = version.accepted = parse_date("2025-01-10");
        stored.versions.push_back(version);
    }
    VersionRecord& second = stored.versions[1];
    second.final = parse_date("2025-02-01");
    second.accepted = parse_date("2025-02-03");
    second.rejected = parse_date(rejected);
    second.withdrawn = parse_date(withdrawn);
    const OptionalDate day = to_facts(stored, review)[0].superseded;
    return day ? day->text() : "never";
}

} // namespace

TEST_CASE("superseded takes effect on the day that the successor is final, and accepted where review is required") {
    CHECK(superseded(true, "") == "2025-02-03");
    CHECK(superseded(false, "") == "2025-02-01");
    // Rejected later, or on the very day, it had taken the older one's place; rejected before it came into force it never did.
    CHECK(superseded(true, "2025-02-04") == "2025-02-03");
    CHECK(superseded(true, "2025-02-03") == "2025-02-03");
    CHECK(superseded(true, "2025-02-02") == "never");
    CHECK(superseded(false, "2025-02-01") == "2025-02-01");
    CHECK(superseded(false, "2025-01-31") == "never");
    CHECK(superseded(true, "", "2025-02-03") == "2025-02-03");
    CHECK(superseded(true, "", "2025-02-02") == "never");
}
