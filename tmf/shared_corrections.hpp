// Several versions of one document corrected in one go: what they share (artifact, place, restricted) is the document's, and a list of all
// versions says it in each row, mostly as it was. A row that says it as it was says nothing of it; two that change it to different values
// contradict each other. docs/design.md, FIX.csv.
#pragma once

#include "tmf/ledger.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace dossier::tmf {

class SharedCorrections {
public:
    struct Document {
        StoredDocument stored; // as the rows before leave it
        std::vector<ReviewRecord> reviews;
    };
    const Document* find(std::int64_t number) const; // null: no row before corrects it

    // After the row's change and those that follow from it. `before`: the document and its reviews without this row.
    void take(const StoredDocument& before, const std::vector<ReviewRecord>& reviews, const Change& change,
              const std::vector<Change>& following);

    // What `cells` say of the document as it is in the ledger is left out of them; `wanted` is the document as the row alone would make it.
    // An error: a row before changes the same to something else.
    std::optional<Error> leave_shared(const DocumentRecord& in_ledger, const DocumentRecord& wanted,
                                      std::map<std::string, std::string>& cells) const;

private:
    std::map<std::int64_t, Document> documents_;
};

} // namespace dossier::tmf
