// An application together with the sequences that lie beside it as archives (0002.zip, as `ectd build --zip` writes them). Planning does
// not take archives for history; what is told of an application afterwards knows them.
#pragma once

#include "ectd/application.hpp"

namespace dossier::ectd {

// As read_application; an archive counts where no folder of its number is there. Errors: invalid for an archive that cannot be opened, one
// bad entry included: what is told as sent, replaced or current must not rest on half an archive. A validation judges archives in part
// (open_zip_in_part) and does not come here.
Result<Application> read_with_archives(FileSystem& fs, const std::string& folder, const templates::EctdCatalogue& catalogue);

} // namespace dossier::ectd
