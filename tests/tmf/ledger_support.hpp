// A ledger of its own for a test, and what is written to it.
#pragma once

#include <catch2/catch.hpp>

#include "core/text.hpp"
#include "tests/support/run.hpp"
#include "tmf/ledger.hpp"

namespace tmf_test {

using namespace dossier;
using namespace dossier::tmf;

struct Fresh {
    test::Scratch scratch;
    std::unique_ptr<Ledger> ledger = make(true);
    std::unique_ptr<Ledger> make(bool create) const {
        auto made = open_sqlite_ledger(scratch / "ledger.sqlite", create);
        INFO((made ? "" : to_text(made.error())));
        REQUIRE(made);
        return std::move(*made);
    }
};

inline const Author ann{"ann", *parse_time("2025-06-30T12:00:00.5Z"), false};

inline Change study_change() {
    Change change;
    change.action = "study_applied";
    change.study = change.object = "S";
    change.study_record = StudyRecord{"S", "3.3.1", R"({"study":{"id":"S"}})"};
    return change;
}

inline Change filing(std::int64_t number, int version, const std::string& bytes, const std::string& external = {}) {
    Change change;
    change.action = version == 1 ? "document_filed" : "version_filed";
    change.study = "S";
    change.object = fill("{}@{}", document_id(number), version);
    if (version == 1) change.document = DocumentRecord{number, "S", 87, "", "USA", "701", true, external, "sealed"};
    VersionRecord record;
    record.document = number;
    record.number = version;
    record.label = fill("{}.0", version);
    record.title = "Curriculum \"vitae\" of Zoë";
    record.person = "P1;P2";
    record.event = "A1";
    record.language = "en";
    record.date = parse_date("2025-01-05");
    record.expires = parse_date("2027-01-05");
    record.received = parse_date("2025-01-06");
    record.final = parse_date("2025-01-07");
    record.accepted = parse_date("2025-01-08");
    record.rejected = parse_date("2025-01-09");
    record.withdrawn = parse_date("2025-01-10");
    record.carried = {true, false, true, false, true};
    record.pointer = "binder 7";
    record.sha256 = sha256_of(bytes);
    record.size = bytes.size();
    record.media_type = "text/plain";
    record.file_name = "cv.txt";
    record.filed_at = ann.time.precise_text();
    record.filed_by = "ann";
    record.review_comment = "fine";
    record.copy = {"ann", parse_date("2025-01-04"), "exact copy", "binder 4"};
    change.version = record;
    return change;
}

inline std::vector<AuditEntry> trail(Ledger& ledger, const std::string& study = {}, const std::string& object = {}) {
    std::vector<AuditEntry> entries;
    REQUIRE(ledger.each_audit(study, object, [&entries](const AuditView& entry) {
        entries.emplace_back(entry);
        return Result<void>();
    }));
    return entries;
}

} // namespace tmf_test
