#include "cli/ectd_reading.hpp"

#include "core/text.hpp"
#include "ectd/ctis/history.hpp"
#include "ectd/history_check.hpp"
#include "ectd/leaf_place.hpp"

namespace dossier::cli {

Result<std::unique_ptr<ReadApplication>> read_for_viewing(Context& context, const std::string& folder,
                                                          std::optional<ectd::SequenceNumber> last) {
    if (is_folder(*context.fs, folder)) {
        DOSSIER_TRY(const auto dossiers, ectd::ctis::find_dossiers(context.fs, folder));
        if (dossiers)
            return Error(ErrorKind::unsupported, "it holds dossiers for the EU clinical trials portal, which have no leaves", {folder},
                         "look at index.html of a dossier, or at dossier ectd plan");
    }
    auto read = std::make_unique<ReadApplication>();
    DOSSIER_TRY(read->catalogue, templates::read_ectd_catalogue(context.templates));
    DOSSIER_TRY(read->application, ectd::read_application(*context.fs, folder, read->catalogue, last));
    if (read->application.sequences.empty())
        return Error(ErrorKind::not_found, "there is no sequence folder (four digits)", {folder}, "name the application folder");
    read->lifecycle = ectd::compute_lifecycle(read->application);
    for (const std::string& note : ectd::reading_notes(read->application, read->lifecycle)) print_note(context, "note: " + note);
    return read;
}

std::string section_number(const ReadApplication& read, const ectd::Leaf& leaf) {
    const templates::Heading* heading = ectd::heading_of(leaf, read.catalogue.ctd, read.catalogue.us_module1);
    return heading ? heading->number : leaf.element;
}

} // namespace dossier::cli
