// Backbones and study tagging files are read by the program itself (docs/decisions/worker-processes.md): hostile ones are one finding,
// within bounds of time and memory, and nothing is read or asked for elsewhere.
#include <catch2/catch.hpp>

#include <algorithm>
#include <set>

#include "core/json.hpp"
#include "core/text.hpp"
#include "tests/rules/case.hpp"
#include "tests/support/hostile.hpp"
#include "tests/support/skip.hpp"

using namespace dossier;

namespace {

constexpr const char* stf = "m5/53-clin-stud-rep/535-rep-effic-safety-stud/pain/5351-stud-rep-contr/s1/stf-s1.xml";

std::vector<test::HostileFile> refused_xml() {
    std::vector<test::HostileFile> files;
    for (test::HostileFile& file : test::hostile_xml())
        if (file.verdict != "read") files.push_back(std::move(file));
    return files;
}

std::string many(const std::string& element, std::size_t count) {
    std::string text = "<?xml version=\"1.0\"?>\n<a>";
    for (std::size_t i = 0; i < count; ++i) text += element;
    return text + "</a>";
}

test::RuleCase us_case() {
    test::RuleCase item = test::base_case("us");
    item.sequence = "0001";
    return item;
}

// What the program says in 20 seconds of the processor and 1.5 GB.
Json report_of(const test::Scratch& scratch) {
    const test::Run run = test::run({"sh", "-c", "ulimit -t 20; ulimit -v 1500000; exec \"$@\"", "sh", test::program(), "ectd", "validate",
                                     "0001", "--as-of", "2026-03-01", "--format", "json"},
                                    scratch.path());
    INFO(run.code << " " << run.err);
    REQUIRE((run.code == 0 || run.code == 4 || run.code == 10));
    auto report = parse_json(run.out, "report.json");
    REQUIRE(report);
    return std::move(*report);
}

// As "rule path location".
std::set<std::string> findings(const test::Scratch& scratch) {
    const Json report = report_of(scratch);
    std::set<std::string> found;
    for (const Json& finding : report.find("findings")->items())
        found.insert(finding.find("rule")->text() + " " + finding.find("path")->text() + " " + finding.find("location")->text());
    return found;
}

// What `bytes` in the place of `path` adds.
std::vector<std::string> added_by(const std::string& path, const std::string& bytes, const std::set<std::string>& before) {
    test::RuleCase item = us_case();
    REQUIRE(item.files.count("0001/" + path) == 1);
    item.files["0001/" + path] = bytes;
    test::fill_in(item);
    const test::Scratch scratch;
    test::write_case(item, scratch);
    std::vector<std::string> added;
    for (const std::string& finding : findings(scratch))
        if (before.count(finding) == 0) added.push_back(finding);
    return added;
}

std::set<std::string> findings_of_base() {
    test::RuleCase item = us_case();
    test::fill_in(item);
    const test::Scratch scratch;
    test::write_case(item, scratch);
    return findings(scratch);
}

} // namespace

TEST_CASE("a hostile backbone or tagging file is one finding, in little time and memory") {
    std::vector<test::HostileFile> files = refused_xml();
    REQUIRE(files.size() == 5);
    files.push_back({"more leaves than there can be", many("<leaf/>", 2'500'000), "beyond"});
    const std::set<std::string> before = findings_of_base();
    const std::pair<const char*, const char*> places[] = {{"index.xml", "dossier:index-well-formed"},
                                                          {"m1/us/us-regional.xml", "dossier:regional-well-formed"},
                                                          {stf, "dossier:stf-well-formed"}};
    for (const auto& [path, rule] : places)
        for (const test::HostileFile& file : files) {
            INFO(path << ": " << file.name);
            const auto added = added_by(path, file.bytes, before);
            REQUIRE(added.size() == 1);
            const bool declares = file.bytes.find("<!ENTITY") != std::string::npos;
            const std::string wanted = declares                   ? "dossier:xml-declarations"
                                       : file.verdict == "beyond" ? "dossier:xml-beyond" // a limit of ours
                                                                  : rule;                // damage
            CHECK(starts_with(added.front(), wanted + " " + path + " "));
        }
}

// No agency's DOCTYPE declares anything; a file that is only too much for this program may be right.
TEST_CASE("a backbone that declares entities is rejected, one beyond the limits of this program is not judged") {
    for (const test::HostileFile& file : refused_xml()) {
        if (file.verdict != "beyond") continue;
        test::RuleCase item = us_case();
        item.files["0001/index.xml"] = file.bytes;
        test::fill_in(item);
        const test::Scratch scratch;
        test::write_case(item, scratch);
        INFO(file.name);
        const bool declares = file.bytes.find("<!ENTITY") != std::string::npos;
        CHECK(report_of(scratch).find("verdict")->text() == (declares ? "rejected" : "incomplete"));
    }
}

// 5,000 leaves of one file of 12 MB would be 60 GB to read.
TEST_CASE("one large tagging file that thousands of leaves name is read some times, and the rest is a finding") {
    test::RuleCase item = us_case();
    item.files[std::string("0001/") + stf] += "<!--" + std::string(6 << 20, ' ') + "--><!--" + std::string(6 << 20, ' ') + "-->";
    test::fill_in(item);
    std::string& index = item.files["0001/index.xml"]; // its own checksum is wrong then, which is not what is looked for
    const std::size_t start = index.find("<leaf ID=\"s1-stf\""), end = index.find("</leaf>", start) + 7;
    const std::string leaf = index.substr(start, end - start);
    std::string leaves;
    for (int i = 0; i < 5000; ++i) leaves += replace_all(leaf, "ID=\"s1-stf\"", "ID=\"again-" + std::to_string(i) + "\"") + "\n";
    index.insert(end, leaves);
    const test::Scratch scratch;
    test::write_case(item, scratch);
    const std::set<std::string> found = findings(scratch); // within its 20 seconds
    const auto has = [&found](const std::string& rule) {
        return std::any_of(found.begin(), found.end(), [&](const std::string& one) { return starts_with(one, rule + " " + stf); });
    };
    CHECK(has("dossier:xml-beyond")); // what was not read is not called damaged
    CHECK_FALSE(has("dossier:stf-well-formed"));
}

TEST_CASE("hostile backbones make the program open nothing outside the submission, and no socket") {
    test::tool_or_skip("strace");
    for (const test::HostileFile& file : test::hostile_xml()) {
        if (file.bytes.find("SYSTEM") == std::string::npos) continue;
        test::RuleCase item = us_case();
        const std::string bytes = replace_all(file.bytes, "/etc/passwd", "/etc/nobody-asks-for-this");
        for (const char* const path : {"index.xml", "m1/us/us-regional.xml", stf}) item.files[std::string("0001/") + path] = bytes;
        test::fill_in(item);
        const test::Scratch scratch;
        test::write_case(item, scratch);
        const test::Run run = test::run({"strace", "-f", "-qq", "-o", "trace.txt", "-e", "trace=open,openat,openat2,socket,connect",
                                         test::program(), "ectd", "validate", "0001", "--format", "json"},
                                        scratch.path());
        if (run.out.empty()) test::skip("strace may not trace here");
        const std::string trace = scratch.read("trace.txt");
        INFO(file.name);
        CHECK(trace.find("index.xml") != std::string::npos); // it does see what is opened
        for (const std::string& line : split(trace, '\n')) {
            CHECK(line.find("nobody-asks-for-this") == std::string::npos);
            CHECK(line.find("AF_INET") == std::string::npos);
            CHECK(line.find("a.dtd") == std::string::npos);
        }
    }
}
