#include "cli/horizon.hpp"
#include "cli/tmf_documents.hpp"

#include <algorithm>
#include <map>
#include <tuple>

#include "core/text.hpp"
#include "tmf/study_standards.hpp"

namespace dossier::cli {

namespace {

// Twins stand together, by their bytes; the document filed first decides where.
void keep_duplicates(std::vector<tmf::StoredDocument>& documents) {
    std::map<Sha256, std::int64_t> first;      // document that brought the bytes
    std::map<std::int64_t, std::int64_t> twin; // document -> the first of its group
    for (const tmf::StoredDocument& stored : documents)
        for (const tmf::VersionRecord& version : stored.versions) {
            if (!version.sha256) continue;
            const std::int64_t other = first.emplace(*version.sha256, version.document).first->second;
            if (other == version.document) continue;
            twin.emplace(version.document, other);
            twin.emplace(other, other);
        }
    std::erase_if(documents, [&twin](const tmf::StoredDocument& stored) { return twin.count(stored.document.number) == 0; });
    std::stable_sort(documents.begin(), documents.end(), [&twin](const tmf::StoredDocument& a, const tmf::StoredDocument& b) {
        return twin.at(a.document.number) < twin.at(b.document.number);
    });
}

// A mistyped site must not look like one with nothing filed, nor must one of another country.
Result<std::string> find_site_of(Context& context, tmf::Ledger& ledger, const std::string& study, const std::string& country,
                                 const std::string& text) {
    std::optional<Error> elsewhere;
    DOSSIER_TRY(const auto studies, ledger.studies());
    for (const tmf::StudyRecord& record : studies) {
        if (!study.empty() && record.id != study) continue;
        DOSSIER_TRY(const auto catalogue, tmf::catalogue_of(ledger, context.templates, record));
        DOSSIER_TRY(const tmf::Study facts, tmf::study_of(record, catalogue));
        const auto site = tmf::find_site(facts, text);
        if (!site && !study.empty()) return site.error();
        if (!site) continue;
        const auto fits = tmf::check_country_of(**site, country);
        if (fits) return (*site)->id;
        if (!elsewhere) elsewhere = fits.error();
    }
    if (elsewhere) return *elsewhere;
    return Error(ErrorKind::not_found, fill("no study has a site {}", text), {}, "add --study, then the sites it has are named");
}

// Of one study, one of its countries; else one that some study has.
Result<std::string> find_country_of(Context& context, tmf::Ledger& ledger, const std::string& study, const std::string& text) {
    DOSSIER_TRY(const auto studies, ledger.studies());
    bool is_one = false; // in the list of countries, which is the same for every model
    for (const tmf::StudyRecord& record : studies) {
        if (!study.empty() && record.id != study) continue;
        DOSSIER_TRY(const auto catalogue, tmf::catalogue_of(ledger, context.templates, record));
        DOSSIER_TRY(const tmf::Study facts, tmf::study_of(record, catalogue));
        auto country = tmf::find_country(catalogue, facts, text);
        if (country || !study.empty()) return country;
        is_one = is_one || catalogue.country(text) != nullptr;
    }
    if (is_one)
        return Error(ErrorKind::not_found, fill("no study has a country {}", text), {}, "add --study, then the countries it has are named");
    return Error(ErrorKind::invalid, fill("there is no country {}", text));
}

struct ListOptions {
    std::string study, artifact, country, site;
    bool all_versions = false, duplicates = false;
};

Result<std::vector<tmf::StoredDocument>> listed(Context& context, tmf::Repository& repository, const StudyModels& models,
                                                const ListOptions& options) {
    tmf::Ledger& ledger = repository.ledger();
    tmf::DocumentFilter filter;
    filter.study = options.study;
    std::map<std::string, int> wanted; // artifact by study
    if (!options.artifact.empty()) {
        DOSSIER_TRY(wanted, models.find_artifact(options.artifact));
        if (wanted.size() == 1) std::tie(filter.study, filter.unique_id) = *wanted.begin(); // by the ledger's index
    }
    if (!options.country.empty()) {
        DOSSIER_TRY(filter.country, find_country_of(context, ledger, options.study, options.country));
    }
    if (!options.site.empty()) {
        DOSSIER_TRY(filter.site, find_site_of(context, ledger, options.study, filter.country, options.site));
    }
    const auto is_asked = [&](const tmf::DocumentRecord& document) {
        const auto artifact = wanted.find(document.study);
        return options.artifact.empty() || (artifact != wanted.end() && artifact->second == document.unique_id);
    };
    std::vector<tmf::StoredDocument> documents;
    DOSSIER_CHECK(ledger.each_document(filter, [&](const tmf::StoredDocument& stored) {
        if (is_asked(stored.document)) documents.push_back(stored);
        return Result<void>();
    }));
    DOSSIER_CHECK(note_left_out(context, repository, filter, is_asked));
    if (options.duplicates) keep_duplicates(documents);
    return documents;
}

Result<int> run_list(Context& context, const ListOptions& options) {
    DOSSIER_TRY(const auto repository, open_repository(context, tmf::Repository::Access::read));
    DOSSIER_TRY(const StudyModels models, StudyModels::read(context, repository->ledger(), options.study));
    DOSSIER_TRY(const auto documents, listed(context, *repository, models, options));
    VersionChoice choice;
    DOSSIER_TRY(choice.reviewed, tmf::studies_with_review(repository->ledger()));
    choice.newest = !options.all_versions;
    choice.day = horizon_of(context).day();
    return show_documents(context, documents, models.artifacts(), choice);
}

} // namespace

Command make_tmf_list() {
    auto options = std::make_shared<ListOptions>();
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
        list.flag("--all-versions", options->all_versions, "Every version, not only the newest (JSON always has all of them)");
        list.flag("--duplicates", options->duplicates, "Only documents whose bytes are those of another one");
    };
    command.run = [options](Context& context) { return run_list(context, *options); };
    return command;
}

} // namespace dossier::cli
