// The same bytes filed as several documents: in other slots, or twice in the same.
#include <map>
#include <set>

#include "core/text.hpp"
#include "tmf/report_kinds.hpp"

namespace dossier::tmf {

namespace {

struct Copy {
    const DocumentRecord* document;
    const VersionRecord* version;
};

auto particulars(const Copy& copy) {
    return std::tie(copy.document->unique_id, copy.document->country, copy.document->site, copy.version->person, copy.version->event,
                    copy.version->language);
}

// The copies that are there on that day, by their bytes.
std::map<std::string, std::vector<Copy>> copies_by_bytes(const ReportFacts& facts) {
    std::map<std::string, std::vector<Copy>> copies;
    const Date as_of = facts.question.as_of;
    for (const StoredDocument* stored : documents_in_scope(facts))
        for (const VersionRecord& version : stored->versions) {
            const bool there = version.received && *version.received <= as_of && !(version.withdrawn && *version.withdrawn <= as_of) &&
                               !(version.rejected && *version.rejected <= as_of);
            if (there && version.sha256) copies[version.sha256->hex()].push_back({&stored->document, &version});
        }
    return copies;
}

bool in_several_documents(const std::vector<Copy>& copies) {
    for (const Copy& copy : copies)
        if (copy.document->number != copies.front().document->number) return true;
    return false;
}

// A copy for which the group holds another document with the very same particulars.
bool is_filed_twice(const Copy& copy, const std::vector<Copy>& copies) {
    for (const Copy& other : copies)
        if (other.document->number != copy.document->number && particulars(other) == particulars(copy)) return true;
    return false;
}

} // namespace

Report duplicates_report(const ReportFacts& facts) {
    Report report = start_report("duplicates", "The same bytes in several documents", facts);
    ReportTable table{
        "copies",
        "Copies",
        {{"sha256", "SHA-256"},
         {"copies", "Copies", ColumnKind::number},
         {"document", "Document"},
         {"artifact", "Artifact"},
         {"name", "Name"},
         {"country", "Country"},
         {"site", "Site"},
         {"person", "Person"},
         {"event", "Event"},
         {"language", "Language"},
         {"title", "Title"},
         {"received", "Received", ColumnKind::date},
         {"filed_twice", "Filed twice"}},
        {},
        "One row a copy. Filed twice: another document with these bytes stands in the same place, for the same person, event and "
        "language; other copies may be rightly there, one record that answers several expectations."};
    std::int64_t groups = 0, twice = 0;
    for (const auto& [sha256, copies] : copies_by_bytes(facts)) {
        if (!in_several_documents(copies)) continue;
        ++groups;
        for (const Copy& copy : copies) {
            const bool filed_twice = is_filed_twice(copy, copies);
            if (filed_twice) ++twice;
            table.rows.push_back({sha256, number_cell(static_cast<std::int64_t>(copies.size())),
                                  fill("{}@{}", document_id(copy.document->number), copy.version->number),
                                  artifact_number(facts.catalogue, copy.document->unique_id),
                                  artifact_name(facts.catalogue, copy.document->unique_id), copy.document->country, copy.document->site,
                                  copy.version->person, copy.version->event, copy.version->language, copy.version->title,
                                  day_cell(copy.version->received), std::string(filed_twice ? "yes" : "no")});
        }
    }
    report.figures = {
        {"groups", "Contents in several documents", number_cell(groups), "", "different sha256 of copies"},
        {"copies", "Copies of them", number_cell(static_cast<std::int64_t>(table.rows.size())), "", "rows of copies"},
        {"filed_twice", "Filed twice in one place", number_cell(twice), "", "rows of copies with filed_twice yes"},
    };
    report.tables = {std::move(table)};
    return report;
}

} // namespace dossier::tmf
