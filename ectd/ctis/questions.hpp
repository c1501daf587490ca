// What is asked of the contents of a dossier, by plan, build and validation alike: is every document of the Annex there, has each its
// redacted twin, is it one protocol version everywhere.
#pragma once

#include "ectd/ctis/contents.hpp"

#include <string>
#include <vector>

namespace dossier::ectd::ctis {

enum class SlotState { present, stated, missing, open }; // stated: no file, a reason instead; open: whether it is needed was not answered
const char* to_text(SlotState state);

// One document that the Annex asks for: for the trial, a member state or a site, in one of the languages.
struct Slot {
    const templates::CtisDocument* document = nullptr;
    std::string country, site;
    std::vector<std::string> languages; // one of them is wanted; empty: any
    SlotState state = SlotState::missing;
    std::vector<const Document*> documents;
    std::string shown() const; // "L1 Subject information and informed consent form, DEU, de"
};

// In the order of the Annex; of documents whose question is answered with no there is none.
std::vector<Slot> find_slots(const templates::CtisCatalogue& catalogue, const Contents& contents);

struct Twins {
    const Document* confidential = nullptr; // not for publication, of a kind that is published
    const Document* redacted = nullptr;     // null: there is none
};
std::vector<Twins> find_twins(const templates::CtisCatalogue& catalogue, const Contents& contents);

struct NamedVersion {
    const Document* document = nullptr;
    std::string version;      // of the protocol, as the document says
    bool is_protocol = false; // it is the protocol or a synopsis itself
};
// Every document that names a protocol version: the protocol and its synopses by their own version, others by the column.
std::vector<NamedVersion> named_protocol_versions(const templates::CtisCatalogue& catalogue, const Contents& contents);

} // namespace dossier::ectd::ctis
