// The sampling plan of quality control: which versions are to be checked. Critical artifacts whole; of the others a percentage, drawn by
// SHA-256 of the seed and the version's id, so that anybody can draw it again; more of an artifact whose first-pass yield is too low.
// The arithmetic is written down in docs/quality.md. Pure functions.
#pragma once

#include "templates/tmf_quality.hpp"
#include "tmf/review_outcome.hpp"
#include "tmf/study.hpp"

namespace dossier::tmf {

struct SamplePlan {
    std::int64_t percent = 20; // 1 to 100
    std::int64_t target = 95;  // first-pass yield, in percent, below which an artifact is tightened
    std::string seed;          // not empty
    Date as_of;
};

struct SampledVersion {
    const StoredDocument* stored = nullptr;
    std::size_t index = 0; // of the version
    ReviewOutcome outcome;
    std::uint32_t draw = 0; // the first 8 digits of the hash; of 2^32
    enum class Why { critical, drawn, tightened, not_drawn } why = Why::not_drawn;
    std::string reason; // in words, with the numbers
    bool is_chosen() const { return why != Why::not_drawn; }
    const VersionRecord& version() const { return stored->versions[index]; }
};
std::string_view to_text(SampledVersion::Why why);

struct SampledArtifact {
    int unique_id = 0;
    bool critical = false;
    std::int64_t percent = 0;                // that applies: 100 for critical ones, raised for tightened ones
    std::int64_t versions = 0, chosen = 0;   // in the plan's population; of these to be checked
    std::int64_t first_pass = 0, passed = 0; // chosen, decided and on their first pass; of these accepted
};

struct Sample {
    SamplePlan plan;
    std::vector<SampledVersion> versions;   // the whole population, by document and version
    std::vector<SampledArtifact> artifacts; // by unique identifier
};

std::uint32_t draw_of(const std::string& seed, const std::string& version_id); // SHA-256 of "SEED:D-000012@1"
bool is_drawn(std::uint32_t draw, std::int64_t percent);                       // draw / 2^32 < percent / 100
std::string draw_text(std::uint32_t draw);                                     // in percent, cut after two digits: 12.34

// The documents must outlive the sample.
Sample draw_sample(const std::vector<const StoredDocument*>& documents, const Study& study, const templates::QualityCatalogue& quality,
                   const SamplePlan& plan);

} // namespace dossier::tmf
