#include "templates/artifact_origin.hpp"

#include <set>

#include "core/text.hpp"

namespace dossier::templates {

namespace {

using Names = std::set<std::string>; // in lower case

void add_names(const std::string& list, Names& names) {
    for (const std::string& name : split(list, ';'))
        if (!trim(name).empty()) names.insert(to_lower(trim(name)));
}

Names own_names(const Artifact& artifact) {
    Names names{to_lower(artifact.name)};
    add_names(artifact.alternate_names, names);
    return names;
}

bool have_one_in_common(const Names& a, const Names& b) {
    for (const std::string& name : a)
        if (b.count(name) > 0) return true;
    return false;
}

} // namespace

const Artifact* split_from(const std::string& name, const TmfCatalogue& before) {
    for (const Artifact& old : before.artifacts)
        for (const SubArtifact& part : before.sub_artifacts(old.unique_id))
            if (to_lower(part.name) == to_lower(name)) return &old;
    return nullptr;
}

std::vector<const Artifact*> origins_of(const Artifact& artifact, const TmfCatalogue& before) {
    const Names names = own_names(artifact);
    Names parts;
    add_names(artifact.sub_artifacts, parts);
    std::vector<const Artifact*> origins;
    for (const Artifact& old : before.artifacts) {
        Names known = own_names(old);
        for (const SubArtifact& part : before.sub_artifacts(old.unique_id)) known.insert(to_lower(part.name));
        if (have_one_in_common(names, known) || parts.count(to_lower(old.name)) > 0) origins.push_back(&old);
    }
    return origins;
}

} // namespace dossier::templates
