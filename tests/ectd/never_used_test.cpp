// Numbers that were never used, and centres, as application.yaml states them: what plan, build, sent, import and view make of them.
#include <catch2/catch.hpp>

#include "ectd/application_file.hpp"
#include "tests/ectd/command_bench.hpp"

using namespace dossier;
using test::says;

namespace {

std::string yaml_with(const std::string& more_of_application, const std::string& more_sequences) {
    return "application: {region: us, type: ind, number: \"123456\"" + more_of_application +
           "}\n"
           "applicant: {id: \"999999999\", name: Made-up Sponsor, contacts: [{type: regulatory, name: R. Person, phones: [{type: business, "
           "number: \"1\"}], emails: [r@example.org]}]}\n"
           "sequences:\n"
           "  \"0001\": {submission_id: \"0001\", submission_type: original-application, sub_type: application}\n" +
           more_sequences;
}

const std::string third = "  \"0003\": {submission_id: \"0001\", submission_type: original-application, sub_type: amendment}\n";
const std::string slip = "  \"0002\": {never_used: numbering slip}\n";

struct Bench : test::CommandBench {
    explicit Bench(const std::string& yaml) {
        scratch.write("app/application.yaml", yaml);
        scratch.write("app/plan.csv", "section,title,source\n2.2,A,a.pdf\n");
    }
    test::Run dossier(std::vector<std::string> words) const {
        words.insert(words.begin(), {"--now", "2026-06-01T12:00:00Z"});
        return test::dossier(words, scratch.path());
    }
};

} // namespace

TEST_CASE("a number that was never used is not given to a new sequence, and the plan says why") {
    const Bench bench(yaml_with("", slip + third));
    REQUIRE(bench.dossier({"ectd", "build", "app"}).code == 0);
    const test::Run plan = bench.dossier({"ectd", "plan", "app"});
    INFO(plan.err << plan.out);
    CHECK(plan.out.find("no --sequence was given: 0003 is next") != std::string::npos);
    CHECK(plan.out.find("sequence 0002 was never used, says application.yaml: numbering slip") != std::string::npos);
    CHECK(plan.out.find("is not in the folder") == std::string::npos);
    const test::Run refused = bench.dossier({"ectd", "build", "app", "--sequence", "0002"});
    CHECK(refused.code == 3);
    CHECK(says(refused, "sequence 0002 was never used, says this file"));
    REQUIRE(bench.dossier({"ectd", "build", "app"}).code == 0);
    CHECK(test::run({"ls", bench.scratch / "app/0003/index.xml"}).code == 0);
    const test::Run view = bench.dossier({"ectd", "view", "app", "--format", "text"});
    CHECK(view.out.find("0002 was never used, says application.yaml: numbering slip") != std::string::npos);
}

TEST_CASE("nothing is built on a sequence that is here and stated as never used, and it is neither sent nor imported") {
    const Bench bench(
        yaml_with("", "  \"0002\": {submission_id: \"0001\", submission_type: original-application, sub_type: amendment}\n" + third));
    REQUIRE(bench.dossier({"ectd", "build", "app"}).code == 0);
    REQUIRE(bench.dossier({"ectd", "build", "app"}).code == 0);
    REQUIRE(test::run({"sh", "-c", "mkdir from && cp -r app/0001 app/0002 from"}, bench.scratch.path()).code == 0);
    const std::string yaml = yaml_with("", slip + third);
    bench.scratch.write("app/application.yaml", yaml);
    const test::Run build = bench.dossier({"ectd", "build", "app"});
    CHECK(build.code == 3);
    CHECK(says(build, "sequence 0002 was never used, says this file, and it is here"));
    const test::Run sent = bench.dossier({"ectd", "sent", "app", "0002", "--date", "2026-05-01"});
    CHECK(sent.code == 3);
    CHECK(says(sent, "sequence 0002 was never used, says this file"));
    CHECK(bench.scratch.read("app/application.yaml") == yaml);
    REQUIRE(test::run({"rm", "-r", bench.scratch / "app/0002"}).code == 0);
    const test::Run import = bench.dossier({"ectd", "import", "from", "--to", "app"});
    INFO(import.err << import.out);
    CHECK(import.code == 0);
    CHECK(
        (import.out + import.err).find("sequence 0002 is here, but not marked as imported: application.yaml says that it was never used") !=
        std::string::npos);
    CHECK(bench.scratch.read("app/application.yaml").find(slip) != std::string::npos); // as it was
}

