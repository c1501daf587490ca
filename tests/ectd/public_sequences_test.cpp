// The public synthetic IND of ../shared: what it contains after each sequence, read by hand from its four index.xml files.
#include <catch2/catch.hpp>

#include <algorithm>

#include "core/text.hpp"
#include "ectd/lifecycle.hpp"
#include "templates/ectd_catalogue.hpp"
#include "tests/ectd/regional_samples.hpp"
#include "tests/support/run.hpp"
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

namespace {

using Lines = std::vector<std::string>;

// By tests/ectd/current_leaves.py, which knows nothing of the program.
Lines by_oracle(const std::string& folder, const std::string& last) {
    const test::Run run = test::run({"python3", "-B", test::source_folder() + "/tests/ectd/current_leaves.py", folder, last});
    INFO(run.err);
    REQUIRE(run.code == 0);
    Lines lines = split(run.out, '\n');
    lines.erase(std::remove(lines.begin(), lines.end(), ""), lines.end());
    std::sort(lines.begin(), lines.end());
    return lines;
}

Lines by_us(const std::string& folder, int last) {
    const auto catalogue = templates::read_ectd_catalogue(templates::Source());
    REQUIRE(catalogue);
    const auto application = read_application(*make_disk_file_system(), folder, *catalogue, SequenceNumber(last));
    REQUIRE(application);
    const Lifecycle lifecycle = compute_lifecycle(*application);
    Lines lines;
    for (const LeafHistory* item : lifecycle.current())
        lines.push_back(item->leaf->at.text() + "|" + item->leaf->title + "|" + item->leaf->path);
    std::sort(lines.begin(), lines.end());
    return lines;
}

} // namespace

TEST_CASE("the current view after each sequence is that of an independent reader: the public IND, an EU and a Canadian application") {
    test::tool_or_skip("python3");
    const test::Scratch scratch;
    test::write_eu_sample(*make_disk_file_system(), scratch / "eu");
    test::write_ca_sample(*make_disk_file_system(), scratch / "ca");
    for (int last = 0; last <= 2; ++last) CHECK(by_us(scratch / "eu", last) == by_oracle(scratch / "eu", SequenceNumber(last).text()));
    for (int last = 0; last <= 1; ++last) CHECK(by_us(scratch / "ca", last) == by_oracle(scratch / "ca", SequenceNumber(last).text()));
    const std::string folder = test::shared_or_skip("sequences/us-ind-lifecycle");
    for (int last = 0; last <= 3; ++last) {
        const Lines lines = by_us(folder, last);
        CHECK(lines == by_oracle(folder, SequenceNumber(last).text()));
        CHECK(lines.size() >= 10);
    }
}

TEST_CASE("dead targets of the public IND: a leaf that is deleted twice is found and named, in the view too") {
    const std::string folder = test::shared_or_skip("sequences/us-ind-lifecycle");
    const test::Scratch scratch;
    REQUIRE(test::run({"cp", "-r", folder, scratch / "app"}).code == 0);
    REQUIRE(test::run({"chmod", "-R", "u+w", scratch / "app"}).code == 0);
    // 0003 deletes beta-spec-v1; now it names alpha-spec-v1, which 0001 replaced
    REQUIRE(test::run({"sed", "-i", "s/index.xml#beta-spec-v1/index.xml#alpha-spec-v1/", scratch / "app/0003/index.xml"}).code == 0);
    const test::Run run = test::dossier({"ectd", "view", scratch / "app", "--json"});
    INFO(run.err);
    REQUIRE(run.code == 0);
    CHECK(run.out.find("\"kind\": \"dead-target\"") != std::string::npos);
    CHECK(run.out.find("modifies a leaf that was already replaced or deleted: ../0000/index.xml#alpha-spec-v1 (replaced by "
                       "0001/index.xml#alpha-spec-v2)") != std::string::npos);
}
