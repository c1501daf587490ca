#include "ectd/ctis/coverage.hpp"

#include <algorithm>

#include "core/text.hpp"

namespace dossier::ectd::ctis {

namespace {

std::string title_of(const templates::CtisCatalogue& catalogue, const Slot& slot, bool of_state) {
    if (slot.document->part == templates::CtisPart::modification) return "Substantial modification";
    if (!of_state) return "Part I";
    const templates::CtisMemberState* state = catalogue.member_state(slot.country);
    return fill("Part II, {} ({})", state ? state->name : slot.country, slot.country);
}

} // namespace

std::vector<CoverageGroup> group_slots(const templates::CtisCatalogue& catalogue, const std::vector<Slot>& slots) {
    using templates::CtisPart;
    std::vector<CoverageGroup> groups;
    for (const int round : {0, 1, 2}) // part I, part II, modification
        for (const Slot& slot : slots) {
            const bool modification = slot.document->part == CtisPart::modification;
            const bool of_state = slot.document->part == CtisPart::two || slot.document->part == CtisPart::both;
            if ((modification ? 2 : of_state ? 1 : 0) != round) continue;
            const std::string title = title_of(catalogue, slot, of_state);
            auto group = std::find_if(groups.begin(), groups.end(), [&](const CoverageGroup& item) { return item.title == title; });
            if (group == groups.end()) group = groups.insert(groups.end(), {title, of_state ? slot.country : "", {}, 0});
            group->slots.push_back(&slot);
            if (slot.state == SlotState::present || slot.state == SlotState::stated) ++group->there;
        }
    return groups;
}

std::vector<std::string> uncertain_facts(const templates::CtisCatalogue& catalogue) {
    std::vector<std::string> codes;
    for (const templates::CtisDocument& item : catalogue.documents)
        if (item.confidence == "unverified" && item.upload) codes.push_back(item.code);
    std::vector<std::string> list{
        "Which documents are published follows the rules of 18 June 2024 as read in published sources: to be verified.",
        "The form of the EU CT number and the languages of the member states are not confirmed by an official source."};
    if (!codes.empty()) list.push_back(fill("Rows of the check list to be checked before they are relied on: {}.", join(codes, ", ")));
    if (catalogue.names_confidence != "official")
        list.push_back("Files are called by a published convention (code, title, number, version) with additions of our own.");
    return list;
}

} // namespace dossier::ectd::ctis
