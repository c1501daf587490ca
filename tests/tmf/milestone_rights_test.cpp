// Who may record the milestones of which place: a manager of a country or a site those of his own, and he is told nothing of others.
#include "tests/tmf/program.hpp"

#include "tmf/milestone_places.hpp"

using namespace tmf_test;

namespace {

using Texts = std::vector<std::string>;

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

// 801 is in Germany, 701 and 0702 are in the USA.
struct Managed : Program {
    const std::string file = replace_all(program_study, "sites:\n", "sites:\n  - {id: \"801\", country: DEU}\n");
    Managed() {
        scratch.write("STUDY.yaml", file);
        require({"study", "apply", "STUDY.yaml"});
        require({"user", "add", "dora", "--role", "manager", "--study", "S", "--country", "DEU"});
        require({"user", "add", "mia", "--role", "manager", "--study", "S", "--site", "701"});
        require({"user", "add", "max", "--role", "manager", "--study", "S"});
        require({"user", "add", "fay", "--role", "filer", "--study", "S"});
    }
    test::Run by(const std::string& who, Texts arguments) {
        user = who;
        const test::Run result = run(std::move(arguments));
        user = "ann";
        return result;
    }
    test::Run set(const std::string& who, Texts arguments) {
        arguments.insert(arguments.begin(), {"milestone", "set", "S"});
        return by(who, std::move(arguments));
    }
    std::size_t audited() const { return json({"tmf", "audit"}).find("entries")->items().size(); }
    std::string facts() const { return require({"study", "show", "S", "--json"}); }
};

} // namespace

TEST_CASE("milestone set: a manager of a country records the milestones of the country and of its sites") {
    Managed p;
    const auto done = [&p](const std::string& who, const Texts& arguments, const std::string& said) {
        const test::Run run = p.set(who, arguments);
        INFO(who + ": " + run.out + run.err);
        CHECK(run.code == 0);
        CHECK(has(run.out, said));
    };
    done("dora", {"03", "2025-09-01", "--site", "801"}, "milestones 03 801: added");
    done("dora", {"03", "2025-09-02", "--site", "801"}, "date 2025-09-01 -> 2025-09-02");
    done("dora", {"02", "2025-08-01", "--country", "DEU"}, "milestones 02 DEU: added");
    done("dora", {"04", "2026-01-10", "--country", "DEU", "--planned"}, "milestones 04 DEU: added");
    done("dora", {"03", "none", "--site", "801"}, "removed");
    done("mia", {"04", "2025-09-01", "--site", "701"}, "milestones 04 701: added");
    done("max", {"04", "2025-09-01", "--site", "0702"}, "milestones 04 0702: added");
    done("max", {"07", "2025-09-01"}, "milestones 07: added");
    const std::string history = p.require({"tmf", "audit", "S"});
    INFO(history);
    CHECK(has(history, "dora"));
    p.require({"tmf", "check"});
}

