// The public synthetic IND of ../shared: what it contains after each sequence, read by hand from its four index.xml files.
#include <catch2/catch.hpp>

#include "ectd/lifecycle.hpp"
#include "templates/ectd_catalogue.hpp"
#include "tests/support/skip.hpp"

using namespace dossier;
using namespace dossier::ectd;

TEST_CASE("the public IND is read sequence by sequence") {
    const std::string folder = test::shared_or_skip("sequences/us-ind-lifecycle");
    const auto catalogue = templates::read_ectd_catalogue(templates::Source());
    REQUIRE(catalogue);
    auto fs = make_disk_file_system();
    const auto current_after = [&](int last) {
        const auto application = read_application(*fs, folder, *catalogue, SequenceNumber(last));
        REQUIRE(application);
        const Lifecycle lifecycle = compute_lifecycle(*application);
        std::map<std::string, std::string> states;
        for (const LeafHistory* item : lifecycle.current())
            if (item->leaf->at.file == "index.xml") states[item->leaf->at.sequence.text() + "#" + item->leaf->at.id] = item->leaf->title;
        return states;
    };
    // 0000: ten leaves in modules 2 to 5, less the regional one
    const auto first = current_after(0);
    CHECK(first.size() == 9);
    CHECK(first.at("0000#qos-beta") == "Drug A / Beta summary");
    // 0001 replaces alpha-spec-v1, 0002 appends to the replacement and brings a second substance, 0003 deletes beta-spec-v1
    const auto second = current_after(1);
    CHECK(second.size() == 9);
    CHECK(second.count("0000#alpha-spec-v1") == 0);
    CHECK(second.at("0001#alpha-spec-v2") == "Alpha specification revision 2");
    const auto third = current_after(2);
    CHECK(third.size() == 11);
    CHECK(third.count("0001#alpha-spec-v2") == 1);
    CHECK(third.count("0002#alpha-addendum") == 1);
    CHECK(third.count("0002#gamma-spec") == 1);
    const auto fourth = current_after(3);
    CHECK(fourth.size() == 10);
    CHECK(fourth.count("0000#beta-spec-v1") == 0);
    const auto application = read_application(*fs, folder, *catalogue);
    REQUIRE(application);
    CHECK(application->region == "us");
    REQUIRE(application->sequences.size() == 4);
    CHECK(application->sequences[0].envelope.application_type == "ind"); // a plain word where FDA wants a code
    for (const Sequence& sequence : application->sequences) CHECK(sequence.problems.empty());
}
