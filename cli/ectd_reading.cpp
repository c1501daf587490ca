#include "cli/ectd_reading.hpp"

#include "core/text.hpp"
#include "ectd/history_check.hpp"
#include "ectd/leaf_place.hpp"

namespace dossier::cli {

Result<std::unique_ptr<ReadApplication>> read_for_viewing(Context& context, const std::string& folder,
                                                          std::optional<ectd::SequenceNumber> last) {
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
