// Study tagging files (ICH STF 2.2). Lenient: what the grammar would refuse is still read as far as it makes sense, so that a validator can
// speak about it.
#pragma once

#include "ectd/application.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace dossier::ectd {

XmlLimits stf_limits(); // it is read as a tree, so it has to be smaller than a backbone

// Of all files of one sequence together, in bytes: leaves may name one large file again and again. What lies beyond is not read.
constexpr std::uint64_t stf_bytes_together = 256u << 20;
Error too_many_stf_bytes(const std::string& path);

// `leaf`: of index.xml, which names the file; `path`: of the file, for errors. Errors: invalid, with line.
Result<Stf> read_stf(std::string_view bytes, const Leaf& leaf, const std::string& path);

} // namespace dossier::ectd
