#include "tmf/shared_corrections.hpp"

#include <algorithm>

#include "core/text.hpp"

namespace dossier::tmf {

namespace {

// What is changed together, by the columns that say it.
struct Shared {
    std::vector<const char*> columns;
    std::string (*value)(const DocumentRecord&);
};

std::string with_part(const std::string& text, const std::string& part) { return part.empty() ? text : text + ", " + part; }

const std::vector<Shared>& shared_parts() {
    static const std::vector<Shared> parts = {
        {{"artifact", "sub_artifact"},
         [](const DocumentRecord& document) { return with_part(fill("artifact {:03}", document.unique_id), document.sub_artifact); }},
        {{"country", "site"},
         [](const DocumentRecord& document) {
             if (!document.site.empty()) return with_part("site " + document.site, document.country);
             return document.country.empty() ? std::string("no country or site") : "country " + document.country;
         }},
        {{"restricted"}, [](const DocumentRecord& document) { return std::string(document.restricted ? "restricted" : "not restricted"); }},
    };
    return parts;
}

void apply(const Change& change, SharedCorrections::Document& document) {
    if (change.document) document.stored.document = *change.document;
    if (change.review) document.reviews.push_back(*change.review);
    if (!change.version) return;
    for (VersionRecord& version : document.stored.versions)
        if (version.number == change.version->number) version = *change.version;
}

} // namespace

const SharedCorrections::Document* SharedCorrections::find(std::int64_t number) const {
    const auto found = documents_.find(number);
    return found == documents_.end() ? nullptr : &found->second;
}

void SharedCorrections::take(const StoredDocument& before, const std::vector<ReviewRecord>& reviews, const Change& change,
                             const std::vector<Change>& following) {
    Document& document = documents_.try_emplace(before.document.number, Document{before, reviews}).first->second;
    apply(change, document);
    for (const Change& one : following) apply(one, document);
}

std::optional<Error> SharedCorrections::leave_shared(const DocumentRecord& in_ledger, const DocumentRecord& wanted,
                                                     std::map<std::string, std::string>& cells) const {
    const Document* const earlier = find(in_ledger.number);
    if (!earlier) return std::nullopt;
    for (const Shared& part : shared_parts()) {
        const std::string was = part.value(in_ledger), asked = part.value(wanted), now = part.value(earlier->stored.document);
        if (asked == was)
            for (const char* column : part.columns) cells.erase(column);
        else if (now != was && now != asked)
            return Error(ErrorKind::invalid,
                         fill("a row before, for a version of {}, changes {} to {}, and this one to {}", document_id(in_ledger.number), was,
                              now, asked),
                         {}, "versions of a document share it: say the same in each row, or in one of them only");
    }
    return std::nullopt;
}

} // namespace dossier::tmf
