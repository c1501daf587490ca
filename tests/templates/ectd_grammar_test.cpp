// What the generated grammars accept and refuse: cases reasoned by hand from the published structure, no official file needed.
#include <catch2/catch.hpp>

#include <algorithm>

#include "core/text.hpp"
#include "core/xml.hpp"
#include "templates/content_model.hpp"
#include "templates/ectd_catalogue.hpp"
#include "tests/support/run.hpp"

using namespace dossier;
using namespace dossier::templates;

namespace {

std::string grammar(const std::string& which) {
    const Result<EctdCatalogue> catalogue = read_ectd_catalogue(Source());
    if (!catalogue) FAIL(to_text(catalogue.error()));
    const Result<std::string> made = make_grammar(Source(), *catalogue, which);
    if (!made) FAIL(to_text(made.error()));
    return *made;
}

struct Case {
    const char* why;
    std::string xml;
};

void check(const std::string& which, const std::vector<Case>& accepted, const std::vector<Case>& refused) {
    const std::string dtd = grammar(which);
    for (const Case& one : accepted) {
        const auto problems = validate_xml(one.xml, "x.xml", dtd);
        REQUIRE(problems);
        INFO("accept " << one.why << ": " << (problems->empty() ? "" : problems->front().message));
        CHECK(problems->empty());
    }
    for (const Case& one : refused) {
        const auto problems = validate_xml(one.xml, "x.xml", dtd);
        INFO("refuse " << one.why << "\n" << one.xml);
        REQUIRE(problems);
        CHECK_FALSE(problems->empty());
    }
}

const std::string title = "<title>T</title>";
std::string leaf(const std::string& attributes = "ID=\"a\" operation=\"new\" checksum=\"00\" checksum-type=\"md5\"",
                 const std::string& content = title) {
    return "<leaf " + attributes + ">" + content + "</leaf>";
}
std::string in(const std::string& element, const std::string& content, const std::string& attributes = {}) {
    return "<" + element + (attributes.empty() ? "" : " " + attributes) + ">" + content + "</" + element + ">";
}

const std::string ich = "xmlns:ectd=\"http://www.ich.org/ectd\" xmlns:xlink=\"http://www.w3c.org/1999/xlink\"";
std::string index(const std::string& content, const std::string& attributes = ich + " dtd-version=\"3.2\"") {
    return in("ectd:ectd", content, attributes);
}
const std::string m2 = "m2-common-technical-document-summaries", intro = "m2-2-introduction", qos = "m2-3-quality-overall-summary";
std::string substance(const std::string& attributes, const std::string& content = {}) {
    return index(in("m3-quality", in("m3-2-body-of-data", in("m3-2-s-drug-substance", content, attributes))));
}
const std::string extension = "node-extension";

const std::string fda = "xmlns:fda-regional=\"http://www.ich.org/fda\" xmlns:xlink=\"http://www.w3c.org/1999/xlink\" dtd-version=\"3.3\"";
const std::string contact =
    "<applicant-contact><applicant-contact-name applicant-contact-type=\"fdaact1\">N</applicant-contact-name><telephones>"
    "<telephone telephone-number-type=\"fdatnt1\">1</telephone></telephones><emails><email>e</email></emails></applicant-contact>";
const std::string application =
    "<application application-containing-files=\"true\"><application-information><application-number application-type=\"fdaat4\">123456"
    "</application-number></application-information><submission-information><submission-id submission-type=\"fdast1\">0001</submission-id>"
    "<sequence-number submission-sub-type=\"fdasst3\">0001</sequence-number></submission-information></application>";
const std::string admin = "<admin><applicant-info><id>1</id><company-name>C</company-name><applicant-contacts>" + contact +
                          "</applicant-contacts></applicant-info><application-set>" + application + "</application-set></admin>";
std::string regional(const std::string& content, const std::string& envelope = admin) {
    return in("fda-regional:fda-regional", envelope + in("m1-regional", content), fda);
}
const std::string us_leaf = "<leaf ID=\"a\" operation=\"new\">" + title + "</leaf>";

const std::string study_names = "xmlns:ectd=\"http://www.ich.org/ectd\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" dtd-version=\"2.2\"";
const std::string identifier = "<study-identifier><title>T</title><study-id>S</study-id></study-identifier>";
const std::string tag = "<file-tag name=\"synopsis\" info-type=\"ich\"/>";
std::string study(const std::string& documents, const std::string& id = identifier, const std::string& names = study_names) {
    return in("ectd:study", id + in("study-document", documents), names);
}

} // namespace

