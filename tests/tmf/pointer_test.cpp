// Pointers that `tmf waive --points-to` files: the date of the record.
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
