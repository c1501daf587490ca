#include <catch2/catch.hpp>

#include "core/text.hpp"
#include "templates/ectd_catalogue.hpp"
#include "tests/support/run.hpp"

using namespace dossier;
using namespace dossier::templates;

namespace {

using Lines = std::vector<std::string>;

const std::string heading_columns =
    "element\tparent\tcardinality\tnumber\ttitle\tholds\tattributes\tid\tlang\tfolder\tper_sequence\tstudy\tone_study_folder";

// Small tables that are right; line 1 is the header.
std::map<std::string, Lines> good_tables() {
    return {
        {"ectd/ctd-headings.tsv",
         {heading_columns, "m3-quality\t-\t?\t3\tQuality\tleaves\t-\tyes\tyes\tm3\tno\tno\tno",
          "m3-2-body-of-data\tm3-quality\t?\t3.2\tBody of Data\tleaves\t-\tyes\tyes\t32-body-data\tno\tno\tno",
          "m3-2-s-drug-substance\tm3-2-body-of-data\t*\t3.2.S\tDrug "
          "Substance\tleaves_extensions\tsubstance!\tyes\tyes\t32s-drug-sub\tno\tno\tno",
          "m3-3-literature-references\tm3-quality\t?\t3.3\tLiterature References\tleaves_extensions\t-\tyes\tyes\t33-lit-ref\tno\tno\tno"}},
        {"ectd/us-module1-3.3.tsv",
         {heading_columns, "m1-1-forms\t-\t?\t1.1\tForms\tforms\t-\tno\tno\t1-1-forms\tyes\tno\tno",
          "m1-2-cover-letters\t-\t?\t1.2\tCover Letters\tleaves_extensions\t-\tyes\tyes\t1-2-cover-letters\tyes\tno\tno"}},
        {"ectd/eu-module1-3.1.tsv",
         {"element\tparent\tnumber\ttitle\tattributes", "m1-0-cover\t-\t1.0\tCover Letter\t-", "m1-3-pi\t-\t1.3\tProduct Information\t-",
          "m1-3-6-braille\tm1-3-pi\t1.3.6\tBraille\t-", "m1-responses\t-\t-\tResponses\t-", "pi-doc\t*\t-\t-\tcountry xml:lang"}},
        {"ectd/code-lists.tsv",
         {"list\tcode\tword\tdisplay\tstatus\tconfidence", "form-type\tfdaft1\t1571\tForm FDA 1571\tactive\tsecondary",
          "form-type\tfdaft2\t356h\tForm FDA 356h\tactive\tsecondary"}},
        {"ectd/study-values.tsv",
         {"kind\tname\tvalue\trealm\tfolder", "category\tspecies\tmouse\tich\t-", "file-tag\t-\tsynopsis\tich\t-"}},
        {"ectd/official-files.tsv",
         {"name\tversion\tsize\tmd5\tregion\trole\tutil\tconfidence\tholds\tnote",
          "a.dtd\t1\t5\t00000000000000000000000000000001\tich\tdtd\tutil/dtd\tofficial\t-\t-"}},
        {"ectd/ca-module1-2.2.tsv",
         {heading_columns + "\tconfidence",
          "m1-0-1-cover-letter\t-\t?\t1.0.1\tCover Letter\tleaves_extensions\t-\tyes\tyes\t1-0-1-cover-letter\tyes\tno\tno\tsecondary"}},
        {"ectd/ca-transaction.tsv",
         {"element\tfrom\trequired\tlist\tconfidence\tnote", "applicant\tapplicant.name\tyes\t-\tunverified\t-"}},
        {"ectd/eu-file-names.tsv", {"section\tfolder\tname\textensions\tbelow", "1.0\tm1/eu/10-cover/<cc>\t<cc>-cover\tpdf\tnone"}},
        {"ectd/application-numbers.tsv",
         {"region\ttype\tpattern\twhat\texample\tconfidence\tnote", "us\tind\t######\tan application number\t012345\tofficial\t-"}},
        {"ectd/grammar.tsv",
         {"grammar\telement\tcontent\tattributes", "ich-ectd-3-2\tleaf\ttitle\tID[id]! operation[new|delete]!",
          "us-regional-v3-3\tleaf\ttitle\tID[id]! operation[new|delete]! checksum"}},
        {"ectd/us-submissions.tsv", {"code\tsays\tapplication_types\tbasis\tconfidence", "fdast2\tnot_with\tfdaat4\ta law\tsecondary"}},
        {"ectd/node-extensions.tsv", {"region\tsection\ttitle\tconfidence\tnote", "ca\t3.2.R\tA title\tsecondary\t-"}},
    };
}

Result<EctdCatalogue> read_with(const std::string& name, const Lines& lines) {
    test::Scratch scratch;
    for (const auto& [table, good] : good_tables()) scratch.write(table, join(table == name ? lines : good, "\n") + "\n");
    return read_ectd_catalogue(Source(scratch.path()));
}

struct Broken {
    std::string table;
    std::int64_t line;        // that is changed and that the error must name (another one: `reported`)
    std::string from, to;     // in that line
    std::string column, says; // of the error
    std::int64_t reported = 0;
};

void check_refused(const Broken& broken) {
    Lines lines = good_tables()[broken.table];
    std::string& line = lines[static_cast<std::size_t>(broken.line) - 1];
    REQUIRE(line.find(broken.from) != std::string::npos);
    line = line.replace(line.find(broken.from), broken.from.size(), broken.to);
    INFO(broken.table << " " << broken.line << ": " << line);
    const Result<EctdCatalogue> read = read_with(broken.table, lines);
    REQUIRE_FALSE(read);
    INFO(to_text(read.error()));
    CHECK(read.error().kind == ErrorKind::invalid);
    CHECK(ends_with(read.error().where.path, broken.table));
    CHECK(read.error().where.line == (broken.reported ? broken.reported : broken.line));
    CHECK(read.error().where.column == broken.column);
    CHECK(read.error().message.find(broken.says) != std::string::npos);
}

} // namespace

