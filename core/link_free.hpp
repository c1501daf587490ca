// A view of the disk for what strangers packed: whatever a link in a package leads to is neither opened, listed nor asked about.
#pragma once

#include "core/filesystem.hpp"

namespace dossier {

// Read only. Links are followed on the way to `folder` and where its own entries are links, which is how its owner arranged it, and nowhere
// inside of these: there the entry itself is listed as a link, and what it leads to cannot be opened (invalid). The system looks at every
// part of the path while it opens it, so a link that is put there meanwhile is not followed either. Of what is not the disk (memory and
// archives hold no links) it is `fs` itself, which has to outlive it.
std::shared_ptr<FileSystem> without_links(FileSystem& fs, std::string folder);

} // namespace dossier
