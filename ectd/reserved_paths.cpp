#include "ectd/reserved_paths.hpp"

#include "core/text.hpp"
#include "ectd/stf_writer.hpp"

namespace dossier::ectd {

std::vector<Error> check_reserved_paths(const Plan& plan, const Region& region) {
    std::map<std::string, std::string> reserved{{region.regional_file(), "the regional file"}};
    std::vector<Error> errors;
    for (const StfPlan& stf : plan_stfs(plan)) {
        const auto [first, is_free] = reserved.emplace(stf.path, "the study tagging file of " + stf.study_id);
        if (!is_free)
            errors.emplace_back(ErrorKind::invalid, fill("{} would lie where {} does: {}", stf_title(stf), first->second, stf.path),
                                stf.contents.front()->planned->row->at("study"),
                                "give the studies identifiers that differ in letters or digits");
    }
    for (const PlannedOperation& item : plan.operations) {
        if (!item.planned || item.operation == "delete" || !item.reused.empty()) continue;
        const auto taken = reserved.find(item.path);
        if (taken == reserved.end()) continue;
        const bool written = !item.planned->row->path.empty();
        errors.emplace_back(ErrorKind::invalid, fill("{} is where the build writes {}", item.path, taken->second),
                            item.planned->row->at(written ? "path" : "source"), fill("write another name in path"));
    }
    return errors;
}

} // namespace dossier::ectd
