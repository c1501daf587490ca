#pragma once

namespace dossier {

// Loads the tables of all encodings that XML documents may have, for good: for a process that will not be able to load them later.
void keep_encodings_at_hand();

} // namespace dossier
