// Backbones as other tools and other years write them. Expected values stand in the XML beside them.
#include <catch2/catch.hpp>

#include "ectd/application.hpp"
#include "ectd/facts.hpp"
#include "ectd/lifecycle.hpp"
#include "templates/ectd_catalogue.hpp"
#include "tests/support/run.hpp"
#include "tests/support/skip.hpp"

using namespace dossier;
using namespace dossier::ectd;
using Lines = std::vector<std::string>;

namespace {

const std::string head = "<ectd:ectd xmlns:ectd=\"http://www.ich.org/ectd\" xmlns:xlink=\"http://www.w3c.org/1999/xlink\">\n";
const std::string introduction = "<m2-common-technical-document-summaries><m2-2-introduction>\n";
const std::string closing = "</m2-2-introduction></m2-common-technical-document-summaries></ectd:ectd>\n";

struct Read {
    std::shared_ptr<FileSystem> fs = make_memory_file_system();
    templates::EctdCatalogue catalogue;
    Application application;

    explicit Read(const std::string& index, const std::string& regional = {}) {
        auto read = templates::read_ectd_catalogue(templates::Source());
        REQUIRE(read);
        catalogue = std::move(*read);
        REQUIRE(fs->create_folders("/app/0001/m1/us"));
        REQUIRE(write_new_file(*fs, "/app/0001/index.xml", index));
        if (!regional.empty()) REQUIRE(write_new_file(*fs, "/app/0001/m1/us/us-regional.xml", regional));
        auto found = read_application(*fs, "/app", catalogue);
        REQUIRE(found);
        application = std::move(*found);
        REQUIRE(application.sequences.size() == 1);
    }
    const Sequence& sequence() const { return application.sequences[0]; }
    std::string problem() const {
        REQUIRE(sequence().problems.size() == 1);
        return to_text(sequence().problems[0]);
    }
    Lines leaves() const {
        Lines list;
        for (const Leaf& leaf : sequence().leaves)
            list.push_back(std::to_string(leaf.line) + " " + leaf.at.id + " " + leaf.place->section + " [" + leaf.title + "]");
        return list;
    }
};

const std::string summaries = "m2-common-technical-document-summaries/m2-2-introduction";

} // namespace

TEST_CASE("a title is the text directly inside the first title of a leaf, on one line") {
    const Read read(head + introduction +
                    "<leaf ID=\"a\"><title>Over\n   two <b>not this</b>lines &amp; <![CDATA[<more>]]></title><title>second</title></leaf>\n"
                    "<leaf ID=\"b\"><link-text><title>of the link</title></link-text></leaf>\n"
                    "<leaf\n  ID=\"c\"\n  ><x:title xmlns:x=\"u\">prefixed</x:title></leaf>\n" +
                    closing);
    CHECK(read.leaves() == Lines{"3 a " + summaries + " [Over two lines & <more>]", "5 b " + summaries + " []",
                                 "8 c " + summaries + " [prefixed]"}); // the line on which the tag ends
}

TEST_CASE("leaves sit in the node extension around them, also where its title comes behind them") {
    const Read read(
        head + introduction +
        "<node-extension><leaf ID=\"a\"/><title> Group\nA </title><node-extension><title>B</title><leaf ID=\"b\"/></node-extension>"
        "</node-extension><node-extension><leaf ID=\"c\"/></node-extension>\n" +
        closing);
    CHECK(read.leaves() ==
          Lines{"3 a " + summaries + "/{Group A} []", "4 b " + summaries + "/{Group A}/{B} []", "4 c " + summaries + "/{} []"});
    const LeafPlace& deep = *read.sequence().leaves[1].place;
    CHECK(deep.extensions == Lines{"Group A", "B"});
    CHECK(deep.heading_section == summaries);
    CHECK(deep.element == "m2-2-introduction");
    CHECK(deep.steps.size() == 4);
}

TEST_CASE("a leaf inside a leaf, and one below the root, do not confuse the reader") {
    const Read read(head + "<leaf ID=\"top\"><title>Top</title><leaf ID=\"inner\"><title>Inner</title></leaf></leaf>\n" + introduction +
                    "<leaf ID=\"a\"><title>A</title></leaf>" + closing);
    CHECK(read.leaves() == Lines{"2 top  [Top]", "4 a " + summaries + " [A]"});
}

