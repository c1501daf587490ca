// The tables of quality control: whole, consistent with the reference model, and refused when malformed.
#include <catch2/catch.hpp>

#include "core/text.hpp"
#include "templates/tmf_quality.hpp"
#include "tests/support/run.hpp"

using namespace dossier;
using namespace dossier::templates;

namespace {

TmfCatalogue model() {
    auto catalogue = read_tmf_catalogue(Source());
    REQUIRE(catalogue);
    return std::move(*catalogue);
}

} // namespace

TEST_CASE("rejection codes: those of earlier versions are there, and every step has some") {
    const auto quality = read_quality_catalogue(Source(), model());
    REQUIRE(quality);
    // The codes that were in the program before the table was: scripts and audit trails use them.
    for (const char* code : {"wrong_artifact", "wrong_place", "wrong_version", "missing_page", "illegible", "wrong_date", "unsigned",
                             "duplicate", "personal_data", "unblinding", "not_certified", "other"}) {
        INFO(code);
        REQUIRE(quality->code(code));
        CHECK(quality->code(code)->fits(ReviewStep::approval));
    }
    CHECK(quality->code("missing") == nullptr);
    CHECK(quality->codes_for(ReviewStep::approval).size() == quality->codes.size());
    // A signature is looked for on the page, not when a file comes in; a misfiled place is found in the index.
    CHECK_FALSE(quality->code("unsigned")->fits(ReviewStep::intake));
    CHECK(quality->code("wrong_place")->steps == std::vector<ReviewStep>{ReviewStep::index});
}

TEST_CASE("critical artifacts and rules of order name artifacts of the model as it calls them") {
    const TmfCatalogue catalogue = model();
    const auto quality = read_quality_catalogue(Source(), catalogue);
    REQUIRE(quality);
    const auto table = Source().read_tsv("tmf/critical-artifacts.tsv", {"unique_id", "artifact", "name", "reason", "confidence"});
    REQUIRE(table);
    REQUIRE(table->rows.size() == quality->critical.size());
    for (std::size_t i = 0; i < quality->critical.size(); ++i) {
        const Artifact* artifact = catalogue.artifact(quality->critical[i].unique_id);
        REQUIRE(artifact);
        CHECK(table->rows[i].cells[1] == artifact->number);
        CHECK(table->rows[i].cells[2] == artifact->name);
        CHECK_FALSE(artifact->isf_only); // such a document is never filed
    }
    CHECK(quality->critical_artifact(32) != nullptr); // the protocol
    CHECK(quality->critical_artifact(13) == nullptr); // a newsletter
    for (const OrderingRule& rule : quality->ordering) {
        INFO(rule.id);
        for (const OrderingSide* side :
             {&rule.earlier, &rule.later, rule.also ? &*rule.also : nullptr, rule.instead ? &*rule.instead : nullptr})
            if (side && side->unique_id != 0) CHECK(catalogue.artifact(side->unique_id));
        if (!rule.until) CHECK(rule.earlier.kind != OrderingSide::Kind::milestone); // each rule is about a document
    }
}

TEST_CASE("a malformed table of quality control is refused with file, line and column") {
    const TmfCatalogue catalogue = model();
    const auto fault = [&](const std::string& file, const std::string& from, const std::string& to) {
        test::Scratch scratch;
        const Source built_in;
        for (const std::string& name : built_in.list("tmf/")) {
            std::string bytes = *built_in.read(name);
            if (name == "tmf/" + file) {
                REQUIRE(bytes.find(from) != std::string::npos);
                bytes.replace(bytes.find(from), from.size(), to);
            }
            scratch.write(name, bytes);
        }
        const auto quality = read_quality_catalogue(Source(scratch.path()), catalogue);
        REQUIRE_FALSE(quality);
        return fill("{}: {}", quality.error().where.column, quality.error().message);
    };
    CHECK(fault("review-codes.tsv", "\tintake content\t", "\tintake reading\t") ==
          "steps: unknown word \"reading\"; possible are intake, index, content");
    CHECK(fault("review-codes.tsv", "damaged_file", "illegible") == "code: this code stands there twice");
    CHECK(fault("critical-artifacts.tsv", "\n032\t", "\n32\t") == "unique_id: \"32\" is no unique identifier of three digits");
    CHECK(fault("critical-artifacts.tsv", "\n032\t", "\n036\t") == "unique_id: rows are sorted by unique identifier, each once");
    CHECK(fault("ordering-rules.tsv", "document:101", "paper:101").find("earlier: \"paper:101\" is no side of a rule") == 0);
    CHECK(fault("ordering-rules.tsv", "milestone:04", "milestone:4") == "later: there is no milestone \"4\"");
    CHECK(fault("ordering-rules.tsv", "else document:102", "else meeting:102").find("later: \"meeting:102\" is no side of a rule") == 0);
    CHECK(fault("ordering-rules.tsv", "or document:121", "or document:9") == "later: \"9\" is no unique identifier of three digits");
    CHECK(fault("ordering-rules.tsv", "\tperson\tdocument:104", "\tsite\tdocument:104") == "scope: person:start needs the scope person");
    CHECK(fault("ordering-rules.tsv", "ORD-02", "ORD-01") == "rule: rows are sorted by rule, each once");
}