TEST_CASE("the small good tables are read (so that the broken ones fail for their own fault)") {
    const Result<EctdCatalogue> read = read_with("", {});
    REQUIRE(read);
    CHECK(read->ctd.all().size() == 4);
    CHECK(read->official_files.size() == 1);
}

TEST_CASE("a malformed heading table is refused with file, line and column") {
    const std::string ctd = "ectd/ctd-headings.tsv", us = "ectd/us-module1-3.3.tsv";
    const std::vector<Broken> cases = {
        {ctd, 5, "m3-3-literature-references\t", "m3-2-s-drug-substance\t", "element", "first in line 4"},
        {ctd, 5, "m3-3-literature-references\t", "M3_3\t", "element", "not an element name"},
        {ctd, 5, "\tm3-quality\t", "\tm4-quality\t", "parent", "no heading m4-quality"},
        {ctd, 3, "\tm3-quality\t", "\tm3-2-s-drug-substance\t", "parent", "a parent stands before its children"},
        {ctd, 3, "\t?\t", "\t+\t", "cardinality", "unknown word \"+\""},
        {ctd, 3, "\t3.2\t", "\t3-2\t", "number", "not a section number"},
        {ctd, 3, "\t3.2\t", "\t3.02\t", "number", "not a section number"},
        {ctd, 3, "\t3.2\t", "\t3.3\t", "number", "does not belong to the element"},
        {ctd, 5, "m3-3-literature-references\tm3-quality\t?\t3.3", "m3-2-literature-references\tm3-quality\t?\t3.2", "number",
         "number of m3-2-body-of-data already"},
        {ctd, 5, "m3-3-literature-references\tm3-quality\t?\t3.3", "m4-3-literature-references\tm3-quality\t?\t4.3", "number",
         "not below 3"},
        {ctd, 3, "Body of Data", "", "title", "empty"},
        {ctd, 3, "Body of Data", "-", "title", "a value is needed"},
        {ctd, 3, "Body of Data", "Body of Data ", "title", "a space"},
        {ctd, 3, "\tleaves\t", "\tleafs\t", "holds", "unknown word \"leafs\""},
        {ctd, 3, "\tleaves\t", "\tleaves_extensions\t", "holds", "headings below it"},
        {ctd, 5, "\tleaves_extensions\t", "\tnothing\t", "holds", "no headings below it"},
        {ctd, 4, "substance!", "substance! substance!", "attributes", "twice"},
        {ctd, 4, "substance!", "Substance!", "attributes", "not an attribute name"},
        {ctd, 4, "substance!", "a  b", "attributes", "two spaces"},
        {ctd, 4, "substance!\tyes", "substance!\ty", "id", "unknown word \"y\""},
        {ctd, 4, "\t32s-drug-sub\t", "\t32s_drug_sub\t", "folder", "not a legal folder"},
        {ctd, 4, "\t32s-drug-sub\t", "\t../x\t", "folder", "not a legal folder"},
        {ctd, 4, "\t32s-drug-sub\t", "\t/x\t", "folder", "not a legal folder"},
        {ctd, 4, "\t32s-drug-sub\t", "\t{substances}\t", "folder", "not a legal folder"},
        {ctd, 3, "no\tno\tno", "no\tyes\tno", "study", "lowest-level"},
        {us, 3, "\t1-2-cover-letters\t", "\t1-1-forms\t", "folder", "line 2 already"},
        {us, 3, "\t1-2-cover-letters\t", "\t-\t", "folder", "one folder name"},
        {us, 3, "\t1-2-cover-letters\t", "\t1-2/cover-letters\t", "folder", "one folder name"},
        {us, 3, "\t1-2-cover-letters\t", "\t1-2-cover-letters-and-all-that-goes-with-them\t", "folder", "40"},
        {us, 3, "\t1.2\t", "\t1.20\t", "number", "does not belong"},
        {ctd, 3, "\tno\tno\tno", "\tno\tno", "", "12 cells"},
        {ctd, 1, "title", "name", "", "expected are"},
    };
    for (const Broken& one : cases) check_refused(one);
}

