#include "ectd/plan_absent.hpp"

#include "core/text.hpp"
#include "ectd/leaf_place.hpp"

namespace dossier::ectd {

bool is_sent_each_time(const Leaf& leaf, const templates::HeadingTree& ctd, const templates::HeadingTree& module1) {
    const templates::Heading* heading = heading_of(leaf, ctd, module1);
    return leaf.place->element == "form" || (heading && heading->per_sequence);
}

namespace {

// Those that move are no slip of a person who forgot rows, and are told apart: a value that was misspelt moves all below it.
Error too_many(const PlanRequest& request, const LeafMatcher& matcher, const std::vector<const Leaf*>& absent, Moves& moves) {
    std::vector<Error> details;
    std::size_t moving = 0;
    for (const Leaf* leaf : absent) {
        const templates::Heading* heading = heading_of(*leaf, request.catalogue.ctd, request.region.module1());
        const std::string section = heading ? heading->number : "";
        const PlannedOperation* item = moves.of(*leaf, section);
        if (item) ++moving;
        details.emplace_back(ErrorKind::invalid,
                             item ? fill("{} \"{}\" moves: row {} has it {}", leaf->at.text(), leaf->title, item->planned->row->place.line,
                                         describe_move(*item, *leaf, section, matcher.study_of(*leaf)).how)
                                  : fill("no row for {} \"{}\"", leaf->at.text(), leaf->title));
    }
    const std::size_t count = absent.size(), lost = count - moving;
    std::string message, remedy = fill("if that is meant, add --allow-deletes {}", count);
    if (lost == 0)
        message = fill("{} leaves of the application would move from one node to another (delete and new); at most {} deletes are without "
                       "being asked",
                       count, request.allow_deletes);
    else if (moving == 0)
        message = fill("{} leaves of the application have no row in the plan and would be deleted; at most {} are without being asked",
                       count, request.allow_deletes);
    else
        message = fill("{} leaves of the application would be deleted: {} that move from one node to another (delete and new), {} that "
                       "have no row in the plan; at most {} are without being asked",
                       count, moving, lost, request.allow_deletes);
    if (moving > 0)
        remedy += "; if the documents are to stay where they are, write section, attributes and study as the application has them";
    if (lost > 0) remedy += "; if the plan lists only what this sequence brings, add --delta";
    Error error(ErrorKind::invalid, std::move(message), {request.table->path}, std::move(remedy));
    error.details = std::move(details);
    return error;
}

} // namespace

std::vector<PlannedOperation> delete_absent(const PlanRequest& request, const LeafMatcher& matcher,
                                            const std::set<const Leaf*>& appended_to, Moves& moves, std::vector<Error>& errors) {
    const templates::HeadingTree &ctd = request.catalogue.ctd, &module1 = request.region.module1();
    std::vector<const Leaf*> absent;
    for (const Leaf* leaf : matcher.index().all())
        if (!matcher.is_taken(*leaf) && appended_to.count(leaf) == 0 && !is_sent_each_time(*leaf, ctd, module1)) absent.push_back(leaf);
    std::vector<PlannedOperation> operations;
    if (static_cast<std::int64_t>(absent.size()) > request.allow_deletes) {
        errors.push_back(too_many(request, matcher, absent, moves));
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
