// Checks of what a dossier holds: every document of the Annex, redacted twins, one protocol version, languages, the number.
#include <algorithm>
#include <map>

#include "core/text.hpp"
#include "ectd/check.hpp"
#include "ectd/ctis/facts.hpp"

namespace dossier::ectd::ctis {

namespace {

bool is_sure(const templates::CtisDocument& document) { return document.confidence != "unverified"; }

void check_complete(const DossierFacts& facts, const Parameters&, CheckOutput& out) {
    for (const Slot& slot : facts.slots) {
        if (slot.state == SlotState::open) continue; // a question of its own
        out.examined();
        if (slot.state == SlotState::missing)
            out.finding(manifest_name, slot.shown(), {{"document", slot.shown()}}, is_sure(*slot.document));
    }
}

void check_answered(const DossierFacts& facts, const Parameters&, CheckOutput& out) {
    for (const templates::CtisCondition& condition : facts.catalogue->conditions) {
        const auto asks = [&](const Slot& slot) { return slot.document->when == condition.name; };
        const auto open = [&](const Slot& slot) { return asks(slot) && slot.state == SlotState::open; };
        const bool answered = facts.contents->trial.conditions.count(condition.name) > 0;
        if (!answered && std::none_of(facts.slots.begin(), facts.slots.end(), asks)) continue; // nothing here depends on it
        out.examined();
        if (std::any_of(facts.slots.begin(), facts.slots.end(), open))
            out.finding(manifest_name, condition.name, {{"question", condition.question}, {"condition", condition.name}});
    }
}

void check_sites(const DossierFacts& facts, const Parameters&, CheckOutput& out) {
    if (!facts.contents->part_two) return;
    for (const MemberStateEntry& state : facts.contents->trial.member_states) {
        out.examined();
        if (state.sites.empty()) out.finding(manifest_name, state.country, {{"country", state.country}});
    }
}

void check_twins(const DossierFacts& facts, const Parameters&, CheckOutput& out) {
    for (const Twins& twins : find_twins(*facts.catalogue, *facts.contents)) {
        out.examined();
        if (!twins.redacted && twins.confidential->reason.empty())
            out.finding(twins.confidential->path, "", {{"document", twins.confidential->shown()}});
    }
}

void check_redacted(const DossierFacts& facts, const Parameters&, CheckOutput& out) {
    for (const Twins& twins : find_twins(*facts.catalogue, *facts.contents)) {
        if (!twins.redacted) continue;
        out.examined();
        if (twins.redacted->sha256 == twins.confidential->sha256)
            out.finding(twins.redacted->path, "", {{"document", twins.redacted->shown()}, {"other", twins.confidential->path}});
    }
}

void check_twin_versions(const DossierFacts& facts, const Parameters&, CheckOutput& out) {
    for (const Twins& twins : find_twins(*facts.catalogue, *facts.contents)) {
        if (!twins.redacted) continue;
        out.examined();
        if (twins.redacted->version != twins.confidential->version)
            out.finding(
                twins.redacted->path, "",
                {{"document", twins.redacted->shown()}, {"version", twins.redacted->version}, {"wanted", twins.confidential->version}});
    }
}

void check_protocol_version(const DossierFacts& facts, const Parameters&, CheckOutput& out) {
    for (const NamedVersion& item : named_protocol_versions(*facts.catalogue, *facts.contents)) {
        out.examined();
        if (item.version != facts.contents->trial.protocol_version)
            out.finding(item.document->path, "",
                        {{"document", item.document->shown()},
                         {"how", item.is_protocol ? "is" : "names"},
                         {"version", item.version},
                         {"wanted", facts.contents->trial.protocol_version}});
    }
}

void check_versions_given(const DossierFacts& facts, const Parameters&, CheckOutput& out) {
    for (const Document& document : facts.contents->documents) {
        if (!document.has_file()) continue;
        out.examined();
        std::vector<std::string> lacks;
        if (document.version.empty()) lacks.emplace_back("version");
        if (document.date.empty()) lacks.emplace_back("date");
        if (!lacks.empty()) out.finding(document.path, "", {{"document", document.shown()}, {"lacks", join(lacks, " and no ")}});
    }
}

void check_languages(const DossierFacts& facts, const Parameters&, CheckOutput& out) {
    for (const Document& document : facts.contents->documents) {
        const templates::CtisDocument* kind = facts.catalogue->document(document.code);
        const templates::CtisMemberState* state = facts.catalogue->member_state(document.country);
        if (!document.has_file() || !kind || !state || kind->languages != templates::CtisLanguages::member_state) continue;
        std::vector<std::string> languages = state->languages;
        for (const MemberStateEntry& entry : facts.contents->trial.member_states)
            if (entry.country == state->country) languages.insert(languages.end(), entry.languages.begin(), entry.languages.end());
        out.examined();
        if (std::find(languages.begin(), languages.end(), document.language) == languages.end())
            out.finding(document.path, "",
                        {{"document", document.shown()},
                         {"language", document.language},
                         {"state", state->name},
                         {"languages", join(state->languages, ", ")}});
    }
}

// One file for several states is well; one file as two languages is a file in the wrong row.
void check_languages_differ(const DossierFacts& facts, const Parameters&, CheckOutput& out) {
    std::map<std::string, const Document*> seen;
    for (const Document& document : facts.contents->documents) {
        if (!document.has_file() || document.language.empty()) continue;
        out.examined();
        const Document* first = seen.emplace(document.sha256, &document).first->second;
        if (first->language != document.language)
            out.finding(document.path, "", {{"document", document.shown()}, {"other", first->shown()}});
    }
}

void check_number(const DossierFacts& facts, const Parameters& parameters, CheckOutput& out) {
    out.examined();
    const auto fits =
        templates::check_number_form(facts.number_forms, parameters.text("region"), parameters.text("type"), facts.contents->application);
    if (!fits) out.finding(manifest_name, "application", {{"problem", fits.error().message}, {"mend", fits.error().remedy}});
}

void check_folder(const DossierFacts& facts, const Parameters&, CheckOutput& out) {
    out.examined();
    if (facts.contents->dossier != facts.folder)
        out.finding(manifest_name, "dossier", {{"dossier", facts.contents->dossier}, {"folder", facts.folder}});
}

Check check(const char* name, const char* subject, std::vector<ParameterSpec> accepts, std::vector<const char*> values,
            DossierCheckFunction run) {
    return {name, subject, std::move(accepts), std::move(values), nullptr, run};
}

} // namespace

std::vector<Check> contents_checks() {
    const ParameterSpec region{"region", ParameterKind::text, true}, type{"type", ParameterKind::text, true};
    return {
        check("ctis.complete", "document of Annex I", {}, {"document"}, check_complete),
        check("ctis.answered", "question", {}, {"question", "condition"}, check_answered),
        check("ctis.sites", "member state in Part II", {}, {"country"}, check_sites),
        check("ctis.twins", "confidential document that is published redacted", {}, {"document"}, check_twins),
        check("ctis.redacted", "redacted twin", {}, {"document", "other"}, check_redacted),
        check("ctis.twin_versions", "redacted twin", {}, {"document", "version", "wanted"}, check_twin_versions),
        check("ctis.protocol_version", "document that names the protocol", {}, {"document", "how", "version", "wanted"},
              check_protocol_version),
        check("ctis.versions_given", "document with a file", {}, {"document", "lacks"}, check_versions_given),
        check("ctis.languages", "document in a member state's language", {}, {"document", "language", "state", "languages"},
              check_languages),
        check("ctis.languages_differ", "document with a file", {}, {"document", "other"}, check_languages_differ),
        check("ctis.number", "number", {region, type}, {"problem", "mend"}, check_number),
        check("ctis.folder", "dossier", {}, {"dossier", "folder"}, check_folder),
    };
}

} // namespace dossier::ectd::ctis