TEST_CASE("a malformed table of the headings of a region that is read only is refused with file, line and column") {
    const std::string eu = "ectd/eu-module1-3.1.tsv";
    const std::vector<Broken> cases = {
        {eu, 2, "\t1.0\t", "\t1.00\t", "number", "not a section number"},
        {eu, 2, "\t1.0\t", "\t1.1\t", "number", "does not belong"},
        {eu, 2, "m1-0-cover", "M1", "element", "not an element name"},
        {eu, 4, "\tm1-3-pi\t", "\tm1-4-pi\t", "parent", "no heading m1-4-pi"},
        {eu, 4, "m1-3-6-braille\tm1-3-pi\t1.3.6", "m1-3-pi\t-\t1.3", "element", "first in line 3"},
        {eu, 6, "xml:lang", "Lang", "attributes", "not an attribute name"},
        {eu, 6, "pi-doc", "m1-0-cover", "element", "first in line 2"},
        {eu, 3, "\t-\t1.3", "\t1.3", "", "4 cells"},
    };
    for (const Broken& one : cases) check_refused(one);
}

TEST_CASE("a child that stands apart from its parent is refused") {
    Lines lines = good_tables()["ectd/ctd-headings.tsv"];
    std::swap(lines[3], lines[4]); // 3.2.S after 3.3: its parent 3.2 is closed
    const Result<EctdCatalogue> read = read_with("ectd/ctd-headings.tsv", lines);
    REQUIRE_FALSE(read);
    CHECK(read.error().where.line == 5);
    CHECK(read.error().message.find("closed already") != std::string::npos);
}

