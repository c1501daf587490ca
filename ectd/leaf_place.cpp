#include "ectd/leaf_place.hpp"

namespace dossier::ectd {

namespace {

const templates::HeadingTree& tree_of(const Leaf& leaf, const templates::HeadingTree& ctd, const templates::HeadingTree& module1) {
    return leaf.at.file == "index.xml" ? ctd : module1;
}

} // namespace

const templates::Heading* heading_of(const Leaf& leaf, const templates::HeadingTree& ctd, const templates::HeadingTree& module1) {
    return tree_of(leaf, ctd, module1).by_element(leaf.place->element);
}

void add_extensions(std::vector<HeadingStep>& steps, const Leaf& leaf) {
    for (const std::string& title : leaf.place->extensions) steps.push_back({nullptr, {}, title});
}

std::vector<HeadingStep> steps_of(const Leaf& leaf, const templates::HeadingTree& ctd, const templates::HeadingTree& module1) {
    std::vector<HeadingStep> steps;
    const templates::Heading* heading = heading_of(leaf, ctd, module1);
    if (!heading) return steps;
    for (const templates::Heading* part : tree_of(leaf, ctd, module1).path_to(*heading)) {
        HeadingStep step{part};
        for (const auto& attribute : part->attributes)
            if (const auto value = leaf.place->attributes.find(attribute.name); value != leaf.place->attributes.end())
                step.attributes[attribute.name] = value->second;
        steps.push_back(std::move(step));
    }
    add_extensions(steps, leaf);
    return steps;
}

const templates::Heading* lowest_heading(const std::vector<HeadingStep>& steps) {
    for (auto step = steps.rbegin(); step != steps.rend(); ++step)
        if (step->heading) return step->heading;
    return nullptr;
}

} // namespace dossier::ectd
