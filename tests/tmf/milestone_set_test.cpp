// `milestone set` beside the study file: whose a date is, what `none` takes back, and milestones that happen again and again.
#include "tests/tmf/program.hpp"

using namespace tmf_test;

namespace {

using Texts = std::vector<std::string>;

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

// The file gives milestone 02 a date and 07 a plan.
struct Planned : Program {
    const std::string file = replace_all(program_study, "milestones: [", "milestones: [{code: \"07\", planned: 2025-12-30}, ");
    Planned() { apply(file); }
    std::string apply(const std::string& yaml) const {
        scratch.write("STUDY.yaml", yaml);
        return require({"study", "apply", "STUDY.yaml"});
    }
    test::Run set(Texts arguments) const {
        arguments.insert(arguments.begin(), {"milestone", "set", "S"});
        return run(std::move(arguments));
    }
    // Dates and plans of a milestone, in the study's order: "2025-02-01 -; - 2025-12-30".
    std::string dates(const std::string& code) const {
        Texts found;
        const auto text = [](const Json& entry, const char* key) { return entry.find(key) ? entry.find(key)->text() : std::string("-"); };
        const Json shown = json({"study", "show", "S"});
        for (const Json& entry : shown.find("milestones")->items())
            if (text(entry, "code") == code) found.push_back(text(entry, "date") + " " + text(entry, "planned"));
        return join(found, "; ");
    }
};

const std::string nothing = "study S: nothing changed\n";

} // namespace

TEST_CASE("milestone set: what the study file gives stays the file's") {
    const Planned p;
    // The file's own date once more, or none where no command set one, change nothing: the file still decides.
    CHECK(p.set({"02", "2025-02-01"}).out == nothing);
    const auto none = p.set({"07", "none"});
    CHECK(none.out == nothing);
    CHECK(none.err ==
          "note: milestones, 07: the planned date 2025-12-30 stays: the study file gives it; take it out there and apply the file\n");
    CHECK(has(p.set({"02", "none"}).err, "the date 2025-02-01 stays: the study file gives it"));
    const std::string without = replace_all(p.file, "{code: \"07\", planned: 2025-12-30}, {code: \"02\", date: 2025-02-01}", "");
    CHECK(p.apply(without) == "  milestones 02: removed\n  milestones 07: removed\nstudy S: 2 changes\n");
    // Where nothing is recorded the date may follow from other facts: site 701 was activated.
    const auto derived = p.set({"03", "none", "--site", "701"});
    CHECK(derived.out == nothing);
    CHECK(has(derived.err, "milestones, 03: the date 2025-03-01 stays: it follows from other facts of the study"));
}

TEST_CASE("milestone set: of one entry the command's date stays and the file's plan goes with the file") {
    const Planned p;
    CHECK(p.set({"07", "2025-09-20"}).out == "  milestones 07: date 2025-09-20\nstudy S: 1 change\n");
    CHECK(p.apply(p.file) == nothing);
    CHECK(has(p.require({"study", "show", "S"}), "milestone set, planned by study file"));
    const std::string without = replace_all(p.file, "{code: \"07\", planned: 2025-12-30}, ", "");
    CHECK(p.apply(without) == "  milestones 07: planned 2025-12-30 -> none\nstudy S: 1 change\n");
    CHECK(p.dates("07") == "2025-09-20 -");
    CHECK(p.apply(p.file) == "  milestones 07: planned 2025-12-30\nstudy S: 1 change\n");
    const auto none = p.set({"07", "none"});
    CHECK(none.out == "  milestones 07: date 2025-09-20 -> none\nstudy S: 1 change\n");
    CHECK(has(none.err, "the planned date 2025-12-30 stays"));
    CHECK(p.apply(without) == "  milestones 07: removed\nstudy S: 1 change\n");
}

TEST_CASE("milestone set: a date that the file takes over is the file's from then on") {
    const Planned p;
    p.set({"08", "2025-09-20"});
    const std::string with = replace_all(p.file, "milestones: [", "milestones: [{code: \"08\", date: 2025-09-20}, ");
    CHECK(p.apply(with) == "  milestones 08: date 2025-09-20 is the study file's now\nstudy S: 1 change\n");
    CHECK(p.apply(with) == nothing);
    CHECK(p.apply(p.file) == "  milestones 08: removed\nstudy S: 1 change\n");
    // The other way round it is said that the file will bring its own back.
    const auto other = p.set({"02", "2025-02-11"});
    CHECK(other.out == "  milestones 02: date 2025-02-01 -> 2025-02-11\nstudy S: 1 change\n");
    CHECK(other.err ==
          "note: milestones, 02: the study file says 2025-02-01; correct it there too, or the next 'dossier study apply' puts it "
          "back\n");
    CHECK(has(p.apply(p.file), "milestones 02: date 2025-02-11 -> 2025-02-01"));
    // A plan that a command set is taken back by none, too.
    p.set({"10", "2026-05-01", "--planned"});
    CHECK(p.set({"10", "none"}).out == "  milestones 10: removed\nstudy S: 1 change\n");
}

