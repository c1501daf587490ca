#include "cli/tmf_documents.hpp"
#include "core/text.hpp"
#include "tmf/search.hpp"
#include "tmf/study_standards.hpp"

namespace dossier::cli {

namespace {

struct SearchOptions {
    std::vector<std::string> words;
    std::string study, artifact, country, site;
};

// The documents of one study with all the words, the best first.
Result<void> search_study(Context& context, tmf::Ledger& ledger, const SearchOptions& options, const std::string& study,
                          std::vector<tmf::StoredDocument>& found) {
    DOSSIER_TRY(const auto catalogue, tmf::catalogue_of_study(ledger, context.templates, study));
    DOSSIER_TRY(const tmf::Study facts, tmf::load_study(ledger, catalogue, study));
    tmf::DocumentFilter filter;
    filter.study = study;
    if (!options.artifact.empty()) {
        DOSSIER_TRY(const auto* const artifact, tmf::find_artifact(catalogue, options.artifact));
        filter.unique_id = artifact->unique_id;
    }
    if (!options.country.empty()) {
        DOSSIER_TRY(filter.country, tmf::find_country(catalogue, facts, options.country));
    }
    if (!options.site.empty()) {
        DOSSIER_TRY(const tmf::Site* const site, tmf::find_site(facts, options.site));
        filter.site = site->id;
    }
    std::vector<tmf::SearchTerm> terms = tmf::parse_search(join(options.words, " "));
    tmf::add_meanings(terms, catalogue, facts);
    DOSSIER_TRY(const auto numbers, ledger.search(terms, filter));
    for (const std::int64_t number : numbers) {
        DOSSIER_TRY(auto stored, ledger.document(number));
        if (stored) found.push_back(std::move(*stored));
    }
    return {};
}

Result<int> run_search(Context& context, const SearchOptions& options) {
    if (tmf::parse_search(join(options.words, " ")).empty())
        return Error(ErrorKind::usage, "there is no word to search for", {},
                     "give one or more words; \"several words\" in quotes are a phrase");
    DOSSIER_TRY(const auto repository, open_repository(context, tmf::Repository::Access::read));
    repository->complete_search();
    std::vector<std::string> studies{options.study};
    if (options.study.empty()) {
        studies.clear();
        if (!options.site.empty() || !options.country.empty())
            return Error(ErrorKind::usage, "a site or a country is one of a study", {}, "add --study");
        DOSSIER_TRY(const auto all, repository->ledger().studies());
        for (const tmf::StudyRecord& study : all) studies.push_back(study.id);
    }
    std::vector<tmf::StoredDocument> found;
    for (const std::string& study : studies) DOSSIER_CHECK(search_study(context, repository->ledger(), options, study, found));
    DOSSIER_TRY(const auto catalogue, options.study.empty()
                                          ? templates::read_tmf_catalogue(context.templates)
                                          : tmf::catalogue_of_study(repository->ledger(), context.templates, options.study));
    VersionChoice choice;
    DOSSIER_TRY(choice.reviewed, tmf::studies_with_review(repository->ledger()));
    choice.newest = true;
    Rendering rendering;
    rendering.text = [&] { return documents_text(found, catalogue, choice); };
    rendering.json = [&] {
        Json list = Json::array();
        for (const auto& stored : found) list.push(document_json(stored, catalogue, choice));
        return Json::object({{"documents", std::move(list)}});
    };
    rendering.sheets = [&] { return std::vector<Sheet>{document_sheet(found, catalogue, choice)}; };
    DOSSIER_CHECK(emit(context, rendering));
    return exit_done;
}

} // namespace

Command make_tmf_search() {
    auto options = std::make_shared<SearchOptions>();
    Command command;
    command.name = "tmf search";
    command.right = "document.read";
    command.summary = "Find documents by words of title, artifact, file, person, event, comment";
    command.example = "dossier tmf search consent zoe --study CDISCPILOT01 --site 701";
    command.declare = [options](Options& list) {
        list.texts("WORDS", options->words, "All must be there; beginnings of words are enough, \"a phrase\" stands in quotes", true);
        list.text("--study", options->study, "Of this study");
        list.text("--artifact", options->artifact, "Of this artifact: number, unique identifier or exact name");
        list.text("--country", options->country, "Of this country and its sites");
        list.text("--site", options->site, "Of this site");
    };
    command.run = [options](Context& context) -> Result<int> { return run_search(context, *options); };
    return command;
}

} // namespace dossier::cli
