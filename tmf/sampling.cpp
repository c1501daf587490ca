#include "tmf/sampling.hpp"

#include <algorithm>
#include <map>

#include "core/digest.hpp"
#include "core/text.hpp"
#include "tmf/quality_records.hpp"
#include "tmf/refiling.hpp"

namespace dossier::tmf {

namespace {

using Members = std::vector<SampledVersion*>;

struct Yield {
    std::int64_t first_pass = 0, passed = 0;
    bool is_below(std::int64_t target) const { return first_pass > 0 && passed * 100 < target * first_pass; }
    std::string text() const { return fill("{} of {}", passed, first_pass); }
};

Yield yield_of(const Members& members, std::int64_t percent) {
    Yield yield;
    for (const SampledVersion* member : members) {
        if (!is_drawn(member->draw, percent) || !member->outcome.is_first_pass) continue;
        if (member->outcome.kind == ReviewOutcome::Kind::waiting) continue;
        ++yield.first_pass;
        yield.passed += member->outcome.kind == ReviewOutcome::Kind::accepted ? 1 : 0;
    }
    return yield;
}

// Doubled while what was checked so far did not pass often enough.
std::int64_t tightened_percent(const Members& members, const SamplePlan& plan, std::string& why) {
    std::int64_t percent = plan.percent;
    while (percent < 100) {
        const Yield yield = yield_of(members, percent);
        if (!yield.is_below(plan.target)) break;
        why = fill("first-pass yield {} at {} % is below {} %", yield.text(), percent, plan.target);
        percent = std::min<std::int64_t>(100, percent * 2);
    }
    return percent;
}

void choose_drawn(const Members& members, const SamplePlan& plan, SampledArtifact& artifact) {
    std::string why;
    artifact.percent = tightened_percent(members, plan, why);
    for (SampledVersion* member : members) {
        if (is_drawn(member->draw, plan.percent)) {
            member->why = SampledVersion::Why::drawn;
            member->reason = fill("drawn: {} < {}", draw_text(member->draw), plan.percent);
        } else if (is_drawn(member->draw, artifact.percent)) {
            member->why = SampledVersion::Why::tightened;
            member->reason =
                fill("tightened to {} % ({}): drawn {} < {}", artifact.percent, why, draw_text(member->draw), artifact.percent);
        } else {
            member->reason = fill("not drawn: {} is not below {}", draw_text(member->draw), artifact.percent);
        }
    }
}

// Why the artifact is critical; empty when it is not.
std::string critical_reason(int unique_id, const Study& study, const templates::QualityCatalogue& quality) {
    if (study.critical)
        return std::binary_search(study.critical->begin(), study.critical->end(), unique_id) ? "named in the study's own list" : "";
    const auto* artifact = quality.critical_artifact(unique_id);
    return artifact ? artifact->reason : "";
}

void choose(const Members& members, const Study& study, const templates::QualityCatalogue& quality, const SamplePlan& plan,
            SampledArtifact& artifact) {
    const std::string critical = critical_reason(artifact.unique_id, study, quality);
    artifact.critical = !critical.empty();
    if (artifact.critical) {
        artifact.percent = 100;
        for (SampledVersion* member : members) {
            member->why = SampledVersion::Why::critical;
            member->reason = "critical: " + critical;
        }
    } else {
        choose_drawn(members, plan, artifact);
    }
    const Yield yield = yield_of(members, artifact.percent);
    artifact.first_pass = yield.first_pass;
    artifact.passed = yield.passed;
    artifact.versions = static_cast<std::int64_t>(members.size());
    artifact.chosen = std::count_if(members.begin(), members.end(), [](const SampledVersion* member) { return member->is_chosen(); });
}

} // namespace

std::string_view to_text(SampledVersion::Why why) {
    switch (why) {
    case SampledVersion::Why::critical:
        return "critical";
    case SampledVersion::Why::drawn:
        return "drawn";
    case SampledVersion::Why::tightened:
        return "tightened";
    case SampledVersion::Why::not_drawn:
        break;
    }
    return "not_drawn";
}

std::uint32_t draw_of(const std::string& seed, const std::string& version_id) {
    const std::string hex = sha256_of(seed + ":" + version_id).hex().substr(0, 8);
    std::uint32_t value = 0;
    for (const char c : hex) value = value * 16 + static_cast<std::uint32_t>(c <= '9' ? c - '0' : c - 'a' + 10);
    return value;
}

bool is_drawn(std::uint32_t draw, std::int64_t percent) {
    return std::uint64_t{draw} * 100 < static_cast<std::uint64_t>(percent) << 32; // both below 2^39
}

std::string draw_text(std::uint32_t draw) {
    const auto hundredths = static_cast<std::int64_t>((std::uint64_t{draw} * 10000) >> 32);
    return fill("{}.{:02}", hundredths / 100, hundredths % 100);
}

Sample draw_sample(const std::vector<const StoredDocument*>& documents, const Study& study, const templates::QualityCatalogue& quality,
                   const SamplePlan& plan) {
    Sample sample;
    sample.plan = plan;
    const Refilings refilings = find_refilings(documents, plan.as_of);
    for (const StoredDocument* stored : documents)
        for (std::size_t i = 0; i < stored->versions.size(); ++i) {
            const VersionRecord& version = stored->versions[i];
            if (!is_for_review(version, plan.as_of)) continue;
            SampledVersion member;
            member.stored = stored;
            member.index = i;
            member.outcome = review_outcome(*stored, i, plan.as_of, refilings);
            member.draw = draw_of(plan.seed, version_id(version.document, version.number));
            sample.versions.push_back(std::move(member));
        }
    std::map<int, Members> by_artifact;
    for (SampledVersion& member : sample.versions) by_artifact[member.stored->document.unique_id].push_back(&member);
    for (auto& [unique_id, members] : by_artifact) {
        SampledArtifact& artifact = sample.artifacts.emplace_back();
        artifact.unique_id = unique_id;
        choose(members, study, quality, plan, artifact);
    }
    return sample;
}

} // namespace dossier::tmf