TEST_CASE("a number that was never used has a reason, and was not sent") {
    const auto error_of = [](const std::string& entry) {
        const auto file = ectd::parse_application_file(yaml_with("", "  \"0002\": {" + entry + "}\n"), "application.yaml");
        return file ? std::string() : to_text(file.error());
    };
    CHECK(error_of("never_used: numbering slip").empty());
    for (const char* const none : {"never_used: yes", "never_used:", "never_used: \"\""})
        CHECK(error_of(none).find("line 5: never_used gives no reason") != std::string::npos);
    for (const char* const entry :
         {"never_used: a slip, sent: 2026-05-01", "never_used: a slip, imported: 2026-05-01", "never_used: a slip, center: cder"})
        CHECK(error_of(entry).find("line 5: never_used: the entry says as well that it was sent") != std::string::npos);
}

TEST_CASE("sent keeps the centre where a sequence went, and says where that is not the one of the application") {
    const Bench bench(yaml_with(", center: cder", ""));
    REQUIRE(bench.dossier({"ectd", "build", "app"}).code == 0);
    const test::Run unknown = bench.dossier({"ectd", "sent", "app", "0001", "--date", "2026-05-01", "--center", "cdrh"});
    CHECK(unknown.code == 2);
    CHECK(says(unknown, "--center: cdrh is no centre that takes applications"));
    CHECK(says(unknown, "write cder or cber"));
    const test::Run sent = bench.dossier({"ectd", "sent", "app", "0001", "--date", "2026-05-01", "--center", "CBER"});
    INFO(sent.err << sent.out);
    REQUIRE(sent.code == 0);
    CHECK(says(sent, "note: sequence 0001 went to cber, and the centre of the application is cder"));
    const std::string yaml = bench.scratch.read("app/application.yaml");
    CHECK(yaml.find("\"0001\": {center: cber, sent: 2026-05-01, submission_id") != std::string::npos);
    CHECK(bench.dossier({"ectd", "sent", "app", "0001", "--center", "cber"}).code == 0); // the same again: nothing happens
    const test::Run other = bench.dossier({"ectd", "sent", "app", "0001", "--center", "cder"});
    CHECK(other.code == 3);
    CHECK(says(other, "sequence 0001 goes to cber, says this file"));
    CHECK(bench.scratch.read("app/application.yaml") == yaml);
    CHECK(bench.dossier({"ectd", "sent", "app", "0001", "--center", "cber", "--json"}).out.find("\"center\": \"cber\"") !=
          std::string::npos);
}

TEST_CASE("a centre is FDA's, and one of those that there are") {
    const Bench bench(yaml_with(", center: cdr", ""));
    const test::Run plan = bench.dossier({"ectd", "plan", "app"});
    CHECK(plan.out.find("center: cdr is no centre that takes applications") != std::string::npos);
    const test::CommandBench canada;
    canada.scratch.write("app/application.yaml", test::canada_yaml);
    const test::Run sent =
        test::dossier({"ectd", "sent", "app", "0000", "--date", "2026-01-01", "--center", "cder"}, canada.scratch.path());
    CHECK(sent.code == 2);
    CHECK(says(sent, "--center: the agency of the region ca has no centres to choose from"));
}

TEST_CASE("what is packed names the centre that is stated, and else what to compare before it is sent") {
    const Bench bench(yaml_with("", ""));
    REQUIRE(bench.dossier({"ectd", "build", "app"}).code == 0);
    const auto package = [&](const std::string& to) {
        return bench.dossier({"ectd", "package", "app/0001", "--to", to, "--despite-findings"});
    };
    const test::Run silent = package("one.tar.gz");
    CHECK(says(silent, "note: application.yaml does not say where the sequence goes"));
    CHECK(bench.scratch.read("one.tar.gz.manifest.json").find("center") == std::string::npos);
    bench.scratch.write("app/application.yaml", yaml_with(", center: cder", ""));
    const test::Run said = package("two.tar.gz");
    INFO(said.err << said.out);
    CHECK(said.out.find("To be sent to CDER, says application.yaml") != std::string::npos);
    CHECK_FALSE(says(said, "does not say where"));
    CHECK(bench.scratch.read("two.tar.gz.manifest.json").find("\"center\": \"CDER\"") != std::string::npos);
}
