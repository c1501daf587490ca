// Lifecycle over hand-written sequences (ICH 3.2.2, appendix 6, table 6-3 and the examples after it).
#include <catch2/catch.hpp>

#include "core/path.hpp"
#include "tests/ectd/workbench.hpp"
#include "tests/support/skip.hpp"

using namespace dossier;
using namespace dossier::ectd;

namespace {

// One leaf under 2.2 (or under 2.4).
std::string leaf(const std::string& id, const std::string& operation, const std::string& target = {}) {
    return "<leaf ID=\"" + id + "\" operation=\"" + operation + "\" checksum=\"\" checksum-type=\"md5\"" +
           (target.empty() ? "" : " modified-file=\"" + target + "\"") + "><title>" + id + "</title></leaf>";
}

std::string index(const std::string& introduction, const std::string& overview = {}) {
    return "<ectd:ectd xmlns:ectd=\"http://www.ich.org/ectd\" "
           "xmlns:xlink=\"http://www.w3c.org/1999/xlink\"><m2-common-technical-document-summaries>"
           "<m2-2-introduction>" +
           introduction + "</m2-2-introduction>" +
           (overview.empty() ? "" : "<m2-4-nonclinical-overview>" + overview + "</m2-4-nonclinical-overview>") +
           "</m2-common-technical-document-summaries></ectd:ectd>";
}

std::vector<std::string> current_ids(const Lifecycle& lifecycle) {
    std::vector<std::string> ids;
    for (const LeafHistory* item : lifecycle.current()) ids.push_back(item->leaf->at.sequence.text() + "#" + item->leaf->at.id);
    return ids;
}

} // namespace

TEST_CASE("replace ends its target, append keeps it, delete ends it") {
    test::Workbench bench;
    bench.write("0000/index.xml", index(leaf("a", "new") + leaf("b", "new") + leaf("c", "new")));
    bench.write("0001/index.xml", index(leaf("a", "replace", "../0000/index.xml#a") + leaf("b2", "append", "../0000/index.xml#b") +
                                        leaf("x", "delete", "../0000/index.xml#c")));
    const Application history = bench.history();
    const Lifecycle lifecycle = compute_lifecycle(history);
    CHECK(lifecycle.problems.empty());
    CHECK(current_ids(lifecycle) == std::vector<std::string>{"0000#b", "0001#a", "0001#b2"});
    CHECK(lifecycle.leaves.at(LeafId{SequenceNumber(0), "index.xml", "a"}).ended_by->at.sequence.text() == "0001");
    CHECK(lifecycle.leaves.at(LeafId{SequenceNumber(0), "index.xml", "b"}).state == LeafState::appended_to);
    CHECK(lifecycle.leaves.at(LeafId{SequenceNumber(1), "index.xml", "b2"}).target->at.id == "b");
}

TEST_CASE("each way a target can be wrong is told apart") {
    test::Workbench bench;
    bench.write("0000/index.xml", index(leaf("a", "new") + leaf("b", "new")));
    bench.write("0010/index.xml", index(leaf("a2", "replace", "../0000/index.xml#a")));
    bench.write("0011/index.xml", index(leaf("p1", "replace", "../0000/index.xml#a")         // already replaced in 0010
                                            + leaf("p2", "replace", "../0000/index.xml#zz")  // not there
                                            + leaf("p3", "delete", "index.xml")              // no '#'
                                            + leaf("p4", "replace")                          // no modified-file
                                            + leaf("p5", "replace", "../0012/index.xml#a")   // later
                                            + leaf("p6", "replace", "../0011/index.xml#p1"), // its own sequence
                                        leaf("p7", "replace", "../0000/index.xml#b")));      // b is under 2.2
    const Application history = bench.history();
    const Lifecycle lifecycle = compute_lifecycle(history);
    std::vector<std::pair<std::string, TargetProblem>> found;
    for (const auto& problem : lifecycle.problems) found.emplace_back(problem.leaf->at.id, problem.problem);
    CHECK(found == std::vector<std::pair<std::string, TargetProblem>>{{"p1", TargetProblem::already_ended},
                                                                      {"p2", TargetProblem::not_found},
                                                                      {"p3", TargetProblem::malformed},
                                                                      {"p4", TargetProblem::missing_reference},
                                                                      {"p5", TargetProblem::later_sequence},
                                                                      {"p6", TargetProblem::same_sequence},
                                                                      {"p7", TargetProblem::other_section}});
}

TEST_CASE("sequences are ordered as numbers and 0010 is ten") {
    test::Workbench bench;
    for (const char* number : {"0010", "0002", "0100"}) bench.write(std::string(number) + "/index.xml", index(leaf("a", "new")));
    const auto history = bench.history();
    REQUIRE(history.sequences.size() == 3);
    CHECK(history.sequences[0].number.value() == 2);
    CHECK(history.sequences[1].number.value() == 10);
    CHECK(history.sequences[2].number.value() == 100);
}

TEST_CASE("one heading with two attribute values is two sections, the same values in another order are one") {
    test::Workbench bench;
    const auto drug = [](const std::string& attributes, const std::string& content) {
        return "<ectd:ectd xmlns:ectd=\"http://www.ich.org/ectd\"><m3-quality><m3-2-body-of-data><m3-2-s-drug-substance " + attributes +
               "><m3-2-s-4-control-of-drug-substance><m3-2-s-4-1-specification>" + content +
               "</m3-2-s-4-1-specification></m3-2-s-4-control-of-drug-substance></m3-2-s-drug-substance></m3-2-body-of-data></m3-quality></"
               "ectd:ectd>";
    };
    bench.write("0000/index.xml", drug("substance='A' manufacturer='M'", leaf("a", "new")));
    bench.write("0001/index.xml", drug("manufacturer='M' substance='A'", leaf("b", "replace", "../0000/index.xml#a")));
    bench.write("0002/index.xml", drug("manufacturer='N' substance='A'", leaf("c", "replace", "../0001/index.xml#b")));
    const auto history = bench.history();
    const auto lifecycle = compute_lifecycle(history);
    REQUIRE(lifecycle.problems.size() == 1);
    CHECK(lifecycle.problems[0].leaf->at.id == "c");
    CHECK(lifecycle.problems[0].problem == TargetProblem::other_section);
}
