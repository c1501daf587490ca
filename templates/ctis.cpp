#include "templates/ctis.hpp"

#include <algorithm>
#include <set>

#include "core/text.hpp"
#include "templates/row_reader.hpp"

namespace dossier::templates {

namespace {

template <class List, class Has> auto find_in(const List& list, Has has) -> decltype(list.data()) {
    const auto found = std::find_if(list.begin(), list.end(), has);
    return found == list.end() ? nullptr : &*found;
}

// Calls `read_row` for each row of the table and stops at the first error; `key` is unique.
template <class ReadRow>
Result<void> for_each_row(const Source& source, const std::string& name, const std::vector<std::string>& columns, ReadRow read_row) {
    DOSSIER_TRY(const Tsv table, source.read_tsv(name, columns));
    std::set<std::string> seen;
    for (const TsvRow& cells : table.rows) {
        RowReader row(table, cells);
        if (const std::string key = row.text(columns.front()); !seen.insert(key).second)
            row.fail(columns.front(), fill("{} stands there twice", key));
        read_row(row);
        if (row.error()) return *row.error();
    }
    return {};
}

std::string confidence(RowReader& row) { return row.one_of("confidence", {"official", "secondary", "unverified"}); }

bool is_one_of(const std::vector<std::string>& words, const char* word) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

CtisDocument read_document(RowReader& row, const CtisCatalogue& catalogue) {
    CtisDocument item;
    item.code = row.text("code");
    item.section = row.text("section");
    const std::string part = row.one_of("part", {"1", "2", "both", "modification"});
    item.part = part == "1" ? CtisPart::one : part == "2" ? CtisPart::two : part == "both" ? CtisPart::both : CtisPart::modification;
    item.title = row.text("document");
    item.when = row.text("when");
    const std::string per = row.one_of("per", {"trial", "member_state", "site"});
    item.per = per == "site" ? CtisPer::site : per == "trial" ? CtisPer::trial : CtisPer::member_state;
    const std::string languages = row.one_of("languages", {"-", "en", "member_state", "any"});
    item.languages = languages == "-"     ? CtisLanguages::none
                     : languages == "en"  ? CtisLanguages::english
                     : languages == "any" ? CtisLanguages::any
                                          : CtisLanguages::member_state;
    item.upload = row.yes_no("upload");
    item.published = row.one_of("publication", {"for_publication", "no", "structured"}) == "for_publication";
    item.protocol = row.yes_no("protocol");
    item.artifacts = row.list("artifact");
    item.note = row.optional_text("note");
    item.confidence = confidence(row);
    if (item.when != "always" && !catalogue.condition(item.when)) row.fail("when", fill("\"{}\" is not in ctis-conditions.tsv", item.when));
    if (item.upload == (item.languages == CtisLanguages::none))
        row.fail("languages", "what is uploaded has languages, and nothing else has");
    return item;
}

Result<void> read_submissions(const Source& source, CtisCatalogue& catalogue) {
    return for_each_row(source, "ectd/ctis-submissions.tsv", {"type", "title", "first", "parts", "answers", "confidence", "note"},
                        [&](RowReader& row) {
                            CtisSubmission item;
                            item.type = row.text("type");
                            item.title = row.text("title");
                            item.first = row.yes_no("first");
                            const std::vector<std::string> parts = row.list("parts");
                            item.one = is_one_of(parts, "1");
                            item.two = is_one_of(parts, "2");
                            item.as_before = is_one_of(parts, "as-before");
                            item.modification = is_one_of(parts, "modification");
                            item.answers = row.yes_no("answers");
                            item.confidence = confidence(row);
                            if (!is_plain_name(item.type)) row.fail("type", fill("\"{}\" is not lower case with hyphens", item.type));
                            if (!item.one && !item.as_before) row.fail("parts", "1, 1 2, or as-before; with modification behind it");
                            if (item.first && item.as_before) row.fail("parts", "before the first dossier there is none");
                            catalogue.submissions.push_back(std::move(item));
                        });
}

Result<void> read_names(const Source& source, CtisCatalogue& catalogue) {
    std::set<std::string> wanted{"file", "not-for-publication", "folder-1", "folder-2", "folder-modification", "longest"};
    catalogue.names_confidence = "official";
    DOSSIER_CHECK(for_each_row(source, "ectd/ctis-names.tsv", {"key", "value", "confidence", "note"}, [&](RowReader& row) {
        const std::string key = row.text("key"), value = row.text("value");
        if (wanted.erase(key) == 0) row.fail("key", fill("there is no key {}", key));
        if (key == "longest") catalogue.longest_name = row.number("value");
        std::string longest;
        std::string& into = key == "longest"               ? longest
                            : key == "file"                ? catalogue.file_pattern
                            : key == "not-for-publication" ? catalogue.not_published_word
                            : key == "folder-1"            ? catalogue.folder_one
                            : key == "folder-2"            ? catalogue.folder_two
                                                           : catalogue.folder_modification;
        into = value;
        const std::string sure = confidence(row);
        if (sure == "unverified" || catalogue.names_confidence == "official") catalogue.names_confidence = sure;
    }));
    if (wanted.empty()) return {};
    return Error(ErrorKind::invalid, fill("{} is missing", *wanted.begin()), {source.place_of("ectd/ctis-names.tsv")});
}

} // namespace

const CtisDocument* CtisCatalogue::document(std::string_view code) const {
    return find_in(documents, [&](const CtisDocument& item) { return to_lower(item.code) == to_lower(code); });
}

std::vector<const CtisDocument*> CtisCatalogue::of_section(std::string_view section) const {
    std::vector<const CtisDocument*> list;
    for (const CtisDocument& item : documents)
        if (to_lower(item.section) == to_lower(section)) list.push_back(&item);
    return list;
}

const CtisCondition* CtisCatalogue::condition(std::string_view name) const {
    return find_in(conditions, [&](const CtisCondition& item) { return item.name == name; });
}

const CtisSubmission* CtisCatalogue::submission(std::string_view type) const {
    return find_in(submissions, [&](const CtisSubmission& item) { return item.type == type; });
}

const CtisMemberState* CtisCatalogue::member_state(std::string_view code) const {
    const std::string wanted = to_lower(code);
    return find_in(member_states,
                   [&](const CtisMemberState& item) { return to_lower(item.country) == wanted || to_lower(item.alpha2) == wanted; });
}

std::vector<std::string> CtisCatalogue::codes() const {
    std::vector<std::string> list;
    for (const CtisDocument& item : documents) list.push_back(item.code);
    return list;
}

Result<CtisCatalogue> read_ctis_catalogue(const Source& source) {
    CtisCatalogue catalogue;
    DOSSIER_CHECK(for_each_row(source, "ectd/ctis-conditions.tsv", {"condition", "question", "confidence"}, [&](RowReader& row) {
        catalogue.conditions.push_back({row.text("condition"), row.text("question"), confidence(row)});
    }));
    DOSSIER_CHECK(for_each_row(source, "ectd/ctis-documents.tsv",
                               {"code", "section", "part", "document", "when", "per", "languages", "upload", "publication", "protocol",
                                "artifact", "note", "confidence"},
                               [&](RowReader& row) { catalogue.documents.push_back(read_document(row, catalogue)); }));
    DOSSIER_CHECK(read_submissions(source, catalogue));
    DOSSIER_CHECK(
        for_each_row(source, "ectd/ctis-member-states.tsv", {"country", "alpha2", "name", "languages", "confidence"}, [&](RowReader& row) {
            CtisMemberState item{row.text("country"), row.text("alpha2"), row.text("name"), row.list("languages"), confidence(row)};
            if (item.languages.empty()) row.fail("languages", "a member state has a language");
            catalogue.member_states.push_back(std::move(item));
        }));
    DOSSIER_CHECK(read_names(source, catalogue));
    return catalogue;
}

} // namespace dossier::templates
