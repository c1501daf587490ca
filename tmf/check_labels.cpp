#include "core/text.hpp"
#include "tmf/check_parts.hpp"

namespace dossier::tmf::checking {

Result<void> check_labels(Repository& repository, CheckReport& report) {
    std::map<std::string, std::vector<std::string>> labels;
    DOSSIER_CHECK(repository.ledger().each_document({}, [&](const StoredDocument& stored) {
        const DocumentRecord& document = stored.document;
        if (!document.external.empty()) labels[document.study + ": " + document.external].push_back(document_id(document.number));
        return Result<void>();
    }));
    for (const auto& [label, ids] : labels)
        if (ids.size() > 1)
            report.add("label-shared", "info", "ledger.sqlite", fill("{} is the label of {}", label, join(ids, ", ")),
                       "whoever filed one did not see the other; where they are versions of one document, withdraw one and file it as a "
                       "version");
    return {};
}

} // namespace dossier::tmf::checking
