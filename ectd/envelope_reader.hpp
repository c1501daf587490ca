// The administrative head of a regional file, of any region. Lenient: what is not there stays empty, what is not known is still in `parts`.
#pragma once

#include "core/xml.hpp"
#include "ectd/application.hpp"

namespace dossier::ectd {

// us-regional 2.x and 3.3, eu-regional 3.x, the Canadian module 1 schema 2.2. Another region's file gives an empty envelope.
// `root`: the root element of the file; leaves below it do not count.
Envelope read_envelope(const XmlElement& root, const std::string& region);

} // namespace dossier::ectd
