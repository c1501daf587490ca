#include "tmf/standards_comparison.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "core/text.hpp"
#include "templates/model_changes.hpp"

namespace dossier::tmf {

namespace {

struct Filed {                                // under one artifact
    std::vector<std::string> documents;       // that the reader may see; of the others it is only known that there are some
    std::map<std::string, std::size_t> parts; // sub-artifacts, with how many of these documents
};

// Documents that the reader may not see would count nowhere either: their artifacts are there as well.
Result<std::map<int, Filed>> filed_documents(Ledger& ledger, const std::string& study) {
    std::map<int, Filed> filed;
    DocumentFilter filter;
    filter.study = study;
    DOSSIER_CHECK(ledger.each_document(filter, [&filed](const StoredDocument& stored) {
        Filed& of = filed[stored.document.unique_id];
        of.documents.push_back(document_id(stored.document.number));
        if (!stored.document.sub_artifact.empty()) ++of.parts[stored.document.sub_artifact];
        return Result<void>();
    }));
    filter.counting = true;
    DOSSIER_CHECK(ledger.each_document(filter, [&filed](const StoredDocument& stored) {
        filed.try_emplace(stored.document.unique_id);
        return Result<void>();
    }));
    return filed;
}

std::string some_of(const std::vector<std::string>& documents) {
    const std::size_t shown = std::min<std::size_t>(3, documents.size());
    const std::string more = documents.size() > shown ? fill(" and {} more", documents.size() - shown) : "";
    return join({documents.begin(), documents.begin() + static_cast<std::ptrdiff_t>(shown)}, ", ") + more;
}

Error vanished(const std::string& artifact, const Filed& of) {
    if (of.documents.empty())
        return {ErrorKind::conflict, artifact + " is gone, but the record still needs it", Place{},
                "ask somebody in an unblinded role, or keep the artifact in the model"};
    return {ErrorKind::conflict, fill("{} is gone, and {} are filed under it", artifact, some_of(of.documents)), Place{},
            "move them first with 'dossier tmf reindex', or keep the artifact in the model"};
}

Result<void> check_vanished(const std::map<int, Filed>& filed, const templates::TmfCatalogue& before,
                            const templates::TmfCatalogue& after) {
    Error all(ErrorKind::conflict, fill("model {} lacks artifacts that documents are filed under; nothing was changed", after.model));
    for (const auto& [unique_id, of] : filed) {
        if (after.artifact(unique_id)) continue;
        const templates::Artifact* old = before.artifact(unique_id);
        all.details.push_back(vanished(fill("{:03} {}", unique_id, old ? old->number + " " + old->name : ""), of));
    }
    if (!all.details.empty()) return all;
    return {};
}

bool same_lists(const templates::TmfCatalogue& a, const templates::TmfCatalogue& b) {
    return std::equal(a.lists.begin(), a.lists.end(), b.lists.begin(), b.lists.end(),
                      [](const auto& x, const auto& y) { return x.name == y.name && x.sha256 == y.sha256; });
}

void note_unknown_parts(const std::map<int, Filed>& filed, const templates::TmfCatalogue& after, std::vector<std::string>& notes) {
    for (const auto& [unique_id, of] : filed) {
        std::set<std::string> known;
        for (const auto& part : after.sub_artifacts(unique_id)) known.insert(part.name);
        for (const auto& [part, count] : of.parts)
            if (known.count(part) == 0)
                notes.push_back(fill("sub-artifact \"{}\" of {:03}: {} documents are filed as it, and neither model nor lists know it now",
                                     part, unique_id, count));
    }
}

} // namespace

Result<StandardsComparison> compare_standards(Ledger& ledger, const std::string& study, const templates::TmfCatalogue& before,
                                              const templates::TmfCatalogue& after) {
    StandardsComparison comparison;
    comparison.is_other_model = before.model != after.model;
    if (!comparison.is_other_model && same_lists(before, after)) return comparison;
    DOSSIER_TRY(const auto filed, filed_documents(ledger, study));
    DOSSIER_CHECK(check_vanished(filed, before, after));
    for (std::string line : templates::describe_artifact_changes(before, after)) {
        const auto of = filed.find(std::stoi(line.substr(0, 3))); // each line starts with the unique identifier
        if (of != filed.end() && !of->second.documents.empty()) line += fill(" ({} documents)", of->second.documents.size());
        comparison.changes.push_back("artifact " + line);
    }
    for (const std::string& line : templates::describe_rule_changes(before, after)) comparison.changes.push_back("rule " + line);
    note_unknown_parts(filed, after, comparison.notes);
    return comparison;
}

} // namespace dossier::tmf
