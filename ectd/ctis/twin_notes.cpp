#include "ectd/ctis/twin_notes.hpp"

#include "core/text.hpp"

namespace dossier::ectd::ctis {

std::vector<std::string> twin_notes(const templates::CtisCatalogue& catalogue, const Contents& contents) {
    std::vector<std::string> notes;
    for (const Twins& twins : find_twins(catalogue, contents)) {
        if (!twins.redacted || !twins.redacted->has_file() || !twins.confidential->has_file()) continue;
        const Document &shown = *twins.redacted, &hidden = *twins.confidential;
        if (shown.sha256 == hidden.sha256)
            notes.push_back(
                fill("{}: the file for publication has the same bytes as the one that is not for publication, nothing is redacted "
                     "in it. Mend: name the redacted file, or, where nothing has to be redacted, remove the row of the other one",
                     shown.shown()));
        if (shown.version != hidden.version)
            notes.push_back(fill("{}: the file for publication is version {}, the one that is not for publication version {}. Mend: redact "
                                 "the version that is submitted",
                                 shown.shown(), shown.version.empty() ? "none" : shown.version,
                                 hidden.version.empty() ? "none" : hidden.version));
    }
    return notes;
}

} // namespace dossier::ectd::ctis
