#include "cli/offered_documents.hpp"

#include <cstdlib>

#include "core/text.hpp"

namespace dossier::cli {

Result<OfferedStudy> open_offered_study(Context& context, const std::string& study) {
    OfferedStudy opened;
    DOSSIER_TRY(opened.study, open_study(context, study, tmf::Repository::Access::read));
    DOSSIER_CHECK(each_stored_document(*opened.study, [&opened](const tmf::StoredDocument& stored) {
        opened.documents.push_back(stored);
        return Result<void>();
    }));
    return opened;
}

ectd::OfferedDocument offer(const OfferedStudy& opened, const tmf::StoredDocument& stored, const tmf::VersionRecord& version) {
    ectd::OfferedDocument document;
    document.origin = {opened.study->repository->id(), opened.study->study.id, tmf::document_id(version.document),
                       std::to_string(version.number), version.label};
    if (const templates::Artifact* artifact = opened.study->catalogue.artifact(stored.document.unique_id))
        document.artifact = artifact->number, document.artifact_name = artifact->name;
    document.title = version.title;
    document.file_name = version.file_name;
    document.country = stored.document.country;
    document.site = stored.document.site;
    document.language = to_lower(version.language);
    if (version.date) document.date = version.date->text();
    return document;
}

std::vector<ectd::OfferedDocument> offered(const OfferedStudy& opened, const std::vector<tmf::HandOverProposal>& proposals,
                                           const std::string& study_section) {
    std::vector<ectd::OfferedDocument> documents;
    for (const tmf::HandOverProposal& proposal : proposals)
        for (const tmf::HandOverDocument& item : proposal.proposed) {
            ectd::OfferedDocument document = offer(opened, *item.document, *item.version);
            document.section = proposal.row->section == "study" ? study_section : proposal.row->section;
            document.file_tag = proposal.row->file_tag;
            document.use = proposal.row->use;
            document.how = proposal.row->how;
            document.confidence = proposal.row->confidence;
            document.every_version = proposal.row->choose == templates::HandOver::every;
            documents.push_back(std::move(document));
        }
    return documents;
}

Successor successor_of(const OfferedStudy& opened, const ectd::Origin& origin, Date day) {
    if (origin.repository != opened.study->repository->id()) return {};
    for (const tmf::StoredDocument& stored : opened.documents)
        if (tmf::document_id(stored.document.number) == origin.document)
            return {&stored, tmf::successor_of(stored, std::atoi(origin.version.c_str()), day)};
    return {};
}

} // namespace dossier::cli
