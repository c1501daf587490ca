// Our tables against the official files, where those are at hand.
#include <catch2/catch.hpp>

#include <set>

#include "core/text.hpp"
#include "core/xml.hpp"
#include "templates/ectd_catalogue.hpp"
#include "tests/support/run.hpp"
#include "tests/support/skip.hpp"

using namespace dossier;
using namespace dossier::templates;

namespace {

// A tiny reader of our own for flat XML: the value of `name` in a tag. The files declare entities or a DTD, which our XML door refuses.
std::vector<std::string> tags(const std::string& xml, const std::string& name) {
    std::vector<std::string> found;
    bool comment = false;
    for (std::size_t at = 0; (at = xml.find('<', at)) != std::string::npos; ++at) {
        if (starts_with(std::string_view(xml).substr(at), "<!--")) comment = true;
        if (comment) {
            at = xml.find("-->", at);
            comment = false;
            continue;
        }
        const std::string tag = xml.substr(at, xml.find('>', at) - at);
        if (starts_with(tag, "<" + name + " ") || tag == "<" + name) found.push_back(tag);
    }
    return found;
}

std::string value_of(const std::string& tag, const std::string& attribute) {
    const std::size_t at = tag.find(" " + attribute + "=\"");
    if (at == std::string::npos) return "";
    const std::size_t start = at + attribute.size() + 3;
    return tag.substr(start, tag.find('"', start) - start);
}

} // namespace

TEST_CASE("study values are those of the official valid-values.xml 6.0") {
    const Result<XmlDocument> official =
        parse_xml(test::read_bytes(test::standards_or_skip() + "/ich/valid-values.xml"), "valid-values.xml");
    REQUIRE(official);
    std::vector<std::string> expected, ours;
    for (const XmlElement& group : official->root.children)
        for (const XmlElement& value : group.children) {
            const std::string* name = group.attribute("name");
            expected.push_back(group.name + " " + (name ? *name : "") + " " + *value.attribute("value") + " " + *value.attribute("realm"));
        }
    const Result<EctdCatalogue> catalogue = read_ectd_catalogue(Source());
    REQUIRE(catalogue);
    for (const StudyValue& value : catalogue->study_values)
        ours.push_back(value.kind + " " + value.name + " " + value.value + " " + value.realm);
    CHECK(expected.size() > 100);
    CHECK(ours == expected);
}

TEST_CASE("codes marked official are those of the agency's list files") {
    const std::string folder = test::standards_or_skip() + "/us/";
    const Result<EctdCatalogue> catalogue = read_ectd_catalogue(Source());
    REQUIRE(catalogue);
    std::set<std::string> compared;
    for (const std::string list : {"application-type", "applicant-contact-type", "telephone-number-type"}) {
        std::set<std::string> expected, ours;
        for (const std::string& tag : tags(test::read_bytes(folder + list + ".xml"), "code-display"))
            expected.insert(value_of(tag, "code") + " " + value_of(tag, "display"));
        for (const Code& code : catalogue->code_lists.at(list)) {
            CHECK(code.confidence == "official");
            ours.insert(code.code + " " + code.display);
        }
        CHECK(ours == expected);
        CHECK_FALSE(expected.empty());
        compared.insert(list);
    }
    compared.insert("us-center"); // no list file: FDA's validation criteria name the two
    for (const auto& [list, codes] : catalogue->code_lists)
        for (const Code& code : codes) CHECK((code.confidence == "official") == (compared.count(list) == 1));
}

TEST_CASE("every official file at hand is known by its checksum") {
    const std::string folder = test::standards_or_skip();
    const Result<EctdCatalogue> catalogue = read_ectd_catalogue(Source());
    REQUIRE(catalogue);
    for (const std::string name : {"ich/ich-ectd-3-2.dtd", "ich/ectd-2-0.xsl", "ich/ich-stf-v2-2.dtd", "ich/ich-stf-stylesheet-2-3.xsl",
                                   "ich/valid-values.xml", "us/us-regional-v3-3.dtd", "us/us-regional.xsl", "us/application-type.xml",
                                   "us/applicant-contact-type.xml", "us/telephone-number-type.xml", "eu-3.1/eu-regional.dtd",
                                   "eu-3.1/eu-envelope.mod", "eu-3.1/eu-leaf.mod", "eu-3.1/eu-regional.xsl"}) {
        INFO(name);
        const test::Run md5sum = test::run({"md5sum", folder + "/" + name});
        REQUIRE(md5sum.code == 0);
        const std::uint64_t size = test::read_bytes(folder + "/" + name).size();
        int matches = 0;
        for (const OfficialFile& file : catalogue->official_files)
            if (md5sum.out.substr(0, 32) == file.md5) {
                ++matches;
                CHECK(ends_with(name, "/" + file.name));
                CHECK(file.size == size);
            }
        CHECK(matches == 1);
    }
}
