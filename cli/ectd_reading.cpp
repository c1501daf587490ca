#include "cli/ectd_reading.hpp"

#include <algorithm>

#include "core/path.hpp"
#include "core/text.hpp"
#include "ectd/ctis/history.hpp"
#include "ectd/history_check.hpp"
#include "ectd/section_name.hpp"

namespace dossier::cli {

namespace {

// It adds when a sequence was sent and what the agency answered. The sequences are read without it.
void read_application_file(Context& context, const std::string& folder, ReadApplication& read) {
    const std::string path = path::join(folder, "application.yaml");
    if (!exists(*context.fs, path)) return;
    const auto bytes = read_file(*context.fs, path);
    auto file = bytes ? ectd::parse_application_file(*bytes, path) : Result<ectd::ApplicationFile>(bytes.error());
    if (file)
        read.file = std::move(*file);
    else
        print_note(context, "note: not read, the sequences are shown without it: " + to_text(file.error()));
}

} // namespace

Result<std::unique_ptr<ReadApplication>> read_for_viewing(Context& context, const std::string& folder,
                                                          std::optional<ectd::SequenceNumber> last, bool say) {
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
    if (say)
        for (const std::string& note : ectd::reading_notes(read->application, read->lifecycle)) print_note(context, "note: " + note);
    read_application_file(context, folder, *read);
    auto origins = ectd::read_leaf_origins(*context.fs, folder);
    if (origins)
        read->origins = std::move(*origins);
    else
        print_note(context, "note: not read: " + to_text(origins.error()));
    return read;
}

const ectd::Origin* ReadApplication::origin_of(const ectd::Leaf& leaf) const {
    auto at =
        std::lower_bound(origins.begin(), origins.end(), leaf.at, [](const auto& item, const auto& wanted) { return item.leaf < wanted; });
    for (; at != origins.end() && at->leaf == leaf.at; ++at)
        if (at->checksum == to_lower(leaf.checksum())) return &at->origin;
    return nullptr;
}

Json ReadApplication::origin_json(const ectd::Leaf& leaf) const {
    const ectd::Origin* origin = origin_of(leaf);
    if (!origin) return Json();
    return Json::object({{"study", origin->study}, {"document", origin->document}, {"version", origin->version}, {"label", origin->label}});
}

std::string section_number(const ReadApplication& read, const ectd::Leaf& leaf) { return ectd::section_number(leaf, read.catalogue); }

} // namespace dossier::cli
