#include "ectd/region/region.hpp"

#include "core/text.hpp"

namespace dossier::ectd {

Result<std::unique_ptr<Region>> make_region(const std::string& name, const templates::EctdCatalogue& catalogue) {
    if (name == "us") return make_us_region(catalogue);
    if (name == "eu" || name == "ca")
        return Error(ErrorKind::unsupported, fill("sequences for region {} are read and validated, not built yet", name), {},
                     "region us can be built");
    return Error(ErrorKind::invalid, fill("{} is no region", name), {}, "one of us, eu, ca");
}

} // namespace dossier::ectd
