// What the blinded learn when a study moves to another model or to other lists: nothing of what may unblind, neither that it is filed or
// decided, nor how much of it.
#include "tests/tmf/program.hpp"
#include "tests/tmf/report_support.hpp"

#include "core/table.hpp"
#include "templates/tmf_catalogue.hpp"

#include <algorithm>
#include <functional>

using namespace tmf_test;

namespace {

using Texts = std::vector<std::string>;

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

// The shipped model as an organisation's own; `alter` says false of an artifact that is left out.
std::string model_csv(const std::function<bool(templates::Artifact&)>& alter) {
    Sheet sheet{"model",
                {"Unique ID Number", "Artifact #", "Artifact name", "Sub-artifacts", "Trial Level Document",
                 "Country/Region Level Document", "Site Level Document"},
                {}};
    const auto catalogue = templates::read_tmf_catalogue(templates::Source());
    REQUIRE(catalogue);
    for (templates::Artifact a : catalogue->artifacts) {
        const auto x = [](bool yes) { return std::string(yes ? "X" : ""); };
        if (alter(a))
            sheet.rows.push_back({fill("{:03}", a.unique_id), a.number, a.name, replace_all(a.sub_artifacts, "; ", "\n"), x(a.at_trial),
                                  x(a.at_country), x(a.at_site)});
    }
    return to_csv(sheet);
}

struct Moving : Program { // ann holds the key, bob is blinded
    void adopt_model(const std::function<bool(templates::Artifact&)>& alter) const {
        scratch.write("MODEL.csv", model_csv(alter));
        require({"standards", "add", "MODEL.csv", "--model", "4.0-acme"});
        scratch.write("STUDY.yaml", replace_all(program_study, "{id: S,", "{id: S, model: 4.0-acme,"));
    }
    void file(const char* artifact, const char* name, const Texts& more = {}) const {
        Texts arguments{"tmf", "file", name, "--study", "S", "--artifact", artifact, "--date", "2025-02-01", "--status", "final"};
        arguments.insert(arguments.end(), more.begin(), more.end());
        require(arguments);
    }
    test::Run by(const std::string& who, const Texts& arguments) {
        user = who;
        const test::Run result = run(arguments);
        user = "ann";
        return result;
    }
};

} // namespace

TEST_CASE("a model without an artifact that only hidden documents are filed under is refused, and none of them is named or counted") {
    Moving p;
    p.file("133", "files/a.txt");
    p.file("133", "files/b.txt");
    p.file("259", "files/c.txt");
    p.adopt_model([](const templates::Artifact& a) { return a.unique_id != 133 && a.unique_id != 259; });
    for (const Texts& form :
         {Texts{"study", "apply", "STUDY.yaml", "--dry-run"}, Texts{"study", "apply", "STUDY.yaml", "--accept-model-change"}}) {
        const test::Run seeing = p.by("ann", form), blind = p.by("bob", form);
        CHECK(seeing.code == 3);
        CHECK(has(seeing.err, "133 06.03.01 IP Treatment Allocation Documentation is gone, and D-000001, D-000002 are filed under it. "
                              "Mend: move them first with 'dossier tmf reindex'"));
        CHECK(blind.code == 3);
        CHECK(blind.out.empty());
        CHECK(has(blind.err, "133 06.03.01 IP Treatment Allocation Documentation is gone, but the record still needs it. "
                             "Mend: ask somebody in an unblinded role, or keep the artifact in the model"));
        for (const char* hidden : {"D-000001", "D-000002", "(2"}) CHECK_FALSE(has(blind.err, hidden));
        CHECK(has(blind.err, "is gone, and D-000003 are filed under it")); // of all
    }
}

