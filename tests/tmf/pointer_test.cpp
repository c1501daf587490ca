// Pointers that `tmf waive --points-to` files: the date of the record, and what they have to name to count.
#include "tests/tmf/program.hpp"

using namespace tmf_test;

namespace {

using Texts = std::vector<std::string>;

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

struct Pointers : Program {
    test::Run point(const std::string& rule, Texts more) const {
        more.insert(more.begin(), {"tmf", "waive", "S", rule, "--points-to", "cabinet 4"});
        return run(std::move(more));
    }
    std::string state(const std::string& slot, const std::string& as_of = "2025-10-01") const {
        const Json report = json({"tmf", "completeness", "S", "--as-of", as_of});
        for (const Json& row : report.find("rows")->items())
            if (row.find("slot")->text() == slot) return row.find("state")->text();
        return "no slot";
    }
};

const std::string cv = "EDL-087-01/USA/701/P1//"; // valid for two years from its date

} // namespace

TEST_CASE("tmf waive: a pointer without a date is past its validity, as what 'tmf file' files") {
    const Pointers p;
    const std::string note = "note: 05.02.04 Principal Investigator Curriculum Vitae is valid for some years from its date; without a date "
                             "it counts as expired\n";
    const auto filed = p.point("EDL-087-01", {"--site", "701", "--key", "P1"});
    CHECK(filed.code == 0);
    CHECK(filed.err == note);
    CHECK(p.json({"tmf", "show", "D-000001"}).find("versions")->items()[0].find("date") == nullptr);
    p.require({"tmf", "review", "D-000001", "--accept"});
    CHECK(p.state(cv) == "expired");
    CHECK(has(p.run({"tmf", "file", "--pointer", "cabinet 4", "--study", "S", "--artifact", "05.02.04", "--site", "0702", "--person", "P2",
                     "--status", "final"})
                  .err,
              note));
    CHECK(p.point("EDL-194-01", {}).err.empty()); // valid until it is superseded
}

TEST_CASE("tmf waive: --date is the date of the record that the pointer stands for") {
    const Pointers p;
    const auto filed = p.point("EDL-087-01", {"--site", "701", "--key", "P1", "--date", "2024-03-05"});
    CHECK(filed.code == 0);
    CHECK(filed.err.empty());
    p.require({"tmf", "review", "D-000001", "--accept"});
    CHECK(p.state(cv) == "satisfied");
    CHECK(p.state(cv, "2026-03-05") == "satisfied");
    CHECK(p.state(cv, "2026-03-06") == "expired");
    CHECK(p.point("EDL-087-01", {"--site", "701", "--key", "P1", "--date", "2025-10-02"}).err ==
          "dossier: --date 2025-10-02 is in the future (today is 2025-10-01). Mend: correct the date\n");
    for (const Texts& other : {Texts{"--reason", "x"}, Texts{"--reason", "x", "--not-applicable"}}) {
        Texts command{"tmf", "waive", "S", "EDL-087-01", "--date", "2025-01-05"};
        command.insert(command.end(), other.begin(), other.end());
        CHECK(has(p.refused(command, 2), "--date is the date of the record that --points-to names. Mend: leave it out"));
    }
    CHECK(p.documents() == 1);
    p.require({"tmf", "check", "--read-data"});
}