TEST_CASE("index.xml: what the generated grammar accepts and refuses") {
    const std::string second = "ID=\"b\" operation=\"new\" checksum=\"00\" checksum-type=\"md5\"";
    check(
        "ich-ectd-3-2",
        {
            {"a root without headings", index("")},
            {"fixed attributes left out", in("ectd:ectd", "", "xmlns:ectd=\"http://www.ich.org/ectd\"")},
            {"a leaf at a lowest-level heading", index(in(m2, in(intro, leaf())))},
            {"a leaf in a container, before its children", index(in(m2, leaf() + in(intro, leaf(second))))},
            {"modules in their order", index(in(m2, "") + in("m3-quality", "") + in("m5-clinical-study-reports", ""))},
            {"two substances",
             index(in("m3-quality", in("m3-2-body-of-data", in("m3-2-s-drug-substance", "", "substance=\"a\" manufacturer=\"b\"") +
                                                                in("m3-2-s-drug-substance", "", "substance=\"a\" manufacturer=\"c\""))))},
            {"a delete leaf with an empty checksum",
             index(in(
                 m2, in(intro,
                        leaf("ID=\"a\" operation=\"delete\" checksum=\"\" checksum-type=\"md5\" modified-file=\"../0000/index.xml#x\""))))},
            {"a node extension with a leaf", index(in(m2, in(intro, in(extension, title + leaf()))))},
            {"a nested node extension", index(in(m2, in(intro, in(extension, title + in(extension, title + leaf())))))},
            {"a product without attributes", index(in(m2, in(qos, in("m2-3-p-drug-product", ""))))},
            {"link text with a reference",
             index(
                 in(m2, in(intro, leaf("ID=\"a\" operation=\"new\" checksum=\"0\" checksum-type=\"md5\"",
                                       title + "<link-text>see <xref ID=\"x\" xlink:title=\"t\" xlink:href=\"h\"/> there</link-text>"))))},
        },
        {
            {"module 3 before module 2", index(in("m3-quality", "") + in(m2, ""))},
            {"2.4 before 2.2", index(in(m2, in("m2-4-nonclinical-overview", "") + in(intro, "")))},
            {"an introduction twice", index(in(m2, in(intro, "") + in(intro, "")))},
            {"the right xlink namespace instead of the official wrong one",
             index("", "xmlns:ectd=\"http://www.ich.org/ectd\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" dtd-version=\"3.2\"")},
            {"another ectd namespace", index("", "xmlns:ectd=\"http://www.ich.org/ectd/\" dtd-version=\"3.2\"")},
            {"another version", index("", ich + " dtd-version=\"3.0\"")},
            {"no checksum", index(in(m2, in(intro, leaf("ID=\"a\" operation=\"new\" checksum-type=\"md5\""))))},
            {"no checksum type", index(in(m2, in(intro, leaf("ID=\"a\" operation=\"new\" checksum=\"00\""))))},
            {"no operation", index(in(m2, in(intro, leaf("ID=\"a\" checksum=\"00\" checksum-type=\"md5\""))))},
            {"an unknown operation", index(in(m2, in(intro, leaf("ID=\"a\" operation=\"update\" checksum=\"00\" checksum-type=\"md5\""))))},
            {"no ID", index(in(m2, in(intro, leaf("operation=\"new\" checksum=\"00\" checksum-type=\"md5\""))))},
            {"an ID that starts with a digit",
             index(in(m2, in(intro, leaf("ID=\"1a\" operation=\"new\" checksum=\"00\" checksum-type=\"md5\""))))},
            {"an ID twice", index(in(m2, in(intro, leaf() + leaf())))},
            {"no title", index(in(m2, in(intro, leaf("ID=\"a\" operation=\"new\" checksum=\"00\" checksum-type=\"md5\"", ""))))},
            {"a leaf at the root", index(leaf())},
            {"a leaf after a child heading", index(in(m2, in(intro, "") + leaf()))},
            {"a node extension without a leaf", index(in(m2, in(intro, in(extension, title))))},
            {"a node extension without a title", index(in(m2, in(intro, in(extension, leaf()))))},
            {"a node extension in a container", index(in(m2, in(extension, title + leaf())))},
            {"a leaf before the title of a node extension", index(in(m2, in(intro, in(extension, leaf() + title))))},
            {"a substance without manufacturer", substance("substance=\"a\"")},
            {"2.7.3 without indication", index(in(m2, in("m2-7-clinical-summary", in("m2-7-3-summary-of-clinical-efficacy", ""))))},
            {"5.3.5 without indication",
             index(in("m5-clinical-study-reports",
                      in("m5-3-clinical-study-reports", in("m5-3-5-reports-of-efficacy-and-safety-studies", ""))))},
            {"an attribute that the heading does not take", index(in(m2, in(intro, "", "substance=\"a\"")))},
            {"words in a heading", index(in(m2, in(intro, "words")))},
            {"a table of contents as a heading", index(in(m2, in("m2-1-table-of-contents", "")))},
            {"a node extension in module 1",
             index(in("m1-administrative-information-and-prescribing-information", in(extension, title + leaf())))},
        });
}