TEST_CASE("milestone set: other places than one's own, and the trial's, are refused alike whatever stands there") {
    Managed p;
    const auto refused = [&p](const std::string& who, const Texts& arguments) {
        const std::string before = p.facts();
        const std::size_t entries = p.audited();
        const test::Run run = p.set(who, arguments);
        INFO(who + ": " + run.out + run.err);
        CHECK(run.code == 3);
        CHECK(run.out.empty());
        CHECK(p.facts() == before);
        CHECK(p.audited() == entries);
        return run.err;
    };
    const std::string dora = "dossier: dora may not record milestones in ", mia = "dossier: mia may not record milestones in ";
    const std::string tail = ". Mend: it takes the role manager; a manager gives it with 'dossier user add'\n";
    const std::string of_country = ": the roles are manager of country DEU of study S" + tail;
    const std::string of_site = ": the roles are manager of site 701 of study S" + tail;
    CHECK(refused("dora", {"02", "2025-08-01", "--country", "USA"}) == dora + "country USA of study S" + of_country);
    CHECK(refused("dora", {"03", "2025-09-01", "--site", "701"}) == dora + "site 701 of study S" + of_country);
    CHECK(refused("dora", {"07", "2025-09-01"}) == dora + "study S" + of_country);
    CHECK(refused("dora", {"02", "2025-02-09"}) == dora + "study S" + of_country); // where the file has a date
    CHECK(refused("mia", {"03", "2025-09-01", "--site", "0702"}) == mia + "site 0702 of study S" + of_site);
    CHECK(refused("mia", {"02", "2025-08-01", "--country", "USA"}) == mia + "country USA of study S" + of_site);
    CHECK(has(refused("fay", {"03", "2025-09-01", "--site", "801"}), "fay may not record milestones"));
    // 05 happens again and again: the dates that stand elsewhere are not told.
    REQUIRE(p.set("ann", {"05", "2025-09-04", "--site", "701"}).code == 0);
    CHECK(refused("dora", {"05", "2025-09-05", "--site", "701"}) == dora + "site 701 of study S" + of_country);
    CHECK(refused("dora", {"05", "none", "--site", "701", "--entry", "2025-09-06"}) == dora + "site 701 of study S" + of_country);
    CHECK(refused("dora", {"05", "2025-09-04", "--site", "701"}) == dora + "site 701 of study S" + of_country); // it is so already
    // Unblinding takes its own role, in the whole study.
    CHECK(has(refused("max", {"S11", "2025-09-30"}), "it takes the role unblinded"));
    // The facts by a file are the whole study's, also where only a milestone of the country is new.
    p.scratch.write("STUDY.yaml", replace_all(p.file, "milestones: [", "milestones: [{code: \"02\", country: DEU, date: 2025-08-01}, "));
    const test::Run apply = p.by("dora", {"study", "apply", "STUDY.yaml"});
    CHECK(apply.code == 3);
    CHECK(has(apply.err, "dora may not change the facts of studies in study S"));
    CHECK(p.by("max", {"study", "apply", "STUDY.yaml"}).code == 0);
}

TEST_CASE("places of milestones: where entries differ, and nothing where anything else does") {
    using dossier::tmf::places_of_milestones;
    using dossier::tmf::StudyRecord;
    const auto record = [](const std::string& rest, const std::string& milestones) {
        return StudyRecord{"S", "3.3.1",
                           R"({"study":{"id":"S"},"sites":[{"id":"801","country":"DEU"}],)" + rest + R"("milestones":[)" + milestones +
                               "]}"};
    };
    const auto places = [](const StudyRecord& before, const StudyRecord& after) {
        Texts texts;
        for (const auto& place : places_of_milestones(before, after)) texts.push_back(place.country + "/" + place.site);
        return join(texts, " ");
    };
    const std::string trial = R"({"code":"02","date":"2025-02-01"})", usa = R"({"code":"02","country":"USA","date":"2025-02-01"})";
    const std::string site = R"({"code":"03","site":"801","date":"2025-02-01"})",
                      later = R"({"code":"03","site":"801","date":"2025-02-02"})";
    CHECK(places(record("", trial), record("", trial + "," + site)) == "DEU/801");
    CHECK(places(record("", trial + "," + site), record("", trial)) == "DEU/801");
    CHECK(places(record("", site + "," + trial), record("", trial + "," + later)) == "DEU/801"); // another order is no difference
    CHECK(places(record("", trial), record("", usa)) == "/ USA/");
    CHECK(places(record("", site), record("", site + "," + site)) == "DEU/801");
    CHECK(places(record("", site), record(R"("people":[],)", later)).empty());
    CHECK(places(record("", site), record("", site)).empty());
    CHECK(places({"S", "3.3.1", "{"}, record("", site)).empty());
    StudyRecord other_model = record("", later);
    other_model.model = "4.0";
    CHECK(places(record("", site), other_model).empty());
    // A study without milestones so far.
    CHECK(places({"S", "3.3.1", R"({"sites":[{"id":"801","country":"DEU"}]})"},
                 {"S", "3.3.1", R"({"sites":[{"id":"801","country":"DEU"}],"milestones":[)" + site + "]}"}) == "DEU/801");
}
