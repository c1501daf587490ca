#include "ectd/plan_ids.hpp"

#include <set>

#include "core/digest.hpp"
#include "core/text.hpp"
#include "ectd/backbone_reader.hpp"

namespace dossier::ectd {

namespace {

std::string section_of(const PlannedOperation& item) {
    std::string section = item.planned->section;
    for (const HeadingStep& step : item.steps)
        if (!step.heading) section += extension_step(step.extension);
    return section;
}

std::string id_of(const PlannedOperation& item) {
    const bool is_delete = item.operation == "delete";
    if (item.planned && !is_delete && !item.planned->row->id.empty()) return item.planned->row->id;
    std::string seed = item.file + "|" + (is_delete ? "delete" : "") + "|";
    seed += item.target && is_delete ? item.target->at.text() : section_of(item) + "|" + item.path;
    if (item.planned) seed += "|" + item.planned->form_code;
    return "id-" + sha256_of(seed).hex().substr(0, 16);
}

} // namespace

std::vector<Error> give_ids(Plan& plan) {
    std::vector<Error> errors;
    std::set<std::pair<std::string, std::string>> used{{"index.xml", plan.regional_leaf_id}};
    for (PlannedOperation& item : plan.operations) {
        item.id = id_of(item);
        if (!used.emplace(item.file, item.id).second && item.planned)
            errors.emplace_back(ErrorKind::invalid, fill("the ID {} is used twice", item.id), item.planned->row->at("id"),
                                "give one of the two rows another id");
    }
    return errors;
}

} // namespace dossier::ectd
