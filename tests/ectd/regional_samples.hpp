// Small applications of the EU and of Canada, made up here, in the shape that other tools write: a centralised procedure of three
// sequences, a clinical trial dossier of two.
#pragma once

#include "core/filesystem.hpp"

#include <string>

namespace test {

// 0000 maa, initial. 0001 its validation response: the German summary of product characteristics replaced, the French one beside it stays.
// 0002 a type II variation of its own: specification replaced, a file of 0000 used again under 3.2.R.
void write_eu_sample(dossier::FileSystem& fs, const std::string& folder);

// 0000 CTA with cover letter and protocol. 0001 an amendment related to 0000: the protocol replaced, and a leaf under an element of our own
// making. Element names carry the prefix hcsc_ectd in 0001 and none in 0000.
void write_ca_sample(dossier::FileSystem& fs, const std::string& folder);

} // namespace test
