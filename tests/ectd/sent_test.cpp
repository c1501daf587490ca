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

TEST_CASE("acknowledgement files are copied beside the sequences, recorded by their SHA-256, and shown by blame") {
    const test::Scratch scratch;
    scratch.write("app/application.yaml",
                  "application: {region: us, type: ind, number: \"123456\"}\n"
                  "applicant: {id: \"999999999\", name: M, contacts: [{type: regulatory, name: R, phones: [{type: business, number: "
                  "\"1\"}], emails: [r@example.org]}]}\n"
                  "sequences:\n  \"0001\":\n    submission_id: \"0001\" # kept\n    submission_type: original-application\n    sub_type: "
                  "application\n");
    scratch.write("app/a.pdf", "%PDF-1.4\na\nstartxref\n0\n%%EOF\n");
    scratch.write("app/plan.csv", "section,title,source\n2.2,A,a.pdf\n");
    const auto dossier = [&scratch](std::vector<std::string> words) { return test::dossier(words, scratch.path()); };
    REQUIRE(dossier({"ectd", "build", "app"}).code == 0);
    scratch.write("mail/ack 1.txt", "received");
    scratch.write("mail/ack2.xml", "<accepted/>");
    const auto sha256 = [&scratch](const std::string& file) { return test::run({"sha256sum", scratch / file}).out.substr(0, 64); };
    const test::Run none = dossier({"ectd", "sent", "app", "0001", "--acknowledgement", "mail/ack2.xml"});
    CHECK(none.code == 2);
    CHECK(none.err.find("sequence 0001 is not marked as sent yet") != std::string::npos);
    const test::Run first = dossier({"ectd", "sent", "app", "0001", "--date", "2026-03-01", "--acknowledgement", "mail/ack 1.txt"});
    INFO(first.err);
    REQUIRE(first.code == 0);
    // Later ones come without the day.
    REQUIRE(dossier({"ectd", "sent", "app", "0001", "--acknowledgement", "mail/ack2.xml", "--acknowledgement", "mail/ack 1.txt"}).code ==
            0);
    CHECK(scratch.read("app/acknowledgements/0001/ack 1.txt") == "received");
    CHECK(scratch.read("app/acknowledgements/0001/ack2.xml") == "<accepted/>");
    const std::string yaml = scratch.read("app/application.yaml");
    CHECK(yaml.find("    acknowledgements: {\"ack2.xml\": " + sha256("mail/ack2.xml") + ", \"ack 1.txt\": " + sha256("mail/ack 1.txt") +
                    "}\n    sent: 2026-03-01\n    submission_id: \"0001\" # kept\n") != std::string::npos);
    const test::Run blame = dossier({"ectd", "blame", "app", "A"});
    CHECK(blame.out.find("        sent 2026-03-01, acknowledged by ack2.xml, ack 1.txt\n") != std::string::npos);
    CHECK(dossier({"ectd", "blame", "app", "A", "--json"}).out.find("\"sha256\": \"" + sha256("mail/ack2.xml")) != std::string::npos);
    // Another file of that name is not taken, and nothing changes.
    scratch.write("mail/ack2.xml", "<rejected/>");
    const test::Run other = dossier({"ectd", "sent", "app", "0001", "--acknowledgement", "mail/ack2.xml"});
    CHECK(other.code == 3);
    CHECK(other.err.find("another acknowledgement called ack2.xml is kept already") != std::string::npos);
    CHECK(scratch.read("app/acknowledgements/0001/ack2.xml") == "<accepted/>");
    CHECK(scratch.read("app/application.yaml") == yaml);
    CHECK(dossier({"ectd", "sent", "app", "0001", "--acknowledgement", "nowhere.txt"}).code == 3);
}
