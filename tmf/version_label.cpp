#include "tmf/version_label.hpp"

#include <algorithm>
#include <functional>
#include <vector>

#include "core/text.hpp"
#include "tmf/evidence.hpp"

namespace dossier::tmf {

namespace {

using Versions = std::vector<const VersionRecord*>; // the oldest first

Versions in_order(const StoredDocument& document) {
    Versions versions;
    for (const std::size_t at : order_of(document.versions)) versions.push_back(&document.versions[at]);
    return versions;
}

Versions those(const Versions& versions, const std::function<bool(const VersionRecord&)>& wanted) {
    Versions found;
    std::copy_if(versions.begin(), versions.end(), std::back_inserter(found),
                 [&](const VersionRecord* version) { return wanted(*version); });
    return found;
}

Versions labelled(const Versions& versions, const std::string& label) {
    const Versions as_written = those(versions, [&](const VersionRecord& version) { return shown_label(version) == label; });
    if (!as_written.empty()) return as_written;
    const Versions spelt = those(versions, [key = label_key(label)](const VersionRecord& version) {
        return !version.label.empty() && label_key(version.label) == key;
    });
    return !spelt.empty() ? spelt : those(versions, [&](const VersionRecord& version) { return std::to_string(version.number) == label; });
}

std::string list_of(const Versions& versions) {
    std::vector<std::string> labels;
    for (auto at = versions.rbegin(); at != versions.rend(); ++at) labels.push_back(shown_label(**at));
    return join(labels, ", ");
}

std::string choice_of(const Versions& versions) {
    std::vector<std::string> choice;
    for (const VersionRecord* version : versions)
        choice.push_back(fill("{}@{} {}", document_id(version->document), version->number,
                              version->label.empty() ? std::string("without a label") : "labelled " + version->label));
    return join(choice, " or ");
}

// Versions that are not all one version and its signed copies.
Result<bool> are_several(Ledger& ledger, const Versions& versions) {
    DOSSIER_TRY(const int first, first_signed_version(ledger, versions.front()->document, versions.front()->number));
    for (const VersionRecord* version : versions) {
        DOSSIER_TRY(const int of_this, first_signed_version(ledger, version->document, version->number));
        if (of_this != first) return true;
    }
    return false;
}

} // namespace

std::string shown_label(const VersionRecord& version) { return version.label.empty() ? std::to_string(version.number) : version.label; }

Result<VersionRecord> version_called(Ledger& ledger, const StoredDocument& document, const std::string& label) {
    const std::string id = document_id(document.document.number);
    const Versions all = in_order(document);
    if (label.empty()) {
        const Versions standing = those(all, [](const VersionRecord& version) { return !version.rejected && !version.withdrawn; });
        if (!standing.empty()) return *standing.back();
        return Error(ErrorKind::invalid, fill("every version of {} was rejected or withdrawn", id));
    }
    const Versions found = labelled(all, label);
    if (found.empty()) return Error(ErrorKind::not_found, fill("{} has no version {}", id, label), {}, "it has " + list_of(all));
    if (found.size() > 1) {
        DOSSIER_TRY(const bool several, are_several(ledger, found));
        if (several)
            return Error(
                ErrorKind::invalid, fill("version {} of {} can be {}", label, id, choice_of(found)), {},
                fill("give each a label of its own: 'dossier tmf reindex {}@{} --version LABEL --reason TEXT'", id, found.front()->number));
    }
    return *found.back();
}

} // namespace dossier::tmf
