#include "ectd/ctis/document_uses.hpp"

#include <algorithm>

#include "core/path.hpp"

namespace dossier::ectd::ctis {

Result<std::vector<Contents>> read_states(const std::shared_ptr<FileSystem>& fs, const std::string& application_folder) {
    DOSSIER_TRY(const auto numbers, list_dossiers(*fs, application_folder));
    std::vector<Contents> states;
    for (const SequenceNumber number : numbers) { // the state after a dossier is the one before the next number
        DOSSIER_TRY(auto state, contents_before(fs, application_folder, SequenceNumber(number.value() + 1)));
        if (state) states.push_back(std::move(*state));
    }
    std::sort(states.begin(), states.end(), [](const Contents& a, const Contents& b) { return a.dossier < b.dossier; });
    return states;
}

namespace {

const Document* find(const Contents& state, const std::string& key) {
    for (const Document& document : state.documents)
        if (document.key() == key) return &document;
    return nullptr;
}

bool is_same_file(const Document& a, const Document& b) { return a.dossier == b.dossier && a.path == b.path; }

// What ended a document first, in the states after its own.
DocumentUse use_of(const Document& document, const std::vector<Contents>& states, std::size_t own) {
    DocumentUse use{DocumentUse::State::current, &document, {}};
    for (std::size_t i = own + 1; i < states.size(); ++i) {
        const Document* now = find(states[i], document.key());
        if (now && is_same_file(*now, document)) continue;
        use.state = now ? DocumentUse::State::replaced : DocumentUse::State::withdrawn;
        use.ended_by = states[i].dossier + (now && now->has_file() ? "#" + now->path : "");
        break;
    }
    return use;
}

} // namespace

std::vector<DocumentUse> document_uses(const std::vector<Contents>& states) {
    std::vector<DocumentUse> uses;
    for (std::size_t i = 0; i < states.size(); ++i)
        for (const Document& document : states[i].documents)
            if (document.origin && document.has_file() && document.dossier == states[i].dossier)
                uses.push_back(use_of(document, states, i));
    return uses;
}

} // namespace dossier::ectd::ctis