TEST_CASE("milestone set: what happens again and again keeps every date") {
    const Planned p;
    const auto at = [&p](Texts more) {
        more.insert(more.begin(), "06");
        more.insert(more.end(), {"--site", "701"});
        return p.set(std::move(more));
    };
    CHECK(at({"2025-03-01"}).code == 0);
    const auto second = at({"2025-09-01"});
    CHECK(second.code == 3);
    CHECK(second.err ==
          "dossier: milestone 06 stands there already: 2025-03-01. Mend: add --another where it happened once more, or --entry "
          "DATE to correct the one of that date\n");
    CHECK(p.dates("06") == "2025-03-01 -");
    CHECK(at({"2025-09-01", "--another"}).out == "  milestones 06 701: added\nstudy S: 1 change\n");
    CHECK(at({"2025-09-01", "--another"}).out == nothing); // it is there
    CHECK(at({"2026-03-01", "--planned", "--another"}).code == 0);
    CHECK(p.apply(p.file) == nothing);                // they stay
    CHECK(at({"2026-04-01", "--planned"}).code == 0); // the one that has not happened yet is planned anew
    CHECK(p.dates("06") == "2025-03-01 -; 2025-09-01 -; - 2026-04-01");
    CHECK(at({"2025-09-02", "--entry", "2025-09-01"}).code == 0);
    CHECK(has(at({"none", "--entry", "2025-09-01"}).err,
              "milestone 06 has no entry of 2025-09-01 there. Mend: its entries there are of 2025-03-01, 2025-09-02"));
    CHECK(at({"none", "--entry", "2025-03-01"}).code == 0);
    CHECK(at({"2025-09-30"}).code == 0); // what was planned has happened
    CHECK(p.dates("06") == "2025-09-02 -; 2025-09-30 2026-04-01");
    // In the file another date of it is another entry, the same date the same one.
    const std::string with = replace_all(p.file, "milestones: [",
                                         "milestones: [{code: \"06\", site: \"701\", date: 2025-09-02}, {code: \"06\", site: \"701\", "
                                         "date: 2024-09-01}, ");
    p.apply(with);
    CHECK(p.dates("06") == "2025-09-02 -; 2024-09-01 -; 2025-09-30 2026-04-01");
    CHECK(p.apply(with) == nothing);
    CHECK(has(p.set({"07", "2025-09-20", "--another"}).err, "milestone 07 happens once at a place. Mend: leave out --another"));
    p.require({"tmf", "check"});
}

TEST_CASE("milestone set: none takes back the one entry that has not happened yet, and speaks of no other") {
    const Planned p;
    p.set({"05", "2025-09-05"});
    for (const Texts& none : {Texts{"05", "none", "--planned"}, Texts{"05", "none"}}) {
        p.set({"05", "2026-10-01", "--planned", "--another"});
        const auto taken = p.set(none);
        CHECK(taken.code == 0);
        CHECK(taken.out == "  milestones 05: removed\nstudy S: 1 change\n");
        CHECK(taken.err.empty());
        CHECK(p.dates("05") == "2025-09-05 -");
    }
    // Two that happened, or two that are planned: either may be meant.
    p.set({"05", "2025-09-20", "--another"});
    CHECK(p.set({"05", "none"}).err ==
          "dossier: milestone 05 stands there already: 2025-09-05, 2025-09-20. Mend: say which one with --entry DATE\n");
    p.set({"05", "2026-10-01", "--planned", "--another"});
    p.set({"05", "2027-10-01", "--planned", "--another"});
    CHECK(has(p.set({"05", "none", "--planned"}).err, "2026-10-01 (planned), 2027-10-01 (planned). Mend: say which one with --entry DATE"));
    CHECK(p.set({"05", "none", "--entry", "2026-10-01"}).err.empty());
    CHECK(p.dates("05") == "2025-09-05 -; 2025-09-20 -; - 2027-10-01");
}

TEST_CASE("milestone set: what is odd is said of the entry that was set now, not of the milestone elsewhere") {
    const Planned p;
    const std::string odd = "note: milestones, C06: Country closed is not a milestone at site level; no due date follows from this entry\n";
    CHECK(p.set({"C06", "2025-03-01", "--site", "701"}).err == odd);
    const auto right = p.set({"C06", "2025-09-01", "--country", "DE"});
    CHECK(right.out == "  milestones C06 DEU: added\nstudy S: 1 change\n");
    CHECK(right.err.empty());
    CHECK(p.set({"C06", "2025-03-02", "--site", "701"}).err == odd);
    CHECK(p.set({"C06", "none", "--site", "701"}).err.empty());
}

