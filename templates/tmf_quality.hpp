// Quality control of the trial master file as data: codes of rejections, artifacts of which every version is checked, rules of order
// between documents and events. Meaning of every column: docs/quality.md. Read once, then const.
#pragma once

#include "core/result.hpp"
#include "templates/source.hpp"
#include "templates/tmf_catalogue.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dossier::templates {

// In the order they are taken: intake, index, content, approval.
enum class ReviewStep { intake, index, content, approval };
const std::vector<ReviewStep>& review_steps();
std::string_view to_text(ReviewStep step);
std::optional<ReviewStep> to_review_step(std::string_view text);

struct RejectionCode { // one row of review-codes.tsv
    std::string code;  // missing_page
    std::vector<ReviewStep> steps;
    std::string text, remedy, confidence;
    bool fits(ReviewStep step) const; // every code fits approval
};

struct CriticalArtifact { // one row of critical-artifacts.tsv
    int unique_id = 0;
    std::string reason, confidence;
};

struct OrderingSide {
    enum class Kind {
        document, // the earliest date of a final document of the artifact
        final,    // the earliest day on which one was final
        milestone,
        earliest, // the milestone at the place or, where earlier, at a place below it
        person,   // the day a person began at the site: the later of joining and its opening
        shipment  // the first shipment to the site
    } kind = Kind::document;
    int unique_id = 0;
    std::string code; // of a milestone
};

struct OrderingRule { // one row of ordering-rules.tsv
    enum class Scope { study, country, site, person } scope = Scope::study;
    std::string id; // ORD-01
    OrderingSide earlier, later;
    std::optional<OrderingSide> also;    // of `later`, "A or B": the earlier of both, or the one that is there
    std::optional<OrderingSide> instead; // of `later`, "A else B": where A is not there
    std::optional<OrderingSide> until;   // the validity of `earlier` must cover all days from `later` to here
    std::string text, remedy, confidence;
};
std::string_view to_text(OrderingRule::Scope scope);

struct QualityCatalogue {
    std::vector<RejectionCode> codes;
    std::vector<CriticalArtifact> critical; // by unique identifier
    std::vector<OrderingRule> ordering;     // by id

    const RejectionCode* code(std::string_view code) const; // null when unknown
    std::vector<std::string> codes_for(ReviewStep step) const;
    const CriticalArtifact* critical_artifact(int unique_id) const;
};

// A malformed table is an error with file and line. `model`: the milestones that the rows name.
Result<QualityCatalogue> read_quality_catalogue(const Source& source, const TmfCatalogue& model);

} // namespace dossier::templates
