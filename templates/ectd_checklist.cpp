#include "templates/ectd_checklist.hpp"

#include <algorithm>
#include <set>

#include "core/text.hpp"
#include "templates/row_reader.hpp"

namespace dossier::templates {

namespace {

const std::string prefix = "ectd/checklist-", suffix = ".tsv";

// 02.01.01: an artifact of the TMF reference model.
bool is_artifact_number(const std::string& text) {
    if (text.size() != 8) return false;
    for (std::size_t i = 0; i < text.size(); ++i)
        if (i == 2 || i == 5 ? text[i] != '.' : text[i] < '0' || text[i] > '9') return false;
    return true;
}

std::vector<std::string> lists_of(const Source& source) {
    std::vector<std::string> lists;
    for (const std::string& name : source.list(prefix))
        if (ends_with(name, suffix)) lists.push_back(name.substr(prefix.size(), name.size() - prefix.size() - suffix.size()));
    return lists;
}

} // namespace

Result<std::vector<ChecklistRow>> read_checklist(const Source& source, const std::string& which) {
    const std::vector<std::string> lists = lists_of(source);
    if (std::find(lists.begin(), lists.end(), which) == lists.end())
        return Error(ErrorKind::not_found, fill("there is no check list for \"{}\"", which), {},
                     fill("check lists are there for {}", join(lists, ", ")));
    DOSSIER_TRY(const Tsv table, source.read_tsv(prefix + which + suffix, {"cfr", "item", "section", "form", "file_tag", "per", "artifact",
                                                                           "check", "original", "confidence"}));
    std::vector<ChecklistRow> rows;
    std::set<std::string> seen;
    for (const TsvRow& cells : table.rows) {
        RowReader reader(table, cells);
        ChecklistRow row;
        row.cfr = reader.optional_text("cfr");
        row.item = reader.text("item");
        row.section = reader.optional_text("section");
        row.form = reader.optional_text("form");
        row.file_tags = reader.list("file_tag");
        row.each_study = reader.one_of("per", {"-", "study"}) == "study";
        if (row.each_study && row.file_tags.empty()) reader.fail("per", "what is wanted for each study has a file tag");
        row.artifacts = reader.list("artifact");
        row.check = reader.optional_text("check");
        row.original = reader.yes_no("original");
        row.confidence = reader.one_of("confidence", {"secondary", "unverified"});
        for (const std::string& artifact : row.artifacts)
            if (!is_artifact_number(artifact)) reader.fail("artifact", fill("\"{}\" is not an artifact number like 02.01.01", artifact));
        if (!seen.insert(row.cfr + '\t' + row.item + '\t' + row.section + '\t' + row.form).second)
            reader.fail("item", fill("{} stands there twice for this section and form", row.item));
        if (reader.error()) return *reader.error();
        rows.push_back(std::move(row));
    }
    return rows;
}

} // namespace dossier::templates