TEST_CASE("a change of model counts documents that the reader may see, and no others") {
    Moving p;
    p.file("121", "files/a.txt", {"--site", "701", "--sub-artifact", "Invoice"});
    p.file("121", "files/b.txt", {"--site", "701", "--restricted", "no"});
    p.file("133", "files/c.txt");
    p.adopt_model([](templates::Artifact& a) {
        if (a.unique_id == 121) {
            a.name = "Shipments";
            a.sub_artifacts = "Packaging Order";
        }
        if (a.unique_id == 133) a.name = "Allocation";
        return true;
    });
    const Texts form{"study", "apply", "STUDY.yaml", "--dry-run"};
    const test::Run seeing = p.by("ann", form), blind = p.by("bob", form);
    REQUIRE(seeing.code == 0);
    REQUIRE(blind.code == 0);
    CHECK(has(seeing.out, "artifact 121 renamed: IP Shipment Documentation -> Shipments (2 documents)\n"));
    CHECK(has(seeing.out, "artifact 133 renamed: IP Treatment Allocation Documentation -> Allocation (1 documents)\n"));
    CHECK(has(seeing.err, "note: sub-artifact \"Invoice\" of 121: 1 documents are filed as it"));
    CHECK(has(blind.out, "artifact 121 renamed: IP Shipment Documentation -> Shipments (1 documents)\n"));
    CHECK(has(blind.out, "artifact 133 renamed: IP Treatment Allocation Documentation -> Allocation\n"));
    CHECK_FALSE(has(blind.err, "Invoice"));
}

TEST_CASE("a decision about what may unblind stays hidden when the study's list retires its rule") {
    Moving p;
    p.require({"tmf", "waive", "S", "EDL-133-01", "--reason", "canary: the active arm only"});
    p.require({"tmf", "waive", "S", "EDL-087-01", "--site", "701", "--reason", "on paper"});
    p.scratch.write("ACME.tsv", "# list: ACME\n# version: 1\n# owner: Acme Ltd\n# model: 3.3.1\naction\trule\n"
                                "retire\tEDL-133-01\nretire\tEDL-087-01\n");
    p.require({"standards", "add", "ACME.tsv"});
    const std::string with_list = replace_all(program_study, "review: yes", "review: yes, lists: [ACME@1]");
    p.scratch.write("STUDY.yaml", with_list);
    const Texts dry{"study", "apply", "STUDY.yaml", "--dry-run"};
    const test::Run seeing = p.by("ann", dry), blind = p.by("bob", dry);
    REQUIRE(blind.code == 0);
    CHECK(has(blind.out, "rule EDL-133-01 off")); // of the list, which everybody reads
    const auto notes_about = [](const std::string& text, const std::string& decision) {
        const Texts lines = split(text, '\n');
        return std::count_if(lines.begin(), lines.end(), [&](const std::string& line) { return has(line, "note: " + decision + " "); });
    };
    CHECK(has(seeing.err, "note: W-000001 is about EDL-133-01, which the study no longer has, and holds again when the rule comes back"));
    for (const char* decision : {"W-000001", "W-000002"}) CHECK(notes_about(seeing.err, decision) == 1); // once is enough
    CHECK(notes_about(blind.err, "W-000002") == 1);
    CHECK_FALSE(has(blind.out + blind.err, "W-000001"));

    const Texts waivers{"tmf", "report", "S", "waivers"}, then{"tmf", "report", "S", "waivers", "--known-at", "2025-10-01"};
    const auto decisions = [&p](const std::string& who, Texts form) {
        form.emplace_back("--json");
        const auto report = parse_json(p.by(who, form).out);
        REQUIRE(report);
        CHECK(figure(*report, "in_force") == static_cast<std::int64_t>(column(*report, "decisions", "decision").size()));
        return column(*report, "decisions", "decision");
    };
    CHECK(decisions("bob", waivers) == Texts{"W-000002"}); // as before the list
    p.require({"study", "apply", "STUDY.yaml"});
    for (const Texts& form : {waivers, then}) {
        CHECK(decisions("ann", form) == Texts{"W-000001", "W-000002"});
        CHECK(decisions("bob", form) == Texts{"W-000002"});
    }
    // After unblinding all read that it was decided; why is still for those who could read it.
    p.require({"milestone", "set", "S", "S11", "2025-09-30"});
    CHECK(decisions("bob", waivers) == Texts{"W-000001", "W-000002"});
    CHECK_FALSE(has(p.by("bob", waivers).out, "canary"));
}