TEST_CASE("an empty heading table is refused") {
    const Result<EctdCatalogue> read = read_with("ectd/ctd-headings.tsv", {heading_columns});
    REQUIRE_FALSE(read);
    CHECK(read.error().message.find("no heading") != std::string::npos);
}

TEST_CASE("malformed code lists, study values and checksums are refused with file, line and column") {
    const std::string codes = "ectd/code-lists.tsv", values = "ectd/study-values.tsv", files = "ectd/official-files.tsv";
    const std::vector<Broken> cases = {
        {codes, 3, "fdaft2", "fdaft1", "code", "already"},
        {codes, 3, "\t356h\t", "\t1571\t", "word", "already"},
        {codes, 3, "\t356h\t", "\t356H\t", "word", "lower case"},
        {codes, 3, "\t356h\t", "\tfdaft1\t", "word", "already"},
        {codes, 3, "active", "retired", "status", "unknown word"},
        {codes, 3, "secondary", "sure", "confidence", "unknown word"},
        {codes, 3, "form-type", "", "list", "empty"},
        {values, 2, "category\t", "kind\t", "kind", "unknown word"},
        {values, 2, "\tspecies\t", "\t-\t", "name", "needs the category's name"},
        {values, 3, "file-tag\t-", "file-tag\tspecies", "name", "has no name"},
        {values, 3, "\tich\t", "\teu\t", "realm", "unknown word"},
        {values, 3, "\tich\t-", "\tich\tA/b", "folder", "not a legal folder"},
        {values, 2, "\tich\t-", "\tich\ta", "folder", "only a file tag"},
        {values, 3, "file-tag\t-\tsynopsis", "category\tspecies\tmouse", "value", "twice"},
        {files, 2, "00000000000000000000000000000001", "0000000000000000000000000000000G", "md5", "32 lower-case"},
        {files, 2, "00000000000000000000000000000001", "-", "holds", "by its checksum or by a text that it holds"},
        {"ectd/ca-module1-2.2.tsv", 2, "secondary", "sure", "confidence", "unknown word \"sure\""},
        {"ectd/ca-transaction.tsv", 2, "applicant.name", "applicant.nam", "from", "unknown word"},
        {"ectd/ca-transaction.tsv", 2, "yes\t-", "yes\tno-list", "list", "\"no-list\" is not in code-lists.tsv"},
        {"ectd/eu-file-names.tsv", 2, "none", "no", "below", "no"},
        {"ectd/application-numbers.tsv", 2, "012345", "12345", "example", "does not fit the pattern"},
        {"ectd/grammar.tsv", 3, "operation[new|delete]!", "operation", "attributes", "is free text in one grammar and words in another"},
        {"ectd/us-submissions.tsv", 2, "not_with", "opens", "application_types", "not_with names application types, nothing else does"},
        {"ectd/us-submissions.tsv", 2, "secondary", "sure", "confidence", "unknown word \"sure\""},
        {"ectd/node-extensions.tsv", 2, "ca\t", "cb\t", "region", "unknown word \"cb\""},
        {files, 2, "\t5\t", "\t5k\t", "size", "whole number"},
        {files, 2, "a.dtd", "x/a.dtd", "name", "not a file name"},
        {files, 2, "util/dtd", "util", "util", "unknown word"},
        {files, 2, "\tich\t", "\tfr\t", "region", "unknown word"},
    };
    for (const Broken& one : cases) check_refused(one);
    Lines twice = good_tables()[files];
    twice.push_back(twice[1]);
    const Result<EctdCatalogue> read = read_with(files, twice);
    REQUIRE_FALSE(read);
    CHECK(read.error().where.line == 3);
}

TEST_CASE("a table that is not there is an error that names it") {
    test::Scratch scratch;
    const Result<EctdCatalogue> read = read_ectd_catalogue(Source(scratch.path()));
    REQUIRE_FALSE(read);
    CHECK(to_text(read.error()).find("ctd-headings.tsv") != std::string::npos);
}
