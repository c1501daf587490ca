// Marking as sent. The expected files are written out by hand beside each case.
#include <catch2/catch.hpp>

#include "ectd/sent_mark.hpp"
#include "tests/support/run.hpp"

using namespace dossier;
using namespace dossier::ectd;

namespace {

const Date day = *parse_date("2026-03-01");

std::string marked(const std::string& yaml, int sequence = 1) {
    const auto changed = with_sent_date(yaml, "application.yaml", SequenceNumber(sequence), day);
    return changed ? *changed : "error: " + to_text(changed.error());
}

} // namespace

TEST_CASE("the date goes into the entry of the sequence, and nothing else of the file changes") {
    CHECK(marked("sequences: {\"0001\": {submission_id: \"0001\"}, '0002': {a: b}}\n") ==
          "sequences: {\"0001\": {sent: 2026-03-01, submission_id: \"0001\"}, '0002': {a: b}}\n");
    CHECK(marked("sequences: {\"0001\": {submission_id: \"0001\"}, '0002': {a: b}}\n", 2) ==
          "sequences: {\"0001\": {submission_id: \"0001\"}, '0002': {sent: 2026-03-01, a: b}}\n");
    CHECK(marked("# mine\r\nsequences:\r\n  \"0001\":  # first\r\n\r\n    # kept\r\n    submission_id: \"0001\"\r\nstudies: {}\r\n") ==
          "# mine\r\nsequences:\r\n  \"0001\":  # first\r\n\r\n    # kept\r\n    sent: 2026-03-01\r\n    submission_id: "
          "\"0001\"\r\nstudies: {}\r\n");
    CHECK(marked("sequences:\n  0001:\n    sub_type: amendment\n") ==
          "sequences:\n  0001:\n    sent: 2026-03-01\n    sub_type: amendment\n");
}

TEST_CASE("what is better edited by hand is left alone and said") {
    CHECK(marked("sequences: {}\n").find("there is no entry for sequence 0001") != std::string::npos);
    // an empty `sent` would become a second one
    CHECK(marked("sequences:\n  \"0001\":\n    sent:\n    a: b\n").find("line 2: the entry of sequence 0001 is written in a way") !=
          std::string::npos);
    CHECK(marked("sequences: {\"0001\":\n  {a: b}}\n").find("add sent: 2026-03-01 to it by hand") != std::string::npos);
}

TEST_CASE("a sequence that was sent is not built again, whatever is asked for") {
    const test::Scratch scratch;
    scratch.write("app/application.yaml",
                  "application: {region: us, type: ind, number: \"123456\"}\n"
                  "applicant: {id: \"999999999\", name: M, contacts: [{type: regulatory, name: R, phones: [{type: business, number: "
                  "\"1\"}], emails: [r@example.org]}]}\n"
                  "sequences:\n  \"0001\": {submission_id: \"0001\", submission_type: original-application, sub_type: application}\n"
                  "  \"0002\": {submission_id: \"0001\", submission_type: original-application, sub_type: amendment}\n");
    scratch.write("app/a.pdf", "%PDF-1.4\na\nstartxref\n0\n%%EOF\n");
    scratch.write("app/plan.csv", "section,title,source\n2.2,A,a.pdf\n");
    const auto dossier = [&scratch](std::vector<std::string> words) { return test::dossier(words, scratch.path()); };
    const test::Run early = dossier({"ectd", "sent", "app", "0001", "--date", "2026-03-01"});
    CHECK(early.code == 3);
    CHECK(early.err.find("there is no sequence 0001 here") != std::string::npos);
    REQUIRE(dossier({"ectd", "build", "app"}).code == 0);
    const test::Run future = dossier({"--now", "2026-02-28T12:00:00Z", "ectd", "sent", "app", "0001", "--date", "2026-03-01"});
    CHECK(future.code == 3);
    CHECK(future.err.find("is after today (2026-02-28)") != std::string::npos);
    CHECK(dossier({"ectd", "sent", "app", "1", "--date", "2026-03-01"}).code == 2);
    CHECK(dossier({"ectd", "sent", "app", "0001", "--date", "1.3.2026"}).code == 2);
    const test::Run sent = dossier({"ectd", "sent", "app", "0001", "--date", "2026-03-01"});
    INFO(sent.err);
    REQUIRE(sent.code == 0);
    const std::string yaml = scratch.read("app/application.yaml");
    CHECK(yaml.find("\"0001\": {sent: 2026-03-01, submission_id") != std::string::npos);
    CHECK(dossier({"ectd", "sent", "app", "0001", "--date", "2026-03-01"}).code == 0); // the same again: nothing happens
    CHECK(dossier({"ectd", "sent", "app", "0001", "--date", "2026-03-02"}).err.find("was sent on 2026-03-01") != std::string::npos);
    CHECK(scratch.read("app/application.yaml") == yaml);
    for (const std::vector<std::string>& more : {std::vector<std::string>{}, {"--rebuild"}, {"--rebuild", "--to", "elsewhere"}}) {
        std::vector<std::string> words{"ectd", "build", "app", "--sequence", "0001"};
        words.insert(words.end(), more.begin(), more.end());
        const test::Run again = dossier(words);
        CHECK(again.code == 3);
        CHECK(again.err.find("sequence 0001 was sent and is never changed again") != std::string::npos);
    }
    REQUIRE(dossier({"ectd", "build", "app"}).code == 0); // 0002
    CHECK(dossier({"ectd", "build", "app", "--rebuild"}).code == 0);
}
