#include "ectd/region/region.hpp"

#include "core/path.hpp"
#include "core/text.hpp"

namespace dossier::ectd {

Result<std::unique_ptr<Region>> make_region(const std::string& name, const templates::EctdCatalogue& catalogue) {
    if (name == "us") return make_us_region(catalogue);
    if (name == "ca") return make_ca_region(catalogue);
    if (name == "eu")
        return Error(ErrorKind::unsupported, "sequences for region eu are read and validated, not built yet", {},
                     "us and ca can be built; a clinical trial application in the EU has type cta");
    return Error(ErrorKind::invalid, fill("{} is no region", name), {}, "one of us, eu, ca");
}

std::string regional_leaf_id(const Region& region) {
    const std::string name = path::file_name(region.regional_file());
    return name.substr(0, name.size() - path::extension(name).size() - 1);
}

} // namespace dossier::ectd