TEST_CASE("study apply and milestone set say why in the audit trail") {
    const Planned p;
    p.scratch.write("STUDY.yaml", replace_all(p.file, "activated: 2025-09-01", "activated: 2025-09-08"));
    p.require({"study", "apply", "STUDY.yaml", "--reason", "opened a week later"});
    p.require({"milestone", "set", "S", "08", "2025-09-20", "--reason", "database lock form"});
    const Json trail = p.json({"tmf", "audit", "S"});
    Texts reasons;
    for (const Json& entry : trail.find("entries")->items())
        if (has(entry.find("action")->text(), "study_applied") || has(entry.find("action")->text(), "milestone_set"))
            reasons.push_back(entry.find("reason")->text());
    REQUIRE(reasons.size() == 4); // applied twice at the start
    CHECK(reasons[2] == "opened a week later");
    CHECK(reasons[3] == "database lock form");
}

TEST_CASE("milestone set: where the study file says another day of the site or country itself, both are named and which one counts") {
    const Planned p;
    const auto other = p.set({"03", "2025-03-10", "--site", "701"});
    CHECK(other.out == "  milestones 03 701: added\nstudy S: 1 change\n");
    CHECK(other.err ==
          "note: sites, 701: activated says 2025-03-01, milestone 03 there 2025-03-10: the milestone counts; where that is not "
          "meant, 'dossier milestone set S 03 none --site 701' takes it back\n");
    CHECK(has(p.require({"study", "show", "S"}), "2025-03-10"));
    CHECK(p.set({"03", "2025-03-10", "--site", "701"}).err.empty()); // said when it came
    CHECK(p.apply(p.file) == nothing);
    CHECK(p.set({"03", "2025-03-01", "--site", "701"}).err.empty()); // the same day
    CHECK(p.set({"09", "2025-09-20", "--site", "701"}).err.empty()); // the file does not say when the site closed
    CHECK(
        has(p.set({"01", "2025-02-20", "--country", "USA"}).err,
            "note: countries, USA: approved says 2025-02-15, milestone 01 there 2025-02-20: the milestone counts; where that is not meant, "
            "'dossier milestone set S 01 none --country USA' takes it back"));
    // A plan moves due dates only.
    CHECK(has(
        p.set({"03", "2025-09-15", "--planned", "--site", "0702"}).err,
        "note: sites, 0702: activated says 2025-09-01, milestone 03 there is planned for 2025-09-15: due dates go by the plan, and what "
        "has happened by activated"));
}

TEST_CASE("study apply: a day of a site that a milestone overrides is named when it changes") {
    const Planned p;
    p.set({"03", "2025-09-01", "--site", "0702"});
    p.set({"09", "2025-09-20", "--site", "701"});
    const std::string later = replace_all(p.file, "activated: 2025-09-01", "activated: 2025-09-08");
    const std::string said = "note: sites, 0702: activated says 2025-09-08, milestone 03 there 2025-09-01: the milestone counts";
    p.scratch.write("STUDY.yaml", later);
    for (const Texts& form : {Texts{"study", "apply", "STUDY.yaml", "--dry-run"}, Texts{"study", "apply", "STUDY.yaml"}}) {
        const auto run = p.run(form);
        CHECK(run.code == 0);
        CHECK(has(run.out, "sites 0702: activated 2025-09-01 -> 2025-09-08"));
        CHECK(has(run.err, said));
    }
    CHECK(p.run({"study", "apply", "STUDY.yaml"}).err.empty()); // nothing changes
    p.scratch.write("STUDY.yaml", replace_all(later, "activated: 2025-03-01", "activated: 2025-03-01, closed: 2025-09-25"));
    const auto closed = p.run({"study", "apply", "STUDY.yaml"});
    CHECK(has(closed.err, "note: sites, 701: closed says 2025-09-25, milestone 09 there 2025-09-20: the milestone counts"));
    CHECK_FALSE(has(closed.err, "0702"));
    // The file's own entry: it is to be mended there.
    p.scratch.write("STUDY.yaml", replace_all(p.file, "milestones: [", "milestones: [{code: \"03\", site: \"701\", date: 2025-03-11}, "));
    CHECK(has(p.run({"study", "apply", "STUDY.yaml"}).err,
              "note: sites, 701: activated says 2025-03-01, milestone 03 there 2025-03-11: the milestone counts; where that is not meant, "
              "correct the file"));
}
