// What every sequence sends anew (cover letter, forms) and is the same document as before.
#pragma once

#include "ectd/content_digests.hpp"
#include "ectd/plan.hpp"

namespace dossier::ectd {

// Notes: rows of such sections whose document was sent under them before, as an export names it, or an old one left in the plan; a
// submission form that was sent before.
void note_resent(Plan& plan, ContentDigests& digests);

} // namespace dossier::ectd
