// Documents that are there already: in the ledger, or in earlier rows of the same list; for the filing of lists only.
#pragma once

#include "tmf/ledger.hpp"
#include "tmf/row_check.hpp"

#include <map>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace dossier::tmf {

struct Twins {
    bool same = false;         // the same bytes with the same particulars (of now, or before they were corrected), or the same version
    std::int64_t document = 0; // that holds these bytes; 0 = none
    std::int64_t row = 0;      // of the list that does; 0 = it was filed before
    VersionRecord version;     // of `document`
    bool restricted = false;   // so is it
    std::string text;          // D-000003 (artifact 087, site 701)
    std::string came;          // "; they were received ...": where the row says an earlier day than that of the bytes; else empty
    std::string sealed; // a restricted document that would lie open with the row, in the same words; empty: none that the user may see
    bool sealed_counts = false; // neither rejected nor withdrawn, it or another one
    bool once_open = false;     // the same, restricted, and filed open to all at first
};

// What a row says in `restricted`. By `no` it is another record than a restricted one that is filed: that can only be opened by filing it
// anew. A list that comes again does not know that what it filed open was restricted since; `tmf file` speaks of one document, today.
enum class Openness { unsaid, by_list, said };

// Two rows without words in `document` that would be one record, if their bytes are the same, which nobody has looked at yet.
bool may_be_twins(const CheckedRow& a, const CheckedRow& b);

class TwinFinder {
public:
    TwinFinder(Ledger& ledger, std::string study) : ledger_(ledger), study_(std::move(study)) {}

    // `existing` is the document that the row adds a version to, 0 for a new one.
    Result<Twins> find(const CheckedRow& row, std::int64_t existing, std::int64_t number, Openness openness);
    void remember(const CheckedRow& row, std::int64_t document, const VersionRecord& version, std::int64_t number);

private:
    struct Remembered {
        DocumentRecord document;
        VersionRecord version;
        std::int64_t row = 0;
    };
    // Of an artifact: how often it was asked for, and after some times the records kept elsewhere that the ledger had.
    struct Pointers {
        int asked = 0;
        std::unordered_multimap<std::string, std::int64_t> stored; // documents, by place, what they are about and their pointer
    };
    Result<std::vector<Remembered>> candidates(const CheckedRow& row, std::int64_t existing);
    Result<bool> was_same(const CheckedRow& row, std::int64_t existing, const Remembered& other);
    Result<bool> was_open(std::int64_t document);
    Result<void> find_pointers(const CheckedRow& row, std::vector<Remembered>& found);
    Result<void> read_pointers(int unique_id, Pointers& pointers);

    Ledger& ledger_;
    std::string study_;
    std::unordered_map<int, Pointers> pointers_;  // by unique identifier
    std::multimap<std::string, Remembered> rows_; // of this list, by their bytes (or as `stored`)
};

} // namespace dossier::tmf
