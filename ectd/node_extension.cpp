#include "ectd/node_extension.hpp"

#include "core/text.hpp"
#include "ectd/plan_rows.hpp"

#include <algorithm>

namespace dossier::ectd {

Result<OpenedExtension> open_node_extension(const templates::EctdCatalogue& catalogue, const ApplicationFile& application,
                                            const templates::Heading& heading, const std::vector<std::string>& titles) {
    const std::string written = join_titles(titles);
    if (heading.holds != templates::Holds::leaves_extensions)
        return Error(ErrorKind::invalid, fill("section {} takes no node extension: it is not of the lowest level", heading.number), {},
                     "empty the cell, or file it under a section below");
    for (const AgreedExtension& agreed : application.node_extensions)
        if (agreed.section == heading.number && agreed.title == titles.front())
            return OpenedExtension{fill("opens the node extension \"{}\", which application.yaml allows", written), {}};
    std::vector<std::string> taken;
    for (const templates::NodeExtension& known : catalogue.node_extensions) {
        if (known.region != application.region) continue;
        if (known.section == heading.number && known.is_titled(titles.front()))
            return OpenedExtension{fill("opens the node extension \"{}\", which the agency takes", written),
                                   known.confidence == "official" ? ""
                                                                  : fill("not certain: the node extension \"{}\" of section {} ({})",
                                                                         titles.front(), heading.number, known.note)};
        taken.push_back(fill("\"{}\" in {}", known.title, known.section));
    }
    const std::string there =
        taken.empty() ? "write the title of one that is there" : fill("write one that is there, or {}", join(taken, ", "));
    return Error(ErrorKind::invalid,
                 fill("no current leaf of section {} sits in a node extension \"{}\", and the agency is not known to take such a new one",
                      heading.number, written),
                 {},
                 fill("empty the cell; {}; or, where it was agreed with the agency, name section and title under application, "
                      "node_extensions in application.yaml",
                      there));
}

} // namespace dossier::ectd
