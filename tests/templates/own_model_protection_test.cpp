// What may unblind, and what must not enter the sponsor's file, stays so in a model of an organisation's own: also where a part of it has
// become an artifact with an identifier of its own. Flags and names of the shipped artifacts are those of the published model.
#include <catch2/catch.hpp>

#include "core/yaml.hpp"
#include "templates/model_changes.hpp"
#include "templates/own_model.hpp"

using namespace dossier;
using namespace dossier::templates;

namespace {

const std::string head = "Unique ID Number,Artifact #,Artifact name,Sub-artifacts,Trial Level Document,Site Level Document";

struct Read {
    TmfCatalogue catalogue;
    std::vector<std::string> notes;
};

Read read(const std::string& csv, const Yaml* mapping = nullptr) {
    WorkbookWish wish;
    wish.model = "4.0-acme";
    wish.mapping = mapping;
    const auto outcome = read_model_workbook(Source(), csv, "MODEL.csv", wish);
    INFO((outcome ? "" : to_text(outcome.error())));
    REQUIRE(outcome);
    auto catalogue = read_own_model(Source(), outcome->table, "MODEL.csv");
    INFO((catalogue ? "" : to_text(catalogue.error())));
    REQUIRE(catalogue);
    return {std::move(*catalogue), outcome->notes};
}

bool told(const Read& read, const std::string& text) {
    for (const std::string& note : read.notes)
        if (note.find(text) != std::string::npos) return true;
    return false;
}

} // namespace

TEST_CASE("own model: the parts of what may unblind may unblind, those of what stays at the site stay there") {
    const Read model = read(head + "\n"
                                   "133,06.03.01,Allocation,,X,\n"                                  // as before, under another name
                                   "234,05.04.30,Participant log,,,X\n"                             // as before
                                   "302,05.04.31,Subject identification LOG,,,X\n"                  // sub-artifact of 234
                                   "303,05.04.32,Subject identification code list,,,X\n"            // alternate name of 234
                                   "304,06.03.09,IP Treatment Allocation Documentation,,X,\n"       // the name 133 had
                                   "305,11.02.09,Randomisation file,Master Randomization List,X,\n" // has taken 213 in
                                   "306,05.02.40,Site laptop receipt,Invoice,,X\n"); // shares no more than a word with a part of 121
    const auto& known = model.catalogue;
    CHECK(known.artifact(133)->restricted);
    CHECK(known.artifact(234)->isf_only);
    CHECK(known.artifact(302)->isf_only);
    CHECK_FALSE(known.artifact(302)->restricted);
    CHECK(known.artifact(303)->isf_only);
    CHECK(known.artifact(304)->restricted);
    CHECK_FALSE(known.artifact(304)->isf_only);
    CHECK(known.artifact(305)->restricted);
    CHECK_FALSE(known.artifact(306)->restricted);
    CHECK_FALSE(known.artifact(306)->isf_only);
    CHECK(told(model,
               "artifact 302 Subject identification LOG stays in the investigator's file, as 234 Subject Identification Log of 3.3.1"));
    CHECK(told(model, "artifact 305 Randomisation file may unblind, as 213 Master Randomization List of 3.3.1"));
    CHECK_FALSE(told(model, "artifact 306"));
}

TEST_CASE("own model: a part is open where its row says so in words, not where the cell is empty") {
    const auto mapping = parse_yaml("columns: {Unblinding: restricted}\n", "map.yaml");
    REQUIRE(mapping);
    const Read model = read(head + ",Unblinding\n"
                                   "305,11.02.09,Master Randomization List,,X,,no\n"
                                   "306,06.03.09,Kit List,,X,,\n",
                            &*mapping);
    CHECK_FALSE(model.catalogue.artifact(305)->restricted);
    CHECK(model.catalogue.artifact(306)->restricted);
    CHECK_FALSE(told(model, "artifact 305"));
}

TEST_CASE("a change of model says what is protected from now on, and what not any longer") {
    const auto before = read_tmf_catalogue(Source());
    REQUIRE(before);
    TmfCatalogue after = *before;
    for (Artifact& artifact : after.artifacts) {
        if (artifact.unique_id == 32) artifact.restricted = true;
        if (artifact.unique_id == 213) artifact.restricted = false;
        if (artifact.unique_id == 33) artifact.isf_only = true;
        if (artifact.unique_id == 234) artifact.isf_only = false;
    }
    CHECK(describe_artifact_changes(*before, after) == std::vector<std::string>{"032 is for unblinded people now",
                                                                                "033 stays in the investigator's file now",
                                                                                "213 is not for unblinded people any longer",
                                                                                "234 need not stay in the investigator's file any longer"});
}
