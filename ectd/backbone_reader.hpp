// A backbone's leaves, read as a stream: memory grows with the leaves, not with the file. Lenient: what the grammar would refuse is still
// read as far as it makes sense, so that a validator can speak about it.
#pragma once

#include "core/xml.hpp"
#include "ectd/application.hpp"

namespace dossier::ectd {

struct BackboneContents {
    std::vector<Leaf> leaves; // in document order
    XmlElement head;          // of a regional file: the root with everything but leaves (the envelope); else the root's name alone
};

// `path`: of the file; `file`: the same as it is called in leaf identities, relative to the sequence folder. Headings are those of
// `headings`; elements it does not know count as headings by name. Names are taken without their prefix (Canada's backbone may write
// hcsc_ectd:leaf); values that are words (`tokens`) without blanks around. Errors: those of core/xml_stream.hpp.
Result<BackboneContents> read_leaves(FileSystem& fs, const std::string& path, SequenceNumber sequence, const std::string& file,
                                     const templates::HeadingTree& headings, const templates::TokenAttributes& tokens);

std::string_view local_name(std::string_view name); // hcsc_ectd:leaf -> leaf

// One heading step of LeafPlace::section, also used by the planner: "m3-2-s-drug-substance[substance=Drug A|manufacturer=Alpha]".
// Attributes in the order of the standard; those without a value are left out.
std::string section_step(const templates::Heading* heading, const std::string& element,
                         const std::map<std::string, std::string>& attributes);

// The step of a node extension: "/{Study S1}".
std::string extension_step(const std::string& title);

} // namespace dossier::ectd