TEST_CASE("tmf waive: a pointer says for which person, event or language it stands") {
    const Pointers p;
    p.scratch.write("STUDY.yaml",
                    replace_all(program_study, "{code: DE}", "{code: DE, languages: [de, fr]}, {code: BE, languages: [pt-br]}") +
                        "trainings: [{id: TR1, roles: [principal_investigator], date: 2025-05-02}]\n");
    p.require({"study", "apply", "STUDY.yaml"});
    const auto refused = [&p](const std::string& rule, const Texts& more) {
        const auto run = p.point(rule, more);
        CHECK(run.code == 2);
        CHECK(run.out.empty());
        return run.err;
    };
    CHECK(refused("EDL-087-01", {"--site", "701"}) ==
          "dossier: EDL-087-01 is expected for each person; the pointer has to say which. Mend: give --key P1\n");
    CHECK(has(refused("EDL-086-01", {"--site", "701"}), "is expected for each event; the pointer has to say which. Mend: give --key A1\n"));
    CHECK(has(refused("EDL-040-02", {"--country", "DE"}),
              "is expected for each language; the pointer has to say which. Mend: give one of --key de, --key fr\n"));
    CHECK(has(refused("EDL-040-02", {"--country", "BE"}), "Mend: give --language pt-br\n"));
    CHECK(has(refused("EDL-104-02", {"--site", "701"}),
              "is expected for each person and event; the pointer has to say which. Mend: give --person P1 --event TR1\n"));
    CHECK(has(refused("EDL-104-02", {"--site", "701", "--key", "P1"}), "for each event; the pointer has to say which. Mend: give --event "
                                                                       "TR1\n"));
    CHECK(has(refused("EDL-088-01", {"--site", "701"}), "Mend: none is expected there today: look whether the place is right\n"));
    // Site 0702 was opened after the amendment; what is named may come later.
    CHECK(has(refused("EDL-086-01", {"--site", "0702"}), "none is expected there today"));
    p.require({"tmf", "waive", "S", "EDL-087-01", "--site", "701", "--not-applicable", "--reason", "x"});
    CHECK(has(refused("EDL-087-01", {"--site", "701"}), "none is expected there today"));
    CHECK(p.documents() == 0);
    const std::vector<std::pair<std::string, Texts>> good{
        {"EDL-086-01/USA/701//A1/", {"--site", "701", "--key", "A1"}},
        {"EDL-040-02/DEU////de", {"--country", "DE", "--key", "de"}},
        {"EDL-040-02/USA////", {"--country", "USA"}},
        {"EDL-104-02/USA/701/P1/TR1/", {"--site", "701", "--key", "P1", "--event", "TR1"}},
        {"EDL-090-01/USA/701/P1/gcp/", {"--site", "701", "--key", "P1"}}};
    for (const auto& [slot, parts] : good) {
        INFO(slot);
        CHECK(p.point(slot.substr(0, 10), parts).code == 0);
        CHECK(p.state(slot) == "in_review");
    }
}

TEST_CASE("tmf waive: a pointer for a year stands in the year nearest to its date, or in the one it names") {
    Pointers p;
    p.now = "2027-01-20T12:00:00Z"; // the study began on 2025-01-10: two years are over
    p.scratch.write("STUDY.yaml", program_study + "vendors: [{id: V1, name: Labs Ltd, from: 2025-01-10}]\n");
    p.require({"study", "apply", "STUDY.yaml"});
    CHECK(has(p.point("EDL-248-01", {}).err,
              "is expected for each event; the pointer has to say which. Mend: give one of --key Y1, --key Y2\n"));
    CHECK(has(p.point("EDL-258-01", {"--date", "2026-01-15"}).err, "Mend: give one of --key V1-Y1, --key V1-Y2\n"));
    CHECK(p.point("EDL-248-01", {"--date", "2026-01-15"}).code == 0);
    CHECK(p.state("EDL-248-01////Y1/", "2027-01-20") == "in_review");
    CHECK(p.state("EDL-248-01////Y2/", "2027-01-20") == "missing");
}

TEST_CASE("tmf waive: what a pointer cannot take is refused with the option to give or to leave out") {
    const Pointers p;
    const auto mend = [&p](const std::string& rule, const Texts& more) {
        const auto run = p.point(rule, more);
        CHECK(run.code == 2);
        return run.err.substr(run.err.find("Mend: "));
    };
    CHECK(mend("EDL-066-03", {}) == "Mend: give --site\n");
    CHECK(mend("EDL-066-03", {"--country", "USA"}) == "Mend: give --site\n");
    CHECK(mend("EDL-040-02", {}) == "Mend: give --country\n");
    CHECK(mend("EDL-040-02", {"--site", "701"}) == "Mend: give --country USA in place of --site\n");
    CHECK(mend("EDL-194-01", {"--country", "USA"}) == "Mend: leave out --country and --site\n");
    CHECK(
        p.point("EDL-066-03", {"--site", "701", "--until", "2026-01-01"}).err ==
        "dossier: --until ends a waiver; what --points-to files is a document. Mend: leave out --until; a pointer that no longer holds is "
        "rejected, or withdrawn\n");
    CHECK(p.documents() == 0);
}
