#include "ectd/archived_sequences.hpp"

#include <algorithm>

#include "core/path.hpp"
#include "core/text.hpp"
#include "core/zip.hpp"

namespace dossier::ectd {

Result<Application> read_with_archives(FileSystem& fs, const std::string& folder, const templates::EctdCatalogue& catalogue) {
    DOSSIER_TRY(Application application, read_application(fs, folder, catalogue));
    DOSSIER_TRY(const auto entries, fs.list(folder));
    for (const FolderEntry& entry : entries) {
        const auto number =
            ends_with(entry.name, ".zip") ? SequenceNumber::parse(entry.name.substr(0, entry.name.size() - 4)) : std::nullopt;
        if (!number || application.find(*number)) continue;
        DOSSIER_TRY(auto reader, open_zip(path::join(folder, entry.name)));
        const auto archive = make_zip_file_system(std::move(reader));
        if (is_folder(*archive, number->text())) application.sequences.push_back(read_sequence(*archive, "", *number, catalogue));
    }
    std::sort(application.sequences.begin(), application.sequences.end(),
              [](const Sequence& a, const Sequence& b) { return a.number < b.number; });
    return application;
}

} // namespace dossier::ectd
