#include "cli/tmf_documents.hpp"
#include "core/text.hpp"
#include "tmf/study_standards.hpp"

namespace dossier::cli {

namespace {

std::string to_text(const std::vector<tmf::StoredDocument>& documents, const templates::TmfCatalogue& catalogue,
                    const VersionChoice& choice) {
    std::vector<std::vector<std::string>> rows;
    for (const tmf::StoredDocument& stored : documents) {
        const auto* artifact = catalogue.artifact(stored.document.unique_id);
        for (const std::size_t at : chosen_versions(stored, choice)) {
            const tmf::VersionRecord& version = stored.versions[at];
            std::string about = version.person;
            if (!version.event.empty()) about += (about.empty() ? "" : ", ") + version.event;
            if (!stored.document.sub_artifact.empty()) about += (about.empty() ? "" : ", ") + stored.document.sub_artifact;
            rows.push_back({fill("{}@{}", tmf::document_id(stored.document.number), version.number), state_of(stored, at, choice),
                            artifact ? artifact->number : "", place_of(stored.document), version.date ? version.date->text() : "",
                            version.title, about});
        }
    }
    return text_table({"document", "state", "artifact", "place", "date", "title", "about"}, rows) +
           fill("{} documents\n", documents.size());
}

} // namespace

Command make_tmf_list() {
    struct Options_ {
        std::string study, artifact, country, site;
        bool all_versions = false;
    };
    auto options = std::make_shared<Options_>();
    Command command;
    command.name = "tmf list";
    command.right = "document.read";
    command.summary = "List what is filed";
    command.example = "dossier tmf list --study CDISCPILOT01 --site 701 --format csv";
    command.declare = [options](Options& list) {
        list.text("--study", options->study, "Of this study");
        list.text("--artifact", options->artifact, "Of this artifact: number, unique identifier or exact name");
        list.text("--country", options->country, "Of this country and its sites");
        list.text("--site", options->site, "Of this site");
        list.flag("--all-versions", options->all_versions, "Every version, not only the newest");
    };
    command.run = [options](Context& context) -> Result<int> {
        DOSSIER_TRY(const auto repository, open_repository(context, tmf::Repository::Access::read));
        tmf::DocumentFilter filter;
        filter.study = options->study;
        DOSSIER_TRY(const auto catalogue, options->study.empty()
                                              ? templates::read_tmf_catalogue(context.templates)
                                              : tmf::catalogue_of_study(repository->ledger(), context.templates, options->study));
        if (!options->artifact.empty()) {
            DOSSIER_TRY(const auto* const artifact, tmf::find_artifact(catalogue, options->artifact));
            filter.unique_id = artifact->unique_id;
        }
        const auto* country = catalogue.country(options->country);
        if (!options->country.empty() && !country) return Error(ErrorKind::invalid, fill("there is no country {}", options->country));
        filter.country = country ? country->alpha3 : "";
        filter.site = options->site;
        std::vector<tmf::StoredDocument> documents;
        DOSSIER_CHECK(repository->ledger().each_document(filter, [&documents](const tmf::StoredDocument& stored) {
            documents.push_back(stored);
            return Result<void>();
        }));
        VersionChoice choice;
        DOSSIER_TRY(choice.reviewed, tmf::studies_with_review(repository->ledger()));
        choice.newest = !options->all_versions;
        Rendering rendering;
        rendering.text = [&] { return to_text(documents, catalogue, choice); };
        rendering.json = [&] {
            Json list = Json::array();
            for (const auto& stored : documents) list.push(document_json(stored, catalogue, choice));
            return Json::object({{"documents", std::move(list)}});
        };
        rendering.sheets = [&] { return std::vector<Sheet>{document_sheet(documents, catalogue, choice)}; };
        DOSSIER_CHECK(emit(context, rendering));
        return exit_done;
    };
    return command;
}

} // namespace dossier::cli