TEST_CASE("us-regional.xml: what the generated grammar accepts and refuses") {
    const std::string form = in("form", us_leaf, "form-type=\"fdaft1\"");
    const std::string carton = "m1-14-1-1-draft-carton-and-container-labels";
    check("us-regional-v3-3",
          {
              {"an envelope alone", in("fda-regional:fda-regional", admin, fda)},
              {"a leaf without a checksum", regional(in("m1-2-cover-letters", us_leaf))},
              {"forms", regional(in("m1-1-forms", form) + in("m1-2-cover-letters", ""))},
              {"a form in the envelope", regional("", replace_all(admin, "</sequence-number>", "</sequence-number>" + form))},
              {"a heading that may repeat",
               regional(in("m1-14-labeling", in("m1-14-1-draft-labeling", in(carton, us_leaf) + in(carton, ""))))},
              {"a heading that takes no ID",
               regional(in("m1-13-annual-report", in("m1-13-12-status-of-postmarketing-study-commitments-and-requirements", us_leaf)))},
              {"promotional material", regional(in("m1-15-promotional-material", "", "promotional-material-audience-type=\"x\""))},
              {"two contacts and a cross reference",
               regional("", replace_all(replace_all(admin, contact, contact + contact), "</application-number>",
                                        "</application-number><cross-reference-application-number "
                                        "application-type=\"fdaat1\">1</cross-reference-application-number>"))},
          },
          {
              {"a leaf in a container heading", regional(in("m1-3-administrative-information", us_leaf))},
              {"a leaf in 1.14.1", regional(in("m1-14-labeling", in("m1-14-1-draft-labeling", us_leaf)))},
              {"a leaf in 1.1 without a form", regional(in("m1-1-forms", us_leaf))},
              {"a form without a type", regional(in("m1-1-forms", in("form", us_leaf)))},
              {"an ID on 1.1", regional(in("m1-1-forms", "", "ID=\"x\""))},
              {"an ID on 1.13.12", regional(in("m1-13-annual-report",
                                               in("m1-13-12-status-of-postmarketing-study-commitments-and-requirements", "", "ID=\"x\"")))},
              {"1.2 before 1.1", regional(in("m1-2-cover-letters", "") + in("m1-1-forms", ""))},
              {"1.2 twice", regional(in("m1-2-cover-letters", "") + in("m1-2-cover-letters", ""))},
              {"promotional material without an audience", regional(in("m1-15-promotional-material", ""))},
              {"a link namespace on a leaf",
               regional(in("m1-2-cover-letters", replace_all(us_leaf, "<leaf ", "<leaf xmlns:xlink=\"http://www.w3c.org/1999/xlink\" ")))},
              {"a node extension without a leaf", regional(in("m1-2-cover-letters", in(extension, title)))},
              {"no envelope", regional("", "")},
              {"no e-mail address", regional("", replace_all(admin, "<email>e</email>", ""))},
              {"no contact", regional("", replace_all(admin, contact, ""))},
              {"the company before the identifier",
               regional("", replace_all(admin, "<id>1</id><company-name>C</company-name>", "<company-name>C</company-name><id>1</id>"))},
              {"another word for true", regional("", replace_all(admin, "\"true\"", "\"yes\""))},
              {"a submission without a type", regional("", replace_all(admin, " submission-type=\"fdast1\"", ""))},
              {"an older version", replace_all(regional(""), "\"3.3\"", "\"2.01\"")},
          });
}

