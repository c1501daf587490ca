// The official DTDs, stylesheets and code lists that a user brought (they are not part of this program): found by checksum, whatever their
// names and folders. A sequence carries their bytes in util/, and agencies compare them.
#pragma once

#include "core/filesystem.hpp"
#include "templates/ectd_catalogue.hpp"

#include <map>
#include <string>
#include <vector>

namespace dossier::templates {

class OfficialFiles {
public:
    OfficialFiles() = default;
    // Looks at every file below the folders; folders that are not there are passed over.
    OfficialFiles(FileSystem& fs, const std::vector<std::string>& folders, const std::vector<OfficialFile>& known);

    struct Found {
        const OfficialFile* official;
        std::string path;
    };
    // The file of that official name (of the catalogue's first accepted form that is there); null when none is.
    const Found* find(const std::string& name) const;
    const std::vector<Found>& all() const { return found_; } // in the catalogue's order

private:
    std::vector<Found> found_;
};

// Takes the official files of a folder or ZIP into `store`; returns what was taken. Files already there are fine. invalid when there is
// none among them.
Result<std::vector<const OfficialFile*>> add_official_files(FileSystem& fs, const std::string& from, const std::string& store,
                                                            const std::vector<OfficialFile>& known);

} // namespace dossier::templates
