#include "cli/ectd_from_tmf.hpp"

#include <set>

#include "cli/ctis_session.hpp"
#include "cli/ectd_from_tmf_forms.hpp"
#include "cli/offered_documents.hpp"
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
    OfferedStudy offered;
};

Result<std::unique_ptr<Opened>> open_both(Context& context, const EctdOptions& options, const FromTmfOptions& wanted,
                                          std::shared_ptr<ectd::ApplicationFile> file) {
    auto opened = std::make_unique<Opened>();
    DOSSIER_TRY(opened->catalogue, templates::read_ectd_catalogue(context.templates));
    opened->file = std::move(file);
    DOSSIER_TRY(opened->region, ectd::make_region(opened->file->region, opened->catalogue));
    DOSSIER_TRY(opened->application, ectd::read_application(*context.fs, options.application, opened->catalogue));
    opened->lifecycle = ectd::compute_lifecycle(opened->application);
    DOSSIER_TRY(opened->origins, ectd::read_leaf_origins(*context.fs, options.application));
    opened->source = make_content_source(context, options.application);
    DOSSIER_TRY(opened->offered, open_offered_study(context, wanted.study));
    return opened;
}

// Where the study's documents go: said by the user, by application.yaml, by what was sent before, or by the plan.
ectd::StudyPlace study_place(const Opened& opened, const FromTmfOptions& wanted, const ectd::PlanTable& plan) {
    ectd::StudyPlace place{wanted.study, wanted.section, {}, {}};
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
    place.unknown = ectd::unknown_columns(opened.catalogue.ctd, place);
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

// Documents that the application contains in an older version, whatever the table says of their kind.
void offer_successors(const Opened& opened, const std::vector<ectd::LeafUse>& uses, Date day,
                      std::vector<ectd::OfferedDocument>& documents) {
    const auto members = ectd::study_memberships(opened.application);
    std::set<std::string> offered;
    for (const ectd::OfferedDocument& document : documents) offered.insert(document.origin.document);
    for (const ectd::LeafUse& use : uses) {
        const ectd::Origin& origin = use.origin->origin;
        if (!ectd::is_current(use.history->state)) continue;
        const Successor newer = successor_of(opened.offered, origin, day);
        if (!newer.version || !offered.insert(origin.document).second) continue;
        ectd::OfferedDocument document = offer(opened.offered, *newer.document, *newer.version);
        document.section = ectd::section_number(*use.history->leaf, opened.catalogue);
        if (const auto member = members.find(use.origin->leaf); member != members.end())
            document.file_tag = join(member->second.file_tags, ";");
        document.how = "a newer version of what the application contains";
        document.confidence = "high";
        documents.push_back(std::move(document));
    }
}

// Whose authority reads the application; empty: many.
std::set<std::string> countries_of(const std::string& region) {
    if (region == "us") return {"USA"};
    if (region == "ca") return {"CAN"};
    return {};
}

Result<void> check_section(const Opened& opened, const std::string& section) {
    const templates::Heading* heading = section.empty() ? nullptr : opened.catalogue.ctd.by_number(section);
    if (section.empty() || (heading && heading->study)) return {};
    return Error(ErrorKind::usage, fill("section {} holds no study reports", section), {},
                 "5.3.5.1 and the like, 4.2.x for nonclinical ones");
}

} // namespace

Result<int> propose_from_tmf(Context& context, const EctdOptions& options, const FromTmfOptions& wanted) {
    DOSSIER_TRY(auto file, read_application_file(context, options.application));
    if (is_ctis(*file)) return propose_dossier_from_tmf(context, options, wanted, std::move(file));
    DOSSIER_TRY(const auto opened, open_both(context, options, wanted, std::move(file)));
    FromTmfResult result;
    const ectd::PlanTable plan = read_plan_if_any(context, options, result.notes);
    const ectd::StudyPlace place = study_place(*opened, wanted, plan);
    DOSSIER_CHECK(check_section(*opened, place.section));
    DOSSIER_TRY(const auto rows, templates::read_from_tmf(context.templates, opened->file->region, opened->file->type));
    if (rows.empty())
        return Error(ErrorKind::unsupported,
                     fill("nothing is known of what {} {} takes from a trial master file", opened->file->region, opened->file->type),
                     opened->file->application_place);
    const auto hand_over =
        tmf::propose_hand_over(opened->offered.documents, rows, countries_of(opened->file->region), context.clock->now().date());
    std::set<std::string> studies{wanted.study};
    const std::map<std::string, std::set<std::string>> no_values;
    const ectd::RowContext row_context{opened->catalogue, *opened->region, *opened->file, *opened->source, studies, no_values};
    result.application = fill("{} {} {}", opened->file->region, opened->file->type, opened->file->number);
    result.study = wanted.study;
    result.as_of = context.clock->now().date();
    const auto planned = planned_origins(*opened->source, plan.rows);
    if (opened->file->studies.count(wanted.study) == 0)
        result.notes.push_back(fill("before this can be built: add the study to {}: studies: {{{}: {{title: …, section: 5.3.5.1}}}}",
                                    path::file_name(opened->file->path), wanted.study));
    const auto uses = ectd::leaf_uses(opened->origins, opened->lifecycle, *opened->file);
    auto documents = offered(opened->offered, hand_over, place.section);
    offer_successors(*opened, uses, result.as_of, documents);
    result.proposals = ectd::propose_rows(row_context, documents, uses, planned, place);
    result.hand_over = &hand_over;
    const tmf::Study& study = opened->offered.study->study;
    result.lists = {tmf::investigator_list(study, opened->offered.documents, result.as_of),
                    tmf::ethics_list(study, opened->offered.documents, result.as_of)};
    result.catalogue = &opened->offered.study->catalogue;
    if (!wanted.target.empty()) {
        const Sheet sheet = from_tmf_plan(result, place);
        DOSSIER_CHECK(write_proposed_rows(context, options.application, wanted.target, sheet));
    }
    DOSSIER_CHECK(emit(context, from_tmf_rendering(result)));
    return exit_done;
}

} // namespace dossier::cli
