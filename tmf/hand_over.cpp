#include "tmf/hand_over.hpp"

#include <algorithm>
#include <tuple>

#include "core/text.hpp"
#include "tmf/quality_records.hpp"

namespace dossier::tmf {

namespace {

using templates::HandOver;

// The newest first; those that were taken back are as if they were not there.
std::vector<const VersionRecord*> standing_versions(const StoredDocument& document) {
    std::vector<const VersionRecord*> versions;
    const auto order = order_of(document.versions);
    for (auto at = order.rbegin(); at != order.rend(); ++at) {
        const VersionRecord& version = document.versions[*at];
        if (!version.withdrawn && !version.rejected) versions.push_back(&version);
    }
    return versions;
}

void add_versions(HandOverProposal& proposal, const StoredDocument& document, Date day) {
    const bool every = proposal.row->choose == HandOver::every;
    std::vector<HandOverDocument> found;
    for (const VersionRecord* version : standing_versions(document)) {
        const auto obstacle = obstacle_to_proposal(document.document, *version, day);
        if (obstacle)
            proposal.held_back.push_back({{&document, version}, *obstacle});
        else
            found.push_back({&document, version});
        if (!obstacle && !every) break;
    }
    proposal.proposed.insert(proposal.proposed.end(), found.rbegin(), found.rend());
}

// One for all: of the whole trial before that of a country or a site.
void keep_one(HandOverProposal& proposal) {
    const auto place = [](const HandOverDocument& item) {
        const DocumentRecord& d = item.document->document;
        return std::tuple(!d.country.empty(), !d.site.empty(), d.number);
    };
    std::sort(proposal.proposed.begin(), proposal.proposed.end(), [&](const auto& a, const auto& b) { return place(a) < place(b); });
    if (proposal.proposed.size() < 2) return;
    proposal.there.assign(proposal.proposed.begin() + 1, proposal.proposed.end());
    proposal.proposed.resize(1);
}

bool takes_documents(HandOver choose) { return choose == HandOver::newest || choose == HandOver::every || choose == HandOver::one; }

} // namespace

std::optional<Obstacle> obstacle_to_submission(const DocumentRecord& document, const VersionRecord& version) {
    if (document.restricted) return Obstacle{"is restricted (it may unblind)", "it cannot be submitted from here"};
    if (version.withdrawn) return Obstacle{"was withdrawn", "name another version"};
    if (version.rejected) return Obstacle{"was rejected in review", "name another version"};
    if (!version.final) return Obstacle{"is a draft", "make it final first, or name another version"};
    if (!version.sha256) return Obstacle{"is a pointer: the record lives elsewhere", "name a file instead"};
    return {};
}

std::optional<Obstacle> obstacle_to_proposal(const DocumentRecord& document, const VersionRecord& version, Date day) {
    if (auto obstacle = obstacle_to_submission(document, version)) return obstacle;
    if (*version.final > day) return Obstacle{fill("is final only on {}", version.final->text()), "wait, or ask for a later day"};
    if (!version.accepted || *version.accepted > day)
        return Obstacle{"is not accepted in review", fill("dossier tmf review {} --accept", version_id(document.number, version.number))};
    if (version.expires && *version.expires < day) return Obstacle{fill("expired on {}", version.expires->text()), "file its renewal"};
    return {};
}

std::vector<HandOverProposal> propose_hand_over(const std::vector<StoredDocument>& documents,
                                                const std::vector<templates::FromTmfRow>& rows, const std::set<std::string>& countries,
                                                Date day) {
    std::vector<HandOverProposal> proposals;
    for (const templates::FromTmfRow& row : rows) {
        HandOverProposal proposal;
        proposal.row = &row;
        for (const StoredDocument& document : documents) {
            if (document.document.unique_id != row.unique_id) continue;
            const std::string& country = document.document.country;
            if (row.section != "study" && !country.empty() && !countries.empty() && countries.count(country) == 0) continue;
            if (takes_documents(row.choose)) {
                add_versions(proposal, document, day);
            } else if (const auto versions = standing_versions(document); !versions.empty()) {
                proposal.there.push_back({&document, versions.front()});
            }
        }
        if (row.choose == HandOver::one) keep_one(proposal);
        if (!proposal.proposed.empty() || !proposal.held_back.empty() || !proposal.there.empty()) proposals.push_back(std::move(proposal));
    }
    return proposals;
}

const VersionRecord* successor_of(const StoredDocument& document, int version, Date day) {
    const auto order = order_of(document.versions);
    for (auto at = order.rbegin(); at != order.rend(); ++at) {
        const VersionRecord& newer = document.versions[*at];
        if (newer.number == version) return nullptr;
        if (!obstacle_to_proposal(document.document, newer, day)) return &newer;
    }
    return nullptr;
}

Currency currency_of(const StoredDocument& document, int number, Date day) {
    using State = Currency::State;
    if (document.document.restricted) return {State::taken_back, "marked as restricted since"};
    for (const VersionRecord& version : document.versions) {
        if (version.number != number) continue;
        if (version.withdrawn && *version.withdrawn <= day) return {State::taken_back, fill("withdrawn on {}", version.withdrawn->text())};
        if (version.rejected && *version.rejected <= day) return {State::taken_back, fill("rejected on {}", version.rejected->text())};
    }
    const VersionRecord* newer = successor_of(document, number, day);
    if (!newer) return {};
    return {State::out_of_date, fill("superseded by version {}", newer->label.empty() ? std::to_string(newer->number) : newer->label)};
}

} // namespace dossier::tmf
