// Backbones and study tagging files as typed facts. Lenient: what the grammar would refuse is still read as far as it makes sense, so that
// a validator can speak about it.
#pragma once

#include "ectd/application.hpp"

namespace dossier::ectd {

// Adds every leaf of a backbone in document order. Headings are those of `headings`; elements it does not know count as headings by name.
// Names are taken without their prefix (Canada's backbone may write hcsc_ectd:leaf).
void add_leaves(const XmlDocument& document, SequenceNumber sequence, const std::string& file, const templates::HeadingTree& headings,
                std::vector<Leaf>& leaves);

Result<Stf> read_stf(std::string bytes, const Leaf& leaf, const std::string& path); // ich-stf 2.2

std::string local_name(const std::string& name); // hcsc_ectd:leaf -> leaf

// One heading step of Leaf::section, also used by the planner: "m3-2-s-drug-substance[substance=Drug A|manufacturer=Alpha]". Attributes in
// the order of the standard; those without a value are left out.
std::string section_step(const templates::Heading* heading, const std::string& element,
                         const std::map<std::string, std::string>& attributes);

// The step of a node extension: "/{Study S1}".
std::string extension_step(const std::string& title);

} // namespace dossier::ectd
