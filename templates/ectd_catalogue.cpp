#include "templates/ectd_catalogue.hpp"

#include <set>

#include "core/path.hpp"
#include "core/text.hpp"
#include "templates/ectd_catalogue_reader.hpp"
#include "templates/row_reader.hpp"

namespace dossier::templates {

namespace {

// Calls `read_row` for each row and stops at the first error.
template <class ReadRow> Result<void> for_each_row(const Tsv& table, ReadRow read_row) {
    for (const TsvRow& cells : table.rows) {
        RowReader row(table, cells);
        read_row(row);
        if (row.error()) return *row.error();
    }
    return {};
}

Result<void> read_code_lists(const Source& source, EctdCatalogue& catalogue) {
    DOSSIER_TRY(const Tsv table, source.read_tsv("ectd/code-lists.tsv", {"list", "code", "word", "display", "status", "confidence"}));
    return for_each_row(table, [&catalogue](RowReader& row) {
        const std::string list = row.text("list");
        Code code{row.text("code"), row.text("word"), row.text("display"),
                  row.one_of("status", {"active", "inactive", "cross_reference_only", "agency_only"}),
                  row.one_of("confidence", {"official", "secondary", "unverified"})};
        if (!is_plain_name(code.word)) row.fail("word", fill("\"{}\" is not lower case with hyphens", code.word));
        if (catalogue.code(list, code.code)) row.fail("code", fill("{} is in the list {} already", code.code, list));
        if (catalogue.code(list, code.word)) row.fail("word", fill("{} is in the list {} already", code.word, list));
        catalogue.code_lists[list].push_back(std::move(code));
    });
}

Result<void> read_study_values(const Source& source, EctdCatalogue& catalogue) {
    DOSSIER_TRY(const Tsv table, source.read_tsv("ectd/study-values.tsv", {"kind", "name", "value", "realm", "folder"}));
    std::set<std::string> seen;
    return for_each_row(table, [&catalogue, &seen](RowReader& row) {
        StudyValue value{row.one_of("kind", {"file-tag", "category", "property"}), row.optional_text("name"), row.text("value"),
                         row.one_of("realm", {"ich", "us", "jp"}), row.optional_text("folder")};
        if (value.kind == "category" && value.name.empty()) row.fail("name", "a value of a category needs the category's name");
        if (value.kind != "category" && !value.name.empty()) row.fail("name", fill("a {} has no name, only a value", value.kind));
        if (value.kind != "file-tag" && !value.folder.empty()) row.fail("folder", "only a file tag has a folder");
        for (const std::string& part : split(value.folder, '/'))
            if (!is_plain_name(part)) row.fail("folder", fill("\"{}\" is not a legal folder", value.folder));
        if (!seen.insert(value.kind + '\t' + value.name + '\t' + value.value).second)
            row.fail("value", fill("{} stands there twice", value.value));
        catalogue.study_values.push_back(std::move(value));
    });
}

bool is_md5(const std::string& text) { return text.size() == 32 && text.find_first_not_of("0123456789abcdef") == std::string::npos; }

Result<void> read_official_files(const Source& source, EctdCatalogue& catalogue) {
    DOSSIER_TRY(const Tsv table, source.read_tsv("ectd/official-files.tsv", {"name", "version", "size", "md5", "region", "role", "util",
                                                                             "confidence", "holds", "note"}));
    std::set<std::string> seen;
    return for_each_row(table, [&catalogue, &seen](RowReader& row) {
        OfficialFile file;
        file.name = row.text("name");
        file.version = row.text("version");
        file.size = row.number("size");
        file.md5 = row.optional_text("md5");
        file.region = row.one_of("region", {"ich", "us", "eu", "ca", "gc", "tw"});
        file.role = row.one_of("role", {"dtd", "stylesheet", "valid-values", "module", "code-list", "schema", "other"});
        const std::string util = row.one_of("util", {"util/dtd", "util/style", "-"});
        file.util = util == "-" ? "" : util;
        file.confidence = row.one_of("confidence", {"official", "secondary", "unverified"});
        file.holds = row.optional_text("holds");
        file.note = row.optional_text("note");
        if (path::parts(file.name).size() != 1) row.fail("name", fill("\"{}\" is not a file name", file.name));
        if (file.md5.empty() == file.holds.empty())
            row.fail("holds", "a file is known by its checksum or by a text that it holds, one of the two");
        if (!file.md5.empty() && !is_md5(file.md5))
            row.fail("md5", fill("\"{}\" is not an MD5 of 32 lower-case hexadecimal digits", file.md5));
        if (!seen.insert(file.md5.empty() ? file.name : file.md5).second) row.fail("md5", fill("{} stands there twice", file.md5));
        catalogue.official_files.push_back(std::move(file));
    });
}

Result<void> read_transaction(const Source& source, EctdCatalogue& catalogue) {
    DOSSIER_TRY(const Tsv table, source.read_tsv("ectd/ca-transaction.tsv", {"element", "from", "required", "list", "confidence", "note"}));
    return for_each_row(table, [&catalogue](RowReader& row) {
        TransactionField field{row.text("element"),
                               row.one_of("from", {"applicant.name", "application.product_name", "application.number",
                                                   "application.dossier_type", "application.activity_lead", "sequence",
                                                   "sequence.submission_type", "sequence.description", "sequence.submission_id"}),
                               row.yes_no("required"),
                               row.optional_text("list"),
                               row.one_of("confidence", {"official", "secondary", "unverified"}),
                               row.optional_text("note")};
        if (!field.list.empty() && catalogue.code_lists.count(field.list) == 0)
            row.fail("list", fill("\"{}\" is not in code-lists.tsv", field.list));
        catalogue.ca_transaction.push_back(std::move(field));
    });
}

} // namespace

const HeadingTree& EctdCatalogue::module1(std::string_view region) const {
    static const HeadingTree none;
    if (region == "us") return us_module1;
    if (region == "ca") return ca_module1;
    return region == "eu" ? eu_module1 : none;
}

const Code* EctdCatalogue::code(const std::string& list, std::string_view word_or_code) const {
    const auto found = code_lists.find(list);
    if (found == code_lists.end()) return nullptr;
    for (const Code& code : found->second)
        if (code.word == word_or_code || code.code == word_or_code) return &code;
    return nullptr;
}

std::vector<std::string> EctdCatalogue::words(const std::string& list) const {
    std::vector<std::string> words;
    const auto found = code_lists.find(list);
    if (found != code_lists.end())
        for (const Code& code : found->second) words.push_back(code.word);
    return words;
}

const StudyValue* EctdCatalogue::file_tag(std::string_view value) const {
    for (const StudyValue& candidate : study_values)
        if (candidate.kind == "file-tag" && candidate.value == value) return &candidate;
    return nullptr;
}

Result<EctdCatalogue> read_ectd_catalogue(const Source& source) {
    EctdCatalogue catalogue;
    DOSSIER_TRY(catalogue.ctd, EctdCatalogueReader::read_headings(source, "ectd/ctd-headings.tsv", ""));
    DOSSIER_TRY(catalogue.us_module1, EctdCatalogueReader::read_headings(source, "ectd/us-module1-3.3.tsv", "m1/us"));
    DOSSIER_TRY(catalogue.eu_module1, EctdCatalogueReader::read_names(source, "ectd/eu-module1-3.1.tsv"));
    DOSSIER_TRY(catalogue.ca_module1, EctdCatalogueReader::read_headings(source, "ectd/ca-module1-2.2.tsv", "m1/ca", true));
    DOSSIER_TRY(catalogue.token_attributes, read_token_attributes(source));
    DOSSIER_TRY(catalogue.number_forms, read_number_forms(source));
    DOSSIER_TRY(catalogue.node_extensions, read_node_extensions(source));
    DOSSIER_TRY(catalogue.file_names["eu"], read_file_names(source, "eu"));
    DOSSIER_TRY(catalogue.us_submissions, read_submission_uses(source));
    DOSSIER_CHECK(read_code_lists(source, catalogue));
    DOSSIER_CHECK(read_transaction(source, catalogue));
    DOSSIER_CHECK(read_study_values(source, catalogue));
    DOSSIER_CHECK(read_official_files(source, catalogue));
    return catalogue;
}

} // namespace dossier::templates
