#include "ectd/plan_absent.hpp"

#include "core/text.hpp"
#include "ectd/leaf_place.hpp"

namespace dossier::ectd {

namespace {

bool is_per_sequence(const Leaf& leaf, const templates::Heading* heading) {
    return leaf.place->element == "form" || (heading && heading->per_sequence);
}

Error too_many(const PlanRequest& request, const std::vector<const Leaf*>& absent) {
    Error error(
        ErrorKind::invalid,
        fill("{} leaves of the application have no row in the plan and would be deleted; at most {} are without being asked", absent.size(),
             request.allow_deletes),
        {request.table->path},
        fill("if that is meant, add --allow-deletes {}; if the plan lists only what this sequence brings, add --delta", absent.size()));
    for (const Leaf* leaf : absent)
        error.details.emplace_back(ErrorKind::invalid, fill("no row for {} \"{}\"", leaf->at.text(), leaf->title));
    return error;
}

} // namespace

std::vector<PlannedOperation> delete_absent(const PlanRequest& request, const LeafMatcher& matcher,
                                            const std::set<const Leaf*>& appended_to, std::vector<Error>& errors) {
    const templates::HeadingTree &ctd = request.catalogue.ctd, &module1 = request.region.module1();
    std::vector<const Leaf*> absent;
    for (const Leaf* leaf : matcher.index().all())
        if (!matcher.is_taken(*leaf) && appended_to.count(leaf) == 0 && !is_per_sequence(*leaf, heading_of(*leaf, ctd, module1)))
            absent.push_back(leaf);
    std::vector<PlannedOperation> operations;
    if (static_cast<std::int64_t>(absent.size()) > request.allow_deletes) {
        errors.push_back(too_many(request, absent));
        return operations;
    }
    for (const Leaf* leaf : absent) {
        const templates::Heading* heading = heading_of(*leaf, ctd, module1);
        if (!heading) {
            errors.emplace_back(ErrorKind::unsupported,
                                fill("{} lies under {}, where this region does not let us write", leaf->at.text(), leaf->place->section),
                                Place{request.table->path}, "keep a row for it, or use --delta");
            continue;
        }
        PlannedOperation item;
        item.operation = "delete";
        item.target = leaf;
        item.file = leaf->at.file;
        item.steps = steps_of(*leaf, ctd, module1);
        item.section = heading->number;
        item.title = leaf->title;
        item.path = path_in_sequence(*leaf);
        item.reason = "the plan has no row for it";
        item.study = matcher.study_of(*leaf);
        operations.push_back(std::move(item));
    }
    return operations;
}

} // namespace dossier::ectd
