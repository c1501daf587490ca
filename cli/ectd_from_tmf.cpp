#include "cli/ectd_from_tmf.hpp"

#include <cstdlib>
#include <set>

#include "cli/ectd_from_tmf_forms.hpp"
#include "cli/tmf_session.hpp"
#include "cli/tmf_source.hpp"
#include "core/path.hpp"
#include "core/text.hpp"
#include "ectd/section_name.hpp"
#include "tmf/hand_over_lists.hpp"

namespace dossier::cli {

namespace {

using templates::HandOver;

// Everything the proposals are made of.
struct Opened {
    templates::EctdCatalogue catalogue;
    std::shared_ptr<ectd::ApplicationFile> file;
    std::unique_ptr<ectd::Region> region;
    ectd::Application application;
    ectd::Lifecycle lifecycle;
    std::vector<ectd::LeafOrigin> origins;
    std::unique_ptr<ectd::ContentSource> source;
    std::unique_ptr<StudySession> study;
    std::vector<tmf::StoredDocument> documents;
};

Result<std::unique_ptr<Opened>> open_both(Context& context, const EctdOptions& options, const FromTmfOptions& wanted) {
    auto opened = std::make_unique<Opened>();
    DOSSIER_TRY(opened->catalogue, templates::read_ectd_catalogue(context.templates));
    DOSSIER_TRY(opened->file, read_application_file(context, options.application));
    DOSSIER_TRY(opened->region, ectd::make_region(opened->file->region, opened->catalogue));
    DOSSIER_TRY(opened->application, ectd::read_application(*context.fs, options.application, opened->catalogue));
    opened->lifecycle = ectd::compute_lifecycle(opened->application);
    DOSSIER_TRY(opened->origins, ectd::read_leaf_origins(*context.fs, options.application));
    opened->source = make_content_source(context, options.application);
    DOSSIER_TRY(opened->study, open_study(context, wanted.study, tmf::Repository::Access::read));
    DOSSIER_CHECK(each_stored_document(*opened->study, [&opened](const tmf::StoredDocument& stored) { // those that the user may see
        opened->documents.push_back(stored);
        return Result<void>();
    }));
    return opened;
}

// Where the study's documents go: said by the user, by application.yaml, by what was sent before, or by the plan.
ectd::StudyPlace study_place(const Opened& opened, const FromTmfOptions& wanted, const ectd::PlanTable& plan) {
    ectd::StudyPlace place{wanted.study, wanted.section, {}};
    const auto entry = opened.file->studies.find(wanted.study);
    if (place.section.empty() && entry != opened.file->studies.end()) place.section = entry->second.section;
    const auto take = [&place](const std::string& section, const std::map<std::string, std::string>& attributes) {
        if (place.section.empty()) place.section = section;
        if (place.section == section && place.attributes.empty()) place.attributes = attributes;
    };
    for (const auto& [leaf, member] : ectd::study_memberships(opened.application))
        if (const ectd::Leaf* found = member.study_id == wanted.study ? opened.application.find(leaf) : nullptr)
            take(ectd::section_number(*found, opened.catalogue), found->place->attributes);
    for (const ectd::PlanRow& row : plan.rows)
        if (row.study == wanted.study) take(row.section, row.attributes);
    return place;
}

// Empty where the application has none yet.
ectd::PlanTable read_plan_if_any(Context& context, const EctdOptions& options, std::vector<std::string>& notes) {
    const auto file = plan_file(context, options);
    if (!file) return {};
    auto table = ectd::read_plan(*context.fs, *file);
    if (table) return std::move(*table);
    notes.push_back("the plan was not looked at: " + to_text(table.error()));
    return {};
}

std::vector<ectd::PlannedOrigin> planned_origins(ectd::ContentSource& source, const ectd::PlanTable& plan) {
    std::vector<ectd::PlannedOrigin> planned;
    for (const ectd::PlanRow& row : plan.rows) {
        if (!starts_with(row.source, "tmf:")) continue;
        const auto content = source.find(row.source);
        if (content && content->origin) planned.push_back({row.place.line, *content->origin});
    }
    return planned;
}

ectd::OfferedDocument offer(const Opened& opened, const tmf::StoredDocument& stored, const tmf::VersionRecord& version) {
    ectd::OfferedDocument document;
    document.origin = {opened.study->repository->id(), opened.study->study.id, tmf::document_id(version.document),
                       std::to_string(version.number), version.label};
    if (const templates::Artifact* artifact = opened.study->catalogue.artifact(stored.document.unique_id))
        document.artifact = artifact->number, document.artifact_name = artifact->name;
    document.title = version.title;
    document.file_name = version.file_name;
    return document;
}

std::vector<ectd::OfferedDocument> offered(const Opened& opened, const std::vector<tmf::HandOverProposal>& proposals,
                                           const std::string& section) {
    std::vector<ectd::OfferedDocument> documents;
    for (const tmf::HandOverProposal& proposal : proposals)
        for (const tmf::HandOverDocument& item : proposal.proposed) {
            ectd::OfferedDocument document = offer(opened, *item.document, *item.version);
            document.section = proposal.row->section == "study" ? section : proposal.row->section;
            document.file_tag = proposal.row->file_tag;
            document.use = proposal.row->use;
            document.how = proposal.row->how;
            document.confidence = proposal.row->confidence;
            document.every_version = proposal.row->choose == HandOver::every;
            documents.push_back(std::move(document));
        }
    return documents;
}

// Documents that the application contains in an older version, whatever the table says of their kind.
void offer_successors(const Opened& opened, const std::vector<ectd::LeafUse>& uses, Date day,
                      std::vector<ectd::OfferedDocument>& documents) {
    const auto members = ectd::study_memberships(opened.application);
    std::set<std::string> offered;
    for (const ectd::OfferedDocument& document : documents) offered.insert(document.origin.document);
    for (const ectd::LeafUse& use : uses) {
        const ectd::Origin& origin = use.origin->origin;
        if (origin.repository != opened.study->repository->id() || !ectd::is_current(use.history->state)) continue;
        for (const tmf::StoredDocument& stored : opened.documents) {
            if (tmf::document_id(stored.document.number) != origin.document) continue;
            const tmf::VersionRecord* newer = tmf::successor_of(stored, std::atoi(origin.version.c_str()), day);
            if (!newer || !offered.insert(origin.document).second) continue;
            ectd::OfferedDocument document = offer(opened, stored, *newer);
            document.section = ectd::section_number(*use.history->leaf, opened.catalogue);
            if (const auto member = members.find(use.origin->leaf); member != members.end())
                document.file_tag = join(member->second.file_tags, ";");
            document.how = "a newer version of what the application contains";
            document.confidence = "high";
            documents.push_back(std::move(document));
        }
    }
}

// Whose authority reads the application; empty: many.
std::set<std::string> countries_of(const std::string& region) {
    if (region == "us") return {"USA"};
    if (region == "ca") return {"CAN"};
    return {};
}

Result<void> write_plan(Context& context, const std::string& target, const Sheet& sheet) {
    if (exists(*context.fs, target))
        return Error(ErrorKind::conflict, "it is there already; nothing was changed", {target}, "name another file");
    if (ends_with(to_lower(target), ".xlsx")) return write_xlsx(target, {sheet});
    return write_file_durably(*context.fs, target, to_csv(sheet));
}

Result<void> check_section(const Opened& opened, const std::string& section) {
    const templates::Heading* heading = section.empty() ? nullptr : opened.catalogue.ctd.by_number(section);
    if (section.empty() || (heading && heading->study)) return {};
    return Error(ErrorKind::usage, fill("section {} holds no study reports", section), {},
                 "5.3.5.1 and the like, 4.2.x for nonclinical ones");
}

} // namespace

Result<int> propose_from_tmf(Context& context, const EctdOptions& options, const FromTmfOptions& wanted) {
    DOSSIER_TRY(const auto opened, open_both(context, options, wanted));
    FromTmfResult result;
    const ectd::PlanTable plan = read_plan_if_any(context, options, result.notes);
    const ectd::StudyPlace place = study_place(*opened, wanted, plan);
    DOSSIER_CHECK(check_section(*opened, place.section));
    DOSSIER_TRY(const auto rows, templates::read_from_tmf(context.templates, opened->file->region, opened->file->type));
    if (rows.empty())
        return Error(ErrorKind::unsupported,
                     fill("nothing is known of what {} {} takes from a trial master file", opened->file->region, opened->file->type),
                     opened->file->application_place);
    const auto hand_over = tmf::propose_hand_over(opened->documents, rows, countries_of(opened->file->region), context.clock->now().date());
    std::set<std::string> studies{wanted.study};
    const std::map<std::string, std::set<std::string>> no_values;
    const ectd::RowContext row_context{opened->catalogue, *opened->region, *opened->file, *opened->source, studies, no_values};
    result.application = fill("{} {} {}", opened->file->region, opened->file->type, opened->file->number);
    result.study = wanted.study;
    result.as_of = context.clock->now().date();
    const auto planned = planned_origins(*opened->source, plan);
    if (opened->file->studies.count(wanted.study) == 0)
        result.notes.push_back(fill("before this can be built: add the study to {}: studies: {{{}: {{title: …, section: 5.3.5.1}}}}",
                                    path::file_name(opened->file->path), wanted.study));
    const auto uses = ectd::leaf_uses(opened->origins, opened->lifecycle, *opened->file);
    auto documents = offered(*opened, hand_over, place.section);
    offer_successors(*opened, uses, result.as_of, documents);
    result.proposals = ectd::propose_rows(row_context, documents, uses, planned, place);
    result.hand_over = &hand_over;
    result.lists = {tmf::investigator_list(opened->study->study, opened->documents, result.as_of),
                    tmf::ethics_list(opened->study->study, opened->documents, result.as_of)};
    result.catalogue = &opened->study->catalogue;
    if (!wanted.target.empty()) {
        const Sheet sheet = from_tmf_plan(result, place);
        DOSSIER_CHECK(write_plan(context, wanted.target, sheet));
        print_note(context, fill("{} rows written to {}; look through them, then: dossier ectd plan {} --plan {} --delta",
                                 sheet.rows.size(), wanted.target, options.application, wanted.target));
    }
    DOSSIER_CHECK(emit(context, from_tmf_rendering(result)));
    return exit_done;
}

} // namespace dossier::cli