TEST_CASE("leaves of one heading share their place, those of a heading with other attributes do not") {
    const auto substance = [](const std::string& name, const std::string& leaf) {
        return "<m3-2-s-drug-substance substance=\"" + name + "\" manufacturer=\"M\"><m3-2-s-1-general-information>" + leaf +
               "</m3-2-s-1-general-information></m3-2-s-drug-substance>";
    };
    const Read read(head + "<m3-quality><m3-2-body-of-data>" + substance("A", "<leaf ID=\"a\"/><leaf ID=\"b\"/>") +
                    substance("B", "<leaf ID=\"c\"/>") + "</m3-2-body-of-data></m3-quality></ectd:ectd>");
    const std::vector<Leaf>& leaves = read.sequence().leaves;
    REQUIRE(leaves.size() == 3);
    CHECK(leaves[0].place == leaves[1].place);
    CHECK(leaves[2].place->attributes == std::map<std::string, std::string>{{"substance", "B"}, {"manufacturer", "M"}});
    CHECK(leaves[2].place->section == "m3-quality/m3-2-body-of-data/m3-2-s-drug-substance[substance=B|manufacturer=M]/"
                                      "m3-2-s-1-general-information");
}

TEST_CASE("what is broken in a backbone is told with file and line, and its leaves are not guessed") {
    const auto broken = [](const std::string& middle) { return Read(head + introduction + middle + closing); };
    CHECK(broken("<leaf ID=\"a\">\n</leef>\n").problem().find("/app/0001/index.xml, line 4: not well-formed XML") == 0);
    CHECK(broken("<leaf ID=\"a\"/>\n").leaves().size() == 1);
    CHECK(broken("<leaf ID=\"a\"><title>&who;</title></leaf>").problem().find("line 3: the entity &who; is not defined") !=
          std::string::npos);
    std::string deep, up;
    for (int i = 0; i < 70; ++i) deep += "<x>", up += "</x>";
    CHECK(broken(deep + up).problem().find("line 3: elements are nested deeper than 64") != std::string::npos);
    const Read cut(head + introduction + "<leaf ID=\"a\"/>");
    CHECK(cut.leaves().empty());
    CHECK_FALSE(cut.sequence().index.is_read());
    CHECK(cut.problem().find("/app/0001/index.xml") == 0);
    const Read declares("<!DOCTYPE ectd:ectd SYSTEM \"util/dtd/ich-ectd-3-2.dtd\" [<!ENTITY x \"y\">]>\n" + head + "</ectd:ectd>");
    CHECK(declares.problem().find("declares entities or elements of its own") != std::string::npos);
}

// An external DOCTYPE makes an unknown entity no error of well-formedness (XML 1.0, 4.1): what stands in its place is not known, so the
// backbone is not read, and a validation must not pass it for empty.
TEST_CASE("a backbone that could not be read is not well formed for the rules either") {
    const Read read("<!DOCTYPE ectd:ectd SYSTEM \"util/dtd/ich-ectd-3-2.dtd\">\n" + head + introduction +
                    "<leaf ID=\"a\"><title>&who;</title></leaf>" + closing);
    CHECK(read.problem().find("line 4: the entity &who; is not defined") != std::string::npos);
    FactsRequest request;
    request.application_folder = "/app";
    const auto facts = read_facts(*read.fs, templates::Source(), read.catalogue, request);
    REQUIRE(facts);
    const XmlFileFact& index = (*facts)->sequences.at(0).index;
    CHECK(index.present);
    CHECK_FALSE(index.well_formed);
    CHECK(index.error.where.line == 4);
}

TEST_CASE("the envelope is read beside any number of leaves, and leaves are none of it") {
    const std::string leaf = "<leaf ID=\"f\"><title>Form</title></leaf>";
    const Read read(head + "</ectd:ectd>",
                    "<fda-regional:fda-regional xmlns:fda-regional=\"http://www.ich.org/fda\" xmlns:xlink=\"http://www.w3.org/1999/xlink\">"
                    "<admin><applicant-info><id> 123456789\n</id><company-name>A &amp; B</company-name></applicant-info><application-set>"
                    "<application application-containing-files=\"true\"><application-information><application-number "
                    "application-type=\"fdaat1\">123456</application-number></application-information><submission-information>"
                    "<submission-id submission-type=\"fdast1\">0001</submission-id><form form-type=\"fdaft2\">" +
                        leaf +
                        "</form></submission-information></application></application-set></admin>"
                        "<m1-regional><m1-2-cover-letters><leaf ID=\"g\"><title>Letter</title></leaf></m1-2-cover-letters></m1-regional>"
                        "</fda-regional:fda-regional>");
    const Envelope& envelope = read.sequence().envelope;
    CHECK(envelope.applicant_id == "123456789");
    CHECK(envelope.company_name == "A & B");
    CHECK(envelope.application_number == "123456");
    CHECK(envelope.submission_id == "0001");
    REQUIRE(envelope.parts.size() == 2);
    for (const EnvelopeField& field : envelope.parts[1].fields) CHECK(field.value != "Form");
    REQUIRE(read.sequence().leaves.size() == 2);
    CHECK(read.sequence().leaves[0].place->form_type == "fdaft2");
    CHECK(read.sequence().leaves[1].place->section == "m1-regional/m1-2-cover-letters");
}
