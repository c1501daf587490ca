#include "cli/horizon.hpp"
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

// The one word that is a document's number: D-000012, d-12, D-000012@1.
std::optional<std::int64_t> number_in(const SearchOptions& options) {
    const auto reference = options.words.size() == 1 ? tmf::parse_version_reference(options.words.front()) : std::nullopt;
    return reference ? std::optional(reference->document) : std::nullopt;
}

bool is_within(const tmf::DocumentRecord& document, const tmf::DocumentFilter& filter) {
    return document.study == filter.study && (filter.unique_id == 0 || document.unique_id == filter.unique_id) &&
           (filter.country.empty() || document.country == filter.country) && (filter.site.empty() || document.site == filter.site);
}

// The documents of one study with all the words, the best first; the one whose number it is before all.
Result<void> search_study(Context& context, tmf::Repository& repository, const SearchOptions& options, const std::string& study,
                          int unique_id, std::vector<tmf::StoredDocument>& found) {
    tmf::Ledger& ledger = repository.ledger();
    DOSSIER_TRY(const auto catalogue, tmf::catalogue_of_study(ledger, context.templates, study));
    DOSSIER_TRY(const tmf::Study facts, tmf::load_study(ledger, catalogue, study));
    tmf::DocumentFilter filter;
    filter.study = study;
    filter.unique_id = unique_id;
    if (!options.country.empty()) {
        DOSSIER_TRY(filter.country, tmf::find_country(catalogue, facts, options.country));
    }
    if (!options.site.empty()) {
        DOSSIER_TRY(const tmf::Site* const site, tmf::find_site(facts, options.site));
        DOSSIER_CHECK(tmf::check_country_of(*site, filter.country));
        filter.site = site->id;
    }
    std::vector<tmf::SearchTerm> terms = tmf::parse_search(join(options.words, " "));
    tmf::add_meanings(terms, catalogue, facts);
    DOSSIER_TRY(const auto numbers, ledger.search(terms, filter));
    const auto named = number_in(options);
    if (named) {
        DOSSIER_TRY(auto stored, ledger.document(*named));
        if (stored && is_within(stored->document, filter)) found.push_back(std::move(*stored));
    }
    for (const std::int64_t number : numbers) {
        if (number == named) continue;
        DOSSIER_TRY(auto stored, ledger.document(number));
        if (stored) found.push_back(std::move(*stored));
    }
    return note_left_out(context, repository, filter, [](const tmf::DocumentRecord&) { return true; });
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
    DOSSIER_TRY(const StudyModels models, StudyModels::read(context, repository->ledger(), options.study));
    std::map<std::string, int> wanted; // by study
    if (!options.artifact.empty()) {
        DOSSIER_TRY(wanted, models.find_artifact(options.artifact));
        std::erase_if(studies, [&wanted](const std::string& study) { return wanted.count(study) == 0; });
    }
    std::vector<tmf::StoredDocument> found;
    for (const std::string& study : studies)
        DOSSIER_CHECK(search_study(context, *repository, options, study, options.artifact.empty() ? 0 : wanted.at(study), found));
    VersionChoice choice;
    DOSSIER_TRY(choice.reviewed, tmf::studies_with_review(repository->ledger()));
    choice.newest = true;
    choice.day = horizon_of(context).day();
    return show_documents(context, found, models.artifacts(), choice);
}

} // namespace

Command make_tmf_search() {
    auto options = std::make_shared<SearchOptions>();
    Command command;
    command.name = "tmf search";
    command.right = "document.read";
    command.summary = "Find documents by words of title, artifact, file, person, event, comment, or by number";
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
