#include "ectd/ctis/questions.hpp"

#include <algorithm>

#include "core/text.hpp"

namespace dossier::ectd::ctis {

namespace {

using templates::CtisDocument;
using templates::CtisLanguages;
using templates::CtisPart;
using templates::CtisPer;

bool is_in_scope(const CtisDocument& document, const Contents& contents) {
    switch (document.part) {
    case CtisPart::one:
        return contents.part_one;
    case CtisPart::two:
        return contents.part_two;
    case CtisPart::both:
        return contents.part_one || contents.part_two;
    case CtisPart::modification:
        return contents.modification;
    }
    return false;
}

class SlotFinder {
public:
    SlotFinder(const templates::CtisCatalogue& catalogue, const Contents& contents) : catalogue_(catalogue), contents_(contents) {}

    std::vector<Slot> run() {
        for (const CtisDocument& document : catalogue_.documents)
            if (document.upload && is_in_scope(document, contents_)) add(document);
        return std::move(slots_);
    }

private:
    void add(const CtisDocument& document) {
        bool open = false;
        if (document.when != "always") {
            const auto answer = contents_.trial.conditions.find(document.when);
            open = answer == contents_.trial.conditions.end();
            if (!open && !answer->second) return;
        }
        if (document.per == CtisPer::trial && document.languages != CtisLanguages::member_state) {
            add_slot({&document,
                      "",
                      "",
                      document.languages == CtisLanguages::english ? std::vector<std::string>{"en"} : std::vector<std::string>{},
                      {},
                      {}},
                     open);
            return;
        }
        for (const MemberStateEntry& state : contents_.trial.member_states) {
            if (document.per != CtisPer::site) {
                for (const auto& languages : languages_of(document, state))
                    add_slot({&document, state.country, "", languages, {}, {}}, open);
                continue;
            }
            for (const std::string& site : state.sites) add_slot({&document, state.country, site, {}, {}, {}}, open);
            if (state.sites.empty()) add_slot({&document, state.country, "", {}, {}, {}}, open);
        }
    }

    // A state that names its languages needs each of them; else one of those of the table will do.
    std::vector<std::vector<std::string>> languages_of(const CtisDocument& document, const MemberStateEntry& state) const {
        if (document.languages != CtisLanguages::member_state) return {{}};
        std::vector<std::vector<std::string>> each;
        for (const std::string& language : state.languages) each.push_back({language});
        if (!each.empty()) return each;
        const templates::CtisMemberState* known = catalogue_.member_state(state.country);
        return {known ? known->languages : std::vector<std::string>{}};
    }

    void add_slot(Slot slot, bool open) {
        bool has_file = false;
        for (const Document& document : contents_.documents)
            if (fits(slot, document)) {
                slot.documents.push_back(&document);
                has_file = has_file || document.has_file();
            }
        slot.state = has_file                  ? SlotState::present
                     : !slot.documents.empty() ? SlotState::stated
                     : open                    ? SlotState::open
                                               : SlotState::missing;
        slots_.push_back(std::move(slot));
    }

    // A document without a country serves every state, one without a site every site. A reason without a language is one for all of them.
    static bool fits(const Slot& slot, const Document& document) {
        if (document.code != slot.document->code) return false;
        if (!slot.country.empty() && !document.country.empty() && document.country != slot.country) return false;
        const bool needs_country = slot.document->part == CtisPart::two && slot.document->per != CtisPer::trial;
        if (needs_country && document.country != slot.country) return false;
        if (!slot.site.empty() && !document.site.empty() && document.site != slot.site) return false;
        if (slot.languages.empty() || (!document.has_file() && document.language.empty())) return true;
        return std::find(slot.languages.begin(), slot.languages.end(), document.language) != slot.languages.end();
    }

    const templates::CtisCatalogue& catalogue_;
    const Contents& contents_;
    std::vector<Slot> slots_;
};

} // namespace

const char* to_text(SlotState state) {
    switch (state) {
    case SlotState::present:
        return "present";
    case SlotState::stated:
        return "reason given";
    case SlotState::missing:
        return "missing";
    case SlotState::open:
        return "question open";
    }
    return "";
}

std::string Slot::shown() const {
    std::string text = document->code + " " + document->title;
    if (!country.empty()) text += ", " + country;
    if (!site.empty()) text += ", site " + site;
    if (!languages.empty()) text += ", " + join(languages, " or ");
    return text;
}

std::vector<Slot> find_slots(const templates::CtisCatalogue& catalogue, const Contents& contents) {
    return SlotFinder(catalogue, contents).run();
}

std::vector<Twins> find_twins(const templates::CtisCatalogue& catalogue, const Contents& contents) {
    std::vector<Twins> list;
    for (const Document& document : contents.documents) {
        const CtisDocument* kind = catalogue.document(document.code);
        if (!document.has_file() || !kind || !kind->published || document.publication != not_for_publication) continue;
        Twins twins{&document, nullptr};
        for (const Document& other : contents.documents)
            if (other.has_file() && other.publication == for_publication && other.key_of_pair() == document.key_of_pair())
                twins.redacted = &other;
        list.push_back(twins);
    }
    return list;
}

std::vector<NamedVersion> named_protocol_versions(const templates::CtisCatalogue& catalogue, const Contents& contents) {
    std::vector<NamedVersion> list;
    for (const Document& document : contents.documents) {
        if (!document.has_file()) continue;
        const CtisDocument* kind = catalogue.document(document.code);
        const bool is_protocol = kind && kind->protocol;
        if (!document.protocol_version.empty())
            list.push_back({&document, document.protocol_version, false});
        else if (is_protocol && !document.version.empty())
            list.push_back({&document, document.version, true});
    }
    return list;
}

} // namespace dossier::ectd::ctis
