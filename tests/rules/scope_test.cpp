// What a criterion does not ask for is no finding, whatever else is wrong.
#include <catch2/catch.hpp>

#include "core/text.hpp"
#include "tests/rules/case.hpp"

using namespace dossier;

TEST_CASE("a master file or an emergency use needs no trial summary: the criteria are for NDA, ANDA, BLA and commercial IND") {
    for (const auto& [type, is_asked] : {std::pair{"fdaat1", true}, {"fdaat4", true}, {"fdaat5", false}, {"fdaat6", false}}) {
        test::RuleCase item = test::read_rule_case("fda-3.2.2-1734/fail-none.yaml"); // data sets, and no ts.xpt
        std::string& regional = item.files["0001/m1/us/us-regional.xml"];
        regional = replace_all(regional, "application-type=\"fdaat1\"", std::string("application-type=\"") + type + "\"");
        const test::Scratch scratch;
        test::write_case(item, scratch);
        bool found = false;
        for (const Finding& finding : test::validate_case(item, scratch).findings) found = found || finding.number == "1734";
        INFO(type);
        CHECK(found == is_asked);
    }
}
