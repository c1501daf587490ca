#include "templates/ectd_from_tmf.hpp"

#include <algorithm>

#include "core/text.hpp"
#include "templates/row_reader.hpp"

namespace dossier::templates {

namespace {

constexpr std::pair<HandOver, std::string_view> words[] = {
    {HandOver::newest, "newest"}, {HandOver::every, "every"}, {HandOver::one, "one"},     {HandOver::list, "list"},
    {HandOver::ask, "ask"},       {HandOver::stays, "stays"}, {HandOver::never, "never"},
};

FromTmfRow read_row(RowReader& reader) {
    FromTmfRow row;
    row.unique_id = static_cast<int>(reader.number("unique_id"));
    if (row.unique_id < 1 || row.unique_id > 999) reader.fail("unique_id", "an artifact's identifier is 001 to 999");
    row.region = reader.one_of("region", {"us", "ca", "eu"});
    row.applications = reader.list("applications");
    if (row.applications.empty()) reader.fail("applications", "a row is for at least one type of application");
    const std::string choose = reader.one_of("choose", {"newest", "every", "one", "list", "ask", "stays", "never"});
    for (const auto& [value, word] : words)
        if (word == choose) row.choose = value;
    row.section = reader.optional_text("section");
    row.file_tag = reader.optional_text("file_tag");
    const bool goes = row.choose != HandOver::stays && row.choose != HandOver::never;
    if (goes == row.section.empty()) reader.fail("section", "what is submitted has a section, what is not has none");
    if (row.section == "study" && row.file_tag.empty()) reader.fail("file_tag", "a document of a study has a file tag");
    row.use = reader.optional_text("use");
    row.how = reader.text("how");
    row.confidence = reader.one_of("confidence", {"high", "medium", "low"});
    return row;
}

} // namespace

std::string_view to_text(HandOver hand_over) {
    for (const auto& [value, word] : words)
        if (value == hand_over) return word;
    return "";
}

Result<std::vector<FromTmfRow>> read_from_tmf(const Source& source, const std::string& region, const std::string& application) {
    DOSSIER_TRY(const Tsv table, source.read_tsv("ectd/from-tmf.tsv", {"unique_id", "artifact", "name", "region", "applications", "choose",
                                                                       "section", "file_tag", "use", "how", "confidence"}));
    std::vector<FromTmfRow> rows;
    std::string last;
    for (const TsvRow& cells : table.rows) {
        RowReader reader(table, cells);
        FromTmfRow row = read_row(reader);
        const std::string order = row.region + ' ' + reader.text("artifact");
        if (order <= last) reader.fail("artifact", "rows are sorted by region and artifact, each once");
        last = order;
        if (reader.error()) return *reader.error();
        const bool wanted = std::find(row.applications.begin(), row.applications.end(), application) != row.applications.end();
        if (row.region == region && wanted) rows.push_back(std::move(row));
    }
    return rows;
}

} // namespace dossier::templates
