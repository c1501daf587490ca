#include "templates/scan_words.hpp"

#include <algorithm>
#include <set>

#include "core/text.hpp"
#include "templates/row_reader.hpp"

namespace dossier::templates {

namespace {

bool is_role(const std::string& word) {
    const auto among = [&word](const std::vector<std::string>& list) { return std::find(list.begin(), list.end(), word) != list.end(); };
    return word.empty() || among(person_roles()) || among(role_groups());
}

bool is_part(const Artifact& artifact, const std::string& part) {
    const std::vector<std::string> parts = split(artifact.sub_artifacts, ';');
    return std::find(parts.begin(), parts.end(), part) != parts.end();
}

Result<std::vector<ScanWords>> read_words(const Source& source, const TmfCatalogue& catalogue) {
    DOSSIER_TRY(const Tsv table, source.read_tsv("tmf/scan-words.tsv", {"words", "artifact", "weight", "role", "event", "part"}));
    std::vector<ScanWords> list;
    std::set<std::string> seen;
    for (const TsvRow& line : table.rows) {
        RowReader row(table, line);
        ScanWords entry;
        entry.words = row.text("words");
        const std::string number = row.text("artifact");
        entry.weight = static_cast<int>(row.number("weight"));
        entry.role = row.optional_text("role");
        entry.event = row.optional_text("event");
        entry.part = row.optional_text("part");
        if (entry.weight < 1 || entry.weight > 99) row.fail("weight", "a weight is 1 to 99");
        if (!is_role(entry.role)) row.fail("role", "there is no such role");
        if (!seen.insert(entry.words + "\t" + number + "\t" + entry.role).second)
            row.fail("words", "these words stand twice for this artifact");
        if (row.error()) return *row.error();
        entry.artifact = catalogue.artifact_by_number(number);
        if (!entry.artifact) continue;
        if (!is_part(*entry.artifact, entry.part)) entry.part.clear(); // another model, without it
        list.push_back(std::move(entry));
    }
    return list;
}

Result<std::vector<ScanMark>> read_marks(const Source& source) {
    DOSSIER_TRY(const Tsv table, source.read_tsv("tmf/scan-marks.tsv", {"kind", "words", "means"}));
    std::vector<ScanMark> list;
    std::set<std::string> seen;
    for (const TsvRow& line : table.rows) {
        RowReader row(table, line);
        ScanMark mark;
        mark.kind = row.one_of("kind", {"same",      "doubt",      "noise",   "stop",    "final",  "draft",   "country", "language",
                                        "excludes",  "weakens",    "filled",  "form",    "signed", "subject", "study",   "counted",
                                        "unblinded", "unblinding", "expires", "handled", "denies", "reply",   "mail"});
        mark.words = row.text("words");
        mark.means = row.optional_text("means");
        const bool has_meaning = mark.kind == "same" || mark.kind == "country" || mark.kind == "language";
        if (has_meaning != !mark.means.empty()) row.fail("means", has_meaning ? "this kind needs a meaning" : "this kind has no meaning");
        if (!seen.insert(mark.kind + "\t" + mark.words).second) row.fail("words", "these words stand twice");
        if (row.error()) return *row.error();
        list.push_back(std::move(mark));
    }
    return list;
}

} // namespace

Result<ScanTables> read_scan_tables(const Source& source, const TmfCatalogue& catalogue) {
    ScanTables tables;
    DOSSIER_TRY(tables.words, read_words(source, catalogue));
    DOSSIER_TRY(tables.marks, read_marks(source));
    return tables;
}

} // namespace dossier::templates