TEST_CASE("study tagging files: what the generated grammar accepts and refuses") {
    const std::string content = in("doc-content", title + tag, "xlink:href=\"h\"");
    const std::string block = in("content-block", "<block-title>B</block-title>" + tag + content);
    check("ich-stf-v2-2",
          {
              {"no documents", study("")},
              {"a document", study(content)},
              {"a block in a block", study(in("content-block", "<block-title>B</block-title>" + block))},
              {"categories", study(content, replace_all(identifier, "</study-id>",
                                                        "</study-id><category name=\"species\" info-type=\"ich\">rat</category>"))},
              {"a tag with a property", study(in("doc-content",
                                                 in("file-tag", "<property name=\"site-identifier\" info-type=\"us\">1</property>",
                                                    "name=\"case-report-forms\" info-type=\"ich\""),
                                                 "xlink:href=\"h\""))},
          },
          {
              {"the xlink namespace of index.xml", study(content, identifier, replace_all(study_names, "w3.org", "w3c.org"))},
              {"no study id", study(content, "<study-identifier><title>T</title></study-identifier>")},
              {"a document without a reference", study(in("doc-content", tag))},
              {"a tag without realm", study(in("doc-content", "<file-tag name=\"synopsis\"/>", "xlink:href=\"h\""))},
              {"the title after the tag", study(in("doc-content", tag + title, "xlink:href=\"h\""))},
              {"a block without title", study(in("content-block", content))},
              {"a leaf", study(leaf())},
          });
}

TEST_CASE("an unknown grammar is an error that names the known ones") {
    const Result<std::string> made = make_grammar(Source(), *read_ectd_catalogue(Source()), "us-regional-v2-01");
    REQUIRE_FALSE(made);
    CHECK(made.error().kind == ErrorKind::not_found);
    CHECK(made.error().remedy == "the grammars are eu-regional-3-1, ich-ectd-3-2, ich-stf-v2-2, us-regional-v3-3");
}

TEST_CASE("content models in our notation") {
    // Left: our notation; right: the DTD's, by the XML 1.0 recommendation, section 3.2.
    const std::map<std::string, std::string> good = {
        {"#text", "(#PCDATA)"},
        {"#empty", "EMPTY"},
        {"(#text | xref)*", "(#PCDATA | xref)*"},
        {"title, link-text?", "(title, link-text?)"},
        {"title,(leaf|node-extension)+", "(title, (leaf | node-extension)+)"},
        {"(a | b)*", "(a | b)*"},
        {"(a), b", "((a), b)"},
        {"a", "(a)"},
    };
    for (const auto& [ours, dtd] : good) {
        const auto model = parse_content_model(ours);
        INFO(ours);
        REQUIRE(model);
        CHECK(model->dtd == dtd);
        CHECK(parse_dtd("<!ELEMENT x " + model->dtd + ">", "x")); // libxml2 takes it
    }
    CHECK(parse_content_model("title, (leaf | node-extension)+")->names == std::vector<std::string>{"title", "leaf", "node-extension"});
    for (const char* bad : {"", "a,", "a, b | c", "(a", "a)", "a b", "#text, a", "(a | #text)*", "#text | a", "#text, #text", "(#text, a)*",
                            "a**", ",", "<a>", "?", "((((((((((((((((((a))))))))))))))))))"}) {
        INFO(bad);
        CHECK_FALSE(parse_content_model(bad));
    }
}

TEST_CASE("a malformed grammar table is refused with file, line and column") {
    const Result<EctdCatalogue> catalogue = read_ectd_catalogue(Source());
    REQUIRE(catalogue);
    struct Broken {
        std::string row, column, says;
    };
    const std::string columns = "grammar\telement\tcontent\tattributes\n", fine = "g\ttitle\t#text\t-\n";
    for (const Broken& one : std::vector<Broken>{{"g\ttitle\t#text\t-", "element", "twice"},
                                                 {"g\ta\ttitle,,\t-", "content", "the content is wrong at"},
                                                 {"g\ta\t(title\t-", "content", "ends too early"},
                                                 {"g\ta\tleaf\t-", "content", "mentions leaf"},
                                                 {"g\ta\t#headings\t-", "content", "no headings"},
                                                 {"g\ta\t#text\tx=", "attributes", "not name=value"},
                                                 {"g\ta\t#text\tx=\"", "attributes", "not name=value"},
                                                 {"g\ta\t#text\tx[", "attributes", "not name[id]"},
                                                 {"g\ta\t#text\tx[]", "attributes", "not name[id]"},
                                                 {"g\ta\t#text\t!", "attributes", "not an attribute name"},
                                                 {"g\ta\t#text\tx!!", "attributes", "not an attribute name"},
                                                 {"g\ta\t\t-", "content", "empty"}}) {
        test::Scratch scratch;
        scratch.write("ectd/grammar.tsv", columns + fine + one.row + "\n");
        const Result<std::string> made = make_grammar(Source(scratch.path()), *catalogue, "g");
        INFO(one.row);
        REQUIRE_FALSE(made);
        INFO(to_text(made.error()));
        CHECK(made.error().where.line == 3);
        CHECK(made.error().where.column == one.column);
        CHECK(made.error().message.find(one.says) != std::string::npos);
    }
}
